"""Which open petitions fall under which leader's portfolio, asked of the database for all of them at once.

A petition falls under a portfolio (包乡镇) when its place lies in the portfolio's, and (管行业) when an organ that has
part in it is the portfolio's or lies below that one, unless the leader withdrew from it (R-33). The statements are
plain SQL because there may be a hundred thousand petitions: each is one statement however many they are. Sealed
petitions fall under none (Q1).
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from cases.states import OPEN, Basis

# Who looks after what, whatever state the petition is in; for some leaders or for one petition.
_LOOKED_AFTER = """
WITH portfolio AS (
    SELECT portfolio.post_id, post.user_id, place.path AS place_path, organ.path AS organ_path
    FROM accounts_portfolio AS portfolio
    JOIN accounts_post AS post ON post.id = portfolio.post_id
    LEFT JOIN places_place AS place ON place.id = portfolio.place_id
    LEFT JOIN accounts_organ AS organ ON organ.id = portfolio.organ_id
    WHERE portfolio.since <= %(today)s AND portfolio.until IS NULL
      AND post.held_from <= %(today)s AND (post.held_to IS NULL OR post.held_to >= %(today)s)
      AND (%(posts)s::bigint[] IS NULL OR portfolio.post_id = ANY(%(posts)s::bigint[]))
), within AS (
    SELECT petition.id AS petition_id, portfolio.post_id, portfolio.user_id
    FROM portfolio
    JOIN cases_petition AS petition ON starts_with(petition.place_path, portfolio.place_path)
    WHERE NOT petition.sealed AND (%(petitions)s::uuid[] IS NULL OR petition.id = ANY(%(petitions)s::uuid[]))
    UNION
    SELECT part.petition_id, portfolio.post_id, portfolio.user_id
    FROM portfolio
    JOIN accounts_organ AS organ ON starts_with(organ.path, portfolio.organ_path)
    JOIN cases_involvement AS part ON part.organ_id = organ.id AND part.ended_at IS NULL AND NOT part.sealed
    WHERE %(petitions)s::uuid[] IS NULL OR part.petition_id = ANY(%(petitions)s::uuid[])
), looked_after AS MATERIALIZED (
    SELECT petition_id, post_id
    FROM within
    WHERE NOT EXISTS (
        SELECT FROM cases_recusal AS recusal
        WHERE recusal.petition_id = within.petition_id AND recusal.user_id = within.user_id AND recusal.withdrawn
    )
), beginning AS (
    SELECT petition.id, petition.routing, petition.place_path, petition.next_due_at, petition.received_at,
        looked_after.post_id
    FROM looked_after
    JOIN cases_petition AS petition ON petition.id = looked_after.petition_id
    WHERE NOT petition.sealed AND petition.routing = ANY(%(open)s::varchar[])
      AND NOT EXISTS (
        SELECT FROM cases_involvement AS part
        WHERE part.petition_id = petition.id AND part.post_id = looked_after.post_id
          AND part.ended_at IS NULL AND part.bases @> %(bases)s::varchar[]
      )
), ending AS (
    SELECT part.id, part.petition_id
    FROM cases_involvement AS part
    WHERE part.ended_at IS NULL AND NOT part.sealed AND part.bases @> %(bases)s::varchar[]
      AND part.post_id IS NOT NULL
      AND (%(posts)s::bigint[] IS NULL OR part.post_id = ANY(%(posts)s::bigint[]))
      AND (%(petitions)s::uuid[] IS NULL OR part.petition_id = ANY(%(petitions)s::uuid[]))
      AND NOT EXISTS (
        SELECT FROM looked_after
        WHERE looked_after.petition_id = part.petition_id AND looked_after.post_id = part.post_id
      )
)
"""

_MOVING = """
SELECT id FROM beginning UNION SELECT petition_id FROM ending
"""

_BEGIN = """
INSERT INTO cases_involvement
    (petition_id, post_id, bases, since, sealed, routing, place_path, next_due_at, received_at)
SELECT id, post_id, %(bases)s::varchar[], %(now)s, false, routing, place_path, next_due_at, received_at
FROM beginning
ON CONFLICT (petition_id, post_id) WHERE ended_at IS NULL
DO UPDATE SET bases = cases_involvement.bases || EXCLUDED.bases
RETURNING petition_id, post_id
"""

# A part that has other reasons too goes on without this one.
_END = """
UPDATE cases_involvement AS part
SET ended_at = CASE WHEN part.bases <@ %(bases)s::varchar[] THEN %(now)s END,
    bases = CASE WHEN part.bases <@ %(bases)s::varchar[] THEN part.bases
                 ELSE array_remove(part.bases, %(basis)s) END
FROM ending
WHERE part.id = ending.id
"""

# Registering and moving a petition hold this together; whoever changes portfolios holds it alone, so that neither
# overlooks what the other has not committed yet.
_GATE = "cases.portfolios"


def enter_gate() -> None:
    """Wait for changes of portfolios that are going on, and let none begin until the transaction ends."""
    _answers("SELECT pg_advisory_xact_lock_shared(hashtextextended(%(gate)s, 0))", {"gate": _GATE})


def try_gate() -> bool:
    """Enter the gate if that needs no waiting, for those who already hold a petition that may be waited for."""
    ((entered,),) = _answers(
        "SELECT pg_try_advisory_xact_lock_shared(hashtextextended(%(gate)s, 0))", {"gate": _GATE}
    )
    return bool(entered)


def shut_gate() -> None:
    """Let nobody register or move a petition until the transaction ends; wait for those who are at it."""
    _answers("SELECT pg_advisory_xact_lock(hashtextextended(%(gate)s, 0))", {"gate": _GATE})


def petitions_moving(post_ids: Collection[int], *, today: date) -> list[UUID]:
    """Return the petitions in which one of these leaders ought to begin or to end having part."""
    return [moving for (moving,) in _answers(_LOOKED_AFTER + _MOVING, _scope(today, posts=post_ids))]


def begin_parts(
    *,
    today: date,
    now: datetime,
    posts: Collection[int] | None = None,
    petitions: Collection[UUID] | None = None,
) -> list[tuple[UUID, int]]:
    """Give part to every leader who looks after a petition and has none. Return petition and post of each part."""
    return _answers(_LOOKED_AFTER + _BEGIN, _scope(today, posts=posts, petitions=petitions) | {"now": now})


def end_parts(
    *,
    today: date,
    now: datetime,
    posts: Collection[int] | None = None,
    petitions: Collection[UUID] | None = None,
) -> None:
    """End the part of every leader who looks after a petition no longer."""
    scope = _scope(today, posts=posts, petitions=petitions) | {"now": now, "basis": Basis.PORTFOLIO.value}
    with connection.cursor() as cursor:
        cursor.execute(_LOOKED_AFTER + _END, scope)


def _scope(
    today: date, *, posts: Collection[int] | None = None, petitions: Collection[UUID] | None = None
) -> dict[str, Any]:
    return {
        "today": today,
        "posts": None if posts is None else sorted(posts),
        "petitions": None if petitions is None else sorted(petitions),
        "open": sorted(OPEN),
        "bases": [Basis.PORTFOLIO.value],
    }


def _answers(statement: str, parameters: dict[str, Any]) -> list[Any]:
    """Return the rows that a statement answers."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        rows: list[Any] = cursor.fetchall()
        return rows
