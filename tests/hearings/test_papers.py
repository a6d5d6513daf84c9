"""Notice, record and report of a hearing are papers of its case (D21; hearing.md §7)."""

import pytest
from django.db import InternalError, transaction

from audit.models import Entry
from documents.models import Document
from documents.states import DocumentKind
from hearings.actions import arranging
from hearings.models import HearingPaper
from hearings.states import SeatRole
from lib.errors import OutOfTurn, Unknown
from tests.cases.browsers import signed_in
from tests.cases.handling.given import a_unit
from tests.given import MONDAY
from tests.hearings.given import called, closed, seated

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]


def words_of(held, kind):
    document = Document.objects.get(hearing__hearing=held.pk, kind=kind)
    return "\n".join([document.paper.addressee, *document.paper.paragraphs])


def issue(held, by=None):
    return arranging.issue_hearing_notice(held.pk, by=by or held.officer, now=MONDAY)


def test_the_notice_names_day_room_panel_and_whom_it_calls_once_a_day():
    held = seated()

    issue(held)

    said = words_of(held, DocumentKind.D21_NOTICE)
    assert held.now.number in said and held.now.room.name in said
    for seat in held.seats(SeatRole.PANEL):
        assert seat.panelist.name in said
    assert Entry.objects.get(verb="hearing.issue_notice").facts["kind"] == "d21_notice"
    with pytest.raises(OutOfTurn):
        issue(held)
    assert HearingPaper.objects.count() == 1


def test_without_a_panel_no_notice_is_issued():
    held = called()
    with pytest.raises(OutOfTurn):
        issue(held)
    assert not HearingPaper.objects.exists()


def test_a_neighbour_issues_none():
    held = seated()
    with pytest.raises(Unknown):
        issue(held, by=a_unit("CG").officer)
    assert not HearingPaper.objects.exists()


def test_record_and_report_are_issued_as_the_hearing_closes_and_hang_on_the_case():
    held = closed()

    record, report = (words_of(held, kind) for kind in (DocumentKind.D21_RECORD, DocumentKind.D21_REPORT))
    hearing = held.now
    assert hearing.digest in record and "已签名" in record
    for name, _began in ((held.chair.user.name, 0), (held.clerk.user.name, 0)):
        assert name in record
    assert hearing.facts in report and hearing.basis in report
    assert "人" in report and "另行出具书面意见" in report
    hung = Document.objects.filter(case__petition=held.case.pk, hearing__hearing=held.pk)
    assert {document.kind for document in hung} >= {"d21_record", "d21_report"}
    with pytest.raises(InternalError), transaction.atomic():
        HearingPaper.objects.all().delete()


def test_the_page_links_them_for_who_works_on_the_case():
    held = closed()
    page = signed_in(held.officer).open("hearings:hearing", held.pk).content.decode()
    record = Document.objects.get(hearing__hearing=held.pk, kind=DocumentKind.D21_RECORD)
    assert str(record.pk) in page and record.number in page
