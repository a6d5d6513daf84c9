"""Drawing a report up, for a person and for the clock alike; no transaction of its own."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone

from accounts.hats import Hat
from accounts.models import Organ, OrganKind, Post
from audit.parts import Actor, record
from cases.models import ContentCategory
from indicators.figures import Asked
from lib.transactions import require_transaction
from notices.models import Kind
from notices.parts import tell
from places.models import Place
from reports.models import Report, ReportFigure
from reports.permissions import OFFICE
from reports.states import ReportKind
from reports.written.counting import counted_for

SYSTEM = Actor(words="clock")


@dataclass(frozen=True)
class About:
    """What an analysis is about: its subject in words, and to which part of the trees it is narrowed."""

    subject: str = ""
    place: Place | None = None
    category: ContentCategory | None = None


def draw_up(
    kind: ReportKind, asked: Asked, about: About, *, office: Organ, by: Hat | None, as_of: date, now: datetime
) -> Report:
    """Keep a new report with its numbers, and tell its office's people; they stay as they were counted.

    Without a hat the clock draws it up.

    :raises RuntimeError: outside a transaction
    """
    require_transaction("reports.draw_up")
    report = Report.objects.create(
        office=office,
        kind=kind,
        since=asked.period.since,
        until=asked.period.until,
        as_of=as_of,
        universe=asked.universe,
        subject=about.subject,
        place=about.place,
        category=about.category,
        drawn_by=by.post if by else None,
        drawn_at=now,
    )
    ReportFigure.objects.bulk_create(
        ReportFigure(report=report, group=one.group, key=one.key, count=one.count, before=one.before)
        for one in counted_for(kind, replace(asked, as_of=as_of), office, now=now)
    )
    told = working_in(office, OFFICE, now)
    key = f"figures:{report.pk}:drawn"
    tell(told, Kind.FIGURES_DRAWN, key=key, subject_id=str(report.pk), now=now)
    facts = {"kind": kind.value, "since": report.since.isoformat(), "until": report.until.isoformat()}
    record("figures.draw_up", report, by=by.actor if by else SYSTEM, at=now, facts=facts)
    return report


def working_in(office: Organ, roles: Collection[str], now: datetime) -> list[int]:
    """Return the posts of some roles that are held in an office, or in the one that carries it on."""
    today = office.carried_on_by_id or office.pk
    held = Post.objects.held_on(timezone.localdate(now))
    those = held.filter(organ=today, organ__kind=OrganKind.PETITION_OFFICE, role__in=sorted(roles))
    return list(those.values_list("pk", flat=True))
