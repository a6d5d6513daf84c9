"""From the history of a petition to what was known of it and when: no clock, no database.

As-of figures rest on this one function: what it says of a moment depends on what was known by then and on nothing
later. Only that a petition is sealed works backwards, since what nobody outside the lane may know of leaves no
trace (Q1).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol, TypeVar
from uuid import UUID

from cases.states import (
    NEVER_REPEATED,
    ClockCode,
    PetitionClass,
    Routing,
)
from indicators.rated import Replies, rated_at

# The periods for answering a petitioner: ordinary, simple, of a suggestion, and anew after a remand (I03; Q20, R-43).
REPLIES = frozenset({ClockCode.T5, ClockCode.T12, ClockCode.SUGGESTION, ClockCode.ANEW})


class Known(Protocol):
    @property
    def known_at(self) -> datetime: ...


AnyKnown = TypeVar("AnyKnown", bound=Known)


class PetitionState(NamedTuple):
    """The petition itself, from a moment on."""

    known_at: datetime
    routing: str
    place_path: str
    content_category_id: int
    channel: str
    purpose: str
    petition_class: str | None
    register_level: str
    by_office: bool
    petitioner_count: int
    is_collective: bool
    litigation_related: bool
    registered_at: datetime
    next_due_at: datetime | None


class ClaimState(NamedTuple):
    """One claim from a moment on: whether a unit has it, whether that was decided on, whether it is kept as thanks."""

    known_at: datetime
    to_unit: bool
    is_decided: bool
    thanks_until: datetime | None


class ClockState(NamedTuple):
    """One period from a moment on; `of_office` if it is a petition office's."""

    known_at: datetime
    code: str
    of_office: bool
    due_at: datetime | None
    met_at: datetime | None
    is_cancelled: bool


@dataclass
class Own:
    """What one petition says of itself, each list in the order in which it became known."""

    states: list[PetitionState] = field(default_factory=list)
    claims: dict[int, list[ClaimState]] = field(default_factory=dict)

    def moments(self) -> Iterator[datetime]:
        yield from (state.known_at for state in self.states)
        yield from (state.known_at for claim in self.claims.values() for state in claim)

    def thanks_end(self) -> Iterator[datetime]:
        """Yield when claims stopped being kept as thanks without a word of their own."""
        for claim in self.claims.values():
            yield from (state.thanks_until for state in claim if state.thanks_until is not None)

    def stands(self, at: datetime) -> bool:
        """Test if it was there at a moment, and not void."""
        state = latest(self.states, at)
        return state is not None and state.routing != Routing.VOID

    def may_repeat(self, at: datetime) -> bool:
        """Test if it could be a repeat at a moment: no suggestion, no enquiry, no mere thanks (data-standard §6)."""
        state = latest(self.states, at)
        if state is None or state.routing == Routing.VOID or state.purpose in NEVER_REPEATED:
            return False
        return state.petition_class != PetitionClass.SUGGESTION and not self._is_thanks(at)

    def _is_thanks(self, at: datetime) -> bool:
        claims = [state for claim in self.claims.values() if (state := latest(claim, at)) is not None]
        return bool(claims) and all(
            state.thanks_until is not None and at < state.thanks_until for state in claims
        )


class Decision(NamedTuple):
    """Somebody's decision that a later petition raises an earlier one's matter again, while it stood."""

    decided_at: datetime
    ended_at: datetime | None
    other: Own

    def stood(self, at: datetime) -> bool:
        return self.decided_at <= at and (self.ended_at is None or at < self.ended_at)


@dataclass
class History:
    """All that became known of a petition, and of those it repeats or that repeat it."""

    own: Own = field(default_factory=Own)
    clocks: dict[int, list[ClockState]] = field(default_factory=dict)
    repeats: list[Decision] = field(default_factory=list)
    repeated_by: list[Decision] = field(default_factory=list)
    contacts: list[datetime] = field(default_factory=list)
    # by the handling that gave them
    replies: dict[UUID, Replies] = field(default_factory=dict)

    def moments(self) -> list[datetime]:
        """Return every moment at which anything may have changed, since it was first known of."""
        found = {*self.own.moments(), *self.own.thanks_end(), *self.contacts}
        found |= {state.known_at for clock in self.clocks.values() for state in clock}
        found |= {moment for replies in self.replies.values() for moment in replies.moments()}
        for decision in (*self.repeats, *self.repeated_by):
            found.add(decision.decided_at)
            found |= {*decision.other.moments(), *decision.other.thanks_end()}
            if decision.ended_at is not None:
                found.add(decision.ended_at)
        return sorted(moment for moment in found if moment >= self.own.states[0].known_at)


class Picture(NamedTuple):
    """What is known of a petition at one moment: the columns of `Fact` that change."""

    routing: str
    place_path: str
    content_category_id: int
    channel: str
    register_level: str
    by_office: bool
    petitioner_count: int
    is_collective: bool
    litigation_related: bool
    registered_at: datetime
    is_repeat: bool
    office_done_at: datetime | None
    office_due_at: datetime | None
    to_unit: bool
    unit_done_at: datetime | None
    unit_told_at: datetime | None
    unit_due_at: datetime | None
    reply_due_at: datetime | None
    replied_at: datetime | None
    finished_at: datetime | None
    again_at: datetime | None
    contacted_at: datetime | None
    next_due_at: datetime | None
    rate_by_at: datetime | None
    rating: str


