"""A paper between being drawn up and being approved: who reads it, who is called, and what the page offers next."""

import pytest

from cases.pages import case_page
from cases.parts import read_head
from documents.states import DocumentKind
from lib.errors import OutOfTurn
from notices.models import Kind, Notice
from tests.cases.browsers import signed_in
from tests.cases.handling import given
from tests.cases.handling.doors import stands
from tests.given import MONDAY

pytestmark = pytest.mark.django_db


def page_of(case, hat):
    return case_page(read_head(case.pk), hat, now=MONDAY, kind="")


def opinion_on(page):
    (paper,) = (one for one in page["papers"] if one.hung.document.kind == DocumentKind.D15)
    return paper


def test_who_drew_up_the_opinion_reads_it_and_who_approves_reads_it_with_the_button():
    case = given.drafted()

    own, head = (opinion_on(page_of(case, hat)) for hat in (case.unit.officer, case.unit.head))

    assert (own.reads_draft, own.issue) == (True, None)
    assert (head.reads_draft, head.issue is not None) == (False, True)


def test_another_organ_reads_no_draft():
    case = given.drafted()

    assert not opinion_on(page_of(case, case.office.officer)).reads_draft


def test_nobody_reads_a_draft_once_it_is_issued():
    case = given.opinion_issued()

    assert not opinion_on(page_of(case, case.unit.officer)).reads_draft


def test_drawn_up_anew_the_head_is_called_once_and_not_for_each_draft():
    case = given.drafted()

    given.redrafted(case)

    called = Notice.objects.filter(post=case.unit.head.post, kind=Kind.PAPER_TO_APPROVE)
    key = f"approve:{case.paper(DocumentKind.D15).pk}"
    assert called.filter(key__contains=key).count() == 2
    assert called.filter(key__contains=key, withdrawn_at=None).count() == 1


def test_the_bar_offers_the_opinion_until_it_is_drawn_up_and_again_once_a_finding_was_rewritten():
    case = given.investigated()

    before = bar_of(case)
    given.drafted(case)
    waits = bar_of(case)
    given.find(case, now=MONDAY.replace(hour=MONDAY.hour + 1))
    rewritten = bar_of(case)

    assert [("draft_opinion" in deeds) for deeds in (before, waits, rewritten)] == [True, False, True]


def bar_of(case):
    return {offer.deed.name for offer, _words in page_of(case, case.unit.officer)["next_steps"]}


def test_a_draft_that_says_the_same_is_not_drawn_up_again():
    case = given.drafted()
    before = stands(case.pk)

    with pytest.raises(OutOfTurn):
        given.drafted(case)

    assert stands(case.pk) == before
    assert case.paper(DocumentKind.D15).version == 1


def test_a_finding_saved_again_in_the_same_words_lets_the_opinion_be_drawn_up_so_that_it_can_be_issued():
    case, later = given.drafted(), MONDAY.replace(hour=MONDAY.hour + 1)
    given.find(case, now=later)

    given.drafted(case, now=later)

    assert given.issue(case, DocumentKind.D15, now=later).is_issued


def test_the_page_says_whose_draft_is_replaced(monday):
    case = given.investigated()
    reader = signed_in(case.unit.officer)
    before = reader.open("cases:petition", case.pk).content.decode()
    given.drafted(case)

    shown = reader.open("cases:petition", case.pk).content.decode()

    assert "替换现有草稿" not in before
    assert "替换现有草稿" in shown
    assert f"{case.unit.officer.user.name}于03-02" in shown
