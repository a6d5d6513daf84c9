"""What is ticked in the ledger: shown first, then done to one after the other by the deed's own action."""

from uuid import UUID

import pytest
from django.urls import reverse

from accounts.roles import Role
from audit.models import Entry
from cases.actions import sealing
from cases.intake import Reported
from cases.models import LedgerExport, Petition, Route
from cases.states import ReportedKind, Routing
from cases.views import chosen, prints
from tests.cases.browsers import Browser, signed_in
from tests.cases.given import a_person, a_petition
from tests.cases.handling.given import Case, a_unit, registered, routed, the_office
from tests.given import MONDAY, a_hat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def three() -> list[Case]:
    office, unit = the_office(), a_unit()
    return [registered(office=office, unit=unit) for _number in range(3)]


def show(browser: Browser, deed="route", *, asked="", **fields: object):
    address = f"{reverse('cases:chosen')}{asked}"
    return browser.post(address, {"hat": browser.hat.key, "deed": deed, **fields})


def members(cases: list[Case]) -> list[str]:
    return [f"{case.pk}:{case.now.version}" for case in cases]


def forward(case: Case) -> dict[str, str]:
    return {"kind": "forward", "organ": case.unit.organ.code, "petition_class": "appeal_request"}


def results_of(page) -> dict[str, bool]:
    return {result.member.petition.number: result.done for result in page.context["results"]}


def test_what_is_ticked_is_shown_before_anything_happens():
    cases = three()
    routed(cases[2])
    browser = signed_in(cases[0].office.officer)

    page = show(browser, picked=[str(case.pk) for case in cases[1:]])

    waits = {row.petition.number: can for row, can, _version in page.context["lines"]}
    assert waits == {cases[1].petition.number: True, cases[2].petition.number: False}
    assert (page.context["waiting"], page.context["others"]) == (1, 1)
    assert Route.objects.count() == 1


def test_it_is_done_to_each_and_each_says_what_became_of_it():
    cases = three()
    browser = signed_in(cases[0].office.officer)
    ticked = members(cases)
    routed(cases[1])

    page = show(browser, do="yes", member=ticked, **forward(cases[0]))

    assert results_of(page) == {
        cases[0].petition.number: True,
        cases[1].petition.number: False,
        cases[2].petition.number: True,
    }
    assert [case.now.routing for case in cases] == [Routing.ROUTED] * 3
    assert Entry.objects.filter(verb="petition.route").count() == 3


def test_q32_one_that_somebody_changed_since_it_was_shown_is_left_as_it_is():
    cases = three()[:2]
    ticked = members(cases)
    Petition.objects.filter(pk=cases[0].pk).update(version=99)

    page = show(signed_in(cases[0].office.officer), do="yes", member=ticked, **forward(cases[0]))

    assert results_of(page) == {cases[0].petition.number: False, cases[1].petition.number: True}
    assert [case.now.routing for case in cases] == [Routing.REGISTERED, Routing.ROUTED]


def test_all_of_a_view_is_what_the_filter_keeps_and_not_only_this_page():
    cases = three()
    a_petition(cases[0].office.officer, channel="visit")

    page = show(signed_in(cases[0].office.officer), asked="?channel=letter", all="yes")

    shown = {row.petition.number for row, _can, _version in page.context["lines"]}
    assert shown == {case.petition.number for case in cases}


def test_what_is_more_than_one_press_goes_on_with_what_was_written(monkeypatch):
    monkeypatch.setattr(chosen, "AT_ONCE", 2)
    cases = three()
    browser = signed_in(cases[0].office.officer)

    first = show(browser, do="yes", member=members(cases), **forward(cases[0]))
    left = [f"{row.petition.pk}:{version}" for row, _can, version in first.context["lines"]]
    second = show(browser, do="yes", member=left, **forward(cases[0]))

    assert (len(results_of(first)), len(left), len(results_of(second))) == (2, 1, 1)
    assert first.context["form"]["organ"].value() == cases[0].unit.organ.code
    assert not second.context["lines"]
    assert all(case.now.routing == Routing.ROUTED for case in cases)


def test_a_view_of_more_than_are_carried_says_so(monkeypatch):
    monkeypatch.setattr(chosen, "MOST", 2)
    cases = three()

    page = show(signed_in(cases[0].office.officer), all="yes")

    assert len(page.context["lines"]) == 2 and page.context["is_cut"]


def test_what_is_missing_in_the_form_is_said_and_nothing_is_done():
    cases = three()

    page = show(signed_in(cases[0].office.officer), do="yes", member=members(cases), kind="")

    assert page.status_code == 422 and page.context["waiting"] == 3
    assert not Route.objects.exists()


