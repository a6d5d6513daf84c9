"""What the pages of lists to strike off show: which there are with their rates, the items of one, and one item."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ, Post
from accounts.page_deeds import Bound, Offer
from accounts.roles import Role
from assignments.models import AssignmentMove
from assignments.states import Move, State
from cases.models import Petition
from deadlines.lamps import Lamp
from leadership import permissions as may
from leadership.forms.lists import OpenList
from leadership.list_deeds import ON_ITEM, ON_LIST
from leadership.list_states import ItemState
from leadership.lists import Rate, rate_of, rates_of
from leadership.models import ListItem, LookBack, LookedAt, StrikeList
from leadership.models.lists import ListItemQuerySet, strikes_standing
from leadership.offers import of_asked
from leadership.reading import read_of
from leadership.titles import Titled, titles_of
from lib.errors import Unknown

_LISTED = 500


@dataclass(frozen=True)
class Listed:
    """A list with how much of it was struck off by a day."""

    row: StrikeList
    rate: Rate


@dataclass(frozen=True)
class Item:
    """One item as a list shows it."""

    row: ListItem
    petition: Titled | None
    opens: bool
    state: ItemState
    struck_on: date | None
    lamp: Lamp | None
    late: bool

    @property
    def state_words(self) -> str:
        return str(self.state.label)


def lists_page(hat: Hat, *, now: datetime, bound: Bound | None = None) -> dict[str, Any]:
    """Return the lists a hat reads with how much of each is struck off today; a unit reads this of its own items."""
    opens = may.may_open_lists(hat)
    return {
        "lists": listed_for(hat, on=timezone.localdate(now)),
        "whole": may.reads_whole_meetings(hat),
        "form": ((bound or {}).get(("lists", "open")) or OpenList()) if opens else None,
    }


def listed_for(hat: Hat, *, on: date) -> Sequence[Listed]:
    """Return the lists a hat reads with how much of each was struck off by a day; to a unit, of its own items."""
    rows = list(may.lists_for(hat).select_related("organ").order_by("source", "opened_at", "pk"))
    items = ListItem.objects.all()
    if not may.reads_whole_meetings(hat):
        items = items.filter(organ__in=Organ.objects.of_today(hat.organ))
    rates = rates_of(rows, items, on=on)
    return [Listed(row, rates[row.pk]) for row in rows]


def items_of(rows: StrikeList, hat: Hat) -> ListItemQuerySet:
    """Return the items a hat reads: whoever reads the list what it may know of, a unit its own (Q2, Q6)."""
    items = ListItem.objects.filter(list=rows).of_open_lane()
    if may.reads_whole_meetings(hat):
        return items.filter(read_of(hat, "petition"))
    return items.filter(organ__in=Organ.objects.of_today(hat.organ))


def find_item(hat: Hat, item_id: UUID) -> ListItem:
    """Return an item that this hat reads.

    :raises Unknown: if there is none
    """
    rows = ListItem.objects.of_open_lane().filter(pk=item_id, list__in=may.lists_for(hat))
    found = rows.select_related(
        "list__organ__place", "organ", "responsible__user", "assignment__clock", "petition"
    ).first()
    if found is None or not items_of(found.list, hat).filter(pk=item_id).exists():
        raise Unknown(_("There is no such item."))
    return found


def list_page(
    rows: StrikeList, hat: Hat, *, on: date | None, struck: bool, now: datetime, bound: Bound
) -> dict[str, Any]:
    """Return one list as it stood on a day: its rate, its items that were open or struck off then.

    Of today also what each unit owes and what was looked at again.
    """
    today = timezone.localdate(now)
    day = on or today
    of_list = items_of(rows, hat)
    items = of_list.struck_by(day) if struck else of_list.left_by(day)
    order = ("-struck_on", "pk") if struck else ("due_on", "pk")
    found = list(
        items.annotate(struck_on=Subquery(strikes_standing(day).values("struck_on")[:1]))
        .select_related("organ", "responsible__user", "assignment__clock")
        .order_by(*order)[:_LISTED]
    )
    whole = may.reads_whole_meetings(hat)
    looks = LookBack.objects.filter(list=rows).select_related("drawn_by__user").order_by("-drawn_at")
    return {
        "list": rows,
        "on": day,
        "past": day < today,
        "rate": rate_of(rows, on=day) if whole else None,
        "struck": struck,
        "items": _items(found, hat, now) if day == today else _items_then(found, hat, day),
        "looks": [_looked(look, hat) for look in looks[:5]] if whole and day == today else [],
        "offers": list(_of_list(rows, hat, bound, today)),
    }


@dataclass(frozen=True)
class Looked:
    """A sample that was drawn, with what was found."""

    row: LookBack
    drawn: Sequence[tuple[LookedAt, Titled | None]]

    @property
    def done(self) -> int:
        return sum(one.looked_at is not None for one, _titled in self.drawn)

    @property
    def hold(self) -> int:
        return sum(one.holds is True for one, _titled in self.drawn)


def _looked(look: LookBack, hat: Hat) -> Looked:
    rows = look.drawn.filter(read_of(hat, "strike__item__petition")).select_related("strike__item__organ")
    found = list(rows.order_by("pk"))
    keys = [one.strike.item.petition_id for one in found]
    titles = titles_of({key for key in keys if key})
    return Looked(
        look, [(one, titles.get(key) if key else None) for one, key in zip(found, keys, strict=True)]
    )


def _items_then(rows: Sequence[Any], hat: Hat, day: date) -> list[Item]:
    """Return items as they stood on a day that is over: struck off or not; what a unit owes then is not told."""
    titles, opens = _titles(rows, hat)
    return [
        Item(
            row,
            titles.get(row.petition_id) if row.petition_id else None,
            row.petition_id in opens,
            ItemState.STRUCK if row.struck_on else ItemState.OPEN,
            row.struck_on,
            None,
            not row.struck_on and row.due_on < day,
        )
        for row in rows
    ]


def _titles(rows: Sequence[Any], hat: Hat) -> tuple[Mapping[UUID, Titled], set[UUID]]:
    """Return titles of the petitions of some items as far as a hat reads them, and which of them open for it."""
    keys = {row.petition_id for row in rows if row.petition_id}
    opens = set(Petition.objects.visible_to(hat).filter(pk__in=keys).values_list("pk", flat=True))
    return titles_of(keys if may.reads_whole_meetings(hat) else opens), opens


def _items(rows: Sequence[Any], hat: Hat, now: datetime) -> list[Item]:
    titles, opens = _titles(rows, hat)
    today = timezone.localdate(now)
    return [_item(row, titles, row.petition_id in opens, row.struck_on, today, now) for row in rows]


def _item(
    row: ListItem,
    titles: Mapping[UUID, Titled],
    opens: bool,
    struck_on: date | None,
    today: date,
    now: datetime,
) -> Item:
    replied = row.assignment is not None and row.assignment.state == State.REPLIED
    state = ItemState.STRUCK if struck_on else ItemState.REPLIED if replied else ItemState.OPEN
    lamp = row.assignment.lamp(now) if row.assignment is not None and state is ItemState.OPEN else None
    titled = titles.get(row.petition_id) if row.petition_id else None
    late = state is ItemState.OPEN and lamp is None and row.due_on < today
    return Item(row, titled, opens, state, struck_on, lamp, late)


def item_page(item: ListItem, hat: Hat, *, now: datetime, bound: Bound) -> dict[str, Any]:
    """Return one item: what is to be shown by whom and when, each time it was struck off, each look back."""
    strikes = list(item.strikes.select_related("person", "evidence").order_by("-struck_at"))
    standing = next((strike for strike in strikes if strike.ended_on is None), None)
    keys = {item.petition_id} if item.petition_id else set()
    opens = Petition.objects.visible_to(hat).filter(pk__in=keys).exists()
    titles = titles_of(keys if opens or may.reads_whole_meetings(hat) else set())
    today = timezone.localdate(now)
    looks = LookedAt.objects.filter(strike__item=item).select_related("person", "look_back")
    return {
        "list": item.list,
        "item": _item(item, titles, opens, standing.struck_on if standing else None, today, now),
        "strikes": strikes,
        "looks": looks.order_by("-pk"),
        "whole": may.reads_whole_meetings(hat),
        "answer": _answer(item),
        "offers": list(_of_item(item, hat, bound)),
    }


def _answer(item: ListItem) -> AssignmentMove | None:
    """Return the unit's last answer, whose words and file are looked at before it is struck off."""
    replies = AssignmentMove.objects.filter(assignment=item.assignment_id, move=Move.REPLY)
    return replies.select_related("file", "person", "by__organ").order_by("-pk").first()


