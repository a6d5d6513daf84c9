"""Nobody sees what he may not, and what he may not see answers like what is not there (Q6)."""

from uuid import uuid4

import pytest

from accounts.models import OrganKind, Portfolio
from accounts.roles import Role
from cases.actions.people import PersonField, reveal
from cases.counting import counts_of_views
from cases.ledger import View
from cases.models import Petition
from cases.states import Purpose, Routing
from lib.errors import Unknown
from tests.cases.given import a_petition
from tests.given import LONG_AGO, MONDAY, a_hat, a_place, an_organ

pytestmark = pytest.mark.django_db


def test_the_petition_office_sees_every_open_petition_of_its_place():
    township = an_organ(kind=OrganKind.TOWNSHIP, number_prefix="TJH")
    petition = a_petition(a_hat(Role.REGISTRAR, organ=township))

    assert Petition.objects.visible_to(a_hat(Role.PETITION_OFFICER)).get() == petition


def test_a_district_whose_code_merely_starts_alike_sees_nothing():
    a_petition()
    neighbour = an_organ(kind=OrganKind.PETITION_OFFICE, place=a_place("141130"), number_prefix="JK")

    assert not Petition.objects.visible_to(a_hat(Role.PETITION_OFFICER, organ=neighbour)).exists()


def test_every_part_follows_the_state_whoever_writes_it():
    petition, other = a_petition(), a_petition()

    Petition.objects.filter(pk=petition.pk).update(routing=Routing.FINISHED)

    assert set(petition.involvements.values_list("routing", flat=True)) == {Routing.FINISHED}
    assert set(other.involvements.values_list("routing", flat=True)) == {Routing.REGISTERED}


def test_no_part_of_a_sealed_petition_stays_in_the_open_lane_whoever_seals_it():
    petition, other = a_petition(), a_petition()

    Petition.objects.filter(pk=petition.pk).update(sealed=True)
    assert set(petition.involvements.values_list("sealed", flat=True)) == {True}
    assert set(other.involvements.values_list("sealed", flat=True)) == {False}

    # what was sealed with it is not opened by the way: who may know of it again is begun anew
    Petition.objects.filter(pk=petition.pk).update(sealed=False)
    assert set(petition.involvements.values_list("sealed", flat=True)) == {True}


def test_everything_is_counted_of_the_hat_that_asks():
    township = an_organ(kind=OrganKind.TOWNSHIP, number_prefix="TJH")
    neighbour = an_organ(kind=OrganKind.TOWNSHIP, number_prefix="XSB")
    officer, other = (a_hat(Role.CASE_OFFICER, organ=organ) for organ in (township, neighbour))
    office = a_hat(Role.PETITION_OFFICER)
    ours = [a_petition(a_hat(Role.REGISTRAR, organ=township)) for _number in range(3)]
    Petition.objects.filter(pk=ours[0].pk).update(routing=Routing.VOID)
    Petition.objects.filter(pk=ours[1].pk).update(routing=Routing.FINISHED)

    everything = [counts_of_views([View.ALL], hat=hat, now=MONDAY) for hat in (officer, office, other)]

    assert everything == [{View.ALL: 2}, {View.ALL: 2}, {View.ALL: 0}]


def test_what_is_open_to_a_unit_is_what_is_open_though_a_part_says_otherwise():
    township = an_organ(kind=OrganKind.TOWNSHIP, number_prefix="TJH")
    officer = a_hat(Role.CASE_OFFICER, organ=township)
    petition = a_petition(a_hat(Role.REGISTRAR, organ=township))
    petition.involvements.update(routing=Routing.FINISHED)

    assert list(Petition.objects.visible_to(officer)) == [petition]
    assert not Petition.objects.visible_to(officer).open().exists()

    Petition.objects.filter(pk=petition.pk).update(routing=Routing.FINISHED)
    petition.involvements.update(routing=Routing.ROUTED)
    assert not Petition.objects.visible_to(officer).open().exists()


def test_a_unit_sees_what_it_has_part_in_and_its_neighbour_does_not():
    township = an_organ(kind=OrganKind.TOWNSHIP, number_prefix="TJH")
    neighbour = an_organ(kind=OrganKind.TOWNSHIP, number_prefix="XSB")
    petition = a_petition(a_hat(Role.REGISTRAR, organ=township))

    assert Petition.objects.visible_to(a_hat(Role.CASE_OFFICER, organ=township)).get() == petition
    assert not Petition.objects.visible_to(a_hat(Role.CASE_OFFICER, organ=neighbour)).exists()


def test_a_leader_sees_the_petitions_of_the_township_in_his_portfolio():
    streets = a_place("141102001")
    leader = a_hat(Role.LEADER, organ=an_organ(kind=OrganKind.LEADING_BODY))
    other = a_hat(Role.LEADER, organ=an_organ(kind=OrganKind.LEADING_BODY))
    Portfolio.objects.create(post=leader.post, place=streets, since=LONG_AGO)

    petition = a_petition()

    assert Petition.objects.visible_to(leader).get() == petition
    assert not Petition.objects.visible_to(other).exists()


@pytest.mark.parametrize(
    "role",
    [
        Role.SYSTEM_ADMINISTRATOR,
        Role.SECURITY_ADMINISTRATOR,
        Role.AUDIT_ADMINISTRATOR,
        Role.SEALED_LANE_OFFICER,
    ],
)
def test_administrators_and_the_lane_see_no_open_petition(role):
    a_petition()

    assert not Petition.objects.visible_to(a_hat(role)).exists()


def test_p_5_a_sealed_petition_is_in_nobodys_open_lane():
    a_petition(purpose=Purpose.REPORT_ACCUSATION)

    for role in Role:
        assert not Petition.objects.visible_to(a_hat(role)).exists(), role


def test_q6_a_deed_on_a_petition_out_of_sight_answers_as_on_none():
    petition = a_petition()
    stranger = a_hat(Role.CASE_OFFICER, organ=an_organ())
    person = petition.people.get()

    with pytest.raises(Unknown) as of_a_hidden_one:
        reveal(petition.pk, person.pk, field=PersonField.PHONE, by=stranger, now=MONDAY)
    with pytest.raises(Unknown) as of_none:
        reveal(uuid4(), person.pk, field=PersonField.PHONE, by=stranger, now=MONDAY)

    assert str(of_a_hidden_one.value) == str(of_none.value)
