"""A house apart in which the days go by: what fires by itself, as a ledger, undisturbed and with killed programs."""
