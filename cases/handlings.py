"""Pieces of deeds on what one organ leads of a petition. They open no transaction and refuse to work without one."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ, Post
from cases.deliveries import NOTHING_INSTEAD, Instead, deliveries_of
from cases.locks import lock_several
from cases.models import (
    Claim,
    CoHandling,
    CompletionReport,
    Handling,
    Involvement,
    JoinedMatter,
    Petition,
    PetitionClock,
    Petitioner,
    PetitionQuerySet,
    Progress,
    ProgressKind,
    Route,
)
from cases.parts import (
    copy_next_due,
    excluded_organs,
    follow_organs,
    involve,
    involve_portfolios,
    lock_petition,
)
from cases.people import has_withdrawn, is_dead
from cases.portfolios import enter_gate
from cases.states import (
    OPEN,
    Basis,
    ClaimDecision,
    ClockCode,
    Outcome,
    Receipt,
    RouteKind,
    SimpleGround,
)
from cases.urgings import no_longer_urged
from cases.workflow import HANDLES, SIGNS
from deadlines.calendars import calendar_of
from deadlines.parts import cancel, meet, start_clock
from documents.models import ServiceRecord
from documents.states import DocumentKind
from lib.errors import OutOfTurn, Refused, Unknown
from lib.prepared import Given, prepared
from lib.transactions import require_transaction
from notices.models import Kind, Notice
from notices.parts import settle, tell

# What tells the petitioner of a decision on a claim (Art 23; D05–D08); a suggestion is answered by a plain notice.
NOTICES = frozenset(
    {DocumentKind.D05, DocumentKind.D06, DocumentKind.D07, DocumentKind.D08, DocumentKind.NOTICE}
)


def lock_handling(petition_id: UUID, handling_id: UUID, hat: Hat) -> tuple[Petition, Handling]:
    """Return a petition this hat may know of and one handling of it, both held until the transaction ends.

    :raises Unknown: if there is none, or none for this hat (Q6)
    """
    petition = lock_petition(petition_id, hat)
    handling = _held.first(pk=handling_id, petition=petition.pk)
    if handling is None:
        raise Unknown(_("There is no such handling."))
    handling.petition = petition
    return petition, handling


@prepared
def _held(pk: Given, petition: Given) -> QuerySet[Handling]:
    held = Handling.objects.select_for_update(of=("self",), no_key=True).select_related("organ")
    return held.filter(pk=pk, petition=petition, ended_at=None)


def lock_with_joined(petition_id: UUID, hat: Hat) -> None:
    """Hold what a change of who leads a petition needs, before anything else is held: its portfolios, what was joined.

    Call it first in such a deed: the same organs read what was joined (Q11), and their leaders have part (管行业).
    """
    # asked first, so that the answer takes as long for a petition out of sight as for none (Q6)
    lanes = (Petition.objects.visible_to(hat), Petition.objects.sealed_to(hat))
    if not any(lane.filter(pk=petition_id).exists() for lane in lanes):
        return
    joined = set(_joined_to(petition_id).values_list("pk", flat=True))
    if joined:
        lock_several({petition_id, *joined})
    else:
        # leaders' parts follow who leads: whoever changes portfolios would wait for a petition that waits for him
        enter_gate()


def led_by(petition: Petition, hat: Hat) -> Handling | None:
    """Return what the hat's organ leads of a petition, the first if it carries several on (Q29); nothing if none."""
    standing = petition.handlings.filter(organ__in=Organ.objects.of_today(hat.organ), ended_at=None)
    return standing.order_by("sent_at", "pk").first()


def claim_of(handling: Handling, number: int) -> Claim:
    """Return one claim that an organ leads, by its number on the petition.

    :raises Unknown: if the organ leads no such claim
    """
    claim = Claim.objects.select_for_update(of=("self",)).filter(handling=handling, number=number).first()
    if claim is None:
        raise Unknown(_("This unit leads no such claim."))
    return claim


def open_clock(handling: Handling, code: ClockCode) -> PetitionClock | None:
    """Return the clock of one kind that runs on a handling, held; nothing if none runs."""
    return next(iter(_open_clocks(handling, [code])), None)


def _open_clocks(handling: Handling, codes: Iterable[ClockCode]) -> list[PetitionClock]:
    """Return the clocks of some kinds that run on a handling, held, the oldest first."""
    require_transaction("open_clocks")
    wanted = set(codes)
    running = _running(petition=handling.petition_id, organ=handling.organ_id)
    return [clock for clock in running if clock.code in wanted]


@prepared
def _running(petition: Given, organ: Given) -> QuerySet[PetitionClock]:
    running = PetitionClock.objects.open().select_for_update(of=("self",)).select_related("rule")
    return running.filter(petition=petition, organ=organ).order_by("pk")


