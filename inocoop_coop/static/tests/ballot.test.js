import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { press, queryAllProperties, queryAllTexts, queryFirst } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    fields,
    makeServerError,
    MockServer,
    mockService,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

const LEA = { id: 12, name: "Léa Martin" };
const YANIS = { id: 13, name: "Yanis Dupond" };
const INES = { id: 14, name: "Inès Roy" };

class CoopDecision extends models.Model {
    _name = "coop.decision";

    name = fields.Char({ required: true });
    my_ballot = fields.Json();
    proposal = fields.Html();
}

/** A vote in which the reader has a voice of their own and has not voted, unless said otherwise. */
function ballot(values = {}, ...voices) {
    return {
        kind: "majority",
        procedure: false,
        secret: false,
        closes: "2026-01-20 12:00:00",
        can_change: true,
        seats: 1,
        candidates: [],
        voices: voices.length ? voices : [voice()],
        ...values,
    };
}

function election(values = {}, ...voices) {
    return ballot({ kind: "election", procedure: "rounds", candidates: [LEA, YANIS, INES], ...values }, ...voices);
}

function voice(values = {}) {
    return { elector: 5, name: "", has_voted: false, choice: false, candidates: [], ...values };
}

/** On the second decision there is nothing to vote. */
function serve(myBallot) {
    CoopDecision._records = [
        { id: 1, name: "Buy a mower", my_ballot: myBallot, proposal: "<p>For <b>300</b> euros</p>" },
        { id: 2, name: "Closed long ago", my_ballot: false },
    ];
}

/** What the server says once the vote is cast. */
function answerWith(myBallot) {
    onRpc("coop.decision", "cast_vote", ({ args, kwargs }) => {
        const { context, ...options } = kwargs;
        cast.push(JSON.parse(JSON.stringify([...args, options])));
        MockServer.env["coop.decision"].write([1], { my_ballot: myBallot });
        return true;
    });
}

function mountForm() {
    return mountView({
        type: "form",
        resModel: "coop.decision",
        resId: 1,
        arch: `<form><field name="name"/><widget name="coop_ballot"/></form>`,
    });
}

const BUTTONS = ".o_coop_ballot button";
const DIALOG = ".o_coop_ballot_dialog";
const CAST = `${DIALOG} .modal-footer .btn-primary`;

const choose = (choice) => contains(`.o_coop_ballot [data-choice=${choice}]`).click();
const tick = (candidate) => contains(`${DIALOG} input[value="${candidate}"]`).click();
const said = () => queryAllTexts(`${DIALOG} .modal-body`)[0];

let cast, notices;

defineMailModels();
defineModels([CoopDecision]);

beforeEach(() => {
    cast = [];
    notices = [];
    answerWith(false);
    mockService("notification", {
        add(message, { type }) {
            notices.push([type, String(message)]);
            return () => {};
        },
    });
});

describe("before voting", () => {
    test("the proposal can be read, and how it is decided stands there", async () => {
        serve(ballot({ explanation: "More yes than no." }));
        await mountForm();
        await choose("yes");
        expect(said()).toInclude("More yes than no.");
        expect(said()).not.toInclude("euros");
        await contains(`${DIALOG} .modal-body .btn-link`).click();
        expect(`${DIALOG} .o_coop_ballot_proposal b`).toHaveText("300");
        expect(cast).toEqual([]);
    });

    test("an election says which one it is before a name is chosen", async () => {
        serve(election());
        await mountForm();
        await choose("candidates");
        expect(said()).toInclude("Buy a mower");
        expect(`${DIALOG} .text-danger`).toHaveCount(0);
    });
});

