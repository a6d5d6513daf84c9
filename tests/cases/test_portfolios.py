"""Leaders have part in exactly the open petitions that they look after, whatever changes (管行业, 包乡镇; Q29)."""

from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from datetime import timedelta
from threading import Event

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts import actions
from accounts.actions.organs import NewName, OrganFacts
from accounts.models import OrganKind, Portfolio
from accounts.roles import Role
from cases.actions.corrections import correct
from cases.actions.sealing import seal
from cases.intake import Reported
from cases.models import Involvement, Petition
from cases.portfolios import enter_gate, shut_gate
from cases.states import Basis, Purpose, ReportedKind, Routing
from lib.errors import NotAllowed, OutOfTurn, Refused
from notices.models import Notice
from places.models import Place
from tests.cases.given import a_petition, a_village
from tests.cases.handling import given as handling
from tests.given import LONG_AGO, MONDAY, a_hat, a_place, an_organ

pytestmark = pytest.mark.django_db

TODAY = MONDAY.date()
LATER = MONDAY + timedelta(hours=1)
STREET = "141102001"


@pytest.fixture
def security():
    return a_hat(Role.SECURITY_ADMINISTRATOR)


@pytest.fixture
def government():
    return an_organ(kind=OrganKind.LEADING_BODY)


@pytest.fixture
def leader(government):
    return a_hat(Role.LEADER, organ=government)


@pytest.fixture
def neighbour(government):
    """A leader of the same body who looks after the next township."""
    hat = a_hat(Role.LEADER, organ=government)
    Portfolio.objects.create(post=hat.post, place=a_place("141102002"), since=LONG_AGO)
    return hat


def a_unit(prefix="ZJ", **facts):
    return an_organ(number_prefix=prefix, **facts)


def registered_by(organ, **facts):
    return a_petition(a_hat(Role.REGISTRAR, organ=organ), **facts)


def seen_by(hat):
    return set(Petition.objects.visible_to(hat))


def look_after(leader, by, **what):
    ids = {f"{name}_id": row.pk for name, row in what.items()}
    return actions.set_portfolio(leader.post.pk, since=TODAY, by=by, now=LATER, **ids)


def test_a_leader_has_part_in_the_standing_petitions_of_a_township_from_the_deed_on(
    security, leader, neighbour
):
    petition = a_petition()

    look_after(leader, security, place=a_place(STREET))

    part = Involvement.objects.get(post=leader.post)
    assert (part.petition, part.bases, part.since) == (petition, [Basis.PORTFOLIO], LATER)
    assert (part.place_path, part.next_due_at, part.received_at, part.sealed) == (
        petition.place_path,
        petition.next_due_at,
        petition.received_at,
        False,
    )
    assert seen_by(leader) == {petition}
    assert seen_by(neighbour) == set()


def test_a_leader_has_part_in_the_standing_petitions_of_a_department_and_of_what_lies_below_it(
    security, leader, neighbour
):
    department = a_unit("ZJ")
    centre = a_unit("FG", parent=department)
    of_both = {registered_by(department), registered_by(centre)}
    registered_by(a_unit("RS"))

    look_after(leader, security, organ=department)

    assert seen_by(leader) == of_both
    assert seen_by(neighbour) == set()


def test_a_petition_registered_by_a_department_or_on_its_behalf_involves_its_leader_at_once(
    security, leader, neighbour
):
    department, station = a_unit(), an_organ(kind=OrganKind.COMMUNITY)
    look_after(leader, security, organ=department)
    look_after(leader, security, organ=station)

    own = registered_by(department)
    on_behalf = a_petition(on_behalf_of_id=station.pk)
    a_petition()

    assert seen_by(leader) == {own, on_behalf}
    assert Notice.objects.unread().filter(post=leader.post).count() == 2
    assert seen_by(neighbour) == set()


def test_a_petition_under_place_and_department_alike_is_one_part(security, leader):
    department = a_unit()
    petition = registered_by(department)

    look_after(leader, security, organ=department)
    of_place = look_after(leader, security, place=a_place(STREET))
    actions.end_portfolio(of_place.pk, by=security, now=LATER)

    assert Involvement.objects.get(post=leader.post).ended_at is None
    assert seen_by(leader) == {petition}


