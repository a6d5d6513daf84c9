"""Kinds of things with deeds, as programs know them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from rest_framework import serializers

from accounts.hats import Hat
from accounts.page_deeds import Deed
from cases.models import Petition


@dataclass(frozen=True)
class Thing:
    """A kind of thing with deeds: where it lies, who finds it, and what a program reads of it."""

    address: str
    deeds: Mapping[str, Deed]
    # raises Unknown for what is not there and what is hidden alike (Q6)
    find: Callable[[Hat, Any], Any]
    # whose units a form may name; none where it names none
    petition: Callable[[Any], Petition | None]
    out: type[serializers.BaseSerializer[Any]]
    read: Callable[[Hat, Any], Any] = lambda _hat, found: found
    # what its deeds take as its key, from the address and what was found
    key: Callable[[UUID | str, Any], Any] = lambda pk, _found: pk
