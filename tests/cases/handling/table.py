"""`role_state_step.csv`: who may take which step from where, as law.md has it. Everything absent is refused."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "role_state_step.csv"
ANY = "*"
# done from the call-back desk, which has doors of its own in the leaders' room (tests/leadership/test_call_backs.py)
FROM_ABOVE = frozenset({"reopen"})


@dataclass(frozen=True)
class Allowed:
    """One row: every combination of its cells is allowed; `*` where the law does not ask."""

    step: str
    place: frozenset[str]
    role: frozenset[str]
    routing: frozenset[str]
    receipt: frozenset[str]
    state: frozenset[str]

    def is_whose(self, place: str, role: str) -> bool:
        """Test if the step is for this role in this place, now or at another time."""
        return place in self.place and role in self.role

    def is_now(self, routing: str, receipt: str, state: str) -> bool:
        """Test if the step follows from where the petition stands."""
        asked = ((self.routing, routing), (self.receipt, receipt), (self.state, state))
        return all(ANY in allowed or now in allowed for allowed, now in asked)


@cache
def rows() -> Sequence[Allowed]:
    """Return the rows of the file, one for each step."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return [
            Allowed(
                row["step"],
                *(
                    frozenset(row[name].split("|"))
                    for name in ("place", "role", "routing", "receipt", "state")
                ),
            )
            for row in csv.DictReader(file)
        ]


def at_these_doors() -> Sequence[Allowed]:
    """Return the rows whose step is taken at a door of this room."""
    return [row for row in rows() if row.step not in FROM_ABOVE]


def row_of(step: str) -> Allowed:
    """Return the row of a step."""
    (row,) = [row for row in rows() if row.step == step]
    return row
