"""What the pages of lists to strike off show: which there are with their rates, the items of one, and one item."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ, Post
from accounts.page_deeds import Bound, Offer
from accounts.roles import Role
from assignments.states import State
from cases.models import Petition
from deadlines.lamps import Lamp
from leadership import permissions as may
from leadership.forms.lists import OpenList
from leadership.list_deeds import ON_ITEM, ON_LIST
from leadership.list_states import ItemState
from leadership.lists import Rate, rate_of, rates_of
from leadership.models import ListItem, LookBack, LookedAt, Strike, StrikeList
from leadership.reading import read_of
from leadership.titles import Titled, titles_of
from lib.errors import Unknown

_LISTED = 500


@dataclass(frozen=True)
class Listed:
    """A list with how much of it is struck off today."""

    row: StrikeList
    rate: Rate | None


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
    """Return the lists a hat reads with their rates of today; a unit reads its own items and no rate."""
    rows = list(may.lists_for(hat).select_related("organ").order_by("source", "opened_at", "pk"))
    whole = may.reads_whole_meetings(hat)
    rates = rates_of(rows, on=timezone.localdate(now)) if whole else {}
    opens = may.may_open_lists(hat)
    return {
        "lists": [Listed(row, rates.get(row.pk)) for row in rows],
        "form": ((bound or {}).get(("lists", "open")) or OpenList()) if opens else None,
    }


def items_of(rows: StrikeList, hat: Hat) -> QuerySet[ListItem]:
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
    """Return one list: its rate as of a day, its items that are open or struck off, and what was looked at again."""
    today = timezone.localdate(now)
    standing = Strike.objects.filter(item=OuterRef("pk"), ended_on=None)
    items = items_of(rows, hat).filter(Exists(standing) if struck else ~Exists(standing))
    order = ("-struck_on", "pk") if struck else ("due_on", "pk")
    found = list(
        items.annotate(struck_on=Subquery(standing.values("struck_on")[:1]))
        .select_related("organ", "responsible__user", "assignment__clock")
        .order_by(*order)[:_LISTED]
    )
    whole = may.reads_whole_meetings(hat)
    looks = LookBack.objects.filter(list=rows).select_related("drawn_by__user").order_by("-drawn_at")
    return {
        "list": rows,
        "on": on or today,
        "rate": rate_of(rows, on=on or today) if whole else None,
        "struck": struck,
        "items": _items(found, hat, now),
        "looks": [_looked(look, hat) for look in looks[:5]] if whole else [],
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


def _items(rows: Sequence[Any], hat: Hat, now: datetime) -> list[Item]:
    keys = {row.petition_id for row in rows if row.petition_id}
    opens = set(Petition.objects.visible_to(hat).filter(pk__in=keys).values_list("pk", flat=True))
    titles = titles_of(keys if may.reads_whole_meetings(hat) else opens)
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
    lamp = row.assignment.lamp(now) if row.assignment is not None and not struck_on else None
    titled = titles.get(row.petition_id) if row.petition_id else None
    return Item(row, titled, opens, state, struck_on, lamp, not struck_on and row.due_on < today)


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
        "offers": list(_of_item(item, hat, bound)),
    }


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
    waiting = LookedAt.objects.filter(strike__item=item, looked_at=None).exclude(strike__person=hat.user)
    for row in waiting.order_by("pk"):
        deed = ON_ITEM["look"]
        form = bound.get(("item", deed.slug)) or deed.form(initial={"looked_id": row.pk})
        yield Offer(deed, form, "leadership:on_strike_item", item.pk)
