"""Pieces that the deeds of events share; none runs outside a transaction. Locked: the event, then what is asked."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ, Post
from assignments.models import Assignment
from assignments.states import Kind as Asked
from assignments.states import Tier
from audit.parts import Actor, record
from deadlines.owners import Moved
from deadlines.parts import cancel, meet, start_clock
from grids.event_states import OVER, Basis, ClockCode, EventState, Rating, Step
from grids.models import (
    Evaluation,
    EventClock,
    EventLift,
    EventMove,
    EventPart,
    GridEvent,
    GridStaff,
    grids_of,
)
from grids.models.grids import KEEPING_ROLES, ON_THE_GROUND
from grids.workflow import RULES, Seat, may_take
from infra.numbers import take_number
from lib.errors import NotAllowed, OutOfTurn, Stale, Unknown
from lib.transactions import require_transaction
from notices.models import Kind as NoticeKind
from notices.parts import settle, tell, tell_of_calendar

SYSTEM = Actor(words="clock")
# a phone's clock may run ahead by so much; one that runs further is wrong
MOST_AHEAD = timedelta(minutes=2)
# of the tiers that have a period of their own; elsewhere a day is set with what is asked
_CLOCK_OF_TIER = {
    Tier.GRID: ClockCode.SPOT,
    Tier.COMMUNITY: ClockCode.COMMUNITY,
    Tier.TOWNSHIP: ClockCode.TOWNSHIP,
}


def hold_event(event_id: UUID, by: Hat, *, version: int | None = None) -> GridEvent:
    """Return an event this hat knows of, held, as it was seen by whoever writes.

    :raises Unknown: if this hat knows of none
    :raises Stale: if somebody wrote since (Q32)
    """
    require_transaction("hold_event")
    if not GridEvent.objects.visible_to(by).filter(pk=event_id).exists():
        raise Unknown(_("There is no such event."))
    event = lock_event(event_id)
    if version is not None and event.version != version:
        raise Stale(_("Somebody wrote on this event meanwhile. Look at it again; your text stays."))
    return event


def lock_event(event_id: UUID) -> GridEvent:
    """Return an event with what its deeds read, held."""
    require_transaction("lock_event")
    rows = GridEvent.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("grid__scheme", "organ__place", "type").get(pk=event_id)


def seats_of(hat: Hat, event: GridEvent) -> frozenset[Seat]:
    """Return where a hat stands towards an event it knows of."""
    seats = set()
    if hat.role in ON_THE_GROUND and grids_of(hat.post).filter(pk=event.grid_id).exists():
        seats.add(Seat.GROUND)
    if hat.role in KEEPING_ROLES and hat.organ.is_or_carries_on(event.organ):
        seats.add(Seat.DESK)
    return frozenset(seats)


def check_step(step: Step, event: GridEvent, by: Hat) -> None:
    """Refuse a step that is not this hat's, or does not follow from where the event stands.

    :raises NotAllowed: if it is somebody else's
    :raises OutOfTurn: if it does not follow
    """
    seats = seats_of(by, event)
    if not seats & RULES[step].seats:
        raise NotAllowed(_("This step on the event is not yours."))
    if not may_take(step, seats, EventState(event.state)):
        raise OutOfTurn(
            _("The event stands at “%(state)s”: this does not follow.") % {"state": event.get_state_display()}
        )


def move_to(event: GridEvent, state: EventState, *also: str, now: datetime) -> None:
    """Write where an event stands now; what waited for somebody there is told no longer."""
    require_transaction("move_to")
    event.state, event.version = state, event.version + 1
    event.ended_at = now if state in OVER else None
    event.save(update_fields=["state", "version", "ended_at", *also])
    settle(str(event.pk), f"event:{event.pk}:waits", now=now)


def touch(event: GridEvent) -> None:
    """Write that something was added to an event, so that whoever saw it before looks again."""
    require_transaction("touch")
    event.version += 1
    event.save(update_fields=["version"])


def note(
    event: GridEvent,
    step: Step,
    words: str = "",
    *,
    by: Hat | None,
    now: datetime,
    organ: Organ | None = None,
    observed_at: datetime | None = None,
    client_id: UUID | None = None,
    actor: Actor | None = None,
) -> None:
    """Write a step into the event's record, and that it was done into the audit, without its words."""
    require_transaction("grids.note")
    EventMove.objects.create(
        event=event,
        step=step,
        words=words.strip(),
        organ=organ,
        by=by.post if by else None,
        person=by.user if by else None,
        observed_at=observed_at,
        done_at=now,
        client_id=client_id,
    )
    facts = {"event_state": event.state, **({"organ": organ.code} if organ else {})}
    who = actor or (by.actor if by else SYSTEM)
    record(f"event.{step}", event, by=who, at=now, facts=facts)


def goes_as(event: GridEvent) -> GridEvent:
    """Return the event that one goes as: itself, or at the end of the equal ones it was joined to."""
    while event.joined_to is not None:
        event = event.joined_to
    return event


def evaluate(
    event: GridEvent,
    rating: Rating,
    words: str,
    *,
    by: Hat | None,
    now: datetime,
    actor: Actor | None = None,
) -> None:
    """Write what the resident says of a held event, once; `by` took it down, nobody where he said it himself.

    :raises OutOfTurn: if it was rated
    """
    require_transaction("evaluate")
    if Evaluation.objects.filter(event=event).exists():
        raise OutOfTurn(_("The resident has rated it already."))
    noted_by = by.post if by else None
    Evaluation.objects.create(
        event=event, rating=rating, words=words.strip(), noted_by=noted_by, noted_at=now
    )
    touch(event)
    note(event, Step.EVALUATE, by=by, now=now, actor=actor)


