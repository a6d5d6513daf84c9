"""Work the clock brings. Safe to run twice, or in two places at once."""

import hashlib
import secrets
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat, TruncMonth
from django.utils import timezone

from accounts.models import Post
from audit.parts import Actor, record, record_each
from cases.actions.receiving import deem_received as deem_these_received
from cases.batches import Start, start_all
from cases.handlings import all_deemed_at, moment_of
from cases.keeps import put_before_a_third, with_nobody
from cases.locks import lock_several
from cases.models import (
    Claim,
    Draft,
    Handling,
    KeepCheck,
    KeepSample,
    Petition,
    PetitionClock,
    PetitionQuerySet,
    ReturnRequest,
    Route,
    SealedGrant,
)
from cases.parts import give_to_the_lane
from cases.states import OPEN, ClockCode, HandlingState, PetitionClass, Receipt, RouteKind, Routing
from cases.workflow import APPROVES
from deadlines.calendars import working_days_before
from deadlines.parts import cancel_all
from infra.local_settings import Setting, value_of
from infra.sweep_runs import Tally
from notices.models import Kind, Notice
from notices.parts import Told, tell, tell_of_each

BY = Actor(words="give_to_the_lane")
_SYSTEM = Actor(words="clock")
_BATCH = 50
# so many petitions are held for about as long as a deed of somebody's takes
_AT_ONCE = 100
# what a sweep came upon and somebody saw to, between the look and the lock
_SEEN_TO = "seen_to_meanwhile"
# of the notice that tells the heads of an objection nobody decided
_KEY_OF_OBJECTION = Concat(
    Value("petition:"),
    Cast("handling__petition", CharField()),
    Value(":objection:"),
    Cast("pk", CharField()),
    Value(":waits"),
)


def give_waiting_to_the_lane(*, now: datetime, tally: Tally | None = None) -> int:
    """Give every sealed petition that nobody reads to the officers the lane has now. Return how many were given.

    A report is registered even when the lane has no officer that day (R-10), and stands with nobody no longer than
    until somebody has the post (Q29).
    """
    given = 0
    # By key to the end, so that what nobody may read does not stand before the rest.
    batch = list(_waiting().values_list("pk", flat=True)[:_BATCH])
    while batch:
        acted = sum(_give_one(petition_id, now=now) for petition_id in batch)
        given += acted
        _skip(tally, "lane_without_officer", len(batch) - acted)
        batch = list(_waiting().filter(pk__gt=batch[-1]).values_list("pk", flat=True)[:_BATCH])
    return given


def tell_of_waiting_drafts(*, now: datetime) -> int:
    """Tell the post that keeps a draft, once, that its alarm has rung (Q31). Return how many drafts were told of.

    The words are the same for every draft, so those of a report tell nothing either (Q1).
    """
    told = 0
    while batch := _tell_of_drafts(now=now):
        told += batch
    return told


@transaction.atomic(durable=True)
def _tell_of_drafts(*, now: datetime) -> int:
    """Tell of one batch of drafts, held meanwhile: one registered or thrown away then takes its notice along."""
    key = Concat(Value("draft:"), Cast("pk", CharField()), Value(":waits"))
    untold = (
        Draft.objects.annotate(notice_key=key)
        .filter(~Exists(Notice.objects.filter(post=OuterRef("post"), key=OuterRef("notice_key"))))
        .filter(alarm_at__lte=now)
        .order_by("alarm_at", "pk")
        .select_for_update(skip_locked=True)
    )
    batch = list(untold[:_BATCH])
    for draft in batch:
        tell([draft.post_id], Kind.DRAFT_WAITS, key=draft.notice_key, subject_id=str(draft.pk), now=now)
    return len(batch)


def deem_received(*, now: datetime, tally: Tally | None = None) -> int:
    """Take as received what nobody signed for by the end of the first working day after delivery (Q22).

    Return how many there were.
    """
    delivered = Handling.objects.filter(
        receipt=Receipt.DELIVERED, ended_at=None, petition__routing__in=sorted(OPEN)
    ).order_by("pk")
    deemed: int = 0
    after: UUID | None = None
    while True:
        # Keys run with the time of sending, so the first that is not yet due ends the walk.
        page = delivered if after is None else delivered.filter(pk__gt=after)
        sent = list(page.values_list("pk", "sent_at")[:_AT_ONCE])
        ends = all_deemed_at([sent_at for _pk, sent_at in sent])
        batch = [pk for (pk, _sent_at), end in zip(sent, ends, strict=True) if end <= now]
        if not batch:
            return deemed
        acted = deem_these_received(batch, by=_SYSTEM, now=now)
        deemed += acted
        _skip(tally, _SEEN_TO, len(batch) - acted)
        after = batch[-1]


