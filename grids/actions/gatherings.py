"""说事议事: putting a gathering in the calendar, noting how it went, what came of it, or that it was called off."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import record
from grids import permissions as may
from grids.gathering_parts import enter_due
from grids.gathering_states import NUMBERS_ONLY, GatheringKind, GatheringState, Repeat
from grids.models import Gathering, GatheringSeries, Grid
from grids.of_places import faults_of_persons
from grids.parts import need
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown

_FURTHEST = timedelta(days=366)


@dataclass(frozen=True, kw_only=True)
class GatheringFacts:
    """What kind of gathering, on what, where and when; of all grids, or of one."""

    kind: GatheringKind
    topic: str
    place: str
    held_on: date
    grid_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class SeriesFacts:
    """A gathering that comes again: what, where, how often, from when to when."""

    kind: GatheringKind
    topic: str
    place: str
    repeat: Repeat
    first_on: date
    until_on: date | None = None
    grid_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Held:
    """How a gathering went: how many came, what was agreed; of rooms how many matters, and how many were settled."""

    attendance: int
    agreement: str = ""
    follow_up_on: date | None = None
    matters: int | None = None
    settled: int | None = None


@transaction.atomic(durable=True)
def enter_gathering(facts: GatheringFacts, *, by: Hat, now: datetime) -> Gathering:
    """Put a gathering in the calendar; one that was held already may be entered within a year.

    :raises NotAllowed: if this hat keeps no grids
    :raises Unknown: if this hat keeps no such grid
    :raises Refused: if something is missing, the day cannot be, or somebody is named
    """
    faults = _faults_of_a_call(facts, by)
    today = timezone.localdate(now)
    if not today - _FURTHEST <= facts.held_on <= today + _FURTHEST:
        faults["held_on"] = _("Within a year from today.")
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)
    row = Gathering.objects.create(
        organ=by.organ,
        grid_id=facts.grid_id,
        kind=facts.kind,
        topic=facts.topic.strip(),
        place=facts.place.strip(),
        held_on=facts.held_on,
        entered_by=by.post,
        entered_at=now,
    )
    record("gathering.enter", row, by=by.actor, at=now, facts={"gathering": facts.kind})
    return row


def _faults_of_a_call(facts: GatheringFacts | SeriesFacts, by: Hat) -> dict[str, str]:
    """Return what is wrong with the words of what is put in the calendar.

    :raises NotAllowed: if this hat keeps no grids
    :raises Unknown: if this hat keeps no such grid
    """
    if not may.may_keep(by):
        raise NotAllowed(_("Your post does not keep grids."))
    if facts.grid_id and not Grid.objects.kept_by(by).standing().filter(pk=facts.grid_id).exists():
        raise Unknown(_("There is no such grid."))
    words = {"topic": facts.topic, "place": facts.place}
    faults = faults_of_persons(words)
    return faults | {name: _("Fill this in.") for name, text in words.items() if not text.strip()}


@transaction.atomic(durable=True)
def enter_series(facts: SeriesFacts, *, by: Hat, now: datetime) -> GatheringSeries:
    """Enter a gathering that comes again; its days of the next five weeks stand in the calendar at once.

    :raises NotAllowed: if this hat keeps no grids
    :raises Unknown: if this hat keeps no such grid
    :raises Refused: if something is missing, the days cannot be, or somebody is named
    """
    faults = _faults_of_a_call(facts, by)
    if not timezone.localdate(now) <= facts.first_on <= timezone.localdate(now) + _FURTHEST:
        faults["first_on"] = _("Within a year from today.")
    if facts.until_on is not None and facts.until_on < facts.first_on:
        faults["until_on"] = _("This day lies before the first one.")
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)
    series = GatheringSeries.objects.create(
        organ=by.organ,
        grid_id=facts.grid_id,
        kind=facts.kind,
        topic=facts.topic.strip(),
        place=facts.place.strip(),
        repeat=facts.repeat,
        first_on=facts.first_on,
        until_on=facts.until_on,
        entered_by=by.post,
        entered_at=now,
    )
    record("gathering_series.enter", series, by=by.actor, at=now, facts={"gathering": facts.kind})
    enter_due(series, now=now)
    return series


@transaction.atomic(durable=True)
def end_series(series_id: UUID, *, reason: str, by: Hat, now: datetime) -> GatheringSeries:
    """End a series; what of it still lies ahead is called off with the same reason.

    :raises Unknown: if this hat keeps no such series
    :raises OutOfTurn: if it was ended
    :raises Refused: without a reason
    """
    rows = GatheringSeries.objects.kept_by(by).select_for_update(of=("self",), no_key=True)
    series = rows.filter(pk=series_id).first()
    if series is None:
        raise Unknown(_("There is no such series."))
    if series.ended_at is not None:
        raise OutOfTurn(_("This series was ended."))
    need(reason, "reason")
    series.ended_at, series.end_reason = now, reason.strip()
    series.save(update_fields=["ended_at", "end_reason"])
    ahead = series.gatherings.filter(state=GatheringState.PLANNED, held_on__gt=timezone.localdate(now))
    called_off = ahead.update(state=GatheringState.CALLED_OFF, called_off_why=reason.strip())
    record("gathering_series.end", series, by=by.actor, at=now, facts={"count": called_off})
    return series


@transaction.atomic(durable=True)
def note_gathering(gathering_id: UUID, held: Held, *, by: Hat, now: datetime) -> Gathering:
    """Note how a gathering went. Of mediation and counselling numbers alone are kept.

    :raises Unknown: if this hat keeps no such gathering
    :raises OutOfTurn: if it is noted or called off, or its day has not come
    :raises Refused: if a number cannot be, something is missing, or somebody is named
    """
    row = _held(gathering_id, by)
    today = timezone.localdate(now)
    if row.state != GatheringState.PLANNED:
        raise OutOfTurn(_("This gathering is over already."))
    if row.held_on > today:
        raise OutOfTurn(_("Its day has not come yet."))
    _refuse_impossible(row, held, today)
    row.state, row.attendance, row.agreement = GatheringState.HELD, held.attendance, held.agreement.strip()
    row.follow_up_on, row.matters, row.settled = held.follow_up_on, held.matters, held.settled
    row.noted_by, row.noted_at = by.post, now
    row.save(
        update_fields=[
            *("state", "attendance", "agreement", "follow_up_on", "matters", "settled"),
            *("noted_by", "noted_at"),
        ]
    )
    record(
        "gathering.note", row, by=by.actor, at=now, facts={"gathering": row.kind, "count": held.attendance}
    )
    return row


def _refuse_impossible(row: Gathering, held: Held, today: date) -> None:
    faults = faults_of_persons({"agreement": held.agreement})
    if row.kind in NUMBERS_ONLY:
        if held.agreement.strip():
            faults["agreement"] = _("Of mediation and counselling numbers alone are kept.")
        if held.matters is None or held.settled is None:
            faults["matters"] = _("Say how many matters, and how many of them were settled.")
        elif held.settled > held.matters:
            faults["settled"] = _("No more can be settled than there were.")
    elif held.matters is not None or held.settled is not None:
        faults["matters"] = _("Matters are counted in mediation and counselling alone.")
    if held.follow_up_on is not None and held.follow_up_on < today:
        faults["follow_up_on"] = _("This day is over.")
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)


@transaction.atomic(durable=True)
def follow_up(gathering_id: UUID, *, effect: str, by: Hat, now: datetime) -> Gathering:
    """Write what came of what a gathering agreed on.

    :raises Unknown: if this hat keeps no such gathering
    :raises OutOfTurn: if it was not held, agreed on nothing, or is followed up
    :raises Refused: without words, or if somebody is named
    """
    row = _held(gathering_id, by)
    if row.state != GatheringState.HELD or not row.agreement:
        raise OutOfTurn(_("There is nothing to follow up."))
    need(effect, "effect")
    faults = faults_of_persons({"effect": effect})
    if faults:
        raise Refused(faults["effect"], fields=faults)
    row.state, row.effect = GatheringState.FOLLOWED, effect.strip()
    row.save(update_fields=["state", "effect"])
    record("gathering.follow_up", row, by=by.actor, at=now, facts={"gathering": row.kind})
    return row


@transaction.atomic(durable=True)
def call_off_gathering(gathering_id: UUID, *, reason: str, by: Hat, now: datetime) -> Gathering:
    """Call a gathering off.

    :raises Unknown: if this hat keeps no such gathering
    :raises OutOfTurn: if it is over
    :raises Refused: without a reason
    """
    row = _held(gathering_id, by)
    if row.state != GatheringState.PLANNED:
        raise OutOfTurn(_("This gathering is over already."))
    need(reason, "reason")
    row.state, row.called_off_why = GatheringState.CALLED_OFF, reason.strip()
    row.save(update_fields=["state", "called_off_why"])
    record("gathering.call_off", row, by=by.actor, at=now, facts={"gathering": row.kind})
    return row


def _held(gathering_id: UUID, by: Hat) -> Gathering:
    rows = Gathering.objects.kept_by(by).select_for_update(of=("self",), no_key=True)
    row = rows.filter(pk=gathering_id).first()
    if row is None:
        raise Unknown(_("There is no such gathering."))
    return row
