"""Ending what leaders do about a petition that was sealed or is over, or that a sponsor withdrew from."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from audit.parts import Actor, record
from cases.models import Petition, Recusal
from cases.parts import users_kept_out
from cases.states import Routing
from leadership import permissions as may
from leadership.models import DecisionRequest, Instruction, Sponsorship
from leadership.parts import office_over, tell_office
from leadership.sponsoring import let_in
from leadership.states import DecisionState, InstructionState, SponsorEnd
from notices.models import Kind

SYSTEM = Actor(words="clock")


def close_sponsorships(*, now: datetime) -> int:
    """End what is sponsored and was sealed (Q2), is void or ended otherwise, or whose sponsor withdrew (R-33).

    A finished petition stays sponsored: care afterwards is one of the duties. Return how many ended.
    """
    withdrew = Recusal.objects.filter(
        petition=OuterRef("petition"), user=OuterRef("post__user"), withdrawn=True
    )
    gone = (
        Q(petition__sealed=True) | Q(petition__routing__in=[Routing.VOID, Routing.ENDED]) | Exists(withdrew)
    )
    standing = Sponsorship.objects.filter(gone, ended_at=None)
    keys = list(standing.order_by("pk").values_list("pk", "petition"))
    return sum(_close_one(row_id, petition_id, now=now) for row_id, petition_id in keys)


def close_questions(*, now: datetime) -> int:
    """End what waits for a leader on what was sealed or is over: decisions, oral instructions. Return how many."""
    gone = Q(petition__sealed=True) | Q(petition__routing__in=[Routing.VOID, Routing.ENDED])
    asked = DecisionRequest.objects.filter(gone, state=DecisionState.WAITING)
    noted = Instruction.objects.filter(gone, state=InstructionState.NOTED)
    keys = {*asked.values_list("petition", flat=True), *noted.values_list("petition", flat=True)}
    return sum(_close_questions_of(petition_id, now=now) for petition_id in sorted(keys))


@transaction.atomic(durable=True)
def _close_questions_of(petition_id: UUID, *, now: datetime) -> int:
    petition = Petition.objects.select_for_update(of=("self",), no_key=True).get(pk=petition_id)
    if not (petition.sealed or petition.routing in {Routing.VOID, Routing.ENDED}):
        return 0
    asked = DecisionRequest.objects.filter(petition=petition, state=DecisionState.WAITING)
    noted = Instruction.objects.filter(petition=petition, state=InstructionState.NOTED)
    ended = asked.update(state=DecisionState.OVER, answered_at=now)
    ended += noted.update(state=InstructionState.OVER, ended_at=now)
    record("petition.end_questions", petition, by=SYSTEM, at=now, facts={"count": ended})
    return ended


@transaction.atomic(durable=True)
def _close_one(row_id: UUID, petition_id: UUID, *, now: datetime) -> bool:
    petition = Petition.objects.select_for_update(of=("self",), no_key=True).get(pk=petition_id)
    row = Sponsorship.objects.select_for_update(of=("self",)).select_related("post").get(pk=row_id)
    over = petition.sealed or petition.routing in {Routing.VOID, Routing.ENDED}
    withdrew = row.post is not None and row.post.user_id in users_kept_out(petition)
    if not row.stands or not (over or withdrew):
        return False
    row.end, row.ended_at = SponsorEnd.OVER, now
    row.save(update_fields=["end", "ended_at"])
    let_in(petition, now=now)
    record("petition.end_sponsorship", petition, by=SYSTEM, at=now, facts={"sponsor": row.kind})
    office = office_over(petition)
    if withdrew and not over and office is not None:
        key = f"sponsorship:{row.pk}:over"
        tell_office(office, may.DRAFTS, Kind.SPONSOR_MISSING, petition, key=key, now=now)
    return True
