"""Pages of hearings: who sees what (Q6), nothing of the sealed lane (Q2), the record saved while it is typed."""

import pytest

from accounts.roles import Role
from cases.actions import sealing
from cases.intake import Reported
from cases.states import ReportedKind
from hearings.models import Hearing, RecordEntry
from hearings.states import HearingState, SeatRole
from lib.ids import uuid7
from tests.cases.browsers import signed_in
from tests.cases.handling.given import a_unit, received, the_petitioner
from tests.given import a_hat
from tests.hearings.given import DAY, asked, asks, called, closed, opened, seated

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]


def test_the_office_asks_on_the_petition_and_a_refusal_keeps_what_was_typed():
    case = received()
    browser = signed_in(case.office.officer)
    typed = {
        "procedure": asks().procedure_id,
        "asked_by": "petitioner",
        "ground": "many",
        "reason": "涉及人数多",
        "applied_on": "2026-03-02",
    }
    assert "登记听证申请" in browser.open("cases:petition", case.pk).content.decode()
    assert browser.open("hearings:asking", case.pk).status_code == 200
    refused = browser.send(
        "hearings:on_petition", case.pk, "ask-hearing", **{**typed, "applied_on": "2020-01-01"}
    )
    assert (refused.status_code, Hearing.objects.count()) == (422, 0)
    assert "涉及人数多" in refused.content.decode()

    assert browser.send("hearings:on_petition", case.pk, "ask-hearing", **typed).status_code == 302

    key = Hearing.objects.get().pk
    assert str(key) in browser.open("cases:petition", case.pk).content.decode()
    assert str(key) in browser.open("hearings:hearings").content.decode()


def test_the_neighbour_finds_none_of_it():
    held = called()
    browser = signed_in(a_unit("CG").head)
    assert browser.open("hearings:hearing", held.pk).status_code == 404
    assert browser.open("hearings:asking", held.case.pk).status_code == 404
    assert browser.send("hearings:on_hearing", held.pk, "call-off", reason="撤回").status_code == 404
    assert str(held.pk) not in browser.open("hearings:hearings").content.decode()
    assert held.now.state == HearingState.CALLED


def test_a_petition_that_was_sealed_has_no_hearing_in_anybody_s_sight():
    held = closed()
    named = [Reported(kind=ReportedKind.UNIT, organ_id=held.case.unit.organ.pk)]
    sealing.seal(held.case.pk, reason="反映干部", reported=named, by=held.head, now=DAY)
    for hat in (held.officer, held.head, held.clerk, held.chair, held.case.unit.officer):
        browser = signed_in(hat)
        assert browser.open("hearings:hearing", held.pk).status_code == 404
        assert held.now.number not in browser.open("hearings:hearings").content.decode()
        sent = browser.send("hearings:on_hearing", held.pk, "publish", words="先办证、后清算。")
        assert sent.status_code == 404
    assert held.now.published_at is None


def test_what_waits_for_a_head_stands_in_his_work_and_for_who_noted_it_not():
    held = asked()

    def boxes(hat):
        return {box.icon: box.count for box in signed_in(hat).open("desk:my_work").context["boxes"]}

    assert boxes(held.head).get("scale") == 1
    assert "scale" not in boxes(held.officer)


def test_the_page_covers_the_names_of_petitioners_and_says_what_is_missing():
    held = seated()
    page = signed_in(held.officer).open("hearings:hearing", held.pk).content.decode()
    assert the_petitioner(held.case).name not in page
    assert "主持人未到会" in page
    assert "抽取" in page


def test_the_clerk_s_words_are_saved_while_they_are_typed_and_a_stale_save_says_what_stands():
    held, key = opened(), uuid7()
    browser = signed_in(held.clerk)
    seat = held.seats(SeatRole.PETITIONER)[0].pk
    typed = {"entry_id": key, "version": 0, "seat_id": seat, "text": "房款已付"}
    first = browser.send("hearings:autosave", held.pk, **typed)
    assert (first.status_code, first.json()["version"]) == (200, 1)
    again = browser.send("hearings:autosave", held.pk, **{**typed, "version": 1, "text": "房款已付清"})
    assert again.json()["version"] == 2

    other = signed_in(held.officer)
    stale = other.send("hearings:autosave", held.pk, **{**typed, "version": 1, "text": "没付"})
    assert stale.status_code == 409
    assert "房款已付清" in stale.json()["message"]
    assert RecordEntry.objects.get().text == "房款已付清"
    # without JavaScript the same form is sent whole, and a refusal keeps what was typed
    whole = other.send(
        "hearings:on_hearing", held.pk, "write-entry", **{**typed, "version": 1, "text": "没付"}
    )
    assert whole.status_code == 409
    assert "没付" in whole.content.decode()
    assert browser.open("hearings:hearing", held.pk).status_code == 200


def test_the_stages_are_shown_with_their_time_and_the_record_with_its_hash():
    held = closed()
    page = signed_in(held.case.unit.officer).open("hearings:hearing", held.pk).content.decode()
    assert "与会人合议" in page
    assert held.now.digest[:12] in page
    assert "竣工联合验收" in page


def test_a_registrar_has_no_page_of_hearings():
    held = called()
    browser = signed_in(a_hat(Role.REGISTRAR, organ=held.officer.organ))
    assert browser.open("hearings:hearings").status_code == 403
