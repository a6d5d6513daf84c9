"""Deeds on reports of figures: beginning an analysis, writing, handing in, approving, sending back, issuing."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ
from accounts.roles import Role
from audit.parts import record
from cases.ledger import midnight_after
from cases.models import ContentCategory
from documents import parts as documents
from documents.models import Document
from indicators.figures import Asked
from indicators.periods import Period
from indicators.sweeps import complete_until
from infra.models import StoredFile
from leadership.numbers import faults_of_numbers
from lib.errors import NotAllowed, OutOfTurn, Refused, Stale, Unknown, Words
from notices.models import Kind
from notices.parts import settle, tell
from places.models import Place
from reports import permissions as may
from reports.models import Report
from reports.states import PAPER_OF, ReportKind, ReportState
from reports.written.parts import About, draw_up, working_in
from reports.written.wording import paper_of

_MOST_DAYS = timedelta(days=5 * 366)


@dataclass(frozen=True)
class Topic:
    """What an analysis is of: its subject in words, its days (half-open), the part of the trees it is narrowed to."""

    subject: str
    since: date
    until: date
    place_id: int | None = None
    category_id: int | None = None


@transaction.atomic(durable=True)
def begin_analysis(topic: Topic, *, by: Hat, now: datetime) -> Report:
    """Draw up the analysis of a topic from what was known when yesterday ended; a person writes causes and advice.

    :raises NotAllowed: if this hat draws no reports up
    :raises Refused: if the days are none, too many or not over, or the place is not of the office's
    :raises OutOfTurn: if figures do not hold every deed of yesterday yet
    """
    if not may.works_on_reports(by):
        raise NotAllowed(_("Your post draws no reports up."))
    as_of = timezone.localdate(now) - timedelta(days=1)
    _refuse_days(topic, as_of)
    if complete_until(now) < midnight_after(as_of):
        raise OutOfTurn(_("Figures do not hold every deed of yesterday yet. Try again in a minute."))
    office = Organ.objects.select_related("place").get(pk=by.organ.pk)
    place = _inside(topic.place_id, office)
    category = ContentCategory.objects.filter(pk=topic.category_id).first() if topic.category_id else None
    asked = Asked(
        Period(topic.since, topic.until),
        place_path=place.path if place else "",
        category_path=category.path if category else "",
    )
    about = About(topic.subject.strip(), place, category)
    return draw_up(ReportKind.TOPIC, asked, about, office=office, by=by, as_of=as_of, now=now)


@transaction.atomic(durable=True)
def write_report(
    report_id: UUID,
    *,
    version: int,
    causes: str,
    recommendations: str,
    other: str,
    by: Hat,
    now: datetime,
) -> Report:
    """Write what a person has to say beside the numbers of a report.

    :raises Unknown: if this hat reads no such report
    :raises NotAllowed: if this post does not write in it
    :raises OutOfTurn: if it was handed in
    :raises Refused: if a person's number is in it
    :raises Stale: if it was changed meanwhile (Q32)
    """
    report = _held(report_id, by, version=version, state=ReportState.WRITING)
    if not may.may_write(by, report):
        raise NotAllowed(_("Your post does not write in this report."))
    words = {"causes": causes, "recommendations": recommendations, "other": other}
    faults = faults_of_numbers(words, *words)
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)
    report.causes, report.recommendations, report.other = (said.strip() for said in words.values())
    report.version, report.edited_by, report.editor = report.version + 1, by.post, by.user
    report.save(update_fields=[*words, "version", "edited_by", "editor"])
    record("figures.write", report, by=by.actor, at=now, facts={"kind": report.kind})
    return report


@transaction.atomic(durable=True)
def hand_in_report(report_id: UUID, *, version: int, by: Hat, now: datetime) -> Report:
    """Hand a report in for approval: its paper is drafted from its numbers and words, and waits for another person.

    :raises Unknown: if this hat reads no such report
    :raises NotAllowed: if this post does not write in it
    :raises OutOfTurn: if it was handed in already
    :raises Refused: if an analysis lacks its causes or recommendations
    :raises Stale: if it was changed meanwhile (Q32)
    """
    report = _held(report_id, by, version=version, state=ReportState.WRITING)
    if not may.may_write(by, report):
        raise NotAllowed(_("Your post does not write in this report."))
    _refuse_unwritten(report)
    report.document = documents.draft(
        PAPER_OF[ReportKind(report.kind)], organ=by.organ, paper=paper_of(report, by=by), by=by, now=now
    )
    _move(report, ReportState.HANDED_IN, "document")
    settle(str(report.pk), f"figures:{report.pk}:drawn", now=now)
    settle(str(report.pk), f"figures:{report.pk}:returned", now=now)
    heads = {Role.OFFICE_DIRECTOR} if report.kind == ReportKind.YEARLY else may.HEADS
    key = f"figures:{report.pk}:handed_in:{report.version}"
    told = [post for post in working_in(report.office, heads, now) if post != by.post.pk]
    tell(told, Kind.FIGURES_TO_APPROVE, key=key, subject_id=str(report.pk), now=now)
    record("figures.hand_in", report, by=by.actor, at=now, facts={"kind": report.kind})
    return report


@transaction.atomic(durable=True)
def return_report(report_id: UUID, *, version: int, remark: str, by: Hat, now: datetime) -> Report:
    """Send a report back to be written otherwise, and say why.

    :raises Unknown: if this hat reads no such report
    :raises NotAllowed: if this post does not approve it, or the same person handed it in
    :raises OutOfTurn: if it does not wait for approval
    :raises Refused: without a remark
    :raises Stale: if it was changed meanwhile (Q32)
    """
    report, draft = _to_approve(report_id, version, by)
    documents.return_draft(draft, version=draft.version, remark=remark, by=by, now=now)
    _move(report, ReportState.WRITING)
    settle(str(report.pk), f"figures:{report.pk}:handed_in", now=now)
    key = f"figures:{report.pk}:returned:{report.version}"
    tell([draft.drafted_by_id], Kind.FIGURES_RETURNED, key=key, subject_id=str(report.pk), now=now)
    record("figures.return", report, by=by.actor, at=now, facts={"kind": report.kind})
    return report


@transaction.atomic(durable=True)
def approve_report(report_id: UUID, *, version: int, by: Hat, now: datetime) -> Report:
    """Approve a report that another person handed in (documents.md §1).

    :raises Unknown: if this hat reads no such report
    :raises NotAllowed: if this post does not approve it, or the same person handed it in
    :raises OutOfTurn: if it does not wait for approval
    :raises Stale: if it was changed meanwhile (Q32)
    """
    report, draft = _to_approve(report_id, version, by)
    documents.approve(draft, version=draft.version, by=by, now=now)
    _move(report, ReportState.APPROVED)
    settle(str(report.pk), f"figures:{report.pk}:handed_in", now=now)
    record("figures.approve", report, by=by.actor, at=now, facts={"kind": report.kind})
    return report


@transaction.atomic(durable=True)
def issue_report(report_id: UUID, *, version: int, by: Hat, now: datetime) -> Report:
    """Issue an approved report: numbered, printed, frozen with its hash; whom it goes to is told (Art 41; D29).

    :raises Unknown: if this hat reads no such report
    :raises NotAllowed: if this post does not issue it
    :raises OutOfTurn: if it was not approved, or was issued
    :raises Stale: if it was changed meanwhile (Q32)
    """
    report = _held(report_id, by, version=version, state=ReportState.APPROVED)
    if not may.may_issue(by, report):
        raise NotAllowed(_("Your post does not issue this report."))
    document = documents.issue(_draft_of(report), by=by, now=now, on=timezone.localdate(now))
    _move(report, ReportState.ISSUED)
    held = may.recipients_of(report).held_on(timezone.localdate(now))
    recipients = list(held.values_list("pk", flat=True))
    key = f"figures:{report.pk}:issued"
    tell(recipients, Kind.FIGURES_ISSUED, key=key, subject_id=str(report.pk), now=now)
    facts = {
        "kind": report.kind,
        "number": document.number,
        "sha256": document.file.sha256 if document.file else "",
        "posts_told": len(recipients),
    }
    record("figures.issue", report, by=by.actor, at=now, facts=facts)
    return report


@transaction.atomic(durable=True)
def fetch_report(report_id: UUID, *, by: Hat, now: datetime) -> StoredFile:
    """Return the paper of an issued report to whoever reads it; written down.

    :raises Unknown: if there is none for this hat
    """
    report = may.reports_for(by).select_related("document__file").filter(pk=report_id).first()
    if report is None or report.document is None or report.document.file is None:
        raise Unknown(_("There is no such paper."))
    record("figures.fetch", report, by=by.actor, at=now, facts={"kind": report.kind})
    return report.document.file


def _held(report_id: UUID, by: Hat, *, version: int, state: ReportState) -> Report:
    """Lock a report that this hat reads and that stands in a state."""
    if not may.reports_for(by).filter(pk=report_id).exists():
        raise Unknown(_("There is no such report."))
    rows = Report.objects.select_for_update(of=("self",)).select_related("office__place")
    report = rows.get(pk=report_id)
    if report.state != state:
        raise OutOfTurn(_("The report has moved on. Reload the page to see where it stands."))
    if report.version != version:
        raise Stale(_("The draft has been changed meanwhile. Read it again."))
    return report


def _to_approve(report_id: UUID, version: int, by: Hat) -> tuple[Report, Document]:
    report = _held(report_id, by, version=version, state=ReportState.HANDED_IN)
    if not may.may_approve(by, report):
        raise NotAllowed(_("Your post does not approve this report."))
    return report, _draft_of(report)


def _draft_of(report: Report) -> Document:
    return Document.objects.select_related("organ", "file").get(report=report)


def _move(report: Report, state: ReportState, *also: str) -> None:
    report.state, report.version = state, report.version + 1
    report.save(update_fields=["state", "version", *also])


def _refuse_days(topic: Topic, as_of: date) -> None:
    faults: dict[str, Words] = {}
    if not topic.subject.strip():
        faults["subject"] = _("Say what it is about.")
    if topic.until <= topic.since:
        faults["until"] = _("This day lies before the first one. Change one of the two.")
    elif topic.until > as_of + timedelta(days=1):
        faults["until"] = _("Only days that are over can be analysed.")
    elif topic.until - topic.since > _MOST_DAYS:
        faults["since"] = _("Choose five years at most.")
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)


def _inside(place_id: int | None, office: Organ) -> Place | None:
    """Return the place an analysis is narrowed to.

    :raises Refused: if it does not lie in the office's place
    """
    if place_id is None:
        return None
    place = Place.objects.filter(pk=place_id, path__startswith=office.place.path).first()
    if place is None:
        message = _("Choose a place of your own district.")
        raise Refused(message, fields={"place": message})
    return place


def _refuse_unwritten(report: Report) -> None:
    if report.kind != ReportKind.TOPIC:
        return
    said = {"causes": report.causes, "recommendations": report.recommendations}
    faults: dict[str, Words] = {
        name: _("An analysis says causes and recommends: write this first.")
        for name, words in said.items()
        if not words
    }
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)
