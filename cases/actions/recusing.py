"""回避: declared by staff themselves, or asked for by the petitioner and decided by the head (Art 28(3); R-33)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ
from audit.parts import record
from cases.handlings import led_by, release, tell_organ
from cases.models import Involvement, Petition, Recusal
from cases.parts import follow_recusal, lock_petition, touch
from cases.recusals import judge_over, put_before_judges, working_posts
from cases.states import Basis
from cases.workflow import HANDLES, Step, check, judges
from lib.errors import NotAllowed, OutOfTurn, Refused
from notices.models import Kind


@transaction.atomic(durable=True)
def recuse(petition_id: UUID, *, reason: str, by: Hat, now: datetime) -> Recusal:
    """Withdraw from a petition for a direct interest: from now on its wearer takes no step of it (Art 28(3); R-33).

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if its post does not work on it
    :raises OutOfTurn: if he withdrew already
    :raises Refused: without the relation
    """
    petition = lock_petition(petition_id, by)
    check(Step.RECUSE, petition, by, led_by(petition, by))
    if petition.recusals.filter(user=by.user, withdrawn=True).exists():
        raise OutOfTurn(_("You withdrew from this petition already."))
    if not reason.strip():
        raise Refused(_("Say what the relation is."), fields={"reason": _("Say what the relation is.")})
    recusal = Recusal.objects.create(
        petition=petition,
        user=by.user,
        reason=reason,
        declared_by=by.post,
        declared_at=now,
        withdrawn=True,
    )
    follow_recusal(petition, by.user.pk, now=now)
    record("petition.recuse", petition, by=by.actor, at=now)
    touch(petition, now=now)
    return recusal


@transaction.atomic(durable=True)
def ask_recusal(petition_id: UUID, post_id: int, *, reason: str, by: Hat, now: datetime) -> Recusal:
    """Note that the petitioner asks somebody who works on the petition to withdraw, and why (R-33).

    The head of that organ decides; on the head himself the head of the next-higher organ, who sees the petition until
    then. The work goes on meanwhile.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if its organ neither registered nor leads it
    :raises OutOfTurn: if that person withdrew already, or a request waits
    :raises Refused: without the reason, for a post that does not work on it, or if nobody stands above a head
    """
    petition = lock_petition(petition_id, by)
    check(Step.ASK_RECUSAL, petition, by, led_by(petition, by))
    post = next((one for one in working_posts(petition, now) if one.pk == post_id), None)
    if post is None:
        message = _("Choose somebody who works on this petition.")
        raise Refused(message, fields={"post": message})
    if not reason.strip():
        message = _("Say what the petitioner gives as the reason.")
        raise Refused(message, fields={"reason": message})
    if petition.recusals.filter(user=post.user).filter(Q(withdrawn=True) | Q(withdrawn=None)).exists():
        raise OutOfTurn(_("This person withdrew already, or a request waits for its decision."))
    judge = judge_over(post, now)
    if judge is None:
        message = _("No head above this post is entered who could decide.")
        raise Refused(message, fields={"post": message})
    asked = Recusal.objects.create(
        petition=petition,
        user=post.user,
        post=post,
        judge=judge,
        reason=reason,
        declared_by=by.post,
        declared_at=now,
    )
    put_before_judges(asked, now=now)
    facts = {"post": post.pk, "organ": judge.code}
    record("petition.ask_recusal", petition, by=by.actor, at=now, facts=facts)
    touch(petition, now=now)
    return asked


@transaction.atomic(durable=True)
def decide_recusal(
    petition_id: UUID, recusal_id: int, *, withdraw: bool, answer: str, by: Hat, now: datetime
) -> Recusal:
    """Decide on a recusal that the petitioner asked for, with an answer for him (R-33).

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if it is not the head who decides, or the person himself
    :raises OutOfTurn: if it was decided already
    :raises Refused: without an answer
    """
    petition = lock_petition(petition_id, by)
    asked = (
        petition.recusals.select_for_update(of=("self",))
        .select_related("judge", "post__organ")
        .filter(pk=recusal_id, judge__isnull=False)
        .first()
    )
    if asked is not None and asked.withdrawn is not None and judges(by, asked):
        raise OutOfTurn(_("This request was decided already."))
    check(Step.DECIDE_RECUSAL, petition, by)
    if asked is None or not judges(by, asked):
        raise NotAllowed(_("Another organ's head decides on this request."))
    if asked.user_id == by.user.pk:
        raise NotAllowed(_("Nobody decides on his own recusal."))
    if not answer.strip():
        message = _("Write the answer that the petitioner is told.")
        raise Refused(message, fields={"answer": message})
    asked.decided_by, asked.decider, asked.decided_at = by.post, by.user, now
    asked.withdrawn, asked.answer = withdraw, answer
    asked.save(update_fields=["decided_by", "decider", "decided_at", "withdrawn", "answer"])
    if withdraw:
        follow_recusal(petition, asked.user_id, now=now)
    _end_parts_of_judges(petition, by.organ, now)
    record("petition.decide_recusal", petition, by=by.actor, at=now, facts={"withdrawn": withdraw})
    touch(petition, now=now)
    key = f"recusal:{asked.pk}:decided"
    tell_organ(petition.register_organ, HANDLES, Kind.RECUSAL_DECIDED, petition, key=key, now=now)
    if asked.post is not None and asked.post.organ_id != petition.register_organ_id:
        tell_organ(asked.post.organ, HANDLES, Kind.RECUSAL_DECIDED, petition, key=key, now=now)
    return asked


def _end_parts_of_judges(petition: Petition, organ: Organ, now: datetime) -> None:
    """Whoever had part only to decide has none once nothing of his waits."""
    if petition.recusals.filter(judge=organ, withdrawn=None).exists():
        return
    release(petition, Basis.JUDGES, organ=organ, now=now)
    of_leaders = Involvement.objects.filter(petition=petition, post__organ=organ, ended_at=None)
    for part in of_leaders.filter(bases__contains=[Basis.JUDGES]):
        part.bases = [basis for basis in part.bases if basis != Basis.JUDGES]
        part.ended_at = None if part.bases else now
        part.bases = part.bases or [Basis.JUDGES]
        part.save(update_fields=["bases", "ended_at"])
