import { Dialog } from "@web/core/dialog/dialog";
import { deserializeDateTime, toLocaleDateTimeString } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { formatList } from "@web/core/l10n/utils";
import { registry } from "@web/core/registry";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { Component, markup, useState } from "@odoo/owl";

/**
 * What the server computes for the reader in `coop.decision.my_ballot`; false when they have nothing to vote.
 *
 * @typedef {Object} Ballot
 * @property {"majority"|"consent"|"election"} kind
 * @property {"rounds"|"approval"|"consent"|false} procedure of elections
 * @property {boolean} secret
 * @property {string|false} closes in UTC, as the server writes date and time
 * @property {boolean} can_change open votes may be changed until closing
 * @property {string} explanation how this method decides, in words
 * @property {number} seats how many candidates a ballot may name; 0 is any number
 * @property {{id: number, name: string}[]} candidates
 * @property {Voice[]} voices the reader's own first, then those they represent
 *
 * @typedef {Object} Voice
 * @property {number} elector
 * @property {string} name whom the reader votes for; empty for themselves
 * @property {boolean} has_voted
 * @property {string|false} choice of an open vote
 * @property {number[]} candidates of an open vote
 */

/** The buttons of each kind of vote, in the order in which they stand. */
const BUTTONS = {
    majority: () => [
        { choice: "yes", label: _t("Yes") },
        { choice: "no", label: _t("No") },
        { choice: "abstain", label: _t("Abstain") },
    ],
    consent: () => [
        { choice: "consent", label: _t("Consent") },
        { choice: "objection", label: _t("Objection") },
        { choice: "abstain", label: _t("Abstain") },
    ],
    candidates: () => [{ choice: false, label: _t("Vote…") }],
};

/** The choice of an open vote, after "You voted:". */
const CHOICES = {
    yes: () => _t("yes"),
    no: () => _t("no"),
    abstain: () => _t("abstention"),
    consent: () => _t("consent"),
    objection: () => _t("objection"),
    blank: () => _t("blank ballot"),
};

/** What is about to be cast. Whole sentences: no other language puts them together as English does. */
const OWN_SENTENCES = {
    yes: (words) => _t("You vote yes on “%(decision)s”.", words),
    no: (words) => _t("You vote no on “%(decision)s”.", words),
    abstain: (words) => _t("You abstain on “%(decision)s”.", words),
    consent: (words) => _t("You consent to “%(decision)s”.", words),
    objection: (words) => _t("You object to “%(decision)s”.", words),
    aside: (words) => _t("You stand aside: you neither consent nor object to “%(decision)s”.", words),
    blank: (words) => _t("You cast a blank ballot on “%(decision)s”.", words),
    candidates: (words) => _t("You vote for %(candidates)s on “%(decision)s”.", words),
};
const SENTENCES_ON_BEHALF = {
    yes: (words) => _t("On behalf of %(elector)s, you vote yes on “%(decision)s”.", words),
    no: (words) => _t("On behalf of %(elector)s, you vote no on “%(decision)s”.", words),
    abstain: (words) => _t("On behalf of %(elector)s, you abstain on “%(decision)s”.", words),
    consent: (words) => _t("On behalf of %(elector)s, you consent to “%(decision)s”.", words),
    objection: (words) => _t("On behalf of %(elector)s, you object to “%(decision)s”.", words),
    aside: (words) =>
        _t("On behalf of %(elector)s, you stand aside: you neither consent nor object to “%(decision)s”.", words),
    blank: (words) => _t("On behalf of %(elector)s, you cast a blank ballot on “%(decision)s”.", words),
    candidates: (words) => _t("On behalf of %(elector)s, you vote for %(candidates)s on “%(decision)s”.", words),
};

/** @param {Ballot} ballot */
function styleOf({ kind, procedure }) {
    if (kind !== "election") {
        return kind;
    }
    return procedure === "consent" ? "consent" : "candidates";
}

/**
 * @param {Ballot} ballot
 * @param {number[]} ids
 */
function namesOf({ candidates }, ids) {
    return candidates.filter(({ id }) => ids.includes(id)).map(({ name }) => name);
}

