"""Querysets that are built once and asked many times.

Django takes longer to build a statement than PostgreSQL takes to answer it: a page of twenty-five statements spends
half its time on words that are the same every time. A prepared queryset keeps the words, and takes the values anew.
"""

import copy
import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, update_wrapper
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, ForeignObjectRel, Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from lib.transactions import require_transaction

Row = TypeVar("Row", covariant=True)


class Given(Expression):
    """The place of a value that comes with the asking. It stands where an expression may: `filter(pk=given)`."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> Any:
        return "%s", [self]


@dataclass(frozen=True)
class _Made:
    rows: QuerySet[Any, Any]
    compiler: SQLCompiler
    sql: str
    params: tuple[Any, ...]


class Prepared(Generic[Row]):
    """What `prepared` returns: ask it with the values its function names.

    The values are those of the columns: a key and not a row, a `datetime` with its zone. None is not among them, for
    SQL compares nothing with NULL.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Row]]) -> None:
        self._build = build
        self._names = frozenset(inspect.signature(build).parameters)
        update_wrapper(self, build)

    @cached_property
    def _made(self) -> _Made:
        rows = self._build(**{name: Given(name) for name in self._names})
        compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        return _Made(rows, compiler, sql, tuple(params))

    def __call__(self, **values: Any) -> list[Row]:
        """Return the rows, as the queryset would be listed; what it prefetches is prefetched.

        :raises TypeError: if a value is missing, is None, or is not one of the function's
        :raises RuntimeError: if it holds rows, outside a transaction
        """
        if values.keys() != self._names or None in values.values():
            message = f"{self._build.__qualname__} takes {sorted(self._names)}, not {values}"
            raise TypeError(message)
        made = self._made
        if made.rows.query.select_for_update:
            # Django looks for a transaction when it builds the words, which here is once
            require_transaction(self._build.__qualname__)
        filled = tuple(values[one.name] if isinstance(one, Given) else one for one in made.params)
        compiler = copy.copy(made.compiler)
        # a connection belongs to its thread
        compiler.connection = connections[DEFAULT_DB_ALIAS]
        compiler.as_sql = lambda *_args, **_kwargs: (made.sql, filled)  # type: ignore[method-assign]
        rows = made.rows.all()
        rows.query.get_compiler = lambda *_args, **_kwargs: compiler  # type: ignore[method-assign]
        return list(rows)

    def first(self, **values: Any) -> Row | None:
        """Return the first row, or nothing. The queryset itself says how many are read."""
        return next(iter(self(**values)), None)


def prepared(build: Callable[..., QuerySet[Any, Row]]) -> Prepared[Row]:
    """Have a queryset built and compiled once, at its first asking; the function's parameters are `Given`.

    The function sees no values, so it cannot build another statement for another value. A list of unknown length, a
    pattern (`startswith`) and an `IS NULL` that depends on the value cannot be given.
    """
    return Prepared(build)


def keep_rows(instance: Model, relation: str, rows: Iterable[Model]) -> None:
    """Leave the rows of a backward relation with an instance, as a prefetch leaves them: `.all()` asks no more."""
    backward = instance._meta.get_field(relation)
    if not isinstance(backward, ForeignObjectRel):
        message = f"{relation} leads to one row"
        raise TypeError(message)
    # of this instance, so that a filter on it asks the database as ever
    kept = backward.related_model._base_manager.filter(**{backward.field.name: instance})
    kept._result_cache = list(rows)
    for row in kept._result_cache:
        backward.field.set_cached_value(row, instance)
    instance.__dict__.setdefault("_prefetched_objects_cache", {})[backward.cache_name] = kept


def kept_rows(instance: Model, relation: str) -> QuerySet[Any, Any] | None:
    """Return the rows that were kept or prefetched for a backward relation; nothing if they were not."""
    kept: QuerySet[Any, Any] | None = getattr(instance, "_prefetched_objects_cache", {}).get(relation)
    return kept
