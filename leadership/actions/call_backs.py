"""What the call-back desk does: tries, notes what was answered, checks what a bad answer says (Q41)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ
from audit.parts import record
from cases.rating_states import Satisfaction
from cases.reopening import reopen_falsely_finished
from cases.states import Routing
from leadership import permissions as may
from leadership.call_back_states import IN_DOUBT, CallEnd, CallResult, CarriedOut, CheckResult
from leadership.models import CallAttempt, CallBack
from leadership.parts import hold_open_lane, led_by
from leadership.slips import open_for_fraud
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown

_ENDED = (
    *("ended_as", "has_reply", "carried_out", "satisfaction", "told_of_review", "words"),
    *("ended_by", "caller", "ended_at"),
)
# so often he is tried before it is given up
ENOUGH_TRIES = 3


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What he answers: whether he has the reply, whether it was carried out, what he thinks; nothing is assumed."""

    has_reply: bool
    carried_out: CarriedOut
    satisfaction: Satisfaction | None = None
    told_of_review: bool = False
    words: str = ""


@transaction.atomic(durable=True)
def note_attempt(call_back_id: UUID, result: CallResult, *, by: Hat, now: datetime) -> CallAttempt:
    """Note an attempt at which he did not answer; one at which he did is noted with what he said.

    :raises Unknown: if it is not of this hat's desk
    :raises NotAllowed: if its post does not call back
    :raises OutOfTurn: if the call-back is over
    :raises Refused: for an attempt at which he was reached
    """
    call_back = _hold(call_back_id, by)
    _check_open(call_back)
    if result == CallResult.REACHED:
        words = _("Note what he answered, or that he would rather not.")
        raise Refused(words, fields={"result": words})
    return _try(call_back, result, by=by, now=now)


@transaction.atomic(durable=True)
def note_answer(call_back_id: UUID, answer: Answer, *, by: Hat, now: datetime) -> CallBack:
    """Note what he answered. It makes no petition and changes no rating; what is in doubt waits for a check.

    :raises Unknown: if it is not of this hat's desk
    :raises NotAllowed: if its post does not call back
    :raises OutOfTurn: if the call-back is over
    :raises Refused: if he says it was not carried out and nothing of what is missing
    """
    call_back = _hold(call_back_id, by)
    _check_open(call_back)
    in_doubt = not answer.has_reply or answer.carried_out in IN_DOUBT
    if in_doubt and not answer.words.strip():
        words = _("Say in his words what is missing.")
        raise Refused(words, fields={"words": words})
    _try(call_back, CallResult.REACHED, by=by, now=now)
    call_back.has_reply, call_back.carried_out = answer.has_reply, answer.carried_out
    call_back.satisfaction = answer.satisfaction or ""
    call_back.told_of_review, call_back.words = answer.told_of_review, answer.words.strip()
    return _end(call_back, CallEnd.ANSWERED, by=by, now=now)


@transaction.atomic(durable=True)
def end_unanswered(call_back_id: UUID, *, declined: bool, by: Hat, now: datetime) -> CallBack:
    """End a call-back without an answer: he would rather not, which has no consequence, or he was not reached.

    :raises Unknown: if it is not of this hat's desk
    :raises NotAllowed: if its post does not call back
    :raises OutOfTurn: if the call-back is over, or he was tried too seldom to be given up
    """
    call_back = _hold(call_back_id, by)
    _check_open(call_back)
    if not declined and call_back.attempts.count() < ENOUGH_TRIES:
        raise OutOfTurn(_("Try three times before it is given up."))
    if declined:
        _try(call_back, CallResult.REACHED, by=by, now=now)
    return _end(call_back, CallEnd.DECLINED if declined else CallEnd.UNREACHED, by=by, now=now)


@transaction.atomic(durable=True)
def check_answer(
    call_back_id: UUID, result: CheckResult, *, words: str, unit_id: int | None, by: Hat, now: datetime
) -> CallBack:
    """Write what the check of a bad answer found; a false finish is handled again, with a draft of an order (Q41).

    :raises Unknown: if it is not of this hat's desk
    :raises NotAllowed: if it is no head, or the person who called
    :raises OutOfTurn: if nothing is in doubt, it was checked, or the petition is not finished any more
    :raises Refused: without the facts, or for a false finish without a unit that leads the petition
    """
    call_back = _hold(call_back_id, by)
    if not may.checks_call_backs(by) or call_back.caller_id == by.user.pk:
        raise NotAllowed(_("A head checks it who did not call himself."))
    if not call_back.is_in_doubt or call_back.checked:
        raise OutOfTurn(_("There is nothing to check, or somebody has checked it."))
    unit = _unit(call_back, result, words, unit_id)
    if unit is not None:
        petition = call_back.petition
        if petition.routing == Routing.FINISHED:
            undone = call_back.carried_out in IN_DOUBT
            reopen_falsely_finished(petition, not_carried_out=undone, by=by, now=now)
        open_for_fraud(petition, unit, call_back.office, by=by, now=now)
    call_back.checked, call_back.check_words = result, words.strip()
    call_back.checked_by, call_back.checker, call_back.checked_at = by.post, by.user, now
    call_back.save(update_fields=["checked", "check_words", "checked_by", "checker", "checked_at"])
    record("call_back.check", call_back, by=by.actor, at=now, facts={"check": result})
    return call_back


def _unit(call_back: CallBack, result: CheckResult, words: str, unit_id: int | None) -> Organ | None:
    """Return the unit whose finish was false; none where the finish is true."""
    faults: dict[str, str] = {}
    if not words.strip():
        faults["words"] = _("Say which facts were found.")
    unit = Organ.objects.filter(pk=unit_id).first() if unit_id is not None else None
    if result == CheckResult.FALSE and (unit is None or not led_by(call_back.petition, unit)):
        faults["unit"] = _("Choose the unit that leads the matter.")
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)
    return unit if result == CheckResult.FALSE else None


def _hold(call_back_id: UUID, by: Hat) -> CallBack:
    """Return a call-back of the hat's desk with its petition, both held, the petition first."""
    if not may.calls_back(by):
        raise NotAllowed(_("The petition office calls back."))
    known = CallBack.objects.of_desk(by).filter(pk=call_back_id).values_list("petition", flat=True).first()
    if known is None:
        raise Unknown(_("There is no such call-back."))
    petition = hold_open_lane(known)
    call_back = CallBack.objects.select_for_update(of=("self",)).select_related("office").get(pk=call_back_id)
    call_back.petition = petition
    return call_back


def _check_open(call_back: CallBack) -> None:
    if call_back.ended_as:
        raise OutOfTurn(_("This call-back is over."))


def _try(call_back: CallBack, result: CallResult, *, by: Hat, now: datetime) -> CallAttempt:
    row = CallAttempt.objects.create(call_back=call_back, result=result, tried_at=now, tried_by=by.post)
    record("call_back.try", call_back, by=by.actor, at=now, facts={"call_result": result})
    return row


def _end(call_back: CallBack, ended_as: CallEnd, *, by: Hat, now: datetime) -> CallBack:
    call_back.ended_as = ended_as
    call_back.ended_by, call_back.caller, call_back.ended_at = by.post, by.user, now
    call_back.save(update_fields=_ENDED)
    record("call_back.end", call_back, by=by.actor, at=now, facts={"call_end": ended_as})
    return call_back