def start(
    handling: Handling,
    code: ClockCode,
    *,
    event: str,
    at: datetime,
    now: datetime,
    set_day: date | None = None,
    presumed: bool = False,
) -> None:
    """Start a clock for the organ that leads, and show the nearest day in the lists."""
    start_clock(
        PetitionClock,
        code,
        started_at=at,
        event=event,
        now=now,
        set_day=set_day,
        presumed=presumed,
        petition=handling.petition,
        organ=handling.organ,
    )
    copy_next_due(handling.petition)


def end_clocks(handling: Handling, codes: Iterable[ClockCode], *, now: datetime) -> None:
    """Cancel the clocks of these kinds that still run for the organ that leads."""
    running = _open_clocks(handling, codes)
    for clock in running:
        cancel(clock, at=now)
    if running:
        copy_next_due(handling.petition)


def meet_clocks(handling: Handling, codes: Iterable[ClockCode], *, at: datetime, now: datetime) -> None:
    """Meet the clocks of these kinds that still run for the organ that leads."""
    running = _open_clocks(handling, codes)
    for clock in running:
        meet(clock, at=max(at, clock.started_at), now=now)
    if running:
        copy_next_due(handling.petition)


def moment_of(day: date, *, now: datetime) -> datetime:
    """Return the moment that a day typed by a person stands for: now if it is today, else that day's noon."""
    if day >= timezone.localdate(now):
        return now
    return timezone.make_aware(datetime.combine(day, time(12)))


def beginning_of(day: date) -> datetime:
    """Return the first moment of a day, in Asia/Shanghai."""
    return timezone.make_aware(datetime.combine(day, time.min))


def write_progress(
    handling: Handling, kind: ProgressKind, *, done_on: date, words: str, by: Hat, now: datetime, **more: Any
) -> Progress:
    """Write a note of what was done on a held handling; from now on it has been quiet no longer."""
    require_transaction("write_progress")
    handling.quiet_since_at = now
    handling.save(update_fields=["quiet_since_at"])
    return Progress.objects.create(
        handling=handling, kind=kind, done_on=done_on, words=words, noted_by=by.post, noted_at=now, **more
    )


def deemed_at(sent_at: datetime) -> datetime:
    """Return the last moment of the first working day after a delivery (Q22), in Asia/Shanghai."""
    return all_deemed_at([sent_at])[0]


def all_deemed_at(sent: Sequence[datetime]) -> list[datetime]:
    """Return for each delivery the moment at which it is deemed received, with one look at the calendar (Q22, Q26)."""
    days = [timezone.localdate(each) for each in sent]
    calendar = calendar_of(year for day in days for year in (day.year, day.year + 1)).by_weekday()
    ends = [calendar.after(day, 1) + timedelta(days=1) for day in days]
    return [timezone.make_aware(datetime.combine(end, time.min)) - timedelta(seconds=1) for end in ends]


def hand_to(
    petition: Petition,
    organ: Organ,
    route: Route,
    *,
    report_due_on: date | None,
    simple_ground: SimpleGround | None = None,
    by: Hat,
    now: datetime,
) -> Handling:
    """Give claims to the organ that leads them from now on, and tell its people.

    What an organ registered for itself is received already: its T2 runs from the registration (Art 23(2)).
    """
    require_transaction("hand_to")
    own = route.kind == RouteKind.SELF_HANDLE
    handling = Handling.objects.create(
        petition=petition,
        route=route,
        organ=organ,
        sender=by.organ,
        sent_at=now,
        report_due_on=report_due_on,
        simple_track=simple_ground is not None,
        simple_ground=simple_ground or "",
        receipt=Receipt.RECEIVED if own else Receipt.DELIVERED,
        received_at=now if own else None,
        received_by=by.post if own else None,
        known_at=now,
    )
    involve(petition, Basis.LEADS, now=now, organ=organ)
    # leaders in charge of the organ (管行业) have part from now on
    involve_portfolios(petition, now=now)
    if not own:
        tell_organ(organ, HANDLES | SIGNS, Kind.SENT_TO_YOU, petition, key=f"handling:{handling.pk}", now=now)
    let_in_to_joined(handling, now=now)
    return handling


