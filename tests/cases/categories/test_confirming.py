"""A category that no person chose is confirmed on the case page, with what is suggested for it."""

import pytest

from accounts.roles import Role
from audit.models import Entry
from cases.actions.confirming import confirm_category
from cases.actions.corrections import correct
from cases.category_suggestions import texts_to_learn_from
from cases.models import Petition
from cases.states import Purpose
from lib.errors import NotAllowed, OutOfTurn, Refused, Stale, Unknown
from tests.cases.categories.given import HOUSES, WAGES, a_model, the_category
from tests.cases.given import a_person, a_petition
from tests.cases.handling.given import routed
from tests.given import MONDAY, a_hat

pytestmark = pytest.mark.django_db

OTHER = "990000"
TEXT = "厂里拖欠我张大强的工资和加班费三个月。"


def unconfirmed(**facts):
    """Register what came with a list that named no category."""
    return a_petition(category_confirmed=False, text=TEXT, **facts)


def confirm(petition: Petition, *, by=None, name: str = WAGES, seen_version: int | None = None) -> Petition:
    by = by or a_hat(Role.PETITION_OFFICER)
    seen = petition.version if seen_version is None else seen_version
    return confirm_category(petition.pk, code=the_category(name).code, seen_version=seen, by=by, now=MONDAY)


def test_the_chosen_category_stands_confirmed_and_is_written_down():
    petition = unconfirmed()

    confirm(petition)

    petition.refresh_from_db()
    entry = Entry.objects.get(verb="petition.confirm_category")
    assert (petition.content_category, petition.category_confirmed) == (the_category(WAGES), True)
    assert petition.version == 2
    assert entry.facts == {"before": the_category(HOUSES).code, "after": the_category(WAGES).code}
    assert not petition.corrections.exists()


def test_only_what_is_confirmed_is_learned_from():
    petition = unconfirmed()
    assert list(texts_to_learn_from()) == []

    confirm(petition)

    assert [code for _text, code in texts_to_learn_from()] == [the_category(WAGES).code]


def test_a_corrected_category_is_a_confirmed_one():
    petition = unconfirmed()

    correct(
        petition.pk,
        field="content_category",
        value=the_category(WAGES),
        reason="看过原件",
        seen_version=1,
        by=a_hat(Role.PETITION_OFFICER),
        now=MONDAY,
    )

    petition.refresh_from_db()
    assert petition.category_confirmed


def test_the_case_page_asks_for_it_and_a_press_on_a_suggestion_confirms(sign_in):
    a_model()
    petition = unconfirmed(people=(a_person("张大强"),))
    browser = sign_in(a_hat(Role.PETITION_OFFICER))

    page = browser.open("cases:petition", petition.pk)
    answer = browser.send(
        "cases:deed",
        petition.pk,
        "confirm-category",
        seen_version=1,
        content_category=[OTHER, the_category(WAGES).code],
    )

    first = page.context["suggestions"][0]
    petition.refresh_from_db()
    assert (first.category, set(first.words)) == (the_category(WAGES), {"工资", "加班费"})
    assert "张大强" not in page.content.decode()
    assert answer.status_code == 302
    assert petition.content_category == the_category(WAGES)
    assert "confirm_category" not in browser.open("cases:petition", petition.pk).context


def test_a_category_that_a_person_chose_is_not_asked_for(sign_in):
    a_model()

    page = sign_in(a_hat(Role.PETITION_OFFICER)).open("cases:petition", a_petition(text=TEXT).pk)

    assert "confirm_category" not in page.context
    assert "suggestions" not in page.context


def test_who_does_not_correct_it_is_not_asked(sign_in):
    case = routed()
    Petition.objects.filter(pk=case.pk).update(category_confirmed=False)

    page = sign_in(case.unit.officer).open("cases:petition", case.pk)

    assert "confirm_category" not in page.context


@pytest.mark.parametrize(
    ("attempt", "refusal"),
    [
        (lambda one: confirm(one, by=a_hat(Role.INSPECTOR)), NotAllowed),
        (lambda one: confirm(one, by=a_hat(Role.SYSTEM_ADMINISTRATOR)), Unknown),
        (lambda one: confirm(one, seen_version=7), Stale),
        (
            lambda one: confirm_category(
                one.pk, code="123456", seen_version=1, by=a_hat(Role.PETITION_OFFICER), now=MONDAY
            ),
            Refused,
        ),
    ],
    ids=["role", "out of sight", "stale", "no such category"],
)
def test_a_refused_confirmation_leaves_everything_as_it_was(attempt, refusal):
    petition = unconfirmed()

    with pytest.raises(refusal):
        attempt(petition)

    petition.refresh_from_db()
    assert (petition.content_category, petition.category_confirmed) == (the_category(HOUSES), False)
    assert not Entry.objects.filter(verb="petition.confirm_category").exists()


def test_a_confirmed_category_is_corrected_and_not_confirmed_again():
    petition = a_petition()

    with pytest.raises(OutOfTurn):
        confirm(petition)

    petition.refresh_from_db()
    assert petition.content_category == the_category(HOUSES)


def test_q1_a_sealed_petition_is_out_of_reach():
    petition = unconfirmed(purpose=Purpose.REPORT_ACCUSATION)

    with pytest.raises(Unknown):
        confirm(petition)
