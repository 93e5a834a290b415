import { registry } from "@web/core/registry";
import { confirm, customerSigns, openVote } from "./coop_steps";

const tours = registry.category("web_tour.tours");

const at = (which, hour) => ({
    content: `The ${which}: today at ${hour}`,
    trigger: `input[data-field=planned_date_${which}]`,
    run: async (actions) => {
        await actions.edit(`${luxon.DateTime.now().toFormat("MM/dd/yyyy")} ${hour}:00`);
        await actions.press("Enter");
    },
});

const team = (person) => [
    { trigger: ".o_field_widget[name=user_ids] input", run: `edit ${person}` },
    { trigger: `.o-autocomplete--dropdown-item:contains('${person}')`, run: "click" },
    { trigger: `.o_field_widget[name=user_ids]:contains('${person}')` },
];

/** A member without any mandate knocks on a door: three fields. */
tours.add("coop_business_knock", {
    steps: () => [
        { trigger: ".modal .o_field_widget[name=who] input", run: "edit Mrs Roy" },
        { trigger: ".modal .o_field_widget[name=service_id] input", run: "click" },
        { trigger: ".modal .o_kanban_record:contains('Garden overhaul')", run: "click" },
        { trigger: "body:not(:has(.modal .o_kanban_record)) .modal .o_field_widget[name=service_id] input:value('Garden overhaul')" },
        { trigger: ".modal .o_field_widget[name=where] input", run: "edit 12 rue Foch, 62700 Bruay" },
        { trigger: ".modal button[name=action_note]", run: "click" },
        { trigger: ".o_notification:contains('Garden overhaul, Mrs Roy')" },
    ],
});

/** Who sells finds the lead in the pipeline, quotes, and proposes what is too large to be confirmed alone. */
tours.add("coop_business_quote", {
    steps: () => [
        { trigger: ".o_kanban_record:contains('Mrs Roy'):contains('12 rue Foch')", run: "click" },
        { trigger: ".o_form_view button[name=action_sale_quotations_new]", run: "click" },
        { content: "She becomes a customer", trigger: ".modal .o_field_widget[name=action] input:checked[data-value=create]" },
        { trigger: ".modal button[name=action_apply]", run: "click" },
        { content: "What she asked for is there", trigger: "body:not(:has(.modal)) .o_field_widget[name=order_line] .o_data_row:contains('Garden overhaul'):contains('612.35')" },
        { trigger: ".o_field_widget[name=partner_id] input:value('Mrs Roy')" },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".alert-warning:contains('Sales committee') button[name=action_propose_decision]", run: "click" },
        { trigger: ".o_field_widget[name=proposal]:contains('Mrs Roy'):contains('612.35')" },
        ...openVote(),
        { trigger: "div[name=vote] button:contains('Yes')", run: "click" },
        ...confirm("You vote yes on"),
        { trigger: "div[name=vote]:contains('You voted')" },
    ],
});

/** The other member of the committee votes where they look first. */
tours.add("coop_business_vote", {
    steps: () => [
        { trigger: ".o_form_view div[name=votes] .o_kanban_record:contains('Quotation') button:contains('Yes')", run: "click" },
        ...confirm("You vote yes on"),
        { trigger: "body:not(:has(div[name=votes] .o_kanban_record))" },
    ],
});

/** It was adopted: who sells confirms it. */
tours.add("coop_business_confirm", {
    steps: () => [
        { trigger: ".o_data_row .o_data_cell:contains('Mrs Roy')", run: "click" },
        { trigger: ".o_form_view .alert-success" },
        { trigger: "button[name=action_confirm]", run: "click" },
        { trigger: ".o_arrow_button_current[data-value=sale]", timeout: 30000 },
    ],
});

/** Somebody finds what nobody does yet, and says when it is done and by whom. */
tours.add("coop_business_plan", {
    steps: () => [
        { trigger: ".o_searchview_facet:contains('My Interventions') .o_facet_remove", run: "click" },
        { trigger: ".o_kanban_record:contains('Garden overhaul')", run: "click" },
        { content: "Where to go is known", trigger: ".o_form_view .o_field_widget[name=coop_place] input:value(/12 rue Foch/)" },
        at("start", "09:00"),
        { content: "It ends some time later, until somebody says when", trigger: "button[data-field=planned_date_end]", run: "click" },
        at("end", "12:30"),
        ...team("Member 4"),
        ...team("Member 5"),
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_saved" },
        { content: "Nothing is wrong with it", trigger: ".o_form_view:not(:has(.alert-warning))" },
    ],
});

/** The team on its phones: half a day. */
tours.add("coop_business_log", {
    steps: () => [
        { trigger: ".o_kanban_record:contains('Garden overhaul') [name=action_open_log_hours]", run: "click" },
        { trigger: ".modal button[name=action_log_half_day]", run: "click" },
        { trigger: "body:not(:has(.modal)) .o_notification:contains('hours written')" },
    ],
});

/** The customer signs that the work is done. */
tours.add("coop_business_sign", {
    steps: () => [
        { trigger: ".o_kanban_record:contains('Garden overhaul')", run: "click" },
        { trigger: ".o_form_view .o_field_widget[name=name]" },
        ...customerSigns("Mrs Roy"),
    ],
});

/** The treasurer was asked to invoice: the invoice, and what the customer paid. */
tours.add("coop_business_invoice", {
    steps: () => [
        { trigger: ".o_menu_systray .o-dropdown:has(i[aria-label='Activities'])", run: "click" },
        { trigger: ".o-mail-ActivityMenu .o-mail-ActivityGroup:contains('Task')", run: "click" },
        { trigger: ".o_group_header:contains('Done (1)')", run: "click" },
        { trigger: ".o_data_row .o_data_cell[name=name]:contains('Garden overhaul')", run: "click" },
        { trigger: ".o_form_view button[name=action_invoice_work]", run: "click" },
        { trigger: ".o_form_view .o_field_widget[name=invoice_line_ids] .o_data_row:contains('612.35')", timeout: 30000 },
        { trigger: "button[name=action_post]", run: "click" },
        { trigger: ".o_arrow_button_current[data-value=posted]", timeout: 30000 },
        { content: "She pays", trigger: "button[name=action_register_payment]", run: "click" },
        { trigger: ".modal .o_field_widget[name=amount] input:value('734.82')", timeout: 30000 },
        { trigger: ".modal button[name=action_create_payments]", run: "click" },
        { trigger: "body:not(:has(.modal)) .o_form_view .ribbon:contains('Paid'), .o_form_view .ribbon:contains('In Payment')", timeout: 30000 },
    ],
});

/** Everyone in the cohort reads what it has earned. */
tours.add("coop_business_result", {
    steps: () => [
        { trigger: ".o_pivot .o_pivot_cell_value:contains('612.35')" },
        { content: "Cash is another view of the same", trigger: ".o_searchview_facet:contains('Invoiced') .o_facet_remove", run: "click" },
        { content: "With both, everything counts twice", trigger: ".o_pivot .o_pivot_cell_value:contains('1,224.70')" },
    ],
});
