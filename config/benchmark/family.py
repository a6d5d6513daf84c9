"""Which tables belong to petitions, found by their keys, and which petitions cannot be copied one without the other."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.postgres.fields import RangeField
from django.db import connection, models

from assignments.models import Assignment
from audit.models import Entry
from cases.models import Petition
from documents.models import Document
from notices.models import Notice

_IS_A_KEY = "'^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'"


@dataclass(frozen=True)
class Table:
    """A table whose rows belong to petitions; `petition` says in SQL to which one a row of a given name belongs."""

    model: type[models.Model]
    petition: Callable[[str], str]

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @property
    def columns(self) -> list[Any]:
        return [one for one in self.model._meta.concrete_fields if one.column]


def family() -> list[Table]:
    """Return every table that belongs to petitions, the petition's own first; history is among them."""
    found: dict[type[models.Model], Table] = {Petition: Table(Petition, lambda row: f"{row}.id")}
    for about in (Entry, Notice, Assignment):
        found[about] = Table(about, _subject)
    _find_children(found, [Petition, Entry, Notice, Assignment])
    found[Document] = Table(Document, _held_by([table for table in found.values() if _paper_of(table.model)]))
    _find_children(found, [Document])
    return list(found.values())


def _find_children(found: dict[type[models.Model], Table], waiting: list[type[models.Model]]) -> None:
    """Add what belongs to tables that were found, and what belongs to that."""
    while waiting:
        parent = waiting.pop(0)
        for model, column in _children(parent):
            if model not in found and model is not Document:
                found[model] = Table(model, _through(found[parent], column))
                waiting.append(model)


def _paper_of(model: type[models.Model]) -> str:
    """Return the column in which a table names a paper that is its row's alone; none for most."""
    own = [one for one in model._meta.concrete_fields if one.one_to_one and one.related_model is Document]
    return str(own[0].column) if own else ""


def _through(parent: Table, column: str) -> Callable[[str], str]:
    if parent.model is Petition:
        return lambda row: f"{row}.{column}"
    key = parent.model._meta.pk.column
    return lambda row: (
        f"(SELECT {parent.petition(f'{row}_up')} FROM {parent.name} {row}_up WHERE {row}_up.{key} = {row}.{column})"
    )


def _held_by(holders: Sequence[Table]) -> Callable[[str], str]:
    """Say to which petition a paper belongs: to that of the row that holds it; all rows of one paper agree."""

    def petition(row: str) -> str:
        held = (
            f"(SELECT {holder.petition(f'{row}_up')} FROM {holder.name} {row}_up"
            f" WHERE {row}_up.{_paper_of(holder.model)} = {row}.id)"
            for holder in holders
        )
        return f"coalesce({', '.join(held)})"

    return petition


def _subject(row: str) -> str:
    return f"CASE WHEN {row}.subject_id ~ {_IS_A_KEY} THEN {row}.subject_id::uuid END"


def _children(parent: type[models.Model]) -> Iterator[tuple[type[models.Model], str]]:
    """Yield the tables that name this one as what they belong to, with the column.

    Not what is booked for a span of time: a room is had by one at a time, so no copy of it can be.
    """
    for model in apps.get_models():
        if model is parent or any(isinstance(one, RangeField) for one in model._meta.concrete_fields):
            continue
        naming = [
            one for one in model._meta.concrete_fields if one.is_relation and one.related_model is parent
        ]
        naming.sort(key=lambda one: one.null)
        if naming:
            yield model, str(naming[0].column)


def target_of(model: type[models.Model], one: Any) -> "type[models.Model] | None":
    """Return the model whose key stands in a column; history keeps that of its row as a plain column."""
    if one.is_relation:
        return one.related_model  # type: ignore[no-any-return]
    if one.primary_key:
        return model
    if one.name == "id" and model is not Entry:
        return model._meta.get_field("pgh_obj").related_model
    return None


def bound_together(tables: Sequence[Table]) -> list[list[UUID]]:
    """Return all petitions, those in one list whose rows name rows of each other."""
    group: dict[UUID, UUID] = {key: key for key in Petition.objects.values_list("pk", flat=True)}

    def first(key: UUID) -> UUID:
        while group[key] != key:
            key = group[key]
        return key

    for one, other in _links(tables):
        group[max(first(one), first(other))] = min(first(one), first(other))
    lists: dict[UUID, list[UUID]] = defaultdict(list)
    for key in sorted(group):
        lists[first(key)].append(key)
    return list(lists.values())


def _links(tables: Sequence[Table]) -> Iterator[tuple[UUID, UUID]]:
    """Yield pairs of petitions of which a row of the one names a row of the other."""
    known = {table.model: table for table in tables}
    with connection.cursor() as cursor:
        for table in tables:
            for one in table.columns:
                named = known.get(one.related_model) if one.is_relation else None
                if named is None:
                    continue
                key = named.model._meta.pk.column
                cursor.execute(
                    f"SELECT DISTINCT mine.petition, theirs.petition FROM (SELECT {table.petition('row')} AS petition,"
                    f' "{one.column}" AS named FROM {table.name} row WHERE "{one.column}" IS NOT NULL) mine JOIN'
                    f" (SELECT {named.petition('row')} AS petition, row.{key} AS key FROM {named.name} row) theirs"
                    " ON theirs.key = mine.named WHERE mine.petition <> theirs.petition"
                )
                yield from cursor.fetchall()
