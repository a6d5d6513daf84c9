"""What was kept without action is sampled each month and looked at by a third person (Q13)."""

from random import Random

import pytest
from django.db import IntegrityError, transaction

from accounts.models import OrganKind
from accounts.roles import Role
from cases import sweeps
from cases.actions import routing, sampling
from cases.actions.sealing import seal
from cases.intake import Reported
from cases.models import KeepCheck, KeepSample, Route
from cases.states import ClockCode, KeepGround, ReportedKind, RouteKind, Routing
from desk.my_work import my_work
from infra.local_settings import Setting
from infra.models import LocalSetting
from lib.errors import NotAllowed, OutOfTurn, Refused
from notices.models import Kind, Notice
from tests.cases.browsers import Browser, signed_in
from tests.cases.handling import given
from tests.cases.handling.doors import stands
from tests.cases.handling.given import at
from tests.given import LONG_AGO, MONDAY, a_hat, a_place, an_organ

pytestmark = pytest.mark.django_db

APRIL = at(4, 1)


@pytest.fixture
def section_head():
    return a_hat(Role.SECTION_HEAD)


def kept(section_head, office=None, *, now=MONDAY):
    """Keep a petition, countersigned by the section head."""
    case = given.registered(office=office, now=now)
    given.route(case, kind=RouteKind.KEEP, keep_ground=KeepGround.THANKS, told="已电话告知", now=now)
    route = case.petition.routes.get()
    routing.countersign_keep(case.pk, route.pk, agree=True, by=section_head, now=now)
    return case


def look(case, *, by, right=True, reason="", now=APRIL):
    route = case.petition.routes.get()
    return sampling.check_keep(case.pk, route.pk, right=right, reason=reason, by=by, now=now)


def sized(number):
    LocalSetting.objects.create(key=Setting.KEEP_SAMPLE_SIZE, value=number, valid_from=LONG_AGO)


def test_q13_it_is_drawn_once_a_month_from_the_month_before(monday, section_head):
    case = kept(section_head)

    assert sweeps.sample_keeps(now=at(3, 31)) == 0
    assert sweeps.sample_keeps(now=APRIL) == 1
    assert sweeps.sample_keeps(now=at(4, 2)) == 0

    sample = KeepSample.objects.get()
    assert (sample.month.isoformat(), sample.population) == ("2026-03-01", 1)
    assert KeepCheck.objects.get().route.petition == case.petition


def test_q13_a_month_that_was_missed_is_made_up_for(monday, section_head):
    kept(section_head)

    assert sweeps.sample_keeps(now=at(6, 15)) == 1

    assert KeepSample.objects.get().month.month == 3


def test_q13_the_draw_can_be_made_again_from_its_seed(monday, section_head):
    sized(2)
    office = given.the_office()
    for _each in range(5):
        kept(section_head, office)

    sweeps.sample_keeps(now=APRIL)

    sample = KeepSample.objects.get()
    routes = list(Route.objects.order_by("pk").values_list("pk", flat=True))
    again = Random(sample.seed).sample(routes, 2)
    assert sample.population == 5
    assert set(sample.checks.values_list("route", flat=True)) == set(again)


def test_q13_it_is_put_before_a_head_who_neither_kept_nor_countersigned(monday, section_head):
    case = kept(section_head)
    sweeps.sample_keeps(now=APRIL)

    told = Notice.objects.standing().filter(kind=Kind.KEEP_TO_LOOK_AT).values_list("post", flat=True)
    assert set(told) == {case.office.head.post.pk}
    boxes = {hat.role: box_of(hat) for hat in (case.office.head, section_head)}
    assert boxes == {Role.OFFICE_DIRECTOR: 1, Role.SECTION_HEAD: 0}


def box_of(hat):
    boxes = my_work(hat, now=APRIL)["boxes"]
    return sum(box.count for box in boxes if str(box.label) in {"待抽查存件", "Kept petitions to look at"})


def test_q13_rightly_kept_it_stays_as_it_is(monday, section_head):
    case = kept(section_head)
    sweeps.sample_keeps(now=APRIL)

    checked = look(case, by=case.office.head)

    assert (checked.right, checked.looker) == (True, case.office.head.user)
    assert case.now.routing == Routing.ROUTED
    assert not Notice.objects.standing().filter(kind=Kind.KEEP_TO_LOOK_AT).exists()
    with pytest.raises(OutOfTurn):
        look(case, by=case.office.head)


@pytest.mark.parametrize("finished", [False, True])
def test_q13_kept_wrongly_its_claims_wait_for_a_way_again(monday, section_head, finished):
    case = kept(section_head)
    if finished:
        given.finish(case)
    sweeps.sample_keeps(now=APRIL)

    with pytest.raises(Refused) as refusal:
        look(case, by=case.office.head, right=False, reason=" ")
    assert set(refusal.value.fields) == {"reason"}
    look(case, by=case.office.head, right=False, reason="实为求决")

    assert case.now.routing == Routing.REGISTERED
    assert case.claim().route is None
    clock = case.clock(ClockCode.T1, case.office.organ)
    assert clock.is_open
    assert clock.last_day.isoformat() == "2026-04-16"
    assert case.now.next_due_at == clock.due_at
    assert Notice.objects.filter(kind=Kind.KEPT_WRONGLY, post=case.office.officer.post).exists()
    given.route(case, now=at(4, 2))


