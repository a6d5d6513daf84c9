"""每日班前必问: the morning brief of a leader or an office, and the word at eight that it is there (seeds-map 10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from accounts.models import Post
from accounts.roles import Role
from cases.ledger import View, in_order, midnight_after, midnight_of
from cases.models import Petition, PetitionQuerySet
from cases.rows import LedgerRow, rows_of
from deadlines.calendars import previous_working_day
from leadership import permissions as may
from leadership.meeting_states import MeetingState
from lib.keyset import capped_count
from notices.hours import may_send
from notices.models import Kind, Notice
from notices.outbox import wearer_of
from notices.parts import tell

BRIEF_AT = time(8, 0)
_SHOWN = 10
# of one part shown whole
_MOST_SHOWN = 500
# whose day it begins: leaders and their secretaries, and whoever signs in an office
READS_BRIEFS = frozenset({Role.LEADER, Role.LEADER_SECRETARY}) | may.DRAFTS


@dataclass(frozen=True)
class Heading:
    """One part of the brief: how many, the first of them or all, and the ledger's question for them, if any."""

    name: str
    label: str | Promise
    count: int
    rows: Sequence[LedgerRow]
    query: str = ""

    @property
    def is_cut(self) -> bool:
        return len(self.rows) < self.count


def brief_page(hat: Hat, *, now: datetime, part: str = "") -> dict[str, Any]:
    """Return what is new, due today, overdue and urgent of the petitions a hat sees; nothing sealed (Q2).

    Each part with the first of its petitions; the part that is named alone and whole.
    """
    asked = _parts(hat, now)
    named = [one for one in asked if one[0] == part]
    most = _MOST_SHOWN if named else _SHOWN
    parts = [
        Heading(name, label, capped_count(rows), _first(rows, hat, now, most), query)
        for name, label, rows, query in named or asked
    ]
    return {
        "parts": parts,
        "part": part if named else "",
        "today": timezone.localdate(now),
        "meetings": [] if named else _meetings(hat, now),
    }


def _parts(hat: Hat, now: datetime) -> list[tuple[str, str | Promise, PetitionQuerySet, str]]:
    today = timezone.localdate(now)
    open_ones = Petition.objects.visible_to(hat).open()
    since = midnight_of(previous_working_day(today))
    ends = midnight_after(today)
    overdue = urlencode({"view": View.OVERDUE})
    return [
        ("new", pgettext_lazy("morning brief", "New"), open_ones.filter(registered_at__gte=since), ""),
        (
            "due",
            pgettext_lazy("morning brief", "Due today"),
            open_ones.filter(next_due_at__gt=now, next_due_at__lte=ends),
            "",
        ),
        (
            "overdue",
            pgettext_lazy("morning brief", "Overdue"),
            open_ones.filter(next_due_at__lte=now),
            overdue,
        ),
        ("urgent", pgettext_lazy("morning brief", "Urgent"), open_ones.filter(is_urgent=True), ""),
    ]


def _first(rows: PetitionQuerySet, hat: Hat, now: datetime, most: int) -> Sequence[LedgerRow]:
    return rows_of(in_order(rows.for_list(), hat=hat, by_date=False)[:most], now=now)


def _meetings(hat: Hat, now: datetime) -> Any:
    today = timezone.localdate(now)
    rows = may.meetings_for(hat).filter(
        meets_at__gte=midnight_of(today), meets_at__lt=midnight_after(today), state=MeetingState.CALLED
    )
    return rows.select_related("kind").order_by("meets_at", "pk")


def tell_of_briefs(*, now: datetime) -> int:
    """Tell leaders and offices, from eight on of a working day and once, that the brief has something. Return how many.

    Who has nothing in it is told nothing; a morning that was missed is made up for later in the day.
    """
    if timezone.localtime(now).time() < BRIEF_AT or not may_send(now):
        return 0
    today = timezone.localdate(now)
    told = Notice.objects.filter(kind=Kind.MORNING_BRIEF, subject_id=today.isoformat()).values("post")
    held = Post.objects.held_on(today).filter(role__in=sorted(READS_BRIEFS), user__is_active=True)
    posts = held.exclude(pk__in=told).select_related("user", "organ__place").order_by("pk")
    return sum(_tell_one(post, today, now) for post in posts)


@transaction.atomic(durable=True)
def _tell_one(post: Post, today: date, now: datetime) -> int:
    hat = wearer_of(post, now)
    if hat is None or not any(rows.exists() for _name, _label, rows, _query in _parts(hat, now)):
        return 0
    key = f"brief:{today:%Y%m%d}"
    # never this morning's own: another worker may have told of it since the posts were read
    earlier = Notice.objects.unread().filter(kind=Kind.MORNING_BRIEF, post=post)
    earlier.exclude(subject_id=today.isoformat()).update(withdrawn_at=now)
    tell([post.pk], Kind.MORNING_BRIEF, key=key, subject_id=today.isoformat(), now=now)
    return 1
