"""Ratings and letters asked for on the case page: to each hat what it may read of them (Q28; protection §2.12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from cases import permissions as may
from cases.hanging import Hanging
from cases.models import LetterWish, Petitioner, PetitionRating
from cases.offers import Asked, Offer
from cases.rating_states import LetterForm
from cases.ratings import Window, is_read_by, reads_before_it_closes, windows_of
from lib.masking import mask_name


@dataclass(frozen=True)
class RatingOnPage:
    """Whom the petitioner may rate, and what he said; nothing of it, not even whether, to who must not read it yet."""

    window: Window
    is_open: bool
    is_read: bool
    said: PetitionRating | None = None
    take_down: Offer | None = None


@dataclass(frozen=True)
class PersonsLetters:
    """Which letters one person asks for."""

    name: str
    forms: Sequence[str]
    note: Offer | None = None


def ratings_of(asked: Asked, now: datetime) -> Sequence[RatingOnPage]:
    """Return whom a petition lets be rated, each as this hat may read it."""
    petition, today = asked.petition, timezone.localdate(now)
    windows = windows_of(petition, now=now)
    outside = bool(windows) and reads_before_it_closes(asked.hat, petition)
    takes = outside and may.takes_down_ratings(asked.hat, petition)
    return [
        RatingOnPage(
            window,
            is_open := window.is_open(today),
            is_read := is_read_by(window, asked.hat, outside=outside, today=today),
            window.said if is_read else None,
            asked.shown("take_down_rating", of=window.key) if takes and is_open else None,
        )
        for window in windows
    ]


def letters_of(hanging: Hanging, asked: Asked) -> Sequence[PersonsLetters]:
    """Return which letters each of those who are written to asks for; who asks for none only where it may be noted."""
    petition = asked.petition
    wishes: dict[int, list[LetterForm]] = {}
    for wish in hanging.rows("letter_wishes", LetterWish.objects.filter(ended_at=None).order_by("form")):
        wishes.setdefault(wish.position, []).append(LetterForm(wish.form))
    notes = may.may_note(asked.hat, petition)
    written_to = [person for person in petition.people.all() if person.representative_no is not None]
    shown = (
        _letters_of(person, wishes.get(person.position, []), asked if notes else None)
        for person in written_to
    )
    return [one for one in shown if one.forms or one.note]


def _letters_of(person: Petitioner, wished: Sequence[LetterForm], asked: Asked | None) -> PersonsLetters:
    note = asked.shown("note_letter_wish", person=person.pk) if asked else None
    if note is not None and not note.form.is_bound:
        note.form.initial["forms"] = [form.value for form in wished]
    return PersonsLetters(mask_name(person.name), [str(form.label) for form in wished], note)
