"""Posting and serving issued papers, and putting their records right, inside the deed whose entry these are."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from deadlines.calendars import previous_working_day
from documents.locks import lock_document
from documents.models import Document, Posting, ServiceCorrection, ServiceRecord
from documents.rules import Delivered, Sent, Service, day_faults, is_backdated, method_faults
from documents.states import Method
from lib.errors import NotAllowed, OutOfTurn, Refused
from lib.transactions import require_transaction


def send_by_post(document: Document, sent: Sent, *, by: Hat, now: datetime) -> Posting:
    """Write that an issued paper was given to the post for one person (Q24). It may be posted again.

    :raises OutOfTurn: if it was not issued, or the person has received it
    :raises Refused: if the day cannot be (Q25)
    """
    require_transaction("documents.send_by_post")
    row = _locked_for(document, sent)
    columns = _delivered(row, sent, {"posted_on": sent.posted_on}, by=by, now=now)
    return Posting.objects.create(mail_number=sent.mail_number, **columns)


def serve(document: Document, service: Service, *, by: Hat, now: datetime) -> ServiceRecord:
    """Write that one person received an issued paper, or refused it before a witness (documents.md §2; Q17).

    :raises OutOfTurn: if it was not issued, or the person has received it
    :raises Refused: if the day cannot be (Q25), or the method asks for more
    """
    require_transaction("documents.serve")
    row = _locked_for(document, service)
    return _serve(row, service, by=by, now=now)


def propose_correction(
    record: ServiceRecord | Posting, instead: Service | Sent | None, *, reason: str, by: Hat, now: datetime
) -> ServiceCorrection:
    """Propose what stands instead of a mistyped record; nothing if nobody was served, or nothing posted (Q18).

    :raises OutOfTurn: if it stands no longer, or a proposal waits
    :raises Refused: without a reason, or if what is proposed could not have been recorded
    """
    require_transaction("documents.propose_correction")
    row = lock_document(record.document)
    if not reason.strip():
        words = _("Say what is wrong with the record.")
        raise Refused(words, fields={"reason": words})
    if record.corrections.filter(confirmed=True).exists():
        raise OutOfTurn(_("This record has been corrected already."))
    if record.corrections.filter(confirmed=None).exists():
        raise OutOfTurn(_("A correction of this record waits for a second person."))
    if isinstance(instead, Service):
        _refuse_impossible(row, instead)
        _refuse_days(row, "served_on", instead.served_on, instead, now=now)
    elif instead is not None:
        _refuse_after_the_service(row, instead)
        _refuse_days(row, "posted_on", instead.posted_on, instead, now=now)
    return ServiceCorrection.objects.create(
        record=record if isinstance(record, ServiceRecord) else None,
        posting=record if isinstance(record, Posting) else None,
        reason=reason.strip(),
        facts=instead.as_facts() if instead else None,
        proposed_by=by.post,
        proposer=by.user,
        proposed_at=now,
    )


def decide_correction(
    correction: ServiceCorrection, *, confirm: bool, by: Hat, now: datetime
) -> ServiceRecord | Posting | None:
    """Confirm or refuse a proposal as a second person; the record that stands from now on, if one does (Q18).

    :raises NotAllowed: if the person proposed it
    :raises OutOfTurn: if it was decided on
    :raises Refused: if what was proposed can no longer be recorded
    """
    require_transaction("documents.decide_correction")
    row = lock_document(correction.mistaken.document)
    waiting = (
        ServiceCorrection.objects.select_for_update(of=("self",))
        .select_related("record", "posting", "proposed_by", "proposer")
        .get(pk=correction.pk)
    )
    if waiting.decided_at is not None:
        raise OutOfTurn(_("This proposal has been decided on."))
    if waiting.proposer_id == by.user.pk:
        raise NotAllowed(_("A second person confirms."))
    waiting.decided_by, waiting.decider, waiting.decided_at, waiting.confirmed = (
        by.post,
        by.user,
        now,
        confirm,
    )
    waiting.save(update_fields=["decided_by", "decider", "decided_at", "confirmed"])
    if not confirm or waiting.facts is None:
        return None
    person = waiting.mistaken.petitioner_ref
    # its day is judged by when it was typed, not by how long the second person took (Q25)
    proposer = Hat(waiting.proposed_by, waiting.proposer)
    if waiting.posting is None:
        service = Service.from_facts(waiting.facts, petitioner_ref=person)
        # what showed that it was refused shows it still
        service = replace(service, evidence=waiting.mistaken.evidence)
        return _serve(row, service, by=proposer, now=waiting.proposed_at)
    sent = Sent.from_facts(waiting.facts, petitioner_ref=person)
    _refuse_after_the_service(row, sent)
    columns = _delivered(row, sent, {"posted_on": sent.posted_on}, by=proposer, now=waiting.proposed_at)
    return Posting.objects.create(corrects=waiting.posting, mail_number=sent.mail_number, **columns)


def _serve(row: Document, service: Service, *, by: Hat, now: datetime) -> ServiceRecord:
    """Write a record of service, at the end of the chain of those that were mistaken."""
    _refuse_impossible(row, service)
    columns = _delivered(row, service, {"served_on": service.served_on}, by=by, now=now)
    mistaken = row.services.filter(petitioner_ref=service.petitioner_ref, corrected_by=None).first()
    return ServiceRecord.objects.create(
        corrects=mistaken,
        method=service.method,
        served_by=service.served_by,
        received_by=service.received_by,
        relation=service.relation,
        refused=service.refused,
        refusal_reason=service.refusal_reason,
        witnesses=list(service.witnesses),
        consent_ref=service.consent_ref,
        announced_on=service.announced_on,
        view=service.view or "",
        **columns,
    )


def _refuse_impossible(row: Document, service: Service) -> None:
    faults = method_faults(service)
    if faults:
        raise Refused(_("The service cannot be recorded like this."), fields=faults)
    if service.method == Method.POST:
        _refuse_before_the_posting(row, service)


def _refuse_days(document: Document, name: str, day: date, delivered: Delivered, *, now: datetime) -> bool:
    """Refuse a day that cannot be; return whether one that can was typed late (Q25)."""
    today = timezone.localdate(now)
    floor = previous_working_day(today)
    faults = day_faults(
        name,
        day,
        dated_on=document.dated_on,
        today=today,
        previous_working_day=floor,
        delivered=delivered,
    )
    if faults:
        raise Refused(_("The day cannot be recorded like this."), fields=faults)
    return is_backdated(day, previous_working_day=floor)


def _delivered(
    document: Document, delivered: Delivered, days: Mapping[str, date], *, by: Hat, now: datetime
) -> dict[str, Any]:
    """Return the columns that a posting and a service share, with their day, once that day can be (Q25)."""
    ((name, day),) = days.items()
    return {
        "document": document,
        "petitioner_ref": delivered.petitioner_ref,
        "backdated": _refuse_days(document, name, day, delivered, now=now),
        "evidence": delivered.evidence,
        "evidence_note": delivered.evidence_note,
        "recorded_by": by.post,
        "recorder": by.user,
        "recorded_at": now,
        name: day,
    }


def _locked_for(document: Document, delivered: Delivered) -> Document:
    """Return an issued paper that one person has not received yet, held until the deed ends."""
    row = lock_document(document)
    if not row.is_issued:
        raise OutOfTurn(_("Only an issued document can be served."))
    if row.services.filter(petitioner_ref=delivered.petitioner_ref).standing().exists():
        raise OutOfTurn(_("The document has been served on this person already."))
    return row


def _refuse_before_the_posting(document: Document, service: Service) -> None:
    sent = document.postings.standing().filter(petitioner_ref=service.petitioner_ref)
    first = sent.order_by("posted_on").values_list("posted_on", flat=True).first()
    if first is not None and service.served_on < first:
        words = _("The day lies before the posting.")
        raise Refused(words, fields={"served_on": words})


def _refuse_after_the_service(document: Document, sent: Sent) -> None:
    """What came by post was not posted after it came."""
    by_post = document.services.standing().filter(petitioner_ref=sent.petitioner_ref, method=Method.POST)
    if by_post.filter(served_on__lt=sent.posted_on).exists():
        words = _("The day lies after the service.")
        raise Refused(words, fields={"posted_on": words})
