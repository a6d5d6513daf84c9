"""Taking in lists of other systems: matching columns, reading rows as petitions, and the worker's part in it."""
