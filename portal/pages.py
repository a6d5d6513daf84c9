"""What the public pages show: the office's own words, and who receives when (R-02)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from accounts.hats import Hat
from accounts.models import Organ, OrganKind
from leadership.models import DutyDay, Station
from leadership.queues import left_to_book
from leadership.rosters import portfolios_of
from portal.actions import BOOKED_AHEAD
from portal.forms import Publish
from portal.models import Publication
from portal.states import ON_THE_FIRST_PAGE, Topic

_ON_THE_FIRST_PAGE = 5


@dataclass(frozen=True)
class Said:
    """The office's words on a topic, in the reader's language where it wrote them in it."""

    topic: Topic
    text: str
    lang: str


@dataclass(frozen=True)
class Sits:
    """Who receives on a day: name, post, portfolio, time, place (R-02)."""

    row: DutyDay
    portfolio: str
    can_book: bool


def publishing_office() -> Organ | None:
    """Return the petition office this house publishes for: the nearest to the ground that published something."""
    offices = Organ.objects.current().filter(
        kind=OrganKind.PETITION_OFFICE, publications__isnull=False, publications__ended_at=None
    )
    return offices.distinct().order_by("-place__path", "pk").first()


def said_by(office: Organ | None) -> dict[str, Said]:
    """Return what an office published, by topic."""
    if office is None:
        return {}
    english = get_language() == "en"
    rows = Publication.objects.standing().filter(office=office)
    return {
        row.topic: Said(Topic(row.topic), row.text_en, "en")
        if english and row.text_en
        else Said(Topic(row.topic), row.text, "zh-CN")
        for row in rows
    }


def sits_of(office: Organ | None, *, now: datetime, most: int | None = None) -> list[Sits]:
    """Return who receives on the coming days, today included, and whether a number can be booked."""
    if office is None:
        return []
    today = timezone.localdate(now)
    rows = (
        DutyDay.objects.sat()
        .filter(office=office)
        .between(today, today + BOOKED_AHEAD)
        .select_related("post__user", "post__organ")
        .order_by("day")
    )
    coming = [row for row in rows if not row.is_over(now)][:most]
    portfolios = portfolios_of({row.post_id for row in coming}, on=today)
    left = left_to_book(coming)
    return [Sits(row, portfolios.get(row.post_id, ""), left[row.pk] > 0) for row in coming]


def stations_of(office: Organ | None) -> Sequence[Station]:
    """Return the stations that are open, in the order of the divisions."""
    if office is None:
        return []
    rows = Station.objects.standing().filter(office=office).select_related("place")
    return list(rows.order_by("place__path", "name"))


def entry_page(form: Any, *, now: datetime, **facts: Any) -> dict[str, Any]:
    """Return the first page: the question, who receives next, the ways to the office."""
    office = publishing_office()
    said = said_by(office)
    return {
        "office": office,
        "form": form,
        "sits": sits_of(office, now=now, most=_ON_THE_FIRST_PAGE),
        "ways": [said[topic] for topic in ON_THE_FIRST_PAGE if topic in said],
        "further": [topic for topic in Topic if topic in said and topic not in ON_THE_FIRST_PAGE],
        **facts,
    }


@dataclass(frozen=True)
class ToPublish:
    """A topic with what stands there now and the form of a new wording."""

    topic: Topic
    standing: Publication | None
    form: Publish


def publishing_page(
    hat: Hat, *, refused: Publish | None = None, topic: Topic | None = None
) -> Sequence[ToPublish]:
    """Return every topic with what an office published on it."""
    standing = {row.topic: row for row in Publication.objects.standing().filter(office=hat.organ)}
    return [
        ToPublish(
            each,
            standing.get(each),
            refused if refused is not None and each is topic else _form(each, standing.get(each)),
        )
        for each in Topic
    ]


def _form(topic: Topic, row: Publication | None) -> Publish:
    initial = {"text": row.text, "text_en": row.text_en} if row else None
    return Publish(initial=initial, auto_id=f"id-{topic}-%s")
