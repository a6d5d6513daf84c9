"""The roster, a day's queue, journeys, stations, and the public door: read whole at every width, in both languages."""

from datetime import time, timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.urls import reverse
from django.utils import timezone

from accounts.models import Portfolio
from accounts.roles import Role
from leadership.actions import inviting, receptions, roster, stations, trips
from leadership.actions.inviting import Offered
from leadership.actions.roster import Order
from leadership.actions.stations import Numbers, StationFacts
from leadership.actions.trips import Journey, Taken
from leadership.models import DutyDay, Ticket
from leadership.reception_states import Came, Counted, MediatorKind, ServiceKind, StationKind, Told
from portal.actions import publish
from portal.states import Topic
from tests.accounts.given import PASSWORD
from tests.browser.walks import assert_axe_clean, assert_no_sideways_scroll, picture, sign_in
from tests.cases.given import registered
from tests.cases.handling.given import received
from tests.given import LONG_AGO, a_hat
from tests.leadership.leaders import a_leader

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def in_english(page):
    page.click("[name=language][value=en] >> visible=true")
    page.wait_for_selector("html[lang=en]")


def a_world():
    """Let leaders receive from tomorrow on, one go down with a petition, and the office publish it."""
    now = timezone.now()
    today = timezone.localdate(now)
    case = received(now=now)
    head = case.office.head
    head.user.username, head.user.password = "juzhang", make_password(PASSWORD)
    head.user.save(update_fields=["username", "password"])
    leaders = [a_leader("区长"), a_leader("常务副区长")]
    Portfolio.objects.create(post=leaders[0].post, organ=case.unit.organ, since=LONG_AGO)
    order = Order(
        since=today,
        post_ids=[leader.post.pk for leader in leaders],
        place="区信访接待大厅",
        begins=time(9),
        ends=time(12),
    )
    roster.enter_rotation(order, by=head, now=now)
    # single days, for the next month may lie in a year whose holidays are not known
    for ahead in (3, 4, 5):
        further = today + timedelta(days=ahead)
        roster.enter_day(further, post_id=leaders[ahead % 2].post.pk, anyway=True, by=head, now=now)
    roster.enter_day(today + timedelta(days=1), post_id=leaders[0].post.pk, anyway=True, by=head, now=now)
    day = DutyDay.objects.get(day=today + timedelta(days=1))
    roster.substitute(day.pk, post_id=leaders[1].post.pk, reason="参加市里会议", by=head, now=now)
    roster.set_target(Counted.TRIPS, weekly=3, since=today, by=head, now=now)
    receptions.take_number(day.pk, Came.PHONE, persons=2, by=head, now=now)
    journey = Journey(
        went_on=today,
        place="永宁社区",
        result="现场会商",
        cases=[Taken(case.petition.number, 3, "十日内答复")],
    )
    trip = trips.note_trip(journey, leader_id=leaders[0].post.pk, by=head, now=now)
    offered = Offered(day=today + timedelta(days=2), begins=time(15), place="大厅", told=Told.PHONE)
    inviting.invite(case.pk, offered, leader_id=leaders[0].post.pk, by=head, now=now)
    facts = StationFacts(
        name="凤山街道信访工作站",
        place_code="141102",
        address="一楼",
        staff="站长一名",
        hours="工作日",
        lawyer_hours="周三上午",
        phone="0358-0000000",
    )
    station = stations.open_station(StationKind.STATION, facts, by=head, now=now)
    stations.enter_mediator("王平", MediatorKind.ELDER, station_id=station.pk, by=head, now=now)
    numbers = Numbers(kind=ServiceKind.MEDIATION, day=today, matters=2, persons=4, settled=1)
    stations.note_service(numbers, station_id=station.pk, by=head, now=now)
    for topic in (Topic.HOURS, Topic.PHONE, Topic.RIGHTS):
        publish(topic, text="工作日 8:30—12:00，14:30—18:00。", by=head, now=now)
    return case, day, trip, station


