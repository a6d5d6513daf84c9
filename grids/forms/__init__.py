"""One form for each deed, by what the deed is about."""
