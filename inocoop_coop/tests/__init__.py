from . import test_rules_age
from . import test_rules_terms
from . import test_cohort_opening
from . import test_membership
from . import test_membership_activation
from . import test_mandate
from . import test_document_chain
