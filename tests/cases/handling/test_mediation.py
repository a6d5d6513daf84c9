"""Mediation and settlement: only by the consent of both sides, and an agreement only in writing (Art 33; R-35)."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import InternalError

from audit.models import Entry
from cases.actions import handling
from cases.findings import Mediated
from cases.forms.handling import NoteProgress
from cases.models import MediationResult, Progress, ProgressKind
from documents.states import DocumentKind
from lib.errors import NotAllowed, Refused
from tests.cases.browsers import signed_in
from tests.cases.handling import given
from tests.cases.handling.doors import by_program, stands
from tests.given import MONDAY

pytestmark = pytest.mark.django_db

TODAY = MONDAY.date()


def note(case, mediated=None, *, kind=ProgressKind.MEDIATION, by=None):
    return handling.note_progress(
        case.pk,
        case.handling.pk,
        kind=kind,
        words="司法所主持双方协商",
        done_on=TODAY,
        mediated=mediated,
        by=by or case.unit.officer,
        now=MONDAY,
    )


def came_to(result, *, both_consented=True, paper=None, **facts):
    """Say what a mediation came to; an agreement by its paper."""
    named = {"agreement_number": paper.number, "agreement_on": paper.dated_on} if paper else {}
    return Mediated(both_consented=both_consented, result=result, **{**named, **facts})


def refused(case, mediated):
    """Note a mediation that is refused, and return the fields that are at fault; nothing happened."""
    before = stands(case.pk)
    with pytest.raises(Refused) as refusal:
        note(case, mediated)
    assert stands(case.pk) == before
    assert not Progress.objects.exists()
    return refusal.value.fields


def test_r_35_without_the_consent_of_both_sides_no_mediation_is_noted(monday):
    case = given.accepted()

    faults = refused(case, came_to(MediationResult.NONE_REACHED, both_consented=False))

    assert set(faults) == {"both_consented"}
    assert "第三十三条" in str(faults["both_consented"])


@pytest.mark.parametrize("mediated", [None, came_to(None)])
def test_r_35_a_mediation_says_what_it_came_to(monday, mediated):
    assert "result" in refused(given.accepted(), mediated)


def test_r_35_an_agreement_without_its_paper_is_refused(monday):
    case = given.accepted()

    faults = refused(case, came_to(MediationResult.AGREED, agreement_number="调1号", agreement_on=TODAY))

    assert set(faults) == {"agreement_number"}
    assert "第三十三条" in str(faults["agreement_number"])


def test_r_35_a_paper_of_another_day_kind_or_case_is_not_that_agreement(monday):
    case, other = given.accepted(), given.accepted()
    paper = given.take_in(case, DocumentKind.D14)
    notice = given.take_in(case, DocumentKind.NOTICE)

    for led, mediated in (
        (case, came_to(MediationResult.AGREED, paper=paper, agreement_on=date(2026, 3, 1))),
        (case, came_to(MediationResult.AGREED, paper=notice)),
        (case, came_to(MediationResult.AGREED)),
        (other, came_to(MediationResult.AGREED, paper=paper)),
    ):
        assert set(refused(led, mediated)) == {"agreement_number"}


def test_r_35_an_agreement_is_noted_on_its_paper(monday):
    case = given.accepted()
    paper = given.take_in(case, DocumentKind.D14)

    written = note(case, came_to(MediationResult.AGREED, paper=paper))

    assert (written.both_consented, written.result, written.agreement) == (True, "agreed", paper)
    entry = Entry.objects.filter(verb="petition.note_progress").get()
    assert entry.facts == {"kind": "mediation", "result": "agreed", "number": paper.number}
    assert entry.actor_post_id == case.unit.officer.post.pk


@pytest.mark.parametrize("result", [MediationResult.NONE_REACHED, MediationResult.BROKEN_OFF])
def test_r_35_what_came_to_no_agreement_needs_no_paper_and_keeps_none(monday, result):
    case = given.accepted()
    paper = given.take_in(case, DocumentKind.D14)

    written = note(case, came_to(result, paper=paper))

    assert (written.result, written.agreement) == (result, None)


def test_r_35_only_the_unit_that_leads_notes_a_mediation(monday):
    case = given.accepted()

    with pytest.raises(NotAllowed):
        note(case, came_to(MediationResult.NONE_REACHED), by=case.office.officer)

    assert not Progress.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"both_consented": False},
        {"kind": ProgressKind.CONTACT},
        {"result": "settled"},
        {"result": MediationResult.AGREED},
        {"result": ""},
    ],
)
def test_r_35_the_database_holds_consent_result_and_paper_together(monday, changed):
    written = note(given.accepted(), came_to(MediationResult.NONE_REACHED))

    with pytest.raises(IntegrityError), transaction.atomic():
        Progress.objects.filter(pk=written.pk).update(**changed)

    written.refresh_from_db()
    assert (written.kind, written.result) == (ProgressKind.MEDIATION, MediationResult.NONE_REACHED)


def test_r_35_the_database_holds_no_agreement_where_none_was_reached(monday):
    case = given.accepted()
    paper = given.take_in(case, DocumentKind.D14)
    written = note(case, came_to(MediationResult.BROKEN_OFF))

    with pytest.raises(IntegrityError), transaction.atomic():
        Progress.objects.filter(pk=written.pk).update(agreement=paper)


def test_r_35_the_database_takes_no_new_mediation_without_a_result(monday):
    written = note(given.accepted(), came_to(MediationResult.NONE_REACHED))

    with pytest.raises(InternalError), transaction.atomic():
        Progress.objects.create(
            handling=written.handling, kind=ProgressKind.MEDIATION, done_on=TODAY, words="座谈",
            noted_by=written.noted_by, noted_at=MONDAY,
        )  # fmt: skip

    assert Progress.objects.count() == 1


def test_r_35_the_page_asks_for_consent_and_result_with_a_mediation_alone():
    fields = NoteProgress().fields

    goes = {name for name, field in fields.items() if field.widget.attrs.get("data-goes-with") == "mediation"}

    assert goes == {"both_consented", "result", "agreement_number", "agreement_on"}
    assert {fields[name].widget.attrs["data-goes-by"] for name in goes} == {"kind"}


def body(case, **facts):
    return {
        "handling": str(case.handling_id), "kind": "mediation", "done_on": "2026-03-02", "words": "司法所主持协商",
        **facts,
    }  # fmt: skip


def test_r_35_the_page_keeps_what_was_typed_and_says_what_is_missing(monday):
    case = given.accepted()
    before = stands(case.pk)

    answer = signed_in(case.unit.officer).send("cases:deed", case.pk, "note-progress", **body(case))

    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "双方自愿" in shown
    assert "司法所主持协商" in shown
    assert stands(case.pk) == before


def test_r_35_the_case_shows_the_agreement_and_its_number(monday):
    case = given.accepted()
    paper = given.take_in(case, DocumentKind.D14)
    reader = signed_in(case.unit.officer)

    sent = body(
        case,
        both_consented="on",
        result="agreed",
        agreement_number=paper.number,
        agreement_on=TODAY.isoformat(),
    )
    answer = reader.send("cases:deed", case.pk, "note-progress", **sent)

    assert answer.status_code == 302
    shown = reader.open("cases:petition", case.pk).content.decode()
    listed = shown[shown.index("司法所主持协商") - 600 : shown.index("司法所主持协商")]
    assert "达成协议" in listed
    assert paper.number in listed
    assert f"调解 · 达成协议 · {paper.number}" in shown


def test_r_35_what_still_stands_in_the_form_is_no_part_of_another_note(monday):
    case = given.accepted()
    sent = body(case, kind="contact", both_consented="on", result="broken_off")

    signed_in(case.unit.officer).send("cases:deed", case.pk, "note-progress", **sent)

    written = Progress.objects.get()
    assert (written.kind, written.result, written.both_consented) == ("contact", "", False)


def test_r_35_a_program_is_refused_as_a_person_is_and_notes_the_same(monday):
    case = given.accepted()
    before = stands(case.pk)

    refusal = by_program("note_progress", case.pk, body(case, result="none_reached"), case.unit.officer)
    left = stands(case.pk)
    taken = by_program(
        "note_progress",
        case.pk,
        body(case, result="none_reached", both_consented="true"),
        case.unit.officer,
    )

    assert (refusal, left) == (400, before)
    assert taken == 200
    assert Progress.objects.get().result == MediationResult.NONE_REACHED
