"""Who led such matters before is suggested where a petition is routed, with how many; a person decides."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Organ
from accounts.roles import Role
from cases.actions.sealing import seal, unseal
from cases.intake import Reported
from cases.models import Petition
from cases.parts import read_head
from cases.states import Outcome, ReportedKind
from cases.unit_suggestions import LOOKS_BACK, suggest_units
from places.models import Place
from tests.cases.categories.given import LAND, the_category
from tests.cases.handling import given
from tests.given import MONDAY, a_hat, an_organ

pytestmark = [pytest.mark.django_db, pytest.mark.wide]

LATER = MONDAY + timedelta(days=30)
# The standing village lies in the street of 滨河; this one in the town of 吴城.
ELSEWHERE = "141102100200"


def led_by(unit: given.Unit, *, place: str | None = None, **facts: object) -> given.Case:
    """Let a unit lead a petition to its end."""
    if place is not None:
        facts["place_id"] = Place.objects.get(code=place).pk
    received = given.received(given.registered(unit=unit, **facts))
    found = given.investigated(given.accepted(received), outcome=Outcome.NOT_SUPPORT)
    return given.finished(given.served(given.opinion_issued(given.drafted(found))))


def suggested(petition: Petition, by=None, now: datetime = LATER) -> list[tuple[str, int, int]]:
    hat = by or given.the_office().officer
    return [(one.organ.code, one.here, one.anywhere) for one in suggest_units(petition, hat, now=now)]


@pytest.fixture
def history():
    """Housing led twice elsewhere, planning once in the street itself, both finished."""
    housing, planning = given.a_unit("ZJ"), given.a_unit("GH")
    cases = [led_by(housing, place=ELSEWHERE), led_by(housing, place=ELSEWHERE), led_by(planning)]
    return housing, planning, cases


def test_units_of_the_same_township_come_first_then_those_of_the_category_anywhere(history):
    petition = given.registered().petition

    assert suggested(petition) == [("GH", 1, 1), ("ZJ", 0, 2)]


def test_another_category_has_another_history(history):
    petition = given.registered(content_category_id=the_category(LAND).pk).petition

    assert suggested(petition) == []


def test_what_is_still_being_handled_is_no_history():
    given.accepted(given.received(given.registered(unit=given.a_unit("ZJ"))))

    assert suggested(given.registered().petition) == []


def test_what_is_older_than_24_months_counts_no_more(history):
    petition = given.registered().petition

    assert suggested(petition, now=MONDAY + LOOKS_BACK) != []
    assert suggested(petition, now=MONDAY + LOOKS_BACK + timedelta(seconds=1)) == []


def test_a_unit_that_was_carried_on_is_suggested_as_the_one_of_today(history):
    """Q29."""
    housing, _planning, _cases = history
    Organ.objects.filter(pk=housing.organ.pk).update(
        valid_to=MONDAY.date(), carried_on_by=an_organ("ZJX", next_higher=given.the_district())
    )

    assert suggested(given.registered().petition) == [("GH", 1, 1), ("ZJX", 0, 2)]


def test_q1_what_was_sealed_since_counts_for_nobody(history):
    _housing, _planning, cases = history
    a_hat(Role.SEALED_LANE_OFFICER)
    reported = [Reported(kind=ReportedKind.UNIT, organ_id=an_organ().pk)]
    seal(cases[2].pk, reason="反映干部", reported=reported, by=given.the_office().officer, now=MONDAY)

    assert suggested(given.registered().petition) == [("ZJ", 0, 2)]


def test_counts_are_of_what_the_hat_may_see(history):
    township = given.a_township("BH")
    petition = given.registered(office=township).petition

    assert suggested(petition, township.officer) == []
    assert suggested(petition) != []


def test_r_33_a_unit_that_the_petition_names_is_not_suggested(history):
    _housing, planning, _cases = history
    lane = a_hat(Role.SEALED_LANE_OFFICER)
    case = given.registered()
    reported = [Reported(kind=ReportedKind.UNIT, organ_id=planning.organ.pk)]
    seal(case.pk, reason="误读", reported=reported, by=case.office.officer, now=MONDAY)
    unseal(case.pk, reason="不是举报", by=lane, now=MONDAY)

    assert suggested(case.now) == [("ZJ", 0, 2)]


def test_r_22_a_unit_that_sent_it_back_is_not_suggested_again(history):
    housing, _planning, _cases = history
    case = given.objected(given.received(given.registered(unit=housing)))
    given.decide_return(case, agree=True)

    assert suggested(case.now) == [("GH", 1, 1)]


def test_r_12_for_what_is_litigation_related_only_political_legal_organs_are_suggested(history):
    _housing, planning, _cases = history
    petition = given.registered(litigation_related=True).petition
    assert suggested(petition) == []

    Organ.objects.filter(pk=planning.organ.pk).update(political_legal=True)

    assert suggested(petition) == [("GH", 1, 1)]


def test_the_routing_form_shows_them_beside_the_unit_and_chooses_none(history, sign_in):
    petition = given.registered().petition

    page = sign_in(given.the_office().officer).open("cases:petition", petition.pk)

    content = page.content.decode()
    assert [one.organ.code for one in page.context["suggested_units"]] == ["GH", "ZJ"]
    assert 'data-puts="GH" data-into="organ"' in content
    assert "滨河街道 1 件" in content and "同类共 2 件" in content
    assert page.context["way"]["route"].form["organ"].value() is None


def test_whoever_does_not_route_is_shown_none(history, sign_in):
    petition = given.registered().petition

    page = sign_in(a_hat(Role.INSPECTOR)).open("cases:petition", petition.pk)

    assert not page.context["suggested_units"]
    assert "data-puts" not in page.content.decode()


def test_it_costs_the_same_for_one_unit_of_history_and_for_three(history):
    officer, petition = given.the_office().officer, given.registered().petition
    suggest_units(petition, officer, now=LATER)
    costs = []
    for unit in ("SW", "JT"):
        led_by(given.a_unit(unit))
        asked_for = read_head(petition.pk)
        with CaptureQueriesContext(connection) as queries:
            suggest_units(asked_for, officer, now=LATER)
        costs.append(len(queries))

    assert costs[0] == costs[1] <= 5


def test_at_most_five_are_suggested():
    for number in range(6):
        led_by(given.a_unit(f"DW{number}"))

    assert len(suggested(given.registered().petition)) == 5
