"""How what a phone wrote meets what others wrote meanwhile: a calculation, without a database."""

from mobile.states import Answer, Kind


def answer_to(kind: Kind, *, seen_version: int, version: int, follows: bool) -> Answer:
    """Return how a step is taken that saw one version of an event while another one stands.

    A note touches nothing that others write, so it is added, unless the event is over for it (`follows` false).
    Where an event stands is never changed by an old version: that is kept for a human. A step on the present version
    is always applied or refused by the deed itself.
    """
    if seen_version == version:
        return Answer.APPLIED
    return Answer.SOFT if kind is Kind.PROGRESS and follows else Answer.HARD
