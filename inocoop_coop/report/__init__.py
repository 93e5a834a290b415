# The analysis reports of the standard apps, where each figure knows its cohort, and our own.
from . import account_invoice_report
from . import coop_hours_report
from . import coop_result_line
from . import coop_workload
from . import purchase_report
from . import sale_report
from . import timesheets_analysis_report