def test_q13_who_kept_or_countersigned_does_not_look(monday, section_head):
    case = kept(section_head)
    also_head = a_hat(Role.OFFICE_DIRECTOR, user=case.office.officer.user)
    sweeps.sample_keeps(now=APRIL)
    before = stands(case.pk)

    for hat in (section_head, also_head):
        with pytest.raises(NotAllowed):
            look(case, by=hat)

    assert stands(case.pk) == before
    with pytest.raises(IntegrityError), transaction.atomic():
        KeepCheck.objects.update(
            looker=section_head.user, looked_by=section_head.post, looked_at=APRIL, right=True
        )


def test_q13_what_was_not_drawn_is_not_looked_at(monday, section_head):
    case = kept(section_head)

    with pytest.raises(OutOfTurn):
        look(case, by=case.office.head)


def test_q1_what_was_sealed_since_is_neither_drawn_nor_counted(monday, section_head):
    a_hat(Role.SEALED_LANE_OFFICER)
    office = given.the_office()
    first, second = kept(section_head, office), kept(section_head, office)
    reported = [Reported(kind=ReportedKind.UNIT, organ_id=first.unit.organ.pk, name="")]
    seal(first.pk, reason="反映领导", reported=reported, by=office.officer, now=MONDAY)

    sweeps.sample_keeps(now=APRIL)
    sample = KeepSample.objects.get()
    assert (sample.population, sample.checks.get().route.petition) == (1, second.petition)
    seal(second.pk, reason="反映领导", reported=reported, by=office.officer, now=APRIL)

    assert box_of(office.head) == 0
    assert not Notice.objects.standing().filter(kind=Kind.KEEP_TO_LOOK_AT).exists()


def test_q13_a_month_without_keepings_has_no_sample(monday):
    case = given.voided()

    assert sweeps.sample_keeps(now=APRIL) == 0
    assert case.now.routing == Routing.VOID


def test_q13_the_page_asks_the_head_and_says_why_not_to_others(monday, section_head):
    case = kept(section_head)
    sweeps.sample_keeps(now=APRIL)

    heads = Browser(case.office.head).get(f"/petitions/{case.pk}/").content.decode()
    signers = Browser(section_head).get(f"/petitions/{case.pk}/").content.decode()

    assert "check-keep" in heads
    assert "check-keep" not in signers
    assert "由未参与存件和审核的人员抽查" in signers


def the_city_office():
    """Make the petition office of the city, which looks after the district's place too."""
    office = an_organ(
        "LVXF",
        kind=OrganKind.PETITION_OFFICE,
        place=a_place("1411"),
        name="吕梁市信访局",
        number_prefix="LVXF",
    )
    return a_hat(Role.OFFICE_DIRECTOR, organ=office)


def kept_by_every_head():
    """Keep a petition in an office whose only two heads kept and countersigned it."""
    director, section_head = a_hat(Role.OFFICE_DIRECTOR), a_hat(Role.SECTION_HEAD)
    unit = given.a_unit()
    officer = a_hat(Role.PETITION_OFFICER)
    case = given.registered(office=given.Unit(officer.organ, officer, director), unit=unit)
    kept_so = {"kind": RouteKind.KEEP, "keep_ground": KeepGround.THANKS, "told": "已电话告知"}
    given.route(case, by=director, **kept_so)
    route = case.petition.routes.get()
    routing.countersign_keep(case.pk, route.pk, agree=True, by=section_head, now=MONDAY)
    return case, director, section_head


def test_q13_where_every_head_had_a_hand_in_it_the_petition_office_next_above_looks(monday):
    city = the_city_office()
    case, director, section_head = kept_by_every_head()

    sweeps.sample_keeps(now=APRIL)

    told = Notice.objects.standing().filter(kind=Kind.KEEP_TO_LOOK_AT).values_list("post", flat=True)
    assert set(told) == {city.post.pk}
    assert [box_of(hat) for hat in (city, director, section_head)] == [1, 0, 0]
    for hat in (director, section_head):
        with pytest.raises(NotAllowed):
            look(case, by=hat)
    assert look(case, by=city).looker == city.user


def test_q13_the_office_above_looks_at_nothing_that_somebody_below_can(monday, section_head):
    city = the_city_office()
    case = kept(section_head)
    sweeps.sample_keeps(now=APRIL)

    with pytest.raises(NotAllowed):
        look(case, by=city)

    assert KeepCheck.objects.get().looked_at is None
    assert box_of(city) == 0


def test_q13_with_no_office_above_the_page_says_that_nobody_can_look_until_somebody_can(monday):
    case, director, _section_head = kept_by_every_head()
    sweeps.sample_keeps(now=APRIL)
    nobody = KeepCheck.objects.get().looks
    page = signed_in(director).open("cases:petition", case.pk).content.decode()

    third = a_hat(Role.SECTION_HEAD)
    sweeps.sample_keeps(now=APRIL)

    assert nobody is None
    assert "无人可以抽查" in page
    assert KeepCheck.objects.get().looks == third.organ
    assert Notice.objects.standing().filter(kind=Kind.KEEP_TO_LOOK_AT, post=third.post).exists()
    assert look(case, by=third).looker == third.user
