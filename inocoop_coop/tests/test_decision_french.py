import io
from datetime import timedelta

from pdfminer.high_level import extract_text

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import html2plaintext

from ..tools import clock
from .meetings import MeetingCommon


@tagged('post_install', '-at_install')
class TestDecisionFrench(MeetingCommon):
    """What decisions and meetings write is French for who reads French, as a person would say it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._speak_french()
        cls.memberships.partner_id.lang = 'fr_FR'
        cls.autumn.name, cls.assembly.name, cls.board.name = "Automne", "Assemblée", "Conseil"
        cls.autumn.host_id.lang = 'fr_FR'
        cls.env.company.partner_id.write({'tz': 'Europe/Paris', 'lang': 'fr_FR'})
        # A style sheet that answers brings a font which wkhtmltopdf draws: there would be no text to read.
        cls.env['ir.config_parameter'].set_param('report.url', 'http://127.0.0.1:1')

    # ------------------------------------------------------------
    # Mails
    # ------------------------------------------------------------

    def test_a_proposal_is_announced(self):
        mail = self._mail(self._propose_in_french, self.consent)
        self._assert_says(mail.subject, "À discuter : Acheter une tondeuse")
        self._assert_says(
            self._text(mail), "Bonjour,", "Member 4 fait une proposition (Assemblée) :", "On achète une tondeuse à 300 euros.",
            "Lisez et dites ce que vous en pensez", "Voir la proposition")

    def test_an_open_vote_says_until_when_and_how_one_votes(self):
        mail = self._mail(self._propose_in_french(self.consent).action_open_vote)
        self._assert_says(mail.subject, "À vous de voter : Acheter une tondeuse")
        self._assert_says(
            self._text(mail), "Le vote est ouvert dans « Assemblée » :",
            "Vous pouvez voter jusqu'au dimanche 18 janvier, 12:00.",
            "C'est adopté si personne n'a d'objection.", "Voter")

    def test_a_reminder_says_what_to_do(self):
        decision = self._ask(self.simple)
        near = decision.date_deadline - timedelta(hours=23)
        mail = self._mail(lambda: clock.at(decision.sudo(), near)._keep_vote(near))
        self._assert_says(mail.subject, "Il manque votre vote : Acheter une tondeuse")
        self._assert_says(
            self._text(mail), "Il manque votre vote sur « Acheter une tondeuse ».",
            "Le vote se termine le dimanche 18 janvier, 12:00.",
            "donnez-lui procuration sur la page de la décision")

    def test_a_proxy_is_no_vote_in_favour_of_someone(self):
        decision = self._ask(self.simple)
        holder = self._elector(decision, self.members[0])
        mail = self._mail(decision.with_user(self.members[1]).action_give_proxy, holder.id)
        self._assert_says(mail.subject, "Vous votez à la place de Yanis Dupond : Acheter une tondeuse")
        self._assert_says(self._text(mail), "Yanis Dupond vous donne procuration pour « Acheter une tondeuse ».")

    def test_the_result_comes_with_its_number_in_the_register(self):
        decision = self._ask(self.simple)
        mail = self._mail(self._vote, decision, {'yes': 5, 'no': 4})
        self._assert_says(mail.subject, "Résultat : Acheter une tondeuse")
        self._assert_says(
            self._text(mail), "Dans « Assemblée », le vote sur « Acheter une tondeuse » est terminé.",
            "La proposition est adoptée : plus de oui que de non (oui : 5, non : 4, abstentions : 0).",
            "C'est le numéro 1 du registre de « Automne ».", "Gardez cet e-mail", decision.entry_ids.sudo().hash)

    # ------------------------------------------------------------
    # Results
    # ------------------------------------------------------------

    def test_the_result_of_a_majority(self):
        for method, choices, words in (
            (self.simple, {'yes': 5, 'no': 4},
             "La proposition est adoptée : plus de oui que de non (oui : 5, non : 4, abstentions : 0)."),
            (self.simple, {'yes': 3, 'no': 5, 'abstain': 1}, "La proposition est rejetée : pas plus de oui que de non"),
            (self.simple, {'yes': 4, 'no': 4, 'abstain': 1}, "La proposition est à revoter : autant de oui que de non"),
            (self.absolute, {'yes': 5, 'no': 3, 'abstain': 1},
             "La proposition est adoptée : 5 oui sur 9 voix présentes ou représentées, soit plus de la moitié "
             "(oui : 5, non : 3, abstentions : 1 ; oui nécessaires : 5)."),
            (self.two_thirds, {'yes': 5, 'no': 4},
             "La proposition est rejetée : 5 oui sur 9 voix présentes ou représentées, soit moins de 2/3"),
            (self.unanimity, {'yes': 9}, "9 oui sur 9, en comptant toute la liste des votants, soit la totalité"),
            (self.env.ref('inocoop_coop.voting_method_company'), {'yes': 5, 'no': 2, 'abstain': 2},
             "5 oui sur 7 voix, sans les abstentions, soit plus de la moitié"),
        ):
            with self.subTest(method=method.name, **choices):
                decision = self._ask(method)
                self._vote(decision, choices)
                self._assert_says(self._result(decision), words)

    def test_the_result_of_a_vote_without_a_quorum(self):
        decision = self._ask(self.absolute)
        self._vote(decision, {'yes': 4})
        decision.with_user(self.chair).action_close_vote()
        self._assert_says(
            self._result(decision),
            "Quorum non atteint : 4 voix sur 9, procurations comprises, et il en fallait 5. Rien n'est décidé.")

    def test_the_result_of_a_consent(self):
        for choices, words in (
            ({'consent': 8, 'abstain': 1}, "Aucune objection : la proposition est adoptée "
             "(consentements : 8, objections : 0, abstentions : 1, sans réponse : 0)."),
            ({'consent': 8, 'objection': 1}, "Il reste une objection : la proposition est rejetée"),
            ({'abstain': 9}, "Personne n'a donné son consentement : la proposition est rejetée"),
        ):
            with self.subTest(**choices):
                decision = self._ask(self.consent)
                self._vote(decision, choices)
                self._assert_says(self._result(decision), words)

    def test_the_result_of_an_election(self):
        for method, choices, *words in (
            (self.election_one, [[2]] * 5 + [[3]] * 3 + [[]],
             "Tour 1 : Sofia Petit (5 voix) et Member 4 (3 voix). Participation : 9 sur 9, bulletins blancs : 1.",
             "Le vote désigne Sofia Petit."),
            (self.election_one, [[2]] * 4 + [[3]] * 4 + [[]], "un nouveau tour départagera Sofia Petit et Member 4."),
            (self.election_one, [[]] * 9, "Le vote ne désigne personne."),
            (self.election_several, [[2, 3]] * 9, "Le vote désigne Sofia Petit et Member 4.", "Sièges qui restent libres : 1."),
        ):
            with self.subTest(method=method.name, words=words[-1]):
                election = self._elect(method, self.memberships[2:4], seats=1 if method == self.election_one else 3)
                for user, ranks in zip(self.members, choices, strict=True):
                    election.with_user(user).cast_vote([self.memberships[rank].partner_id.id for rank in ranks] or 'abstain')
                self._assert_says(self._result(election), *words)

    def test_the_result_of_an_election_without_candidates(self):
        election = self._elect(self.election_consent, self.memberships[6])
        self._vote(election, {'consent': 9})
        self._assert_says(self._result(election), "Aucune objection : le groupe choisit Member 7 (consentements : 9")

    # ------------------------------------------------------------
    # On paper
    # ------------------------------------------------------------

    def test_the_register(self):
        self._vote(self._ask(self.simple), {'yes': 9})
        person = self.lea.partner_id
        register = self.env['coop.register'].search([('cohort_id', '=', self.autumn.id)])
        register._append(
            self.autumn, 'override', {'by': person.id, 'reason': "Il pleut dedans"},
            {f'partner:{person.id}': "Léa Martin", 'document': "P00007"}, document=self.supplier)
        self._assert_says(
            self._print('coop_register_report', register, self.members[5]),
            "Registre des décisions", "Automne", "Nombre d'inscriptions : 2", "N° 1", "Vote", "La proposition est adoptée",
            "N° 2", "Exception urgente",
            "Léa Martin a débloqué « P00007 » sans la décision qu'il fallait. Raison : Il pleut dedans",
            "Comment le vérifier", "La dernière empreinte de ce registre, numéro 2",
            "Décider, Registre, « Vérifier le registre »")

    def test_the_minutes(self):
        mower = self._propose_in_french(self.consent, self.chair, self.board)
        bank = self._propose_in_french(self.absolute, self.chair, self.board, name="Ouvrir un compte")
        later = self._propose_in_french(self.absolute, self.chair, self.board, name="Choisir un logo")
        meeting = self._plan(
            self.chair, name="Conseil du jeudi", location="Atelier", called_on='2026-01-08', called_how="par affichage",
            agenda_ids=[Command.create({'name': "Dernier compte rendu", 'presenter_id': self.yanis.partner_id.id}),
                        *(Command.create({'decision_id': decision.id}) for decision in (mower, bank, later))])
        self._note(meeting, {self.lea: 'present', self.yanis: 'present', self.guest: 'present'})
        self._note(meeting, {self.sofia: self.lea})
        _news, mower_item, bank_item, _later = meeting.agenda_ids
        mower_item.action_open_vote()
        mower.with_user(self.chair).cast_vote('consent')
        mower.with_user(self.secretary).cast_vote('objection', "Personne ne peut la ranger")
        mower_item.action_close_vote()
        bank_item.action_open_vote()
        bank.with_user(self.chair).cast_vote('yes')
        bank.with_user(self.chair).cast_vote('yes', on_behalf_of=self._elector(bank, self.sofia_user).id)
        self.env['project.task'].create({
            'name': "Demander à la banque", 'project_id': self.autumn.project_id.id, 'decision_id': bank.id,
            'user_ids': [Command.set(self.sofia_user.ids)], 'date_deadline': '2026-01-30 12:00:00'})
        self._hold(meeting)
        self._assert_says(
            self._print('coop_meeting_report', meeting, self.chair),
            "Brouillon : ce compte rendu n'est pas encore approuvé.", "Compte rendu : Conseil du jeudi",
            "Réunion « Conseil » du 15 janvier 2026, de 10:00 à 11:00, lieu : Atelier.",
            "Convocation le 8 janvier 2026, par affichage.", "Présidence : Léa Martin.", "Compte rendu rédigé par Yanis Dupond.",
            "Qui était là", "Léa Martin (présidence), Yanis Dupond (secrétariat)", "Sofia Petit à Léa Martin",
            "Présence sans droit de vote",
            "Quorum : 3 voix sur 3, procurations comprises.", "Ordre du jour", "Proposition mise au vote (Consentement)",
            "Résultat : Il reste une objection", "Objections :", "Personne ne peut la ranger", "Numéro 1 du registre.",
            "2 oui sur 3 voix présentes ou représentées, soit plus de la moitié",
            "À faire :", "Demander à la banque : Sofia Petit, pour le 30 janvier 2026",
            "Pas de vote sur ce point pendant la réunion.",
            "Le registre des décisions en est au numéro 2 à ce jour.", "Empreinte de la dernière inscription :",
            "Secrétariat : Yanis Dupond", "Signature :")
        meeting.action_approve()
        self._assert_says(
            self._print('coop_meeting_report', meeting, self.chair), "Approuvé le 15 janvier 2026 par Léa Martin.")
        self.assertEqual(meeting._get_print_name(), "Compte rendu - Conseil du jeudi - 2026-01-15")

    # ------------------------------------------------------------

    def _propose_in_french(self, method, user=None, body=None, **values):
        return self._propose(method, user, body, **{
            'name': "Acheter une tondeuse", 'proposal': "<p>On achète une tondeuse à 300 euros.</p>", **values})

    def _ask(self, method):
        decision = self._propose_in_french(method)
        decision.action_open_vote()
        return decision

    def _elect(self, method, candidates, **values):
        decision = self._propose_in_french(
            method, name="Un siège au conseil", seat_committee_id=self.board.id, seat_role='member',
            candidate_ids=[Command.set(candidates.partner_id.ids)], **values)
        decision.action_open_vote()
        return decision

    def _mail(self, action, *args):
        """The mail that an action wrote to those who read French."""
        before = self.env['mail.mail'].search([])
        action(*args)
        mails = self.env['mail.mail'].search([]) - before
        return mails.filtered(lambda mail: mail.recipient_ids & self.memberships.partner_id)

    @staticmethod
    def _text(mail):
        return html2plaintext(mail.body_html)

    def _result(self, decision):
        decision = decision.with_context(lang='fr_FR')
        decision.invalidate_recordset(['outcome_text'])
        return decision.outcome_text

    def _print(self, report, document, user):
        reports = self.env['ir.actions.report'].with_user(user).with_context(force_report_rendering=True, lang='fr_FR')
        with self.allow_pdf_render():
            content, kind = reports._render_qweb_pdf(f'inocoop_coop.{report}', document.ids)
        self.assertEqual(kind, 'pdf')
        return extract_text(io.BytesIO(content))
