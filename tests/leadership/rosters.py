"""An order of leaders, days of the roster, numbers of a queue and journeys, made by the deeds themselves."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from accounts.hats import Hat
from leadership.actions import receptions, roster, trips
from leadership.actions.receptions import Talk
from leadership.actions.roster import Order
from leadership.actions.trips import Journey, Taken
from leadership.models import DutyDay, FieldTrip, Rotation, Ticket
from leadership.reception_states import Came, Outcome
from tests.cases.handling.given import Case
from tests.given import MONDAY, a_hat
from tests.leadership.leaders import a_leader

MARCH = date(2026, 3, 1)
TODAY = date(2026, 3, 2)


def an_order_of(leaders: Sequence[Hat], **facts: Any) -> Order:
    given: dict[str, Any] = {
        "since": TODAY,
        "post_ids": [leader.post.pk for leader in leaders],
        "place": "区信访接待大厅",
        "begins": time(9),
        "ends": time(12),
    }
    return Order(**{**given, **facts})


def rotating(leaders: Sequence[Hat], *, by: Hat | None = None, **facts: Any) -> Rotation:
    """Let the office enter in which order leaders sit."""
    return roster.enter_rotation(an_order_of(leaders, **facts), by=by or a_hat(), now=MONDAY)


def sitting(leader: Hat | None = None, *, now: datetime = MONDAY) -> tuple[Hat, DutyDay]:
    """Let a leader receive on a day, at the place and hours of an order he alone is in."""
    leader = leader or a_leader()
    if not Rotation.objects.exists():
        rotating([leader])
    day = timezone.localdate(now)
    return leader, roster.enter_day(day, post_id=leader.post.pk, anyway=True, by=a_hat(), now=MONDAY)


def took_number(day: DutyDay, *, persons: int = 1, now: datetime = MONDAY) -> Ticket:
    return receptions.take_number(day.pk, Came.HALL, persons=persons, by=a_hat(), now=now).ticket


def a_talk(**facts: Any) -> Talk:
    given: dict[str, Any] = {"outcome": Outcome.ANSWERED, "persons": 2, "words": "已当面解释政策"}
    return Talk(**{**given, **facts})


def went(case: Case, leader: Hat, *, by: Hat | None = None, persons: int = 3, **facts: Any) -> FieldTrip:
    """Let the office write down that a leader went down with a petition."""
    given: dict[str, Any] = {
        "went_on": TODAY - timedelta(days=1),
        "place": "永宁社区",
        "result": "现场商定办理次序",
        "cases": [Taken(case.petition.number, persons, "约定十日内答复")],
    }
    journey = Journey(**{**given, **facts})
    return trips.note_trip(journey, leader_id=leader.post.pk, by=by or case.office.officer, now=MONDAY)
