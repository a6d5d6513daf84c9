"""The rows of a very long list, a thousand at a time, without the memory and the time of a thousand pages.

What many petitions share, such as places and organs, is read once. Nothing points back at a petition, so that each is
forgotten with its row.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Model, OuterRef, QuerySet
from django.utils import timezone

from accounts.hats import Hat
from accounts.models import Organ
from cases.marks import marks_of
from cases.models import ContentCategory, Handling, Petition, Petitioner
from cases.readers import readers_of
from cases.repeats import repeats_among
from cases.rows import LedgerRow, lamp_of_petition, row_of, state_words
from deadlines.lamps import Lamp
from lib.among import among
from lib.new_rows import row_as_read
from places.models import Place

Shared = TypeVar("Shared", bound=Model)
# What a row needs of the petition itself.
_OWN = (
    *("id", "number", "routing", "ended_as", "next_due_at", "next_amber_at", "received_at", "registered_at"),
    *("channel", "purpose", "source", "superior_number", "sealed", "petitioner_count"),
    *("is_urgent", "is_collective", "is_joint_letter", "is_anonymous"),
    *("place_id", "register_organ_id", "content_category_id"),
)
# Of those who represent, as the row covers them (Q4).
_NAMES = ArraySubquery(
    Petitioner.objects.filter(petition=OuterRef("pk"))
    .exclude(representative_no=None)
    .order_by("representative_no")
    .values("name")
)
_BESIDES = ("to_sign_for", "supervised", "sponsored", "in_remedy", "title", "names")


class Reader:
    """Reads rows as a hat sees them at a moment, and keeps what they share."""

    def __init__(self, hat: Hat, *, now: datetime) -> None:
        self._hat = hat
        self._now = now
        self._today = timezone.localdate(now)
        self._lamps: dict[tuple[object, ...], Lamp] = {}
        self._states: dict[tuple[object, ...], str] = {}
        self._places: dict[int, Place] = {}
        self._organs: dict[int, Organ] = {}
        self._categories: dict[int, ContentCategory] = {}

    def rows(self, keys: Sequence[UUID]) -> list[LedgerRow]:
        """Return the rows of those of some petitions that the hat sees now, in the order of the keys."""
        seen = Petition.objects.visible_to(self._hat).filter(pk__in=among(keys)).with_state()
        read = list(seen.annotate(title=F("words__title"), names=_NAMES).values_list(*_OWN, *_BESIDES))
        self._share(read)
        units, readers, repeats = self._units(keys), readers_of(keys), repeats_among(keys, self._hat)
        rows = {}
        for values in read:
            columns = dict(zip(_OWN, values, strict=False))
            to_sign_for, supervised, sponsored, in_remedy, title, names = values[len(_OWN) :]
            petition = row_as_read(Petition, columns, self._related(columns))
            rows[petition.pk] = row_of(
                petition,
                lamp=self._lamp(petition),
                state=self._state(petition, to_sign_for, in_remedy),
                title=title,
                names=names,
                marks=marks_of(
                    petition,
                    is_repeat=petition.pk in repeats,
                    is_supervised=supervised,
                    is_sponsored=sponsored,
                ),
                units=units.get(petition.pk, ()),
                readers=readers.get(petition.pk, ()),
                today=self._today,
            )
        return [rows[key] for key in keys if key in rows]

    def _lamp(self, petition: Petition) -> Lamp:
        """Return the lamp of a petition; those with the same last day and state have the same."""
        asked = (petition.next_due_at, petition.next_amber_at, petition.routing, petition.ended_as)
        if asked not in self._lamps:
            self._lamps[asked] = lamp_of_petition(petition, self._now)
        return self._lamps[asked]

    def _state(self, petition: Petition, to_sign_for: bool, in_remedy: str | None) -> str:
        """Return where a petition stands, in words that are looked up once for all in the same state."""
        asked = (petition.routing, petition.sealed, to_sign_for, in_remedy)
        if asked not in self._states:
            self._states[asked] = state_words(petition, to_sign_for=to_sign_for, in_remedy=in_remedy)
        return self._states[asked]

    def _units(self, keys: Sequence[UUID]) -> Mapping[UUID, list[Organ]]:
        """Return who leads each petition, as `cases.ledger.leading_units` does."""
        leading = Handling.objects.filter(petition__in=among(keys), petition__sealed=False, ended_at=None)
        pairs = list(leading.order_by("sent_at", "pk").values_list("petition", "organ"))
        _read(self._organs, Organ.objects.all(), (organ for _key, organ in pairs))
        found: dict[UUID, list[Organ]] = defaultdict(list)
        for key, organ in pairs:
            found[key].append(self._organs[organ])
        return found

    def _share(self, read: Sequence[tuple[Any, ...]]) -> None:
        """Read the rows that several petitions point at, as far as they are not known yet."""
        places = Place.objects.select_related("parent")
        _read(self._places, places, _each(read, "place_id"))
        _read(self._organs, Organ.objects.all(), _each(read, "register_organ_id"))
        _read(self._categories, ContentCategory.objects.all(), _each(read, "content_category_id"))

    def _related(self, columns: Mapping[str, Any]) -> Mapping[str, Model]:
        return {
            "place": self._places[columns["place_id"]],
            "register_organ": self._organs[columns["register_organ_id"]],
            "content_category": self._categories[columns["content_category_id"]],
        }


def _each(read: Sequence[tuple[Any, ...]], column: str) -> set[int]:
    place = _OWN.index(column)
    return {values[place] for values in read}


def _read(known: dict[int, Shared], rows: QuerySet[Shared], keys: Iterable[int]) -> None:
    """Add the rows of these keys to those known already; no statement where none is missing."""
    missing = set(keys) - known.keys()
    if missing:
        known.update(rows.in_bulk(missing))
