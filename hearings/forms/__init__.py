"""Forms of hearings, one per deed; fields are named as the deeds' parameters are."""
