"""What is void keeps its number and its record, and is in no list and no statistic (Q18)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.actions.tokens import make_token
from accounts.roles import Role
from cases.actions.corrections import decide_void, propose_void
from cases.actions.search import find_person
from cases.backdated import Late, late_days
from cases.counting import counts_of_views
from cases.ledger import View
from cases.models.voids import VoidGround
from cases.search import Question, find
from cases.states import SearchPurpose
from cases.typed import person_of, read
from tests.cases.browsers import signed_in
from tests.cases.given import a_person, a_petition
from tests.given import MONDAY, a_hat, a_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

LATE = {"received_at": MONDAY - timedelta(days=10), "backdating_evidence": "邮戳"}


@pytest.fixture
def officer():
    return a_hat(Role.PETITION_OFFICER)


@pytest.fixture
def void():
    """Return a petition that two persons made void, beside one that stands."""
    people = (a_person("欧阳娜娜"),)
    petition = a_petition(title="回迁房漏水", people=people, **LATE)
    a_petition(title="回迁房停电")
    propose_void(petition.pk, ground=VoidGround.TEST, reason="演练", by=a_hat(Role.REGISTRAR), now=MONDAY)
    decide_void(petition.pk, confirm=True, by=a_hat(Role.SECTION_HEAD), now=MONDAY)
    return petition


def numbers(rows):
    return {row.petition.number for row in rows}


def test_q18_the_ledger_shows_it_where_its_state_or_its_whole_number_is_asked_for_and_nowhere_else(
    officer, void
):
    browser = signed_in(officer)

    def shown(**query):
        return numbers(browser.open("cases:ledger", query={"view": "all", **query}).context["rows"])

    assert shown() == {"LS2026-000002"}
    assert shown(q="LS2026") == {"LS2026-000002"}
    assert shown(routing="void") == shown(q=void.number) == shown(q="1") == {void.number}
    counted = counts_of_views(View, hat=officer, now=MONDAY)
    assert counted[View.ALL] == counted[View.OPEN] == 1


def test_q18_no_word_finds_it_and_its_number_does(officer, void):
    def found(typed):
        question = Question(read(typed))
        return {one.number for one in find(question, hat=officer, today=MONDAY.date()).petitions}

    assert found("回迁房") == {"LS2026-000002"}
    assert found("漏水") == set()
    assert found("LS2026") == {"LS2026-000002"}
    assert found(void.number) == {void.number}


def test_q5_q18_nor_is_it_found_by_its_person(officer, void):
    hits = find_person(person_of("欧阳娜娜"), purpose=SearchPurpose.CONTACT, by=officer, now=MONDAY)

    assert hits == ()


def test_q18_todays_registrations_do_not_count_it(officer, void):
    assert signed_in(officer).open("desk:my_work").context["today"] == {"batches": 1, "persons": 1}


def test_q18_q25_nor_is_its_day_on_the_inspectors_list(void):
    rows, _page, count = late_days(a_hat(Role.INSPECTOR), Late.RECEIVED, cursor=None)

    assert (list(rows), count) == ([], 0)


def test_q18_programs_list_it_as_little_and_read_it_under_its_address(officer, void):
    keeper = a_hat(Role.SECURITY_ADMINISTRATOR, user=a_user("安全员"))
    key = make_token(
        officer.post.pk, label="对接", may_write=False, days=30, by=keeper, now=timezone.now()
    ).key
    program = Client(headers={"Authorization": f"Token {key}"})

    listed = program.get("/api/v1/petitions/").json()["results"]
    alone = program.get(f"/api/v1/petitions/{void.pk}/").json()

    assert [one["number"] for one in listed] == ["LS2026-000002"]
    assert (alone["number"], alone["routing"]) == (void.number, "void")
