"""The events of cases in plain SQL, from the tables that deeds write: one statement for the file and for the sums.

Nothing of a person and no text is read: a case's key, what was done, when, by which organ of which tier.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from cases.states import ClockCode
from indicators.arithmetic import REPLIES
from indicators.models import Fact
from leadership.states import BY_THE_CONFERENCE, SlipKind
from reports.states import SMALLEST, Activity

# Activities in the order of their list, which breaks a tie between two of one moment.
_EVENTS = """
SELECT petition_id, activity, at, organ.code AS organ, place.level AS tier FROM (
    SELECT it.id AS petition_id, %s AS activity, it.registered_at AS at, it.register_organ_id AS organ_id
        FROM cases_petition AS it
    UNION ALL
    SELECT route.petition_id, route.kind, route.made_at, post.organ_id
        FROM cases_route AS route JOIN accounts_post AS post ON post.id = route.made_by_id
    UNION ALL
    SELECT handling.petition_id, %s, handling.received_at, handling.organ_id FROM cases_handling AS handling
        WHERE handling.received_at IS NOT NULL
    UNION ALL
    SELECT clock.petition_id, CASE WHEN clock.code = %s THEN %s ELSE %s END, clock.met_at, clock.organ_id
        FROM cases_petitionclock AS clock
        WHERE clock.code = ANY(%s) AND clock.met_at IS NOT NULL AND clock.cancelled_at IS NULL
    UNION ALL
    SELECT slip.petition_id, %s, asked.asked_at, slip.issuer_id
        FROM leadership_slip AS slip JOIN assignments_assignment AS asked ON asked.id = slip.assignment_id
        WHERE slip.kind = ANY(%s)
    UNION ALL
    SELECT lift.petition_id, %s, lift.raised_at, asked.asking_organ_id
        FROM leadership_petitionlift AS lift JOIN assignments_assignment AS asked ON asked.id = lift.assignment_id
    UNION ALL
    SELECT remedy.petition_id, remedy.stage, remedy.decided_at, remedy.organ_id FROM cases_remedy AS remedy
        WHERE remedy.decided_at IS NOT NULL
    UNION ALL
    SELECT fact.petition_id, %s, fact.finished_at, it.register_organ_id
        FROM indicators_fact AS fact JOIN cases_petition AS it ON it.id = fact.petition_id
        WHERE fact.replaced_at IS NULL AND fact.finished_at IS NOT NULL
) AS event
JOIN accounts_organ AS organ ON organ.id = event.organ_id
JOIN places_place AS place ON place.id = organ.place_id
"""
_NAMES: tuple[str | list[str], ...] = (
    Activity.REGISTER.value,
    Activity.SIGN_FOR.value,
    *(ClockCode.T3.value, Activity.TELL.value, Activity.REPLY.value),
    sorted(code.value for code in {ClockCode.T3, *REPLIES}),
    Activity.SUPERVISE.value,
    sorted(kind.value for kind in {SlipKind.SUPERVISION, *BY_THE_CONFERENCE}),
    Activity.LIFT.value,
    Activity.FINISH.value,
)
_IN_ORDER = "at, array_position(%s::text[], activity), organ"
_ORDER: list[str] = [activity.value for activity in Activity]


class Event(NamedTuple):
    """One thing done on one petition."""

    petition_id: UUID
    activity: str
    at: datetime
    organ: str
    tier: str


@dataclass(frozen=True)
class Step:
    """From one thing done to the next, over so many cases: half of them waited no longer than `median`."""

    activity: str
    tier: str
    to_activity: str
    to_tier: str
    cases: int
    median: timedelta
    ninetieth: timedelta


@dataclass(frozen=True)
class Way:
    """What was done one after the other, and on how many cases exactly that."""

    activities: Sequence[str]
    cases: int
    median: timedelta


def events_of(petitions: Sequence[UUID]) -> Iterator[Event]:
    """Yield the events of some petitions, case by case in the order given, each case in its own order."""
    sql = f"""SELECT event.* FROM ({_EVENTS}) AS event WHERE petition_id = ANY(%s)
        ORDER BY array_position(%s::uuid[], petition_id), {_IN_ORDER}"""  # noqa: S608 - of our own words alone
    with connection.cursor() as cursor:
        cursor.execute(sql, [*_NAMES, list(petitions), list(petitions), _ORDER])
        for row in cursor.fetchall():
            yield Event(*row)


def steps_between(scope: QuerySet[Fact, UUID]) -> Sequence[Step]:
    """Return what followed what, and after how long, over the petitions of a scope; the most frequent first.

    What fewer than five cases went through is left out.
    """
    sql = f"""
        WITH scope AS ({{scope}}), done AS (
            SELECT event.*, lag(activity) OVER way AS before, lag(tier) OVER way AS before_tier,
                at - lag(at) OVER way AS waited
            FROM ({_EVENTS}) AS event WHERE petition_id IN (SELECT * FROM scope)
            WINDOW way AS (PARTITION BY petition_id ORDER BY {_IN_ORDER})
        )
        SELECT before, before_tier, activity, tier, count(DISTINCT petition_id),
            percentile_cont(0.5) WITHIN GROUP (ORDER BY waited),
            percentile_cont(0.9) WITHIN GROUP (ORDER BY waited)
        FROM done WHERE before IS NOT NULL GROUP BY before, before_tier, activity, tier
        HAVING count(DISTINCT petition_id) >= %s ORDER BY 5 DESC, 1, 2, 3, 4"""  # noqa: S608 - of our own words
    return [Step(*row) for row in _asked(sql, scope, [*_NAMES, _ORDER, SMALLEST])]


def ways_of(scope: QuerySet[Fact, UUID], *, most: int) -> Sequence[Way]:
    """Return the most frequent ways from beginning to end; what fewer than five cases went is left out."""
    sql = f"""
        WITH scope AS ({{scope}}), gone AS (
            SELECT petition_id, array_agg(activity ORDER BY {_IN_ORDER}) AS way, max(at) - min(at) AS lasted
            FROM ({_EVENTS}) AS event WHERE petition_id IN (SELECT * FROM scope) GROUP BY petition_id
        )
        SELECT way, count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY lasted)
        FROM gone GROUP BY way HAVING count(*) >= %s ORDER BY 2 DESC, 1 LIMIT %s"""  # noqa: S608 - of our own words
    # here the order stands before what is selected from
    return [Way(*row) for row in _asked(sql, scope, [_ORDER, *_NAMES, SMALLEST, most])]


def _asked(
    sql: str, scope: QuerySet[Fact, UUID], params: Sequence[str | int | list[str]]
) -> Iterator[tuple[Any, ...]]:
    within, its_params = scope.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql.format(scope=within), [*its_params, *params])
        yield from cursor.fetchall()
