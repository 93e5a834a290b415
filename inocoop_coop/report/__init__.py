# The analysis reports of the standard apps: each figure knows its cohort.
from . import account_invoice_report
from . import coop_hours_report
from . import coop_result_line
from . import purchase_report
from . import sale_report
from . import timesheets_analysis_report
