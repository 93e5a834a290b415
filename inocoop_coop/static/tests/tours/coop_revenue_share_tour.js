import { registry } from "@web/core/registry";
import { confirm, openVote, print } from "./coop_steps";

const tours = registry.category("web_tour.tours");
const KEYS = ["By the hours", "In equal parts", "Half in equal parts, half by the hours"];
const open = { trigger: ".o_data_row .o_data_cell[name=name]", run: "click" };

/** The treasurer reads what there is to share, compares three keys, and proposes one of them. */
tours.add("coop_share_compare_and_propose", {
    steps: () => [
        { trigger: ".o_list_button_add", run: "click" },
        { content: "The cohort and the period are there", trigger: ".o_form_view .o_field_widget[name=cohort_id] input:value('Now')" },
        { trigger: "button[name=action_compute]:contains('Compute')", run: "click" },
        { trigger: ".o_field_widget[name=income]:contains('960.00')" },
        { trigger: ".o_field_widget[name=amount_to_share]:contains('480.00')" },
        { content: "Who gets least and most by each key", trigger: `.o_field_widget[name=key_ids] .o_data_row:contains('${KEYS[0]}'):contains('0.00'):contains('240.00')` },
        { trigger: `.o_field_widget[name=key_ids] .o_data_row:contains('${KEYS[1]}'):contains('120.00')` },
        { trigger: `.o_field_widget[name=key_ids] .o_data_row:contains('${KEYS[2]}'):contains('60.00'):contains('180.00')` },
        { content: "Side by side, in a table", trigger: "button[name=action_compare]", run: "click" },
        ...KEYS.map((key) => ({ trigger: `.o_pivot thead th:contains('${key}')` })),
        ...["240.00", "120.00", "180.00"].map((amount) => ({ trigger: `.o_pivot tbody tr:contains('Member 1') td:contains('${amount}')` })),
        { content: "And in a graph", trigger: ".o_switch_view.o_graph", run: "click" },
        { trigger: ".o_graph_view .o_graph_canvas_container canvas" },
        { trigger: ".o_back_button, .breadcrumb-item a:last", run: "click" },
        { content: "One is chosen", trigger: `.o_field_widget[name=key_ids] .o_data_row:contains('${KEYS[2]}') button[name=action_choose]`, run: "click" },
        { trigger: `.o_field_widget[name=key_id] input:value('${KEYS[2]}')` },
        { trigger: "button[name=action_propose]", run: "click" },
        { trigger: ".o_field_widget[name=proposal]:contains('480.00')" },
        { content: "What each gets by each key stands beside the proposal", trigger: ".o_field_widget[name=share_table] tr:contains('Member 3'):contains('140.00'):contains('160.00'):contains('120.00')" },
        ...openVote(),
    ],
});

/** Everybody votes, from the first page on their phone. */
tours.add("coop_share_vote", {
    steps: () => [
        { trigger: ".o_form_view div[name=votes] .o_kanban_record:contains('Half in equal parts') button:contains('Yes')", run: "click" },
        ...confirm("You vote yes on"),
        { trigger: "body:not(:has(div[name=votes] .o_kanban_record))" },
    ],
});

/** A member without a mandate reads that it was adopted, and can't book it. */
tours.add("coop_share_is_not_booked_by_everyone", {
    steps: () => [
        open,
        { trigger: ".o_form_view .o_arrow_button_current[data-value=adopted]" },
        { trigger: "body:not(:has(button[name=action_post])):not(:has(button[name=action_reverse]))" },
    ],
});

/** The treasurer books it. */
tours.add("coop_share_book", {
    steps: () => [
        open,
        { trigger: "button[name=action_post]", run: "click" },
        { trigger: ".modal:contains('One entry is made')" },
        { trigger: ".modal footer .btn-primary", run: "click" },
        { trigger: "body:not(:has(.modal)) .o_arrow_button_current[data-value=posted]" },
    ],
});

/** The facilitator prints what everyone gets. */
tours.add("coop_share_print_all", {
    steps: () => [open, { trigger: ".o_form_view .o_arrow_button_current[data-value=posted]" }, ...print("button[name=action_print_statements]")],
});

/** A member finds their own share on a phone, and nobody else's. */
tours.add("coop_share_read_own", {
    steps: () => [
        { trigger: ".o_kanban_record:contains('140.00')" },
        { trigger: ".o_kanban_view:not(:has(.o_kanban_record:contains('180.00'))):not(:has(.o_kanban_record:contains('100.00')))" },
        ...print(".o_kanban_record a[name=action_print_statement]"),
    ],
});
