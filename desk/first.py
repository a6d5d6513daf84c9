"""The petitions at the head of the day: why each is first, and what its reader does next on it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from accounts.models import Organ
from accounts.roles import ADMINISTRATORS, Role
from cases.models import Claim, Handling, Petition, PetitionClock, Recusal
from cases.rows import LedgerRow
from cases.states import UNLIT_CLOCKS, HandlingState, Receipt, Routing
from cases.workflow import RULES, SIGNS, Place, Seat, Standing, Step, refusal_of
from deadlines.words import title_of
from leadership.permissions import may_draft
from leadership.states import SlipKind
from leadership.sweeps import OWED_BY_UNITS

# Roles that take no step of the way and register nothing: they read, and are told what is nearest, not what to do.
READS_ONLY = (
    frozenset(Role)
    - ADMINISTRATORS
    - SIGNS
    - {Role.SEALED_LANE_OFFICER}
    - frozenset(role for step, rule in RULES.items() if step is not Step.RECUSE for role in rule.roles)
)

# In the order in which they are asked for; the first that the seat may take is the next one.
_NEXT: Mapping[Step, Promise] = {
    Step.SIGN_FOR: pgettext_lazy("next step", "Sign for it"),
    Step.DECIDE_RETURN: pgettext_lazy("next step", "Decide on the objection"),
    Step.ROUTE: pgettext_lazy("next step", "Decide its way"),
    Step.ACCEPT: pgettext_lazy("next step", "Decide on acceptance"),
    Step.DRAFT_OPINION: pgettext_lazy("next step", "Find out and answer"),
    Step.EXECUTE: pgettext_lazy("next step", "Note that it was carried out"),
}


@dataclass(frozen=True)
class First:
    """One petition at the head of the day, why it is there, and the step that is the reader's; empty if none is.

    `supervise` says that a unit's period passed and the reader may draw up an order about it (Art 40; R-50).
    """

    row: LedgerRow
    reason: str
    step: str | Promise
    supervise: bool = False


def first_of(rows: Sequence[LedgerRow], hat: Hat, *, now: datetime) -> list[First]:
    """Return the rows with reason and next step, in a fixed number of queries whatever their number."""
    keys = [row.petition.pk for row in rows]
    clocks = list(
        PetitionClock.objects.open()
        .filter(petition__in=keys, due_at__isnull=False)
        .exclude(code__in=sorted(UNLIT_CLOCKS))
        .select_related("organ")
        .order_by("due_at", "pk")
    )
    handlings = list(Handling.objects.filter(petition__in=keys, ended_at=None).order_by("sent_at", "pk"))
    ours = set(Organ.objects.of_today(hat.organ).values_list("pk", flat=True))
    unrouted = set(Claim.objects.filter(petition__in=keys, route=None).values_list("petition", flat=True))
    recused = set(
        Recusal.objects.filter(petition__in=keys, user=hat.user, withdrawn=True).values_list(
            "petition", flat=True
        )
    )
    found = []
    for row in rows:
        petition = row.petition
        seat = Seat(hat.role, frozenset(), recused=petition.pk in recused)
        step = _next_step(
            petition,
            [handling for handling in handlings if handling.petition_id == petition.pk],
            seat,
            ours,
            unrouted=petition.pk in unrouted,
        )
        clock = next((clock for clock in clocks if clock.petition_id == petition.pk), None)
        supervise = clock is not None and clock.organ_id not in ours and _may_be_ordered(clock, hat, now)
        found.append(First(row, _reason(clock) if clock else "", _NEXT[step] if step else "", supervise))
    return found


def _may_be_ordered(clock: PetitionClock, hat: Hat, now: datetime) -> bool:
    passed = clock.due_at is not None and clock.due_at <= now
    return passed and clock.code in OWED_BY_UNITS and may_draft(hat, SlipKind.SUPERVISION)


def _reason(clock: PetitionClock) -> str:
    """Return which period makes it first, and whose it is."""
    return _("%(period)s: %(organ)s, last day %(day)s") % {
        "period": title_of(clock.code),
        "organ": clock.organ,
        "day": f"{clock.last_day:%m-%d}" if clock.last_day else "—",
    }


def _next_step(
    petition: Petition, handlings: Iterable[Handling], seat: Seat, ours: set[int], *, unrouted: bool
) -> Step | None:
    if petition.sealed:
        # the lane has no way of its own yet (Q1)
        return None
    sends = {Place.SENDS} if petition.register_organ_id in ours else set()
    takes = set()
    for handling in [None, *handlings]:
        leads = {Place.LEADS} if handling is not None and handling.organ_id in ours else set()
        here = Seat(seat.role, frozenset(sends | leads), seat.recused)
        standing = (
            Standing(Routing(petition.routing))
            if handling is None
            else Standing(Routing(petition.routing), Receipt(handling.receipt), HandlingState(handling.state))
        )
        for step in _NEXT:
            needs_handling = step is not Step.ROUTE
            # accepting is over once the organ investigates, whatever a further claim may bring
            over = step is Step.ACCEPT and standing.state is not HandlingState.UNDER_REVIEW
            if over or needs_handling is not (handling is not None):
                continue
            if refusal_of(step, here, standing) is None:
                takes.add(step)
    if not unrouted:
        takes.discard(Step.ROUTE)
    return next((step for step in _NEXT if step in takes), None)
