"""What stands over a leader's home and beside it: today's queue, what his plans ask of these days, his year so far."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.hats import Hat
from accounts.models import Post
from cases.models import Petition, Resolution
from leadership.models import DutyDay, Instruction, PlanStep, Sponsorship, Ticket
from leadership.reception_figures import Done, done_by
from leadership.reception_states import TicketState
from leadership.states import InstructionState
from leadership.titles import Titled, titles_of

_SOON = timedelta(days=7)


@dataclass(frozen=True)
class InLine:
    """A number of today's queue. It bears no name; the petition of a talk stands there where the reader sees it."""

    ticket: Ticket
    petition: Titled | None


@dataclass(frozen=True)
class Sits:
    """A reception of today with its queue, in the order of the numbers."""

    duty: DutyDay
    queue: Sequence[InLine]

    @property
    def waiting(self) -> int:
        return sum(one.ticket.waits for one in self.queue)


@dataclass(frozen=True)
class Year:
    """What a leader did since the first of January; of what he sponsored then, how much is settled (化解)."""

    done: Done
    sponsored: int
    resolved: int
    instructions: int


def sits_today(leaders: Collection[int], hat: Hat, *, now: datetime) -> list[Sits]:
    """Return today's receptions of some leaders, each with its queue, in a fixed number of queries."""
    today = timezone.localdate(now)
    days = DutyDay.objects.sat().filter(post__in=leaders, day=today).select_related("post__user")
    tickets = Ticket.objects.filter(duty_day__in=days).exclude(state=TicketState.CANCELLED)
    numbers = list(tickets.order_by("number"))
    keys = [one.petition_id for one in numbers if one.petition_id]
    seen = Petition.objects.visible_to(hat).filter(pk__in=keys)
    titles = titles_of(list(seen.values_list("pk", flat=True))) if keys else {}
    return [
        Sits(
            day,
            [
                InLine(one, titles.get(one.petition_id) if one.petition_id else None)
                for one in numbers
                if one.duty_day_id == day.pk
            ],
        )
        for day in days.order_by("begins", "pk")
    ]


def steps_soon(sponsored: QuerySet[Sponsorship], *, today: date) -> int:
    """Return how many steps of the plans of some sponsorships end within seven days or ended undone."""
    steps = PlanStep.objects.open().filter(sponsorship__in=sponsored.values("pk"))
    return steps.filter(due_on__lte=today + _SOON).count()


def year_of(leader: Post, *, today: date) -> Year:
    """Return what a leader did this year; whatever is sealed counts nowhere (Q2)."""
    first = today.replace(month=1, day=1)
    settled = Resolution.objects.filter(
        petition=OuterRef("petition"), ended_at=None, confirmed_at__isnull=False
    )
    rows = Sponsorship.objects.filter(post=leader, petition__sealed=False).filter(
        Q(ended_at=None) | Q(ended_at__year=first.year)
    )
    counted = rows.annotate(settled=Exists(settled)).aggregate(
        sponsored=Count("pk"), resolved=Count("pk", filter=Q(settled=True))
    )
    signed = Instruction.objects.filter(
        leader=leader, petition__sealed=False, given_at__year=first.year
    ).exclude(state=InstructionState.UNDONE)
    return Year(done_by(leader, since=first, until=today), **counted, instructions=signed.count())
