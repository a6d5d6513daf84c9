"""Sealing stored values anew under the newest keys, a few rows at a time, while the product runs on."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import BinaryField, Func, Q, QuerySet, Value
from django.db.models.lookups import Exact

from audit.parts import Actor, record
from lib.crypto import present_header


@dataclass(frozen=True)
class SealedTable:
    """A table with sealed values: which of its rows are not yet under the newest keys, and how one is rewritten."""

    model: type[models.Model]
    stale: "Callable[[], QuerySet[Any]]"
    # seals the values of a row anew and returns the columns to be written
    rewrite: Callable[[Any], Collection[str]]

    @property
    def name(self) -> str:
        return self.model._meta.label


def sealed_otherwise(column: str, *, keys: Mapping[str, bytes], cipher: str) -> Q:
    """Return what keeps the rows whose column holds a value that is not of the present key and cipher."""
    header = present_header(keys=keys, cipher=cipher)
    beginning = Func(column, 1, len(header), function="substring", output_field=BinaryField())
    is_present = Q(Exact(beginning, Value(header, output_field=BinaryField())))
    return Q(**{f"{column}__isnull": False}) & ~Q(**{column: b""}) & ~is_present


@transaction.atomic(durable=True)
def rewrite_batch(table: SealedTable, *, size: int, by: Actor, now: datetime) -> int:
    """Rewrite up to `size` rows. Return how many: none when nothing is left, or deeds hold what is.

    A row that a deed holds is passed over and left for later, so that the two never wait for each other.

    :raises CannotDecrypt: for a value whose key is not given any more; the batch is left as it was
    """
    stale = table.stale().order_by("pk").select_for_update(of=("self",), no_key=True, skip_locked=True)
    rows = list(stale[:size])
    for row in rows:
        row.save(update_fields=table.rewrite(row))
    if rows:
        subject = ContentType.objects.get_for_model(table.model)
        record("keys.rotate", subject, by=by, at=now, facts={"table": table.name, "rows": len(rows)})
    return len(rows)
