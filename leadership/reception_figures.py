"""What leaders did: days in the hall and journeys, in 批 and 人次. Nothing is counted of a petitioner.

A batch (批) is one number received, one talk held on invitation, or one petition taken along; person-times (人次) are
the persons who sat there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from accounts.models import Organ, Post
from leadership.models import DutyDay, FieldCase, FieldTrip, Invitation, ReceptionTarget, Ticket
from leadership.reception_states import Counted, InvitationState, TicketState
from leadership.rosters import leaders_for
from lib.trees import paths_above


@dataclass(frozen=True)
class Done:
    """What one leader did in a period."""

    sittings: int = 0
    trips: int = 0
    hall: tuple[int, int] = (0, 0)
    field: tuple[int, int] = (0, 0)

    @property
    def batches(self) -> int:
        return self.hall[0] + self.field[0]

    @property
    def persons(self) -> int:
        return self.hall[1] + self.field[1]


@dataclass(frozen=True)
class Leader:
    """One leader with what he did in a period and this week, and how often a week he is to."""

    post: Post
    done: Done
    week: Done
    sittings_wanted: int | None
    trips_wanted: int | None


def figures(office: Organ, *, since: date, until: date, today: date) -> list[Leader]:
    """Return the leaders who receive at an office, in the order of their organs, in a fixed number of queries."""
    monday = today - timedelta(days=today.weekday())
    posts = list(leaders_for(office, on=today))
    period, week = _done(posts, since, min(until, today)), _done(posts, monday, today)
    wanted = _targets(office, on=monday + timedelta(days=6))
    return [
        Leader(
            post,
            period.get(post.pk, Done()),
            week.get(post.pk, Done()),
            _wanted(wanted, Counted.SITTINGS, post.pk),
            _wanted(wanted, Counted.TRIPS, post.pk),
        )
        for post in posts
    ]


def done_by(leader: Post, *, since: date, until: date) -> Done:
    """Return what one leader did in a period, in a fixed number of queries."""
    return _done([leader], since, until)[leader.pk]


@dataclass(frozen=True)
class Week:
    """How often a leader went down with petitions this week, and how often he is to; none where no target is set."""

    trips: int
    wanted: int | None


def week_of(leader: Post, *, today: date) -> Week:
    """Return the journeys of one leader since Monday beside his target."""
    monday = today - timedelta(days=today.weekday())
    targets = ReceptionTarget.objects.filter(
        Q(post=leader) | Q(post=None),
        office__place__path__in=paths_above(leader.organ.place.path),
        counted=Counted.TRIPS,
        since__lte=monday + timedelta(days=6),
    )
    # his own before that of all, the latest before what held earlier
    wanted = (
        targets.order_by(F("post").asc(nulls_last=True), "-since").values_list("weekly", flat=True).first()
    )
    if not wanted:
        return Week(0, None)
    went = FieldTrip.objects.standing().filter(post=leader, went_on__gte=monday, went_on__lte=today)
    return Week(went.count(), wanted)


def _done(posts: Sequence[Post], since: date, until: date) -> dict[int, Done]:
    sat = DutyDay.objects.sat().between(since, until).filter(post__in=posts)
    received = Ticket.objects.filter(
        state=TicketState.SEEN,
        received_by__in=posts,
        duty_day__day__gte=since,
        duty_day__day__lte=until,
    )
    held = Invitation.objects.filter(
        state=InvitationState.HELD, post__in=posts, day__gte=since, day__lte=until, petition__sealed=False
    )
    went = FieldTrip.objects.standing().filter(post__in=posts, went_on__gte=since, went_on__lte=until)
    taken = FieldCase.objects.filter(trip__in=went, petition__sealed=False)
    sittings = dict(sat.values_list("post").annotate(number=Count("pk")))
    trips = dict(went.values_list("post").annotate(number=Count("pk")))
    hall = _summed(received, "received_by", "persons")
    invited = _summed(held, "post", "persons")
    field = _summed(taken, "trip__post", "persons_met")
    return {
        post.pk: Done(
            sittings.get(post.pk, 0),
            trips.get(post.pk, 0),
            _together(hall.get(post.pk), invited.get(post.pk)),
            field.get(post.pk, (0, 0)),
        )
        for post in posts
    }


def _summed(rows: QuerySet[Any], leader: str, persons: str) -> Mapping[int, tuple[int, int]]:
    found = rows.values_list(leader).annotate(batches=Count("pk"), persons=Sum(persons))
    return {post: (batches, number) for post, batches, number in found}


def _together(one: tuple[int, int] | None, other: tuple[int, int] | None) -> tuple[int, int]:
    first, second = one or (0, 0), other or (0, 0)
    return first[0] + second[0], first[1] + second[1]


def _targets(office: Organ, *, on: date) -> Mapping[tuple[str, int | None], int]:
    rows = ReceptionTarget.objects.filter(office=office, since__lte=on).order_by("since")
    return {(row.counted, row.post_id): row.weekly for row in rows}


def _wanted(targets: Mapping[tuple[str, int | None], int], counted: Counted, post_id: int) -> int | None:
    return targets.get((counted, post_id), targets.get((counted, None)))
