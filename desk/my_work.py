"""What must be done first today, for the hat worn: read from petitions, drafts and notices."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.hats import Hat
from accounts.models import Organ
from accounts.roles import ADMINISTRATORS, Role
from cases import permissions as may
from cases.backdated import count_late_days
from cases.handlings import all_deemed_at
from cases.ledger import View, conditions_of_open, counts_of_open, due_key
from cases.models import (
    Claim,
    Draft,
    Extension,
    Handling,
    KeepCheck,
    Petition,
    Petitioner,
    PetitionQuerySet,
    Recusal,
    VoidProposal,
    Withdrawal,
)
from cases.rows import rows_of
from cases.states import OPEN, Receipt, Routing
from cases.workflow import APPROVES, HANDLES, HEADS, RULES, SIGNS, Step
from documents.models import Document
from documents.states import State as DocumentState
from lib.keyset import capped_count
from lib.masking import mask_text
from notices.models import Notice

_FIRST = 3
_LISTED = 12


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
        return {"administrator": True}
    lane = (
        Petition.objects.sealed_to(hat)
        if hat.role == Role.SEALED_LANE_OFFICER
        else Petition.objects.visible_to(hat)
    )
    nearest = rows_of(_nearest(lane, hat), now=now)
    registers = may.may_register(hat) or may.registers_for_office(hat)
    counts = counts_of_open(lane, {**_lamps(now), **conditions_of_open(now)})
    return {
        "administrator": False,
        "first": nearest[:_FIRST],
        "rows": nearest[_FIRST:],
        "boxes": _boxes(lane, hat, counts, registers=registers),
        "today": _today(lane, now),
        "lamps": {colour: counts[colour] for colour in _lamps(now)},
        "notices": Notice.objects.unread().filter(post=hat.post).order_by("-decided_at")[:6],
        "registers": registers,
        "inbox": _inbox(hat),
        "sealed_lane": hat.role == Role.SEALED_LANE_OFFICER,
    }


def _nearest(lane: PetitionQuerySet, hat: Hat) -> list[Petition]:
    by = "next_due_at" if hat.role == Role.SEALED_LANE_OFFICER else due_key(hat)
    return list(
        lane.open().filter(next_due_at__isnull=False).for_list().order_by(by, "pk")[: _FIRST + _LISTED]
    )


def _boxes(lane: PetitionQuerySet, hat: Hat, counts: Mapping[str, int], *, registers: bool) -> list[Box]:
    ledger = "cases:sealed_ledger" if hat.role == Role.SEALED_LANE_OFFICER else "cases:ledger"
    boxes = [
        Box(
            _("Overdue"),
            "alert-octagon",
            counts[View.OVERDUE],
            ledger,
            "?view=overdue",
        ),
        Box(
            _("Due within 7 days"),
            "clock",
            counts[View.DUE_SOON],
            ledger,
            "?view=due_soon",
        ),
        Box(_("All open"), "folder", counts[View.OPEN], ledger, "?view=open"),
    ]
    boxes += _boxes_of_handling(lane, hat, ledger)
    if registers:
        drafts = Draft.objects.filter(post=hat.post)
        boxes.append(Box(_("Parked drafts"), "inbox", drafts.count(), "cases:drafts"))
    if hat.role in {Role.SECTION_HEAD, Role.OFFICE_DIRECTOR}:
        waiting = VoidProposal.objects.filter(decided_at=None, petition__in=lane.values("pk"))
        boxes.append(Box(_("Proposals to void"), "ban", waiting.count(), ledger, "?view=all"))
    if may.reads_backdated(hat):
        late = count_late_days(hat)
        boxes.append(Box(_("Days typed late"), "calendar-event", late, "cases:backdated"))
    return boxes


def _boxes_of_handling(lane: PetitionQuerySet, hat: Hat, ledger: str) -> list[Box]:
    """What waits of the way: to be routed, to be signed for, to be decided or approved."""
    if hat.role == Role.SEALED_LANE_OFFICER:
        return []
    boxes = []
    ours = Organ.objects.of_today(hat.organ)
    if hat.role in HANDLES:
        own = lane.filter(routing=Routing.REGISTERED, register_organ__in=ours).filter(
            Exists(Claim.objects.filter(petition=OuterRef("pk"), route=None))
        )
        boxes.append(Box(_("To be routed"), "send", capped_count(own), "cases:route_next"))
        objections = Handling.objects.filter(
            sender__in=ours, receipt=Receipt.OBJECTION_PENDING, ended_at=None, petition__sealed=False
        ).filter(petition__routing__in=sorted(OPEN))
        boxes.append(Box(_("Objections to decide"), "arrow-back-up", objections.count(), "notices:inbox"))
    if hat.role in APPROVES:
        # a petition sealed since is none of theirs any more, nor is its number of drafts (Q1)
        drafts = Document.objects.filter(organ__in=ours, case__petition__sealed=False).exclude(
            state=DocumentState.ISSUED
        )
        drafts = drafts.exclude(case__petition__routing=Routing.ENDED)
        to_approve = drafts.exclude(drafter=hat.user)
        boxes.append(Box(_("Papers to approve"), "file-check", to_approve.count(), "notices:inbox"))
    if hat.role in HEADS:
        asked = Extension.objects.filter(organ__in=ours, decided_at=None, handling__petition__sealed=False)
        asked = asked.filter(handling__petition__routing__in=sorted(OPEN))
        boxes.append(Box(_("Extensions to decide"), "clock", asked.count(), "notices:inbox"))
    boxes += _boxes_of_ends(hat)
    return [box for box in boxes if box.count]


def _boxes_of_ends(hat: Hat) -> list[Box]:
    """What waits of other ends, recusals and samples (Q13, Q19; R-33)."""
    boxes = []
    going_on = {"petition__sealed": False, "petition__routing__in": sorted(OPEN)}
    if hat.role in RULES[Step.CONFIRM_WITHDRAWAL].roles:
        noted = Withdrawal.objects.filter(
            petition__register_organ=hat.organ, confirmed_at=None, ended_at=None, **going_on
        )
        boxes.append(Box(_("Withdrawals to confirm"), "arrow-back-up", capped_count(noted), "notices:inbox"))
    if hat.role in HEADS:
        asked = Recusal.objects.filter(judge=hat.organ, withdrawn=None, **going_on).exclude(user=hat.user)
        boxes.append(Box(_("Recusals to decide"), "ban", asked.count(), "notices:inbox"))
    if hat.role in APPROVES:
        drawn = KeepCheck.objects.filter(
            sample__organ=hat.organ, looked_at=None, route__ended_at=None, route__petition__sealed=False
        ).exclude(Q(kept_by=hat.user) | Q(countersigned_by=hat.user))
        drawn = drawn.exclude(route__petition__routing=Routing.ENDED)
        boxes.append(Box(_("Kept petitions to look at"), "eye", drawn.count(), "notices:inbox"))
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
    """Return today's registrations, in petitions and in persons (data-standard §5)."""
    start = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    counts = list(lane.filter(registered_at__gte=start).values_list("petitioner_count", flat=True)[:2000])
    return {"batches": len(counts), "persons": sum(counts)}


def _lamps(now: datetime) -> Mapping[str, Q]:
    """Return when an open petition shows each colour (Q27)."""
    return {
        "r": Q(next_due_at__lte=now),
        "y": Q(next_due_at__gt=now, next_amber_at__lte=now),
        "g": Q(next_amber_at__gt=now),
    }