describe("a majority vote", () => {
    test("a yes is repeated in words, confirmed, cast and shown", async () => {
        serve(ballot());
        answerWith(ballot({}, voice({ has_voted: true, choice: "yes" })));
        await mountForm();
        expect(queryAllTexts(BUTTONS)).toEqual(["Yes", "No", "Abstain"]);
        await choose("yes");
        expect(cast).toEqual([]);
        expect(said()).toInclude("You vote yes on “Buy a mower”.");
        expect(said()).toInclude("You can change your vote until it closes, on ");
        expect(`${DIALOG} textarea`).toHaveCount(0);
        await contains(CAST).click();
        expect(cast).toEqual([[[1], "yes", {}]]);
        expect(notices).toEqual([["success", "You vote yes on “Buy a mower”."]]);
        expect(".o_dialog").toHaveCount(0);
        expect(".o_coop_ballot span").toHaveText("You voted: yes");
        expect(queryAllTexts(BUTTONS)).toEqual(["Change"]);
    });

    test("an open vote is changed until closing", async () => {
        serve(ballot({}, voice({ has_voted: true, choice: "yes" })));
        await mountForm();
        await contains(".o_coop_ballot button:contains(Change)").click();
        expect(queryAllTexts(BUTTONS)).toEqual(["Yes", "No", "Abstain", "Keep my vote"]);
        await contains(".o_coop_ballot button:contains(Keep)").click();
        expect(queryAllTexts(BUTTONS)).toEqual(["Change"]);
        await contains(".o_coop_ballot button:contains(Change)").click();
        await choose("abstain");
        expect(said()).toInclude("You abstain on “Buy a mower”.");
        await contains(CAST).click();
        expect(cast).toEqual([[[1], "abstain", {}]]);
    });

    test("what may not be changed has no button and says so before", async () => {
        serve(ballot({ can_change: false }, voice({ has_voted: true, choice: "no" }), voice({ elector: 6, name: "Zoé" })));
        await mountForm();
        expect(".o_coop_ballot [data-elector='5']").toHaveText("You voted: no");
        await choose("no");
        expect(said()).toInclude("You can't change this vote afterwards.");
    });

    test("the vote that closes the decision takes the buttons away", async () => {
        serve(ballot());
        await mountForm();
        await choose("no");
        await contains(CAST).click();
        expect(cast).toEqual([[[1], "no", {}]]);
        expect(".o_coop_ballot").toHaveCount(0);
    });

    test("Escape casts nothing", async () => {
        serve(ballot());
        await mountForm();
        await choose("yes");
        await press("Escape");
        await animationFrame();
        expect(".o_dialog").toHaveCount(0);
        expect(cast).toEqual([]);
        expect(queryAllTexts(BUTTONS)).toEqual(["Yes", "No", "Abstain"]);
    });

    test("who has nothing to vote sees nothing", async () => {
        serve(false);
        await mountForm();
        expect(".o_widget_coop_ballot").toHaveCount(1);
        expect(".o_widget_coop_ballot").toHaveText("");
        expect(BUTTONS).toHaveCount(0);
    });
});

describe("consent", () => {
    test("an objection needs a reason", async () => {
        serve(ballot({ kind: "consent" }));
        await mountForm();
        expect(queryAllTexts(BUTTONS)).toEqual(["Consent", "Objection", "Abstain"]);
        await choose("objection");
        expect(CAST).not.toBeEnabled();
        expect(said()).toInclude("An objection needs a reason");
        await contains(`${DIALOG} textarea`).edit("   ");
        expect(CAST).not.toBeEnabled();
        await contains(`${DIALOG} textarea`).edit(" We have no shed. ");
        expect(said()).not.toInclude("An objection needs a reason");
        await contains(CAST).click();
        expect(cast).toEqual([[[1], "objection", { reason: "We have no shed." }]]);
    });

    test("consent and standing aside need none", async () => {
        serve(ballot({ kind: "consent" }, voice(), voice({ elector: 6, name: YANIS.name })));
        answerWith(ballot({ kind: "consent" }, voice({ elector: 6, name: YANIS.name })));
        await mountForm();
        await contains(".o_coop_ballot [data-elector='5'] [data-choice=consent]").click();
        expect(said()).toInclude("You consent to “Buy a mower”.");
        expect(`${DIALOG} textarea`).toHaveCount(0);
        await contains(CAST).click();
        await choose("abstain");
        expect(said()).toInclude("you stand aside: you neither consent nor object");
        await contains(CAST).click();
        expect(cast).toEqual([
            [[1], "consent", {}],
            [[1], "abstain", { on_behalf_of: 6 }],
        ]);
    });

    test("a refusal of the server is shown and loses nothing that was typed", async () => {
        expect.errors(1);
        serve(ballot({ kind: "consent" }));
        onRpc("coop.decision", "cast_vote", () => {
            throw makeServerError({ message: "The vote is closed." });
        });
        await mountForm();
        await choose("objection");
        await contains(`${DIALOG} textarea`).edit("We have no shed.");
        await contains(CAST).click();
        await animationFrame();
        expect.verifyErrors(["The vote is closed."]);
        expect(".o_error_dialog").toHaveCount(1);
        expect(notices).toEqual([]);
        await contains(".o_error_dialog .btn-primary").click();
        expect(`${DIALOG} textarea`).toHaveValue("We have no shed.");
        answerWith(false);
        await contains(CAST).click();
        expect(cast).toEqual([[[1], "objection", { reason: "We have no shed." }]]);
        expect(".o_dialog").toHaveCount(0);
    });

    test("an election without candidates is a consent about those proposed", async () => {
        serve(election({ procedure: "consent", candidates: [LEA] }));
        await mountForm();
        expect(queryAllTexts(BUTTONS)).toEqual(["Consent", "Objection", "Abstain"]);
        await choose("consent");
        expect(said()).toInclude("Proposed: Léa Martin");
        await contains(CAST).click();
        expect(cast).toEqual([[[1], "consent", {}]]);
    });
});

