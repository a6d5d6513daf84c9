"""A superior's list compared and signed in the browser, at the three widths and without scripts (Q43)."""

import pytest

from accounts.roles import Role
from cases.actions.reconciling import explain_differences
from cases.models import Reconciliation
from tests.accounts.given import PASSWORD
from tests.browser.walks import assert_axe_clean, assert_no_sideways_scroll, picture, sign_in
from tests.cases.imports.given import an_xlsx
from tests.cases.reconciling.given import LATER, a_listed, reconciled, seen, sent_down, worked
from tests.given import a_hat, a_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = (1440, 1366, 390)
DIFFERS = {"办理期限": "2026-04-01", "办理状态": "已办结", "承办单位": "吕梁市离石区住房和城乡建设局"}


@pytest.fixture
def officer():
    return a_hat(Role.PETITION_OFFICER, user=a_user(username="jingban", password=PASSWORD))


def test_q43_the_differences_are_read_at_every_width_and_have_no_barriers(page_desktop, officer):
    sent_down("LL-2026-0001")
    sent_down("LL-2026-0002")
    rows = [
        a_listed("LL-2026-0001", **DIFFERS),
        a_listed("LL-2026-0009"),
        a_listed("LL-2026-0010", 转送日期="上月"),
    ]
    one = reconciled(*rows, by=officer)
    key = seen(one, officer)[0].key
    said = "市局已于 3 月 1 日改期，来函吕信函〔2026〕12 号；办结状态待对方更正，承办单位以转送函为准。"
    explain_differences(one.pk, differences=[key], explanation=said, by=officer, now=LATER)
    page = page_desktop
    sign_in(page, "jingban", PASSWORD)

    for name, address in (("list", "/reconciliations/"), ("one", f"/reconciliations/{one.pk}/")):
        page.goto(address)
        assert_axe_clean(page)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 844 if width < 700 else 900})
            picture(page, f"reconciling-{name}-{width}", whole=True)
            assert_no_sideways_scroll(page)


def test_q43_without_scripts_a_list_is_compared_explained_and_signed(page_without_scripts, officer, tmp_path):
    path = tmp_path / "上级清单.xlsx"
    path.write_bytes(an_xlsx(a_listed("LL-2026-0009")).read())
    page = page_without_scripts
    sign_in(page, "jingban", PASSWORD)

    page.goto("/reconciliations/")
    page.fill("[name=from_on]", "2026-02-01")
    page.fill("[name=to_on]", "2026-02-28")
    page.set_input_files("[name=upload]", path)
    page.click("form:has([name=upload]) [type=submit]")
    worked()
    page.click("noscript a, a:has-text('2026-02-01')")
    page.check("[name=differences]")
    page.fill("[name=explanation]", "市局已转他区，清单未改。")
    page.click("form:has([name=explanation]) [type=submit]")
    page.click("form[action$='/sign/'] [type=submit]")

    assert "签字确认" in page.inner_text("main")
    assert Reconciliation.objects.get().signer == officer.user