/** Repeats in words what will be cast, asks for what is missing, and casts it. */
export class BallotDialog extends Component {
    static template = "inocoop_coop.BallotDialog";
    static components = { Dialog };
    static props = {
        close: Function,
        resId: Number,
        decision: String,
        ballot: Object,
        voice: Object,
        choice: { type: [String, { value: false }] },
        onAttempt: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        const { candidates, choice } = this.props.voice;
        this.state = useState({
            // Whoever changes an open vote starts from what they voted.
            candidates: [...(candidates || [])],
            blank: choice === "abstain",
            reason: "",
            casting: false,
            proposal: "",
        });
        useAutofocus();
    }

    get title() {
        const { name } = this.props.voice;
        return name ? _t("Vote on behalf of %s", name) : _t("Your vote");
    }

    get needsCandidates() {
        return styleOf(this.props.ballot) === "candidates";
    }

    get needsReason() {
        return this.props.choice === "objection";
    }

    get isSingle() {
        return this.props.ballot.seats === 1;
    }

    get instruction() {
        const { seats } = this.props.ballot;
        if (this.isSingle) {
            return _t("Choose one candidate.");
        }
        return seats ? _t("Choose up to %s candidates.", seats) : _t("Choose as many candidates as you want.");
    }

    /** Who stands in an election without candidates: they are what the consent is about. */
    get proposed() {
        const { candidates, kind } = this.props.ballot;
        return kind === "election" && !this.needsCandidates ? formatList(candidates.map(({ name }) => name)) : "";
    }

    /** What will be cast, or nothing while it isn't chosen. */
    get sentence() {
        const { ballot, choice, decision, voice } = this.props;
        const names = namesOf(ballot, this.state.candidates);
        let key = choice;
        if (this.needsCandidates) {
            key = this.state.blank ? "blank" : names.length ? "candidates" : false;
        } else if (choice === "abstain" && styleOf(ballot) === "consent") {
            key = "aside";
        }
        const sentences = voice.name ? SENTENCES_ON_BEHALF : OWN_SENTENCES;
        return key ? sentences[key]({ decision, elector: voice.name, candidates: formatList(names) }) : "";
    }

    get consequence() {
        const { can_change: canChange, closes, secret } = this.props.ballot;
        if (secret) {
            return this.props.voice.name
                ? _t("The ballot is secret and can't be changed afterwards.")
                : _t("Your ballot is secret and can't be changed afterwards.");
        }
        if (!canChange) {
            return _t("You can't change this vote afterwards.");
        }
        return closes
            ? _t("You can change your vote until it closes, on %s.", toLocaleDateTimeString(deserializeDateTime(closes)))
            : _t("You can change your vote until it closes.");
    }

    /** What has to be done before this can be cast, in words. */
    get missing() {
        const { seats } = this.props.ballot;
        const count = this.state.candidates.length;
        if (this.needsReason && !this.state.reason.trim()) {
            return _t("An objection needs a reason: say what in the proposal would do harm.");
        }
        if (this.needsCandidates && !this.state.blank) {
            if (!count) {
                return _t("Choose a candidate, or the blank ballot.");
            }
            if (seats && count > seats) {
                return _t("You chose %(count)s candidates; this ballot names %(seats)s at most. Take one away.", {
                    count,
                    seats,
                });
            }
        }
        return "";
    }

    /** What is voted on, read when somebody wants to read it. */
    async onRead() {
        const [decision] = await this.orm.read("coop.decision", [this.props.resId], ["proposal"]);
        // The server has sanitized it, as it does for the page of the decision.
        this.state.proposal = markup(decision.proposal || "");
    }

    isChosen(id) {
        return this.state.candidates.includes(id);
    }

    onCandidate(id) {
        const { candidates } = this.state;
        this.state.blank = false;
        if (this.isSingle) {
            this.state.candidates = [id];
        } else {
            this.state.candidates = this.isChosen(id) ? candidates.filter((chosen) => chosen !== id) : [...candidates, id];
        }
    }

    onBlank() {
        this.state.blank = this.isSingle || !this.state.blank;
        this.state.candidates = [];
    }

