"""Pieces of the roster that its deeds, its pages and the public page share."""

from calendar import monthrange
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Absence, Organ, OrganKind, Portfolio, Post
from accounts.roles import Role
from deadlines.calendars import calendar_of
from leadership.arithmetic import Order, rotate
from leadership.models import DutyDay, Rotation
from lib.errors import Unknown
from lib.transactions import require_transaction
from lib.trees import paths_above


def office_of(organ: Organ) -> Organ | None:
    """Return the petition office whose roster an organ reads: itself, or the nearest office over its place."""
    if organ.kind == OrganKind.PETITION_OFFICE:
        return organ
    offices = Organ.objects.current().filter(
        kind=OrganKind.PETITION_OFFICE, place__path__in=paths_above(organ.place.path)
    )
    return offices.order_by("-place__path", "pk").first()


def office_for(hat: Hat) -> Organ:
    """Return the petition office whose roster a hat reads.

    :raises Unknown: if there is none over its place
    """
    office = office_of(hat.organ)
    if office is None:
        raise Unknown(_("There is no petition office over your place."))
    return office


def leaders_for(office: Organ, *, on: date) -> Sequence[Post]:
    """Return the leaders who may receive at an office on a day, in the order of their organs."""
    held = Post.objects.held_on(on).filter(
        role=Role.LEADER,
        user__is_active=True,
        organ__kind=OrganKind.LEADING_BODY,
        organ__place__path__in=paths_above(office.place.path),
    )
    return list(held.select_related("user", "organ").order_by("-organ__place__path", "organ__path", "pk"))


@dataclass(frozen=True)
class Sits:
    """Who is to sit on a day, by which rotation."""

    day: date
    post_id: int
    is_fixed: bool
    rotation: Rotation


def knows_holidays_of(year: int) -> bool:
    """Test if the notice that says which days of a year are worked is entered (Q26)."""
    return year in (calendar_of((year,)).years or ())


def is_working_day(day: date) -> bool:
    """Test if a day is known to be worked; none is of a year whose notice is not entered (Q26)."""
    return knows_holidays_of(day.year) and calendar_of((day.year,)).is_workday(day)


def working_days_of(year: int, month: int) -> list[date]:
    """Return the working days of a month; by weekday alone where the year is not loaded (Q26)."""
    calendar = calendar_of((year,)).by_weekday()
    days = (date(year, month, 1) + timedelta(days=n) for n in range(monthrange(year, month)[1]))
    return [day for day in days if calendar.is_workday(day)]


def planned_from_rotation(office: Organ, days: Sequence[date]) -> list[Sits]:
    """Return who sits on days that stand on no roster yet, as the rotations in force on them say, in turn.

    Who does not hold his post that day, or is announced absent, is passed over. A day before the first rotation has
    nobody.
    """
    rotations = list(
        Rotation.objects.filter(office=office, since__lte=max(days, default=date.min)).order_by("since")
    )
    in_force = {
        day: max(known, key=lambda rotation: rotation.since)
        for day in days
        if (known := [rotation for rotation in rotations if rotation.since <= day])
    }
    orders = {rotation.pk: _order_of(rotation) for rotation in set(in_force.values())}
    wanted = sorted(in_force)
    seated = rotate(
        wanted,
        {day: orders[rotation.pk] for day, rotation in in_force.items()},
        last=_last_in_turn(office, before=wanted[0]) if wanted else None,
        holds={day: _able_on(office, day) for day in wanted},
    )
    return [Sits(day, post, is_fixed, in_force[day]) for day, (post, is_fixed) in seated.items()]


def _order_of(rotation: Rotation) -> Order[int]:
    seats = list(rotation.seats.order_by("position").values_list("post", flat=True))
    return Order(seats, rotation.fixed_weekday, rotation.fixed_post_id)


def _last_in_turn(office: Organ, *, before: date) -> int | None:
    days = DutyDay.objects.filter(office=office, is_fixed=False, day__lt=before)
    return days.order_by("-day").values_list("planned", flat=True).first()


def _able_on(office: Organ, day: date) -> frozenset[int]:
    away = set(Absence.objects.running_on(day).values_list("post", flat=True))
    return frozenset(post.pk for post in leaders_for(office, on=day) if post.pk not in away)


def hold_duty_day(day_id: UUID, office: Organ) -> DutyDay:
    """Return a day of an office's roster, held until the transaction ends.

    :raises Unknown: if there is none, or it is another office's
    """
    require_transaction("hold_duty_day")
    rows = DutyDay.objects.select_for_update(of=("self",)).select_related("post__user", "office")
    found = rows.filter(pk=day_id, office=office).first()
    if found is None:
        raise Unknown(_("There is no such day on the roster."))
    return found


def portfolios_of(post_ids: Collection[int], *, on: date) -> dict[int, str]:
    """Return what each leader looks after on a day, in words: units and places (R-02)."""
    rows = Portfolio.objects.standing_on(on).filter(post__in=post_ids).select_related("organ", "place")
    found: dict[int, list[str]] = {}
    for row in rows.order_by("pk"):
        for name in (row.organ and row.organ.short_name, row.place and row.place.name):
            if name:
                found.setdefault(row.post_id, []).append(name)
    return {post: "、".join(names) for post, names in found.items()}
