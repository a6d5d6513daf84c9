"""What the pages of the roster and of one day's queue show."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ, Post
from accounts.page_deeds import Bound, Offer
from cases import permissions as may_case
from cases.models import Petition
from leadership import permissions as may
from leadership.models import DutyDay, Rotation, Ticket
from leadership.queues import left_to_book, serves
from leadership.reception_deeds import ON_DUTY_DAY, ON_ROSTER, ON_TICKET
from leadership.reception_states import IN_THE_QUEUE, Outcome, TicketState
from leadership.rosters import knows_holidays_of, leaders_for, office_for, working_days_of
from lib.errors import Unknown


@dataclass(frozen=True)
class Cell:
    """One day of the month: who receives, and how many numbers are taken."""

    day: date
    is_workday: bool
    row: DutyDay | None
    taken: int


def month_of(text: str, *, today: date) -> date:
    """Return the first day of a month written 2026-03; of the present one where nothing is written.

    :raises Unknown: if it is no month, or none with a month before and after it
    """
    try:
        first = date.fromisoformat(f"{text}-01") if text else today.replace(day=1)
    except ValueError as error:
        raise Unknown(_("There is no such page.")) from error
    if not MINYEAR < first.year < MAXYEAR:
        raise Unknown(_("There is no such page."))
    return first


def roster_page(hat: Hat, first: date, *, now: datetime, bound: Bound) -> dict[str, Any]:
    """Return a month of the roster that a hat reads, with what it may do about it."""
    office, today = office_for(hat), timezone.localdate(now)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    rows = (
        DutyDay.objects.filter(office=office)
        .between(first, last)
        .select_related("post__user", "post__organ", "planned__user")
        .annotate(taken=Count("tickets", filter=Q(tickets__state__in=sorted(IN_THE_QUEUE))))
    )
    by_day = {row.day: row for row in rows}
    worked = set(working_days_of(first.year, first.month))
    # the grid begins on a Monday and ends on a Sunday; days of other months are left empty
    grid: list[Cell | None] = [None] * first.weekday()
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        row = by_day.get(day)
        grid.append(Cell(day, day in worked, row, getattr(row, "taken", 0)))
    grid += [None] * (-len(grid) % 7)
    return {
        "office": office,
        "first": first,
        "before": first - timedelta(days=1),
        "after": last + timedelta(days=1),
        "today": today,
        "cells": grid,
        "rotation": _rotation(office, max(first, today)),
        "knows_holidays": knows_holidays_of(first.year),
        "offers": list(_of_roster(hat, office, first, bound, today)),
    }


def _rotation(office: Organ, on: date) -> Rotation | None:
    rows = Rotation.objects.filter(office=office, since__lte=on).select_related("fixed_post__user")
    return rows.prefetch_related("seats__post__user").order_by("-since").first()


def _of_roster(hat: Hat, office: Organ, first: date, bound: Bound, today: date) -> Iterator[Offer]:
    if not may.may_keep_rosters(hat):
        return
    posts = labelled(leaders_for(office, on=today))
    for deed in ON_ROSTER.values():
        if deed.name == "plan_month" and not knows_holidays_of(first.year):
            continue
        form = bound.get(("roster", deed.slug))
        if form is None:
            form = deed.form() if deed.name == "plan_month" else deed.form(posts=posts)
        yield Offer(deed, form, "leadership:on_roster", f"{first:%Y-%m}")


def labelled(posts: Sequence[Post]) -> list[tuple[int, str]]:
    """Return leaders as lists of forms name them."""
    return [(post.pk, f"{post.user.name} {post.title}".strip()) for post in posts]


@dataclass(frozen=True)
class InQueue:
    """One number of the queue as its page shows it; the petition only where the reader sees it.

    What was said about one that was sealed since is shown to nobody (Q1).
    """

    row: Ticket
    words: str
    petition: Petition | None
    offers: Sequence[Offer]
    may_register: bool


def day_page(hat: Hat, row: DutyDay, *, now: datetime, bound: Bound) -> dict[str, Any]:
    """Return one day of the roster: who sits, who stood in for whom, and for who may read it the queue."""
    today = timezone.localdate(now)
    secretary = serves(hat, row, now)
    reads = may.reads_queue(hat, row, serves=secretary)
    queue = list(_queue(hat, row, now=now, bound=bound, secretary=secretary)) if reads else []
    seen = [one.row for one in queue if one.row.state == TicketState.SEEN]
    return {
        "duty": row,
        "over": row.is_over(now),
        "today": today,
        "substitutions": row.substitutions.select_related("leaves__user", "takes__user", "person").order_by(
            "pk"
        ),
        "reads": reads,
        "queue": queue,
        "waiting": sum(one.row.waits for one in queue),
        "batches": len(seen),
        "persons": sum(ticket.persons for ticket in seen),
        "left": left_to_book([row])[row.pk],
        "offers": list(_of_day(hat, row, now=now, bound=bound, secretary=secretary)),
    }


def _of_day(hat: Hat, row: DutyDay, *, now: datetime, bound: Bound, secretary: bool) -> Iterator[Offer]:
    if not row.stands or row.is_over(now):
        return
    slugs = []
    if may.works_at_window(hat):
        slugs.append("take-number")
    if may.may_change_day(hat, row, serves=secretary):
        slugs.append("substitute")
    if may.may_keep_rosters(hat):
        slugs.append("call-off")
    others = [post for post in leaders_for(row.office, on=row.day) if post.pk != row.post_id]
    for slug in slugs:
        deed = ON_DUTY_DAY[slug]
        form = bound.get(("duty_day", slug))
        if form is None:
            form = deed.form(posts=labelled(others)) if slug == "substitute" else deed.form()
        yield Offer(deed, form, "leadership:on_duty_day", row.pk)


def _queue(hat: Hat, row: DutyDay, *, now: datetime, bound: Bound, secretary: bool) -> Iterator[InQueue]:
    tickets = list(row.tickets.select_related("sponsorship", "petition").order_by("number"))
    seen = _seen(hat, tickets)
    begun = Petition.objects.visible_to(hat).filter(submission_id__in=[ticket.pk for ticket in tickets])
    registered = {petition.submission_id: petition for petition in begun}
    for ticket in tickets:
        known = seen.get(ticket.petition_id) if ticket.petition_id else registered.get(ticket.pk)
        slugs = _slugs(hat, row, ticket, known, now=now, secretary=secretary)
        offers = [_offer(ticket, slug, known, bound) for slug in slugs]
        writes = "note-talk" in slugs and known is None and may_case.may_register(hat)
        sealed = ticket.petition is not None and ticket.petition.sealed
        yield InQueue(ticket, "" if sealed else ticket.words, known, offers, writes)


def _slugs(
    hat: Hat, row: DutyDay, ticket: Ticket, known: Petition | None, *, now: datetime, secretary: bool
) -> list[str]:
    slugs = []
    if may.works_at_window(hat) and ticket.waits:
        if ticket.state == TicketState.WAITING and row.is_open(now):
            slugs.append("call")
        slugs += ["note-talk", "let-go"] if row.has_come(now) else ["let-go"]
    takes = may.may_take_on(hat, row, serves=secretary)
    if takes and ticket.petition_id and known is not None and ticket.sponsorship_id is None:
        slugs.append("take-on")
    return slugs


def _offer(ticket: Ticket, slug: str, known: Petition | None, bound: Bound) -> Offer:
    deed = ON_TICKET[slug]
    form = bound.get((f"ticket:{ticket.pk}", slug))
    if form is None:
        initial: dict[str, Any] = {"persons": ticket.persons}
        if known is not None:
            initial["outcome"] = Outcome.REGISTERED
        form = deed.form(initial=initial, auto_id=f"id-{slug}-{ticket.number}-%s")
    return Offer(deed, form, "leadership:on_ticket", ticket.pk)


def _seen(hat: Hat, tickets: Sequence[Ticket]) -> Mapping[UUID, Petition]:
    keys = [ticket.petition_id for ticket in tickets if ticket.petition_id]
    return {petition.pk: petition for petition in Petition.objects.visible_to(hat).filter(pk__in=keys)}
