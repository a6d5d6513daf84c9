"""What is wrong with a form is said at once: days and what lies between fields, also where another field is empty."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from audit.models import Entry
from cases.forms.handling import Accept, AskCoHandling, Execute, Find, NoteProgress, RouteForm
from cases.forms.papers import ServePaper
from cases.forms.turns import NoteSentBack
from tests.cases.browsers import signed_in
from tests.cases.handling import given
from tests.cases.handling.doors import by_program, stands

pytestmark = pytest.mark.django_db

OF_CLAIM = {"handling": str(uuid.UUID(int=1)), "claim": "1"}
PAPER = {"document": str(uuid.UUID(int=1)), "person": str(uuid.UUID(int=2))}
POINTS = ("pending_fact", "concluded_fact", "litigation_fact", "route_fact")
CHECKLIST = dict.fromkeys(POINTS, "否")


@pytest.mark.parametrize(
    ("form", "sent", "wrong"),
    [
        pytest.param(
            Accept,
            {**OF_CLAIM, **CHECKLIST, "statutory_route": "RT6", "decided_on": "2026-03-03"},
            {"power_fact", "decided_on"},
            id="a day ahead",
        ),
        pytest.param(
            Accept,
            {**OF_CLAIM, **CHECKLIST, "statutory_route": "RT2", "decided_on": "2026-02-10"},
            {"power_fact", "evidence_note", "where_to_go"},
            id="a day far back, and led nowhere",
        ),
        pytest.param(
            Find,
            {**OF_CLAIM, "outcome": "support", "opinion": "予以支持", "execution_due_on": "2026-02-10"},
            {
                *("facts", "legal_basis", "solved", "explained", "helped", "lawful"),
                *("execution_organ", "execution_due_on"),
            },
            id="a finding",
        ),
        pytest.param(
            Find,
            {**OF_CLAIM, "outcome": "adopted", "opinion": "采纳"},
            {"facts"},
            id="the finding on a suggestion",
        ),
        pytest.param(
            Execute, {**OF_CLAIM, "done_on": "2026-02-10"}, {"evidence", "done_on"}, id="carried out far back"
        ),
        pytest.param(
            NoteProgress,
            {"handling": OF_CLAIM["handling"], "kind": "mediation", "done_on": "2026-03-03"},
            {"words", "done_on", "both_consented", "result"},
            id="a mediation",
        ),
        pytest.param(
            AskCoHandling,
            {"handling": OF_CLAIM["handling"], "due_on": "2026-02-27"},
            {"wanted", "organ", "due_on"},
            id="help by a day that is over",
        ),
        pytest.param(
            RouteForm,
            {"kind": "assign", "claims": "一", "seen_version": "1", "report_due_on": "2026-02-10"},
            {"claims", "organ", "report_due_on"},
            id="a way",
        ),
        pytest.param(
            ServePaper, {**PAPER, "method": "left_with_witness"}, {"served_on", "refusal_reason", "witnesses"},
            id="a refusal",
        ),
        pytest.param(
            ServePaper,
            {**PAPER, "method": "adult_family", "served_on": "2026-02-10"},
            {"received_by", "relation", "evidence_note"},
            id="a service far back",
        ),
        pytest.param(
            NoteSentBack, {"sent_back_on": "2026-02-10"}, {"why", "evidence_note"}, id="sent back far back"
        ),
    ],
)  # fmt: skip
def test_q25_all_that_is_wrong_with_a_form_is_said_at_once(monday, form, sent, wrong):
    assert set(form(sent).errors) == wrong


def test_documents_2_a_photo_stands_for_the_witnesses_and_for_the_day(monday):
    photo = SimpleUploadedFile("拒收.jpg", b"1")
    sent = {**PAPER, "method": "left_with_witness", "served_on": "2026-02-10", "refusal_reason": "不认可"}

    assert not ServePaper(sent, {"evidence": photo}).errors
    assert set(ServePaper(sent).errors) == {"witnesses", "evidence_note"}


def test_q25_page_and_program_say_it_and_nothing_happens(monday):
    case = given.received()
    before = stands(case.pk)
    sent = {**CHECKLIST, "handling": str(case.handling_id), "claim": "1", "statutory_route": "RT6",
            "decided_on": "2026-03-03"}  # fmt: skip

    page = signed_in(case.unit.officer).send("cases:deed", case.pk, "accept", **sent)
    program = by_program("accept", case.pk, sent, case.unit.officer)

    (one,) = (each for each in page.context["handlings"] if each.handling.pk == case.handling_id)
    assert (page.status_code, program) == (422, 400)
    assert set(one.claims[0].accept.form.errors) == {"power_fact", "decided_on"}
    assert stands(case.pk) == before
    assert Entry.objects.filter(verb="petition.accept").count() == 0