def presume_handling(*, now: datetime, tally: Tally | None = None) -> int:
    """Let a presumed T5 run where T3 passed without a decision, from T3's last day (Q23). Return how many began.

    It is for lamps, escalation and figures only; the legal one starts on acceptance and takes its place.
    """
    begun = 0
    undecided = _undecided_in_time(now).values_list("pk", flat=True)
    # By key to the end, so that what cannot begin does not stand before the rest.
    batch = list(undecided[:_AT_ONCE])
    while batch:
        acted = _presume(batch, now=now)
        begun += acted
        _skip(tally, _SEEN_TO, len(batch) - acted)
        batch = list(undecided.filter(pk__gt=batch[-1])[:_AT_ONCE])
    return begun


def lapse_objections(*, now: datetime, tally: Tally | None = None) -> int:
    """End the days for an objection that nobody used: a right lapses, it is not breached (Art 23(3); R-22).

    Return how many there were.
    """
    due = PetitionClock.objects.open().filter(code=ClockCode.T4, due_at__lte=now)
    # in the order of the index over open clocks: a walk by key would pass every clock there ever was
    lapsed = due.order_by("due_at", "pk")
    ended = 0
    while batch := list(lapsed.values_list("pk", "petition")[:_AT_ONCE]):
        acted = _lapse(dict(batch), now=now)
        ended += acted
        _skip(tally, _SEEN_TO, len(batch) - acted)
    return ended


@transaction.atomic(durable=True)
def _lapse(petition_by_clock: Mapping[int, UUID], *, now: datetime) -> int:
    """End the rights of one batch. No list shows their day as the nearest, so none changes."""
    lock_several(petition_by_clock.values())
    clocks = PetitionClock.objects.open().select_for_update(of=("self",)).filter(pk__in=petition_by_clock)
    lapsed = list(clocks.order_by("pk"))
    cancel_all(lapsed, at=now)
    return len(lapsed)


def put_objections_before_heads(*, now: datetime, tally: Tally | None = None) -> int:
    """Put objections undecided for two working days before the sender's section heads, once (Q22). Return how many.

    The case stays with the unit and its clocks run.
    """
    put = 0
    waiting = _undecided_objections(now=now)
    # By key to the end, so that what no head is there for does not stand before the rest.
    batch = list(waiting[:_AT_ONCE])
    while batch:
        put += _put_before_heads([one.pk for one in batch], now=now, tally=tally)
        batch = list(waiting.filter(pk__gt=batch[-1].pk)[:_AT_ONCE])
    return put


def _undecided_objections(*, now: datetime) -> QuerySet[ReturnRequest]:
    """Return the objections that wait too long and were not put before anybody yet, by key."""
    # asked before the second working day back from today: two of them lie between
    since = working_days_before(timezone.localdate(now), 2)
    waiting = ReturnRequest.objects.annotate(notice_key=_KEY_OF_OBJECTION).filter(
        decided_at=None,
        asked_at__lt=timezone.make_aware(datetime.combine(since, time.min)),
        handling__petition__sealed=False,
        handling__petition__routing__in=sorted(OPEN),
    )
    # by its subject, for which notices have an index
    told = Notice.objects.filter(
        subject_id=Cast(OuterRef("handling__petition"), CharField()), key=OuterRef("notice_key")
    )
    return waiting.filter(~Exists(told)).order_by("pk")


def due_by(*, now: datetime) -> list[tuple[str, str, int]]:
    """Return what the sweeps of this room would come upon at a moment: task, nothing more, and how many (Q2)."""
    delivered = Handling.objects.filter(
        receipt=Receipt.DELIVERED, ended_at=None, petition__routing__in=sorted(OPEN), petition__sealed=False
    )
    ends = all_deemed_at(list(delivered.values_list("sent_at", flat=True)))
    undecided = _undecided_in_time(now).filter(petition__sealed=False)
    lapsed = PetitionClock.objects.open().filter(code=ClockCode.T4, due_at__lte=now, petition__sealed=False)
    return [
        ("cases.tasks.deem_received", "", sum(end <= now for end in ends)),
        ("cases.tasks.presume_handling", "", undecided.count()),
        ("cases.tasks.lapse_objections", "", lapsed.count()),
        ("cases.tasks.put_objections_before_heads", "", _undecided_objections(now=now).count()),
    ]


