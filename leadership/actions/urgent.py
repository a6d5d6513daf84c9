"""重大紧急信访事项: reported at once to everyone named by the law, with the time each was told (Art 25; R-26; D28)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import record
from cases.parts import lock_petition, touch
from documents import parts as documents
from documents.states import DocumentKind
from infra.models import StoredFile
from leadership import permissions as may
from leadership.models import UrgentNotice, UrgentReport
from leadership.numbers import faults_of_numbers
from leadership.papers import paper_of_report
from leadership.states import AT_ONCE, SAID, Means, Recipient
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown, Words


@dataclass(frozen=True, kw_only=True)
class Happening:
    """What is reported: event, place, how many, what was done at once, and when it became known."""

    discovered_at: datetime
    happened: str
    where: str
    scale: str
    measures: str


@transaction.atomic(durable=True)
def report_urgent(
    petition_id: UUID, what: Happening, recipients: Sequence[Recipient], *, by: Hat, now: datetime
) -> UrgentReport:
    """Issue the report of a grave and urgent matter; that it was sent is noted for each recipient (R-26).

    It names the matter and no list of persons. One hand issues it: it cannot wait.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if this post does not report
    :raises OutOfTurn: if the petition is void
    :raises Refused: if something is left out, the next level or the State bureau is not named, or the moment is none
    """
    petition = lock_petition(petition_id, by)
    if not may.may_report_urgent(by, petition):
        raise NotAllowed(_("Your post does not report urgent matters."))
    if petition.is_void:
        raise OutOfTurn(_("This petition is void; nothing more is written on it."))
    words = {name: getattr(what, name).strip() for name in ("happened", "where", "scale", "measures")}
    faults = {name: _("Fill this in.") for name, given in words.items() if not given}
    if what.discovered_at > now:
        faults["discovered_at"] = _("The moment lies in the future.")
    if not set(AT_ONCE) <= set(recipients):
        faults["recipients"] = _(
            "The next level's office and the State bureau are told at the same time (Art 25)."
        )
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)
    report = UrgentReport(
        petition=petition,
        organ=by.organ,
        discovered_at=what.discovered_at,
        reported_by=by.post,
        reporter=by.user,
        reported_at=now,
        **words,
    )
    ordered = [recipient for recipient in Recipient if recipient in recipients]
    paper = paper_of_report(report, ordered, by=by)
    report.document = documents.issue_at_once(
        DocumentKind.D28, organ=by.organ, paper=paper, drafted_by=by, by=by, now=now
    )
    report.save(force_insert=True)
    if not petition.is_urgent:
        petition.is_urgent = True
        touch(petition, now=now, also=["is_urgent"])
    facts = {"recipients": [recipient.value for recipient in ordered]}
    record("petition.report_urgent", petition, by=by.actor, at=now, facts=facts)
    return report


@transaction.atomic(durable=True)
def note_urgent(
    report_id: UUID, sent: Mapping[Recipient, tuple[Means, datetime, str]], *, by: Hat, now: datetime
) -> list[UrgentNotice]:
    """Note to whom a report went, by what means, when, and which organ's post took it.

    By word of mouth it may have gone out as soon as the matter was known, before the paper was written (Art 25).

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if this post does not report
    :raises OutOfTurn: if one of them is noted already
    :raises Refused: for a moment in the future or before it could be sent, or if a person's number is written down
    """
    found = UrgentReport.objects.filter(pk=report_id).values_list("petition", flat=True).first()
    if found is None:
        raise Unknown(_("There is no such report."))
    petition = lock_petition(found, by)
    if not may.may_report_urgent(by, petition):
        raise NotAllowed(_("Your post does not report urgent matters."))
    report = UrgentReport.objects.get(pk=report_id)
    if report.notices.filter(recipient__in=list(sent)).exists():
        raise OutOfTurn(_("It is noted already that this one was told."))
    for means, sent_at, taken_by in sent.values():
        faults = _faults_of_note(report, means, sent_at, taken_by, now=now)
        if faults:
            raise Refused(next(iter(faults.values())), fields=faults)
    notices = [
        UrgentNotice(
            report=report,
            recipient=recipient,
            means=means,
            sent_at=sent_at,
            taken_by=taken_by.strip(),
            noted_by=by.post,
            noted_at=now,
        )
        for recipient, (means, sent_at, taken_by) in sent.items()
    ]
    UrgentNotice.objects.bulk_create(notices)
    facts = {"recipients": [recipient.value for recipient in sent]}
    record("petition.note_urgent", petition, by=by.actor, at=now, facts=facts)
    return notices


def _faults_of_note(
    report: UrgentReport, means: Means, sent_at: datetime, taken_by: str, *, now: datetime
) -> dict[str, Words]:
    faults: dict[str, Words] = {**faults_of_numbers({"taken_by": taken_by}, "taken_by")}
    earliest = report.discovered_at if means in SAID else report.reported_at
    if sent_at > now:
        faults["sent_at"] = _("The moment lies in the future.")
    elif sent_at < earliest.replace(second=0, microsecond=0):
        faults["sent_at"] = (
            _("It was not known by then: write a moment after it became known.")
            if means in SAID
            else _(
                "The paper did not exist by then; only a report by telephone or in person comes before it."
            )
        )
    return faults


@transaction.atomic(durable=True)
def fetch_urgent(report_id: UUID, *, by: Hat, now: datetime) -> StoredFile:
    """Return the file of a report, for who sees the petition and reports; written down.

    :raises Unknown: if there is none for this hat
    """
    report = UrgentReport.objects.select_related("document__file").filter(pk=report_id).first()
    if report is None:
        raise Unknown(_("There is no such report."))
    petition = lock_petition(report.petition_id, by)
    if not may.may_report_urgent(by, petition) or report.document.file is None:
        raise Unknown(_("There is no such report."))
    record("petition.fetch_slip", petition, by=by.actor, at=now)
    return report.document.file