def take_from(handling: Handling, *, now: datetime) -> None:
    """End a handling whose return was agreed: the organ has no part in the petition for it any longer."""
    require_transaction("take_from")
    handling.ended_at = now
    Route.objects.filter(pk=handling.route_id).update(ended_at=now)
    Claim.objects.filter(handling=handling).update(handling=None, route=None, known_at=now)
    # T5 is at most a presumed one: nothing was decided on (Q23)
    end_clocks(handling, [ClockCode.T3, ClockCode.T4, ClockCode.T5, ClockCode.T6, ClockCode.T11], now=now)
    release(handling.petition, Basis.LEADS, organ=handling.organ, now=now)
    for asked in handling.co_handlings.select_related("organ"):
        others = CoHandling.objects.filter(handling__petition=handling.petition_id, organ=asked.organ)
        if not others.filter(handling__ended_at=None).exclude(handling=handling).exists():
            release(handling.petition, Basis.ASSISTS, organ=asked.organ, now=now)
    follow_organs(handling.petition, now=now)
    told = Notice.objects.standing().filter(subject_id=str(handling.petition_id), post__organ=handling.organ)
    told.update(withdrawn_at=now)
    no_longer_urged(Handling.objects.filter(pk=handling.pk), now=now)
    shut_out_of_joined(handling, now=now)


def let_in_to_joined(handling: Handling, *, now: datetime) -> None:
    """Let the organ that leads a pending petition read what was joined to it, and tell it what goes on (Q11).

    The petition is held with what was joined to it: see `lock_with_joined`. A sealed one gives nobody a part.
    """
    for joined in _held_joined_to(handling.petition_id):
        if not joined.sealed:
            key = f"joined:{handling.pk}:{handling.petition.version}"
            let_in_as_joined(joined, handling, key=key, now=now)


def let_in_as_joined(joined: Petition, handling: Handling, *, key: str, now: datetime) -> None:
    """Give the organ of a handling part in one petition that was joined to it, held and in the open lane."""
    if handling.organ_id != joined.register_organ_id:
        involve(joined, Basis.JOINED, now=now, organ=handling.organ)
        involve_portfolios(joined, now=now)
    if joined.routing in OPEN:
        tell_organ(handling.organ, HANDLES, Kind.CAME_AGAIN, joined, key=key, now=now)


def shut_out_of_joined(handling: Handling, *, now: datetime) -> None:
    """End the part that leading a pending petition gave in what was joined to it, unless the organ leads on (Q11)."""
    today = handling.organ.carried_on_by or handling.organ
    for joined in _held_joined_to(handling.petition_id):
        others = Handling.objects.filter(organ__in=Organ.objects.of_today(today), ended_at=None)
        pending = JoinedMatter.objects.filter(petition=joined, route__ended_at=None, pending__sealed=False)
        if others.exclude(pk=handling.pk).filter(petition__in=pending.values("pending")).exists():
            continue
        release(joined, Basis.JOINED, organ=today, now=now)
        follow_organs(joined, now=now)
        told = Notice.objects.standing().filter(subject_id=str(joined.pk), post__organ=today)
        if Involvement.objects.filter(petition=joined, organ=today, ended_at=None).exists():
            told = told.filter(kind=Kind.CAME_AGAIN)
        told.update(withdrawn_at=now)


def _joined_to(petition_id: UUID) -> PetitionQuerySet:
    joins = JoinedMatter.objects.filter(pending=petition_id, route__ended_at=None)
    return Petition.objects.filter(pk__in=joins.values("petition"))


def _held_joined_to(petition_id: UUID) -> list[Petition]:
    """Return what was joined to a petition, held.

    Whatever was joined after the transaction began is taken without waiting, so that nobody waits in a ring.

    :raises OutOfTurn: if somebody else holds one of them at this moment
    """
    joined = _joined_to(petition_id)
    held = list(joined.select_for_update(skip_locked=True, no_key=True).order_by("pk"))
    if len(held) < joined.count():
        raise OutOfTurn(_("What was joined to it is being changed at this moment. Save again."))
    return held


def refuse_reported(petition: Petition, organ: Organ | None) -> None:
    """Refuse to give claims to a unit that the petition names as wrongdoer, or that a named person leads (R-33).

    This is about petitions of the open lane; in the sealed lane whoever is named is kept out altogether.

    :raises Refused: if the petition names it
    """
    if organ is not None and organ.pk in excluded_organs(petition, below=False):
        message = _("The petition names this unit, or who leads it, as the wrongdoer (Art 28(3)).")
        raise Refused(message, fields={"organ": message})


def release(petition: Petition, basis: Basis, *, organ: Organ, now: datetime) -> None:
    """End an organ's part in a petition for one reason; another reason keeps it."""
    require_transaction("release")
    standing = Involvement.objects.filter(petition=petition, organ=organ, ended_at=None).first()
    if standing is None or basis not in standing.bases:
        return
    kept = [other for other in standing.bases if other != basis]
    if kept:
        standing.bases = kept
        standing.save(update_fields=["bases"])
    else:
        standing.ended_at = now
        standing.save(update_fields=["ended_at"])


