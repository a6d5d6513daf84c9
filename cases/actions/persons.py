"""Who continues a petition, and who acts for a petitioner: successors, agents, guardians (Q19; R-09)."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import record
from cases.builders import petitioner_of
from cases.ending import died_of, person_of, reopen
from cases.ends import call_to_finish
from cases.intake import Person
from cases.models import PersonChange, Petition, Petitioner, QueryCode
from cases.parts import lock_petition, touch
from cases.rules import WRONG_DIGIT, is_identity_number
from cases.searchable import index_anew
from cases.states import PETITIONS_HIMSELF, STANDS_FOR_ANOTHER, IdType, PersonChangeKind, PersonRole
from cases.workflow import Step, check
from lib.errors import OutOfTurn, Refused

# One or two agents for a petitioner.
MOST_AGENTS = 2


@transaction.atomic(durable=True)
def name_successor(
    petition_id: UUID,
    person_id: UUID,
    successor: Person,
    *,
    relation: str,
    guardian_name: str = "",
    by: Hat,
    now: datetime,
) -> Petitioner:
    """Let a successor continue in the place of a petitioner who died; one that had ended for it goes on (Q19).

    The successor takes the seat of the one who died and is served from now on; powers given to agents ended with the
    death. A child under 14 continues through a guardian.

    :raises Unknown: if this hat does not see the petition, or the person is none of its petitioners
    :raises NotAllowed: if its organ did not register it
    :raises OutOfTurn: if no death is noted, or somebody continues already
    :raises Refused: without name or relation, with a wrong identity number, or for a child without a guardian
    """
    petition = lock_petition(petition_id, by)
    check(Step.NAME_SUCCESSOR, petition, by)
    dead = person_of(petition, person_id, PETITIONS_HIMSELF)
    died = died_of(petition, dead.position)
    if died is None:
        raise OutOfTurn(_("No death of this petitioner is noted that nobody continues."))
    faults = _faults(successor)
    if not relation.strip():
        faults["relation"] = _("Say in what relation the successor stands.")
    if successor.under_14 and not guardian_name.strip():
        faults["guardian_name"] = _("A petitioner under 14 comes through a guardian.")
    _refuse(faults)
    seat, was_main, role = dead.representative_no, dead.is_main, PersonRole(dead.role)
    _leave(dead, now)
    for agent in list(petition.people.filter(acts_for=dead, role__in=sorted(STANDS_FOR_ANOTHER))):
        _leave(agent, now)
    row = _enter(petition, replace(successor, role=role), seat=seat, is_main=was_main)
    if successor.under_14:
        guardian = Person(name=guardian_name, role=PersonRole.GUARDIAN)
        _enter(petition, guardian, acts_for=row)
    died.successor_position, died.relation = row.position, relation
    died.succeeded_by, died.succeeded_at = by.post, now
    died.save(update_fields=["successor_position", "relation", "succeeded_by", "succeeded_at"])
    facts = {"position": dead.position, "successor": row.position}
    record("petition.name_successor", petition, by=by.actor, at=now, facts=facts)
    touch(petition, now=now)
    reopen(petition, step=Step.NAME_SUCCESSOR, by=by, now=now)
    call_to_finish(petition, now=now)
    return row


@transaction.atomic(durable=True)
def change_agent(
    petition_id: UUID,
    *,
    leaving_id: UUID | None = None,
    principal_id: UUID | None = None,
    coming: Person | None = None,
    reason: str,
    by: Hat,
    now: datetime,
) -> PersonChange:
    """Let an agent or guardian leave, another come, or both; who left stays on the petition with the reason (Q19).

    Who comes acts for the same petitioner as who leaves; without one leaving, for the one named.

    :raises Unknown: if this hat does not see the petition, or a person is none of it
    :raises NotAllowed: if its organ did not register it
    :raises OutOfTurn: if it goes on no longer
    :raises Refused: if nobody leaves or comes, without a reason, with a wrong identity number, if a child under 14
        would be without a guardian, or for a third agent
    """
    petition = lock_petition(petition_id, by)
    check(Step.CHANGE_AGENT, petition, by)
    leaving = person_of(petition, leaving_id, STANDS_FOR_ANOTHER) if leaving_id else None
    if leaving is not None:
        principal = leaving.acts_for
    else:
        principal = person_of(petition, principal_id, PETITIONS_HIMSELF) if principal_id else None
    faults = _faults(coming) if coming else {}
    if not reason.strip():
        faults["reason"] = _("Say why.")
    if coming is None and leaving is None:
        faults["name"] = _("Name who comes, or choose who leaves.")
    if coming is not None and principal is None:
        faults["principal"] = _("Say whom the agent or guardian stands for.")
    _refuse(faults)
    if coming is not None and leaving is not None:
        coming = replace(coming, role=PersonRole(leaving.role))
    _refuse_child_alone(petition, principal, leaving, coming)
    _refuse_third_agent(petition, principal, leaving, coming)
    role_before = leaving.role if leaving else ""
    if leaving is not None:
        _leave(leaving, now)
    row = _enter(petition, coming, acts_for=principal) if coming else None
    change = PersonChange.objects.create(
        petition=petition,
        kind=PersonChangeKind.REPLACED,
        position=leaving.position if leaving else None,
        role_before=role_before,
        successor_position=row.position if row else None,
        words=reason,
        happened_on=timezone.localdate(now),
        noted_by=by.post,
        noted_at=now,
    )
    facts = {"position": change.position, "successor": change.successor_position}
    record("petition.change_agent", petition, by=by.actor, at=now, facts=facts)
    touch(petition, now=now)
    return change


def _faults(person: Person) -> dict[str, str]:
    faults: dict[str, str] = {}
    if not person.name.strip():
        faults["name"] = _("Write the name.")
    checked = person.id_type is IdType.RESIDENT and bool(person.id_number)
    if checked and not is_identity_number(person.id_number):
        faults["id_number"] = str(WRONG_DIGIT)
    return faults


def _refuse(faults: dict[str, str]) -> None:
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)


def _refuse_child_alone(
    petition: Petition, principal: Petitioner | None, leaving: Petitioner | None, coming: Person | None
) -> None:
    """A child under 14 petitions only through a guardian (Q19)."""
    if principal is None or not principal.under_14 or (coming and coming.role is PersonRole.GUARDIAN):
        return
    guardians = petition.people.filter(role=PersonRole.GUARDIAN, acts_for=principal)
    if leaving is not None and not guardians.exclude(pk=leaving.pk).exists():
        message = _("A petitioner under 14 comes through a guardian: name the new one.")
        raise Refused(message, fields={"name": message})


def _refuse_third_agent(
    petition: Petition, principal: Petitioner | None, leaving: Petitioner | None, coming: Person | None
) -> None:
    if coming is None or coming.role is not PersonRole.AGENT or leaving is not None:
        return
    if petition.people.filter(role=PersonRole.AGENT, acts_for=principal).count() >= MOST_AGENTS:
        message = _("At most two agents act for a petitioner; choose who leaves.")
        raise Refused(message, fields={"leaving": message})


def _leave(person: Petitioner, now: datetime) -> None:
    """Keep a person on the petition who takes no part any longer; his query code ends."""
    person.role, person.representative_no, person.is_main = PersonRole.FORMER, None, False
    person.save(update_fields=["role", "representative_no", "is_main"])
    QueryCode.objects.filter(petitioner=person, replaced_at=None).update(replaced_at=now)


def _enter(
    petition: Petition,
    person: Person,
    *,
    seat: int | None = None,
    is_main: bool = False,
    acts_for: Petitioner | None = None,
) -> Petitioner:
    last: int = petition.people.aggregate(last=Max("position"))["last"] or 0
    row = petitioner_of(petition, person, last + 1)
    row.representative_no, row.is_main, row.acts_for = seat, is_main, acts_for
    row.save(force_insert=True)
    # his name is covered from now on wherever it stands
    index_anew(petition)
    return row