    async cast() {
        if (this.missing || this.state.casting) {
            return;
        }
        const { ballot, resId, voice } = this.props;
        let { choice } = this.props;
        if (this.needsCandidates) {
            choice = this.state.blank ? "abstain" : [...this.state.candidates];
        }
        const options = {};
        if (this.needsReason) {
            options.reason = this.state.reason.trim();
        }
        if (voice.name) {
            options.on_behalf_of = voice.elector;
        }
        this.state.casting = true;
        this.props.onAttempt();
        try {
            await this.orm.call("coop.decision", "cast_vote", [[resId], choice], options);
        } finally {
            // After a refusal the dialog stays, with what was typed; the error is shown on top of it.
            this.state.casting = false;
        }
        // What stays on the screen of a shared computer doesn't say what was voted in secret.
        this.notification.add(ballot.secret ? _t("The ballot is in the box.") : this.sentence, {
            title: _t("Vote recorded"),
            type: "success",
        });
        this.props.close();
    }
}

/** The buttons with which the reader votes on a decision, for themselves and for those they represent. */
export class Ballot extends Component {
    static template = "inocoop_coop.Ballot";
    static props = { ...standardWidgetProps };

    setup() {
        this.dialog = useService("dialog");
        this.state = useState({ changing: false });
    }

    /** @returns {Ballot|false} */
    get ballot() {
        return this.props.record.data.my_ballot;
    }

    get voices() {
        return this.ballot?.voices || [];
    }

    get buttons() {
        return BUTTONS[styleOf(this.ballot)]();
    }

    /** In a row of a list there is room for small buttons only. */
    get isCompact() {
        const { record } = this.props;
        return record.id !== record.model.root.id && this.env.config?.viewType !== "kanban";
    }

    /** @param {Voice} voice */
    canChange(voice) {
        return voice.has_voted && this.ballot.can_change && !this.ballot.secret;
    }

    /** @param {Voice} voice */
    isVoting(voice) {
        return !voice.has_voted || (this.canChange(voice) && this.state.changing === voice.elector);
    }

    /** @param {Voice} voice */
    getLabel(voice) {
        return voice.name ? _t("On behalf of %s", voice.name) : _t("Your vote");
    }

    /** @param {Voice} voice */
    getVoted({ candidates, choice, name }) {
        let voted = "";
        if (candidates?.length) {
            voted = formatList(namesOf(this.ballot, candidates));
        } else if (choice === "abstain" && styleOf(this.ballot) === "candidates") {
            voted = CHOICES.blank();
        } else if (choice in CHOICES) {
            voted = CHOICES[choice]();
        }
        if (this.ballot.secret || !voted) {
            return name ? _t("You have voted on behalf of %s", name) : _t("You have voted");
        }
        return name
            ? _t("You voted on behalf of %(elector)s: %(choice)s", { elector: name, choice: voted })
            : _t("You voted: %s", voted);
    }

    /** @param {Voice} voice */
    onChange(voice) {
        if (styleOf(this.ballot) === "candidates") {
            return this.vote(voice, false);
        }
        this.state.changing = voice.elector;
    }

    onKeep() {
        this.state.changing = false;
    }

    /**
     * @param {Voice} voice
     * @param {string|false} choice false where candidates are chosen in the dialog
     */
    async vote({ elector }, choice) {
        if (!(await this.saveFirst())) {
            return;
        }
        // Saving has read the decision again.
        const voice = this.voices.find((other) => other.elector === elector);
        if (!voice || !(this.canChange(voice) || !voice.has_voted)) {
            return;
        }
        const { data, model, resId } = this.props.record;
        let attempted = false;
        this.dialog.add(
            BallotDialog,
            {
                resId,
                decision: data.display_name,
                ballot: this.ballot,
                voice,
                choice,
                onAttempt: () => {
                    attempted = true;
                },
            },
            {
                onClose: () => {
                    this.state.changing = false;
                    if (attempted) {
                        // The last vote closes the decision, and a refused one says that something changed: show all anew.
                        model.load();
                    }
                },
            }
        );
    }

    /** Nobody votes on what isn't saved, and the reload after the vote would lose it. */
    async saveFirst() {
        const { root } = this.props.record.model;
        if (root.isDirty) {
            return !(await root.isDirty()) || root.save();
        }
        return root.leaveEditMode();
    }
}

export const ballotWidget = {
    component: Ballot,
    fieldDependencies: [
        { name: "my_ballot", type: "json" },
        { name: "display_name", type: "char" },
    ],
    listViewWidth: [160, 480],
};

registry.category("view_widgets").add("coop_ballot", ballotWidget);
