"""What of this room hangs on a post and passes to its successor in one act that cannot forget any of it (Q29)."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.handover import WorkHolder
from accounts.hats import Hat
from accounts.models import Post
from accounts.roles import Role
from audit.parts import record
from cases.locks import lock_several
from cases.parts import users_kept_out
from leadership.models import DecisionRequest, Instruction, Secretary, Sponsorship
from leadership.sponsoring import follow_sponsors_of, let_in, may_be_asked
from leadership.states import DecisionState, InstructionState, SponsorEnd, SponsorKind
from lib.errors import Refused
from lib.transactions import require_transaction

# Papers and reasons are Chinese for every reader.
_HANDED_OVER = "工作交接"
_UNFIT = gettext_lazy(
    "What this post sponsors cannot all pass to that one. Name another leader, or let the office pass on first what"
    " cannot."
)


def _sponsored(post: Post) -> QuerySet[Sponsorship]:
    return Sponsorship.objects.standing().filter(post=post)


def _move_sponsored(leaving: Post, taking: Post, by: Hat, now: datetime) -> int:
    """End each sponsorship and begin the same one for the successor, who goes on with plan and duties.

    :raises Refused: if the successor cannot sponsor one of them, in words that are the same whatever the reason
    """
    require_transaction("hand_over")
    lock_several(_sponsored(leaving).values_list("petition", flat=True))
    rows = list(_sponsored(leaving).select_for_update(of=("self",)).select_related("petition").order_by("pk"))
    _refuse_unfit(rows, taking, now)
    for row in rows:
        row.end, row.end_reason = SponsorEnd.HANDED_OVER, _HANDED_OVER
        row.ended_at, row.ended_by = now, by.post
        row.save(update_fields=["end", "end_reason", "ended_at", "ended_by"])
        Sponsorship.objects.create(
            petition=row.petition,
            kind=row.kind,
            post=taking,
            reason=_HANDED_OVER,
            begun_at=now,
            begun_by=by.post,
            continues=row,
        )
        let_in(row.petition, now=now)
        facts = {"sponsor": row.kind, "to_post": taking.pk, "continues": True}
        record("petition.sponsor", row.petition, by=by.actor, at=now, facts=facts)
    return len(rows)


def _refuse_unfit(rows: Sequence[Sponsorship], taking: Post, now: datetime) -> None:
    today = timezone.localdate(now)
    fit = all(may_be_asked(taking, row.petition, SponsorKind(row.kind), on=today) for row in rows)
    if not fit:
        raise Refused(_UNFIT, {"to_post": _UNFIT, "taken_over_by": _UNFIT})


def _serving(post: Post) -> QuerySet[Secretary]:
    return Secretary.objects.filter(post=post, ended_at=None)


def _move_serving(leaving: Post, taking: Post, _by: Hat, now: datetime) -> int:
    """Let another secretary work for the same leaders; a post of another kind takes none of it, and it ends."""
    require_transaction("hand_over")
    rows = list(_serving(leaving).select_for_update().order_by("pk"))
    for row in rows:
        row.ended_at = now
        row.save(update_fields=["ended_at"])
        serves_already = _serving(taking).filter(leader=row.leader_id).exists()
        if taking.role == Role.LEADER_SECRETARY and not serves_already:
            Secretary.objects.create(
                post=taking, leader_id=row.leader_id, named_at=now, named_by_id=row.named_by_id
            )
    follow_sponsors_of([row.leader_id for row in rows], now=now)
    return len(rows)


def _asked(post: Post) -> QuerySet[DecisionRequest]:
    return DecisionRequest.objects.filter(leader=post, state=DecisionState.WAITING, petition__sealed=False)


def _said(post: Post) -> QuerySet[Instruction]:
    return Instruction.objects.filter(leader=post, state=InstructionState.NOTED, petition__sealed=False)


def _move_waiting(leaving: Post, taking: Post, by: Hat, now: datetime) -> int:
    """Put before the successor what waits for a decision; what was said and not confirmed ends, for he did not say it.

    :raises Refused: if the successor is no leader, or may not decide on one of them
    """
    require_transaction("hand_over")
    asked, said = _asked(leaving), _said(leaving)
    lock_several({*asked.values_list("petition", flat=True), *said.values_list("petition", flat=True)})
    rows = list(asked.select_for_update(of=("self",)).select_related("petition").order_by("pk"))
    fit = all(taking.user_id not in users_kept_out(row.petition) for row in rows)
    if rows and not (taking.role == Role.LEADER and fit):
        raise Refused(_UNFIT, {"to_post": _UNFIT, "taken_over_by": _UNFIT})
    for row in rows:
        twice = _asked(taking).filter(petition=row.petition, asking_organ=row.asking_organ_id).exists()
        if twice:
            row.state, row.answer, row.answered_at = DecisionState.WITHDRAWN, _HANDED_OVER, now
        else:
            row.leader = taking
        row.save(update_fields=["leader", "state", "answer", "answered_at"])
        facts = {"to_post": taking.pk}
        record("petition.hand_over", row.petition, by=by.actor, at=now, facts=facts)
    unconfirmed = said.update(
        state=InstructionState.OVER, ended_at=now, ended_by=by.post, end_words=_HANDED_OVER
    )
    return len(rows) + unconfirmed


SPONSORED = WorkHolder[Post]("sponsored", lambda post: _sponsored(post).count(), _move_sponsored)
WAITING = WorkHolder[Post]("waiting", lambda post: _asked(post).count() + _said(post).count(), _move_waiting)
SERVING = WorkHolder[Post]("serving", lambda post: _serving(post).count(), _move_serving)
