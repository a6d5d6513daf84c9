"""Pieces of journeys and invitations that their deeds and pages share."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from leadership import permissions as may
from leadership.models import FieldCase, FieldTrip, FieldTripQuerySet, Secretary
from lib.errors import Unknown
from lib.transactions import require_transaction

MOST_CASES = 30


def serves_leader(hat: Hat, leader_id: int | None, now: datetime) -> bool:
    """Test if a hat is a leader's secretary; a leader of a higher level has none here."""
    serving = Secretary.objects.serving(timezone.localdate(now))
    return serving.filter(post=hat.post, leader=leader_id).exists()


def taken_down(trips: FieldTripQuerySet, petition_ids: Collection[UUID]) -> bool:
    """Test if one of some held petitions was taken along on one of these journeys: it is counted once a day."""
    require_transaction("taken_down")
    return FieldCase.objects.filter(trip__in=trips.standing(), petition__in=petition_ids).exists()


def trips_on(day: date, *, post_id: int | None, outsider: str = "") -> FieldTripQuerySet:
    """Return the standing journeys of somebody on a day."""
    return FieldTrip.objects.standing().filter(post=post_id, outsider=outsider, went_on=day)


def trip_of(hat: Hat, trip_id: UUID, now: datetime) -> FieldTrip:
    """Return a journey this hat reads.

    :raises Unknown: if there is none
    """
    return _read(
        FieldTrip.objects.select_related("post__user", "post__organ__place", "person"), hat, trip_id, now
    )


def hold_trip(trip_id: UUID, hat: Hat, now: datetime) -> FieldTrip:
    """Return a journey this hat reads, held until the transaction ends.

    :raises Unknown: if there is none
    """
    require_transaction("hold_trip")
    rows = FieldTrip.objects.select_for_update(of=("self",)).select_related("post__organ__place")
    return _read(rows, hat, trip_id, now)


def _read(rows: FieldTripQuerySet, hat: Hat, trip_id: UUID, now: datetime) -> FieldTrip:
    found = rows.filter(pk=trip_id).first()
    reads = found is not None and may.reads_trip(hat, found, serves=serves_leader(hat, found.post_id, now))
    if found is None or not reads:
        raise Unknown(_("There is no such journey."))
    return found