def test_the_end_of_a_portfolio_ends_the_part_and_takes_the_notices_back(security, leader, neighbour):
    part = look_after(leader, security, place=a_place(STREET))
    look_after(neighbour, security, place=a_place(STREET))
    petition = a_petition()

    actions.end_portfolio(part.pk, by=security, now=LATER)
    a_petition()

    assert seen_by(leader) == set()
    assert Involvement.objects.get(post=leader.post).ended_at == LATER
    assert not Notice.objects.standing().filter(post=leader.post).exists()
    assert petition in seen_by(neighbour)
    assert Notice.objects.standing().filter(post=neighbour.post).count() == 2


def test_a_part_with_another_reason_goes_on_when_the_portfolio_ends(security, leader):
    part = look_after(leader, security, place=a_place(STREET))
    petition = a_petition()
    Involvement.objects.filter(post=leader.post).update(bases=["another", Basis.PORTFOLIO])

    actions.end_portfolio(part.pk, by=security, now=LATER)

    assert Involvement.objects.get(post=leader.post, ended_at=None).bases == ["another"]
    assert seen_by(leader) == {petition}


def test_a_part_he_has_for_another_reason_is_joined_and_not_doubled(security, leader):
    petition = a_petition()
    Involvement.objects.create(
        petition=petition,
        post=leader.post,
        bases=["another"],
        since=MONDAY,
        sealed=False,
        routing=petition.routing,
        place_path=petition.place_path,
        received_at=MONDAY,
    )

    look_after(leader, security, place=a_place(STREET))

    assert Involvement.objects.get(post=leader.post).bases == ["another", Basis.PORTFOLIO]


def test_q1_no_portfolio_touches_a_sealed_petition(security, leader):
    department = a_unit()
    registrar = a_hat(Role.REGISTRAR, organ=department)
    a_petition(registrar, purpose=Purpose.REPORT_ACCUSATION)
    sealed_later = a_petition(registrar)
    reported = [Reported(kind=ReportedKind.UNIT, name="某单位")]
    seal(sealed_later.pk, reason="涉及干部", reported=reported, by=registrar, now=LATER)

    look_after(leader, security, organ=department)
    look_after(leader, security, place=a_place(STREET))

    assert not Involvement.objects.filter(post=leader.post).exists()


def test_a_void_petition_begins_no_part(security, leader):
    petition = a_petition()
    Petition.objects.filter(pk=petition.pk).update(routing="void")

    look_after(leader, security, place=a_place(STREET))

    assert not Involvement.objects.filter(post=leader.post).exists()


@pytest.mark.parametrize("deed", ["set", "end"])
def test_the_cost_does_not_grow_with_the_petitions(security, government, deed):
    def cost_with(petitions: int) -> int:
        leader = a_hat(Role.LEADER, organ=government)
        for _number in range(petitions):
            a_petition()
        with CaptureQueriesContext(connection) as setting:
            part = look_after(leader, security, place=a_place(STREET))
        with CaptureQueriesContext(connection) as ending:
            actions.end_portfolio(part.pk, by=security, now=LATER)
        assert Involvement.objects.filter(post=leader.post, ended_at=LATER).count() >= petitions
        return len(setting if deed == "set" else ending)

    assert cost_with(20) == cost_with(1)


def test_who_may_not_set_a_portfolio_changes_nobodys_part(leader):
    a_petition()

    with pytest.raises(NotAllowed):
        look_after(leader, a_hat(Role.SYSTEM_ADMINISTRATOR), place=a_place(STREET))

    assert not Portfolio.objects.exists()
    assert not Involvement.objects.filter(post=leader.post).exists()


def test_a_portfolio_is_entered_once_its_day_has_come(security, leader):
    a_petition()

    with pytest.raises(Refused) as refusal:
        actions.set_portfolio(
            leader.post.pk,
            place_id=a_place(STREET).pk,
            since=TODAY + timedelta(days=1),
            by=security,
            now=LATER,
        )

    assert list(refusal.value.fields) == ["since"]
    assert not Portfolio.objects.exists()
    assert seen_by(leader) == set()


