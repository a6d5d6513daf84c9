"""Whether somebody sponsors a petition (包案): the room that keeps sponsorships says here how that is asked.

Lists and the ledger mark it and do not know that room (architecture: what would point upwards is turned round).
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, QuerySet

# the key of a petition as an expression of an outer query gives it; what stands on it
Asks = Callable[[Any], "QuerySet[Any]"]
_asked_of: dict[str, Asks] = {}


def register(asks: Asks) -> None:
    """Let a room above say which rows show that a petition is sponsored."""
    _asked_of["sponsored"] = asks


def is_sponsored(petition: Any) -> Exists:
    """Ask of a petition, by its key in an outer query, whether somebody sponsors it."""
    return Exists(_asked_of["sponsored"](petition))
