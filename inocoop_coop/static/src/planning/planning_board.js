import { Component, onWillStart } from "@odoo/owl";
import { makeContext } from "@web/core/context";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { KeepLast } from "@web/core/utils/concurrency";
import { pick } from "@web/core/utils/objects";
import { escape } from "@web/core/utils/strings";
import { KanbanCompiler } from "@web/views/kanban/kanban_compiler";
import { useViewCompiler } from "@web/views/view_compiler";
import { FormViewDialog } from "@web/views/view_dialogs/form_view_dialog";
import { TimelineController } from "@web_timeline/views/timeline/timeline_controller.esm";
import { TimelineModel } from "@web_timeline/views/timeline/timeline_model.esm";
import { TimelineRenderer } from "@web_timeline/views/timeline/timeline_renderer.esm";
import { TimelineView } from "@web_timeline/views/timeline/timeline_view.esm";

const { DateTime } = luxon;

/** The lane of what nobody does yet, or of what has no customer. */
const NO_LANE = -1;
/** More lanes than anybody can look through. */
const MAX_LANES = 100;
/** A second click within this time (ms) belongs to the first. */
const DOUBLE_CLICK = 800;

/** What is wrong with a plan, asked before it is saved. */
export class PlanningWarningDialog extends Component {
    static template = "inocoop_coop.PlanningWarningDialog";
    static components = { Dialog };
    static props = { warnings: Array, confirm: Function, close: Function };
}

/**
 * The board of web_timeline shows each intervention in one lane, also when several people go there,
 * and only the lanes of people who have something to do. Here it stands in the lane of each person of
 * the team, and who is free has an empty lane.
 */
export class PlanningBoardModel extends TimelineModel {
    /** @override As there, without asking for rights in the way that Odoo gave up. */
    setup(params) {
        Object.assign(this, {
            params,
            model_name: params.resModel,
            fields: params.fields,
            date_start: params.date_start,
            date_stop: params.date_stop,
            date_delay: params.date_delay,
            colors: params.colors,
            last_group_bys: params.default_group_by.split(","),
            recordTemplate: useViewCompiler(KanbanCompiler, params.templateDocs)["timeline-item"],
            keepLast: new KeepLast(),
        });
        onWillStart(async () => {
            [this.write_right, this.unlink_right, this.create_right] = await Promise.all(
                ["write", "unlink", "create"].map((operation) => user.checkAccessRight(this.model_name, operation))
            );
        });
    }

    get lane() {
        return this.last_group_bys[0].split(":")[0];
    }

    get isByPerson() {
        return this.fields[this.lane].type === "many2many";
    }

    /** The lanes in which an intervention stands. */
    getLanes(record) {
        const value = record[this.lane];
        if (!value || !value.length) {
            return [NO_LANE];
        }
        return this.isByPerson ? value : [value[0]];
    }

    getItems(record) {
        const item = this._event_data_transform(record);
        return this.getLanes(record).map((group) => ({ ...item, group, id: `${record.id}-${group}` }));
    }

    /** Who works in these cohorts: everybody gets a lane. */
    async loadPeople(records) {
        const cohorts = [...new Set(records.map((record) => record.cohort_id && record.cohort_id[0]).filter(Boolean))];
        const domain = [["state", "=", "active"], ["user_id", "!=", false]];
        if (cohorts.length) {
            domain.push(["cohort_id", "in", cohorts]);
        }
        const members = await this.orm.searchRead("coop.membership", domain, ["user_id", "name"], {
            limit: MAX_LANES,
            order: "name",
        });
        const people = new Map(members.map((member) => [member.user_id[0], member.name]));
        const others = [...new Set(records.flatMap((record) => record[this.lane]))].filter((id) => !people.has(id));
        if (others.length) {
            for (const { id, display_name } of await this.orm.read("res.users", others, ["display_name"])) {
                people.set(id, display_name);
            }
        }
        return people;
    }

    /** What would be wrong with the plan if this were saved. */
    previewWarnings(id, vals) {
        const plan = pick(vals, "planned_date_start", "planned_date_end", "user_ids");
        return this.orm.call(this.model_name, "coop_preview_warnings", [[id], plan]);
    }
}

export class PlanningBoardRenderer extends TimelineRenderer {
    /** @override One click opens what it is on; it is moved without being chosen first. */
    init_timeline() {
        this.options.itemsAlwaysDraggable = { item: true, range: true };
        this.options.multiselect = false;
        super.init_timeline();
    }

    /** @override */
    on_timeline_click(event) {
        if (event.what === "item" && event.item) {
            this.openOnce(() =>
                this.model.canEdit
                    ? this.props.onUpdate(this.timeline.itemsData.get(event.item))
                    : this.props.onItemDoubleClick(event)
            );
        } else {
            super.on_timeline_click(event);
        }
    }

    /** @override */
    on_timeline_double_click() {}

    /** @override */
    on_update(item) {
        this.openOnce(() => super.on_update(item));
    }

    /** @override */
    on_add(item, callback) {
        if (!this.openOnce(() => super.on_add(item, callback))) {
            callback(null);
        }
    }

