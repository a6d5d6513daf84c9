"""A place as people name it: words that are looked up, and a person who confirms which one is meant."""

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from places.lookup import county_of, find
from places.models import Place


@dataclass(frozen=True)
class Meant:
    """The place that was chosen, or what stands in the way: a fault, and the places the words may mean."""

    place: Place | None = None
    fault: str | Promise = ""
    candidates: list[Place] = field(default_factory=list)


def place_meant(code: str, words: str, within_path: str) -> Meant:
    """Return what a chosen code, or else the typed words, mean inside the county of a path."""
    chosen = Place.objects.current().filter(code=code.strip()).first() if code.strip() else None
    if chosen is not None:
        return Meant(chosen)
    if not words.strip():
        return Meant(fault=_("Say where the problem lies."))
    candidates = [found.place for found in find(words.strip(), county_of(within_path))]
    if candidates:
        return Meant(fault=_("Confirm which place is meant."), candidates=candidates)
    return Meant(fault=_("No place of this name was found. Try a part of it, or its first letters."))
