"""销号: opening lists, putting items on them, striking them off on evidence, and looking at a sample again."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ, Post
from accounts.roles import Role
from assignments.models import ANSWERS, Assignment
from assignments.parts import ask, hold, verify
from assignments.states import Kind as Asked
from assignments.states import Move, State
from audit.parts import record, record_each
from cases.locks import lock_several
from cases.models import Petition
from cases.parts import users_kept_out
from deadlines.calendars import working_days_after
from infra.models import StoredFile
from leadership import permissions as may
from leadership.list_states import ListSource
from leadership.lists import sample
from leadership.models import ListItem, LookBack, LookedAt, Strike, StrikeList
from leadership.parts import organs_kept_out
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from notices.models import Kind
from notices.parts import settle, tell

_FURTHEST_DAYS = 730
_BATCH = 500
# working days to show anew what did not hold
_DAYS_AGAIN = 10


@dataclass(frozen=True, kw_only=True)
class NewItem:
    """What is put on a list: a petition or a matter, what is to be shown, by whom, by when.

    A petition is named by its key, or by its number as a person types it. With `struck_on` it was struck off before
    the list came here, with what was verified in words.
    """

    act: str
    organ_id: int
    due_on: date
    petition_id: UUID | None = None
    number: str = ""
    matter: str = ""
    responsible_id: int | None = None
    listed_on: date | None = None
    struck_on: date | None = None
    struck_words: str = ""


@transaction.atomic(durable=True)
def open_list(name: str, source: ListSource, *, number: str = "", by: Hat, now: datetime) -> StrikeList:
    """Open a list by its name.

    :raises NotAllowed: if it is neither office nor joint conference
    :raises Refused: without a name, or for one that this office has used
    """
    if not may.may_open_lists(by):
        raise NotAllowed(_("Your post does not open lists."))
    name = name.strip()
    if not name or StrikeList.objects.filter(organ=by.organ, name=name).exists():
        words = _("Give it a name that no other list of yours has.")
        raise Refused(words, fields={"name": words})
    row = StrikeList.objects.create(
        name=name, source=source, number=number.strip(), organ=by.organ, opened_by=by.post, opened_at=now
    )
    record("strike_list.open", row, by=by.actor, at=now, facts={"list_source": source})
    return row


@transaction.atomic(durable=True)
def add_item(list_id: UUID, new: NewItem, *, by: Hat, now: datetime) -> ListItem:
    """Put one item on a list; its unit is asked to show by its day that it is done.

    :raises Unknown: if this hat does not read the list, or does not see the petition
    :raises NotAllowed: if it does not write it
    :raises Refused: if petition or matter, unit, person or day cannot be; it says of all of them at once
    """
    (item,) = _add(list_id, [new], by=by, now=now)
    return item


@transaction.atomic(durable=True)
def add_items(list_id: UUID, new: Sequence[NewItem], *, by: Hat, now: datetime) -> int:
    """Take over a list that came with many items at once, all of them or none. Return how many.

    :raises Unknown: if this hat does not read the list, or does not see a petition
    :raises NotAllowed: if it does not write it
    :raises Refused: if one of them cannot be
    """
    return len(_add(list_id, new, by=by, now=now))


@transaction.atomic(durable=True)
def strike_off(item_id: UUID, *, words: str, by: Hat, now: datetime) -> Strike:
    """Strike an item off: somebody other than who brought the evidence looked at it and found it so.

    :raises Unknown: if this hat does not read the list, or the petition is sealed (Q2)
    :raises NotAllowed: if it does not write the list, or the person brought the evidence
    :raises OutOfTurn: if no reply waits, or the reply shows no evidence
    :raises Refused: without what was verified
    """
    item = _held_item(item_id, by)
    if item.assignment is None or item.assignment.state != State.REPLIED:
        raise OutOfTurn(_("No reply waits to be verified."))
    evidence = _evidence_of(item.assignment)
    if evidence is None:
        raise OutOfTurn(_("The reply has no file that shows it: send it back for one."))
    _need(words, "words")
    verify(item.assignment, words, by=by, now=now)
    strike = Strike.objects.create(
        item=item,
        struck_on=timezone.localdate(now),
        words=words.strip(),
        evidence=evidence,
        by=by.post,
        person=by.user,
        struck_at=now,
    )
    record("strike_list.strike_off", item.list, by=by.actor, at=now, facts={"organ": item.organ.code})
    return strike


@transaction.atomic(durable=True)
def draw_look_back(list_id: UUID, *, size: int, by: Hat, now: datetime) -> LookBack:
    """Draw so many of what was struck off to be looked at again, by a seed that is kept (seeds-map 120).

    :raises Unknown: if this hat does not read the list
    :raises NotAllowed: if it does not write it
    :raises OutOfTurn: if nothing is struck off
    :raises Refused: for less than one
    """
    rows = _held_list(list_id, by)
    if size < 1:
        message = _("One at least.")
        raise Refused(message, fields={"size": message})
    items = ListItem.objects.filter(list=rows).of_open_lane()
    standing = list(Strike.objects.filter(item__in=items, ended_on=None).order_by("pk"))
    if not standing:
        raise OutOfTurn(_("Nothing on this list is struck off."))
    look_back = LookBack.objects.create(
        list=rows,
        seed=secrets.token_hex(8),
        until=timezone.localdate(now),
        drawn_from=len(standing),
        drawn_by=by.post,
        drawn_at=now,
    )
    drawn = sample(standing, size, look_back.seed)
    LookedAt.objects.bulk_create([LookedAt(look_back=look_back, strike=strike) for strike in drawn])
    held = Post.objects.held_on(timezone.localdate(now)).filter(organ=by.organ, role__in=sorted(may.DRAFTS))
    key = f"look_back:{look_back.pk}"
    posts = held.values_list("pk", flat=True)
    tell(posts, Kind.LOOK_BACK_DRAWN, key=key, subject_id=str(rows.pk), now=now)
    facts = {"count": len(drawn), "seed": look_back.seed}
    record("strike_list.draw_look_back", rows, by=by.actor, at=now, facts=facts)
    return look_back


@transaction.atomic(durable=True)
def look(item_id: UUID, *, looked_id: int, holds: bool, words: str, by: Hat, now: datetime) -> LookedAt:
    """Write whether what was shown still holds; where it does not, the item is put back and its unit asked again.

    :raises Unknown: if this hat does not read the list, or the petition is sealed (Q2)
    :raises NotAllowed: if it does not write the list, or the person struck the item off
    :raises OutOfTurn: if somebody has looked at it
    :raises Refused: without what was found
    """
    item = _held_item(item_id, by)
    rows = LookedAt.objects.select_for_update(of=("self",)).select_related("strike", "look_back")
    row = rows.filter(pk=looked_id, strike__item=item).first()
    if row is None:
        raise Unknown(_("This item was not drawn."))
    if row.looked_at is not None:
        raise OutOfTurn(_("Somebody has looked at it already."))
    if row.strike.person_id == by.user.pk:
        raise NotAllowed(_("Who struck it off does not look at it again."))
    _need(words, "words")
    row.holds, row.words, row.by, row.person, row.looked_at = holds, words.strip(), by.post, by.user, now
    row.save(update_fields=["holds", "words", "by", "person", "looked_at"])
    if not holds and row.strike.ended_on is None:
        _put_back(item, row.strike, words.strip(), by=by, now=now)
    if not LookedAt.objects.filter(look_back=row.look_back, looked_at=None).exists():
        settle(str(item.list_id), f"look_back:{row.look_back_id}", now=now)
    record("strike_list.look", item.list, by=by.actor, at=now, facts={"holds": holds})
    return row


@transaction.atomic(durable=True)
def fetch_evidence(strike_id: int, *, by: Hat, now: datetime) -> StoredFile:
    """Return what showed that an item was done, to who writes the list; written down.

    :raises Unknown: if there is none for this hat, or the petition is sealed (Q2)
    """
    strike = Strike.objects.filter(pk=strike_id).select_related("evidence").first()
    if strike is None or strike.evidence is None:
        raise Unknown(_("There is no such file."))
    item = _held_item(strike.item_id, by)
    record("strike_list.fetch_evidence", item.list, by=by.actor, at=now)
    return strike.evidence


def _put_back(item: ListItem, strike: Strike, why: str, *, by: Hat, now: datetime) -> None:
    strike.ended_on, strike.ended_why = timezone.localdate(now), why
    strike.save(update_fields=["ended_on", "ended_why"])
    petition = item.petition
    _ask(
        item,
        petition,
        due_on=max(item.due_on, working_days_after(strike.ended_on, _DAYS_AGAIN)),
        by=by,
        now=now,
    )
    item.save(update_fields=["assignment"])


def _add(list_id: UUID, named: Sequence[NewItem], *, by: Hat, now: datetime) -> list[ListItem]:
    new = _with_keys(named, by)
    petitions = _petitions({one.petition_id for one in new if one.petition_id}, by)
    rows = _held_list(list_id, by)
    today = timezone.localdate(now)
    organs = Organ.objects.current().in_bulk({one.organ_id for one in new})
    persons = _persons({one.responsible_id for one in new if one.responsible_id}, on=today)
    listed: set[UUID | None] = set(ListItem.objects.filter(list=rows).values_list("petition", flat=True))
    items = []
    for one in new:
        petition = petitions[one.petition_id] if one.petition_id else None
        _refuse_impossible(one, organs.get(one.organ_id), persons, petition, listed, today)
        listed |= {one.petition_id} if one.petition_id else set()
        items.append(_item(rows, one, by, now))
    for item, one in zip(items, new, strict=True):
        if one.struck_on is None:
            _ask(item, petitions.get(item.petition_id), due_on=one.due_on, by=by, now=now)
    ListItem.objects.bulk_create(items, batch_size=_BATCH)
    Strike.objects.bulk_create(
        [_strike(item, one, by, now) for item, one in zip(items, new, strict=True) if one.struck_on],
        batch_size=_BATCH,
    )
    facts = [(item.pk, {"organ": organs[item.organ_id].code}) for item in items]
    record_each("strike_list.add_item", ListItem, facts, by=by.actor, at=now)
    return items


def _with_keys(named: Sequence[NewItem], by: Hat) -> Sequence[NewItem]:
    """Return items with the keys of the petitions a hat sees that are named by a number; others stay without one."""
    numbers = {one.number for one in named if one.number}
    seen = Petition.objects.visible_to(by).filter(number__in=numbers)
    keys = dict(seen.values_list("number", "pk"))
    return [replace(one, petition_id=keys.get(one.number)) if one.number else one for one in named]


def _petitions(keys: set[UUID], by: Hat) -> dict[UUID | None, Petition]:
    """Return the petitions a hat sees, held in the order of their keys, before the list is."""
    lock_several(keys)
    found: dict[UUID | None, Petition] = {
        petition.pk: petition for petition in Petition.objects.visible_to(by).filter(pk__in=keys)
    }
    if len(found) != len(keys):
        raise Unknown(_("There is no such petition."))
    return found


def _persons(keys: set[int], *, on: date) -> dict[int, Post]:
    held = Post.objects.held_on(on).filter(role__in=sorted(ANSWERS | {Role.LEADER}), pk__in=keys)
    return held.in_bulk()


def _refuse_impossible(
    one: NewItem,
    organ: Organ | None,
    persons: dict[int, Post],
    petition: Petition | None,
    listed: set[UUID | None],
    today: date,
) -> None:
    faults: dict[str, str] = {}
    if not one.act.strip():
        faults["act"] = _("Say what is to be shown.")
    if bool(one.number or petition) == bool(one.matter.strip()):
        faults["matter"] = _("Name one petition, or a matter in words.")
    elif one.number and petition is None:
        faults["number"] = _("There is no such petition.")
    elif petition is not None and (petition.pk in listed or petition.is_void):
        faults["number"] = _("This petition is on the list already, or is void.")
    if organ is None:
        faults["organ"] = _("Choose another organ that exists today.")
    elif petition is not None and one.struck_on is None and organ.pk in organs_kept_out(petition):
        faults["organ"] = _("The petition names this unit, or who leads it: nothing about it is sent there.")
    person = persons.get(one.responsible_id or 0)
    if one.responsible_id and (person is None or person.organ_id != one.organ_id):
        faults["responsible"] = _("Choose somebody of this unit.")
    if one.struck_on is None and not 0 < (one.due_on - today).days <= _FURTHEST_DAYS:
        faults["due_on"] = _("The day lies ahead, and no more than two years.")
    if one.struck_on is not None and (one.struck_on > today or not one.struck_words.strip()):
        faults["struck_on"] = _("Say what was verified, and on which day in the past.")
    if one.listed_on is not None and one.listed_on > today:
        faults["listed_on"] = _("The day lies in the future.")
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)


def _item(rows: StrikeList, one: NewItem, by: Hat, now: datetime) -> ListItem:
    return ListItem(
        list=rows,
        petition_id=one.petition_id,
        matter=one.matter.strip(),
        act=one.act.strip(),
        organ_id=one.organ_id,
        responsible_id=one.responsible_id,
        due_on=one.due_on,
        listed_on=one.listed_on or timezone.localdate(now),
        entered_by=by.post,
        entered_at=now,
    )


def _strike(item: ListItem, one: NewItem, by: Hat, now: datetime) -> Strike:
    return Strike(
        item=item,
        struck_on=one.struck_on or timezone.localdate(now),
        words=one.struck_words.strip(),
        by=by.post,
        person=by.user,
        struck_at=now,
    )


def _ask(item: ListItem, petition: Petition | None, *, due_on: date, by: Hat, now: datetime) -> None:
    """Ask an item's unit for what is to be shown; the row is not saved."""
    item.assignment = ask(
        Asked.LIST_ITEM,
        petition.pk if petition is not None else item.pk,
        of=item.organ.carried_on_by or item.organ,
        act=item.act,
        asking_organ=item.list.organ,
        by=by,
        now=now,
        due_on=due_on,
        except_users=users_kept_out(petition) if petition is not None else (),
    )


