"""The ordinary way of a petition, walked by its people: taken in, routed, received, answered, served, finished."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from cases.models import Handling, Petition, PetitionClock
from cases.states import ClockCode, HandlingState, Receipt, Routing
from documents.models import Document
from tests.browser.walks import assert_axe_clean, assert_no_sideways_scroll, picture
from tests.browser.ways import (
    CHECKLIST,
    FINDING,
    SERVED,
    as_user,
    case_of,
    do,
    its_people,
    open_deed,
    registered_by_hand,
    serve_all,
)
from tests.cases.given import a_petition

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people():
    return its_people()


def test_a_petition_goes_its_whole_way_in_the_browser(page_desktop, people):
    page, today = page_desktop, timezone.localdate().isoformat()
    petition = registered_by_hand(page)
    assert petition.routing == Routing.REGISTERED

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
    serve_all(page)
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
    do(page, "serve-paper", view="agree", served_on=today, **SERVED)
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
