"""Who takes which step of an event and from where: a table, without a database."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from grids.event_states import OPEN, EventState, Step


class Seat(StrEnum):
    """Where a hat stands towards an event."""

    # stands for the grid, or for one it lies in
    GROUND = "ground"
    # of the organ that has the event
    DESK = "desk"


@dataclass(frozen=True)
class Rule:
    """From which states a step is taken, by whom, and where it leads; nowhere new if None."""

    states: frozenset[EventState]
    seats: frozenset[Seat]
    to: EventState | None = None


_BOTH = frozenset(Seat)
_DESK = frozenset({Seat.DESK})
_GROUND = frozenset({Seat.GROUND})
_NEW = frozenset({EventState.DISCOVERED, EventState.REPORTED, EventState.ACCEPTED})
_IN_HAND = frozenset({EventState.ACCEPTED, EventState.HANDLING})

RULES: Mapping[Step, Rule] = {
    Step.PROGRESS: Rule(frozenset(OPEN - {EventState.HANDED_OVER}), _BOTH),
    Step.SETTLE: Rule(_NEW, _BOTH, EventState.FED_BACK),
    Step.SEND_UP: Rule(frozenset({EventState.DISCOVERED}), _BOTH, EventState.REPORTED),
    Step.ACCEPT: Rule(frozenset({EventState.REPORTED}), _DESK, EventState.ACCEPTED),
    Step.ASK: Rule(_IN_HAND, _DESK, EventState.HANDLING),
    Step.FEED_BACK: Rule(frozenset({EventState.ACCEPTED}), _DESK, EventState.FED_BACK),
    Step.VERIFY: Rule(frozenset({EventState.FED_BACK}), _BOTH, EventState.VERIFIED),
    Step.SEND_BACK: Rule(frozenset({EventState.FED_BACK}), _DESK, EventState.ACCEPTED),
    Step.CLOSE: Rule(frozenset({EventState.VERIFIED}), _DESK, EventState.CLOSED),
    Step.EVALUATE: Rule(frozenset({EventState.CLOSED}), _BOTH),
    Step.RETURN: Rule(frozenset({EventState.REPORTED, EventState.ACCEPTED}), _DESK, EventState.RETURNED),
    Step.LIFT: Rule(frozenset({EventState.REPORTED, *_IN_HAND}), _DESK, EventState.REPORTED),
    Step.REOPEN: Rule(frozenset({EventState.CLOSED, EventState.RETURNED}), _DESK, EventState.ACCEPTED),
    Step.JOIN: Rule(_NEW, _DESK, EventState.JOINED),
    Step.HAND_OVER: Rule(
        frozenset(OPEN - {EventState.HANDED_OVER}) | {EventState.RETURNED, EventState.CLOSED},
        _BOTH,
        EventState.HANDED_OVER,
    ),
    Step.ADD_PHOTO: Rule(frozenset(OPEN - {EventState.HANDED_OVER}), _BOTH),
}


def may_take(step: Step, seats: frozenset[Seat], state: EventState) -> bool:
    """Test if somebody who stands there may take a step in this state."""
    rule = RULES[step]
    return state in rule.states and bool(seats & rule.seats)
