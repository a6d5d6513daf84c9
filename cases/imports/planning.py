"""How a loading's rows are to be read: its columns, and what words stand for here today."""

from collections import Counter
from datetime import datetime

from django.utils import timezone

from cases.imports.fields import as_compared
from cases.imports.rows import Plan
from cases.models import ContentCategory, ImportBatch, ImportSource
from cases.states import Channel, Purpose
from places.models import Place

# 其他: where a row names no category that is known, until a person gives it one
OTHER = "990000"


def plan_of(batch: ImportBatch, *, now: datetime) -> Plan:
    """Return how this loading's rows are read at a moment."""
    office = batch.source.organ
    return Plan(
        batch_id=batch.pk,
        source_id=batch.source_id,
        source_name=batch.source.name,
        mapping=batch.mapping,
        channel=Channel(batch.channel),
        purpose=Purpose(batch.purpose),
        category_id=batch.category_id or ContentCategory.objects.get(code=OTHER).pk,
        place_id=office.place_id,
        received_on=batch.received_on,
        now=now,
        categories=_categories(now),
        places=_places(office.place.path, now) | _said(batch.source, office.place.path),
    )


def _categories(now: datetime) -> dict[str, int]:
    """Return each category under its code, its path, and its name where no other has it: 其他 alone is no key."""
    rows = list(ContentCategory.objects.valid_on(timezone.localdate(now)).order_by("path"))
    names = Counter(as_compared(row.name) for row in rows)
    known = {as_compared(row.name): row.pk for row in rows if names[as_compared(row.name)] == 1}
    known |= {as_compared(row.name): row.pk for row in rows if row.parent_id is None}
    known |= {row.code: row.pk for row in rows}
    return known | {"/".join(as_compared(name) for name in row.label.split("›")): row.pk for row in rows}


def _places(path: str, now: datetime) -> dict[str, int]:
    """Return each place of the office under its name where no other has it, and each under its parent's and its own.

    A name that is nearly right is no key.
    """
    valid = Place.objects.valid_on(timezone.localdate(now)).inside(path)
    rows = valid.values_list("pk", "name", "short_name", "parent__name", "parent__short_name")
    named = [
        (called, pk)
        for pk, name, short_name, *above in rows
        for one in {name, short_name}
        for called in {one, *(f"{parent}{one}" for parent in above if parent)}
    ]
    often = Counter(name for name, _pk in named)
    return {name: pk for name, pk in named if often[name] == 1}


def _said(source: ImportSource, path: str) -> dict[str, int]:
    """Return the places that a person said are meant by names of this source's lists."""
    known = dict(
        Place.objects.current()
        .inside(path)
        .filter(code__in=set(source.places.values()))
        .values_list("code", "pk")
    )
    return {words: known[code] for words, code in source.places.items() if code in known}