describe("an election", () => {
    test("one seat takes one candidate", async () => {
        serve(election());
        await mountForm();
        expect(queryAllTexts(BUTTONS)).toEqual(["Vote…"]);
        await choose("candidates");
        expect(queryAllTexts(`${DIALOG} label`)).toEqual(["Léa Martin", "Yanis Dupond", "Inès Roy", "Blank ballot"]);
        expect(queryAllProperties(`${DIALOG} input`, "type")).toEqual(["radio", "radio", "radio", "radio"]);
        expect(CAST).not.toBeEnabled();
        expect(said()).toInclude("Choose a candidate, or the blank ballot.");
        await tick(YANIS.id);
        await tick(LEA.id);
        expect(said()).toInclude("You vote for Léa Martin on “Buy a mower”.");
        await contains(CAST).click();
        expect(cast).toEqual([[[1], [LEA.id], {}]]);
    });

    test("more candidates than seats are refused", async () => {
        serve(election({ seats: 2 }));
        await mountForm();
        await choose("candidates");
        expect(said()).toInclude("Choose up to 2 candidates.");
        await tick(LEA.id);
        await tick(YANIS.id);
        expect(said()).toInclude("You vote for Léa Martin and Yanis Dupond on “Buy a mower”.");
        await tick(INES.id);
        expect(said()).toInclude("You chose 3 candidates; this ballot names 2 at most.");
        expect(CAST).not.toBeEnabled();
        await tick(LEA.id);
        await contains(CAST).click();
        expect(cast).toEqual([[[1], [YANIS.id, INES.id], {}]]);
    });

    test("an approval may name everybody", async () => {
        serve(election({ procedure: "approval", seats: 0 }));
        await mountForm();
        await choose("candidates");
        expect(said()).toInclude("Choose as many candidates as you want.");
        await tick(LEA.id);
        await tick(YANIS.id);
        await tick(INES.id);
        await contains(CAST).click();
        expect(cast).toEqual([[[1], [LEA.id, YANIS.id, INES.id], {}]]);
    });

    test("a blank ballot names nobody", async () => {
        serve(election({ seats: 2 }));
        await mountForm();
        await choose("candidates");
        await tick(LEA.id);
        await tick("blank");
        expect(`${DIALOG} input:checked`).toHaveCount(1);
        expect(said()).toInclude("You cast a blank ballot on “Buy a mower”.");
        await contains(CAST).click();
        expect(cast).toEqual([[[1], "abstain", {}]]);
    });

    test("a candidate takes the blank ballot back", async () => {
        serve(election());
        await mountForm();
        await choose("candidates");
        await tick("blank");
        await tick(INES.id);
        expect(`${DIALOG} input:checked`).toHaveCount(1);
        expect(said()).toInclude("You vote for Inès Roy");
    });

    test("who changes an open vote starts from it", async () => {
        serve(election({ seats: 2 }, voice({ has_voted: true, candidates: [LEA.id, INES.id] })));
        await mountForm();
        expect(".o_coop_ballot span").toHaveText("You voted: Léa Martin and Inès Roy");
        await contains(".o_coop_ballot button:contains(Change)").click();
        expect(queryAllProperties(`${DIALOG} input:checked`, "value")).toEqual(["12", "14"]);
        await tick(LEA.id);
        await contains(CAST).click();
        expect(cast).toEqual([[[1], [INES.id], {}]]);
    });
});

