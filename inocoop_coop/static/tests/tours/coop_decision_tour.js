import { registry } from "@web/core/registry";
import { confirm, openVote, print } from "./coop_steps";

const tours = registry.category("web_tour.tours");

/** A member proposes something, and amends it when they have thought better of it. */
tours.add("coop_member_proposes_and_amends", {
    steps: () => [
        { trigger: ".o_list_button_add, .o-kanban-button-new", run: "click" },
        { trigger: ".o_form_view .o_field_widget[name=name] input", run: "edit Buy a mower" },
        { trigger: ".o_field_widget[name=method_id] input", run: "edit Consent" },
        { trigger: ".ui-menu-item > a:contains('Consent')", run: "click" },
        { trigger: ".o_field_widget[name=proposal] .odoo-editor-editable", run: "editor We buy a mower for 300 euros." },
        { trigger: "button[name=action_submit]", run: "click" },
        { trigger: ".o_arrow_button_current[data-value=discussion]" },
        { content: "The text stays as it was submitted", trigger: ".o_field_widget[name=proposal].o_readonly_modifier:contains('300 euros')" },
        { trigger: "button[name=action_amend]", run: "click" },
        { trigger: ".modal .o_field_widget[name=reason] textarea, .modal .o_field_widget[name=reason] input", run: "edit Cheaper" },
        { trigger: ".modal .o_field_widget[name=proposal] .odoo-editor-editable", run: "editor We buy a mower for 250 euros." },
        { trigger: ".modal button[name=action_amend]", run: "click" },
        { trigger: "body:not(:has(.modal)) .o_field_widget[name=proposal]:contains('250 euros')" },
        { trigger: ".nav-link[name=versions]", run: "click" },
        { content: "Both wordings are there", trigger: ".o_field_widget[name=version_ids] .o_data_row:nth-child(2)" },
        ...openVote(),
    ],
});

/** From the first page after the login: one click and a confirmation. */
tours.add("coop_member_votes_on_the_home_screen", {
    steps: () => [
        { trigger: ".o_form_view div[name=votes] .o_kanban_record:contains('Buy a mower') button:contains('Consent')", run: "click" },
        ...confirm("You consent to “Buy a mower”"),
        { content: "Nothing else is awaited", trigger: "body:not(:has(div[name=votes] .o_kanban_record:contains('Buy a mower')))" },
    ],
});

/** In the list; an objection without a reason can't be sent. */
tours.add("coop_member_objects_in_the_list", {
    steps: () => [
        { trigger: ".o_data_row:contains('Buy a mower') button:contains('Objection')", run: "click" },
        { content: "It asks why", trigger: ".modal .modal-footer .btn-primary:disabled" },
        { trigger: ".modal textarea", run: "edit Nobody can store it" },
        { trigger: ".modal .modal-footer .btn-primary:enabled", run: "click" },
        { content: "It is not in progress any more", trigger: "body:not(:has(.modal)) .o_list_view:not(:has(.o_data_row:contains('Buy a mower')))" },
    ],
});

/** The proposer reads the objection and answers it with a second version. */
tours.add("coop_member_answers_the_objection", {
    steps: () => [
        { trigger: "div[name=result_other]:contains('an objection stands')" },
        { trigger: "button[name=action_amend]", run: "click" },
        { content: "What is to be met", trigger: ".modal .alert:contains('Nobody can store it')" },
        { trigger: ".modal .o_field_widget[name=reason] textarea, .modal .o_field_widget[name=reason] input", run: "edit Nobody could store it" },
        { trigger: ".modal .o_field_widget[name=proposal] .odoo-editor-editable", run: "editor We rent a mower when we need one." },
        { trigger: ".modal button[name=action_amend]", run: "click" },
        { trigger: "body:not(:has(.modal)) .o_arrow_button_current[data-value=discussion]" },
        ...openVote(),
    ],
});

