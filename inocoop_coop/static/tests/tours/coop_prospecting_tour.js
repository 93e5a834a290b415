import { registry } from "@web/core/registry";

/** On a doorstep: who, what, where, and on to the next door. */
registry.category("web_tour.tours").add("coop_member_knocks_on_a_door", {
    steps: () => [
        { trigger: ".modal .o_field_widget[name=who] input", run: "edit Mrs Roy" },
        { content: "A phone shows the catalogue", trigger: ".modal .o_field_widget[name=service_id] input", run: "click" },
        { trigger: ".modal .o_kanban_record:contains('Gardening')", run: "click" },
        { trigger: "body:not(:has(.modal .o_kanban_record)) .modal .o_field_widget[name=service_id] input:value('Gardening')" },
        { trigger: ".modal .o_field_widget[name=where] input", run: "edit 62700 Bruay" },
        { trigger: ".modal button[name=action_note]", run: "click" },
        { content: "It is noted", trigger: ".o_notification:contains('Mrs Roy')" },
        { content: "The next door", trigger: ".modal .o_field_widget[name=where] input:not(:value('62700 Bruay'))" },
    ],
});

/** A tap on the skill, a tap on its level. */
registry.category("web_tour.tours").add("coop_member_says_a_skill", {
    steps: () => [
        { trigger: ".o_kanban_record:contains('Tools'):contains('Not yet')", run: "click" },
        { trigger: ".o_form_view .o_field_widget[name=skill_level_id] .o_selection_badge:contains('Good')", run: "click" },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_saved" },
    ],
});

/** What the group can offer: who leads, who learns beside. */
registry.category("web_tour.tours").add("coop_member_sees_the_offer", {
    steps: () => [
        { trigger: ".o_kanban_record:contains('Gardening'):contains('Can be offered'):contains('Can lead'):contains('Can learn beside')" },
        { content: "Nobody dresses windows yet", trigger: ".o_kanban_record:contains('Painting'):contains('Nobody can lead yet'):contains('Heights')" },
        { trigger: ".o_kanban_record:contains('Painting')", run: "click" },
        { trigger: ".o_form_view .alert-warning:contains('Nobody can lead this yet')" },
        { trigger: ".o_field_widget[name=missing_skill_ids]:contains('Heights')" },
    ],
});
