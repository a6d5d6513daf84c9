"""Lifting a petition to another tier and down again: the pieces that deeds and the clock share (Q2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from accounts.hats import Hat
from accounts.models import Organ, Post
from assignments.models import Assignment, EscalationRule, Seat
from assignments.parts import ask, cancel, close, hold, receive
from assignments.seats import About, Found, find_each
from assignments.states import OWED, STANDS, Kind, LiftState, Span, State, Tier
from audit.parts import Actor, record, record_each
from cases.models import Handling, Involvement, Petition
from cases.parts import end_basis, involve, users_kept_out
from cases.states import Basis
from deadlines.calendars import working_days_after
from leadership import permissions as may
from leadership.matters import Matters
from leadership.models import LiftAddressee, PetitionLift
from leadership.parts import conference_office_of, office_over, organs_kept_out
from leadership.tiers import highest_of
from lib.copying import write_rows
from lib.new_rows import new_row
from lib.transactions import require_transaction
from notices.models import Kind as NoticeKind
from notices.parts import Told, settle, tell_of_each

SYSTEM = Actor(words="clock")
# after so many returns the joint-conference office decides where a matter belongs
MOST_RETURNS = 2
# What the list of what was asked says of it; papers and replies are Chinese for every reader.
TAKEN = "接收办理"
# What the leader is asked for, in the words of the paper trail; printed for Chinese readers as it is written.
_ACT = "请阅研该信访事项：接收办理、作出批示、说明理由退回，或者继续上报。"
_ACT_TO_DECIDE = "该事项已两次退回，请研究确定由哪一层级承办。"


def standing_lift(petition: Petition) -> PetitionLift | None:
    """Return the lift under which a petition stands with somebody now, held."""
    rows = PetitionLift.objects.select_for_update(of=("self",)).select_related("assignment", "seat")
    return rows.filter(petition=petition, state__in=sorted(STANDS)).first()


def tier_of(petition: Petition) -> Tier:
    """Return the tier a petition is at: where it was lifted to, else the highest of the organs that lead it."""
    lift = PetitionLift.objects.filter(petition=petition, state__in=sorted(STANDS)).first()
    if lift is not None:
        return Tier(lift.to_tier)
    led = Handling.objects.filter(petition=petition, ended_at=None)
    return highest_of(list(led.values_list("organ__kind", flat=True)), petition)


def about(petition: Petition) -> About:
    """Return what decides whom a petition is put before."""
    led = Handling.objects.filter(petition=petition, ended_at=None)
    return About(
        organ_paths=tuple(led.values_list("organ__path", flat=True)),
        place_path=petition.place_path,
        users_kept_out=users_kept_out(petition),
        organs_kept_out=organs_kept_out(petition),
    )


def seat_of_span(span: Span, *, on: date) -> Seat | None:
    """Return where a matter of a span has its place; one unit's has none above it."""
    rows = Seat.objects.in_force(on).select_related("organ__carried_on_by", "fallback__carried_on_by")
    seat: Seat | None = rows.filter(span=span).order_by("code").first()
    return seat


def whom_span_reaches(petition: Petition, span: Span, *, on: date) -> list[Found]:
    """Return before whom a petition comes when it is said to reach so far; nobody if it stays where it is."""
    seat = seat_of_span(span, on=on)
    if seat is None or Tier(seat.tier).rank <= tier_of(petition).rank:
        return []
    return find_each(seat, about(petition), on=on)


@dataclass(frozen=True, kw_only=True)
class Why:
    """By what a matter is lifted: a rule with the facts it went by, or a person with his reason."""

    key: str
    rule: EscalationRule | None = None
    facts: Mapping[str, Any] | None = None
    reason: str = ""
    binding: bool = False


