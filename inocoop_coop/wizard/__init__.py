from . import account_payment_register
from . import coop_cohort_reopen
from . import coop_demonstration_load
from . import coop_membership_access
from . import coop_membership_leave
