"""带案下访: journeys with petitions, what came of each, pictures of the place (seeds-map 41, 43)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Post
from accounts.roles import Role
from audit.parts import record
from cases.locks import lock_several
from cases.models import Petition
from infra.files import Checked, store
from infra.models import StoredFile
from leadership import permissions as may
from leadership.models import FieldCase, FieldPhoto, FieldTrip
from leadership.trips import MOST_CASES, hold_trip, serves_leader, taken_down, trips_on
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown

_PICTURES = frozenset({"image/jpeg", "image/png"})


@dataclass(frozen=True)
class Taken:
    """A petition taken along by its number: how many persons were met on it, what came of it."""

    number: str
    persons_met: int
    result: str


@dataclass(frozen=True, kw_only=True)
class Journey:
    """A journey: the day, the place, who went along, what came of it. No names of petitioners."""

    went_on: date
    place: str
    result: str
    cases: Sequence[Taken]
    companions: str = ""


@transaction.atomic(durable=True)
def note_trip(journey: Journey, *, leader_id: int, by: Hat, now: datetime) -> FieldTrip:
    """Write down a leader's journey with the petitions he took along.

    :raises NotAllowed: if it is neither the leader, nor his secretary, nor the office
    :raises Refused: without place, result or a petition, for a day in the future, for a number this hat does not see,
        or for one he went down with on that day already
    """
    leader = _leader(leader_id, by, now)
    faults: dict[str, str] = {}
    for name in ("place", "result"):
        if not getattr(journey, name).strip():
            faults[name] = _("Fill this in.")
    if journey.went_on > timezone.localdate(now):
        faults["went_on"] = _("The day lies in the future.")
    found = _seen(journey.cases, by)
    if fault := _fault_of_numbers(journey.cases, found):
        faults["number"] = fault
    elif any(not taken.result.strip() for taken in journey.cases):
        faults["number"] = _("Write for each petition how many persons were met and what came of it.")
    keys = [petition.pk for petition in found.values()]
    lock_several(keys)
    if taken_down(trips_on(journey.went_on, post_id=leader.pk), keys):
        faults["number"] = _("It stands on a journey of that day already.")
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)
    row = FieldTrip.objects.create(
        post=leader,
        went_on=journey.went_on,
        place=journey.place.strip(),
        companions=journey.companions.strip(),
        result=journey.result.strip(),
        by=by.post,
        person=by.user,
        noted_at=now,
    )
    for taken in journey.cases:
        petition = found[taken.number.strip()]
        FieldCase.objects.create(
            trip=row, petition=petition, persons_met=taken.persons_met, result=taken.result.strip()
        )
        facts = {"on": journey.went_on.isoformat(), "to_post": leader.pk}
        record("petition.take_down", petition, by=by.actor, at=now, facts=facts)
    facts = {"on": journey.went_on.isoformat(), "number": len(found)}
    record("trip.note", row, by=by.actor, at=now, facts=facts)
    return row


@transaction.atomic(durable=True)
def add_case(trip_id: UUID, taken: Taken, *, by: Hat, now: datetime) -> FieldCase:
    """Add another petition that was taken along on a journey.

    :raises Unknown: if there is no such journey for this hat
    :raises NotAllowed: if it is neither the leader, nor his secretary, nor the office
    :raises OutOfTurn: if it was struck out, or holds as many as fit
    :raises Refused: without a result, for a petition this hat does not see, or one that stands on a journey of
        his of that day already
    """
    found = _seen([taken], by).get(taken.number.strip())
    if found is not None:
        lock_several([found.pk])
    row = _writable(trip_id, by, now)
    if row.cases.count() >= MOST_CASES:
        raise OutOfTurn(_("No more petitions fit on one journey. Write down another one."))
    faults: dict[str, str] = {}
    that_day = trips_on(row.went_on, post_id=row.post_id, outsider=row.outsider)
    if found is None or row.cases.filter(petition=found).exists():
        faults["number"] = _("Name a petition you can open, which does not stand here yet.")
    elif taken_down(that_day, [found.pk]):
        faults["number"] = _("It stands on a journey of that day already.")
    if not taken.result.strip():
        faults["result"] = _("Fill this in.")
    if faults or found is None:
        raise Refused(next(iter(faults.values())), fields=faults)
    case = FieldCase.objects.create(
        trip=row, petition=found, persons_met=taken.persons_met, result=taken.result.strip()
    )
    facts = {"on": row.went_on.isoformat(), "to_post": row.post_id}
    record("petition.take_down", found, by=by.actor, at=now, facts=facts)
    return case


@transaction.atomic(durable=True)
def add_photo(
    trip_id: UUID, *, file: Checked, nobody_without_consent: bool, by: Hat, now: datetime
) -> FieldPhoto:
    """Add a picture of the place: of nobody who can be recognised and did not agree (Q35). Where it was taken is gone.

    :raises Unknown: if there is no such journey for this hat
    :raises NotAllowed: if it is neither the leader, nor his secretary, nor the office
    :raises OutOfTurn: if it was struck out
    :raises Refused: if it is no picture, or nobody said that who is on it agreed
    """
    row = _writable(trip_id, by, now)
    if file.content_type not in _PICTURES:
        words = _("Choose a picture (JPG or PNG).")
        raise Refused(words, fields={"upload": words})
    if not nobody_without_consent:
        words = _("Tick this first.")
        raise Refused(words, fields={"nobody_without_consent": words})
    photo = FieldPhoto.objects.create(
        trip=row, file=store(file, now=now), nobody_without_consent=True, added_at=now, by=by.post
    )
    record("trip.add_photo", row, by=by.actor, at=now)
    return photo


@transaction.atomic(durable=True)
def strike_trip(trip_id: UUID, *, reason: str, by: Hat, now: datetime) -> FieldTrip:
    """Strike out a journey that was written down wrongly; it stays to be read and counts no more.

    :raises Unknown: if there is no such journey for this hat
    :raises NotAllowed: if it is neither the leader, nor his secretary, nor the office
    :raises OutOfTurn: if it was struck out
    :raises Refused: without a reason
    """
    row = _writable(trip_id, by, now)
    if not reason.strip():
        words = _("Fill this in.")
        raise Refused(words, fields={"reason": words})
    row.struck_at, row.struck_by, row.struck_reason = now, by.post, reason.strip()
    row.save(update_fields=["struck_at", "struck_by", "struck_reason"])
    record("trip.strike", row, by=by.actor, at=now, facts={"on": row.went_on.isoformat()})
    return row


@transaction.atomic(durable=True)
def fetch_photo(trip_id: UUID, photo_id: int, *, by: Hat, now: datetime) -> StoredFile:
    """Return a picture of a journey to who reads it; written down.

    :raises Unknown: if there is none for this hat
    """
    row = hold_trip(trip_id, by, now)
    photo = FieldPhoto.objects.select_related("file").filter(pk=photo_id, trip=row).first()
    if photo is None:
        raise Unknown(_("There is no such file."))
    record("trip.fetch_photo", row, by=by.actor, at=now)
    return photo.file


def _leader(leader_id: int, by: Hat, now: datetime) -> Post:
    leader = Post.objects.filter(pk=leader_id, role=Role.LEADER).first()
    if leader is None or not may.writes_trips_of(by, leader.pk, serves=serves_leader(by, leader.pk, now)):
        raise NotAllowed(_("Only the leader, his secretary and the office write here."))
    return leader


def _fault_of_numbers(cases: Sequence[Taken], found: Mapping[str, Petition]) -> str:
    """Return what is wrong with the numbers that were typed, or nothing."""
    numbers = [taken.number.strip() for taken in cases]
    if not numbers:
        return _("Name at least one petition by its number.")
    if len(numbers) > MOST_CASES:
        return _("At most %(most)d petitions go along on one journey.") % {"most": MOST_CASES}
    if len(set(numbers)) < len(numbers):
        return _("Each petition is named once.")
    unknown = [number for number in numbers if number not in found]
    return _("There is no such petition: %(numbers)s.") % {"numbers": "、".join(unknown)} if unknown else ""


def _seen(cases: Sequence[Taken], by: Hat) -> dict[str, Petition]:
    """Return the open-lane petitions a hat sees, by their numbers."""
    numbers = {taken.number.strip() for taken in cases}
    rows = Petition.objects.visible_to(by).filter(number__in=numbers, sealed=False)
    return {petition.number: petition for petition in rows.order_by("pk")}


def _writable(trip_id: UUID, by: Hat, now: datetime) -> FieldTrip:
    row = hold_trip(trip_id, by, now)
    if not may.writes_trips_of(by, row.post_id, serves=serves_leader(by, row.post_id, now)):
        raise NotAllowed(_("Only the leader, his secretary and the office write here."))
    if row.struck_at is not None:
        raise OutOfTurn(_("This journey was struck out."))
    return row
