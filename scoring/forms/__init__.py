"""Forms of scores, one per deed; fields are named as the deeds' parameters are."""
