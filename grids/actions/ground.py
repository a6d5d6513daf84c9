"""Writing in the diary, on courtyards, and what a household gives for a service: of places, not of persons."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import record
from grids.diary_steps import NewNote, file_note
from grids.ground_states import Help
from grids.models import Courtyard, DiaryNote, Grid, HouseholdCard, worked_in
from grids.models.ground import LONGEST_CARD
from grids.of_places import faults_of_persons, refuse_persons
from grids.secrets import open_given, seal_given
from infra.files import Checked, store
from lib.errors import OutOfTurn, Refused, Unknown
from lib.ids import uuid7


@dataclass(frozen=True, kw_only=True)
class CourtyardFacts:
    """What stands in a courtyard and whom to call."""

    name: str
    buildings: int
    stairwells: int
    contact: str
    phone: str
    hydrants: str = ""
    valves: str = ""
    meeting_point: str = ""


@dataclass(frozen=True, kw_only=True)
class Given:
    """What a household gives for one service. `door`, `words` and `contact` are sealed."""

    help: Help
    purpose: str
    agreed: bool
    expires_on: date
    door: str
    words: str = ""
    contact: str = ""


@dataclass(frozen=True)
class Opened:
    """What a household gave, in clear, for whoever opened its card."""

    card: HouseholdCard
    door: str
    words: str
    contact: str


@transaction.atomic(durable=True)
def write_note(note_id: UUID, new: NewNote, *, by: Hat, now: datetime) -> DiaryNote:
    """Write in the diary under a key of the sender's own; sent again it stands there once. It expires by itself.

    :raises Unknown: if this hat does not work in the grid, or the key is somebody else's note
    :raises Refused: if something is missing, or names, numbers or doors stand in it
    """
    return file_note(note_id, new, written_at=now, by=by, now=now)


@transaction.atomic(durable=True)
def remove_note(note_id: UUID, *, by: Hat, now: datetime) -> None:
    """Take one's own note out of the diary before its day.

    :raises Unknown: if this hat wrote no such note
    """
    rows = DiaryNote.objects.visible_to(by).filter(written_by=by.post)
    note = rows.select_for_update(of=("self",)).select_related("grid").filter(pk=note_id).first()
    if note is None:
        raise Unknown(_("There is no such note in the diary."))
    record("diary.remove", note, by=by.actor, at=now, facts={"code": note.grid.code})
    note.delete()


@transaction.atomic(durable=True)
def enter_courtyard(
    grid_id: UUID, facts: CourtyardFacts, *, plan: Checked | None = None, by: Hat, now: datetime
) -> Courtyard:
    """Enter a courtyard of a grid with its plan (一院一图).

    :raises Unknown: if this hat does not work in the grid
    :raises Refused: if something is missing, the name is taken, or names or numbers of residents stand in it
    """
    grid = _grid(grid_id, by)
    _refuse_courtyard(facts)
    if Courtyard.objects.filter(grid=grid, name=facts.name.strip()).exists():
        words = _("A courtyard of this name is entered already.")
        raise Refused(words, fields={"name": words})
    row = Courtyard.objects.create(
        grid=grid,
        **_columns(facts),
        plan=store(plan, now=now) if plan else None,
        entered_at=now,
        entered_by=by.post,
    )
    record("courtyard.enter", row, by=by.actor, at=now, facts={"code": grid.code})
    return row


@transaction.atomic(durable=True)
def change_courtyard(
    courtyard_id: UUID, facts: CourtyardFacts, *, plan: Checked | None = None, by: Hat, now: datetime
) -> Courtyard:
    """Change what stands in a courtyard; without a new plan the old one stays.

    :raises Unknown: if this hat does not work there
    :raises Refused: if something is missing, the name is taken, or names or numbers of residents stand in it
    """
    row = _courtyard(courtyard_id, by)
    _refuse_courtyard(facts)
    if Courtyard.objects.filter(grid=row.grid, name=facts.name.strip()).exclude(pk=row.pk).exists():
        words = _("A courtyard of this name is entered already.")
        raise Refused(words, fields={"name": words})
    columns = _columns(facts)
    for name, value in columns.items():
        setattr(row, name, value)
    if plan is not None:
        row.plan = store(plan, now=now)
    row.save(update_fields=[*columns, "plan"])
    record("courtyard.change", row, by=by.actor, at=now, facts={"code": row.grid.code})
    return row


@transaction.atomic(durable=True)
def enter_card(courtyard_id: UUID, given: Given, *, by: Hat, now: datetime) -> HouseholdCard:
    """Keep what a household gives for one service, at its wish and until a day (一户一档; PIPL Art 6, 13).

    :raises Unknown: if this hat does not work there
    :raises Refused: if the household did not agree, something is missing, it is kept too long, or a name or an identity
        number stands in it
    """
    row = _courtyard(courtyard_id, by)
    today = timezone.localdate(now)
    faults: dict[str, str] = faults_of_persons({"purpose": given.purpose, "words": given.words})
    for name in ("purpose", "door"):
        if not getattr(given, name).strip():
            faults[name] = _("Fill this in.")
    if not given.agreed:
        faults["agreed"] = _("Only at the household's wish.")
    if not today <= given.expires_on <= today + LONGEST_CARD:
        faults["expires_on"] = _("A day from today on, a year ahead at most.")
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)
    key = uuid7()
    sealed = {"door": given.door.strip(), "words": given.words.strip(), "contact": given.contact.strip()}
    card = HouseholdCard.objects.create(
        id=key,
        courtyard=row,
        help=given.help,
        purpose=given.purpose.strip(),
        given_sealed=seal_given(key, json.dumps(sealed)),
        agreed_on=today,
        expires_on=given.expires_on,
        entered_at=now,
        entered_by=by.post,
    )
    record("household_card.enter", card, by=by.actor, at=now, facts={"code": row.grid.code})
    return card


@transaction.atomic(durable=True)
def open_card(card_id: UUID, *, by: Hat, now: datetime) -> Opened:
    """Return what a household gave, in clear; that it was opened is on record.

    :raises Unknown: if this hat does not work there
    :raises OutOfTurn: if its day is over
    """
    card = _card(card_id, by)
    if card.expires_on < timezone.localdate(now):
        raise OutOfTurn(_("Its day is over; it is about to be removed."))
    words: dict[str, str] = json.loads(open_given(card.pk, card.given_sealed))
    record("household_card.open", card, by=by.actor, at=now, facts={"code": card.courtyard.grid.code})
    return Opened(card, **words)


@transaction.atomic(durable=True)
def remove_card(card_id: UUID, *, by: Hat, now: datetime) -> UUID:
    """Remove what a household gave, because it wishes so or the service is over. Return the courtyard's key.

    :raises Unknown: if this hat does not work there
    """
    card = _card(card_id, by)
    courtyard_id: UUID = card.courtyard_id
    record("household_card.remove", card, by=by.actor, at=now, facts={"code": card.courtyard.grid.code})
    card.delete()
    return courtyard_id


def _grid(grid_id: UUID, by: Hat) -> Grid:
    rows = worked_in(by).filter(ended_at=None).select_for_update(of=("self",), no_key=True)
    grid = rows.filter(pk=grid_id).first()
    if grid is None:
        raise Unknown(_("There is no such grid."))
    return grid


def _courtyard(courtyard_id: UUID, by: Hat) -> Courtyard:
    rows = Courtyard.objects.filter(grid__in=worked_in(by)).select_for_update(of=("self",), no_key=True)
    row = rows.select_related("grid").filter(pk=courtyard_id).first()
    if row is None:
        raise Unknown(_("There is no such courtyard."))
    return row


def _card(card_id: UUID, by: Hat) -> HouseholdCard:
    rows = HouseholdCard.objects.filter(courtyard__grid__in=worked_in(by)).select_for_update(of=("self",))
    card = rows.select_related("courtyard__grid").filter(pk=card_id).first()
    if card is None:
        raise Unknown(_("There is no such card."))
    return card


def _columns(facts: CourtyardFacts) -> dict[str, str | int]:
    words = ("name", "contact", "phone", "hydrants", "valves", "meeting_point")
    typed: dict[str, str | int] = {name: getattr(facts, name).strip() for name in words}
    return {**typed, "buildings": facts.buildings, "stairwells": facts.stairwells}


def _refuse_courtyard(facts: CourtyardFacts) -> None:
    """Refuse what is missing, and residents in it; whom to call is of work and may be named."""
    needed = {name: getattr(facts, name) for name in ("name", "contact", "phone")}
    places = ("name", "hydrants", "valves", "meeting_point")
    refuse_persons({name: getattr(facts, name) for name in places}, needed=needed)
