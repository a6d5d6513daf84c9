"""What must be done first today, for the hat worn: read from petitions, drafts and notices."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Prefetch
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.hats import Hat
from accounts.models import Organ
from accounts.roles import ADMINISTRATORS, Role
from assignments.models import Assignment
from assignments.views import ASKED
from cases import permissions as may
from cases.backdated import count_late_days
from cases.counting import counts_among, counts_of_open, counts_of_views
from cases.handlings import all_deemed_at
from cases.ledger import LampColour, View, due_key
from cases.models import (
    Draft,
    Handling,
    ImportBatch,
    Petition,
    Petitioner,
    PetitionQuerySet,
)
from cases.models.imports import CONFIRMS_WITHDRAWAL
from cases.rows import rows_of
from cases.states import OPEN, Receipt
from cases.workflow import APPROVES, HANDLES, HEADS, RULES, SIGNS, Step
from desk.administration import doors_of, needs_of
from desk.first import READS_ONLY, first_of
from grids.direct import waiting_for as direct_reports_for
from grids.event_pages import waits_for as events_that_wait_for
from grids.models.grids import ON_THE_GROUND
from grids.permissions import HAS_EVENTS
from grids.round_pages import waits_for as rounds_that_wait_for
from hearings.waiting import opinions_that_wait_for, risks_that_wait_for
from hearings.waiting import waits_for as hearings_of
from leadership.call_back_pages import waits_for as call_backs_of
from leadership.pressure_pages import reports_for
from leadership.waiting import waits_for
from lib.keyset import capped_count
from lib.masking import mask_text
from notices.matters import told_of
from notices.models import Notice
from scoring.waiting import waits_for as scores_of

_FIRST = 3
_LISTED = 12
# What waits of the way, and whose work it is.
_WAITS = (
    (View.TO_ROUTE, _("To be routed"), "send", HANDLES),
    (View.OBJECTIONS, _("Objections to decide"), "arrow-back-up", HANDLES),
    (View.PAPERS, _("Papers to approve"), "file-check", APPROVES),
    (View.TO_SERVE, _("Papers to serve"), "mail", SIGNS),
    (View.EXTENSIONS, _("Extensions to decide"), "clock", HEADS),
    (View.VOIDS, _("Proposals to void"), "ban", RULES[Step.VOID].roles),
    (View.WITHDRAWALS, _("Withdrawals to confirm"), "arrow-back-up", RULES[Step.CONFIRM_WITHDRAWAL].roles),
    (View.RECUSALS, _("Recusals to decide"), "ban", RULES[Step.DECIDE_RECUSAL].roles),
    (View.KEEPS, _("Kept petitions to look at"), "eye", APPROVES),
    (View.REPEATS, _("Repeats to decide"), "copy-check", RULES[Step.REVERSE_REPEAT].roles),
    (View.REMEDIES, _("Opinions to review"), "scale", HANDLES),
    (View.TO_FINISH, _("Petitions to finish"), "circle-check", RULES[Step.FINISH].roles),
)


@dataclass(frozen=True)
class Box:
    """One kind of work with how much of it waits, and where it is."""

    label: str | Promise
    icon: str
    count: int
    url_name: str
    query: str = ""


@dataclass(frozen=True)
class ToSignFor:
    """One sending that waits to be signed for, and when it is deemed received anyway."""

    handling: Handling
    title: str
    deemed_at: datetime


def my_work(hat: Hat, *, now: datetime) -> dict[str, Any]:
    """Return what the page of this hat shows, in a fixed number of queries."""
    if hat.role in ADMINISTRATORS:
        return {"administrator": True, "needs": needs_of(hat.role, now), "doors": doors_of(hat.role)}
    lane = (
        Petition.objects.sealed_to(hat)
        if hat.role == Role.SEALED_LANE_OFFICER
        else Petition.objects.visible_to(hat)
    )
    first = _nearest(lane, hat)
    at_the_head = {each.pk for each in first}
    coming = [each for each in _nearest(lane, hat, after=now) if each.pk not in at_the_head]
    rows = rows_of([*first, *coming[:_LISTED]], now=now)
    registers = may.may_register(hat) or may.registers_for_office(hat)
    ledger = "cases:sealed_ledger" if hat.role == Role.SEALED_LANE_OFFICER else "cases:ledger"
    counts = _counts(lane, hat, now)
    called = Notice.objects.unread().filter(post=hat.post).order_by("-decided_at")[:6]
    return {
        "administrator": False,
        "reads_only": hat.role in READS_ONLY,
        "first": first_of(rows[: len(first)], hat, now=now),
        "rows": rows[len(first) :],
        "boxes": _boxes(hat, counts, ledger, registers=registers, now=now),
        "today": _today(lane, now),
        "lamps": {lamp.value: counts[lamp] for lamp in LampColour},
        "ledger": ledger,
        "notices": told_of(called, hat, now=now),
        "registers": registers,
        "inbox": _inbox(hat),
        # of which the table shows the oldest
        "to_sign_for": 0 if hat.sees_its_place else counts.get(View.TO_SIGN_FOR, 0),
        "sealed_lane": hat.role == Role.SEALED_LANE_OFFICER,
    }


def _nearest(lane: PetitionQuerySet, hat: Hat, *, after: datetime | None = None) -> list[Petition]:
    """Return the open petitions nearest their end; after a moment those alone that are not overdue by then."""
    by = "next_due_at" if hat.role == Role.SEALED_LANE_OFFICER else due_key(hat)
    later: dict[str, Any] = {"moment__isnull": False} if after is None else {"moment__gt": after}
    due = lane.open().annotate(moment=F(by)).order_by("moment", "pk").filter(**later)
    return list(due.for_list()[: _FIRST + (_LISTED if after else 0)])


def _counts(lane: PetitionQuerySet, hat: Hat, now: datetime) -> Mapping[str, int]:
    """Return how much each lamp and each view has that a box or a table of this page names."""
    if hat.role == Role.SEALED_LANE_OFFICER:
        return counts_among(lane.waits_in_the_lane(), now=now)
    waiting = [view for view, _label, _icon, roles in _WAITS if hat.role in roles]
    signs = [View.TO_SIGN_FOR] if hat.role in SIGNS else []
    counts = counts_of_open(hat, now=now)
    of_views = counts_of_views([*waiting, *signs], hat=hat, now=now)
    return {**counts, **{view.value: number for view, number in of_views.items()}}


def _boxes(hat: Hat, counts: Mapping[str, int], ledger: str, *, registers: bool, now: datetime) -> list[Box]:
    def waiting(view: View, label: str | Promise, icon: str) -> Box:
        # what the ready-made view shows is what is counted, so that a number leads to its list
        return Box(label, icon, counts[view], ledger, f"?view={view}")

    boxes = [
        waiting(View.OVERDUE, _("Overdue"), "alert-octagon"),
        waiting(View.DUE_SOON, _("Due within 7 days"), "clock"),
        waiting(View.OPEN, _("All open"), "folder"),
    ]
    if hat.role != Role.SEALED_LANE_OFFICER:
        asked = [waiting(view, label, icon) for view, label, icon, roles in _WAITS if hat.role in roles]
        boxes += [box for box in asked if box.count]
    if registers:
        drafts = Draft.objects.filter(post=hat.post)
        boxes.append(Box(_("Parked drafts"), "inbox", drafts.count(), "cases:drafts"))
        direct = capped_count(direct_reports_for(hat))
        if direct:
            boxes.append(Box(_("Reports about cadres"), "lock", direct, "cases:direct_reports"))
    if hat.role in ASKED:
        owed = capped_count(Assignment.objects.owed().asked_of(hat))
        if owed:
            boxes.append(Box(_("Asked of us, still owed"), "clipboard-list", owed, "assignments:list"))
    boxes += [
        Box(label, icon, count, "leadership:supervision", where)
        for label, icon, where, count in waits_for(hat)
        if count
    ]
    if hat.role in HAS_EVENTS:
        events = capped_count(events_that_wait_for(hat))
        if events:
            boxes.append(Box(_("Events of grids"), "list-details", events, "grids:events", "?view=waits"))
        rounds = capped_count(rounds_that_wait_for(hat, now=now))
        if rounds:
            words = _("Rounds to report") if hat.role in ON_THE_GROUND else _("Rounds that were missed")
            boxes.append(Box(words, "eye-check", rounds, "grids:rounds"))
    boxes += [
        Box(label, icon, count, "hearings:hearings") for label, icon, count in hearings_of(hat) if count
    ]
    risks = risks_that_wait_for(hat)
    if risks:
        boxes.append(Box(_("Risk assessments to decide on"), "scale", risks, "hearings:decisions"))
    opinions = opinions_that_wait_for(hat)
    if opinions:
        boxes.append(
            Box(_("Public hearings with opinions to study"), "message", opinions, "hearings:decisions")
        )
    boxes += [
        Box(label, "phone", count, "leadership:call_backs", f"?view={view}")
        for label, view, count in call_backs_of(hat)
        if count
    ]
    pressed = capped_count(reports_for(hat).waiting())
    if pressed:
        words = _("Reports of pressure to look into")
        boxes.append(Box(words, "shield-exclamation", pressed, "leadership:pressure"))
    boxes += [Box(label, icon, count, url) for label, icon, count, url in scores_of(hat) if count]
    if hat.role in CONFIRMS_WITHDRAWAL:
        asked_back = ImportBatch.objects.to_withdraw(hat).count()
        if asked_back:
            boxes.append(Box(_("Lists to withdraw"), "file-spreadsheet", asked_back, "cases:imports"))
    if may.reads_backdated(hat):
        late = count_late_days(hat)
        boxes.append(Box(_("Days typed late"), "calendar-event", late, "cases:backdated"))
    return boxes


def _inbox(hat: Hat) -> list[ToSignFor]:
    """Return what was sent to the hat's organ and nobody has signed for, oldest first (Q22)."""
    if hat.role not in SIGNS:
        return []
    ours = Organ.objects.of_today(hat.organ)
    sent = Handling.objects.filter(
        organ__in=ours, receipt=Receipt.DELIVERED, ended_at=None, petition__routing__in=sorted(OPEN)
    )
    petitions = sent.filter(petition__sealed=False).select_related(
        "petition__words", "petition__place__parent", "sender", "route"
    )
    people = Prefetch("petition__people", Petitioner.objects.exclude(representative_no=None))
    waiting = list(petitions.prefetch_related(people).order_by("sent_at", "pk")[:_LISTED])
    ends = all_deemed_at([handling.sent_at for handling in waiting])
    return [
        ToSignFor(
            handling=handling,
            title=mask_text(
                handling.petition.words.title,
                names=[person.name for person in handling.petition.people.all()],
            ),
            deemed_at=end,
        )
        for handling, end in zip(waiting, ends, strict=True)
    ]


def _today(lane: PetitionQuerySet, now: datetime) -> Mapping[str, int]:
    """Return today's registrations, in petitions and in persons (data-standard §5); what is void is none (Q18)."""
    start = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    today = lane.standing().filter(registered_at__gte=start)
    counts = list(today.values_list("petitioner_count", flat=True)[:2000])
    return {"batches": len(counts), "persons": sum(counts)}
