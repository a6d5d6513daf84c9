"""复查 and 复核: a request is noted, accepted or not, and withdrawn by whoever made it (Art 35, 36; R-40, R-41)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ
from audit.parts import record
from cases.ending import person_of
from cases.ends import call_to_finish
from cases.handling_rules import typed_day_faults
from cases.handlings import lock_handling, lock_with_joined, release, settle_call
from cases.models import Handling, Petition, Petitioner, Remedy, RemedyRequest
from cases.parts import follow_organs, involve, involve_portfolios, touch, users_kept_out
from cases.people import dead_positions, withdrawn_positions
from cases.remedies import permissions as may
from cases.remedies.parts import (
    ask_for_approval,
    end_remedy_clocks,
    hang_paper,
    head_of,
    is_in_time,
    lock_remedy,
    meet_remedy_clocks,
    refuse_partial,
    refuse_unless,
    settle_request,
    standing_of,
    start_remedy_clocks,
    tell_of_request,
)
from cases.remedies.standing import Standing, received_of
from cases.remedy_states import GOING_ON, Chain, RemedyRefusal, RemedyState, Stage
from cases.states import PETITIONS_HIMSELF, Basis, ClockCode, Routing
from deadlines.calendars import previous_working_day
from documents import parts as documents
from documents import wording
from documents.models import Document
from documents.states import NOT_YET_OUT, DocumentKind, State
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown

_ACCEPTED = {Stage.REVIEW: DocumentKind.D17_ACCEPTED, Stage.REEXAMINATION: DocumentKind.D19_ACCEPTED}
_REFUSED = {Stage.REVIEW: DocumentKind.D17_REFUSED, Stage.REEXAMINATION: DocumentKind.D19_REFUSED}


@dataclass(frozen=True, kw_only=True)
class Request:
    """What a petitioner hands in: which day, what he contests and why, with what evidence (D17, D19).

    `late_cause` is why it comes after the thirty days, `evidence_note` what shows a day typed late (Q25).
    """

    received_on: date
    reasons: str
    evidence: str = ""
    late_cause: str = ""
    evidence_note: str = ""


@transaction.atomic(durable=True)
def request_remedy(
    petition_id: UUID, handling_id: UUID, person_id: UUID, request: Request, *, by: Hat, now: datetime
) -> Remedy:
    """Note that a petitioner asks for 复查 of the opinion, or for 复核 of the review opinion (Art 35, 36).

    Which of the two, and before which organ, follows from where the opinion stands. What comes late is noted all the
    same: the reviewing organ decides whether there was good cause (ACC-5). Another petitioner joins what goes on.

    :raises Unknown: if this hat does not see the petition, or handling or person is not of it
    :raises NotAllowed: if it is neither of the office nor of an organ of the chain, or its wearer withdrew
    :raises OutOfTurn: if there is no opinion to contest, it was decided on, or he asks already
    :raises Refused: without reasons, for an impossible day, or where nobody is entered who stands next above
    """
    # the organ above and its leaders get a part in it
    lock_with_joined(petition_id, by)
    petition, handling = lock_handling(petition_id, handling_id, by)
    if petition.routing not in {Routing.ROUTED, Routing.FINISHED}:
        raise OutOfTurn(_("The petition does not stand where an opinion is contested."))
    standing = standing_of(handling, now=now)
    _refuse_requester(petition, handling, standing, by)
    person = _applicant(petition, person_id)
    going_on = next((each for each in standing.remedies if each.is_going_on), None)
    if (
        going_on is not None
        and going_on.requests.filter(position=person.position, withdrawn_on=None).exists()
    ):
        raise OutOfTurn(_("This petitioner asks for it already."))
    if going_on is not None:
        _refuse_request(going_on.contested, person, request, now=now)
        remedy = going_on
    else:
        found = _open(standing)
        _refuse_request(found.contested, person, request, now=now)
        remedy = _begin(petition, standing, found, request, now)
    _write_request(remedy, person, request, by=by, now=now)
    facts = {"stage": remedy.stage, "organ": remedy.organ.code, "on": request.received_on.isoformat()}
    record("petition.request_remedy", petition, by=by.actor, at=now, facts=facts)
    touch(petition, now=now)
    tell_of_request(remedy, person.position, now=now)
    return remedy


def _write_request(remedy: Remedy, person: Petitioner, request: Request, *, by: Hat, now: datetime) -> None:
    backdated = request.received_on < previous_working_day(timezone.localdate(now))
    RemedyRequest.objects.create(
        remedy=remedy,
        position=person.position,
        received_on=request.received_on,
        reasons=request.reasons.strip(),
        evidence=request.evidence.strip(),
        late_cause=request.late_cause.strip(),
        backdated=backdated,
        evidence_note=request.evidence_note.strip() if backdated else "",
        noted_by=by.post,
        noter=by.user,
        noted_at=now,
    )


def _refuse_requester(petition: Petition, handling: Handling, standing: Standing, by: Hat) -> None:
    chain = [handling.organ, *(each.organ for each in standing.remedies)]
    above = [standing.organ] if standing.organ is not None else []
    if not may.may_note_request(by, petition, [*chain, *above]) or by.user.pk in users_kept_out(petition):
        raise NotAllowed(_("The office or an organ of the chain notes it."))


def _applicant(petition: Petition, person_id: UUID) -> Petitioner:
    person = person_of(petition, person_id, PETITIONS_HIMSELF)
    if person.position in dead_positions(petition) | withdrawn_positions(petition):
        raise OutOfTurn(_("This person takes part in the petition no longer."))
    return person


@dataclass(frozen=True)
class _Open:
    """An opinion that may be contested: by which remedy, before which organ."""

    contested: Document
    stage: Stage
    organ: Organ


def _open(standing: Standing) -> _Open:
    """Return what may be contested now."""
    if standing.chain is Chain.CONCLUDED:
        raise OutOfTurn(
            _("Re-examination has concluded it (Art 36(3)); new facts are registered as a new petition.")
        )
    if standing.contested is None or standing.stage is None:
        raise OutOfTurn(_("There is no opinion that could be contested."))
    if standing.organ is None:
        raise Refused(_("No next-higher organ is entered that could review this organ's opinion."))
    return _Open(standing.contested, standing.stage, standing.organ)


def _begin(petition: Petition, standing: Standing, found: _Open, request: Request, now: datetime) -> Remedy:
    """Begin a remedy before the organ next above, which has part in the petition from now on."""
    remedy = Remedy.objects.create(
        petition=petition,
        stage=found.stage,
        handling=standing.handling,
        after=standing.review if found.stage is Stage.REEXAMINATION else None,
        contested=found.contested,
        contested_organ=found.contested.organ,
        organ=found.organ,
        requested_on=request.received_on,
    )
    involve(petition, Basis.REVIEWS, now=now, organ=found.organ)
    involve_portfolios(petition, now=now)
    start_remedy_clocks(remedy, now=now)
    return remedy


def _refuse_request(contested: Document, person: Petitioner, request: Request, *, now: datetime) -> None:
    today = timezone.localdate(now)
    received = received_of([contested.pk])[contested.pk].get(person.pk)
    faults = typed_day_faults(
        "received_on",
        request.received_on,
        after=received or contested.dated_on or today,
        today=today,
        earliest=previous_working_day(today),
        evidence=request.evidence_note,
    )
    if not request.reasons.strip():
        faults["reasons"] = _("Write down what is contested, and why.")
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)


@transaction.atomic(durable=True)
def answer_remedy(
    petition_id: UUID,
    remedy_id: UUID,
    *,
    accept: bool,
    refusal: RemedyRefusal | None = None,
    facts: str = "",
    by: Hat,
    now: datetime,
) -> Remedy:
    """Accept a request, or not for one of the listed reasons with its facts; the notice waits for approval (D17, D19).

    :raises Unknown: if this hat does not see the petition, or there is no such remedy
    :raises NotAllowed: if its organ does not review it, or its wearer had a hand in the opinion or withdrew
    :raises OutOfTurn: if the request was answered
    :raises Refused: for a reason that is none, without its facts, or as late what came in time
    """
    petition, remedy = lock_remedy(petition_id, remedy_id, by)
    if not may.reviews(by, remedy):
        raise NotAllowed(_("The organ that reviews it decides."))
    refuse_partial(remedy, by)
    refuse_unless(remedy, [RemedyState.REQUESTED])
    if not accept:
        _refuse_refusal(remedy, refusal, facts, now=now)
        remedy.refusal, remedy.refusal_facts = refusal or "", facts.strip()
    remedy.state = RemedyState.ACCEPTED if accept else RemedyState.NOT_ACCEPTED
    remedy.answered_by, remedy.answered_at = by.post, now
    remedy.notice = _draft_notice(remedy, by=by, now=now)
    remedy.save(update_fields=["state", "refusal", "refusal_facts", "answered_by", "answered_at", "notice"])
    meet_remedy_clocks(remedy, [ClockCode.T15], at=now, now=now)
    settle_request(remedy, now=now)
    codes = {"stage": remedy.stage, "agreed": accept, "reason": remedy.refusal}
    record("petition.answer_remedy", petition, by=by.actor, at=now, facts=codes)
    call_to_finish(petition, now=now)
    touch(petition, now=now)
    return remedy


@transaction.atomic(durable=True)
def draft_remedy_notice(petition_id: UUID, remedy_id: UUID, *, by: Hat, now: datetime) -> Document:
    """Draw the notice up anew that was sent back; it waits for approval (documents.md §1).

    :raises Unknown: if this hat does not see the petition, or there is no such remedy
    :raises NotAllowed: if its organ does not review it, or its wearer had a hand in the opinion or withdrew
    :raises OutOfTurn: if no notice was sent back
    """
    petition, remedy = lock_remedy(petition_id, remedy_id, by)
    if not may.reviews(by, remedy):
        raise NotAllowed(_("The organ that reviews it decides."))
    refuse_partial(remedy, by)
    returned = remedy.notice
    if returned is None or returned.state != State.RETURNED:
        raise OutOfTurn(_("Only a notice that was sent back is drawn up anew."))
    settle_call(petition, f"returned:{returned.pk}", now=now)
    remedy.notice = _draft_notice(remedy, by=by, now=now)
    remedy.save(update_fields=["notice"])
    facts = {"kind": remedy.notice.kind, "document": str(remedy.notice.pk)}
    record("petition.draft_notice", petition, by=by.actor, at=now, facts=facts)
    touch(petition, now=now)
    return remedy.notice


def _refuse_refusal(remedy: Remedy, refusal: RemedyRefusal | None, facts: str, *, now: datetime) -> None:
    faults: dict[str, str] = {}
    if refusal is None:
        faults["refusal"] = _("Choose a reason of the list.")
    elif refusal is RemedyRefusal.OUT_OF_TIME and is_in_time(remedy, now=now):
        faults["refusal"] = _("A request came within the thirty days from receipt of the opinion.")
    if not facts.strip():
        faults["facts"] = _("Write down the facts for it.")
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)


def _draft_notice(remedy: Remedy, *, by: Hat, now: datetime) -> Document:
    """Draw up the word that a request is accepted, or is not."""
    head, stage = head_of(remedy, by), Stage(remedy.stage)
    if remedy.state == RemedyState.ACCEPTED:
        due = remedy.clocks.open().exclude(code=ClockCode.T15).values_list("last_day", flat=True).first()
        kind, paper = _ACCEPTED[stage], wording.request_accepted(wording.RequestAccepted(**head, due_on=due))
    else:
        refused = wording.RequestRefused(**head, reason=remedy.refusal, facts_found=remedy.refusal_facts)
        kind, paper = _REFUSED[stage], wording.request_refused(refused)
    document = documents.draft(kind, organ=remedy.organ, paper=paper, by=by, now=now)
    hang_paper(remedy, document)
    ask_for_approval(remedy, document, now=now)
    return document


@transaction.atomic(durable=True)
def withdraw_request(
    petition_id: UUID, request_id: int, *, words: str, withdrawn_on: date, by: Hat, now: datetime
) -> Remedy:
    """Note that a petitioner takes his request back, in his own words; with the last one the remedy ends (Q19).

    He may ask again within his thirty days.

    :raises Unknown: if this hat does not see the petition, or there is no such request
    :raises NotAllowed: if it is neither of the reviewing organ nor of the office, or its wearer withdrew
    :raises OutOfTurn: if it was decided, or is withdrawn
    :raises Refused: without his words, or for an impossible day
    """
    asked = RemedyRequest.objects.filter(pk=request_id, remedy__petition=petition_id).first()
    if asked is None:
        raise Unknown(_("There is no such request."))
    lock_with_joined(petition_id, by)
    petition, remedy = lock_remedy(petition_id, asked.remedy_id, by)
    asked.refresh_from_db()
    if not may.notes_withdrawal(by, remedy):
        raise NotAllowed(_("The reviewing organ or the office notes it, and not the organ that is reviewed."))
    refuse_partial(remedy, by)
    refuse_unless(remedy, GOING_ON)
    if asked.withdrawn_on is not None:
        raise OutOfTurn(_("This request is withdrawn already."))
    faults = _withdrawal_faults(asked, words, withdrawn_on, now=now)
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)
    asked.withdrawn_on, asked.withdrawn_words = withdrawn_on, words.strip()
    asked.withdrawal_noted_by = by.post
    asked.save(update_fields=["withdrawn_on", "withdrawn_words", "withdrawal_noted_by"])
    record("petition.withdraw_request", petition, by=by.actor, at=now, facts={"stage": remedy.stage})
    if not remedy.requests.filter(withdrawn_on=None).exists():
        _end(remedy, now=now)
    touch(petition, now=now)
    return remedy


def _withdrawal_faults(
    asked: RemedyRequest, words: str, withdrawn_on: date, *, now: datetime
) -> Mapping[str, str]:
    faults = {}
    if not words.strip():
        faults["words"] = _("Write it down.")
    if not asked.received_on <= withdrawn_on <= timezone.localdate(now):
        faults["withdrawn_on"] = _("The day lies between the request and today.")
    return faults


def _end(remedy: Remedy, *, now: datetime) -> None:
    """End a remedy that nobody asks for any longer; its organ has no part in the petition for it."""
    remedy.state = RemedyState.WITHDRAWN
    remedy.save(update_fields=["state"])
    end_remedy_clocks(remedy, now=now)
    settle_request(remedy, now=now)
    for document in remedy.documents.filter(document__state__in=sorted(NOT_YET_OUT)):
        settle_call(remedy.petition, f"approve:{document.document_id}", now=now)
    others = Remedy.objects.filter(petition=remedy.petition, organ=remedy.organ)
    if not others.exclude(state=RemedyState.WITHDRAWN).exists():
        release(remedy.petition, Basis.REVIEWS, organ=remedy.organ, now=now)
        follow_organs(remedy.petition, now=now)
    call_to_finish(remedy.petition, now=now)
