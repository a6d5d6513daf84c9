"""Scores as people meet them, wide and narrow, and a unit's appeal walked to the joint conference."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import Page

from accounts.hats import Hat
from accounts.models import OrganKind
from accounts.roles import Role
from scoring.actions import entries
from scoring.catalogue import Evidence
from scoring.models import ScoreEntry
from scoring.states import EntryState, RuleKind
from tests.accounts.given import PASSWORD
from tests.browser.walks import assert_axe_clean, assert_no_sideways_scroll, picture, sign_in
from tests.cases.handling.given import a_unit
from tests.given import a_hat, a_user, an_organ
from tests.scoring.given import Scorers, a_rule, adopted

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MEETINGS = a_rule(
    title="专题会议", kind=RuleKind.HELD, evidence=Evidence.MEETINGS, weight=Decimal(4), target=Decimal(4)
)


def somebody(username: str, name: str, role: Role, **facts: object) -> Hat:
    return a_hat(role, user=a_user(name, username=username, password=PASSWORD), **facts)


@pytest.fixture
def entry() -> ScoreEntry:
    """Two missing meetings of a unit, found by one person of the office and told to the unit by another."""
    now, organ = timezone.now(), a_unit().organ
    conference = an_organ("LXB", kind=OrganKind.JOINT_CONFERENCE_OFFICE, name="区联席会议办公室")
    by = Scorers(
        somebody("kaohe", "孙晓梅", Role.SCORE_OFFICER),
        somebody("zhuren", "张主任", Role.OFFICE_DIRECTOR),
        somebody("lianxi", "周立民", Role.JOINT_CONFERENCE_OFFICER, organ=conference),
    )
    # who told the unit has a step of his own under the entry: another director decides
    somebody("fuzhuren", "李副主任", Role.OFFICE_DIRECTOR)
    somebody("juzhang", "王建军", Role.UNIT_HEAD, organ=organ)
    rules = adopted(MEETINGS, by=by, now=now).now
    found = entries.Found(
        rule_id=rules.rules.get().pk,
        organ_id=organ.pk,
        happened_on=timezone.localdate(now),
        count=2,
        words="核对档案时发现",
    )
    row = entries.propose_entry(found, by=by.officer, now=now)
    entries.notify_unit(row.pk, by=by.director, now=now)
    return row


def at_the_entry(page: Page, username: str, entry: ScoreEntry) -> None:
    page.context.clear_cookies()
    sign_in(page, username, PASSWORD)
    page.goto(f"/scores/entries/{entry.pk}/")


def do(page: Page, slug: str, *, verdict: str = "", **typed: str) -> None:
    """Fill in the form of a deed, send it, and wait for the page that follows."""
    form = page.locator(f"form[action$='/{slug}/']")
    page.locator("details", has=form).locator("summary").click()
    if verdict:
        form.locator(f"[name=verdict][value={verdict}]").check()
    for name, words in typed.items():
        form.locator(f"[name={name}]").fill(words)
    with page.expect_navigation():
        form.locator("[type=submit]").click()


@pytest.mark.parametrize("size", ["page_desktop", "page_phone"])
def test_scores_are_read_wide_and_narrow(entry, size, request):
    page = request.getfixturevalue(size)
    its, rules = f"/scores/entries/{entry.pk}/", f"/scores/rules/{entry.rule.rule_set_id}/"
    walks = {
        "juzhang": ["/scores/", "/scores/units/ZJ/", its, rules, f"/scores/?why={entry.pk}"],
        "kaohe": ["/scores/", "/scores/units/ZJ/", "/scores/months/", "/scores/rules/", "/scores/left-out/"],
        "lianxi": [f"/scores/?why={entry.pk}", its, "/scores/withheld/", f"{rules}replay/"],
    }
    for username, addresses in walks.items():
        page.context.clear_cookies()
        sign_in(page, username, PASSWORD)
        for number, address in enumerate(addresses):
            assert page.goto(address).status == 200, (username, address)
            assert_no_sideways_scroll(page)
            assert_axe_clean(page)
            picture(page, f"scores-{username}-{number}-{size}", whole=True)


def test_an_appeal_is_walked_from_the_unit_to_the_joint_conference(entry, page_desktop):
    page = page_desktop
    at_the_entry(page, "juzhang", entry)
    do(page, "appeal", words="第二季度会议已开，纪要未归档")
    at_the_entry(page, "zhuren", entry)
    assert page.locator("form[action$='/decide-appeal/']").count() == 0
    at_the_entry(page, "fuzhuren", entry)
    do(page, "decide-appeal", verdict="changed", words="一次有纪要，一次没有", points="1")
    at_the_entry(page, "juzhang", entry)
    do(page, "refer", words="另一次的签到表已补交")
    at_the_entry(page, "lianxi", entry)
    do(page, "decide-referral", verdict="cancelled", words="签到表属实")

    row = ScoreEntry.objects.standing().get(pk=entry.pk)
    assert (row.state, row.stands) == (EntryState.CANCELLED, Decimal(0))
    at_the_entry(page, "juzhang", entry)
    steps = page.locator("#steps").inner_text()
    assert "一次有纪要，一次没有" in steps and "签到表属实" in steps
    picture(page, "scores-appeal-ended", whole=True)


def test_a_month_is_closed_handed_out_as_a_workbook_and_printed(page_desktop, tmp_path):
    page, today = page_desktop, timezone.now()
    last = today.replace(day=1) - timedelta(days=1)
    a_unit()
    conference = an_organ("LXB", kind=OrganKind.JOINT_CONFERENCE_OFFICE, name="区联席会议办公室")
    by = Scorers(
        somebody("kaohe", "孙晓梅", Role.SCORE_OFFICER),
        somebody("zhuren", "张主任", Role.OFFICE_DIRECTOR),
        somebody("lianxi", "周立民", Role.JOINT_CONFERENCE_OFFICER, organ=conference),
    )
    adopted(MEETINGS, by=by, now=last.replace(day=1))
    sign_in(page, "kaohe", PASSWORD)
    page.goto("/scores/months/")
    form = page.locator("form[action$='/months/close/']")
    for name, number in (("year", last.year), ("month", last.month)):
        form.locator(f"[name={name}]").fill(str(number))
    with page.expect_navigation():
        form.locator("[type=submit]").click()
    assert page.locator("#units td b").inner_text() == "100.00"
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert_no_sideways_scroll(page)
        assert_axe_clean(page)
        picture(page, f"scores-month-{width}", whole=True)

    out = page.locator("form[action$='/hand-out/']")
    out.locator("[name=note]").fill("送组织部门年度考核参考")
    with page.expect_download() as download:
        out.locator("[type=submit]").click()
    path = tmp_path / "month.xlsx"
    download.value.save_as(path)
    cells = [
        str(cell) for row in load_workbook(path).active.iter_rows(values_only=True) for cell in row if cell
    ]
    assert any("送组织部门年度考核参考" in cell for cell in cells)
    assert {"100.0", "适用单位"} <= set(cells)

    page.emulate_media(media="print")
    assert not page.locator("form[action$='/hand-out/']").is_visible()
    assert page.locator("#units").is_visible()
    picture(page, "scores-month-printed", whole=True)
