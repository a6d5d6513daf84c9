"""What hangs on a petition at all, asked of every table at once.

Nobody withdrew from most petitions, and no extension or dispute came up: a page that asks each table for its rows
builds thirty statements that bring nothing. One statement, built once, says which are worth asking.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Self, TypeVar

from django.db import connection
from django.db.models import ForeignObjectRel, Model, Prefetch, QuerySet, prefetch_related_objects

from cases.models import Petition

_Row = TypeVar("_Row", bound=Model)

# how the rows are reached from a petition, as a queryset would; rooms above add theirs
_paths = [
    "attachments",
    "claims__studies",
    "claims__thanks",
    "contact_attempts",
    "corrections",
    "data_incidents",
    "disputes",
    "documents",
    "documents__document__postings",
    "documents__document__postings__corrections",
    "documents__document__services",
    "documents__document__services__corrections",
    "enquiries",
    "handlings__co_handlings",
    "handlings__completion_reports",
    "handlings__extensions",
    "handlings__progress",
    "handlings__return_requests",
    "handlings__urgings",
    "joined_here",
    "joins",
    "letter_wishes",
    "originals",
    "other_ends",
    "person_changes",
    "readers",
    "recusals",
    "referrals",
    "remedies",
    "repeat_decisions",
    "repeated_by",
    "reported_parties",
    "resolutions",
    "routes__keep_check",
    "upward_reports",
    "void_proposals",
    "withdrawals",
]


def register(*paths: str) -> None:
    """Have the page ask for rows of a room above as well, in the same statement."""
    _paths.extend(path for path in paths if path not in _paths)
    _asked.cache_clear()


def paths() -> tuple[str, ...]:
    """Return every path that is asked for, those of rooms above too."""
    return tuple(_paths)


@dataclass(frozen=True)
class Hanging:
    """Which kinds of rows hang on one petition, as it was asked."""

    petition: Petition
    there: frozenset[str]

    @classmethod
    def on(cls, petition: Petition) -> Self:
        with connection.cursor() as cursor:
            cursor.execute(_asked(), {"petition": petition.pk})
            found = cursor.fetchone()
        return cls(
            petition, frozenset(path for path, is_there in zip(_paths, found, strict=True) if is_there)
        )

    def rows(self, relation: str, every: QuerySet[_Row]) -> Sequence[_Row]:
        """Return those of some rows that one relation of the petition leads to; no statement where none hang."""
        if not self._has(relation):
            return []
        pointer = Petition._meta.get_field(relation).field.name  # type: ignore[union-attr]  # PATHS lead backwards
        return list(every.filter(**{pointer: self.petition}))

    def load(self, under: str, instances: Iterable[Model], related: Mapping[str, QuerySet[Any]]) -> None:
        """Load relations of rows that the page has read at a path, as a prefetch does; no statement where none hang."""
        hang = {name: self._has(f"{under}__{name}" if under else name) for name in related}
        rows_read = list(instances)
        prefetch_related_objects(
            rows_read, *(Prefetch(name, rows) for name, rows in related.items() if hang[name])
        )
        for name, rows in related.items():
            if not hang[name]:
                _mark_as_empty(rows_read, name, rows)

    def _has(self, path: str) -> bool:
        if path not in _paths:
            message = f"{path} was not asked for: it would always look empty"
            raise LookupError(message)
        return path in self.there


def _mark_as_empty(instances: Sequence[Model], name: str, rows: QuerySet[Any]) -> None:
    """Leave what a prefetch that found nothing leaves. Django would build the statement even for `none()`."""
    nothing = rows.none()
    nothing._result_cache = []
    for one in instances:
        one.__dict__.setdefault("_prefetched_objects_cache", {})[name] = nothing


def _exists(path: str) -> str:
    """Return the condition that a petition has rows on a path, which may go forwards and backwards."""
    model: type[Model] = Petition
    tables: list[str] = []
    first = ""
    for number, name in enumerate(path.split("__")):
        field = model._meta.get_field(name)
        if not isinstance(field.related_model, type):
            message = f"{path}: {name} leads to no table"
            raise TypeError(message)
        before, here = f"t{number - 1}", f"t{number}"
        if isinstance(field, ForeignObjectRel):
            column, key = field.field.column, model._meta.pk.column
            joined = f"{here}.{column} = {before}.{key}"
            first = first or f"{here}.{column} = %(petition)s"
        else:
            joined = f"{here}.{field.related_model._meta.pk.column} = {before}.{field.column}"
        model = field.related_model
        table = f"{model._meta.db_table} {here}"
        tables.append(f"JOIN {table} ON {joined}" if tables else table)
    return f"EXISTS (SELECT FROM {' '.join(tables)} WHERE {first})"


@cache
def _asked() -> str:
    return f"SELECT {', '.join(_exists(path) for path in _paths)}"