def tell_organ(
    organ: Organ, roles: Iterable[str], kind: Kind, petition: Petition, *, key: str, now: datetime
) -> None:
    """Tell everyone of an organ who works on petitions, but for those who withdrew from this one (R-33)."""
    today = organ.carried_on_by_id or organ.pk
    posts = Post.objects.held_on(timezone.localdate(now)).filter(organ=today, role__in=sorted(set(roles)))
    posts = posts.exclude(user__in=petition.recusals.filter(withdrawn=True).values("user"))
    tell(
        posts.values_list("pk", flat=True),
        kind,
        key=f"petition:{petition.pk}:{key}",
        subject_id=str(petition.pk),
        now=now,
    )


def settle_call(petition: Petition, key: str, *, now: datetime) -> None:
    """Take back what `tell_organ` told under a key, once the duty is done: it leaves everybody's count."""
    settle(str(petition.pk), call_of(petition, key), now=now)


def call_of(petition: Petition, key: str) -> str:
    """Return the whole key under which `tell_organ` told of a duty."""
    return f"petition:{petition.pk}:{key}"


def addressees(petition: Petition) -> Sequence[Petitioner]:
    """Return the persons who are served: every representative, or the main petitioner (Q17).

    Neither who withdrew nor who died (Q19). Nobody, where name or address is unclear: then no notice is owed
    (Art 23(2)).
    """
    if petition.is_anonymous:
        return []
    seated = _representatives(petition=petition.pk)
    # Where nobody is left, the petition ends otherwise or a successor comes: nothing is waived meanwhile (Q19).
    return [person for person in seated if not person.is_gone] or seated


@prepared
def _representatives(petition: Given) -> QuerySet[Petitioner, Any]:
    representatives = Petitioner.objects.filter(petition=petition).exclude(representative_no=None)
    return representatives.annotate(is_gone=has_withdrawn() | is_dead()).order_by("representative_no")


def all_delivered_at(
    handling: Handling,
    kinds: Collection[DocumentKind],
    claims: Iterable[int],
    people: Iterable[Petitioner],
    instead: Instead = NOTHING_INSTEAD,
) -> date | None:
    """Return the day by which each of these people had every claim's paper posted or in hand; nothing before (Q24).

    Posting is in time for the organ; the petitioner's own periods run from his receipt (Art 35).
    """
    wanted = {person.pk for person in people}
    deliveries = deliveries_of([handling])
    days: list[date] = []
    for number in claims:
        delivered = deliveries.days((handling.pk, number), kinds, instead)
        if not wanted <= set(delivered):
            return None
        days += [delivered[person] for person in wanted]
    return max(days, default=None)


def opinion_delivered_on(
    handling: Handling, people: Iterable[Petitioner], instead: Instead = NOTHING_INSTEAD
) -> date | None:
    """Return the day by which the opinion was posted or handed to each of these people; nothing before that."""
    accepted = Claim.objects.filter(handling=handling, decision=ClaimDecision.ACCEPTED)
    numbers = list(accepted.values_list("number", flat=True))
    return all_delivered_at(handling, [DocumentKind.D15], numbers, people, instead)


def next_execution_day(handling: Handling) -> date | None:
    """Return the day by which the next supported claim is to be carried out; nothing once all are (Art 32)."""
    waiting = Claim.objects.filter(handling=handling, outcome=Outcome.SUPPORT, executed_at=None)
    return waiting.order_by("execution_due_on").values_list("execution_due_on", flat=True).first()


def run_execution(handling: Handling, *, now: datetime) -> None:
    """Let the clock of carrying out run to the next day set by the opinion.

    A day that passed before the paper was in the petitioner's hands is due today: it is late from tomorrow, and the
    opinion can be served all the same.
    """
    day = next_execution_day(handling)
    if day is not None:
        set_day = max(day, timezone.localdate(now))
        start(handling, ClockCode.EXECUTION, event="served", at=now, now=now, set_day=set_day)


def all_served(handling: Handling, people: Iterable[Petitioner]) -> bool:
    """Test if each of these people has a service record of the opinion: what 办结 needs (Q24)."""
    wanted = {person.pk for person in people}
    if handling.opinion_id is None:
        return False
    served = ServiceRecord.objects.standing().filter(document=handling.opinion_id)
    return wanted <= set(served.values_list("petitioner_ref", flat=True))


def standing_report(handling: Handling) -> CompletionReport | None:
    """Return the report that was taken or waits; nothing if none came or the last was sent back."""
    return handling.completion_reports.exclude(taken=False).first()
