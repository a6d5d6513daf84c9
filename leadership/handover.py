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
from leadership.models import DecisionRequest, DutyDay, Instruction, Secretary, Sponsorship, Substitution
from leadership.rosters import leaders_for
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
_NOT_RECEIVING = gettext_lazy(
    "The days on which this post is to receive cannot all pass to that one. Name another leader, or change them first."
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


def _to_sit(post: Post) -> QuerySet[DutyDay]:
    """Return the days of the roster to come; on the last day of his post he sits still."""
    return DutyDay.objects.sat().filter(post=post, day__gt=timezone.localdate())


def _move_days(leaving: Post, taking: Post, by: Hat, now: datetime) -> int:
    """Let the successor sit on the days to come; who was planned stays written.

    :raises Refused: if the successor does not receive on one of them
    """
    require_transaction("hand_over")
    rows = list(
        _to_sit(leaving).select_for_update(of=("self",)).select_related("office__place").order_by("day")
    )
    fit = all(taking.pk in {post.pk for post in leaders_for(row.office, on=row.day)} for row in rows)
    if not fit:
        raise Refused(_NOT_RECEIVING, {"to_post": _NOT_RECEIVING, "taken_over_by": _NOT_RECEIVING})
    for row in rows:
        Substitution.objects.create(
            duty_day=row,
            leaves=leaving,
            takes=taking,
            reason=_HANDED_OVER,
            by=by.post,
            person=by.user,
            noted_at=now,
        )
        row.post = taking
        row.save(update_fields=["post"])
        facts = {"on": row.day.isoformat(), "from_post": leaving.pk, "to_post": taking.pk}
        record("roster.hand_over", row, by=by.actor, at=now, facts=facts)
    return len(rows)


SPONSORED = WorkHolder[Post]("sponsored", lambda post: _sponsored(post).count(), _move_sponsored)
SITTING = WorkHolder[Post]("sitting", lambda post: _to_sit(post).count(), _move_days)
WAITING = WorkHolder[Post]("waiting", lambda post: _asked(post).count() + _said(post).count(), _move_waiting)
SERVING = WorkHolder[Post]("serving", lambda post: _serving(post).count(), _move_serving)
