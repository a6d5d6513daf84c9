"""Why a number that was given out is another one today: case by case, what was counted then and is not now (§3.7)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from indicators.arithmetic import Picture
from indicators.figures import Asked, part
from indicators.measures import Code, Part
from indicators.models import Fact, FactQuerySet


@dataclass(frozen=True)
class Difference:
    """A petition that was counted and is no longer, or is counted and was not; and which of its facts differ."""

    petition_id: UUID
    was_counted: bool
    changed: Sequence[str]


def differences(
    code: Code, name: Part, asked: Asked, seen: FactQuerySet, *, now: datetime
) -> Sequence[Difference]:
    """Return the petitions between a number as of a day and the same number today, in the order of registration.

    Only those that may be seen today: together they are the whole difference between the two numbers of one reader.
    Where no fact differs, time alone has passed.
    """
    then = part(code, name, asked, seen, now=now).values("petition")
    today = part(code, name, replace(asked, as_of=None), seen, now=now).values("petition")
    gone = seen.known(None).filter(petition__in=then).exclude(petition__in=today)
    come = seen.known(None).filter(petition__in=today).exclude(petition__in=then)
    rows = [(fact, True) for fact in gone] + [(fact, False) for fact in come]
    before = {
        fact.petition_id: fact
        for fact in seen.known(asked.known_at).filter(petition__in=[fact.petition_id for fact, _was in rows])
    }
    rows.sort(key=lambda row: (row[0].registered_at, row[0].petition_id))
    return [
        Difference(fact.petition_id, was, _changed(before.get(fact.petition_id), fact, now=now))
        for fact, was in rows
    ]


def _changed(before: Fact | None, fact: Fact, *, now: datetime) -> Sequence[str]:
    """Return the columns that differ; of a petition that was not known of, none.

    That something was said of a reply is no fact yet while more may be said (Q28).
    """
    if before is None:
        return []
    may_rate = fact.rate_by_at is not None and fact.rate_by_at > now
    names = (name for name in Picture._fields if not (may_rate and name == "rating"))
    return [name for name in names if getattr(before, name) != getattr(fact, name)]
