"""The ledger as a tool: columns, a view of one's own, ticking with the keys, and a list that is written meanwhile."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.hats import hats_of
from accounts.models import User
from accounts.roles import Role
from cases.exports.sweeps import carry_on_exports
from cases.models import LedgerExport, Petition, SavedView, Urging
from tests.accounts.given import PASSWORD
from tests.browser.walks import assert_axe_clean, assert_no_sideways_scroll, picture, sign_in
from tests.cases.given import a_petition
from tests.cases.handling.given import Case, Unit, a_unit, routed
from tests.given import a_hat, a_user, the_petition_office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ledger(page_desktop: Page) -> Page:
    """The ledger of an officer with five petitions."""
    officer = a_hat(
        Role.PETITION_OFFICER,
        organ=the_petition_office(),
        user=a_user("李文斌", username="xinfang", password=PASSWORD),
    )
    a_unit()
    for number in range(5):
        now = timezone.now() - timedelta(days=number, hours=1)
        a_petition(officer, now=now, received_at=now, title=f"第 {number + 1} 件：永宁花园购房多年未办证")
    page = page_desktop
    sign_in(page, "xinfang", PASSWORD)
    page.goto("/petitions/")
    return page


def test_rows_are_ticked_with_x_counted_and_let_go_with_escape(ledger):
    bar = ledger.locator("[data-chosen]")
    expect(bar.get_by_role("button", name="分办")).to_be_disabled()

    for key in ("j", "x", "j", "x"):
        ledger.keyboard.press(key)
    expect(bar).to_contain_text("已选 2 件")
    assert_axe_clean(ledger)
    picture(ledger, "ledger_chosen")

    ledger.keyboard.press("Escape")
    expect(bar).to_contain_text("请勾选信访件")
    assert ledger.locator("input[name='picked']:checked").count() == 0


def test_c_urges_the_unit_of_the_row_the_keys_stand_on_after_asking_what_for(ledger):
    first = Petition.objects.order_by("next_due_at").first()
    officer = next(hat for hat in hats_of(User.objects.get(username="xinfang"), on=timezone.localdate()))
    office = Unit(the_petition_office(), officer, officer)
    routed(Case(first, office, a_unit()), now=timezone.now())
    ledger.reload()

    row = ledger.get_by_role("row").filter(has_text=first.number)
    while row.get_attribute("aria-selected") != "true":
        ledger.keyboard.press("j")
    ledger.keyboard.press("c")
    expect(ledger.get_by_role("heading", name="催办")).to_be_visible()
    assert not Urging.objects.exists()
    ledger.get_by_label("催办理由").fill("请报进展，C 与 N 在此只是字母")
    ledger.get_by_role("button", name="对这 1 件办理").click()

    expect(ledger.get_by_text("已催办。")).to_be_visible()
    assert Urging.objects.get().handling.petition_id == first.pk


def test_ticked_rows_are_shown_before_they_are_routed(ledger):
    ledger.get_by_label("全选本页").check()
    ledger.locator("[data-chosen]").get_by_role("button", name="分办").click()

    expect(ledger.get_by_text("5 件等待此项办理")).to_be_visible()
    assert_axe_clean(ledger)
    picture(ledger, "chosen")


def test_columns_are_chosen_and_a_view_is_saved(ledger):
    ledger.get_by_text("列", exact=True).click()
    ledger.get_by_label("内容分类").check()
    ledger.get_by_role("button", name="显示这些列").click()
    expect(ledger.get_by_role("columnheader", name="内容分类")).to_be_visible()

    ledger.get_by_role("link", name="存为视图").click()
    ledger.get_by_label("名称").fill("本季来信")
    assert_axe_clean(ledger)
    ledger.get_by_role("button", name="保存视图").click()

    expect(ledger.get_by_role("link", name="本季来信")).to_contain_text("5")
    assert SavedView.objects.count() == 1
    picture(ledger, "ledger_view")


def test_a_list_is_written_while_one_looks_elsewhere_and_then_saved(ledger):
    ledger.get_by_role("link", name="导出 Excel").click()
    ledger.get_by_label("用途").select_option("meeting")
    assert_axe_clean(ledger)
    ledger.get_by_role("button", name="生成文件").click()
    expect(ledger.get_by_text("可以离开本页")).to_be_visible()
    address = ledger.url
    ledger.goto("/petitions/")
    carry_on_exports(clock=timezone.now)

    ledger.goto(address)
    with ledger.expect_download() as download:
        ledger.get_by_role("button", name="保存文件").click()

    assert download.value.suggested_filename == LedgerExport.objects.get().file.name


def test_the_printed_list_is_a_page_of_its_own(ledger):
    ledger.locator(".pt-head").get_by_role("button", name="打印").click()

    expect(ledger.get_by_role("heading", level=1)).to_contain_text("信访台账（全部在办）")
    ledger.emulate_media(media="print")
    expect(ledger.get_by_role("button", name="打印")).to_be_hidden()
    picture(ledger, "ledger_printed")


@pytest.mark.parametrize("width", [390, 1366])
def test_the_ledger_fits(ledger, width):
    ledger.set_viewport_size({"width": width, "height": 800})
    ledger.reload()

    assert_no_sideways_scroll(ledger)
    picture(ledger, f"ledger_{width}")


def test_the_preview_follows_the_keys_beside_the_list(ledger):
    ledger.keyboard.press("j")
    pane = ledger.locator("[data-pane]")
    expect(pane).to_contain_text("LS2026-000005")
    ledger.keyboard.press("j")
    expect(pane).to_contain_text("LS2026-000004")

    assert_axe_clean(ledger)
    assert_no_sideways_scroll(ledger)
    picture(ledger, "ledger_preview")
