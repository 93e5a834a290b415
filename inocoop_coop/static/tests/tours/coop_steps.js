import { download } from "@web/core/network/download";

/** What several tours do. */

/** A click on a button that prints, until the document has come. */
export const print = (button) => [
    {
        trigger: button,
        run: ({ queryFirst }) => {
            const send = download._download;
            delete document.body.dataset.printed;
            download._download = async (options) => {
                const sent = await send(options);
                download._download = send;
                document.body.dataset.printed = "1";
                return sent;
            };
            queryFirst(button).click();
        },
    },
    { content: "It is there", trigger: "body[data-printed]:not(:has(.o_blockUI))", timeout: 60000 },
];

/** The rest of a vote, after its button: what is about to be cast, and the confirmation. */
export const confirm = (sentence) => [
    { content: "It says what will be cast", trigger: `.modal:contains('${sentence}')` },
    { trigger: ".modal .modal-footer .btn-primary", run: "click" },
    { trigger: "body:not(:has(.modal))" },
];

/** Open the vote on a decision, which asks first. */
export const openVote = () => [
    { trigger: "button[name=action_open_vote]:contains('Open')", run: "click" },
    { trigger: ".modal footer .btn-primary", run: "click" },
    { trigger: "body:not(:has(.modal)) .o_arrow_button_current[data-value=voting]" },
];

/** A stroke across the frame. */
export const draw = ({ queryFirst }) => {
    const canvas = queryFirst(".modal canvas.o_web_sign_signature");
    const { left, top } = canvas.getBoundingClientRect();
    for (const [type, x, y] of [
        ["pointerdown", 30, 30],
        ["pointermove", 60, 60],
        ["pointermove", 90, 40],
        ["pointermove", 120, 70],
        ["pointerup", 120, 70],
    ]) {
        const event = { clientX: left + x, clientY: top + y, pointerId: 1, isPrimary: true, pressure: 0.5 };
        canvas.dispatchEvent(new PointerEvent(type, { ...event, buttons: Number(type !== "pointerup"), bubbles: true, cancelable: true }));
    }
};

/** On the phone of who did the work: the customer signs the intervention that is open. */
export const customerSigns = (person) => [
    {
        trigger: ".o_statusbar_buttons button[name=action_ask_signature], .o_statusbar_buttons .dropdown-toggle",
        run: ({ queryFirst }) =>
            (queryFirst("button[name=action_ask_signature]") || queryFirst(".o_statusbar_buttons .dropdown-toggle")).click(),
    },
    {
        trigger: ".modal, button[name=action_ask_signature]",
        run: ({ queryFirst }) => queryFirst(".modal") || queryFirst("button[name=action_ask_signature]").click(),
    },
    { trigger: ".modal .o_field_widget[name=signed_by] input", run: `edit ${person}` },
    { trigger: ".modal .o_field_widget[name=signature] .o_signature", run: "click" },
    { trigger: ".modal canvas.o_web_sign_signature", run: draw },
    { trigger: ".modal canvas.o_web_sign_signature", run: "canvasNotEmpty" },
    { trigger: ".modal button.btn-primary:contains('Adopt'):enabled", run: "click" },
    { trigger: ".modal .o_field_widget[name=signature] img[src^='data:image']" },
    { trigger: ".modal button[name=action_sign]", run: "click" },
    { trigger: "body:not(:has(.modal)) .ribbon:contains('Signed')" },
];
