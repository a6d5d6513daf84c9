"""信访态势一页纸: the figures a meeting begins with, counted by the code that counts the ledger, each with its list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from cases.counting import counts_of_views
from cases.ledger import Question, View, asked
from cases.ledger_words import view_words
from cases.models import Petition
from cases.states import Channel
from leadership import permissions as may
from leadership.agenda import undone_at
from leadership.models import Meeting
from lib.keyset import capped_count

_VIEWS = (
    View.OPEN,
    View.TO_ROUTE,
    View.DUE_SOON,
    View.OVERDUE,
    View.COLLECTIVE,
    View.FROM_ABOVE,
    View.SUPERVISED,
    View.SPONSORED,
)
# 来信、来访、来电、网上: said also where nothing came
_ALWAYS_SHOWN = frozenset({Channel.LETTER, Channel.VISIT, Channel.PHONE, Channel.WEB})
_A_FORTNIGHT = timedelta(days=14)


@dataclass(frozen=True)
class Figure:
    """One figure, what it is called, and the question of the ledger whose rows it counts."""

    label: str | Promise
    count: int
    query: str


def situation(meeting: Meeting, hat: Hat, *, now: datetime) -> dict[str, Any]:
    """Return the one-page note for a meeting: what stands now, what came since the last one, what is not done.

    Leaders read the figures of the office that called it, which open no list for them. Nothing sealed is counted (Q2),
    nobody is ranked, and nothing is counted by person.
    """
    counted_by = hat if may.may_place(hat) else Hat(meeting.called_by, meeting.called_by.user)
    counts = counts_of_views(_VIEWS, hat=counted_by, now=now)
    since = _since(meeting)
    today = timezone.localdate(now)
    undone = list(undone_at(meeting.organ.place_id)[:50])
    return {
        "meeting": meeting,
        "at": now,
        "since": since,
        "standing": [Figure(view_words(view), counts[view], urlencode({"view": view})) for view in _VIEWS],
        "came": _came(counted_by, since, now=now),
        "opens": may.may_place(hat),
        "undone": undone,
        "late": sum(one.due_on < today for one in undone),
    }


def _since(meeting: Meeting) -> date:
    """Return the day of the last meeting of this kind, a fortnight before where there was none."""
    before = Meeting.objects.filter(
        kind=meeting.kind_id, organ__place=meeting.organ.place_id, meets_at__lt=meeting.meets_at
    ).exclude(state="called_off")
    last = before.order_by("-meets_at").values_list("meets_at", flat=True).first()
    return timezone.localdate(last or meeting.meets_at - _A_FORTNIGHT)


def _came(hat: Hat, since: date, *, now: datetime) -> Sequence[Figure]:
    """Count what was received since a day: altogether, and by each channel it came through, which add up to it."""
    seen = Petition.objects.visible_to(hat)
    whole = Question(view=View.ALL, since=since)
    figures = [_figure(pgettext_lazy("situation", "Received"), whole, seen, hat, now)]
    for channel in Channel:
        narrowed = Question(view=View.ALL, since=since, channel=channel)
        figure = _figure(channel.label, narrowed, seen, hat, now)
        if figure.count or channel in _ALWAYS_SHOWN:
            figures.append(figure)
    return figures


def _figure(label: str | Promise, question: Question, seen: Any, hat: Hat, now: datetime) -> Figure:
    facts = {"view": question.view.value}
    if question.since:
        facts["since"] = question.since.isoformat()
    if question.channel:
        facts["channel"] = question.channel.value
    return Figure(label, capped_count(asked(seen, question, hat=hat, now=now)), urlencode(facts))