def _skip(tally: Tally | None, reason: str, count: int) -> None:
    if tally is not None:
        tally.skip(reason, count)


@transaction.atomic(durable=True)
def _put_before_heads(objection_ids: Sequence[int], *, now: datetime, tally: Tally | None) -> int:
    objections = ReturnRequest.objects.filter(pk__in=objection_ids)
    lock_several(objections.values_list("handling__petition", flat=True))
    standing = _undecided_objections(now=now).filter(pk__in=objection_ids)
    sender = Coalesce("handling__sender__carried_on_by", "handling__sender")
    asked = list(standing.values_list("handling__petition", F("notice_key"), sender))
    heads: defaultdict[int, list[int]] = defaultdict(list)
    held = Post.objects.held_on(timezone.localdate(now)).filter(role__in=sorted(APPROVES))
    organ_ids = {organ_id for _petition_id, _key, organ_id in asked}
    for organ_id, post_id in held.filter(organ__in=organ_ids).values_list("organ", "pk"):
        heads[organ_id].append(post_id)
    told = [
        Told(str(petition_id), key, post_id)
        for petition_id, key, organ_id in asked
        for post_id in heads[organ_id]
    ]
    tell_of_each(told, Kind.OBJECTION_TO_DECIDE, now=now)
    put = len({one.key for one in told})
    _skip(tally, _SEEN_TO, len(objection_ids) - len(asked))
    _skip(tally, "nobody_to_tell", len(asked) - put)
    return put


def sample_keeps(*, now: datetime) -> int:
    """Draw a sample of what each organ kept without action in a month that is over, once for each (Q13).

    Months that were missed are made up for, a year back. Return how many samples were drawn.
    """
    this_month = timezone.localdate(now).replace(day=1)
    kept = _kept_between(this_month.replace(year=this_month.year - 1), this_month)
    months = kept.annotate(month=TruncMonth("countersigned_at")).values_list("keeper", "month").distinct()
    drawn = set(KeepSample.objects.values_list("organ", "month"))
    waiting = {(organ, timezone.localdate(month)) for organ, month in months} - drawn
    for check_id in _with_nobody(now):
        _put_before_others(check_id, now=now)
    return sum(_draw(organ_id, month, now=now) for organ_id, month in sorted(waiting))


def _kept_between(first: date, end: date) -> QuerySet[Route]:
    """Return what was kept from one day to before another, each with the organ of today that answers for it."""
    midnight = timezone.get_default_timezone()
    return (
        Route.objects.filter(kind=RouteKind.KEEP, ended_at=None, petition__sealed=False)
        .filter(petition__routing__in=[Routing.REGISTERED, Routing.ROUTED, Routing.FINISHED])
        .filter(countersigned_at__gte=datetime.combine(first, time.min, midnight))
        .filter(countersigned_at__lt=datetime.combine(end, time.min, midnight))
        .annotate(keeper=Coalesce("petition__register_organ__carried_on_by", "petition__register_organ"))
    )


@transaction.atomic(durable=True)
def _draw(organ_id: int, month: date, *, now: datetime) -> bool:
    following = (month + timedelta(days=31)).replace(day=1)
    of_organ = Q(petition__register_organ=organ_id, petition__register_organ__carried_on_by=None)
    of_organ |= Q(petition__register_organ__carried_on_by=organ_id)
    pool = _kept_between(month, following).filter(of_organ)
    routes = list(pool.order_by("pk").values_list("pk", flat=True))
    size = value_of(Setting.KEEP_SAMPLE_SIZE, on=timezone.localdate(now))
    # kept with the sample, so that anybody can draw it again from the same month
    seed = _new_seed(organ_id, month)
    chosen = Random(seed).sample(routes, min(size, len(routes)))  # noqa: S311 - a draw, no secret
    # Two sweeps come one after the other here, and a petition sealed meanwhile is not told of.
    lock_several(Petition.objects.filter(routes__in=chosen).values_list("pk", flat=True))
    if KeepSample.objects.filter(organ=organ_id, month=month).exists():
        return False
    sample = KeepSample.objects.create(
        organ_id=organ_id, month=month, seed=seed, population=len(routes), drawn_at=now
    )
    for route in pool.filter(pk__in=chosen).select_related("petition", "countersigned_by"):
        signer = route.countersigner_id
        if signer is None and route.countersigned_by is not None:
            signer = route.countersigned_by.user_id
        check = KeepCheck.objects.create(
            sample=sample,
            route=route,
            kept_by_id=route.maker_id,
            countersigned_by_id=signer,
        )
        put_before_a_third(check, now=now)
        record("petition.draw_keep", route.petition, by=_SYSTEM, at=now, facts={"month": month.isoformat()})
    return True


