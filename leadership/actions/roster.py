"""领导接访值班: entering an order, planning a month from it, and changing single days (seeds-map 37, 40, 92; R-02)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ
from audit.parts import record
from infra.idempotency import serialise
from leadership import permissions as may
from leadership.models import DutyDay, ReceptionTarget, Rotation, RotationSeat, Substitution
from leadership.queues import refuse_closed, serves
from leadership.reception_states import IN_THE_QUEUE, Counted
from leadership.rosters import (
    hold_duty_day,
    is_working_day,
    knows_holidays_of,
    leaders_for,
    office_for,
    planned_from_rotation,
    working_days_of,
)
from lib.errors import NotAllowed, OutOfTurn, Refused
from notices.models import Kind
from notices.parts import tell

# Names the one place in which whoever plans an office's roster stands.
_ROSTERS = UUID("b8a2f5de-7a1b-4d3e-9f6e-2d3c1a5b7e90")


@dataclass(frozen=True, kw_only=True)
class Order:
    """In which order leaders sit, from a day on, where and from when to when."""

    since: date
    post_ids: Sequence[int]
    place: str
    begins: time
    ends: time
    fixed_weekday: int | None = None
    fixed_post_id: int | None = None


@transaction.atomic(durable=True)
def enter_rotation(order: Order, *, by: Hat, now: datetime) -> Rotation:
    """Enter the order in which leaders sit from a day on; the one before holds until then, and stays.

    :raises NotAllowed: if this hat does not keep the roster
    :raises Refused: without leaders, place or hours, with one who may not receive, or for a day that has an order
    """
    office = _kept_by(by)
    leaders = {post.pk for post in leaders_for(office, on=max(order.since, timezone.localdate(now)))}
    _check(order, leaders, office)
    row = Rotation.objects.create(
        office=office,
        since=order.since,
        fixed_weekday=order.fixed_weekday,
        fixed_post_id=order.fixed_post_id,
        place=order.place.strip(),
        begins=order.begins,
        ends=order.ends,
        entered_by=by.post,
        entered_at=now,
    )
    RotationSeat.objects.bulk_create(
        RotationSeat(rotation=row, position=position, post_id=post_id)
        for position, post_id in enumerate(order.post_ids)
    )
    facts = {"since": order.since.isoformat(), "number": len(order.post_ids)}
    record("roster.enter_rotation", row, by=by.actor, at=now, facts=facts)
    return row


def _check(order: Order, leaders: set[int], office: Organ) -> None:
    faults: dict[str, str] = {}
    if not order.post_ids or len(set(order.post_ids)) != len(order.post_ids):
        faults["posts"] = _("Name each leader once, at least one.")
    elif not set(order.post_ids) <= leaders:
        faults["posts"] = _("One of them does not receive at this office that day.")
    if (order.fixed_weekday is None) != (order.fixed_post_id is None):
        faults["fixed_post"] = _("Choose both the weekday and who sits on it, or neither.")
    elif order.fixed_post_id is not None and order.fixed_post_id not in leaders:
        faults["fixed_post"] = _("He does not receive at this office that day.")
    if not order.place.strip():
        faults["place"] = _("Fill this in.")
    if order.ends <= order.begins:
        faults["ends"] = _("It ends before it begins.")
    if Rotation.objects.filter(office=office, since=order.since).exists():
        faults["since"] = _("An order begins on that day already. Choose another day.")
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)


@transaction.atomic(durable=True)
def plan_month(first: date, *, by: Hat, now: datetime) -> int:
    """Put everybody's days of a month on the roster, from the order in force; days that stand there stay as they are.

    Days that have passed are not planned. Return how many days were added; each leader is told of his once.

    :raises NotAllowed: if this hat does not keep the roster
    :raises OutOfTurn: if no order is in force on any of its days, or the holidays of its year are not known (Q26)
    """
    office = _kept_by(by)
    if not knows_holidays_of(first.year):
        raise OutOfTurn(
            _("The calendar of %(year)d is not entered, so its holidays are not known. Add single days.")
            % {"year": first.year}
        )
    serialise(uuid5(_ROSTERS, str(office.pk)))
    today = timezone.localdate(now)
    days = [day for day in working_days_of(first.year, first.month) if day >= today]
    known = set(DutyDay.objects.filter(office=office, day__in=days).values_list("day", flat=True))
    sits = planned_from_rotation(office, [day for day in days if day not in known])
    if not sits and not known:
        raise OutOfTurn(_("No order of leaders is in force for this month. Enter one first."))
    rows = DutyDay.objects.bulk_create(
        DutyDay(
            office=office,
            day=one.day,
            planned_id=one.post_id,
            post_id=one.post_id,
            is_fixed=one.is_fixed,
            place=one.rotation.place,
            begins=one.rotation.begins,
            ends=one.rotation.ends,
            entered_by=by.post,
            entered_at=now,
        )
        for one in sits
    )
    nearest = {row.post_id: row for row in sorted(rows, key=lambda row: row.day, reverse=True)}
    for post_id, row in sorted(nearest.items()):
        key = f"roster:{office.pk}:{first:%Y-%m}:{row.pk}"
        tell([post_id], Kind.RECEIVES_VISITORS, key=key, subject_id=str(row.pk), now=now)
    facts = {"month": f"{first:%Y-%m}", "number": len(rows)}
    record("roster.plan_month", office, by=by.actor, at=now, facts=facts)
    return len(rows)


@transaction.atomic(durable=True)
def enter_day(day: date, *, post_id: int, anyway: bool, by: Hat, now: datetime) -> DutyDay:
    """Let a leader receive on a single day that stands on no roster, at the place and hours of the order in force.

    On a day of rest, or of a year whose holidays are not known (Q26), he receives if it is said that he does `anyway`.

    :raises NotAllowed: if this hat does not keep the roster
    :raises Refused: if the day has passed or stands there already, no order is in force, he does not receive, or it
        is not known to be a working day and nobody said that he receives anyway
    """
    office = _kept_by(by)
    serialise(uuid5(_ROSTERS, str(office.pk)))
    rotation = Rotation.objects.filter(office=office, since__lte=day).order_by("-since").first()
    faults: dict[str, str] = {}
    if day < timezone.localdate(now):
        faults["day"] = _("The day has passed.")
    elif DutyDay.objects.filter(office=office, day=day).exists():
        faults["day"] = _("This day stands on the roster already.")
    elif rotation is None:
        faults["day"] = _("No order of leaders is in force on that day. Enter one first.")
    elif not anyway and not is_working_day(day):
        faults["anyway"] = _rest_words(day)
    if post_id not in {post.pk for post in leaders_for(office, on=day)}:
        faults["post"] = _("He does not receive at this office that day.")
    if faults or rotation is None:
        raise Refused(next(iter(faults.values())), fields=faults)
    row = DutyDay.objects.create(
        office=office,
        day=day,
        planned_id=post_id,
        post_id=post_id,
        # outside the order: who is next in turn stays who he was
        is_fixed=True,
        place=rotation.place,
        begins=rotation.begins,
        ends=rotation.ends,
        entered_by=by.post,
        entered_at=now,
    )
    _tell(row, now=now)
    facts = {"on": day.isoformat(), "to_post": post_id}
    record("roster.enter_day", row, by=by.actor, at=now, facts=facts)
    return row


def _rest_words(day: date) -> str:
    if knows_holidays_of(day.year):
        return _("It is no working day. Tick this if he receives all the same.")
    words = _(
        "The calendar of %(year)d is not entered: it may be a holiday. Tick this if he receives that day."
    )
    return words % {"year": day.year}


@transaction.atomic(durable=True)
def substitute(day_id: UUID, *, post_id: int, reason: str, by: Hat, now: datetime) -> Substitution:
    """Let another leader sit on a day, with the reason; who was planned stays written.

    :raises Unknown: if the day is on another office's roster
    :raises NotAllowed: if it is neither who keeps the roster, nor the leader himself or his secretary
    :raises OutOfTurn: if the day was called off or is over
    :raises Refused: without a reason, or if the other does not receive that day or sits there already
    """
    row = hold_duty_day(day_id, office_for(by))
    if not _changes(by, row, now):
        raise NotAllowed(_("Only who keeps the roster, the leader himself and his secretary change his day."))
    refuse_closed(row, now)
    faults: dict[str, str] = {}
    if post_id == row.post_id:
        faults["post"] = _("He sits on that day already.")
    elif post_id not in {post.pk for post in leaders_for(row.office, on=row.day)}:
        faults["post"] = _("He does not receive at this office that day.")
    if not reason.strip():
        faults["reason"] = _("Fill this in.")
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)
    done = Substitution.objects.create(
        duty_day=row,
        leaves=row.post,
        takes_id=post_id,
        reason=reason.strip(),
        by=by.post,
        person=by.user,
        noted_at=now,
    )
    row.post_id = post_id
    row.save(update_fields=["post"])
    _tell(row, now=now)
    facts = {"on": row.day.isoformat(), "from_post": done.leaves_id, "to_post": post_id}
    record("roster.substitute", row, by=by.actor, at=now, facts=facts)
    return done


@transaction.atomic(durable=True)
def call_off(day_id: UUID, *, reason: str, by: Hat, now: datetime) -> DutyDay:
    """Call a day of the roster off, with the reason; whoever holds a number for it is to be told.

    :raises Unknown: if the day is on another office's roster
    :raises NotAllowed: if this hat does not keep the roster
    :raises OutOfTurn: if it was called off, is over, or somebody waits in its queue
    :raises Refused: without a reason
    """
    row = hold_duty_day(day_id, _kept_by(by))
    refuse_closed(row, now)
    if row.tickets.filter(state__in=sorted(IN_THE_QUEUE)).exists():
        raise OutOfTurn(_("Numbers of this day are taken. Cancel them first, or let another leader sit."))
    if not reason.strip():
        words = _("Fill this in.")
        raise Refused(words, fields={"reason": words})
    row.called_off_at, row.called_off_reason = now, reason.strip()
    row.save(update_fields=["called_off_at", "called_off_reason"])
    record("roster.call_off", row, by=by.actor, at=now, facts={"on": row.day.isoformat()})
    return row


@transaction.atomic(durable=True)
def set_target(
    counted: Counted, *, weekly: int, since: date, post_id: int | None = None, by: Hat, now: datetime
) -> ReceptionTarget:
    """Say how often a week leaders are to sit or to go down, from a day on; of one leader, or of all of the office.

    :raises NotAllowed: if this hat does not keep the roster
    :raises Refused: if one was set for that day already, or he does not receive here
    """
    office = _kept_by(by)
    faults: dict[str, str] = {}
    if post_id is not None and post_id not in {post.pk for post in leaders_for(office, on=since)}:
        faults["post"] = _("He does not receive at this office that day.")
    same = ReceptionTarget.objects.filter(office=office, counted=counted, post=post_id, since=since)
    if same.exists():
        faults["since"] = _("A target begins on that day already. Choose another day.")
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)
    row = ReceptionTarget.objects.create(
        office=office,
        counted=counted,
        post_id=post_id,
        weekly=weekly,
        since=since,
        entered_by=by.post,
        entered_at=now,
    )
    facts = {"counted": counted, "number": weekly, "since": since.isoformat(), "to_post": post_id}
    record("roster.set_target", row, by=by.actor, at=now, facts=facts)
    return row


def _kept_by(by: Hat) -> Organ:
    """Return the office whose roster this hat keeps."""
    if not may.may_keep_rosters(by):
        raise NotAllowed(_("Your post does not keep the roster."))
    return office_for(by)


def _changes(by: Hat, row: DutyDay, now: datetime) -> bool:
    return may.may_change_day(by, row, serves=serves(by, row, now))


def _tell(row: DutyDay, *, now: datetime) -> None:
    key = f"roster:{row.office_id}:{row.pk}:{row.post_id}:{now.isoformat()}"
    tell([row.post_id], Kind.RECEIVES_VISITORS, key=key, subject_id=str(row.pk), now=now)
