"""决策卡: what exactly a leader is asked to decide; his choice becomes an instruction (design §5; Q9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import record
from cases.models import Petition
from cases.parts import lock_petition
from leadership import permissions as may
from leadership.instructions import Order, leaders_of, refuse_incomplete, refuse_over, signed_by, write
from leadership.models import DecisionRequest, Instruction
from leadership.parts import led_by
from leadership.states import DecisionState
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from notices.models import Kind
from notices.parts import settle, tell

FEWEST, MOST = 2, 4
LONGEST_CHOICE = 40


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Where a matter is stuck, what is to be decided, between what, by which day."""

    stuck: str
    question: str
    choices: Sequence[str]
    due_on: date


@transaction.atomic(durable=True)
def ask_decision(
    petition_id: UUID, asked: Asked, *, leader_id: int, by: Hat, now: datetime
) -> DecisionRequest:
    """Ask a leader who has part in a petition to decide; the choices are the buttons he gets.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if it is neither the office nor the head of a unit that leads it
    :raises OutOfTurn: if the petition is over, or this leader is asked already
    :raises Refused: naming the fields that are wrong
    """
    petition = lock_petition(petition_id, by)
    if not (may.may_place(by) or (may.may_ask_decisions(by) and led_by(petition, by.organ))):
        raise NotAllowed(_("Your post does not ask leaders to decide."))
    refuse_over(petition)
    choices = [each.strip() for each in asked.choices if each.strip()]
    faults = _faults(asked, choices, today=timezone.localdate(now))
    leader = leaders_of(petition, on=timezone.localdate(now)).filter(pk=leader_id).first()
    if leader is None:
        faults["leader"] = _("Choose a leader who has part in this petition.")
    if faults or leader is None:
        raise Refused(next(iter(faults.values())), fields=faults)
    waiting = DecisionRequest.objects.filter(petition=petition, state=DecisionState.WAITING)
    if waiting.filter(leader=leader, asking_organ=by.organ).exists():
        raise OutOfTurn(_("He is asked to decide on it already."))
    row = DecisionRequest.objects.create(
        petition=petition,
        leader=leader,
        asking_organ=by.organ,
        asked_by=by.post,
        asked_at=now,
        stuck=asked.stuck.strip(),
        question=asked.question.strip(),
        choices=choices,
        due_on=asked.due_on,
        state=DecisionState.WAITING,
    )
    tell([leader.pk], Kind.DECISION_ASKED, key=_key(row), subject_id=str(petition.pk), now=now)
    facts = {"leader": leader.pk, "due_on": asked.due_on.isoformat()}
    record("petition.ask_decision", petition, by=by.actor, at=now, facts=facts)
    return row


@transaction.atomic(durable=True)
def decide(
    request_id: UUID, *, chosen: int | None = None, words: str = "", by: Hat, now: datetime
) -> Instruction:
    """Decide as the leader: a choice, words of his own, or both. It becomes an instruction to whoever asked.

    For ten seconds it can be undone like any other (Q33). It approves nothing of the handling organ (Q9).

    :raises Unknown: if this hat does not see the petition, or another is asked
    :raises NotAllowed: if it is no leader's own account
    :raises OutOfTurn: if it no longer waits, or the petition is over
    :raises Refused: without choice and words, or for a choice there is not
    """
    petition, row = _asked(request_id, by)
    refuse_over(petition)
    if chosen is not None and not 0 <= chosen < len(row.choices):
        raise Refused(_("Choose one of the choices."), fields={"chosen": _("Choose one of the choices.")})
    if chosen is None and not words.strip():
        raise Refused(
            _("Choose, or write what you decide."), fields={"words": _("Choose, or write what you decide.")}
        )
    text = _in_words(row, chosen, words)
    today = timezone.localdate(now)
    to_unit = row.asking_organ_id != by.organ.pk and led_by(petition, row.asking_organ)
    order = Order(
        text=text,
        organ_ids=(row.asking_organ.carried_on_by_id or row.asking_organ_id,) if to_unit else (),
        due_on=row.due_on if row.due_on > today else date.fromordinal(today.toordinal() + 1),
    )
    organs = refuse_incomplete(petition, order, by=by, now=now)
    given = signed_by(by, petition, now=now)
    write(given, order, organs)
    row.state, row.chosen, row.instruction, row.answered_at = DecisionState.DECIDED, chosen, given, now
    row.save(update_fields=["state", "chosen", "instruction", "answered_at"])
    settle(str(petition.pk), _key(row), now=now)
    facts = {"said": given.source, "choice": None if chosen is None else chosen + 1}
    record("petition.decide", petition, by=by.actor, at=now, facts=facts)
    return given


