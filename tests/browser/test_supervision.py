"""Supervision and tiers as people meet them, wide and narrow, in both languages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.hats import Hat
from accounts.roles import Role
from assignments.models import Assignment
from assignments.states import Span
from leadership.actions import lifting
from leadership.models import LiftAddressee, PetitionLift
from tests.accounts.given import PASSWORD
from tests.browser.walks import assert_axe_clean, assert_no_sideways_scroll, picture, sign_in
from tests.cases.handling.given import Case, Unit, a_unit, received, registered, the_district
from tests.given import a_hat, a_user, the_petition_office
from tests.leadership.given import drafted, issued
from tests.leadership.test_lifts import a_seat

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def somebody(username: str, name: str, role: Role, **facts: object) -> Hat:
    return a_hat(role, user=a_user(name, username=username, password=PASSWORD), **facts)


@pytest.fixture
def case() -> Case:
    """A petition twenty days old, supervised by an order, with a draft, and put before two leaders; one took it."""
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
    somebody("lingdao", "高志远", Role.LEADER, organ=the_district(), title="副区长")
    secretary = somebody("fushuji", "武秀梅", Role.LEADER, organ=the_district(), title="区委副书记")
    begun = now - timedelta(days=20)
    case = received(registered(office=office, unit=unit, now=begun), now=begun)
    issued(case, now=now - timedelta(days=2))
    drafted(case, now=now, again_because="首件只要求告知，本件要求现场核查")
    titles = ["区委副书记", "副区长"]
    a_seat("kuaxian", span=Span.CROSS_SECTOR, titles=titles, by_portfolio=False, asks_all=True)
    lifting.set_span(
        case.pk, Span.CROSS_SECTOR, reason="涉及多个部门，需区领导协调", by=office.officer, now=now
    )
    lifting.accept(PetitionLift.objects.get().pk, by=secretary, now=now)
    return case


@pytest.mark.parametrize("size", ["page_desktop", "page_phone"])
def test_supervision_is_read_wide_and_narrow(case, size, request):
    page = request.getfixturevalue(size)
    supervised = Assignment.objects.get(kind="supervision").pk
    asked = LiftAddressee.objects.get(assignment__post__user__username="lingdao").assignment_id
    walks = {
        "chengban": ["/asked/", f"/asked/{supervised}/", f"/petitions/{case.pk}/"],
        "zhuren": [
            "/supervision/",
            f"/supervision/petitions/{case.pk}/?kind=supervision",
            f"/supervision/slips/{case.petition.slips.get(state='draft').pk}/",
        ],
        "lingdao": ["/asked/", f"/asked/{asked}/", f"/petitions/{case.pk}/"],
    }
    for username, addresses in walks.items():
        page.context.clear_cookies()
        sign_in(page, username, PASSWORD)
        for number, address in enumerate(addresses):
            page.goto(address)
            assert_no_sideways_scroll(page)
            assert_axe_clean(page)
            picture(page, f"supervision-{username}-{number}-{size}", whole=True)


def test_the_span_and_the_lift_are_read_in_english(case, page_desktop):
    page = page_desktop
    sign_in(page, "zhuren", PASSWORD)
    page.goto(f"/supervision/petitions/{case.pk}/")
    page.get_by_role("button", name="EN").click()

    path = page.locator("main").inner_text()

    assert path.count("Put before") == 2
    assert "Several sectors" in path and "Accepted" in path
    picture(page, "supervision-zhuren-english", whole=True)
    assert_axe_clean(page)
    page.get_by_role("button", name="中文").click()
    assert page.locator("main").inner_text().count("呈送") == 2
