"""Other ends than 办结: withdrawal, death, and attempts to reach a petitioner, which end nothing (Q19)."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.roles import Role
from audit.parts import record
from cases import permissions as may
from cases.ending import (
    attachment_of,
    end_otherwise,
    is_a_report,
    person_of,
    principals,
    refuse_who_leads,
    reopen,
    who_confirms,
    why_not_ended,
    why_not_ended_by_death,
)
from cases.ends import call_to_finish
from cases.handlings import led_by, tell_organ
from cases.models import ContactAttempt, OtherEnd, PersonChange, Petition, Reporter, Withdrawal
from cases.parts import lock_either, lock_petition, touch
from cases.people import dead_positions, withdrawn_positions
from cases.states import (
    PETITIONS_HIMSELF,
    AttemptMeans,
    AttemptResult,
    EndKind,
    PersonChangeKind,
    PersonRole,
)
from cases.workflow import Step, check
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from notices.models import Kind

_CONFIRMS = frozenset({Role.PETITION_OFFICER, Role.SECTION_HEAD, Role.OFFICE_DIRECTOR, Role.UNIT_HEAD})


@transaction.atomic(durable=True)
def note_withdrawal(
    petition_id: UUID, person_id: UUID, *, words: str, withdrawn_on: date, by: Hat, now: datetime
) -> Withdrawal:
    """Note that one petitioner withdraws, in his own words; it has no effect until the office confirms it (Q19).

    In the sealed lane it is noted by the lane's officer, and never has any.

    :raises Unknown: if this hat does not see the petition, or the person is none of its petitioners
    :raises NotAllowed: if its organ neither registered nor leads it
    :raises OutOfTurn: if it goes on no longer, or he withdrew already
    :raises Refused: without his words, for a day in the future, or for a child without a guardian
    """
    petition = lock_either(petition_id, by)
    if petition.sealed:
        position = _reporters_position(petition, person_id, by)
    else:
        leads = led_by(petition, by)
        check(Step.NOTE_WITHDRAWAL, petition, by, leads)
        person = person_of(petition, person_id, PETITIONS_HIMSELF)
        guardians = petition.people.filter(role=PersonRole.GUARDIAN, acts_for=person)
        if person.under_14 and not guardians.exists():
            message = _("A petitioner under 14 withdraws through a guardian; name the guardian first.")
            raise Refused(message, fields={"person": message})
        position = person.position
    _check_words_and_day(words, withdrawn_on, "withdrawn_on", now)
    if petition.withdrawals.filter(position=position, ended_at=None).exists():
        raise OutOfTurn(_("This petitioner's withdrawal is noted already."))
    if not petition.sealed and position in dead_positions(petition):
        raise OutOfTurn(_("This petitioner has died."))
    noted = Withdrawal.objects.create(
        petition=petition,
        position=position,
        words=words,
        withdrawn_on=withdrawn_on,
        noted_by=by.post,
        noter=by.user,
        noted_at=now,
    )
    record("petition.note_withdrawal", petition, by=by.actor, at=now, facts={"position": position})
    touch(petition, now=now)
    office = who_confirms(petition)
    if office is not None and not is_a_report(petition):
        key = f"withdrawal:{noted.pk}"
        tell_organ(office, _CONFIRMS, Kind.WITHDRAWAL_TO_CONFIRM, petition, key=key, now=now)
    return noted


def _reporters_position(petition: Petition, person_id: UUID, by: Hat) -> int:
    if not may.may_unseal(by):
        raise NotAllowed(_("Only a sealed-lane officer notes it here."))
    reporter = Reporter.objects.filter(petition=petition, pk=person_id).first()
    if reporter is None:
        raise Unknown(_("There is no such person on this petition."))
    return reporter.position


def _check_words_and_day(words: str, day: date, field: str, now: datetime) -> None:
    faults = {}
    if not words.strip():
        faults["words"] = _("Write it down.")
    if day > timezone.localdate(now):
        faults[field] = _("The day lies in the future.")
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)


@transaction.atomic(durable=True)
def confirm_withdrawal(
    petition_id: UUID, withdrawal_id: int, *, agree: bool, why: str = "", by: Hat, now: datetime
) -> Withdrawal:
    """Confirm as the office that a petitioner withdraws of his own will, or say that he does not (Q19).

    The petition ends only once every petitioner who does not merely accompany has withdrawn; for the others it goes
    on unchanged.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if its organ is not the office's or leads it, or its wearer noted the withdrawal
    :raises OutOfTurn: if nothing waits, the petition reports wrongdoing, an opinion is out, or the report upward is
        missing
    :raises Refused: if it says no without a reason
    """
    petition = lock_petition(petition_id, by)
    check(Step.CONFIRM_WITHDRAWAL, petition, by)
    refuse_who_leads(petition, by)
    withdrawal = _waiting(petition, withdrawal_id)
    if withdrawal.confirmed_at is not None:
        raise OutOfTurn(_("It is confirmed already."))
    if withdrawal.noter_id == by.user.pk:
        raise NotAllowed(_("A second person confirms."))
    if not agree:
        _end(withdrawal, why, by, now)
        record("petition.confirm_withdrawal", petition, by=by.actor, at=now, facts={"agreed": False})
        touch(petition, now=now)
        return withdrawal
    gone = withdrawn_positions(petition) | {withdrawal.position}
    was_the_last = {person.position for person in principals(petition)} <= gone
    why_not = why_not_ended(petition) if was_the_last or is_a_report(petition) else ""
    if why_not:
        raise OutOfTurn(why_not)
    withdrawal.confirmed_by, withdrawal.confirmer, withdrawal.confirmed_at = by.post, by.user, now
    withdrawal.save(update_fields=["confirmed_by", "confirmer", "confirmed_at"])
    record("petition.confirm_withdrawal", petition, by=by.actor, at=now, facts={"agreed": True})
    touch(petition, now=now)
    if was_the_last:
        end_otherwise(
            petition,
            EndKind.WITHDRAWN,
            words="",
            step=Step.CONFIRM_WITHDRAWAL,
            by=by,
            now=now,
        )
    call_to_finish(petition, now=now)
    return withdrawal


@transaction.atomic(durable=True)
def revoke_withdrawal(
    petition_id: UUID, withdrawal_id: int, *, reason: str, by: Hat, now: datetime
) -> Withdrawal:
    """Take a withdrawal back because the petitioner wishes it; a petition that ended by it goes on (Q19).

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if its organ is not the office's, or leads it
    :raises OutOfTurn: if no withdrawal stands
    :raises Refused: without the reason
    """
    petition = lock_petition(petition_id, by)
    check(Step.REVOKE_WITHDRAWAL, petition, by)
    refuse_who_leads(petition, by)
    withdrawal = _waiting(petition, withdrawal_id)
    _end(withdrawal, reason, by, now)
    record("petition.revoke_withdrawal", petition, by=by.actor, at=now)
    touch(petition, now=now)
    reopen(petition, step=Step.REVOKE_WITHDRAWAL, by=by, now=now)
    call_to_finish(petition, now=now)
    return withdrawal


def _waiting(petition: Petition, withdrawal_id: int) -> Withdrawal:
    found = petition.withdrawals.select_for_update().filter(pk=withdrawal_id, ended_at=None).first()
    if found is None:
        raise OutOfTurn(_("No such withdrawal stands."))
    return found


def _end(withdrawal: Withdrawal, why: str, by: Hat, now: datetime) -> None:
    if not why.strip():
        raise Refused(_("Say why."), fields={"why": _("Say why."), "reason": _("Say why.")})
    withdrawal.ended_by, withdrawal.ended_at, withdrawal.ended_why = by.post, now, why
    withdrawal.save(update_fields=["ended_by", "ended_at", "ended_why"])


@transaction.atomic(durable=True)
def note_death(
    petition_id: UUID,
    person_id: UUID,
    *,
    died_on: date,
    words: str,
    attachment_id: UUID | None = None,
    by: Hat,
    now: datetime,
) -> PersonChange:
    """Note that a petitioner has died, with what shows it. A successor may continue; by itself this ends nothing (Q19).

    :raises Unknown: if this hat does not see the petition, or the person is none of its petitioners
    :raises NotAllowed: if its organ neither registered nor leads it
    :raises OutOfTurn: if it goes on no longer, or the death is noted already
    :raises Refused: without evidence, or for a day in the future
    """
    petition = lock_petition(petition_id, by)
    leads = led_by(petition, by)
    check(Step.NOTE_DEATH, petition, by, leads)
    person = person_of(petition, person_id, PETITIONS_HIMSELF)
    _check_words_and_day(words, died_on, "died_on", now)
    attachment = attachment_of(petition, attachment_id)
    if petition.person_changes.filter(kind=PersonChangeKind.DIED, position=person.position).exists():
        raise OutOfTurn(_("This death is noted already."))
    died = PersonChange.objects.create(
        petition=petition,
        kind=PersonChangeKind.DIED,
        position=person.position,
        role_before=person.role,
        words=words,
        attachment=attachment,
        happened_on=died_on,
        noted_by=by.post,
        noted_at=now,
    )
    record("petition.note_death", petition, by=by.actor, at=now, facts={"position": person.position})
    call_to_finish(petition, now=now)
    touch(petition, now=now)
    return died


@transaction.atomic(durable=True)
def end_after_death(
    petition_id: UUID, *, words: str, attachment_id: UUID | None = None, by: Hat, now: datetime
) -> OtherEnd:
    """End a petition whose petitioner died and whom nobody continues, with what shows it (Q19).

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if its organ is not the office's, or leads it
    :raises OutOfTurn: if a petitioner lives and has not withdrawn, the petition reports wrongdoing, an opinion is out,
        or the report upward is missing
    :raises Refused: without evidence that nobody continues
    """
    petition = lock_petition(petition_id, by)
    check(Step.END_AFTER_DEATH, petition, by)
    refuse_who_leads(petition, by)
    why_not = why_not_ended_by_death(petition)
    if why_not:
        raise OutOfTurn(why_not)
    if not words.strip():
        message = _("Say who was asked and what shows that nobody continues.")
        raise Refused(message, fields={"words": message})
    attachment = attachment_of(petition, attachment_id)
    record("petition.end_after_death", petition, by=by.actor, at=now)
    return end_otherwise(
        petition,
        EndKind.DIED,
        words=words,
        attachment=attachment,
        step=Step.END_AFTER_DEATH,
        by=by,
        now=now,
    )


@transaction.atomic(durable=True)
def note_attempt(
    petition_id: UUID,
    *,
    tried_on: date,
    means: AttemptMeans,
    result: AttemptResult,
    words: str = "",
    by: Hat,
    now: datetime,
) -> ContactAttempt:
    """Note an attempt to reach the petitioner. No number of them finishes or ends a petition (Q19).

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if its organ neither registered nor leads it
    :raises OutOfTurn: if it goes on no longer
    :raises Refused: for a day in the future, or before the petition came in
    """
    petition = lock_petition(petition_id, by)
    leads = led_by(petition, by)
    check(Step.NOTE_ATTEMPT, petition, by, leads)
    if tried_on > timezone.localdate(now):
        raise Refused(_("The day lies in the future."), fields={"tried_on": _("The day lies in the future.")})
    if tried_on < timezone.localdate(petition.received_at):
        message = _("The day lies before the petition came in.")
        raise Refused(message, fields={"tried_on": message})
    attempt = ContactAttempt.objects.create(
        petition=petition,
        tried_on=tried_on,
        means=means,
        result=result,
        words=words,
        noted_by=by.post,
        noted_at=now,
    )
    record("petition.note_attempt", petition, by=by.actor, at=now, facts={"means": means, "result": result})
    touch(petition, now=now)
    return attempt
