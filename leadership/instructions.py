"""Pieces of instructions that deeds, sweeps and pages share: what one says, when it goes out, what it asks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ, Post
from accounts.roles import Role
from assignments.models import Assignment
from assignments.parts import ask
from assignments.states import STANDING, Kind
from audit.parts import Actor, record
from cases.models import Involvement, Petition
from cases.parts import users_kept_out
from cases.states import Routing
from leadership import permissions as may
from leadership.lifts import take_by_instructing
from leadership.models import DecisionRequest, Instruction, InstructionTask, LetterReading
from leadership.parts import office_over, organs_kept_out, tell_office
from leadership.states import DecisionState, InstructionSource, InstructionState
from lib.errors import OutOfTurn, Refused
from lib.transactions import require_transaction
from notices.models import Kind as NoticeKind
from notices.parts import settle, tell

SYSTEM = Actor(words="clock")
# so long nothing is sent or shown, and he may take it back (Q33)
UNDO = timedelta(seconds=10)
REMIND_AFTER = timedelta(days=1)
# no unit is asked for something beyond this
_FURTHEST_DAYS = 366


@dataclass(frozen=True, kw_only=True)
class Order:
    """What an instruction says: the leader's words, and which units are to act on them by which day."""

    text: str
    organ_ids: tuple[int, ...] = ()
    due_on: date | None = None


def refuse_over(petition: Petition) -> None:
    """Refuse an instruction on what is void or ended otherwise; a finished petition may still need one.

    :raises OutOfTurn: if it is
    """
    if petition.routing in {Routing.VOID, Routing.ENDED}:
        raise OutOfTurn(_("This petition is over: nothing more is asked on it."))


def leaders_of(petition: Petition, *, on: date) -> QuerySet[Post]:
    """Return the leaders who have part in a petition: nobody else may be said to have spoken on it."""
    parts = Involvement.objects.filter(petition=petition, ended_at=None, post__isnull=False)
    held = Post.objects.held_on(on).filter(role=Role.LEADER, pk__in=parts.values("post"))
    return held.exclude(user__in=users_kept_out(petition)).select_related("user", "organ").order_by("pk")


def refuse_incomplete(petition: Petition, order: Order, *, by: Hat, now: datetime) -> list[Organ]:
    """Refuse an instruction that says nothing, or asks units that cannot be asked. Return the units.

    :raises Refused: naming the fields that are wrong
    """
    faults = {}
    organs = list(Organ.objects.current().filter(pk__in=order.organ_ids).order_by("pk"))
    if not order.text.strip():
        faults["text"] = _("Write what you instruct.")
    kept_out = organs_kept_out(petition)
    if len(organs) != len(set(order.organ_ids)) or any(each.pk == by.organ.pk for each in organs):
        faults["organs"] = _("Choose other organs that exist today.")
    elif any(organ.pk in kept_out for organ in organs):
        faults["organs"] = _("The petition names this unit, or who leads it: nothing about it is sent there.")
    today = timezone.localdate(now)
    if organs and order.due_on is None:
        faults["due_on"] = _("Set the day of the reply.")
    elif order.due_on is not None and not 0 < (order.due_on - today).days <= _FURTHEST_DAYS:
        faults["due_on"] = _("The day lies ahead, and no more than a year.")
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)
    return organs


def write(row: Instruction, order: Order, organs: Collection[Organ]) -> None:
    """Write a new instruction with what it asks; nothing of it is sent yet."""
    require_transaction("instructions.write")
    row.text = order.text.strip()
    row.save(force_insert=True)
    if order.due_on is not None:
        InstructionTask.objects.bulk_create(
            [InstructionTask(instruction=row, organ=organ, due_on=order.due_on) for organ in organs]
        )


def hold_back(row: Instruction, *, now: datetime) -> None:
    """Let an instruction wait for ten seconds before it goes out (Q33); the row is not saved."""
    row.state, row.gives_at = InstructionState.HELD, now + UNDO


def due_to_go(*, now: datetime) -> list[tuple[UUID, UUID]]:
    """Return the instructions that can be undone no longer, each with its petition."""
    held = Instruction.objects.filter(state=InstructionState.HELD, gives_at__lte=now)
    return list(held.order_by("gives_at", "pk").values_list("pk", "petition"))


@transaction.atomic(durable=True)
def give_one(instruction_id: UUID, petition_id: UUID, *, now: datetime) -> bool:
    """Ask the units what an instruction asks of them, once its ten seconds are over. Return whether it went out.

    One whose petition was sealed meanwhile (Q2), or is over, ends instead.
    """
    petition = Petition.objects.select_for_update(of=("self",), no_key=True).get(pk=petition_id)
    rows = Instruction.objects.select_for_update(of=("self",)).select_related(
        "entered_by__organ", "person", "leader__organ", "author"
    )
    row = rows.get(pk=instruction_id)
    if row.state != InstructionState.HELD or row.gives_at is None or row.gives_at > now:
        return False
    if petition.sealed or petition.routing in {Routing.VOID, Routing.ENDED}:
        _end_with_matter(row, petition, now=now)
        return False
    kept_out, withdrew = organs_kept_out(petition), users_kept_out(petition)
    asking = office_over(petition) or row.leader.organ
    by = Hat(row.entered_by, row.person)
    # it is the leader who asks, whoever entered or noted it
    leader = Hat(row.leader, row.author if row.source == InstructionSource.ORAL else row.person)
    for task in row.tasks.select_related("organ").order_by("pk"):
        organ = task.organ.carried_on_by or task.organ
        if organ.pk in kept_out:
            continue
        task.assignment = ask(
            Kind.INSTRUCTION,
            petition.pk,
            of=organ,
            act=row.text,
            asking_organ=asking,
            by=leader,
            now=now,
            due_on=max(task.due_on, timezone.localdate(now)),
            except_users=withdrew,
        )
        task.save(update_fields=["assignment"])
    row.state, row.given_at = InstructionState.GIVEN, now
    row.save(update_fields=["state", "given_at"])
    _mark_read(row, petition, now=now)
    # whoever instructs has taken what was lifted to him
    take_by_instructing(petition, by=leader, now=now)
    key = f"instruction:{row.pk}:given"
    tell_office(asking, may.DRAFTS, NoticeKind.INSTRUCTION_GIVEN, petition, key=key, now=now)
    _tell_who_asked(row, petition, now=now)
    facts = {"said": row.source, "count": row.tasks.count()}
    record("petition.give_instruction", petition, by=by.actor, at=now, facts=facts)
    return True


