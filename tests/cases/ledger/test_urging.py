"""Urging the units that have a petition in hand (催办): on paper, with a reason, answered by a day; one or many."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.roles import Role
from assignments.models import Assignment
from assignments.states import State
from audit.models import Entry
from cases.actions.urging import fetch_urging, urge
from cases.models import ReportedParty, Urging
from cases.states import ReportedKind
from documents.models import Document
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from notices.models import Kind, Notice
from tests.cases.browsers import signed_in
from tests.cases.handling.given import (
    a_unit,
    decide_return,
    executed,
    finished,
    notified,
    objected,
    received,
    registered,
    routed,
    served_by_itself,
)
from tests.cases.ledger.test_chosen import members, results_of, show, three
from tests.given import MONDAY, a_hat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
TUESDAY = MONDAY + timedelta(days=1)


def told(hat, kind: Kind) -> int:
    return Notice.objects.unread().filter(post=hat.post, kind=kind).count()


def nobody_was_urged() -> bool:
    return not Urging.objects.exists() and not Assignment.objects.exists()


def test_an_urging_is_a_numbered_paper_that_asks_the_unit_for_an_answer_in_three_working_days():
    case = routed()

    (urging,) = urge(case.pk, reason="请报进展", by=case.office.officer, now=MONDAY)

    assert urging.document.number == "离信访催〔2026〕1号"
    assert "第1次催办" in "".join(urging.document.paper.paragraphs)
    asked = Assignment.objects.asked_of(case.unit.head).get()
    assert (asked.kind, asked.clock.last_day) == ("urge", date(2026, 3, 5))
    assert told(case.unit.officer, Kind.ASKED_OF_YOU) == told(case.unit.head, Kind.ASKED_OF_YOU) == 1
    assert told(case.office.officer, Kind.ASKED_OF_YOU) == 0
    entry = Entry.objects.get(verb="petition.urge")
    assert entry.facts == {"organ": case.unit.organ.code, "due_on": "2026-03-05", "nth": 1}
    page = signed_in(case.unit.officer).open("cases:petition", case.pk).content.decode()
    assert "第1次催办" in page and "请报进展" in page and urging.document.number in page


def test_a_unit_is_urged_once_a_day_and_owes_an_answer_to_the_last_paper_alone():
    case = routed()

    urge(case.pk, reason="请报进展", by=case.office.officer, now=MONDAY)
    with pytest.raises(OutOfTurn):
        urge(case.pk, reason="再催", by=case.office.head, now=MONDAY + timedelta(hours=2))
    urge(case.pk, reason="再催", due_on=date(2026, 3, 4), by=case.office.head, now=TUESDAY)

    first, second = Urging.objects.order_by("made_at")
    assert (first.assignment.state, second.assignment.state) == (State.CANCELLED, State.ASKED)
    assert second.assignment.clock.last_day == date(2026, 3, 4)
    assert "第2次催办" in "".join(second.document.paper.paragraphs)
    assert told(case.unit.head, Kind.ASKED_OF_YOU) == 1


@pytest.mark.parametrize(
    ("field", "facts"), [("reason", {"reason": " "}), ("due_on", {"due_on": MONDAY.date()})]
)
def test_without_a_reason_or_a_day_ahead_nobody_is_urged(field, facts):
    case = routed()

    with pytest.raises(Refused) as refusal:
        urge(case.pk, **{"reason": "请报进展", **facts}, by=case.office.officer, now=MONDAY)

    assert field in refusal.value.fields
    assert nobody_was_urged()


@pytest.mark.parametrize("given", [registered, served_by_itself, executed, finished])
def test_where_no_other_unit_has_it_in_hand_nobody_is_urged(given):
    case = given()

    with pytest.raises((OutOfTurn, NotAllowed)):
        urge(case.pk, reason="请报进展", by=case.office.officer, now=MONDAY)

    assert nobody_was_urged()


def test_who_leads_urges_nobody_and_a_unit_without_part_is_not_named():
    case = routed()

    with pytest.raises(NotAllowed):
        urge(case.pk, reason="请报进展", by=case.unit.head, now=MONDAY)
    stranger = a_unit("CG").organ.pk
    with pytest.raises(OutOfTurn):
        urge(case.pk, reason="请报进展", organ_id=stranger, by=case.office.officer, now=MONDAY)

    assert nobody_was_urged()


def test_q2_a_unit_that_the_petition_names_is_not_urged():
    case = routed()
    ReportedParty.objects.create(petition=case.petition, kind=ReportedKind.UNIT, organ=case.unit.organ)

    with pytest.raises(OutOfTurn):
        urge(case.pk, reason="请报进展", by=case.office.officer, now=MONDAY)

    assert nobody_was_urged()


def test_what_comes_back_is_asked_no_longer():
    case = received()
    urge(case.pk, reason="请报进展", by=case.office.officer, now=MONDAY)
    objected(case)

    decide_return(case, agree=True)

    assert Assignment.objects.get(kind="urge").state == State.CANCELLED
    assert told(case.unit.head, Kind.ASKED_OF_YOU) == 0


def test_the_paper_is_saved_by_who_sees_the_petition():
    case = routed()
    (urging,) = urge(case.pk, reason="请报进展", by=case.office.officer, now=MONDAY)

    file = fetch_urging(case.pk, urging.pk, by=case.unit.officer, now=MONDAY)

    assert file.content_type == "application/pdf"
    stranger = a_unit("CG").head
    with pytest.raises(Unknown):
        fetch_urging(case.pk, urging.pk, by=stranger, now=MONDAY)
    assert Entry.objects.filter(verb="petition.fetch_urging").count() == 1


def test_the_database_holds_that_an_urging_on_paper_says_why():
    case = routed()
    (urging,) = urge(case.pk, reason="请报进展", by=case.office.officer, now=MONDAY)

    for broken in ({"reason": ""}, {"document": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Urging.objects.filter(pk=urging.pk).update(**broken)


def test_one_of_old_without_a_paper_is_shown_and_counted():
    case = routed()
    Urging.objects.create(
        handling=case.petition.handlings.get(),
        made_by=case.office.officer.post,
        maker=case.office.officer.user,
        made_at=MONDAY - timedelta(days=1),
        made_on=date(2026, 3, 1),
    )

    urge(case.pk, reason="请报进展", by=case.office.officer, now=MONDAY)

    page = signed_in(case.office.officer).open("cases:petition", case.pk).content.decode()
    assert "第1次催办" in page and "第2次催办" in page
    assert "第2次催办" in "".join(Document.objects.get(kind="urge").paper.paragraphs)


def test_several_units_are_urged_from_the_ledger_and_each_petition_says_what_became_of_it():
    cases = three()
    routed(cases[0])
    routed(cases[1])
    browser = signed_in(cases[0].office.officer)

    shown = show(browser, "urge", picked=[str(case.pk) for case in cases])
    page = show(browser, "urge", do="yes", member=members(cases[:2]), reason="请抓紧办理")

    assert (shown.context["waiting"], shown.context["others"]) == (2, 1)
    assert set(results_of(page).values()) == {True}
    assert Urging.objects.filter(reason="请抓紧办理").count() == Assignment.objects.count() == 2
    again = show(browser, "urge", picked=[str(case.pk) for case in cases])
    assert again.context["waiting"] == 0


def test_the_bar_offers_both_with_the_key_of_the_second():
    case = routed()

    page = signed_in(case.office.officer).get(reverse("cases:ledger")).content.decode()

    assert 'value="give_reader"' in page
    assert "data-urge" in page and "催办 <kbd>C</kbd>" in page
    watching = signed_in(a_hat(Role.INSPECTOR)).get(reverse("cases:ledger")).content.decode()
    assert 'value="urge"' not in watching and 'value="give_reader"' not in watching


def bar_of(hat, case):
    """Return the case page as a hat reads it, and the deeds it says are not possible now."""
    page = signed_in(hat).open("cases:petition", case.pk)
    return page, {str(one.label): one.why for one in page.context["blocked"]}


def test_the_case_page_offers_urging_to_whoever_sent_it_and_to_nobody_else():
    case = routed()

    page, blocked = bar_of(case.office.officer, case)
    assert page.context["way"]["urge"].anchor == "do-urge"
    assert page.content.decode().count('href="#do-urge"') == 2
    assert "催办" not in blocked
    for other in (case.unit.head, a_hat(Role.REGISTRAR)):
        page, blocked = bar_of(other, case)
        assert "urge" not in page.context["way"] and "催办" not in blocked

    sent = signed_in(case.office.officer).send("cases:deed", case.pk, "urge", reason="请报进展")
    assert sent.status_code == 302
    assert Urging.objects.get().reason == "请报进展"


@pytest.mark.parametrize("case", [served_by_itself, lambda: objected(received())])
def test_the_case_page_says_why_nobody_can_be_urged(case):
    case = case()

    page, blocked = bar_of(case.office.officer, case)

    assert blocked["催办"] == "没有其他单位在办"
    assert "urge" not in page.context["way"]


def test_the_case_page_says_that_every_unit_was_urged_today_or_names_nobody_complained_of():
    case = routed()
    other = routed(registered(unit=a_unit("CG")))
    urge(case.pk, reason="请报进展", by=case.office.officer, now=MONDAY)
    ReportedParty.objects.create(petition=other.petition, kind=ReportedKind.UNIT, organ=other.unit.organ)

    assert bar_of(case.office.officer, case)[1]["催办"] == "承办单位今天都已催办"
    assert bar_of(other.office.officer, other)[1]["催办"] == "没有其他单位在办"


@pytest.mark.parametrize("case", [registered, lambda: notified(executed())])
def test_nothing_is_said_of_urging_before_a_unit_has_it_and_once_it_can_be_finished(case):
    case = case()

    page, blocked = bar_of(case.office.officer, case)

    assert "urge" not in page.context["way"] and "催办" not in blocked
