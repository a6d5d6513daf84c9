"""办结 shows what it closes before anybody presses its button: claims, papers and days (Q10, Q24)."""

import pytest

from cases.pages import case_page
from cases.parts import read_head
from cases.states import Outcome
from deadlines.words import title_of
from tests.cases.browsers import signed_in
from tests.cases.handling import given
from tests.cases.handling.given import at
from tests.given import MONDAY

pytestmark = pytest.mark.django_db


def closing(case, *, now=MONDAY):
    petition = read_head(case.pk)
    return case_page(petition, case.office.officer, now=now, kind="")["closing"]


def test_q10_each_claim_stands_there_with_its_end_and_each_paper_with_who_has_it():
    case = given.notified(given.served(outcome=Outcome.NOT_SUPPORT))

    shown = closing(case, now=at(3, 12))

    assert [(claim.number, str(claim.end)) for claim in shown.claims] == [(1, "不予支持")]
    assert sorted(document.kind for document, _who in shown.papers) == ["d05", "d15"]
    assert all("2026-03-02" in who for _document, who in shown.papers)
    assert shown.days == 10
    assert str(title_of("T5")) in shown.kept
    assert shown.late == []


def test_what_came_late_is_said():
    case = given.accepted(given.received())
    late = at(5, 20)
    case = given.drafted(given.investigated(case, now=late, outcome=Outcome.NOT_SUPPORT), now=late)
    case = given.notified(given.served(given.opinion_issued(case, now=late), now=late), now=late)

    shown = closing(case, now=late)

    assert str(title_of("T5")) in shown.late
    assert str(title_of("T5")) not in shown.kept


def test_q24_while_something_is_missing_there_is_nothing_to_close():
    assert closing(given.served(outcome=Outcome.NOT_SUPPORT)) is None


def test_the_form_of_finishing_says_it_above_its_button(monday):
    case = given.notified(given.served(outcome=Outcome.NOT_SUPPORT))

    shown = signed_in(case.office.officer).open("cases:petition", case.pk).content.decode()

    form = shown.index('id="do-finish"')
    assert shown.count('id="do-finish"') == 1
    said = shown[shown.rindex("<details", 0, form) : form]
    assert "办结后" in said
    assert case.handling.opinion.number in said