def _of_list(rows: StrikeList, hat: Hat, bound: Bound, today: date) -> Iterator[Offer]:
    if not may.may_write_list(hat, rows):
        return
    for deed in ON_LIST.values():
        form: Any = bound.get(("list", deed.slug)) or deed.form(auto_id=f"id-{deed.slug}-%s")
        if deed.slug == "add-item":
            form.offer(_persons(hat, on=today))
        yield Offer(deed, form, "leadership:on_strike_list", rows.pk)


def _persons(hat: Hat, *, on: date) -> list[tuple[Any, str]]:
    """Return the heads of units of the place."""
    heads = Post.objects.held_on(on).filter(
        role=Role.UNIT_HEAD, organ__place__path__startswith=hat.organ.place.path
    )
    return [
        (post.pk, f"{post.organ} {post.user.name}")
        for post in heads.select_related("organ", "user").order_by("organ__code", "pk")
    ]


def _of_item(item: ListItem, hat: Hat, bound: Bound) -> Iterator[Offer]:
    if not may.may_write_list(hat, item.list):
        return
    if item.assignment is not None and item.assignment.state == State.REPLIED:
        deed = ON_ITEM["strike-off"]
        form = bound.get(("item", deed.slug)) or deed.form()
        yield Offer(deed, form, "leadership:on_strike_item", item.pk)
        yield from of_asked(item.assignment, hat, asked=False, slip=None, bound={})
    waiting = LookedAt.objects.filter(strike__item=item, looked_at=None).exclude(strike__person=hat.user)
    for row in waiting.order_by("pk"):
        deed = ON_ITEM["look"]
        form = bound.get(("item", deed.slug)) or deed.form(initial={"looked_id": row.pk})
        yield Offer(deed, form, "leadership:on_strike_item", item.pk)