    /** Whoever clicks twice, as they were used to, opens it once, and makes no new one. */
    openOnce(open) {
        const now = Date.now();
        if (this.openedAt && now - this.openedAt < DOUBLE_CLICK) {
            return false;
        }
        this.openedAt = now;
        open();
        return true;
    }

    /** @override */
    async on_data_loaded(records, adjust_window) {
        const planned = records.filter((record) => record[this.date_start]);
        const groups = await this.split_groups(planned);
        this.timeline.setGroups(groups);
        this.timeline.setItems(planned.flatMap((record) => this.model.getItems(record)));
        const fits = !this.mode.data || this.mode.data === "fit";
        if (fits && (adjust_window === undefined || adjust_window)) {
            this.timeline.fit();
        }
    }

    /** @override */
    async split_groups(records) {
        const { isByPerson, lane } = this.model;
        const counts = {};
        for (const group of records.flatMap((record) => this.model.getLanes(record))) {
            counts[group] = (counts[group] || 0) + 1;
        }
        let names = new Map();
        if (isByPerson && this.fields[lane].relation === "res.users") {
            names = await this.model.loadPeople(records);
        } else {
            for (const record of records) {
                if (record[lane] && record[lane].length) {
                    names.set(record[lane][0], record[lane][1]);
                }
            }
        }
        const none = isByPerson ? _t("Unassigned") : _t("None");
        const groups = [];
        if (isByPerson || counts[NO_LANE]) {
            groups.push({
                id: NO_LANE,
                content: `<b class="o_coop_planning_unassigned">${escape(none)} (${counts[NO_LANE] || 0})</b>`,
                order: -1,
            });
        }
        let order = 0;
        for (const [id, name] of names) {
            groups.push({ id, content: `<span class="o_coop_planning_lane">${escape(name)} (${counts[id] || 0})</span>`, order: order++ });
        }
        return groups;
    }
}

export class PlanningBoardController extends TimelineController {
    /** @override Nobody administers users from here. */
    _onGroupClick(item) {
        if (!this.model.isByPerson) {
            super._onGroupClick(item);
        }
    }

    /** @override */
    _onItemDoubleClick(event) {
        return this.openItem(parseInt(event.item), false);
    }

    /** @override */
    _onMove(item, callback) {
        const { model } = this;
        const start = DateTime.fromJSDate(item.start);
        const stop = item.end ? DateTime.fromJSDate(item.end) : start.plus({ hours: 1 });
        const vals = {
            [this.date_start]: model.serializeDate(this.date_start, start),
            [this.date_stop]: model.serializeDate(this.date_stop, stop),
        };
        const before = parseInt(item.id.slice(item.id.indexOf("-") + 1));
        if (before !== item.group) {
            if (model.isByPerson) {
                // Whose lane it left does not go there any more; whose lane it came to does.
                const team = item.evt[model.lane].filter((id) => id !== before && id !== item.group);
                vals[model.lane] = [[6, 0, item.group === NO_LANE ? team : [...team, item.group]]];
            } else {
                vals[model.lane] = item.group === NO_LANE ? false : item.group;
            }
        }
        this.moveQueue.push({ id: item.evt.id, data: vals, item, callback });
        this.debouncedInternalMove();
    }

    /** @override What is wrong is said before it is saved; whoever moved it decides. */
    async internalMove() {
        const moves = this.moveQueue.splice(0);
        try {
            for (const move of moves) {
                const warnings = await this.model.previewWarnings(move.id, move.data);
                if (!warnings.length || (await this.askToSave(warnings))) {
                    await this.model.write_completed(move.id, move.data);
                }
                move.callback(null);
            }
        } finally {
            // Also after a refusal: what is shown is what is saved.
            await this.model.load(this.getSearchProps());
            this.render();
        }
    }

    askToSave(warnings) {
        return new Promise((resolve) => {
            this.dialogService.add(
                PlanningWarningDialog,
                { warnings, confirm: () => resolve(true) },
                { onClose: () => resolve(false) }
            );
        });
    }

    /** @override */
    _onAdd(item, callback) {
        const { model } = this;
        const context = { [`default_${this.date_start}`]: model.serializeDate(this.date_start, DateTime.fromJSDate(item.start)) };
        if (item.end) {
            context[`default_${this.date_stop}`] = model.serializeDate(this.date_stop, DateTime.fromJSDate(item.end));
        }
        if (model.isByPerson) {
            context[`default_${model.lane}`] = item.group > 0 ? [item.group] : [];
        } else if (item.group > 0) {
            context[`default_${model.lane}`] = item.group;
        }
        this.dialogService.add(
            FormViewDialog,
            {
                resModel: model.model_name,
                resId: false,
                context: makeContext([this.env.searchModel.context, context]),
                onRecordSaved: async () => {
                    await model.load(this.getSearchProps());
                    this.render();
                },
            },
            { onClose: () => callback(null) }
        );
    }
}

registry.category("views").add("coop_planning_board", {
    ...TimelineView,
    Controller: PlanningBoardController,
    Model: PlanningBoardModel,
    Renderer: PlanningBoardRenderer,
});
