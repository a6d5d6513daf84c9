"""Open work of a post or an organ, whoever keeps it: none may stand with nobody (Q29).

The apps above say here what work of theirs hangs on a post or an organ, and what follows a leader's portfolio, each in
its `AppConfig.ready`; nothing below knows them. They write inside the transaction they are called in.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Generic, TypeVar

from lib.transactions import require_transaction

if TYPE_CHECKING:
    # An AppConfig imports this module before any model can be imported.
    from accounts.hats import Hat
    from accounts.models import Organ, Post

Owner = TypeVar("Owner", "Post", "Organ")


@dataclass(frozen=True)
class WorkHolder(Generic[Owner]):
    """One kind of work: how much of it an owner has open, and how all of it passes to another owner."""

    name: str
    count: Callable[[Owner], int]
    # from, to, by, now; returns how much was moved
    move: "Callable[[Owner, Owner, Hat, datetime], int]"


@dataclass
class Registry(Generic[Owner]):
    """Every kind of work that hangs on one kind of owner."""

    _holders: dict[str, WorkHolder[Owner]] = field(default_factory=dict)

    def register(self, holder: WorkHolder[Owner]) -> None:
        """Take a kind of work into account.

        :raises ValueError: if its name is taken by another one
        """
        if self._holders.get(holder.name, holder) != holder:
            message = f"two kinds of work are called {holder.name}"
            raise ValueError(message)
        self._holders[holder.name] = holder

    def withdraw(self, name: str) -> None:
        """Take a kind of work out of account."""
        del self._holders[name]

    def open_work(self, owner: Owner) -> dict[str, int]:
        """Return how much is open by kind; kinds there is none of are left out."""
        counted = {holder.name: holder.count(owner) for holder in self._holders.values()}
        return {name: number for name, number in counted.items() if number}

    def move_all(self, leaving: Owner, taking: Owner, *, by: "Hat", now: datetime) -> dict[str, int]:
        """Pass everything open from one to the other in the running transaction. Return how much, by kind.

        :raises RuntimeError: outside a transaction, or if a kind of work stayed behind
        """
        require_transaction("move_all")
        moved = {holder.name: holder.move(leaving, taking, by, now) for holder in self._holders.values()}
        if left := self.open_work(leaving):
            message = f"work stayed behind: {sorted(left)}"
            raise RuntimeError(message)
        return {name: number for name, number in moved.items() if number}


# leaders' posts, now; lets part in work begin and end with what they look after
Follower = Callable[[Collection[int], datetime], None]


@dataclass
class Followers:
    """Whatever follows from what leaders look after: 管行业, 包乡镇."""

    _followers: dict[str, Follower] = field(default_factory=dict)

    def register(self, name: str, follower: Follower) -> None:
        """Let something follow every change of a portfolio.

        :raises ValueError: if its name is taken by another one
        """
        if self._followers.get(name, follower) != follower:
            message = f"two things that follow portfolios are called {name}"
            raise ValueError(message)
        self._followers[name] = follower

    def withdraw(self, name: str) -> None:
        """Let it follow no longer."""
        del self._followers[name]

    def follow(self, post_ids: Collection[int], *, now: datetime) -> None:
        """Let everything follow what these leaders look after from now on, in the running transaction.

        :raises RuntimeError: outside a transaction
        """
        require_transaction("follow")
        for follower in self._followers.values() if post_ids else ():
            follower(post_ids, now)


of_posts: "Registry[Post]" = Registry()
of_organs: "Registry[Organ]" = Registry()
of_portfolios = Followers()


def open_work(post: "Post") -> dict[str, int]:
    """Return how much open work a post has, by kind; kinds it has none of are left out."""
    return of_posts.open_work(post)
