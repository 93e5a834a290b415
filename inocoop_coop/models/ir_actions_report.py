from io import BytesIO

from odoo import models

from .project_task_sheet import WORK_SHEET


class IrActionsReport(models.Model):
    """A work sheet that a customer signed is printed as it was then."""
    _inherit = 'ir.actions.report'

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        kept = {}
        if res_ids and self._get_report(report_ref).report_name == WORK_SHEET:
            kept = self.env['project.task'].browse(res_ids)._get_signed_sheets()
        others = [number for number in res_ids or () if number not in kept]
        streams = {number: {'stream': BytesIO(content), 'attachment': None} for number, content in kept.items()}
        if others or not kept:
            streams.update(super()._render_qweb_pdf_prepare_streams(report_ref, data, others if kept else res_ids))
        return streams