describe("a secret ballot", () => {
    test("can't be changed, and nothing shows what was voted", async () => {
        serve(ballot({ secret: true, can_change: true }));
        answerWith(ballot({ secret: true, can_change: true }, voice({ has_voted: true, choice: "no" })));
        await mountForm();
        await choose("no");
        expect(said()).toInclude("Your ballot is secret and can't be changed afterwards.");
        await contains(CAST).click();
        expect(notices).toEqual([["success", "The ballot is in the box."]]);
        expect(".o_coop_ballot").toHaveText("You have voted");
        expect(BUTTONS).toHaveCount(0);
    });

    test("warns who objects that the reason will be read", async () => {
        serve(ballot({ kind: "consent", secret: true }));
        await mountForm();
        await choose("objection");
        expect(said()).toInclude("write it so that it does not say who you are");
    });
});

describe("on behalf of somebody", () => {
    test("each voice is named, and cast for its elector", async () => {
        serve(ballot({}, voice(), voice({ elector: 6, name: YANIS.name })));
        await mountForm();
        expect(queryAllTexts(".o_coop_ballot [role=group] > span")).toEqual(["Your vote", "On behalf of Yanis Dupond"]);
        await contains(".o_coop_ballot [data-elector='6'] [data-choice=yes]").click();
        expect(`${DIALOG} .modal-title`).toHaveText("Vote on behalf of Yanis Dupond");
        expect(said()).toInclude("On behalf of Yanis Dupond, you vote yes on “Buy a mower”.");
        await contains(CAST).click();
        expect(cast).toEqual([[[1], "yes", { on_behalf_of: 6 }]]);
    });

    test("what was voted says for whom", async () => {
        const yanis = voice({ elector: 6, name: YANIS.name, has_voted: true, choice: "no" });
        serve(ballot({}, voice({ has_voted: true, choice: "yes" }), yanis));
        await mountForm();
        expect(queryAllTexts(".o_coop_ballot [role=group] > span")).toEqual([
            "You voted: yes",
            "You voted on behalf of Yanis Dupond: no",
        ]);
    });
});

describe("where it stands", () => {
    test("what is being written in the form is saved first", async () => {
        serve(ballot());
        await mountForm();
        await contains(".o_field_widget[name=name] input").edit("Buy two mowers", { confirm: false });
        await choose("yes");
        expect(MockServer.env["coop.decision"].browse(1)[0].name).toBe("Buy two mowers");
        expect(said()).toInclude("You vote yes on “Buy two mowers”.");
    });

    test("what can't be saved stops the vote", async () => {
        serve(ballot());
        await mountForm();
        await contains(".o_field_widget[name=name] input").edit("", { confirm: false });
        await choose("yes");
        expect(DIALOG).toHaveCount(0);
        expect(notices[0][0]).toBe("danger");
    });

    test("in a list a vote opens no row, and the list is read again", async () => {
        serve(ballot());
        await mountView({
            type: "list",
            resModel: "coop.decision",
            arch: `<list><field name="name"/><widget name="coop_ballot"/></list>`,
            selectRecord: () => expect.step("row opened"),
        });
        expect(".o_data_row").toHaveCount(2);
        expect(BUTTONS).toHaveCount(3);
        expect(`${BUTTONS}.btn-sm`).toHaveCount(3);
        await choose("yes");
        expect(said()).toInclude("“Buy a mower”");
        await contains(CAST).click();
        expect(cast).toEqual([[[1], "yes", {}]]);
        expect(BUTTONS).toHaveCount(0);
        expect.verifySteps([]);
    });

    test("in a card a vote opens no form, and the buttons are large", async () => {
        serve(ballot());
        await mountView({
            type: "kanban",
            resModel: "coop.decision",
            arch: `<kanban><templates><t t-name="card"><field name="name"/><widget name="coop_ballot"/></t></templates></kanban>`,
            selectRecord: () => expect.step("card opened"),
        });
        expect(BUTTONS).toHaveCount(3);
        expect(queryFirst(BUTTONS).getBoundingClientRect().height).toBeGreaterThan(43);
        await choose("yes");
        await contains(CAST).click();
        expect(cast).toEqual([[[1], "yes", {}]]);
        expect(BUTTONS).toHaveCount(0);
        expect.verifySteps([]);
        await contains(".o_kanban_record:contains(mower)").click();
        expect.verifySteps(["card opened"]);
    });
});