def put_before(
    petition: Petition,
    seat: Seat,
    why: Why,
    *,
    by: Hat | None,
    now: datetime,
    proposed: PetitionLift | None = None,
) -> PetitionLift:
    """Put a held petition before everybody a seat comes to, each with his days to answer; where it stood ends.

    Where it was returned twice, the joint conference's office is asked where it goes instead.
    """
    require_transaction("put_before")
    from_tier = tier_of(petition)
    _leave_tier(petition, LiftState.LIFTED_ON, why.reason, by=by, now=now)
    returns = 0 if why.binding else returns_of(petition)
    office = conference_office_of(petition) if returns >= MOST_RETURNS else None
    # the office never decides on what names it
    if office is not None and office.pk in organs_kept_out(petition):
        office = None
    today = timezone.localdate(now)
    found = [(office, "")] if office else _whom(petition, seat, on=today)
    lift = proposed or PetitionLift(
        petition=petition,
        key=why.key,
        rule=why.rule,
        facts=dict(why.facts or {}),
        reason=why.reason,
        raised_at=now,
    )
    lift.from_tier, lift.to_tier, lift.seat = from_tier, seat.tier, seat
    lift.binding, lift.to_decide = why.binding, office is not None
    lift.state = LiftState.WAITING
    lift.raised_by = lift.raised_by or (by.post if by else None)
    due_on = working_days_after(today, seat.answer_days)
    addressees = [
        LiftAddressee(lift=lift, assignment=_ask(lift, asked, due_on, by=by, now=now), chosen=chosen)
        for asked, chosen in found
    ]
    lift.assignment, lift.chosen = addressees[0].assignment, addressees[0].chosen
    if proposed:
        lift.save(
            update_fields=[
                *("from_tier", "to_tier", "seat", "chosen", "binding", "to_decide", "state"),
                *("raised_by", "assignment", "decided_at", "decided_by", "decision"),
            ]
        )
    else:
        lift.save(force_insert=True)
    LiftAddressee.objects.bulk_create(addressees)
    for asked, _chosen in found:
        _let_in(petition, asked, now=now)
    _overtake(lift, now=now)
    facts = {
        "from_tier": from_tier,
        "to_tier": seat.tier,
        "rule": str(why.rule) if why.rule else "",
        "chosen": [chosen for _asked, chosen in found if chosen],
        "due_on": due_on.isoformat(),
        **{name: value for name, value in (why.facts or {}).items() if name in _TOLD_FACTS},
    }
    record("petition.lift", petition, by=by.actor if by else SYSTEM, at=now, facts=facts)
    return lift


def _whom(petition: Petition, seat: Seat, *, on: date) -> list[tuple[Organ | Post, str]]:
    """Return everybody a seat comes to for a petition, each with how he was found."""
    return [(found.asked, found.chosen) for found in find_each(seat, about(petition), on=on)]


def _ask(
    lift: PetitionLift, asked: Organ | Post, due_on: date, *, by: Hat | None, now: datetime
) -> Assignment:
    """Ask one of those a petition is put before, by a day of his own."""
    petition = lift.petition
    return ask(
        Kind.LIFTED,
        petition.pk,
        of=asked,
        act=_ACT_TO_DECIDE if lift.to_decide else _ACT,
        asking_organ=office_over(petition) or petition.register_organ,
        by=by,
        now=now,
        due_on=due_on,
        except_users=users_kept_out(petition),
    )


def _overtake(lift: PetitionLift, *, now: datetime) -> None:
    """End the proposals that would lift a petition no higher than it stands now; nobody has to decide on them."""
    waiting = PetitionLift.objects.select_for_update(of=("self",)).filter(
        petition=lift.petition, state=LiftState.PROPOSED
    )
    for proposal in waiting.exclude(pk=lift.pk):
        if Tier(proposal.to_tier).rank > Tier(lift.to_tier).rank:
            continue
        proposal.state, proposal.ended_at = LiftState.OVERTAKEN, now
        proposal.save(update_fields=["state", "ended_at"])
        key = f"petition:{lift.petition_id}:lift:{proposal.pk}"
        settle(str(lift.petition_id), key, now=now)


# of the facts a rule went by, those that say something to a reader
_TOLD_FACTS = frozenset({"trigger", "clock", "due_on_missed", "since", "days"})


def propose_all(
    lifted: Sequence[tuple[Petition, Why]], seat: Seat, matters: Matters, *, now: datetime
) -> None:
    """Write that a rule would lift held petitions, and ask their offices whether they are to be (Trigger, `acts`)."""
    lifts = [
        new_row(
            PetitionLift,
            petition=petition,
            key=why.key,
            rule=why.rule,
            seat=seat,
            facts=dict(why.facts or {}),
            from_tier=matters.tier_of(petition),
            to_tier=seat.tier,
            state=LiftState.PROPOSED,
            raised_at=now,
        )
        for petition, why in lifted
    ]
    write_rows(lifts)
    told = [
        Told(str(lift.petition_id), f"petition:{lift.petition_id}:lift:{lift.pk}", post_id)
        for lift in lifts
        if (office := matters.office_over(lift.petition))
        for post_id in matters.told_in(office, may.SIGNS, lift.petition)
    ]
    tell_of_each(told, NoticeKind.LIFT_PROPOSED, now=now)
    facts = [
        (lift.petition_id, {"from_tier": lift.from_tier, "to_tier": lift.to_tier, "rule": str(lift.rule)})
        for lift in lifts
    ]
    record_each("petition.propose_lift", Petition, facts, by=SYSTEM, at=now)


def addressees_of(lift: PetitionLift) -> list[LiftAddressee]:
    """Return everybody a held lift is put before, held, in the order they were asked."""
    rows = LiftAddressee.objects.select_for_update(of=("self",)).select_related("assignment")
    return list(rows.filter(lift=lift).order_by("pk"))