class Stretch(NamedTuple):
    """A picture with the moment it became known, and the one at which another took its place."""

    known_at: datetime
    replaced_at: datetime | None
    picture: Picture


def stretches(history: History) -> list[Stretch]:
    """Return what was known of a petition and when, without a gap from the first moment on."""
    changes: list[tuple[datetime, Picture]] = []
    for moment in history.moments():
        picture = picture_at(history, moment)
        if not changes or changes[-1][1] != picture:
            changes.append((moment, picture))
    ends = [moment for moment, _picture in changes[1:]]
    return [
        Stretch(moment, end, picture) for (moment, picture), end in zip(changes, [*ends, None], strict=True)
    ]


def picture_at(history: History, at: datetime) -> Picture:
    """Return what was known of a petition at a moment, from its first on."""
    states = [state for state in history.own.states if state.known_at <= at]
    now = states[-1]
    clocks = [state for clock in history.clocks.values() if (state := latest(clock, at)) is not None]
    running = [clock for clock in clocks if not clock.is_cancelled]
    office = _earliest_done(clock for clock in running if clock.code == ClockCode.T1 and clock.of_office)
    told = [clock for clock in running if clock.code == ClockCode.T3]
    replies = [clock for clock in running if clock.code in REPLIES]
    to_unit, unit_done_at = _decided(history.own.claims.values(), at)
    finished_at = _finished_at(states)
    rated = rated_at(history.replies.values(), at)
    return Picture(
        routing=now.routing,
        place_path=now.place_path,
        content_category_id=now.content_category_id,
        channel=now.channel,
        register_level=now.register_level,
        by_office=now.by_office,
        petitioner_count=now.petitioner_count,
        is_collective=now.is_collective,
        litigation_related=now.litigation_related,
        registered_at=now.registered_at,
        is_repeat=_is_repeat(history, at),
        office_done_at=office.met_at if office else None,
        office_due_at=office.due_at if office else None,
        to_unit=to_unit,
        unit_done_at=unit_done_at,
        unit_told_at=_all_met_at(told),
        unit_due_at=_last_due_at(told),
        reply_due_at=_last_due_at(replies),
        replied_at=_all_met_at(replies),
        finished_at=finished_at,
        again_at=_again_at(history, finished_at, at),
        contacted_at=min((moment for moment in history.contacts if moment <= at), default=None),
        next_due_at=now.next_due_at,
        rate_by_at=rated.closes_at,
        rating=rated.value,
    )


def latest(states: Sequence[AnyKnown], at: datetime) -> AnyKnown | None:
    """Return the newest of these that was known at a moment; nothing before the first."""
    return next((state for state in reversed(states) if state.known_at <= at), None)


def _earliest_done(clocks: Iterable[ClockState]) -> ClockState | None:
    """Return the clock that was met first, or the one that is due first where none was met (I01: the earliest)."""
    known = list(clocks)
    met = [clock for clock in known if clock.met_at is not None]
    if met:
        return min(met, key=lambda clock: clock.met_at or clock.known_at)
    due = [clock for clock in known if clock.due_at is not None]
    return min(due, key=lambda clock: clock.due_at or clock.known_at, default=None)


def _last_due_at(clocks: Sequence[ClockState]) -> datetime | None:
    """Return the last of their due moments; none while one of them waits for its day (Q26)."""
    due = [clock.due_at for clock in clocks]
    known = [moment for moment in due if moment is not None]
    return max(known, default=None) if len(known) == len(due) else None


def _all_met_at(clocks: Sequence[ClockState]) -> datetime | None:
    """Return when the last of them was met; none while one is open."""
    met = [clock.met_at for clock in clocks]
    known = [moment for moment in met if moment is not None]
    return max(known, default=None) if len(known) == len(met) else None


def _decided(claims: Iterable[Sequence[ClaimState]], at: datetime) -> tuple[bool, datetime | None]:
    """Return whether a unit has a claim, and when the last of these was decided on; none while one waits."""
    decided: list[datetime | None] = []
    for claim in claims:
        known = [state for state in claim if state.known_at <= at]
        if known and known[-1].to_unit:
            decided.append(_since(known, known[-1].is_decided))
    moments = [moment for moment in decided if moment is not None]
    complete = len(moments) == len(decided)
    return bool(decided), max(moments, default=None) if complete else None


def _since(known: Sequence[ClaimState], is_decided: bool) -> datetime | None:
    """Return since when a claim is decided on without a break; none if it is not."""
    since = None
    for state in reversed(known):
        if not (is_decided and state.is_decided and state.to_unit):
            break
        since = state.known_at
    return since


def _finished_at(states: Sequence[PetitionState]) -> datetime | None:
    """Return since when it is finished without a break; none if it is not (办结, and no other end, Q19)."""
    since = None
    for state in reversed(states):
        if state.routing != Routing.FINISHED:
            break
        since = state.known_at
    return since


def _is_repeat(history: History, at: datetime) -> bool:
    standing = (decision for decision in history.repeats if decision.stood(at))
    return history.own.may_repeat(at) and any(decision.other.stands(at) for decision in standing)


def _again_at(history: History, finished_at: datetime | None, at: datetime) -> datetime | None:
    """Return when its matter was registered again for the first time after it was finished."""
    if finished_at is None:
        return None
    again = (
        state.registered_at
        for decision in history.repeated_by
        if decision.stood(at) and decision.other.may_repeat(at)
        if (state := latest(decision.other.states, at)) is not None and state.registered_at > finished_at
    )
    return min(again, default=None)
