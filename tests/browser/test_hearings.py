"""A hearing from its application to what was promised, as the office walks it; and its pages wide and narrow."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.roles import Role
from hearings.actions import arranging, asking, concluding, holding
from hearings.actions.concluding import Promise
from hearings.models import Commitment, Hearing, RecordEntry, Seat
from hearings.states import HearingState, NoticeMode, SeatRole, Step
from tests.accounts.given import PASSWORD
from tests.browser.walks import assert_axe_clean, assert_no_sideways_scroll, sign_in
from tests.cases.handling.given import Unit, a_unit, received, registered
from tests.given import a_hat, a_user, the_petition_office
from tests.hearings.given import Held, a_call, a_registry, asks

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def somebody(username, name, role, **facts):
    return a_hat(role, user=a_user(name, username=username, password=PASSWORD), **facts)


@pytest.fixture
def held() -> Held:
    """A hearing that is granted, on a petition that a unit leads."""
    now, organ = timezone.now(), a_unit().organ
    unit = Unit(
        organ,
        somebody("chengban", "郭永强", Role.CASE_OFFICER, organ=organ),
        somebody("juzhang", "王建军", Role.UNIT_HEAD, organ=organ),
    )
    office = Unit(
        the_petition_office(),
        somebody("xinfang", "李文斌", Role.PETITION_OFFICER),
        somebody("zhuren", "张主任", Role.OFFICE_DIRECTOR),
    )
    begun = now - timedelta(days=30)
    case = received(registered(office=office, unit=unit, now=begun), now=begun)
    applied = asks(applied_on=timezone.localdate(begun))
    row = asking.ask_hearing(case.pk, applied, by=office.officer, now=begun)
    asking.decide_hearing(row.pk, agree=True, by=office.head, now=begun)
    clerk = somebody("shuji", "王丽娟", Role.HEARING_CLERK)
    chair = somebody("zhuchi", "任国栋", Role.SECTION_HEAD)
    return Held(row.pk, case, office.officer, office.head, clerk, chair)


def test_from_the_call_to_the_clerk_s_page_it_is_walked_on_screen(held, page_desktop):
    page = page_desktop
    sign_in(page, "xinfang", PASSWORD)
    page.goto("/hearings/")
    page.fill("#rooms [name=name]", "一楼听证室")
    page.click("#rooms button[type=submit]")
    page.wait_for_selector("#rooms li:has-text('一楼听证室')")
    page.goto(f"/hearings/{held.pk}/")
    assert_axe_clean(page)
    begins = timezone.localtime() + timedelta(days=10)
    _unfold(page)
    page.fill("[name=begins_at]", f"{begins:%Y-%m-%d} 09:30")
    page.fill("[name=ends_at]", f"{begins:%Y-%m-%d} 11:30")
    page.select_option("[name=chair]", str(held.chair.post.pk))
    page.select_option("[name=clerk]", str(held.clerk.post.pk))
    page.click("form[action$='/call/'] button[type=submit]")
    page.wait_for_selector("text=已通知")
    assert held.now.state == HearingState.CALLED


def test_a_hearing_is_heard_promised_signed_and_closed(held, page_desktop):
    page, now = page_desktop, timezone.now()
    _called(held, now)
    sign_in(page, "xinfang", PASSWORD)
    page.goto(f"/hearings/{held.pk}/")
    _unfold(page)
    page.click("form[action$='/open/'] [name=recusal_asked]")
    page.click("form[action$='/open/'] button[type=submit]")
    page.wait_for_selector("ol.stages")
    with page.expect_response("**/autosave/"):
        page.fill("form[data-autosave] [name=text]", "房款已付清")
    assert RecordEntry.objects.get().text == "房款已付清"
    page.click("form[data-autosave] button[type=submit]")
    page.wait_for_selector("table.rec")
    assert RecordEntry.objects.count() == 1
    assert_axe_clean(page)
    assert_no_sideways_scroll(page)
    for _number in range(1, Step.DELIBERATION):
        page.click("form[action$='/next-step/'] button")
        page.wait_for_load_state()
    for seat in held.seats(SeatRole.PANEL):
        page.click(f"form:has(input[value='{seat.pk}'])[action$='/note-vote/'] button")
        page.wait_for_load_state()
    page.click("form[action$='/next-step/'] button")
    page.wait_for_load_state()
    due = timezone.localdate() + timedelta(days=20)
    unit = held.case.unit
    made = Promise(
        words="竣工联合验收", organ_id=unit.organ.pk, responsible_id=unit.officer.post.pk, due_on=due
    )
    concluding.promise(held.pk, made, by=held.officer, now=timezone.now())
    page.goto(f"/hearings/{held.pk}/")
    page.wait_for_selector("#promises")
    _unfold(page)
    page.check("form[action$='/conclude/'] [value=support]")
    page.fill("form[action$='/conclude/'] [name=facts]", "住户已付清房款")
    page.fill("form[action$='/conclude/'] [name=basis]", "建议先办证后清算")
    page.click("form[action$='/conclude/'] button[type=submit]")
    page.wait_for_load_state()
    for seat in Seat.objects.filter(hearing=held.pk, left_at=None):
        concluding.sign_record(held.pk, seat_id=seat.pk, by=held.officer, now=timezone.now())
    page.goto(f"/hearings/{held.pk}/")
    page.click("form[action$='/close/'] button")
    page.wait_for_selector("#effect")
    row = Hearing.objects.get()
    assert (row.state, len(row.digest)) == (HearingState.CLOSED, 64)
    assert Commitment.objects.get().assignment is not None


def _unfold(page):
    """Open every deed that is folded away."""
    page.evaluate("document.querySelectorAll('details.deed').forEach(one => { one.open = true })")


def _called(held, now):
    """Call it three weeks ago for an hour ago, with everybody told and come."""
    begun = now - timedelta(days=21)
    arranging.call_hearing(
        held.pk,
        a_call(held, begins_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=2)),
        by=held.officer,
        now=begun,
    )
    a_registry(held)
    arranging.draw_panel(held.pk, count=5, by=held.officer, now=begun)
    seats = [
        arranging.seat_representative(held.pk, position=1, by=held.officer, now=begun),
        arranging.seat_officer(held.pk, post_id=held.case.unit.officer.post.pk, by=held.officer, now=begun),
    ]
    for seat in seats:
        arranging.note_notice(
            held.pk,
            seat_id=seat.pk,
            mode=NoticeMode.IN_PERSON,
            told_on=timezone.localdate(begun),
            proof="回证签名",
            by=held.officer,
            now=begun,
        )
    for seat in Seat.objects.filter(hearing=held.pk):
        holding.note_presence(held.pk, seat_id=seat.pk, came=True, by=held.officer, now=now)


def test_its_pages_are_read_on_a_telephone(held, page_phone):
    _called(held, timezone.now())
    sign_in(page_phone, "xinfang", PASSWORD)
    for address in ("/hearings/", f"/hearings/{held.pk}/", f"/petitions/{held.case.pk}/"):
        page_phone.goto(address)
        assert_no_sideways_scroll(page_phone)
        assert_axe_clean(page_phone)
