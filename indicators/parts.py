"""Writing facts anew from history; no transaction of its own."""

from collections.abc import Collection, Iterator, Mapping
from uuid import UUID

from django.db import connection

from cases.models import Petition
from indicators.arithmetic import Picture, stretches
from indicators.histories import histories_of
from indicators.models import Fact
from lib.among import among
from lib.new_rows import new_row
from lib.transactions import require_transaction

_COLUMNS = ("petition_id", "known_at", "replaced_at", "sealed", "seen_path", *Picture._fields)


def write_facts(keys: Collection[UUID]) -> int:
    """Bring the facts of petitions to what their history says, touching only rows that differ. Return how many changed.

    :raises RuntimeError: outside a transaction
    """
    require_transaction("write_facts")
    wanted = {values[:2]: values for values in _wanted(keys)}
    stale = []
    for pk, *values in Fact.objects.filter(petition__in=among(keys)).values_list("pk", *_COLUMNS):
        row = tuple(values)
        if wanted.get(row[:2]) == row:
            del wanted[row[:2]]
        else:
            stale.append(pk)
    Fact.objects.filter(pk__in=stale).delete()
    rows = [new_row(Fact, **dict(zip(_COLUMNS, values, strict=True))) for values in wanted.values()]
    Fact.objects.bulk_create(rows)
    return len(rows)


def add_up_all() -> None:
    """Make the sums of all facts anew: for facts that were written where no trigger saw it.

    :raises RuntimeError: outside a transaction
    """
    require_transaction("add_up_all")
    with connection.cursor() as cursor:
        cursor.execute("SELECT indicators_add_up_all()")


def _wanted(keys: Collection[UUID]) -> Iterator[tuple[object, ...]]:
    seen: Mapping[UUID, tuple[bool, str]] = {
        key: (sealed, path)
        for key, sealed, path in Petition.objects.filter(pk__in=among(keys)).values_list(
            "pk", "sealed", "place_path"
        )
    }
    for key, history in histories_of(keys).items():
        for known_at, replaced_at, picture in stretches(history):
            yield (key, known_at, replaced_at, *seen[key], *picture)