def _new_seed(organ_id: int, month: date) -> str:
    """Return a seed nobody can foresee; in a simulation the one that its own gives, so that two runs are equal."""
    if settings.SIMULATION:
        about = f"{settings.SIMULATION} {organ_id} {month}"
        return hashlib.sha256(about.encode()).hexdigest()[:16]
    return secrets.token_hex(8)


def _with_nobody(now: datetime) -> list[int]:
    """Return the keepings that wait where nobody is left who may look at them (Q13, Q29)."""
    waiting = KeepCheck.objects.filter(
        looked_at=None, route__ended_at=None, route__petition__sealed=False
    ).order_by("pk")
    return list(with_nobody(waiting, now=now).values_list("pk", flat=True))


@transaction.atomic(durable=True)
def _put_before_others(check_id: int, *, now: datetime) -> None:
    lock_several(Petition.objects.filter(routes__keep_check=check_id).values_list("pk", flat=True))
    check = (
        KeepCheck.objects.select_for_update(of=("self",))
        .select_related("route__petition__register_organ__place")
        .filter(pk=check_id, looked_at=None, route__petition__sealed=False)
        .first()
    )
    if check is not None:
        put_before_a_third(check, now=now)


def _undecided_in_time(now: datetime) -> QuerySet[Handling]:
    own = PetitionClock.objects.filter(petition=OuterRef("petition"), organ=OuterRef("organ"))
    passed = own.filter(code=ClockCode.T3, met_at=None, cancelled_at=None, due_at__lte=now)
    # a suggestion never has the sixty days (Q20)
    appeals = Claim.objects.filter(handling=OuterRef("pk")).exclude(petition_class=PetitionClass.SUGGESTION)
    return (
        Handling.objects.filter(Exists(passed), Exists(appeals), ~Exists(own.filter(code=ClockCode.T5)))
        .filter(receipt__in=[Receipt.RECEIVED, Receipt.OBJECTION_PENDING], state=HandlingState.UNDER_REVIEW)
        .filter(ended_at=None)
        .order_by("pk")
    )


@transaction.atomic(durable=True)
def _presume(handling_ids: Collection[UUID], *, now: datetime) -> int:
    lock_several(Handling.objects.filter(pk__in=handling_ids).values_list("petition", flat=True))
    undecided = _undecided_in_time(now).filter(pk__in=handling_ids).select_related("organ", "petition")
    handlings = list(undecided)
    passed = PetitionClock.objects.open().filter(
        code=ClockCode.T3, petition__in=[one.petition_id for one in handlings], last_day__isnull=False
    )
    # the oldest of an organ, as the clocks of one handling are read
    last_days = {(clock.petition_id, clock.organ_id): clock.last_day for clock in passed.order_by("-pk")}
    begun = [
        (one, moment_of(last_day, now=now))
        for one in handlings
        if (last_day := last_days.get((one.petition_id, one.organ_id)))
    ]
    start_all([Start(one, ClockCode.T5, "presumed", at, presumed=True) for one, at in begun], now=now)
    facts = [(one.petition_id, {"organ": one.organ.code}) for one, _at in begun]
    record_each("petition.presume_handling", Petition, facts, by=_SYSTEM, at=now)
    return len(begun)


def _waiting() -> PetitionQuerySet:
    read = SealedGrant.objects.filter(petition=OuterRef("pk"), ended_at=None)
    return Petition.objects.filter(~Exists(read), sealed=True).open().order_by("pk")


@transaction.atomic(durable=True)
def _give_one(petition_id: UUID, *, now: datetime) -> bool:
    petition = Petition.objects.select_for_update(no_key=True).get(pk=petition_id)
    if not _waiting().filter(pk=petition_id).exists():
        return False
    granted = give_to_the_lane(petition, reason="", now=now)
    if granted:
        record("petition.let_in", petition, by=BY, at=now, facts={"granted": granted})
    return bool(granted)
