"""A paper as a Word file to work with: for whom the paper is, and each taking written down (documents.md §1)."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from audit.models import Entry
from documents.states import DocumentKind
from lib.errors import NotAllowed, Unknown
from tests.cases.browsers import signed_in
from tests.cases.handling import given
from tests.documents.docx import text_of
from tests.given import MONDAY, a_hat

pytestmark = pytest.mark.django_db


def taken():
    return Entry.objects.filter(verb="petition.fetch_paper")


def fetch(case, paper, *, by):
    return given.papers.fetch_working_copy(case.pk, paper.pk, by=by, now=MONDAY)


def test_who_works_on_the_case_takes_it_and_that_is_written_down():
    case = given.opinion_issued()
    paper = case.paper(DocumentKind.D15)

    copy = fetch(case, paper, by=case.unit.officer)

    assert paper.number in text_of(copy.content)
    assert taken().get().facts == {"document": str(paper.pk)}


def test_a_draft_is_for_its_own_organ():
    case = given.drafted()
    draft = case.paper(DocumentKind.D15)

    with pytest.raises(Unknown):
        fetch(case, draft, by=case.office.officer)
    assert not taken().exists()

    assert "信访事项处理意见书" in text_of(fetch(case, draft, by=case.unit.head).content)


def test_r_34_it_names_the_petitioners_as_the_paper_does():
    case = given.opinion_issued()

    with pytest.raises(NotAllowed):
        fetch(case, case.paper(DocumentKind.D15), by=a_hat(Role.INSPECTOR))

    assert not taken().exists()


def test_q6_a_neighbour_is_told_as_of_a_paper_that_is_not():
    case = given.opinion_issued()
    neighbour = given.a_unit("JT")

    with pytest.raises(Unknown):
        fetch(case, case.paper(DocumentKind.D15), by=neighbour.officer)

    assert not taken().exists()


def test_of_a_paper_made_elsewhere_there_is_none():
    case = given.investigated(given.accepted())
    paper = given.take_in(case, DocumentKind.D15)

    with pytest.raises(Unknown):
        fetch(case, paper, by=case.unit.officer)


def test_the_page_offers_it_beside_the_paper_and_hands_it_out_to_be_saved():
    case = given.opinion_issued()
    paper = case.paper(DocumentKind.D15)
    browser = signed_in(case.unit.officer)
    address = reverse("cases:working_copy", args=[case.pk, paper.pk])

    page = browser.open("cases:petition", case.pk).content.decode()
    answer = browser.open("cases:working_copy", case.pk, paper.pk)

    assert f'href="{address}"' in page
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert paper.number in text_of(b"".join(answer.streaming_content))
