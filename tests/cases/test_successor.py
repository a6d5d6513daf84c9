"""Whoever carries an organ on answers for what it registered; the papers keep its name (Art 24; Q18, Q29)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actions.organs import replace_organ
from accounts.models import OrganKind
from accounts.roles import Role
from audit.models import Entry
from cases import permissions as may
from cases.actions.corrections import correct, decide_void, propose_void
from cases.actions.people import PersonField, reveal
from cases.models import Involvement, Petition, PetitionClock
from cases.models.voids import VoidGround
from cases.parts import read_head
from cases.states import Routing
from lib.errors import Unknown
from tests.cases.given import a_petition
from tests.given import MONDAY, a_hat, an_organ

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
def old():
    return an_organ("JZ", kind=OrganKind.TOWNSHIP, number_prefix="JZ")


@pytest.fixture
def taking():
    return an_organ("XZ", kind=OrganKind.TOWNSHIP, number_prefix="XZ")


@pytest.fixture
def neighbour():
    return an_organ("LZ", kind=OrganKind.TOWNSHIP, number_prefix="LZ")


def merge(old, taking, by=None):
    by = by or a_hat(Role.SYSTEM_ADMINISTRATOR)
    basis = "离编发〔2026〕3 号"
    return replace_organ([old.pk], successor=taking.pk, since=MONDAY.date(), basis=basis, by=by, now=LATER)


def a_correction(petition, hat):
    return correct(
        petition.pk, field="title", value="不动产权证", reason="写漏", seen_version=1, by=hat, now=LATER
    )


def test_q29_the_successors_staff_corrects_and_reveals_and_the_neighbours_knows_of_nothing(
    old, taking, neighbour
):
    petition = a_petition(a_hat(Role.REGISTRAR, organ=old))
    ours, theirs = a_hat(Role.REGISTRAR, organ=taking), a_hat(Role.REGISTRAR, organ=neighbour)
    person = petition.people.get()
    merge(old, taking)

    for deed in (
        lambda: a_correction(petition, theirs),
        lambda: reveal(petition.pk, person.pk, field=PersonField.PHONE, by=theirs, now=LATER),
    ):
        with pytest.raises(Unknown):
            deed()
    petition.words.refresh_from_db()
    assert petition.words.title == "永宁花园购房多年未办证"

    a_correction(petition, ours)

    assert reveal(petition.pk, person.pk, field=PersonField.PHONE, by=ours, now=LATER).value == "13800001234"
    petition.words.refresh_from_db()
    petition.refresh_from_db()
    assert petition.words.title == "不动产权证"
    assert (petition.register_organ, petition.number) == (old, "JZ2026-000001")


def test_q29_the_successors_staff_voids_what_the_old_organ_registered_twice(old, taking, neighbour):
    petition = a_petition(a_hat(Role.REGISTRAR, organ=old))
    merge(old, taking)

    propose_void(
        petition.pk,
        ground=VoidGround.TEST,
        reason="演练",
        by=a_hat(Role.REGISTRAR, organ=taking),
        now=LATER,
    )
    with pytest.raises(Unknown):
        decide_void(petition.pk, confirm=True, by=a_hat(Role.SECTION_HEAD, organ=neighbour), now=LATER)
    assert Petition.objects.get(pk=petition.pk).routing == Routing.REGISTERED

    decide_void(petition.pk, confirm=True, by=a_hat(Role.SECTION_HEAD, organ=taking), now=LATER)

    assert Petition.objects.get(pk=petition.pk).routing == Routing.VOID


def test_q29_a_petition_that_has_come_to_its_end_passes_too(old, taking, neighbour):
    petition = a_petition(a_hat(Role.REGISTRAR, organ=old))
    Petition.objects.filter(pk=petition.pk).update(routing=Routing.VOID)

    merge(old, taking)

    assert Petition.objects.visible_to(a_hat(Role.CASE_OFFICER, organ=taking)).get() == petition
    assert not Petition.objects.visible_to(a_hat(Role.CASE_OFFICER, organ=neighbour)).exists()


def test_q29_where_both_had_part_the_successor_has_one_with_both_reasons(old, taking):
    petition = a_petition(a_hat(Role.REGISTRAR, organ=taking), on_behalf_of_id=old.pk)

    merge(old, taking)

    part = Involvement.objects.get(petition=petition, ended_at=None)
    assert (part.organ, part.bases) == (taking, ["on_behalf", "registered"])
    assert Entry.objects.about(petition).filter(verb="petition.hand_over").count() == 1


def test_the_permission_asks_the_database_nothing_about_a_petition_as_the_page_loads_it(old, taking):
    petition = a_petition(a_hat(Role.REGISTRAR, organ=old))
    hat = a_hat(Role.REGISTRAR, organ=taking)
    merge(old, taking)
    shown = read_head(petition.pk)

    with CaptureQueriesContext(connection) as queries:
        allowed = (may.may_correct(hat, shown), may.may_seal(hat, shown), may.may_reveal(hat, shown))

    assert (allowed, len(queries)) == ((True, True, True), 0)


def test_a_merger_costs_the_same_for_one_petition_and_for_twenty():
    system = a_hat(Role.SYSTEM_ADMINISTRATOR)

    def cost_with(petitions: int, code: str) -> int:
        leaving, successor = (
            an_organ(f"{code}{which}", kind=OrganKind.TOWNSHIP, number_prefix=f"{code}{which}")
            for which in "AB"
        )
        registrar = a_hat(Role.REGISTRAR, organ=leaving)
        for _number in range(petitions):
            a_petition(registrar)
        with CaptureQueriesContext(connection) as queries:
            merge(leaving, successor, system)
        assert PetitionClock.objects.open().filter(organ=successor).count() == petitions
        return len(queries)

    assert cost_with(20, "Q") == cost_with(1, "R")
