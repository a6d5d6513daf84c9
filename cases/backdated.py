"""Days typed more than one working day late, for the inspector: what of, by whom, with what evidence (Q25)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from accounts.models import Organ
from cases.models import Acceptance, JurisdictionDispute, Petition, RemedyRequest, UpwardReport
from documents.models import Document, Posting, ServiceRecord
from lib.keyset import Page, capped_count, page_of


class Late(models.TextChoices):
    """What day was typed late. What the sealed lane typed is in no list outside it."""

    RECEIVED = "received", pgettext_lazy("day typed late", "Receipt")
    PAPERS = "papers", pgettext_lazy("day typed late", "Papers")
    POSTINGS = "postings", pgettext_lazy("day typed late", "Postings")
    SERVICES = "services", pgettext_lazy("day typed late", "Services")
    DECISIONS = "decisions", pgettext_lazy("day typed late", "Acceptance")
    DISPUTES = "disputes", pgettext_lazy("day typed late", "Who accepts")
    SENT_BACK = "sent_back", pgettext_lazy("day typed late", "Sent back")
    REQUESTS = "requests", pgettext_lazy("day typed late", "Request for review")


@dataclass(frozen=True)
class LateDay:
    """One day typed late."""

    petition: Petition
    what: str | Promise
    day: date
    typed_at: datetime
    evidence: str | Promise
    organ: Organ


_Rows = QuerySet[Any]


def _received(hat: Hat) -> _Rows:
    return (
        Petition.objects.visible_to(hat)
        .standing()
        .exclude(backdating_evidence="")
        .select_related("register_organ")
    )


def _papers(hat: Hat) -> _Rows:
    seen = Petition.objects.visible_to(hat).standing()
    late = Document.objects.filter(backdated=True, sealed=False, case__petition__in=seen)
    return late.select_related("case__petition", "organ")


def _delivered(model: type[Posting] | type[ServiceRecord]) -> Callable[[Hat], _Rows]:
    def rows(hat: Hat) -> _Rows:
        seen = Petition.objects.visible_to(hat).standing()
        late = model._default_manager.filter(backdated=True, document__case__petition__in=seen)
        return late.select_related("document__case__petition", "document__organ")

    return rows


def _decisions(hat: Hat) -> _Rows:
    late = Acceptance.objects.filter(
        backdated=True, claim__petition__in=Petition.objects.visible_to(hat).standing()
    )
    return late.select_related("claim__petition", "handling__organ")


def _disputes(hat: Hat) -> _Rows:
    late = JurisdictionDispute.objects.filter(
        backdated=True, petition__in=Petition.objects.visible_to(hat).standing()
    )
    return late.select_related("petition__register_organ")


def _sent_back(hat: Hat) -> _Rows:
    late = UpwardReport.objects.filter(
        backdated=True, petition__in=Petition.objects.visible_to(hat).standing()
    )
    return late.select_related("petition__register_organ")


def _requests(hat: Hat) -> _Rows:
    late = RemedyRequest.objects.filter(
        backdated=True, remedy__petition__in=Petition.objects.visible_to(hat).standing()
    )
    return late.select_related("remedy__petition", "noted_by__organ")


def _evidence(row: Posting | ServiceRecord) -> str | Promise:
    return row.evidence_note or _("a file")


@dataclass(frozen=True)
class _Kind:
    rows: Callable[[Hat], _Rows]
    # the moment at which it was typed
    moment: str
    line: Callable[[Any], LateDay]


_KINDS: Mapping[Late, _Kind] = {
    Late.RECEIVED: _Kind(
        _received,
        "registered_at",
        lambda row: LateDay(
            row,
            Late.RECEIVED.label,
            timezone.localdate(row.received_at),
            row.registered_at,
            row.backdating_evidence,
            row.register_organ,
        ),
    ),
    Late.PAPERS: _Kind(
        _papers,
        "issued_at",
        # what shows the day of a paper is the paper itself
        lambda row: LateDay(
            row.case.petition,
            row.get_kind_display(),
            row.dated_on,
            row.issued_at,
            row.number,
            row.organ,
        ),
    ),
    Late.POSTINGS: _Kind(
        _delivered(Posting),
        "recorded_at",
        lambda row: LateDay(
            row.document.case.petition,
            row.document.get_kind_display(),
            row.posted_on,
            row.recorded_at,
            _evidence(row),
            row.document.organ,
        ),
    ),
    Late.SERVICES: _Kind(
        _delivered(ServiceRecord),
        "recorded_at",
        lambda row: LateDay(
            row.document.case.petition,
            row.document.get_kind_display(),
            row.served_on,
            row.recorded_at,
            _evidence(row),
            row.document.organ,
        ),
    ),
    Late.DECISIONS: _Kind(
        _decisions,
        "decided_at",
        lambda row: LateDay(
            row.claim.petition,
            row.claim.get_decision_display(),
            row.decided_on,
            row.decided_at,
            row.evidence_note,
            row.handling.organ,
        ),
    ),
    Late.DISPUTES: _Kind(
        _disputes,
        "settled_at",
        lambda row: LateDay(
            row.petition,
            row.get_settled_how_display(),
            row.decided_on,
            row.settled_at,
            row.evidence_note,
            row.petition.register_organ,
        ),
    ),
    Late.SENT_BACK: _Kind(
        _sent_back,
        "sent_back_at",
        lambda row: LateDay(
            row.petition,
            Late.SENT_BACK.label,
            row.sent_back_on,
            row.sent_back_at,
            row.evidence_note,
            row.petition.register_organ,
        ),
    ),
    Late.REQUESTS: _Kind(
        _requests,
        "noted_at",
        lambda row: LateDay(
            row.remedy.petition,
            row.remedy.get_stage_display(),
            row.received_on,
            row.noted_at,
            row.evidence_note,
            row.noted_by.organ,
        ),
    ),
}


def late_days(hat: Hat, kind: Late, *, cursor: str | None) -> tuple[list[LateDay], Page[Any], int]:
    """Return one page of the days of a kind that were typed late, newest first, with the page and their count."""
    asked = _KINDS[kind]
    rows = asked.rows(hat)
    page = page_of(rows, by=asked.moment, cursor=cursor, descending=True)
    return [asked.line(row) for row in page.rows], page, capped_count(rows)


def count_late_days(hat: Hat) -> int:
    """Return how many days of any kind were typed late, as a number to show."""
    return sum(capped_count(asked.rows(hat)) for asked in _KINDS.values())
