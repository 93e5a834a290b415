from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import html2plaintext

from .gates import GateCommon


@tagged('post_install', '-at_install')
class TestGateFrench(GateCommon):
    """What keeps a document from being confirmed is said in French to who reads French."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._speak_french()
        cls.board.name = "Conseil"
        cls.env.company.partner_id.lang = 'fr_FR'
        cls.order = cls._quote().with_context(lang='fr_FR')

    def test_it_says_who_decides_and_what_to_do(self):
        self._assert_says(self._block(), "Au-delà de 500", "qui décide : Conseil (majorité simple).")
        with self.assertRaises(UserError) as refused:
            self.order.action_confirm()
        self._assert_says(
            str(refused.exception), f"On ne peut pas encore confirmer « {self.order.name} ». Au-delà de 500",
            "qui décide : Conseil (majorité simple).", "Proposez-le avec le bouton en haut de sa page.")

    def test_the_proposal_reads_without_opening_the_document(self):
        decision = self._propose_document(self.order)
        self.assertEqual(decision.name, f"Devis {self.order.name}, {self.customer.name}")
        self._assert_says(
            html2plaintext(decision.proposal), f"On confirme « Devis {self.order.name} ».", "Quoi", "Quantité", "Prix unitaire",
            "Hors taxes", f"Client : {self.customer.name}", "Total, taxes comprises : ")
        self._assert_says(self._block(), f"« {decision.name} » est en discussion.")
        decision.action_open_vote()
        self._assert_says(self._block(), "Vote ouvert jusqu'au ", "Peuvent voter : 3.")

    def test_what_changed_is_told(self):
        self._adopt(self.order)
        self._assert_says(
            html2plaintext("".join(self.order.message_ids.mapped('body'))), "Tout est décidé : on peut confirmer.",
            "« Conseil » a voté. La proposition est adoptée : plus de oui que de non")
        self._assert_says(self._block(), "La proposition est adoptée : plus de oui que de non")
        self.order.order_line.product_uom_qty = 40
        self._assert_says(
            self._block(), "Des choses ont changé depuis, et la décision ne les couvre pas (total : ",
            "quantité de « Gardening » : 30 avant, 40 maintenant).")
        with self.assertRaises(UserError) as refused:
            self.order.action_confirm()
        self._assert_says(str(refused.exception), "Des choses ont changé depuis la décision : refaites une proposition.")

    # ------------------------------------------------------------

    def _block(self):
        self.order.invalidate_recordset(['gate_text'])
        return html2plaintext(self.order.gate_text)
