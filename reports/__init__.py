"""Figures as people read them: the dashboard, definitions with the nightly check, periods that were given out."""