@transaction.atomic(durable=True)
def return_decision(request_id: UUID, *, answer: str, by: Hat, now: datetime) -> DecisionRequest:
    """Send a question back as the leader: what is missing before it can be decided.

    :raises Unknown: if this hat does not see the petition, or another is asked
    :raises NotAllowed: if it is no leader's own account
    :raises OutOfTurn: if it no longer waits
    :raises Refused: without words
    """
    petition, row = _asked(request_id, by)
    _end(row, DecisionState.RETURNED, answer, now=now)
    key = f"{_key(row)}:returned"
    tell([row.asked_by_id], Kind.DECISION_RETURNED, key=key, subject_id=str(petition.pk), now=now)
    record("petition.return_decision", petition, by=by.actor, at=now)
    return row


@transaction.atomic(durable=True)
def withdraw_decision(request_id: UUID, *, answer: str, by: Hat, now: datetime) -> DecisionRequest:
    """Take a question back that one's own organ asked, with the reason.

    :raises Unknown: if this hat does not see the petition, or another organ asked
    :raises OutOfTurn: if it no longer waits
    :raises Refused: without a reason
    """
    petition, row = _held(request_id, by)
    if not by.organ.is_or_carries_on(row.asking_organ) or not may.may_ask_decisions(by):
        raise Unknown(_("Nobody asked such a question."))
    _end(row, DecisionState.WITHDRAWN, answer, now=now)
    record("petition.withdraw_decision", petition, by=by.actor, at=now)
    return row


def _faults(asked: Asked, choices: Sequence[str], *, today: date) -> dict[str, str]:
    faults = {}
    if not asked.stuck.strip():
        faults["stuck"] = _("Say where it is stuck.")
    if not asked.question.strip():
        faults["question"] = _("Say what exactly is to be decided.")
    if not FEWEST <= len(choices) <= MOST or len(set(choices)) < len(choices):
        faults["choices"] = _("Give two to four different choices, one a line.")
    elif any(len(each) > LONGEST_CHOICE for each in choices):
        faults["choices"] = _("A choice is a button: forty characters at most.")
    if asked.due_on <= today:
        faults["due_on"] = _("The day lies ahead.")
    return faults


def _in_words(row: DecisionRequest, chosen: int | None, words: str) -> str:
    """Return what the leader says: the choice as it stood on its button, and his own words."""
    if chosen is None:
        return words.strip()
    return "。".join(filter(None, [row.choices[chosen].rstrip("。"), words.strip()])) + (
        "" if words.strip() else "。"
    )


def _key(row: DecisionRequest) -> str:
    return f"petition:{row.petition_id}:decision:{row.pk}"


def _end(row: DecisionRequest, state: DecisionState, answer: str, *, now: datetime) -> None:
    if row.state != DecisionState.WAITING:
        raise OutOfTurn(_("This question no longer waits."))
    if not answer.strip():
        raise Refused(_("Fill this in."), fields={"answer": _("Fill this in.")})
    row.state, row.answer, row.answered_at = state, answer.strip(), now
    row.save(update_fields=["state", "answer", "answered_at"])
    settle(str(row.petition_id), _key(row), now=now)


def _held(request_id: UUID, by: Hat) -> tuple[Petition, DecisionRequest]:
    """Return a question with its petition, both held, the petition first, for who sees the petition."""
    found = DecisionRequest.objects.filter(pk=request_id).values_list("petition", flat=True).first()
    if found is None:
        raise Unknown(_("Nobody asked such a question."))
    petition = lock_petition(found, by)
    rows = DecisionRequest.objects.select_for_update(of=("self",)).select_related("asking_organ")
    return petition, rows.get(pk=request_id)


def _asked(request_id: UUID, by: Hat) -> tuple[Petition, DecisionRequest]:
    petition, row = _held(request_id, by)
    if row.leader_id != by.post.pk:
        raise Unknown(_("Nobody asked such a question."))
    if not may.may_sign_instructions(by):
        raise NotAllowed(_("Only the leader decides, with his own account."))
    if row.state != DecisionState.WAITING:
        raise OutOfTurn(_("This question no longer waits."))
    return petition, row
