"""The panel beside the registration form and on the case page: with a script and without one (Q5, Q14)."""

from uuid import UUID

import pytest
from django.urls import reverse

from accounts.roles import Role
from audit.models import Entry
from cases.actions.repeating import LOOK
from cases.models import Draft, Petition, RepeatDecision
from cases.states import Purpose, RepeatOutcome
from lib.ids import uuid7
from tests.cases.browsers import signed_in, typed
from tests.cases.given import a_person, a_petition
from tests.cases.handling.given import a_township, registered, routed
from tests.given import MONDAY, a_hat

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(monday):
    return signed_in(a_hat(Role.REGISTRAR))


def a_form(browser) -> UUID:
    """Return the identity of a new form, as the page gives it out."""
    return UUID(browser.open("cases:intake").headers["Location"].strip("/").split("/")[-1])


def panel(browser, draft_id, **facts):
    return browser.send("cases:earlier", draft_id, **typed(**facts)).content.decode()


def test_while_typing_an_earlier_petition_appears_with_its_evidence_and_score(browser):
    first = a_petition()

    shown = panel(browser, a_form(browser))

    assert first.number in shown
    for words in ("同一人", "电话一致", "分类相同", "属地相同"):
        assert words in shown
    assert f'name="same-{first.pk}"' in shown
    # nobody's name, number or address in clear
    assert "张大强" not in shown
    assert "13800001234" not in shown
    # and of what the score could lead to, nothing (Q14)
    assert "分数" not in shown
    assert "扣" not in shown


def test_it_is_asked_by_post_alone_so_that_no_name_stands_in_an_address(browser):
    draft_id = a_form(browser)

    assert browser.get(reverse("cases:earlier", args=[draft_id]), typed()).status_code == 405
    assert not Entry.objects.filter(verb=LOOK).exists()


def test_a_form_that_is_not_ones_own_is_not_looked_for(browser):
    a_petition()

    assert browser.send("cases:earlier", uuid7(), **typed()).status_code == 404
    assert not Entry.objects.filter(verb=LOOK).exists()


def test_an_unfinished_form_is_compared_as_far_as_it_is_typed(browser):
    first = a_petition()

    shown = panel(browser, a_form(browser), title="", text="", place="", place_text="", received_at="昨天")

    assert first.number in shown


@pytest.mark.parametrize(
    "facts",
    [
        {"purpose": Purpose.REPORT_ACCUSATION},
        {"names_a_wrongdoer": "on"},
        {"report_text": "另举报某科长"},
    ],
)
def test_q1_what_reports_a_wrongdoer_is_looked_for_nowhere(browser, facts):
    first = a_petition()

    shown = panel(browser, a_form(browser), **facts)

    assert first.number not in shown
    assert "检举控告内容不在此查找" in shown
    assert not Entry.objects.filter(verb=LOOK).exists()


def test_q1_a_draft_that_was_sealed_is_looked_for_nowhere_whatever_is_typed_into_it_later(browser):
    first = a_petition()
    draft_id = a_form(browser)
    browser.send("cases:autosave", draft_id, **typed(names_a_wrongdoer="on"))

    shown = panel(browser, draft_id)
    page = browser.send("cases:draft", draft_id, do="look", **typed(seen_version="1"))

    for said in (shown, page.content.decode()):
        assert first.number not in said
        assert "检举控告内容不在此查找" in said
    assert page.status_code == 200
    assert not Entry.objects.filter(verb=LOOK).exists()


@pytest.mark.parametrize("purpose", [Purpose.SUGGESTION, Purpose.ENQUIRY])
def test_q15_for_a_suggestion_or_an_enquiry_the_panel_says_that_it_is_never_a_repeat(browser, purpose):
    first = a_petition()

    shown = panel(browser, a_form(browser), purpose=purpose)

    assert first.number not in shown
    assert "不作重复认定" in shown


def test_without_a_script_a_button_on_the_form_shows_the_same_and_keeps_what_was_typed(browser):
    first = a_petition()
    draft_id = a_form(browser)

    page = browser.send("cases:draft", draft_id, do="look", **typed()).content.decode()

    assert first.number in page
    assert "永宁花园购房多年未办证" in page
    assert not Petition.objects.exclude(pk=first.pk).exists()
    assert Draft.objects.filter(pk=draft_id).exists()


def register(browser, **facts):
    draft_id = a_form(browser)
    answer = browser.send("cases:draft", draft_id, do="register", **typed(**facts))
    assert answer.status_code == 302, answer.content.decode()
    return Petition.objects.get(submission_id=draft_id)


def test_q14_what_was_decided_while_typing_is_kept_with_the_registration(browser):
    first = a_petition(now=MONDAY)

    made = register(
        browser,
        **{
            f"same-{first.pk}": "same_matter_pending",
            f"same_person-{first.pk}": "on",
            f"same_why-{first.pk}": "同一套房",
        },
    )

    decision = RepeatDecision.objects.get()
    assert (decision.petition, decision.earlier) == (made, first)
    assert (decision.outcome, decision.same_person, decision.reason) == (
        RepeatOutcome.SAME_PENDING,
        True,
        "同一套房",
    )


