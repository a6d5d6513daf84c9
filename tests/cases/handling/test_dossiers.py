"""The file of a petition as one PDF: its order, for whom it is bound, each taking written down (documents.md §4)."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from pypdf import PdfReader

from accounts.roles import Role
from audit.models import Entry
from cases.actions import dossiers as deeds
from cases.actions.sealing import seal
from cases.dossiers.contents import pieces_of
from cases.dossiers.sweeps import KEPT, bind_dossiers, remove_dossiers
from cases.intake import Reported
from cases.models import Dossier, ExportPurpose, ExportState, ExportStop
from cases.states import ReportedKind
from documents.states import DocumentKind
from infra.models import StoredFile
from lib.errors import NotAllowed, OutOfTurn, Unknown
from tests.cases.browsers import signed_in
from tests.cases.handling import given
from tests.given import MONDAY, a_hat

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]
LATER = MONDAY + timedelta(hours=1)


def ask(case, by):
    return deeds.ask_dossier(case.pk, purpose=ExportPurpose.SUPERIOR, by=by, now=MONDAY)


def bound(case, by, now=LATER):
    dossier = ask(case, by)
    bind_dossiers(clock=lambda: now)
    dossier.refresh_from_db()
    return dossier


def text_of(file):
    with default_storage.open(file.path) as kept:
        pages = PdfReader(BytesIO(kept.read())).pages
    return ["".join(page.extract_text().split()) for page in pages]


def seal_it(case):
    reported = [Reported(kind=ReportedKind.PERSON, organ_id=None, name="张某")]
    seal(case.pk, reason="反映干部", reported=reported, by=case.office.officer, now=MONDAY)


def test_papers_lie_in_the_order_of_the_file():
    case = given.served(given.opinion_issued(given.notified(given.drafted())))

    names = [piece.name for piece in pieces_of(case.now, case.office.officer, now=LATER)]

    order = ["信访登记表", "信访事项转送函", "信访事项受理告知书", "信访事项调查报告", "信访事项处理意见书"]
    order += ["送达回证", "查阅记录"]
    assert [name for name in dict.fromkeys(names) if name in order] == order


def test_it_is_bound_with_catalogue_and_mark_and_each_taking_is_written_down():
    case = given.served()
    dossier = bound(case, case.unit.officer)

    file = deeds.fetch_dossier(dossier.pk, by=case.unit.officer, now=LATER)

    pages = text_of(file)
    opinion = case.paper(DocumentKind.D15).number
    assert dossier.state == ExportState.DONE and len(pages) == dossier.pages + 2
    assert "".join(opinion.split()) in pages[1]
    assert all(case.unit.officer.user.name in page for page in pages)
    facts = {"sha256": file.sha256, "what_for": "superior"}
    for verb in ("petition.bind_dossier", "petition.fetch_dossier"):
        assert Entry.objects.get(verb=verb).facts == facts


def test_a_draft_does_not_lie_in_it():
    case = given.drafted()

    names = [piece.name for piece in pieces_of(case.now, case.unit.officer, now=LATER)]

    assert "信访事项处理意见书" not in names


def test_who_does_not_work_on_it_has_none_bound():
    case = given.opinion_issued()
    for by, refusal in ((given.a_unit("JT").officer, Unknown), (a_hat(Role.INSPECTOR), NotAllowed)):
        with pytest.raises(refusal):
            ask(case, by)
        assert signed_in(by).open("cases:dossier", case.pk).status_code == 404
    assert not Dossier.objects.exists()
    assert not Entry.objects.filter(verb="petition.ask_dossier").exists()


def test_nobody_else_fetches_it_though_he_works_on_the_case():
    case = given.opinion_issued()
    dossier = bound(case, case.unit.officer)

    with pytest.raises(Unknown):
        deeds.fetch_dossier(dossier.pk, by=case.unit.head, now=LATER)

    assert not Entry.objects.filter(verb="petition.fetch_dossier").exists()


def test_q1_once_sealed_it_is_neither_bound_nor_given_out():
    case = given.opinion_issued()
    done = bound(case, case.unit.officer)
    waiting = ask(case, case.office.officer)
    seal_it(case)

    bind_dossiers(clock=lambda: LATER)
    waiting.refresh_from_db()

    assert (waiting.state, waiting.stopped_by) == (ExportState.STOPPED, ExportStop.NOT_ALLOWED)
    with pytest.raises(Unknown):
        deeds.fetch_dossier(done.pk, by=case.unit.officer, now=LATER)
    with pytest.raises(Unknown):
        ask(case, case.office.officer)


def test_it_is_bound_once_for_a_person_at_a_time():
    case = given.opinion_issued()
    ask(case, case.unit.officer)

    with pytest.raises(OutOfTurn):
        ask(case, case.unit.officer)

    assert Dossier.objects.count() == 1


def test_its_bytes_go_after_a_day():
    case = given.opinion_issued()
    dossier = bound(case, case.unit.officer)
    path = dossier.file.path

    assert remove_dossiers(now=LATER + KEPT) == 0
    assert remove_dossiers(now=LATER + KEPT + timedelta(seconds=1)) == 1

    dossier.refresh_from_db()
    assert (dossier.state, dossier.file) == (ExportState.REMOVED, None)
    assert not default_storage.exists(path) and not StoredFile.objects.filter(path=path).exists()
    with pytest.raises(Unknown):
        deeds.fetch_dossier(dossier.pk, by=case.unit.officer, now=LATER)


def test_it_is_asked_for_and_fetched_on_its_page():
    case = given.opinion_issued()
    officer = signed_in(case.unit.officer)
    assert officer.send("cases:dossier", case.pk, purpose="").status_code == 422
    assert not Dossier.objects.exists()

    assert officer.send("cases:dossier", case.pk, purpose="superior").status_code == 302
    assert "dossier-progress" in officer.open("cases:dossier", case.pk).content.decode()
    bind_dossiers(clock=lambda: LATER)

    dossier = Dossier.objects.get()
    assert officer.open("cases:dossier_progress", case.pk)["HX-Refresh"] == "true"
    saved = officer.send("cases:dossier_file", dossier.pk)
    assert b"".join(saved.streaming_content).startswith(b"%PDF")
    neighbour = signed_in(given.a_unit("JT").officer)
    assert neighbour.send("cases:dossier_file", dossier.pk).status_code == 404
    assert neighbour.send("cases:dossier", case.pk, purpose="superior").status_code == 404
