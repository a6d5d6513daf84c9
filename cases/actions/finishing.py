"""办结 and 化解: finished when every claim has its lawful end and its paper served; settled is another question."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import record
from cases.ends import call_to_finish, missing_for_finish
from cases.handlings import led_by, lock_with_joined
from cases.models import (
    Handling,
    Petition,
    PetitionClock,
    PetitionDocument,
    Resolution,
    ResolutionEvidence,
    UpwardReport,
)
from cases.parts import copy_next_due, lock_petition, touch
from cases.states import FROM_ABOVE, ClockCode, Routing
from cases.urgings import no_longer_urged
from cases.workflow import Step, check, move
from deadlines.parts import meet
from documents import parts as documents
from documents.states import DocumentKind
from infra.files import Checked
from lib.errors import NotAllowed, OutOfTurn, Refused


@transaction.atomic(durable=True)
def finish(petition_id: UUID, *, by: Hat, now: datetime) -> Petition:
    """Finish a petition (办结): every claim ended, every paper served, the result returned upward (Q10, Q21, Q24).

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if its organ did not register it
    :raises OutOfTurn: if it is not being handled, or something is missing; the words say what
    """
    lock_with_joined(petition_id, by)
    petition = lock_petition(petition_id, by)
    check(Step.FINISH, petition, by)
    missing = missing_for_finish(petition)
    if missing:
        raise OutOfTurn(_("Still missing: %(what)s") % {"what": "；".join(missing)})
    move(petition, Routing.FINISHED, step=Step.FINISH, by=by, at=now)
    no_longer_urged(Handling.objects.filter(petition=petition), now=now)
    call_to_finish(petition, now=now)
    # what was joined to it waited for this end (Q11)
    waiting = Petition.objects.filter(sealed=False, joins__pending=petition, joins__route__ended_at=None)
    for joined in waiting.distinct():
        call_to_finish(joined, now=now)
    return petition


@transaction.atomic(durable=True)
def report_upward(
    petition_id: UUID,
    *,
    number: str,
    reported_on: date,
    receipt: str = "",
    file: Checked,
    by: Hat,
    now: datetime,
) -> UpwardReport:
    """Return the result of a petition from above: the completion report with its number, day and receipt (Q21).

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if its organ did not register it
    :raises OutOfTurn: if it did not come from above
    :raises Refused: if number, day or file is none
    """
    petition = lock_petition(petition_id, by)
    check(Step.REPORT_UPWARD, petition, by)
    if petition.source not in FROM_ABOVE:
        raise OutOfTurn(_("This petition did not come from above."))
    document = documents.upload(
        DocumentKind.D24, organ=by.organ, number=number, dated_on=reported_on, file=file, by=by, now=now
    )
    PetitionDocument.objects.hang(document, petition)
    report = UpwardReport.objects.create(
        petition=petition,
        document=document,
        reported_on=reported_on,
        receipt=receipt,
        reported_by=by.post,
        reported_at=now,
    )
    own = PetitionClock.objects.open().filter(
        petition=petition, organ=petition.register_organ, code=ClockCode.T6
    )
    for clock in own:
        meet(clock, at=now, now=now)
    copy_next_due(petition)
    record("petition.report_upward", petition, by=by.actor, at=now, facts={"number": number})
    call_to_finish(petition, now=now)
    touch(petition, now=now)
    return report


@transaction.atomic(durable=True)
def propose_resolved(
    petition_id: UUID, *, evidence: ResolutionEvidence, words: str, by: Hat, now: datetime
) -> Resolution:
    """Propose that the dispute is settled (化解), with what shows it; a promise to stay silent shows nothing.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if its organ neither registered nor leads it
    :raises OutOfTurn: if a proposal stands already
    :raises Refused: without what shows it
    """
    petition = lock_petition(petition_id, by)
    leads = led_by(petition, by)
    check(Step.PROPOSE_RESOLVED, petition, by, leads)
    if petition.resolutions.filter(ended_at=None).exists():
        raise OutOfTurn(_("It stands as settled, or as proposed, already."))
    if not words.strip():
        raise Refused(_("Say what shows it."), fields={"words": _("Say what shows it.")})
    resolution = Resolution.objects.create(
        petition=petition,
        evidence=evidence,
        words=words,
        proposed_by=by.post,
        proposer=by.user,
        proposed_at=now,
    )
    record("petition.propose_resolved", petition, by=by.actor, at=now, facts={"evidence": evidence})
    touch(petition, now=now)
    return resolution


@transaction.atomic(durable=True)
def confirm_resolved(
    petition_id: UUID, *, settled: bool, why: str = "", by: Hat, now: datetime
) -> Resolution:
    """Confirm that the dispute is settled, or say that it is not or no longer, with the reason (data-standard §7).

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if its organ did not register it, or its wearer made the proposal
    :raises OutOfTurn: if nothing was proposed
    :raises Refused: if it says no without a reason
    """
    petition = lock_petition(petition_id, by)
    check(Step.CONFIRM_RESOLVED, petition, by)
    resolution = (
        Resolution.objects.select_for_update(of=("self",))
        .select_related("proposed_by")
        .filter(petition=petition, ended_at=None)
        .first()
    )
    if resolution is None:
        raise OutOfTurn(_("Nobody proposed that it is settled."))
    if settled:
        if resolution.confirmed_at is not None:
            raise OutOfTurn(_("It is settled already."))
        if resolution.proposer_id == by.user.pk:
            raise NotAllowed(_("A second person confirms."))
        resolution.confirmed_by, resolution.confirmed_at = by.post, now
    else:
        if not why.strip():
            raise Refused(_("Say why it is not settled."), fields={"why": _("Say why it is not settled.")})
        resolution.ended_at, resolution.ended_why = now, why
    resolution.save(update_fields=["confirmed_by", "confirmed_at", "ended_at", "ended_why"])
    record("petition.confirm_resolved", petition, by=by.actor, at=now, facts={"settled": settled})
    touch(petition, now=now)
    return resolution