def test_q14_by_default_it_is_decided_later(browser):
    first = a_petition(now=MONDAY)

    register(browser, **{f"same-{first.pk}": "later"})

    assert RepeatDecision.objects.get().outcome == RepeatOutcome.LATER


# a key that nothing has; the same one for every process of the tests
STRANGE = UUID("01900000-0000-7000-8000-000000000000")


@pytest.mark.parametrize("bent", ["same-nobody", f"same-{STRANGE}", "same-"])
def test_a_bent_choice_hinders_no_registration(browser, bent):
    register(browser, **{bent: "same_matter_pending"})

    assert not RepeatDecision.objects.exists()


def test_q14_what_was_chosen_is_still_chosen_after_a_fault_in_the_form(browser):
    first = a_petition()
    draft_id = a_form(browser)
    chosen = {f"same-{first.pk}": "related", f"same_why-{first.pk}": "同一小区"}

    page = browser.send("cases:draft", draft_id, do="register", **typed(title="", **chosen)).content.decode()
    again = panel(browser, draft_id, **chosen)

    assert f'name="same-{first.pk}" value="related"' in page
    assert 'value="同一小区"' in again
    assert '<option value="related" selected>' in again


def test_a_report_registers_no_decision(browser):
    first = a_petition()

    made = register(
        browser,
        purpose=Purpose.REPORT_ACCUSATION,
        reported_kind="person",
        reported_name="某科长",
        **{f"same-{first.pk}": "related", f"same_why-{first.pk}": "同一小区"},
    )

    assert made.sealed
    assert not RepeatDecision.objects.exists()


# ---- on the case page


def test_the_case_page_asks_by_itself_while_nobody_has_routed_it(monday):
    case = registered()
    page = signed_in(case.office.officer).open("cases:petition", case.pk).content.decode()
    routed(case)
    later = signed_in(case.office.officer).open("cases:petition", case.pk).content.decode()

    assert 'hx-trigger="load, submit"' in page
    assert 'hx-trigger="submit"' in later


def test_on_the_case_page_each_earlier_one_has_its_form(monday):
    first = registered()
    later = registered(office=first.office)
    officer = signed_in(first.office.officer)

    piece = officer.post(
        reverse("cases:look_for_earlier", args=[later.pk]),
        {"hat": officer.hat.key},
        headers={"HX-Request": "true"},
    ).content.decode()
    page = officer.send("cases:look_for_earlier", later.pk).content.decode()

    assert first.now.number in piece
    assert f'name="earlier" value="{first.pk}"' in piece
    assert "<html" not in piece
    assert "<html" in page
    assert f'name="earlier" value="{first.pk}"' in page


def test_a_refused_decision_comes_back_with_what_was_written(monday):
    first = registered()
    later = registered(office=first.office)

    answer = signed_in(first.office.officer).send(
        "cases:deed",
        later.pk,
        "decide-repeat",
        earlier=first.pk,
        outcome="same_matter_concluded",
        reason="已办",
    )

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "此前的信访件仍在办理中" in page
    assert 'value="已办"' in page
    assert not RepeatDecision.objects.exists()


def test_q6_a_refused_decision_on_what_is_out_of_sight_shows_nothing_of_it(monday):
    hidden = registered()
    township = a_township()
    own = registered(office=township)

    answer = signed_in(township.officer).send(
        "cases:deed", own.pk, "decide-repeat", earlier=hidden.pk, outcome="related", reason="同一小区"
    )

    assert answer.status_code == 422
    assert hidden.now.number not in answer.content.decode()
    assert not RepeatDecision.objects.exists()


def test_who_reads_only_is_not_offered_to_look(monday):
    case = registered()

    page = signed_in(a_hat(Role.INSPECTOR)).open("cases:petition", case.pk).content.decode()

    assert "查找此前信访件" not in page
    assert signed_in(a_hat(Role.INSPECTOR)).send("cases:look_for_earlier", case.pk).status_code == 403


def test_q5_the_panel_tells_no_number_of_one_persons_petitions(browser):
    """With six and with seven petitions of a person the panel is the same but for the five it shows."""
    for number in range(6):
        a_petition(
            title=f"第{number}件", text="各不相同的事" + "甲乙丙丁戊己庚"[number] * 9, people=(a_person(),)
        )
    six = panel(browser, a_form(browser))
    a_petition(title="第六件", text="又一件事", people=(a_person(),))

    seven = panel(browser, a_form(browser))

    assert six.count('name="same-') == seven.count('name="same-') == 5
    assert "7" not in seven.replace("2026", "").split("<li>")[0]
