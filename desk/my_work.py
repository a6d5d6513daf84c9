"""What must be done first today, for the hat worn: read from petitions, drafts and notices."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.hats import Hat
from accounts.roles import ADMINISTRATORS, Role
from cases import permissions as may
from cases.ledger import View, due_key, in_view
from cases.models import Draft, Petition, PetitionQuerySet, VoidProposal
from cases.rows import rows_of
from lib.keyset import capped_count
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
    return {
        "administrator": False,
        "first": nearest[:_FIRST],
        "rows": nearest[_FIRST:],
        "boxes": _boxes(lane, hat, now, registers=registers),
        "today": _today(lane, now),
        "lamps": _lamps(lane, now),
        "notices": Notice.objects.unread().filter(post=hat.post).order_by("-decided_at")[:6],
        "registers": registers,
        "sealed_lane": hat.role == Role.SEALED_LANE_OFFICER,
    }


def _nearest(lane: PetitionQuerySet, hat: Hat) -> list[Petition]:
    by = "next_due_at" if hat.role == Role.SEALED_LANE_OFFICER else due_key(hat)
    return list(
        lane.open().filter(next_due_at__isnull=False).for_list().order_by(by, "pk")[: _FIRST + _LISTED]
    )


def _boxes(lane: PetitionQuerySet, hat: Hat, now: datetime, *, registers: bool) -> list[Box]:
    ledger = "cases:sealed_ledger" if hat.role == Role.SEALED_LANE_OFFICER else "cases:ledger"
    boxes = [
        Box(
            _("Overdue"),
            "alert-octagon",
            capped_count(in_view(lane, View.OVERDUE, now=now)),
            ledger,
            "?view=overdue",
        ),
        Box(
            _("Due within 7 days"),
            "clock",
            capped_count(in_view(lane, View.DUE_SOON, now=now)),
            ledger,
            "?view=due_soon",
        ),
        Box(_("All open"), "folder", capped_count(in_view(lane, View.OPEN, now=now)), ledger, "?view=open"),
    ]
    if registers:
        drafts = Draft.objects.filter(post=hat.post)
        boxes.append(Box(_("Parked drafts"), "inbox", drafts.count(), "cases:drafts"))
    if hat.role in {Role.SECTION_HEAD, Role.OFFICE_DIRECTOR}:
        waiting = VoidProposal.objects.filter(decided_at=None, petition__in=lane.values("pk"))
        boxes.append(Box(_("Proposals to void"), "ban", waiting.count(), ledger, "?view=all"))
    if may.reads_backdated(hat):
        late = lane.exclude(backdating_evidence="")
        boxes.append(
            Box(_("Days of receipt typed late"), "calendar-event", capped_count(late), "cases:backdated")
        )
    return boxes


def _today(lane: PetitionQuerySet, now: datetime) -> Mapping[str, int]:
    """Return today's registrations, in petitions and in persons (data-standard §5)."""
    start = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    counts = list(lane.filter(registered_at__gte=start).values_list("petitioner_count", flat=True)[:2000])
    return {"batches": len(counts), "persons": sum(counts)}


def _lamps(lane: PetitionQuerySet, now: datetime) -> Mapping[str, int]:
    """Return how many open petitions show each colour (Q27)."""
    rows = lane.open()
    return {
        "r": capped_count(rows.filter(next_due_at__lte=now)),
        "y": capped_count(rows.filter(next_due_at__gt=now, next_amber_at__lte=now)),
        "g": capped_count(rows.filter(Q(next_amber_at__gt=now))),
    }
