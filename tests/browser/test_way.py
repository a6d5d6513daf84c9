"""The ordinary way of a petition, walked by its people: routed, received, accepted, answered, served, finished."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from accounts.models import OrganKind
from accounts.roles import Role
from cases.models import Handling, Petition, PetitionClock
from cases.states import ClockCode, HandlingState, Receipt, Routing
from documents.models import Document
from tests.accounts.given import PASSWORD
from tests.browser.walks import assert_axe_clean, assert_no_sideways_scroll, picture, sign_in
from tests.cases.given import a_petition
from tests.given import a_hat, a_user, an_organ, the_petition_office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CHECKLIST = {
    "power_fact": "属于本单位职权范围",
    "pending_fact": "未在其他机关受理",
    "concluded_fact": "未经复核",
    "litigation_fact": "未进入诉讼",
    "route_fact": "无其他法定途径",
}
FINDING = {
    "facts": "经查，该小区 2013 年交付，竣工联合验收未完成。",
    "opinion": "支持您的诉求，督促开发单位限期完成验收。",
    "legal_basis": "《不动产登记暂行条例》第十四条",
    "solved": "限期完成验收并办理登记",
    "explained": "已说明办证需先完成验收",
    "helped": "不涉及",
    "lawful": "已立案督促开发单位",
}


@pytest.fixture
def people():
    """An officer of the district's office, and officer and head of a department."""
    district = an_organ("QZF", kind=OrganKind.LEADING_BODY, name="离石区人民政府", short_name="区政府")
    unit = an_organ("ZJ", name="离石区住房和城乡建设局", short_name="区住建局", next_higher=district)
    office = the_petition_office()
    who = (
        ("xinfang", "李文斌", Role.PETITION_OFFICER, office),
        ("chengban", "郭永强", Role.CASE_OFFICER, unit),
        ("juzhang", "王建军", Role.UNIT_HEAD, unit),
    )
    return {
        username: a_hat(role, organ=organ, user=a_user(name, username=username, password=PASSWORD))
        for username, name, role, organ in who
    }


def as_user(page: Page, username: str) -> Page:
    page.context.clear_cookies()
    sign_in(page, username, PASSWORD)
    return page


def open_deed(page: Page, slug: str, nth: int = 0):
    """Open a deed's form on the case page and return it."""
    form = page.locator(f"form[action*='/{slug}/']").nth(nth)
    details = form.locator("xpath=ancestor::details[contains(@class, 'deed')][1]")
    if details.count() and not details.evaluate("it => it.open"):
        details.locator("> summary").click()
    return form


def fill(form, **values: str) -> None:
    for name, value in values.items():
        field = form.locator(f"[name='{name}']")
        if field.first.get_attribute("type") == "radio":
            form.locator(f"[name='{name}'][value='{value}']").check()
        elif field.first.evaluate("it => it.tagName") == "SELECT":
            choose(field, value)
        else:
            field.fill(value)


def choose(field, value: str) -> None:
    """Choose from a list; where a script made it one that is narrowed by typing, by typing."""
    if field.evaluate("it => it.hidden"):
        typed = field.locator("xpath=preceding-sibling::input")
        typed.fill(value)
        typed.press("Tab")
        assert field.input_value() == value
    else:
        field.select_option(value)


def send(page: Page, form) -> None:
    with page.expect_event("load"):
        form.locator("button[type=submit]").click()


def do(page: Page, slug: str, nth: int = 0, **values: str) -> None:
    form = open_deed(page, slug, nth)
    fill(form, **values)
    send(page, form)


def case_of(page: Page, petition: Petition) -> Page:
    page.goto(f"/petitions/{petition.pk}/")
    return page


