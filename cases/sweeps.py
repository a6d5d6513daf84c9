"""Work the clock brings. Safe to run twice, or in two places at once."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from audit.parts import Actor, record
from cases.models import Petition, PetitionQuerySet, SealedGrant
from cases.parts import give_to_the_lane

BY = Actor(words="give_to_the_lane")
_BATCH = 50


def give_waiting_to_the_lane(*, now: datetime) -> int:
    """Give every sealed petition that nobody reads to the officers the lane has now. Return how many were given.

    A report is registered even when the lane has no officer that day (R-10), and stands with nobody no longer than
    until somebody has the post (Q29).
    """
    given = 0
    # By key to the end, so that what nobody may read does not stand before the rest.
    batch = list(_waiting().values_list("pk", flat=True)[:_BATCH])
    while batch:
        given += sum(_give_one(petition_id, now=now) for petition_id in batch)
        batch = list(_waiting().filter(pk__gt=batch[-1]).values_list("pk", flat=True)[:_BATCH])
    return given


def _waiting() -> PetitionQuerySet:
    read = SealedGrant.objects.filter(petition=OuterRef("pk"), ended_at=None)
    return Petition.objects.filter(~Exists(read), sealed=True).open().order_by("pk")


@transaction.atomic(durable=True)
def _give_one(petition_id: UUID, *, now: datetime) -> bool:
    petition = Petition.objects.select_for_update(no_key=True).get(pk=petition_id)
    if not _waiting().filter(pk=petition_id).exists():
        return False
    granted = give_to_the_lane(petition, reason="", now=now)
    if granted:
        record("petition.let_in", petition, by=BY, at=now, facts={"granted": granted})
    return bool(granted)