def _evidence_of(assignment: Assignment) -> StoredFile | None:
    last = assignment.moves.filter(move=Move.REPLY).select_related("file").order_by("-pk").first()
    return last.file if last is not None else None


def _held_list(list_id: UUID, by: Hat) -> StrikeList:
    rows = may.lists_for(by).filter(pk=list_id).select_related("organ__place").first()
    if rows is None:
        raise Unknown(_("There is no such list to strike off."))
    if not may.may_write_list(by, rows):
        raise NotAllowed(_("Your post does not write this list."))
    StrikeList.objects.select_for_update(no_key=True).filter(pk=rows.pk).first()
    return rows


def _held_item(item_id: UUID, by: Hat) -> ListItem:
    """Return an item that a hat may strike off, held with its petition and what is asked, the petition first."""
    found = ListItem.objects.of_open_lane().filter(pk=item_id).values_list("petition", "list").first()
    if found is None:
        raise Unknown(_("There is no such item."))
    petition_id, list_id = found
    _petitions({petition_id} if petition_id else set(), by)
    rows = _held_list(list_id, by)
    item = (
        ListItem.objects.select_for_update(of=("self",)).select_related("organ", "petition").get(pk=item_id)
    )
    item.list = rows
    if item.assignment_id is not None:
        item.assignment = hold(item.assignment_id)
    return item


def _need(words: str, field: str) -> None:
    if not words.strip():
        message = _("Fill this in.")
        raise Refused(message, fields={field: message})
