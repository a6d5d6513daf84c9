"""How a petitioner rates the office and a unit: when, once, by whom, and who reads it (Q28, Q17; protection §2.12)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction

from accounts.roles import Role
from audit.models import Entry
from cases.actions import rating
from cases.actions.rating import Said
from cases.models import LetterWish, PetitionRating, QueryCode
from cases.pages import case_page
from cases.rating_states import LetterForm, RatingWay, Satisfaction
from cases.ratings import windows_of
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from portal.actions import VISITOR
from tests.cases.browsers import signed_in
from tests.cases.given import a_person
from tests.cases.handling import given
from tests.cases.handling.given import at
from tests.given import MONDAY, a_hat, an_organ

pytestmark = pytest.mark.django_db

LAST_DAY = date(2026, 4, 1)


def code_of(case) -> QueryCode:
    return QueryCode.objects.get(petition=case.pk, petitioner=None)


def rate(case, of="office", value=Satisfaction.SATISFIED, *, reason="", now=MONDAY) -> PetitionRating:
    said = Said(of=of, value=value, reason=reason)
    return rating.rate_at_the_door(code_of(case).pk, said, by=VISITOR, now=now)


def rate_unit(case, value=Satisfaction.SATISFIED, **facts) -> PetitionRating:
    return rate(case, str(case.handling_id), value, **facts)


def shown(case, hat, *, now=MONDAY):
    return {one.window.key: one for one in case_page(case.now, hat, now=now, kind="")["ratings"]}


def test_q28_the_office_once_routed_and_the_unit_once_its_reply_is_served():
    windows = {
        name: [one.key == "office" for one in windows_of(case.now, now=MONDAY)]
        for name, case in (
            ("registered", given.registered()),
            ("routed", given.routed()),
            ("issued", given.opinion_issued()),
            ("served", given.served()),
        )
    }

    assert windows == {"registered": [], "routed": [True], "issued": [True], "served": [True, False]}


def test_q28_a_unit_is_not_rated_before_its_reply_is_served():
    case = given.opinion_issued()

    with pytest.raises(Unknown):
        rate_unit(case)

    assert not PetitionRating.objects.exists()


def test_q28_what_is_said_later_takes_the_place_until_the_last_day_and_not_after():
    case = given.served()
    first = rate_unit(case)

    second = rate_unit(case, Satisfaction.DISSATISFIED, reason="没有人上门", now=at(4, 1, 23))

    first.refresh_from_db()
    assert (first.ended_at, second.ended_at) == (at(4, 1, 23), None)
    with pytest.raises(OutOfTurn):
        rate_unit(case, now=at(4, 2))
    assert PetitionRating.objects.standing().get().value == Satisfaction.DISSATISFIED


def test_q28_the_offices_days_run_from_the_end():
    case = given.finished()

    (office, _unit) = windows_of(case.now, now=MONDAY)

    assert office.closes_on == LAST_DAY


def test_dissatisfied_says_why():
    case = given.routed()

    with pytest.raises(Refused) as refusal:
        rate(case, value=Satisfaction.DISSATISFIED)

    assert set(refusal.value.fields) == {"reason"}
    assert not PetitionRating.objects.exists()
    with pytest.raises(IntegrityError, match="rating_says_why_not"), transaction.atomic():
        PetitionRating.objects.create(
            petition=case.petition,
            organ=case.office.organ,
            value=Satisfaction.DISSATISFIED,
            way=RatingWay.PAGE,
            rated_at=MONDAY,
        )


def test_q17_it_is_rated_once_and_by_the_main_petitioner_alone():
    case = given.routed(given.registered(people=(a_person("张大强"), a_person("李小红", wants_code=True))))
    other = QueryCode.objects.exclude(petitioner=None).get(petition=case.pk)

    said = Said(of="office", value=Satisfaction.SATISFIED)
    with pytest.raises(NotAllowed):
        rating.rate_at_the_door(other.pk, said, by=VISITOR, now=MONDAY)

    assert not PetitionRating.objects.exists()


def test_a_code_that_was_issued_anew_rates_no_more():
    case = given.routed()
    code = code_of(case)
    QueryCode.objects.filter(pk=code.pk).update(replaced_at=MONDAY)

    with pytest.raises(Unknown):
        rating.rate_at_the_door(
            code.pk, Said(of="office", value=Satisfaction.SATISFIED), by=VISITOR, now=MONDAY
        )

    assert not PetitionRating.objects.exists()


def test_p_12_nobody_of_the_unit_reads_it_before_its_days_are_over(monday):
    case = given.served()
    rate_unit(case, Satisfaction.DISSATISFIED, reason="没有人上门")
    key = str(case.handling_id)

    for hat in (case.unit.officer, case.unit.head):
        page = signed_in(hat).open("cases:petition", case.pk).content.decode()
        assert "没有人上门" not in page
        assert not shown(case, hat)[key].is_read
        assert shown(case, hat)[key].said is None

    later = at(4, 2)
    assert shown(case, case.unit.head, now=later)[key].said.reason == "没有人上门"


def test_p_12_to_the_unit_it_looks_the_same_whether_he_rated_or_not(monday):
    said, silent = given.served(), given.served()
    rate_unit(said, Satisfaction.DISSATISFIED, reason="没有人上门")

    (of_said, of_silent) = (shown(case, case.unit.officer)[str(case.handling_id)] for case in (said, silent))

    assert (of_said.is_read, of_said.said) == (of_silent.is_read, of_silent.said) == (False, None)
    entries = Entry.objects.filter(verb="rating.give")
    assert Satisfaction.DISSATISFIED not in str(entries.get().facts)
    assert not Entry.objects.about(said.petition).filter(verb="rating.give").exists()


def test_p_12_the_office_reads_what_is_said_of_the_unit_and_not_yet_of_itself():
    case = given.served()
    rate_unit(case)
    rate(case)

    read = {key: one.is_read for key, one in shown(case, case.office.officer).items()}

    assert read == {"office": False, str(case.handling_id): True}


def test_q28_taken_down_by_the_office_and_never_by_who_is_rated():
    case = given.served()
    said = Said(of=str(case.handling_id), value=Satisfaction.BASICALLY)

    row = rating.take_down_rating(case.pk, said, way=RatingWay.PHONE, by=case.office.officer, now=MONDAY)

    assert (row.way, row.noting_organ) == (RatingWay.PHONE, case.office.organ)
    for hat in (case.unit.officer, case.unit.head):
        with pytest.raises(NotAllowed):
            rating.take_down_rating(case.pk, said, way=RatingWay.PHONE, by=hat, now=MONDAY)
    neighbour = given.a_unit("RS").officer
    with pytest.raises((NotAllowed, Unknown)):
        rating.take_down_rating(case.pk, said, way=RatingWay.PHONE, by=neighbour, now=MONDAY)
    assert PetitionRating.objects.count() == 1
    with pytest.raises(InternalError), transaction.atomic():
        PetitionRating.objects.update(noting_organ=case.unit.organ)


def test_q28_an_organ_that_handled_what_it_registered_takes_nothing_down():
    case = given.served_by_itself()
    said = Said(of=str(case.handling_id), value=Satisfaction.SATISFIED)

    with pytest.raises(NotAllowed):
        rating.take_down_rating(case.pk, said, way=RatingWay.PHONE, by=case.unit.officer, now=MONDAY)

    assert not PetitionRating.objects.exists()


def test_nothing_is_assumed_of_who_says_nothing():
    case = given.finished()

    (one, _unit) = shown(case, case.office.officer, now=MONDAY + timedelta(days=60)).values()

    assert (one.is_read, one.said) == (True, None)


def test_what_concerns_litigation_is_not_rated():
    case = given.routed()
    case.petition.__class__.objects.filter(pk=case.pk).update(litigation_related=True)

    assert windows_of(case.now, now=MONDAY) == []


def test_the_letters_a_petitioner_asks_for_are_seen_by_whoever_writes_to_him(monday):
    case = given.accepted()

    rating.ask_for_letters_at_the_door(
        code_of(case).pk, forms=[LetterForm.LARGE_PRINT], by=VISITOR, now=MONDAY
    )

    assert "大字版" in signed_in(case.unit.officer).open("cases:petition", case.pk).content.decode()
    rating.note_letter_wish(
        case.pk, person=given.the_petitioner(case).pk, forms=[], by=case.office.officer, now=MONDAY
    )
    assert not LetterWish.objects.filter(ended_at=None).exists()


def test_a_neighbour_notes_no_letters():
    case = given.accepted()

    with pytest.raises((NotAllowed, Unknown)):
        rating.note_letter_wish(
            case.pk,
            person=given.the_petitioner(case).pk,
            forms=[LetterForm.LARGE_PRINT],
            by=a_hat(Role.CASE_OFFICER, organ=an_organ("RS")),
            now=MONDAY,
        )

    assert not LetterWish.objects.exists()
