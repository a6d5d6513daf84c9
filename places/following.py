"""What lies in a division and goes with it when another one carries it on (Q29).

The rooms above say here, each in its `AppConfig.ready`, what of theirs stands under a division's name or path; nothing
below knows them. They write inside the transaction they are called in.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from lib.transactions import require_transaction

if TYPE_CHECKING:
    # An AppConfig imports this module before any model can be imported.
    from places.models import Place

# the division that ended, the only one that carries it on, from which day, now; returns how much moved
Follower = Callable[["Place", "Place", date, datetime], int]


@dataclass
class Followers:
    """Everything that goes with a division, in the order it was told of."""

    _followers: dict[str, Follower] = field(default_factory=dict)

    def register(self, name: str, follower: Follower) -> None:
        """Let something follow every division that another one carries on.

        :raises ValueError: if its name is taken by another one
        """
        if self._followers.get(name, follower) != follower:
            message = f"two things that follow divisions are called {name}"
            raise ValueError(message)
        self._followers[name] = follower

    def follow(self, old: "Place", new: "Place", *, since: date, now: datetime) -> dict[str, int]:
        """Let everything go along from a day on, in the running transaction. Return how much, by name.

        :raises RuntimeError: outside a transaction
        """
        require_transaction("follow")
        return {name: follower(old, new, since, now) for name, follower in self._followers.items()}


of_divisions = Followers()
