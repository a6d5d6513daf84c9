"""Asking for the rows of a thousand keys at once."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models.expressions import RawSQL


def among(keys: Collection[UUID]) -> Any:
    """Return what stands behind `__in` for these keys, as one value: each as a value of its own takes longest of all.

    Nothing for nothing, so that no statement is asked.
    """
    if not keys:
        return []
    return among_given(array_of(keys))


def among_given(array: object) -> Any:
    """Return the same for keys that come with the asking of a prepared queryset, as `array_of` writes them."""
    return RawSQL("SELECT unnest(%s::uuid[])", [array])


def array_of(keys: Collection[UUID]) -> str:
    """Return keys as the one value that the database reads as an array of them."""
    return f"{{{','.join(map(str, keys))}}}"
