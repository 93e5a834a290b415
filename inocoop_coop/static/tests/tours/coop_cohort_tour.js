import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

/** From an empty app to a working member, as the programme manager does it. */
registry.category("web_tour.tours").add("coop_cohort_from_nothing_to_work", {
    url: "/odoo",
    steps: () => [
        stepUtils.showAppsMenuItem(),
        { trigger: ".o_app[data-menu-xmlid='inocoop_coop.coop_menu_root']", run: "click" },
        { trigger: ".o_kanban_view" },
        { content: "Prepare a cohort", trigger: ".o-kanban-button-new", run: "click" },
        { trigger: ".o_field_widget[name=name] input", run: "edit Spring cohort" },
        { trigger: ".o_field_widget[name=program_id] input", run: "edit Young adults of two towns" },
        { trigger: ".ui-menu-item > a:contains('Young adults of two towns')", run: "click" },
        { content: "Open its recruitment", trigger: "button[name=action_open_recruitment]", run: "click" },
        { trigger: ".o_arrow_button_current[data-value=recruiting]" },
        { content: "Admit someone", trigger: ".o_field_widget[name=membership_ids] .o_field_x2many_list_row_add a", run: "click" },
        { trigger: ".modal .o_field_widget[name=name] input", run: "edit Nora Lefebvre" },
        { trigger: ".modal .o_field_widget[name=birthdate] input", run: "edit 05/05/2005" },
        { trigger: ".modal .o_form_button_save", run: "click" },
        { trigger: "body:not(:has(.modal)) .o_field_widget[name=membership_ids] .o_data_row:contains('Nora Lefebvre')" },
        { content: "Start to work", trigger: "button[name=action_start]:contains('Start')", run: "click" },
        { trigger: ".o_arrow_button_current[data-value=running]" },
        { trigger: "button[name=action_activate_members]", run: "click" },
        { content: "Her login is shown once", trigger: ".modal .o_data_row:contains('nora.lefebvre')" },
        { trigger: ".modal footer button.btn-primary", run: "click" },
        { trigger: "body:not(:has(.modal)) .o_data_row:contains('Nora Lefebvre') .badge:contains('Active')" },
        { content: "The bodies are there, and she sits in the assembly", trigger: ".nav-link[name=bodies]", run: "click" },
        { trigger: ".o_field_widget[name=committee_ids] .o_data_row:contains('Assembly'):has(.o_tag)" },
    ],
});

/** Bad input in the form: a sentence, and what was typed stays. */
registry.category("web_tour.tours").add("coop_membership_too_young", {
    steps: () => [
        { trigger: ".o_form_view .o_field_widget[name=name] input", run: "edit Tom Blanc" },
        { trigger: ".o_field_widget[name=cohort_id] input", run: "edit Next" },
        { trigger: ".ui-menu-item > a:contains('Next')", run: "click" },
        { trigger: ".o_field_widget[name=birthdate] input", run: "edit 01/01/2015" },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".modal:contains('is for people from 18 to 25')" },
        { trigger: ".modal footer button", run: "click" },
        { content: "Nothing is lost", trigger: "body:not(:has(.modal)) .o_field_widget[name=name] input:value('Tom Blanc')" },
        { trigger: ".o_field_widget[name=birthdate] button", run: "click" },
        { trigger: ".o_field_widget[name=birthdate] input", run: "edit 01/01/2005" },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_saved" },
    ],
});

/** What a member finds on a phone. */
registry.category("web_tour.tours").add("coop_member_on_a_phone", {
    steps: () => [
        { content: "The own cohort, and no way to make one", trigger: ".o_kanban_record:contains('Autumn')" },
        { trigger: "body:not(:has(.o_kanban_record:contains('Winter')))" },
        { trigger: "body:not(:has(.o-kanban-button-new))" },
        { trigger: ".o_kanban_record:contains('Autumn')", run: "click" },
        { trigger: ".o_form_view .o_field_widget[name=name]:contains('Autumn')" },
        { content: "No button that is not theirs", trigger: "body:not(:has(button[name=action_close]))" },
        { content: "The others", trigger: ".o_field_widget[name=membership_ids] .o_kanban_record:contains('Yanis')" },
    ],
});

/** Whoever logs in on a phone is in their own cohort, before any other app. */
registry.category("web_tour.tours").add("coop_member_lands_in_their_cohort", {
    steps: () => [
        { trigger: ".o_form_view .o_field_widget[name=name]:contains('Autumn')" },
        { content: "The others", trigger: ".o_field_widget[name=membership_ids] .o_kanban_record:contains('Yanis')" },
    ],
});

/** Who sits where: names, not pictures alone. */
registry.category("web_tour.tours").add("coop_member_reads_mandates", {
    steps: () => [{ trigger: ".o_kanban_record:contains('Léa Martin'):contains('Member')" }],
});

/** The calendar shows what the cohort meets for, whoever attends. */
registry.category("web_tour.tours").add("coop_member_reads_calendar", {
    steps: () => [{ trigger: ".o_calendar_view .o_event:contains('Visit of the garden')" }],
});
