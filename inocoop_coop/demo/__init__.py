"""The demonstration: the first cohort, told through the actions a person uses."""