def test_the_end_of_a_post_ends_its_portfolio_and_its_parts(security, leader, neighbour):
    a_petition()
    part = look_after(leader, security, place=a_place(STREET))

    actions.end_post(leader.post.pk, by=security, now=LATER)

    part.refresh_from_db()
    assert part.until == TODAY
    assert not Involvement.objects.filter(post=leader.post, ended_at=None).exists()
    assert Portfolio.objects.get(post=neighbour.post).until is None


def test_closing_an_account_ends_its_portfolios_and_their_parts(security, leader):
    a_petition()
    part = look_after(leader, security, place=a_place(STREET))

    actions.close_account(leader.user.pk, by=security, now=LATER)

    part.refresh_from_db()
    assert part.until == TODAY
    assert not Involvement.objects.filter(post=leader.post, ended_at=None).exists()


def test_q29_what_a_leader_looks_after_passes_with_his_work_to_another_leader(
    security, leader, neighbour, government
):
    look_after(leader, security, place=a_place(STREET))
    petition = a_petition()
    successor = a_hat(Role.LEADER, organ=government)

    actions.end_post(leader.post.pk, taken_over_by=successor.post.pk, by=security, now=LATER)

    assert seen_by(successor) == {petition}
    assert seen_by(leader) == seen_by(neighbour) == set()
    assert Portfolio.objects.get(post=successor.post).until is None
    assert not Portfolio.objects.filter(post=leader.post, until=None).exists()
    assert Notice.objects.unread().get().post == successor.post


def test_q29_what_a_leader_looks_after_passes_to_no_post_but_a_leaders(security, leader, government):
    look_after(leader, security, place=a_place(STREET))
    petition = a_petition()
    secretary = a_hat(Role.LEADER_SECRETARY, organ=government)

    with pytest.raises(Refused):
        actions.hand_over(leader.post.pk, to_post_id=secretary.post.pk, by=security, now=LATER)

    assert seen_by(leader) == {petition}
    assert seen_by(secretary) == set()
    assert Portfolio.objects.get().post == leader.post


def moved_to(petition, place, registrar):
    return correct(
        petition.pk, field="place", value=place, reason="选错", seen_version=1, by=registrar, now=LATER
    )


def test_q18_a_corrected_place_moves_the_leaders_parts_along(security, leader, neighbour):
    look_after(leader, security, place=a_place(STREET))
    registrar = a_hat(Role.REGISTRAR)
    petition, staying = a_petition(registrar), a_petition(registrar)
    elsewhere = Place.objects.current().get(code="141102002001")

    moved_to(petition, elsewhere, registrar)

    assert seen_by(leader) == {staying}
    assert seen_by(neighbour) == {petition}
    assert Involvement.objects.get(post=neighbour.post).place_path == elsewhere.path
    assert Notice.objects.standing().get(post=leader.post).subject_id == str(staying.pk)


def test_q18_a_corrected_place_leaves_the_part_of_a_departments_leader(security, leader):
    department = a_unit()
    look_after(leader, security, organ=department)
    registrar = a_hat(Role.REGISTRAR, organ=department)
    petition = a_petition(registrar)

    moved_to(petition, Place.objects.current().get(code="141102002001"), registrar)

    assert seen_by(leader) == {petition}


def test_q18_a_refused_correction_moves_nobodys_part(security, leader, neighbour):
    look_after(leader, security, place=a_place(STREET))
    registrar = a_hat(Role.REGISTRAR)
    petition = a_petition(registrar)

    with pytest.raises(NotAllowed):
        moved_to(petition, a_place("141102002"), a_hat(Role.INSPECTOR))

    assert seen_by(leader) == {petition}
    assert seen_by(neighbour) == set()
    assert Petition.objects.get(pk=petition.pk).place == a_village()


def test_q29_a_merged_departments_petitions_stay_with_its_leader(security, leader, neighbour):
    old, taking = a_unit("ZJ"), a_unit("CG")
    look_after(leader, security, organ=old)
    petition = registered_by(old)
    of_the_other = registered_by(taking)

    actions.replace_organ(
        [old.pk],
        successor=taking.pk,
        since=TODAY,
        basis="离编发〔2026〕3 号",
        by=a_hat(Role.SYSTEM_ADMINISTRATOR),
        now=LATER,
    )

    assert seen_by(leader) == {petition, of_the_other}
    assert seen_by(neighbour) == set()