@pytest.mark.parametrize("width", [1440, 390])
def test_the_offices_pages_fit_and_are_read_in_both_languages(page_desktop, width):
    case, day, trip, station = a_world()
    page = page_desktop
    sign_in(page, "juzhang", PASSWORD)
    addresses = {
        "roster": reverse("leadership:roster_month", args=[f"{day.day:%Y-%m}"]),
        "duty_day": reverse("leadership:duty_day", args=[day.pk]),
        "receptions": reverse("leadership:receptions"),
        "trip": reverse("leadership:trip", args=[trip.pk]),
        "heard": reverse("leadership:heard", args=[case.pk]),
        "case_heard": reverse("cases:petition", args=[case.pk]),
        "stations": reverse("leadership:stations"),
        "station": reverse("leadership:station", args=[station.pk]),
        "publishing": reverse("portal:publishing"),
    }
    for language in ("zh", "en"):
        if language == "en":
            page.set_viewport_size({"width": 1440, "height": 900})
            in_english(page)
        page.set_viewport_size({"width": width, "height": 900})
        for name, address in addresses.items():
            page.goto(address)
            assert_no_sideways_scroll(page)
            assert_axe_clean(page)
            picture(page, f"reception_{name}_{language}_{width}", whole=True)


@pytest.mark.parametrize("width", [320, 1366])
def test_the_public_pages_fit_a_small_telephone_in_both_languages(page_desktop, width):
    _case, day, _trip, _station = a_world()
    page = page_desktop
    page.set_viewport_size({"width": width, "height": 640})
    for language in ("zh", "en"):
        for name, address in {
            "entry": reverse("portal:entry"),
            "roster": reverse("portal:roster"),
            "stations": reverse("portal:stations"),
            "about": reverse("portal:about", args=["rights"]),
            "book": reverse("portal:book", args=[day.pk]),
            "booking": reverse("portal:booking"),
        }.items():
            page.goto(address)
            if language == "en" and name == "entry":
                in_english(page)
            assert_no_sideways_scroll(page)
            assert_axe_clean(page)
            picture(page, f"public_{name}_{language}_{width}", whole=True)


def test_somebody_looks_up_his_petition_and_books_a_number_with_the_keyboard_alone(page_desktop):
    _case, day, _trip, _station = a_world()
    done = registered(a_hat(Role.REGISTRAR), now=timezone.now(), received_at=timezone.now())
    page = page_desktop
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(reverse("portal:entry"))
    page.focus("[name=number]")
    page.keyboard.type(done.petition.number)
    page.keyboard.press("Tab")
    page.keyboard.type("AAAA-BBBB-CCCC")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=alert]")
    assert_axe_clean(page)
    page.fill("[name=number]", done.petition.number)
    page.fill("[name=code]", done.codes[None])
    page.keyboard.press("Enter")
    page.wait_for_selector("text=已登记，由信访部门决定承办单位")
    assert done.petition.number not in page.url
    assert_no_sideways_scroll(page)
    assert_axe_clean(page)
    picture(page, "public_progress_zh_320", whole=True)
    page.goto(reverse("portal:book", args=[day.pk]))
    page.click("[type=submit]:has-text('预约')")
    page.wait_for_selector("text=已为您预约")
    assert Ticket.objects.filter(came=Came.ONLINE).count() == 1
    picture(page, "public_booked_zh_320", whole=True)


def test_without_scripts_the_public_door_works_the_same(page_without_scripts):
    a_world()
    done = registered(a_hat(Role.REGISTRAR), now=timezone.now(), received_at=timezone.now())
    page = page_without_scripts
    page.goto(reverse("portal:entry"))
    page.fill("[name=number]", done.petition.number)
    page.fill("[name=code]", done.codes[None])
    page.click("[type=submit]:has-text('查询')")
    page.wait_for_selector("text=已登记，由信访部门决定承办单位")
    page.click("[name=language][value=en]")
    page.wait_for_selector("html[lang=en]")
    assert page.locator("[name=number]").input_value() == ""