@pytest.mark.parametrize("member", ["", "nonsense", f"{UUID(int=7)}:1"])
def test_what_is_no_petition_changes_nothing(member):
    (case, *_others) = three()

    page = show(signed_in(case.office.officer), do="yes", member=[member], **forward(case))

    assert page.status_code in {200, 422} and not Route.objects.exists()


def test_q6_a_strangers_petition_is_not_there():
    (case, *_others) = three()
    stranger = signed_in(a_unit("GA").officer)

    shown = show(stranger, "sign_for", picked=[str(case.pk)])
    done = show(stranger, "sign_for", do="yes", member=members([case]))

    assert shown.context["lines"] == [] and results_of(done) == {}
    assert case.petition.number not in shown.content.decode() + done.content.decode()


def test_q1_one_sealed_meanwhile_is_not_there_and_stays_as_it_is():
    cases = three()
    ticked = members(cases)
    a_hat(Role.SEALED_LANE_OFFICER)
    reported = [Reported(kind=ReportedKind.PERSON, name="某科长")]
    sealing.seal(cases[0].pk, reason="点名举报", reported=reported, by=cases[0].office.officer, now=MONDAY)

    page = show(signed_in(cases[0].office.officer), do="yes", member=ticked, **forward(cases[0]))

    assert set(results_of(page)) == {case.petition.number for case in cases[1:]}
    assert cases[0].now.routing == Routing.REGISTERED


def test_a_unit_signs_for_what_it_ticked():
    cases = three()
    for case in cases:
        routed(case)
    officer = signed_in(cases[0].unit.officer)

    page = show(officer, "sign_for", do="yes", member=members(cases))

    assert list(results_of(page).values()) == [True] * 3


def test_only_the_ledgers_own_deeds_are_done_here():
    (case, *_others) = three()

    assert show(signed_in(case.office.officer), "seal", picked=[str(case.pk)]).status_code == 404


def test_the_bar_offers_what_this_hat_may_do():
    (case, *_others) = three()

    office = signed_in(case.office.officer).open("cases:ledger").content.decode()
    inspector = signed_in(a_hat(Role.INSPECTOR)).open("cases:ledger").content.decode()

    assert 'name="deed" value="route"' in office
    assert 'name="deed"' not in inspector and reverse("cases:print_ledger") in inspector


# ---- taken out ----------------------------------------------------------------------------------


def test_what_is_ticked_is_exported_once_its_purpose_is_said(monkeypatch):
    monkeypatch.setattr("cases.views.exports._wake_worker", lambda: None)
    cases = three()
    browser = signed_in(cases[0].office.officer)
    ticked = [str(case.pk) for case in cases[:2]]

    asked = browser.post(
        reverse("cases:export_ask"), {"hat": browser.hat.key, "chosen": "yes", "picked": ticked}
    )
    assert asked.status_code == 200 and asked.context["count"] == 2
    browser.post(
        reverse("cases:export_ask"), {"hat": browser.hat.key, "picked": ticked, "purpose": "meeting"}
    )

    assert [str(key) for key in LedgerExport.objects.get().picked] == ticked


def test_nothing_ticked_exports_nothing():
    browser = signed_in(the_office().officer)

    page = browser.post(reverse("cases:export_ask"), {"hat": browser.hat.key, "chosen": "yes"})

    assert "没有勾选" in page.content.decode() and 'name="purpose"' not in page.content.decode()


def test_a_printed_list_is_covered_and_written_down_for_each():
    office = the_office()
    petitions = [
        a_petition(office.officer, people=(a_person("张大强"),), title="张大强的房子") for _one in range(3)
    ]
    browser = signed_in(office.officer)

    page = browser.post(
        reverse("cases:print_ledger"),
        {"hat": browser.hat.key, "picked": [str(one.pk) for one in petitions[1:]]},
    )

    html = page.content.decode()
    assert "print-wide" in html and "张*强" in html and "张大强" not in html
    assert petitions[0].number not in html
    printed = Entry.objects.filter(verb="petition.print")
    assert {entry.subject_id for entry in printed} == {str(one.pk) for one in petitions[1:]}
    assert {entry.facts["document"] for entry in printed} == {"ledger"}


def test_a_view_too_long_for_paper_says_so(monkeypatch):
    monkeypatch.setattr(prints, "MOST_PRINTED", 2)
    cases = three()
    browser = signed_in(cases[0].office.officer)

    page = browser.post(reverse("cases:print_ledger"), {"hat": browser.hat.key, "all": "yes"})

    assert len(page.context["rows"]) == 2 and page.context["is_cut"]
    assert Entry.objects.filter(verb="petition.print").count() == 2


def test_who_takes_out_no_list_prints_none():
    browser = signed_in(a_hat(Role.GRID_WORKER))

    assert (
        browser.post(reverse("cases:print_ledger"), {"hat": browser.hat.key, "all": "yes"}).status_code == 403
    )
    assert not Entry.objects.filter(verb="petition.print").exists()