def test_q29_a_leader_goes_on_when_his_own_body_is_renamed(security, leader, government):
    look_after(leader, security, place=a_place(STREET))
    petition = a_petition()

    actions.replace_organ(
        [government.pk],
        successor=NewName("ZF2", "离石区人民政府", "区政府"),
        since=TODAY,
        basis="离编发〔2026〕3 号",
        by=a_hat(Role.SYSTEM_ADMINISTRATOR),
        now=LATER,
    )

    part = Involvement.objects.get(petition=petition, post__isnull=False, ended_at=None)
    assert (part.post.user, part.post.organ.code) == (leader.user, "ZF2")
    assert not Involvement.objects.filter(post=leader.post, ended_at=None).exists()


def test_a_unit_that_moves_below_another_department_comes_under_that_ones_leader(security, leader, neighbour):
    first, second = a_unit("ZJ"), a_unit("CG")
    centre = a_unit("FG", parent=first)
    look_after(leader, security, organ=first)
    look_after(neighbour, security, organ=second)
    petition = registered_by(centre)
    facts = OrganFacts(
        centre.name, centre.short_name, OrganKind(centre.kind), centre.place_id, second.pk, None, "FG"
    )

    actions.change_organ(centre.pk, facts=facts, by=a_hat(Role.SYSTEM_ADMINISTRATOR), now=LATER)

    assert seen_by(leader) == set()
    assert seen_by(neighbour) == {petition}


def test_what_is_looked_after_already_is_not_set_again(security, leader):
    look_after(leader, security, place=a_place(STREET))

    with pytest.raises(OutOfTurn):
        look_after(leader, security, place=a_place(STREET))

    assert Portfolio.objects.count() == 1


@contextmanager
def somebody_changing_portfolios():
    """Hold the gate from another connection, as an administrator in the middle of a change does."""
    shut, done = Event(), Event()

    def change():
        try:
            with transaction.atomic():
                shut_gate()
                shut.set()
                done.wait(timeout=20)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as threads:
        changing = threads.submit(change)
        assert shut.wait(timeout=20)
        try:
            yield done
        finally:
            done.set()
            changing.result(timeout=20)


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_a_correction_does_not_wait_for_a_change_of_portfolios_that_may_wait_for_its_petition():
    registrar = a_hat(Role.REGISTRAR)
    petition = a_petition(registrar)

    with somebody_changing_portfolios(), pytest.raises(OutOfTurn):
        moved_to(petition, a_place("141102002"), registrar)

    assert Petition.objects.get(pk=petition.pk).version == petition.version


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_a_deed_that_changes_who_leads_holds_nothing_while_it_waits_for_a_change_of_portfolios():
    case = handling.registered()

    with somebody_changing_portfolios() as done, ThreadPoolExecutor(1) as threads:
        routing = threads.submit(closing_its_connection(handling.route), case)
        assert not wait([routing], timeout=0.5).done
        with transaction.atomic():
            # whoever changes portfolios may want this very petition: it would be waiting in a ring
            assert Petition.objects.select_for_update(nowait=True).get(pk=case.pk)
        done.set()
        routing.result(timeout=20)

    assert case.now.routing == Routing.ROUTED


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_what_is_registered_while_a_portfolio_is_set_comes_under_it(security, leader):
    registrar = a_hat(Role.REGISTRAR)

    with somebody_changing_portfolios() as done, ThreadPoolExecutor(1) as threads:
        registering = threads.submit(closing_its_connection(a_petition), registrar)
        assert not wait([registering], timeout=0.5).done
        Portfolio.objects.create(post=leader.post, place=a_place(STREET), since=LONG_AGO)
        done.set()
        petition = registering.result(timeout=20)

    assert seen_by(leader) == {petition}


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_a_portfolio_that_is_set_while_somebody_registers_holds_what_he_registers(security, leader):
    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            enter_gate()
            setting = threads.submit(
                closing_its_connection(look_after), leader, security, place=a_place(STREET)
            )
            assert not wait([setting], timeout=0.5).done
        petition = a_petition()
        setting.result(timeout=20)

    assert seen_by(leader) == {petition}


def closing_its_connection(deed):
    def run(*args, **kwargs):
        try:
            return deed(*args, **kwargs)
        finally:
            connection.close()

    return run
