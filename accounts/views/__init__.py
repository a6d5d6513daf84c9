"""The pages of the door, of one's own account, and of the administration of people and organs."""