def take(standing: PetitionLift, addressee: LiftAddressee, words: str, *, by: Hat, now: datetime) -> None:
    """Write that a lifted matter is his who takes it, and with it what was asked of him; others are asked still."""
    require_transaction("take")
    assignment = hold(addressee.assignment_id)
    if assignment.state == State.ASKED:
        receive(assignment, by=by, now=now)
    if assignment.state in OWED:
        close(assignment, words, by=by, now=now)
    addressee.state = LiftState.ACCEPTED
    addressee.save(update_fields=["state"])
    if standing.state == LiftState.WAITING:
        standing.state, standing.decided_at, standing.decided_by = LiftState.ACCEPTED, now, by.post
        standing.save(update_fields=["state", "decided_at", "decided_by"])


def step_out(standing: PetitionLift, addressee: LiftAddressee, why: str, *, by: Hat, now: datetime) -> None:
    """Write that one of several gives a lifted matter back: it stays with the others, and he reads it no longer."""
    require_transaction("step_out")
    assignment = hold(addressee.assignment_id)
    close(assignment, why, by=by, now=now)
    addressee.state = LiftState.RETURNED
    addressee.save(update_fields=["state"])
    part = Involvement.objects.filter(
        petition=standing.petition_id, post=assignment.post_id, organ=assignment.organ_id
    )
    end_basis(part, Basis.LIFTED, now=now)


def take_by_instructing(petition: Petition, *, by: Hat, now: datetime) -> None:
    """Let a held petition that waits for a leader be his, now that he instructs on it; any other is left alone."""
    standing = standing_lift(petition)
    if standing is None or standing.to_decide:
        return
    waiting = (one for one in addressees_of(standing) if one.state == LiftState.WAITING)
    addressee = next((one for one in waiting if one.assignment.post_id == by.post.pk), None)
    if addressee is None:
        return
    take(standing, addressee, TAKEN, by=by, now=now)
    facts = {"to_tier": standing.to_tier}
    record("petition.accept_lift", petition, by=by.actor, at=now, facts=facts)


def returns_of(petition: Petition) -> int:
    """Return how often leaders gave a petition back since somebody last decided where it belongs."""
    lifts = PetitionLift.objects.filter(petition=petition)
    bound = lifts.filter(binding=True).order_by("-raised_at").values_list("raised_at", flat=True).first()
    returned = lifts.filter(state=LiftState.RETURNED)
    return (returned.filter(raised_at__gt=bound) if bound else returned).count()


def end_lift(lift: PetitionLift, state: LiftState, decision: str, *, by: Hat | None, now: datetime) -> None:
    """Write that a petition left a tier: who ends it has answered with that, of others it is asked no longer."""
    require_transaction("end_lift")
    for addressee in addressees_of(lift):
        _no_longer_asked(addressee, state, decision, by=by, now=now)
    lift.state, lift.decision, lift.ended_at = state, decision, now
    lift.decided_at, lift.decided_by = now, by.post if by else None
    lift.save(update_fields=["state", "decision", "ended_at", "decided_at", "decided_by"])
    _let_out(lift.petition, now=now)


def _no_longer_asked(
    addressee: LiftAddressee, state: LiftState, decision: str, *, by: Hat | None, now: datetime
) -> None:
    is_his = by is not None and Assignment.objects.asked_of(by).filter(pk=addressee.assignment_id).exists()
    assignment = hold(addressee.assignment_id)
    if assignment.state in OWED:
        if is_his:
            close(assignment, decision or state.value, by=by, now=now)
        else:
            cancel(assignment, decision, by=by, now=now)
    if is_his and state == LiftState.RETURNED:
        addressee.state = LiftState.RETURNED
        addressee.save(update_fields=["state"])


def _leave_tier(
    petition: Petition, state: LiftState, decision: str, *, by: Hat | None, now: datetime
) -> None:
    standing = standing_lift(petition)
    if standing is not None:
        standing.petition = petition
        end_lift(standing, state, decision, by=by, now=now)


def _let_in(petition: Petition, asked: Organ | Post, *, now: datetime) -> None:
    """Let whoever is asked see the petition as long as it is put before him, or his."""
    if isinstance(asked, Post):
        involve(petition, Basis.LIFTED, now=now, post=asked)
    elif not _sees_place(asked, petition):
        involve(petition, Basis.LIFTED, now=now, organ=asked)


def _sees_place(organ: Organ, petition: Petition) -> bool:
    return organ.looks_after_a_place and petition.place_path.startswith(organ.place.path)


def _let_out(petition: Petition, *, now: datetime) -> None:
    """End the parts that a lift alone gave; a portfolio or a handling keeps its own."""
    end_basis(Involvement.objects.filter(petition=petition), Basis.LIFTED, now=now)
