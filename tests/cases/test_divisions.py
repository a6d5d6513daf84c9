"""When a division is carried on by another one, petitions, organs and leaders' parts go along (Q29)."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Portfolio
from accounts.roles import Role
from audit.models import Entry
from cases.actions.corrections import correct
from cases.models import Involvement, Petition
from cases.states import Purpose
from lib.errors import OutOfTurn
from places import actions
from places.models import Place
from tests.cases.given import a_petition
from tests.cases.test_portfolios import closing_its_connection, somebody_changing_portfolios
from tests.given import LONG_AGO, MONDAY, a_hat, a_place, an_organ

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(hours=1)
# two streets of 离石区 that lie side by side, and a community of the first
BINHE, FENGSHAN = "141102001", "141102002"


def merge(old: str, *, into: str) -> Place:
    """Merge one street into another, which stays."""
    taking = a_place(into)
    by = a_hat(Role.SYSTEM_ADMINISTRATOR).actor
    (carries_on,) = actions.replace(
        [a_place(old).pk],
        successors=[(taking.code, taking.name)],
        since=MONDAY.date(),
        basis="离政发〔2026〕1 号",
        by=by,
        now=LATER,
    )
    return carries_on


def seen_by(hat):
    return set(Petition.objects.visible_to(hat))


def test_q29_petitions_of_a_merged_street_are_seen_from_the_street_that_carries_it_on():
    petition = a_petition()
    street = an_organ("XZ", kind="township", place=a_place(FENGSHAN))
    other = an_organ("LZ", kind="township", place=a_place("141102003"))
    here, elsewhere = (a_hat(Role.PETITION_OFFICER, organ=organ) for organ in (street, other))
    leader = a_hat(Role.LEADER)
    Portfolio.objects.create(post=leader.post, place=a_place(FENGSHAN), since=LONG_AGO)
    before = seen_by(here), seen_by(leader)

    merge(BINHE, into=FENGSHAN)

    petition.refresh_from_db()
    moved = Place.objects.get(pk=petition.place_id)
    assert before == (set(), set())
    assert (moved.code, petition.place_path) == ("141102001001", moved.path)
    assert petition.place_path.startswith(a_place(FENGSHAN).path)
    assert seen_by(leader) == {petition}
    assert seen_by(elsewhere) == set()
    assert set(Involvement.objects.values_list("place_path", flat=True)) == {moved.path}


def test_q29_a_sealed_petition_moves_along_and_is_shown_to_nobody_for_it():
    sealed = a_petition(purpose=Purpose.REPORT_ACCUSATION)
    leader = a_hat(Role.LEADER)
    Portfolio.objects.create(post=leader.post, place=a_place(FENGSHAN), since=LONG_AGO)

    merge(BINHE, into=FENGSHAN)

    sealed.refresh_from_db()
    assert sealed.place_path.startswith(a_place(FENGSHAN).path)
    assert seen_by(leader) == set()
    assert not Involvement.objects.filter(post=leader.post).exists()


def test_q29_organs_and_portfolios_of_a_merged_street_go_on_with_its_successor():
    organ = an_organ("ZX", place=a_place(BINHE))
    leader = a_hat(Role.LEADER)
    old = a_place(BINHE)
    Portfolio.objects.create(post=leader.post, place=old, since=LONG_AGO)
    petition = a_petition()
    had_part = seen_by(leader)

    merge(BINHE, into=FENGSHAN)

    organ.refresh_from_db()
    ended = Portfolio.objects.get(post=leader.post, place=old)
    standing = Portfolio.objects.get(post=leader.post, until=None)
    assert organ.place == a_place(FENGSHAN)
    assert (standing.place, standing.since, ended.until) == (
        a_place(FENGSHAN),
        MONDAY.date(),
        MONDAY.date() - timedelta(days=1),
    )
    assert had_part == {petition}
    assert seen_by(leader) == {petition}


def test_q29_a_street_that_is_split_leaves_its_petitions_to_a_person():
    petition = a_petition(place_id=a_place("141102001001").pk)
    village, by = a_place("141102001001"), a_hat(Role.SYSTEM_ADMINISTRATOR).actor
    path = petition.place_path

    actions.replace(
        [village.pk],
        successors=[("141102001901", "甲社区居委会"), ("141102001902", "乙社区居委会")],
        since=MONDAY.date(),
        basis="离政发〔2026〕1 号",
        by=by,
        now=LATER,
    )

    petition.refresh_from_db()
    assert petition.place_path == path
    assert Entry.objects.get(verb="place.replace").facts["moved"] == {}


def test_q29_moving_costs_the_same_for_one_petition_and_for_twenty():
    a_petition()
    with CaptureQueriesContext(
        connection,
    ) as one:
        merge(BINHE, into=FENGSHAN)
    for _number in range(20):
        a_petition(place_id=a_place("141102001001").pk)
    with CaptureQueriesContext(connection) as twenty:
        merge(FENGSHAN, into="141102003")

    assert len(twenty) <= len(one) + 2


def test_q29_a_correction_to_a_division_that_ended_meanwhile_is_refused_and_changes_nothing():
    registrar = a_hat(Role.REGISTRAR)
    petition = a_petition(registrar)
    gone = a_place("141102002001")
    actions.replace(
        [gone.pk],
        successors=[("141102002901", "新社区居委会")],
        since=MONDAY.date(),
        basis="离政发〔2026〕1 号",
        by=a_hat(Role.SYSTEM_ADMINISTRATOR).actor,
        now=LATER,
    )

    with pytest.raises(OutOfTurn):
        correct(
            petition.pk,
            field="place",
            value=gone,
            reason="写错",
            seen_version=1,
            by=registrar,
            now=LATER,
        )

    petition.refresh_from_db()
    assert petition.place.code == "141102001001"


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_q29_a_petition_registered_beside_a_merger_lies_where_the_merger_has_put_its_village():
    registrar, village = a_hat(Role.REGISTRAR), a_place("141102001001")
    moved = village.path.replace(f"{BINHE}/", f"{FENGSHAN}/").replace(village.code, "141102002901")

    try:
        with somebody_changing_portfolios() as done, ThreadPoolExecutor(1) as threads:
            registering = threads.submit(closing_its_connection(a_petition), registrar)
            assert not wait([registering], timeout=0.5).done
            Place.objects.filter(pk=village.pk).update(path=moved)
            done.set()
            petition = registering.result(timeout=20)
    finally:
        Place.objects.filter(pk=village.pk).update(path=village.path)

    assert petition.place_path == moved
