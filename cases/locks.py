"""Holding several petitions at once, always before what hangs on them (docs/decisions.md, 23)."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from cases.models import Petition
from infra.idempotency import serialise
from lib.transactions import require_transaction

# Names the one place in which a transaction that holds several petitions stands.
_SEVERAL = UUID("6f0f4d0e-8a9b-4c57-9d2c-51a3f6b1c0de")


def lock_several(petition_ids: Iterable[UUID]) -> None:
    """Hold petitions until the transaction ends, in the order of their keys. Call it before locking any other way.

    Transactions that hold several come one after the other: one that needs more of them later, as a handover that
    goes from kind to kind of work, cannot meet another in a ring.

    :raises RuntimeError: outside a transaction
    """
    require_transaction("lock_several")
    serialise(_SEVERAL)
    rows = Petition.objects.select_for_update(no_key=True).filter(pk__in=set(petition_ids))
    list(rows.order_by("pk").values_list("pk", flat=True))


def lock_owners(clocks: QuerySet[Any]) -> QuerySet[Any]:
    """Hold the petitions of some clocks and return the clocks of those petitions, which may be locked now.

    :raises RuntimeError: outside a transaction
    """
    petition_ids = set(clocks.order_by().values_list("petition", flat=True))
    lock_several(petition_ids)
    return clocks.filter(petition__in=petition_ids)
