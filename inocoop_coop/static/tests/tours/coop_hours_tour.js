import { registry } from "@web/core/registry";
import { draw } from "./coop_steps";

const tours = registry.category("web_tour.tours");

/** Two taps from the board of interventions to hours that are written. */
tours.add("coop_member_logs_hours_in_two_taps", {
    steps: () => [
        { content: "One", trigger: ".o_kanban_record:contains('Hedges') [name=action_open_log_hours]", run: "click" },
        { content: "Two", trigger: ".modal button[name=action_log_hour]", run: "click" },
        { trigger: "body:not(:has(.modal)) .o_notification:contains('1:00 hours written')" },
    ],
});

/** Two taps from the week: on what was planned, and on a card once more. */
tours.add("coop_member_logs_hours_from_the_week", {
    steps: () => [
        { content: "One", trigger: ".o_control_panel button[name=action_open_log_hours]", run: "click" },
        { content: "Two", trigger: ".modal:has([name=task_id] input:value(Hedges)) button[name=action_log_half_hour]", run: "click" },
        { trigger: "body:not(:has(.modal)) .o_notification:contains('0:30 hours written')" },
        { content: "One", trigger: ".o_kanban_record:contains('Hedges') button[name=action_open_log_hours]", run: "click" },
        { content: "Two", trigger: ".modal button[name=action_log_hour]", run: "click" },
        { trigger: "body:not(:has(.modal)) .o_notification:contains('1:00 hours written')" },
    ],
});

/** Somebody signs for the morning, with a finger. */
tours.add("coop_member_signs_the_morning", {
    steps: () => [
        { trigger: ".o_kanban_record:contains('Morning') button[name=action_sign]", run: "click" },
        { trigger: ".modal .o_signature_empty", run: "click" },
        { trigger: ".modal canvas.o_web_sign_signature", run: draw },
        { trigger: ".modal canvas.o_web_sign_signature", run: "canvasNotEmpty" },
        { trigger: ".modal:has(canvas) .btn-primary:enabled", run: "click" },
        { trigger: ".modal:not(:has(canvas)) .o_field_widget[name=signature] img[src^='data:image']" },
        { trigger: ".modal button[name=action_sign]", run: "click" },
        { trigger: "body:not(:has(.modal)) .o_kanban_record:contains('Morning') .badge:contains('Signed')" },
    ],
});

/** The HR committee ticks all of what the others wrote, and validates it. */
tours.add("coop_hr_committee_validates_hours", {
    steps: () => [
        { trigger: ".o_list_view .o_group_header:contains('Yanis')", run: "click" },
        { trigger: ".o_data_row:contains('Hedges')" },
        { trigger: "thead .o_list_record_selector input", run: "click" },
        { trigger: ".o_control_panel button[name=action_validate_hours]", run: "click" },
        { trigger: ".o_view_nocontent:contains('All hours are validated')" },
    ],
});