def test_a_petition_goes_its_whole_way_in_the_browser(page_desktop, people):
    page, today = page_desktop, timezone.localdate().isoformat()
    petition = a_petition(people["xinfang"], now=timezone.now(), received_at=timezone.now())

    as_user(page, "xinfang")
    case_of(page, petition)
    assert_axe_clean(page)
    do(page, "route", kind="forward", organ="ZJ", reason="属于住建部门职权")
    petition.refresh_from_db()
    assert petition.routing == Routing.ROUTED
    picture(page, "way_routed_1440", whole=True)

    as_user(page, "chengban")
    page.goto("/")
    assert_axe_clean(page)
    picture(page, "unit_work_1440", whole=True)
    with page.expect_event("load"):
        page.locator("form[action*='/sign-for/'] button").click()
    assert Handling.objects.get().receipt == Receipt.RECEIVED
    do(page, "accept", statutory_route="RT6", decided_on=today, **CHECKLIST)
    assert PetitionClock.objects.filter(petition=petition, code=ClockCode.T5).exists()
    do(page, "note-progress", kind="contact", done_on=today, words="电话告知信访人受理情况。")
    do(page, "ask-extension", days="20", reason="涉及多个部门，情况复杂。")

    as_user(page, "xinfang")
    case_of(page, petition)
    assert page.locator("form[action*='/decide-extension/']").count() == 0

    as_user(page, "juzhang")
    case_of(page, petition)
    picture(page, "unit_head_case_1440", whole=True)
    do(page, "decide-extension", decision="approve")
    do(page, "issue-paper")
    assert Document.objects.filter(kind="d11").exclude(issued_at=None).exists()
    assert Document.objects.filter(kind="d05").exclude(issued_at=None).exists()

    as_user(page, "chengban")
    case_of(page, petition)
    served = {"method": "in_person", "served_on": today}
    while page.locator("form[action*='/serve-paper/']").count():
        form = open_deed(page, "serve-paper")
        fill(form, **served)
        send(page, form)
    t3 = PetitionClock.objects.get(petition=petition, code=ClockCode.T3)
    assert t3.met_at is not None
    until = (timezone.localdate() + timedelta(days=30)).isoformat()
    do(page, "find", outcome="support", execution_organ="ZJ", execution_due_on=until, **FINDING)
    do(page, "draft-opinion")

    as_user(page, "juzhang")
    case_of(page, petition)
    open_deed(page, "issue-paper")
    assert "复查" in page.locator(".paper-read").inner_text()
    do(page, "issue-paper")

    as_user(page, "chengban")
    case_of(page, petition)
    picture(page, "way_issued_1440", whole=True)
    do(page, "serve-paper", view="agree", **served)
    handling = Handling.objects.get()
    assert handling.state == HandlingState.EXECUTING
    do(page, "execute", done_on=today, evidence="已完成验收，附验收备案表。")

    as_user(page, "xinfang")
    case_of(page, petition)
    do(page, "finish")
    petition.refresh_from_db()
    handling.refresh_from_db()
    assert (petition.routing, handling.state) == (Routing.FINISHED, HandlingState.EXECUTED)
    # what the page looks up by itself moves what stands below it
    page.wait_for_load_state("networkidle")
    assert_axe_clean(page)
    picture(page, "way_finished_1440", whole=True)
    opinion = page.get_by_role("link", name="信访处理意见书")
    with page.expect_download() as saved:
        opinion.first.click()
    assert saved.value.suggested_filename.endswith(".pdf")


def test_sixty_letters_are_routed_at_one_sitting_by_the_keyboard(page_desktop, people):
    page, now = page_desktop, timezone.now()
    letters = [a_petition(people["xinfang"], now=now, received_at=now) for _letter in range(3)]
    as_user(page, "xinfang")

    page.goto("/petitions/route-next/")
    for _letter in letters:
        before = urlsplit(page.url).path
        form = page.locator("form[action*='/route/']")
        form.locator("[name=kind][value=forward]").focus()
        page.keyboard.press("Space")
        form.get_by_role("combobox", name="单位").focus()
        page.keyboard.type("ZJ")
        form.locator("button[type=submit]").focus()
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url, before=before: urlsplit(url).path != before)

    assert not Petition.objects.filter(routing=Routing.REGISTERED).exists()
    assert urlsplit(page.url).path == "/"


def test_what_was_typed_stays_when_a_deed_is_refused(page_desktop, people):
    page, now = page_desktop, timezone.now()
    petition = a_petition(people["xinfang"], now=now, received_at=now)
    as_user(page, "xinfang")
    case_of(page, petition)

    do(page, "route", kind="assign", organ="ZJ", reason="领导批示")

    form = page.locator("form[action*='/route/']")
    assert form.locator("[name=reason]").input_value() == "领导批示"
    assert form.is_visible()
    petition.refresh_from_db()
    assert petition.routing == Routing.REGISTERED


def test_the_way_fits_a_phone(page_phone, people):
    page, now = page_phone, timezone.now()
    petition = a_petition(people["xinfang"], now=now, received_at=now)
    as_user(page, "xinfang")
    case_of(page, petition)
    do(page, "route", kind="forward", organ="ZJ")

    as_user(page, "chengban")
    page.goto("/")
    assert_no_sideways_scroll(page)
    picture(page, "unit_work_390", whole=True)
    case_of(page, petition)

    assert_no_sideways_scroll(page)
    assert_axe_clean(page)
    picture(page, "unit_case_390", whole=True)


def test_the_way_works_without_scripts(page_without_scripts, people):
    page, now = page_without_scripts, timezone.now()
    petition = a_petition(people["xinfang"], now=now, received_at=now)
    as_user(page, "xinfang")
    case_of(page, petition)

    do(page, "route", kind="forward", organ="ZJ")

    petition.refresh_from_db()
    assert petition.routing == Routing.ROUTED


def test_only_what_the_chosen_way_asks_for_is_shown_and_a_unit_is_found_by_typing(page_desktop, people):
    page, now = page_desktop, timezone.now()
    petition = a_petition(people["xinfang"], now=now, received_at=now)
    as_user(page, "xinfang")
    case_of(page, petition)
    page.locator(".acts a", has_text="分办").click()
    form = page.locator("form[action*='/route/']")

    form.locator("[name=kind][value=keep]").check()
    kept = (form.locator("[name=keep_ground]").is_visible(), form.locator("#id-route-organ").is_visible())
    form.locator("[name=kind][value=forward]").check()
    form.get_by_role("combobox", name="单位").fill("住建")

    assert kept == (True, False)
    assert form.locator("[name=keep_ground]").is_disabled()
    assert form.locator(".combo-list [role=option]").all_inner_texts() == ["ZJ 区住建局部门"]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert form.locator("[name=organ]").input_value() == "ZJ"
