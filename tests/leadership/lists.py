"""Lists to strike off on their way, each step made by the deed itself."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.hats import Hat
from leadership.actions import answers, lists
from leadership.actions.lists import NewItem
from leadership.list_states import ListSource
from leadership.models import ListItem, Strike, StrikeList
from tests.cases.handling.given import Case, received
from tests.given import MONDAY
from tests.leadership.leaders import A_SCAN


def a_list(by: Hat, name: str = "中央交办重复信访", *, now: datetime = MONDAY) -> StrikeList:
    """Let an office open a list."""
    return lists.open_list(name, ListSource.CENTRAL, by=by, now=now)


def an_item(rows: StrikeList, by: Hat, *, organ_id: int, now: datetime = MONDAY, **facts: Any) -> ListItem:
    """Let an office put an item on it."""
    given = {
        "act": "化解到位，附兑现凭证",
        "organ_id": organ_id,
        "due_on": timezone.localdate(now) + timedelta(days=30),
        **facts,
    }
    return lists.add_item(rows.pk, NewItem(**given), by=by, now=now)


def listed(case: Case | None = None, *, now: datetime = MONDAY, **facts: Any) -> tuple[Case, ListItem]:
    """Put a petition on a list; the unit that leads it is asked."""
    case = case or received(now=now)
    rows = StrikeList.objects.first() or a_list(case.office.officer, now=now)
    item = an_item(
        rows, case.office.officer, organ_id=case.unit.organ.pk, petition_id=case.pk, now=now, **facts
    )
    return case, item


def shown(case: Case, item: ListItem, *, now: datetime = MONDAY) -> None:
    """Let the unit show that it is done, with a file."""
    assert item.assignment_id is not None
    answers.reply(item.assignment_id, words="已兑现", file=A_SCAN, by=case.unit.officer, now=now)


def struck(case: Case | None = None, *, now: datetime = MONDAY) -> tuple[Case, ListItem, Strike]:
    """Let the office strike it off."""
    case, item = listed(case, now=now)
    shown(case, item, now=now)
    return case, item, lists.strike_off(item.pk, words="凭证属实", by=case.office.officer, now=now)
