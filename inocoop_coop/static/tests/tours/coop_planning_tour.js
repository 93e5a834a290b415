import { registry } from "@web/core/registry";
import { customerSigns } from "./coop_steps";

const tours = registry.category("web_tour.tours");
const lane = (text) => ({ content: `A lane: ${text}`, trigger: `.vis-labelset .vis-label:contains('${text}')` });

/** From the board: who is free, who goes there twice, what nobody does yet; and a clash that is read before it is saved. */
tours.add("coop_member_plans_on_the_board", {
    steps: () => [
        lane("Unassigned (1)"),
        lane("Member 1 (1)"),
        { ...lane("Member 2 (1)"), content: "An intervention of two people stands in the lane of each" },
        { ...lane("Member 3 (0)"), content: "Who is free has a lane too" },
        { content: "A double click opens it, and makes no new one", trigger: ".vis-item:contains('Fence')", run: "dblclick" },
        { trigger: ".modal .o_field_widget[name=name] textarea:value(Fence)" },
        { trigger: ".modal .o_field_widget[name=user_ids] input", run: "edit Member 1" },
        { trigger: ".o-autocomplete--dropdown-item:contains('Member 1')", run: "click" },
        {
            content: "It is said before it is saved",
            trigger: ".modal .alert-warning:contains('Member 1 is also on “Hedges”')",
        },
        { trigger: ".modal .o_form_button_save", run: "click" },
        { trigger: "body:not(:has(.modal))" },
        lane("Unassigned (0)"),
        lane("Member 1 (2)"),
        { content: "Both are flagged", trigger: ".vis-item:contains('⚠'):contains('Hedges')" },
    ],
});

/** The same interventions by customer. */
tours.add("coop_member_looks_at_the_board_by_customer", {
    steps: () => [lane("Town hall (1)"), lane("None (1)"), { trigger: ".vis-item:contains('Hedges')" }],
});

/** On the phone of who did the work. */
tours.add("coop_customer_signs", {
    steps: () => [
        { trigger: ".o_kanban_record:contains('Hedges')", run: "click" },
        { trigger: ".o_form_view .o_field_widget[name=name]" },
        ...customerSigns("Mrs Dumont"),
    ],
});
