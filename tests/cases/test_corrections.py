"""Mistakes are put right with their old value kept; a void petition keeps its number (Q18)."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from accounts.roles import Role
from audit.models import Entry
from cases.actions.corrections import correct, decide_void, propose_void
from cases.models import Correction, Petition, PetitionClock
from cases.models.voids import VoidGround
from cases.secrets import open_field
from cases.states import Channel, Purpose, Routing
from lib.errors import NotAllowed, OutOfTurn, Refused, Stale
from tests.cases.browsers import signed_in
from tests.cases.given import a_petition
from tests.given import MONDAY, SHANGHAI, a_hat, a_user

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(hours=1)


def test_q18_the_old_value_and_the_reason_are_kept():
    registrar = a_hat(Role.REGISTRAR)
    petition = a_petition(registrar, title="办证")

    correct(
        petition.pk, field="title", value="不动产权证", reason="写漏", seen_version=1, by=registrar, now=LATER
    )

    kept = Correction.objects.get(petition=petition)
    assert (kept.field, kept.reason) == ("title", "写漏")
    assert open_field("correction", petition.pk, "title", kept.before_sealed) == "办证"
    petition.words.refresh_from_db()
    assert petition.words.title == "不动产权证"


def test_q18_a_corrected_day_of_receipt_restarts_the_clocks_and_keeps_the_old_ones():
    registrar = a_hat(Role.REGISTRAR)
    petition = a_petition(registrar)
    friday = datetime(2026, 2, 27, 16, tzinfo=SHANGHAI)

    done = correct(
        petition.pk,
        field="petition_date",
        value=date(2026, 2, 26),
        reason="信上日期",
        seen_version=1,
        by=registrar,
        now=LATER,
    )
    done = correct(
        petition.pk,
        field="received_at",
        value=friday,
        reason="收文章",
        seen_version=done.petition.version,
        by=registrar,
        now=LATER,
    )

    clocks = PetitionClock.objects.filter(petition=petition, code="T1")
    assert done.clocks_moved == 2
    assert clocks.open().get().last_day == date(2026, 3, 14)
    assert clocks.get(cancelled_at=LATER).last_day == date(2026, 3, 17)
    assert Petition.objects.get(pk=petition.pk).next_due_at == datetime(2026, 3, 15, tzinfo=SHANGHAI)


def test_q32_a_correction_that_did_not_see_the_present_version_is_refused():
    registrar = a_hat(Role.REGISTRAR)
    petition = a_petition(registrar)
    correct(petition.pk, field="title", value="一", reason="写错", seen_version=1, by=registrar, now=LATER)

    with pytest.raises(Stale):
        correct(
            petition.pk, field="title", value="二", reason="写错", seen_version=1, by=registrar, now=LATER
        )

    petition.words.refresh_from_db()
    assert petition.words.title == "一"


def test_q1_a_petition_does_not_become_a_report_by_correction():
    registrar = a_hat(Role.REGISTRAR)
    petition = a_petition(registrar)

    with pytest.raises(Refused):
        correct(
            petition.pk,
            field="purpose",
            value=Purpose.REPORT_ACCUSATION,
            reason="选错",
            seen_version=1,
            by=registrar,
            now=LATER,
        )

    assert Petition.objects.get(pk=petition.pk).purpose == Purpose.REQUEST


def test_the_petitioners_own_words_are_not_corrected():
    registrar = a_hat(Role.REGISTRAR)
    petition = a_petition(registrar)

    with pytest.raises(Refused):
        correct(petition.pk, field="text", value="改", reason="改", seen_version=1, by=registrar, now=LATER)

    assert not Correction.objects.exists()


def test_q18_a_double_entry_is_voided_by_two_persons_and_keeps_its_number():
    registrar, head = a_hat(Role.REGISTRAR), a_hat(Role.SECTION_HEAD)
    first, second = a_petition(registrar), a_petition(registrar)

    propose_void(
        second.pk,
        ground=VoidGround.DOUBLE_ENTRY,
        stays_number=first.number,
        reason="同一封信",
        by=registrar,
        now=LATER,
    )
    decide_void(second.pk, confirm=True, by=head, now=LATER)

    voided = Petition.objects.get(pk=second.pk)
    assert (voided.routing, voided.number, voided.next_due_at) == (Routing.VOID, "LS2026-000002", None)
    assert not PetitionClock.objects.open().filter(petition=second).exists()
    assert Entry.objects.about(second).filter(verb="petition.void").exists()
    assert a_petition(registrar).number == "LS2026-000003"


def test_q18_whoever_proposed_it_does_not_confirm_it_under_another_hat():
    person = a_user()
    registrar, head = a_hat(Role.REGISTRAR, user=person), a_hat(Role.SECTION_HEAD, user=person)
    petition = a_petition(registrar)
    propose_void(petition.pk, ground=VoidGround.TEST, reason="演练", by=registrar, now=LATER)

    with pytest.raises(NotAllowed):
        decide_void(petition.pk, confirm=True, by=head, now=LATER)

    assert Petition.objects.get(pk=petition.pk).routing == Routing.REGISTERED


def test_a_refused_proposal_leaves_the_petition_as_it_was():
    registrar, head = a_hat(Role.REGISTRAR), a_hat(Role.SECTION_HEAD)
    petition = a_petition(registrar)
    propose_void(petition.pk, ground=VoidGround.TEST, reason="演练", by=registrar, now=LATER)

    decide_void(petition.pk, confirm=False, by=head, now=LATER)

    assert Petition.objects.get(pk=petition.pk).routing == Routing.REGISTERED
    assert PetitionClock.objects.open().filter(petition=petition).count() == 2
    with pytest.raises(OutOfTurn):
        decide_void(petition.pk, confirm=True, by=head, now=LATER)


def test_q18_of_two_entries_that_name_each_other_one_stays():
    registrar, head = a_hat(Role.REGISTRAR), a_hat(Role.SECTION_HEAD)
    first, second = a_petition(registrar), a_petition(registrar)
    for one, other in ((first, second), (second, first)):
        propose_void(
            one.pk,
            ground=VoidGround.DOUBLE_ENTRY,
            stays_number=other.number,
            reason="同一封",
            by=registrar,
            now=LATER,
        )
    decide_void(first.pk, confirm=True, by=head, now=LATER)

    with pytest.raises(OutOfTurn):
        decide_void(second.pk, confirm=True, by=head, now=LATER)

    assert Petition.objects.get(pk=second.pk).routing == Routing.REGISTERED


def test_ds_5_a_corrected_count_decides_anew_whether_a_visit_is_collective():
    registrar = a_hat(Role.REGISTRAR)
    petition = a_petition(registrar, channel=Channel.VISIT)

    correct(
        petition.pk, field="petitioner_count", value=5, reason="漏数", seen_version=1, by=registrar, now=LATER
    )

    assert Petition.objects.get(pk=petition.pk).is_collective


def test_q18_receipt_before_the_petitions_own_date_is_refused_with_that_date_and_the_way_to_correct_it():
    registrar = a_hat(Role.REGISTRAR)
    petition = a_petition(registrar, petition_date=MONDAY.date())
    asked = {"value": "2026-02-27 16:00", "reason": "收文章", "seen_version": "1"}

    page = signed_in(registrar).send("cases:correct", petition.pk, "received_at", **asked)

    assert page.status_code == 400
    shown = page.content.decode()
    assert "信访日期为 2026-03-02" in shown
    assert reverse("cases:correct", args=[petition.pk, "petition_date"]) in shown
    assert not Correction.objects.exists()