def was_done(client_id: UUID | None, event_id: UUID) -> bool:
    """Test if a phone's submission was taken before, so that its second arrival changes nothing."""
    return client_id is not None and EventMove.objects.filter(client_id=client_id, event=event_id).exists()


def start_period(event: GridEvent, *, since: datetime, now: datetime) -> None:
    """Start the period of the tier an event is at; danger has its own. A tier above the township's has none."""
    require_transaction("start_period")
    code = _CLOCK_OF_TIER.get(Tier(event.tier))
    if code is not None and event.is_dangerous:
        code = ClockCode.DANGER
    event.next_due_at = None
    if code is not None:
        clock = start_clock(EventClock, code, started_at=since, event="held", now=now, event_id=event.pk)
        event.next_due_at = clock.due_at
    event.save(update_fields=["next_due_at"])


def end_period(event: GridEvent, *, met: bool, now: datetime) -> None:
    """End the period that runs on an event, as met or as no longer running."""
    require_transaction("end_period")
    for clock in EventClock.objects.open().select_for_update(of=("self",)).filter(event=event):
        if met:
            meet(clock, at=now, now=now)
        else:
            cancel(clock, at=now)
    event.next_due_at = None
    event.save(update_fields=["next_due_at"])
    settle(str(event.pk), f"event:{event.pk}:due", now=now)


def let_in(event: GridEvent, owner: Organ | Post, basis: Basis, *, now: datetime) -> None:
    """Let an organ or a post know of an event; whoever knows already is left alone."""
    require_transaction("let_in")
    facts: dict[str, Any] = {"organ": owner} if isinstance(owner, Organ) else {"post": owner}
    EventPart.objects.get_or_create(
        event=event, basis=basis, ended_at=None, **facts, defaults={"since_at": now}
    )


def let_out(event: GridEvent, basis: Basis, *, organ: Organ | None = None, now: datetime) -> None:
    """End every part in an event that one basis gave, or that of one organ."""
    require_transaction("let_out")
    parts = EventPart.objects.filter(event=event, basis=basis, ended_at=None)
    (parts.filter(organ=organ) if organ else parts).update(ended_at=now)


def next_number(now: datetime) -> str:
    """Return the next number of events of the year; held until commit."""
    year = timezone.localdate(now).year
    return f"WG{year}-{take_number(f'grid_event:{year}'):06d}"


def asked_on(event: GridEvent) -> QuerySet[Assignment]:
    """Return what is or was asked of units about an event, the oldest first; not whom it was lifted to."""
    lifted = EventLift.objects.filter(event=event, assignment__isnull=False)
    rows = Assignment.objects.filter(kind=Asked.EVENT, subject_id=str(event.pk))
    rows = rows.exclude(pk__in=lifted.values("assignment"))
    return rows.select_related("organ", "post__user", "clock").order_by("asked_at", "pk")


def tell_desk(event: GridEvent, kind: NoticeKind, *, key: str, now: datetime) -> None:
    """Tell whoever keeps the grids of the organ that has an event; in the grid itself, who stands for it."""
    require_transaction("tell_desk")
    posts = posts_at(event, on=timezone.localdate(now))
    tell(posts, kind, key=f"event:{event.pk}:{key}", subject_id=str(event.pk), now=now)


def posts_at(event: GridEvent, *, on: date) -> Iterable[int]:
    """Return the posts an event waits with."""
    if event.tier == Tier.GRID:
        above = [event.grid_id, *_above(event)]
        staff = GridStaff.objects.standing().filter(grid__in=above, post__isnull=False)
        return [post for post in staff.values_list("post", flat=True) if post is not None]
    organ = event.organ.carried_on_by_id or event.organ_id
    held = Post.objects.held_on(on).filter(organ=organ, role__in=sorted(KEEPING_ROLES))
    return list(held.values_list("pk", flat=True))


def _above(event: GridEvent) -> list[Any]:
    found, grid = [], event.grid
    while grid.parent is not None:
        grid = grid.parent
        found.append(grid.pk)
    return found


def hold_events(clocks: QuerySet[Any]) -> QuerySet[Any]:
    """Hold what some clocks run on, in the order of the keys, and return the clocks, which may be locked now."""
    require_transaction("hold_events")
    keys = set(clocks.order_by().values_list("event", flat=True))
    held = GridEvent.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys).order_by("pk")
    return clocks.filter(event__in=list(held.values_list("pk", flat=True)))


def take_moved_days(moved: Moved) -> None:
    """Copy days that a new calendar moved to where lists read them, and tell whoever has the events."""
    require_transaction("grids.take_moved_days")
    today = timezone.localdate(moved.at)
    posts: set[int] = set()
    for clock in moved.clocks:
        GridEvent.objects.filter(pk=clock.event_id).update(next_due_at=clock.due_at)
    for event in GridEvent.objects.filter(
        pk__in=[clock.event_id for clock in moved.last_days]
    ).select_related("organ", "grid__parent"):
        posts |= set(posts_at(event, on=today))
    tell_of_calendar(posts, moved.year, key=moved.key, now=moved.at)
