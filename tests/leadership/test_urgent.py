"""Urgent reports: who was told, when, and whether the two hours had passed; a refused note keeps what was typed."""

from datetime import timedelta

import pytest

from leadership.actions.urgent import Happening, note_urgent, report_urgent
from leadership.models import UrgentNotice, UrgentReport
from leadership.states import Means, Recipient
from lib.errors import Refused
from tests.cases.browsers import signed_in
from tests.cases.handling.given import a_unit, received
from tests.given import MONDAY

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]

HOUR = timedelta(hours=1)


def reported(known_at=MONDAY - HOUR):
    """Let the office report a matter this Monday at half past nine that it has known of for a while."""
    case = received()
    what = Happening(
        discovered_at=known_at,
        happened="小区门口聚集",
        where="永宁花园",
        scale="三十余人",
        measures="到场接谈",
    )
    return case, report_urgent(case.pk, what, list(Recipient), by=case.office.officer, now=MONDAY)


def note(case, report, means, sent_at, taken_by="", recipient=Recipient.STATE_BUREAU):
    sent = {recipient: (means, sent_at, taken_by)}
    return note_urgent(report.pk, sent, by=case.office.officer, now=MONDAY)


def test_r_26_by_telephone_it_may_go_out_before_the_paper_and_by_fax_not():
    case, report = reported()

    for means in (Means.FAX, Means.SYSTEM):
        with pytest.raises(Refused) as refusal:
            note(case, report, means, MONDAY - HOUR / 2)
        assert "sent_at" in refusal.value.fields
    for moment in (MONDAY - 2 * HOUR, MONDAY + HOUR):
        with pytest.raises(Refused):
            note(case, report, Means.PHONE, moment)
    assert not UrgentNotice.objects.exists()

    (noted,) = note(case, report, Means.PHONE, MONDAY - HOUR / 2)
    assert noted.sent_at == MONDAY - HOUR / 2


def test_who_took_it_is_an_organ_and_a_post_and_no_persons_number():
    case, report = reported()

    for written in ("值班员 13800001234", "140102199001011234"):
        with pytest.raises(Refused) as refusal:
            note(case, report, Means.PHONE, MONDAY, written)
        assert "taken_by" in refusal.value.fields
    assert not UrgentNotice.objects.exists()

    note(case, report, Means.PHONE, MONDAY, "省信访局值班室")
    assert UrgentNotice.objects.get().taken_by == "省信访局值班室"


def test_a_refused_note_names_its_field_in_words_and_keeps_what_was_typed():
    case, report = reported()
    browser = signed_in(case.office.officer)
    typed = {"recipient": "state_bureau", "means": "fax", "sent_at": "", "taken_by": "国家信访局值班室"}

    refused = browser.send("leadership:on_report", report.pk, "note", **typed)
    page = refused.content.decode()
    assert (refused.status_code, "国家信访局值班室" in page, "sent_at *" in page) == (422, True, False)
    (shown,) = refused.context["reports"]
    assert (shown.is_noting, shown.note_form["sent_at"].label) == (True, "时间")

    early = browser.send("leadership:on_report", report.pk, "note", **typed | {"sent_at": "2026-03-02 08:45"})
    assert (early.status_code, "国家信访局值班室" in early.content.decode()) == (422, True)
    assert not UrgentNotice.objects.exists()


def test_t16_the_page_says_that_the_two_hours_had_passed():
    case, report = reported(known_at=MONDAY - 3 * HOUR)
    browser = signed_in(case.office.officer)

    (shown,) = browser.open("leadership:matter", case.pk).context["reports"]
    assert (shown.due_at, shown.hours, shown.is_late) == (MONDAY - HOUR, 2, True)
    note(case, report, Means.PHONE, MONDAY - 2 * HOUR, recipient=Recipient.SUPERIOR_OFFICE)
    note(case, report, Means.PHONE, MONDAY)
    page = browser.open("leadership:matter", case.pk)
    (shown,) = page.context["reports"]
    assert [late for _notice, late in shown.told] == [False, True]
    assert "超过2小时" in page.content.decode()


def test_t16_in_time_nothing_is_said_and_the_unit_reads_no_report():
    case, report = reported()
    for recipient in (Recipient.SUPERIOR_OFFICE, Recipient.STATE_BUREAU):
        note(case, report, Means.PHONE, MONDAY, recipient=recipient)

    page = signed_in(case.office.officer).open("leadership:matter", case.pk)
    assert not page.context["reports"][0].is_late
    assert "超过2小时" not in page.content.decode()
    assert signed_in(case.unit.officer).open("leadership:matter", case.pk).context["reports"] == []
    stranger = signed_in(a_unit("CG").head)
    assert stranger.send("leadership:on_report", report.pk, "note").status_code == 404
    assert UrgentReport.objects.count() == 1
