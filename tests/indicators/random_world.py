"""A random world as a list of deeds: the same seed gives the same one. Nothing here knows a database."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random
from typing import Any

from tests.given import SHANGHAI

FIRST = datetime(2025, 1, 6, 8, tzinfo=SHANGHAI)
LAST = datetime(2026, 6, 30, 18, tzinfo=SHANGHAI)
TOWNSHIPS = ("141102001", "141102002", "141102003")
CHANNELS = ("letter", "visit", "web", "phone", "wechat", "fax")
UNITS = ("housing", "transport")
LAW_DAYS = {"T1": 15, "T3": 15, "T5": 60}
RATING_DAYS = 30


class Do(StrEnum):
    REGISTER = "register"
    ROUTE = "route"
    RETURN = "return"
    DECIDE = "decide"
    TELL = "tell"
    EXTEND = "extend"
    REPLY = "reply"
    FINISH = "finish"
    REOPEN = "reopen"
    END = "end"
    VOID = "void"
    SEAL = "seal"
    CORRECT = "correct"
    CONTACT = "contact"
    RATE = "rate"
    REPEAT = "repeat"
    REVERSE = "reverse"


@dataclass(frozen=True)
class Deed:
    at: datetime
    do: Do
    petition: int
    facts: Mapping[str, Any] = field(default_factory=dict)


def midnight_in(days: int, after: datetime) -> datetime:
    """Return when so many days are over, the first one not counted."""
    day = after.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
    return day + timedelta(days=days + 1)


@dataclass
class _Way:
    """Where a petition stands, so that only what can follow is done."""

    deeds: set[Do] = field(default_factory=set)
    state: str = "registered"
    claims: int = 1

    def next_ones(self) -> list[Do]:
        if self.state in {"void", "ended"}:
            return [Do.CORRECT]
        found = [Do.CORRECT, Do.REPEAT, Do.REPEAT, Do.REVERSE]
        if Do.REPLY in self.deeds:
            found += [Do.RATE]
        if self.state == "finished":
            return [*found, Do.REOPEN]
        if Do.ROUTE not in self.deeds:
            return [*found, Do.ROUTE, Do.ROUTE, Do.ROUTE, *([Do.VOID] if len(self.deeds) < 3 else [])]
        found += [Do.CONTACT]
        if Do.DECIDE not in self.deeds:
            return [*found, Do.DECIDE, Do.DECIDE, Do.RETURN]
        if Do.TELL not in self.deeds:
            found += [Do.TELL, Do.TELL]
        if Do.REPLY not in self.deeds:
            return [*found, Do.EXTEND, Do.REPLY, Do.REPLY, Do.END]
        return [*found, Do.FINISH, Do.FINISH]


def random_deeds(seed: int, *, petitions: int, each: int) -> list[Deed]:
    """Return the deeds on so many petitions, about so many on each, in the order of time."""
    drawn = Random(seed)
    deeds = [deed for number in range(petitions) for deed in _deeds_on(number, drawn, each)]
    return sorted(deeds, key=lambda deed: deed.at)


def _deeds_on(number: int, drawn: Random, each: int) -> Iterator[Deed]:
    at = FIRST + (LAST - FIRST) * drawn.random() * 0.8
    way = _Way(claims=drawn.choice((1, 1, 2)))
    yield Deed(at, Do.REGISTER, number, _registered(drawn, way.claims))
    for _step in range(drawn.randint(each // 2, each * 3 // 2)):
        at += timedelta(seconds=drawn.randint(1, 14 * 86400))
        if at > LAST:
            return
        do = Do.SEAL if drawn.random() < 0.004 else drawn.choice(way.next_ones())
        if do is Do.SEAL:
            yield Deed(at, do, number)
            return
        yield Deed(at, do, number, _facts(do, number, drawn))
        _go_on(way, do)


def _go_on(way: _Way, do: Do) -> None:
    way.deeds.add(do)
    way.state = {
        Do.VOID: "void",
        Do.END: "ended",
        Do.FINISH: "finished",
        Do.REOPEN: "registered",
    }.get(do, way.state)
    if do is Do.RETURN:
        way.deeds -= {Do.ROUTE}
    if do is Do.REOPEN:
        way.deeds -= {Do.EXTEND}


def _registered(drawn: Random, claims: int) -> dict[str, Any]:
    return {
        "claims": claims,
        "office": drawn.random() < 0.9,
        "level": drawn.choices(("0300", "0200", "0400"), (8, 1, 1))[0],
        "received_before": timedelta(seconds=drawn.randint(0, 5 * 86400)),
        "litigation": drawn.random() < 0.1,
        **_corrected(drawn),
    }


def _corrected(drawn: Random) -> dict[str, Any]:
    return {
        "township": drawn.choice(TOWNSHIPS),
        "channel": drawn.choice(CHANNELS),
        "count": drawn.choice((1, 1, 1, 2, 7, 30, 10_000)),
        "suggestion": drawn.random() < 0.1,
        "category": drawn.randrange(4),
    }


def _facts(do: Do, number: int, drawn: Random) -> dict[str, Any]:
    match do:
        case Do.CORRECT:
            return _corrected(drawn)
        case Do.ROUTE:
            return {"unit": drawn.choice(UNITS)}
        case Do.RATE:
            return {"value": drawn.choice(("satisfied", "basically", "dissatisfied"))}
        case Do.EXTEND:
            return {"days": drawn.randint(1, 30)}
        case Do.REPEAT:
            return {"earlier": drawn.randrange(number) if number else None}
        case _:
            return {}