def _mark_read(row: Instruction, petition: Petition, *, now: datetime) -> None:
    """Mark the letter as read by whoever instructs on it (阅批): it was put before him, and he has answered."""
    letter = LetterReading.objects.filter(petition=petition, leader=row.leader_id, read_at=None).first()
    if letter is None:
        return
    letter.read_at = now
    letter.save(update_fields=["read_at"])
    settle(str(petition.pk), f"petition:{petition.pk}:letter:{letter.pk}", now=now)


def seconds_left(row: Instruction, *, now: datetime) -> int:
    """Return for how many seconds more an instruction can be undone, begun ones counted; 0 once it goes out (Q33)."""
    if not row.is_held or row.gives_at is None:
        return 0
    return max(ceil((row.gives_at - now).total_seconds()), 0)


def _tell_who_asked(row: Instruction, petition: Petition, *, now: datetime) -> None:
    """Tell whoever asked for the decision that it was made; before, nothing of it is shown."""
    asked = DecisionRequest.objects.filter(instruction=row).first()
    if asked is not None:
        key = f"petition:{petition.pk}:decision:{asked.pk}:made"
        tell([asked.asked_by_id], NoticeKind.DECISION_MADE, key=key, subject_id=str(petition.pk), now=now)


def _end_with_matter(row: Instruction, petition: Petition, *, now: datetime) -> None:
    row.state, row.ended_at = InstructionState.OVER, now
    row.save(update_fields=["state", "ended_at"])
    record("petition.end_instruction", petition, by=SYSTEM, at=now, facts={"said": row.source})


def oral_to_remind(*, now: datetime) -> list[tuple[UUID, UUID]]:
    """Return the oral instructions that have waited for a day, each with its petition (Q33)."""
    noted = Instruction.objects.filter(
        state=InstructionState.NOTED,
        reminded_at=None,
        entered_at__lte=now - REMIND_AFTER,
        petition__sealed=False,
    )
    return list(noted.order_by("entered_at", "pk").values_list("pk", "petition"))


@transaction.atomic(durable=True)
def remind_one(instruction_id: UUID, petition_id: UUID, *, now: datetime) -> bool:
    """Remind the leader, and whoever noted it, of an oral instruction that waits; once."""
    petition = Petition.objects.select_for_update(of=("self",), no_key=True).get(pk=petition_id)
    row = Instruction.objects.select_for_update(of=("self",)).get(pk=instruction_id)
    if row.state != InstructionState.NOTED or row.reminded_at is not None or petition.sealed:
        return False
    row.reminded_at = now
    row.save(update_fields=["reminded_at"])
    key = f"petition:{petition.pk}:oral:{row.pk}:waits"
    posts = {row.leader_id, row.entered_by_id}
    tell(posts, NoticeKind.ORAL_WAITS, key=key, subject_id=str(petition.pk), now=now)
    record("petition.remind_of_oral", petition, by=SYSTEM, at=now)
    return True


def open_answers(row: Instruction) -> int:
    """Return how many addressees have not answered, or whose answer the office has not looked at."""
    return row.tasks.filter(assignment__state__in=sorted(STANDING)).count()


def tell_if_answered(assignment: Assignment, petition: Petition, *, now: datetime) -> None:
    """Tell the office once the last answer to an instruction is verified: it may be closed."""
    require_transaction("tell_if_answered")
    row = Instruction.objects.filter(tasks__assignment=assignment, state=InstructionState.GIVEN).first()
    if row is None or open_answers(row):
        return
    office = office_over(petition)
    if office is not None:
        key = f"instruction:{row.pk}:answered"
        tell_office(office, may.DRAFTS, NoticeKind.INSTRUCTION_ANSWERED, petition, key=key, now=now)


def settle_notices(row: Instruction, *, now: datetime) -> None:
    """Take back what was told of an instruction that is settled."""
    require_transaction("settle_notices")
    settle(str(row.petition_id), f"petition:{row.petition_id}:oral:{row.pk}", now=now)
    settle(str(row.petition_id), f"petition:{row.petition_id}:instruction:{row.pk}", now=now)


def free_decision(row: Instruction) -> None:
    """Let a decision whose instruction was undone wait for the leader again."""
    require_transaction("free_decision")
    DecisionRequest.objects.filter(instruction=row).update(
        state=DecisionState.WAITING, instruction=None, chosen=None, answered_at=None
    )


def signed_by(by: Hat, petition: Petition, *, now: datetime) -> Instruction:
    """Return a new instruction, not yet saved, that a leader signs with his own account; it is held back."""
    row = Instruction(
        petition=petition,
        leader=by.post,
        author=by.user,
        said_on=timezone.localdate(now),
        source=InstructionSource.SIGNED,
        entered_by=by.post,
        person=by.user,
        entered_at=now,
    )
    hold_back(row, now=now)
    return row