/** The last one votes, and the result is there. */
tours.add("coop_member_casts_the_last_vote", {
    steps: () => [
        { trigger: "div[name=vote] button:contains('Consent')", run: "click" },
        ...confirm("You consent to “Buy a mower”"),
        { trigger: ".o_arrow_button_current[data-value=adopted]" },
        { trigger: "div[name=result]:contains('no objection, adopted')" },
    ],
});

/** A secret election of several: tick those one trusts; afterwards the screen does not say whom. */
tours.add("coop_member_elects_in_secret", {
    steps: () => [
        { trigger: "div[name=vote] button:contains('Vote')", run: "click" },
        { trigger: ".modal label:contains('Member 1')", run: "click" },
        { trigger: ".modal label:contains('Member 2')", run: "click" },
        { trigger: ".modal:contains('secret')" },
        { trigger: ".modal .modal-footer .btn-primary", run: "click" },
        { trigger: "body:not(:has(.modal)) div[name=result]:contains('Elected: Member 1 and Member 2')" },
        { content: "The board is filled", trigger: ".o_field_widget[name=elected_ids]:contains('Member 1'):contains('Member 2')" },
    ],
});

/** A quotation that is too large to be confirmed alone says whom to ask, and asks them in one click. */
tours.add("coop_member_proposes_a_quotation", {
    steps: () => [
        { trigger: ".o_form_view .alert-warning:contains('Marketing committee')" },
        { content: "It can't be confirmed", trigger: "button[name=action_confirm]", run: "click" },
        { trigger: ".modal:contains('Marketing committee')" },
        { trigger: ".modal footer button", run: "click" },
        { trigger: "body:not(:has(.modal)) .alert-warning button[name=action_propose_decision]", run: "click" },
        { content: "The decision has the quotation's summary", trigger: ".o_field_widget[name=proposal]:contains('Town hall')" },
        ...openVote(),
        { trigger: "div[name=vote] button:contains('Yes')", run: "click" },
        ...confirm("You vote yes on"),
        { trigger: "div[name=vote]:contains('You voted')" },
    ],
});

/** The committee has adopted it: now it is confirmed. */
tours.add("coop_member_confirms_the_released_quotation", {
    steps: () => [
        { trigger: ".o_form_view .alert-success" },
        { trigger: "button[name=action_confirm]", run: "click" },
        { trigger: ".o_arrow_button_current[data-value=sale]" },
    ],
});

/** A meeting on its day: who is there, a vote, its end, the minutes. */
tours.add("coop_chair_holds_a_meeting", {
    steps: () => [
        { trigger: ".o_form_view .nav-link[name=attendance]", run: "click" },
        { trigger: ".o_field_widget[name=attendance_ids] .o_data_row:contains('Member 1'), .o_field_widget[name=attendance_ids] .o_kanban_record:contains('Member 1')" },
        { trigger: "button[name=action_hold]", run: "click" },
        { trigger: ".modal footer .btn-primary", run: "click" },
        { trigger: "body:not(:has(.modal)) .o_arrow_button_current[data-value=held]" },
        { content: "The minutes wrote themselves", trigger: ".nav-link[name=minutes]", run: "click" },
        { trigger: ".o_field_widget[name=minutes_text]:contains('Where we meet')" },
        { trigger: "button[name=action_approve]", run: "click" },
        { trigger: ".modal footer .btn-primary", run: "click" },
        { trigger: "body:not(:has(.modal)) .o_arrow_button_current[data-value=approved]" },
        ...print("button[name=action_print_minutes]"),
    ],
});

/** A member prints the register, and checks it. */
tours.add("coop_member_prints_and_checks_the_register", {
    steps: () => [
        { trigger: ".o_data_row:contains('Meet on Tuesdays')" },
        ...print("button[name=action_print]"),
        { trigger: "button[name=action_check]", run: "click" },
        { trigger: ".modal button[name=action_check]", run: "click" },
        { content: "Nothing was rewritten", trigger: ".modal .alert-success" },
    ],
});
