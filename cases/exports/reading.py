"""The rows of a very long list, a thousand at a time, without the memory and the time of a thousand pages.

What many petitions share, such as places and organs, is read once. Nothing points back at a petition, so that each is
forgotten with its row.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils import timezone

from accounts.hats import Hat
from accounts.models import Organ
from cases.marks import marks_of
from cases.models import ContentCategory, Handling, Petition, Petitioner, PetitionText
from cases.readers import readers_of
from cases.repeats import repeats_among
from cases.rows import LedgerRow, lamp_of_petition, row_of, state_words
from deadlines.lamps import Lamp
from places.models import Place

Shared = TypeVar("Shared", bound=Model)
# What a row needs of the petition itself.
_OWN = (
    *("number", "routing", "ended_as", "next_due_at", "next_amber_at", "received_at", "registered_at"),
    *("channel", "purpose", "source", "superior_number", "sealed", "petitioner_count"),
    *("is_urgent", "is_collective", "is_joint_letter", "is_anonymous"),
    *("place", "register_organ", "content_category"),
)


class Reader:
    """Reads rows as a hat sees them at a moment, and keeps what they share."""

    def __init__(self, hat: Hat, *, now: datetime) -> None:
        self._hat = hat
        self._now = now
        self._today = timezone.localdate(now)
        self._lamps: dict[tuple[object, ...], Lamp] = {}
        self._places: dict[int, Place] = {}
        self._organs: dict[int, Organ] = {}
        self._categories: dict[int, ContentCategory] = {}

    def rows(self, keys: Sequence[UUID]) -> list[LedgerRow]:
        """Return the rows of those of some petitions that the hat sees now, in the order of the keys."""
        seen = Petition.objects.visible_to(self._hat).filter(pk__in=keys).with_state().only(*_OWN)
        petitions: dict[UUID, Any] = {petition.pk: petition for petition in seen}
        there = [petitions[key] for key in keys if key in petitions]
        titles = dict(PetitionText.objects.filter(petition__in=keys).values_list("petition", "title"))
        names, units = self._names(keys), self._units(keys)
        repeats = repeats_among(petitions, self._hat)
        readers = readers_of(keys)
        self._share(there)
        return [
            row_of(
                petition,
                lamp=self._lamp(petition),
                state=state_words(petition, to_sign_for=petition.to_sign_for),
                title=titles[petition.pk],
                names=names[petition.pk],
                marks=marks_of(petition, is_repeat=petition.pk in repeats, is_supervised=petition.supervised),
                units=units[petition.pk],
                readers=readers.get(petition.pk, ()),
                today=self._today,
            )
            for petition in there
        ]

    def _lamp(self, petition: Petition) -> Lamp:
        """Return the lamp of a petition; those with the same last day and state have the same."""
        asked = (petition.next_due_at, petition.next_amber_at, petition.routing, petition.ended_as)
        if asked not in self._lamps:
            self._lamps[asked] = lamp_of_petition(petition, self._now)
        return self._lamps[asked]

    def _names(self, keys: Sequence[UUID]) -> Mapping[UUID, list[str]]:
        """Return the names of those who represent, as the row covers them (Q4)."""
        found: dict[UUID, list[str]] = defaultdict(list)
        represent = Petitioner.objects.filter(petition__in=keys).exclude(representative_no=None)
        for key, name in represent.order_by("representative_no").values_list("petition", "name"):
            found[key].append(name)
        return found

    def _units(self, keys: Sequence[UUID]) -> Mapping[UUID, list[Organ]]:
        """Return who leads each petition, as `cases.ledger.leading_units` does."""
        leading = Handling.objects.filter(petition__in=keys, petition__sealed=False, ended_at=None)
        pairs = list(leading.order_by("sent_at", "pk").values_list("petition", "organ"))
        _read(self._organs, Organ.objects.all(), (organ for _key, organ in pairs))
        found: dict[UUID, list[Organ]] = defaultdict(list)
        for key, organ in pairs:
            found[key].append(self._organs[organ])
        return found

    def _share(self, petitions: Sequence[Petition]) -> None:
        """Let petitions share the rows that several point at."""
        places = Place.objects.select_related("parent")
        _read(self._places, places, (petition.place_id for petition in petitions))
        _read(self._organs, Organ.objects.all(), (petition.register_organ_id for petition in petitions))
        categories = ContentCategory.objects.all()
        _read(self._categories, categories, (petition.content_category_id for petition in petitions))
        for petition in petitions:
            petition.place = self._places[petition.place_id]
            petition.register_organ = self._organs[petition.register_organ_id]
            petition.content_category = self._categories[petition.content_category_id]


def _read(known: dict[int, Shared], rows: QuerySet[Shared], keys: Iterable[int]) -> None:
    """Add the rows of these keys to those known already; no statement where none is missing."""
    missing = set(keys) - known.keys()
    if missing:
        known.update(rows.in_bulk(missing))
