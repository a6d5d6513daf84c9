"""复查 and 复核: who reviews, until when it may be asked for, what is owed, how far it has gone (Art 35, 36)."""
