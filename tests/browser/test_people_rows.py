"""The people's rows at the window: readable at every width, numbers to compare after a fault, a sheet read in."""

import pytest

from accounts.roles import Role
from cases.models import Petition
from tests.accounts.given import PASSWORD
from tests.browser.test_registering import ID_NUMBER, at_the_form, write_a_letter
from tests.browser.walks import assert_axe_clean, assert_no_sideways_scroll, picture
from tests.cases.given import a_workbook
from tests.given import a_hat, a_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = (390, 1366, 1440)
# Wider than its box is what a select shows of its longest choice.
IS_CUT = """select => {
    const copy = select.cloneNode(true);
    copy.style.width = 'max-content';
    copy.style.position = 'absolute';
    select.parentElement.append(copy);
    const needed = copy.offsetWidth;
    copy.remove();
    return needed > select.offsetWidth;
}"""


@pytest.fixture(autouse=True)
def registrar():
    return a_hat(Role.REGISTRAR, user=a_user(username="dengji", password=PASSWORD))


@pytest.mark.parametrize("width", WIDTHS)
def test_a_role_is_read_whole_at_every_width(page_desktop, width):
    page = at_the_form(page_desktop)

    page.set_viewport_size({"width": width, "height": 900})

    picture(page, f"people-rows-{width}", whole=True)
    assert not page.eval_on_selector("[name=people-0-role]", IS_CUT)
    assert_no_sideways_scroll(page)


def test_numbers_stay_readable_after_a_fault_and_are_covered_once_saved(page_desktop):
    page = at_the_form(page_desktop)
    write_a_letter(page)
    page.fill("[name=people-0-id_number]", ID_NUMBER)
    page.fill("[name=title]", "")

    page.keyboard.press("Control+Enter")
    page.wait_for_selector("[data-errsum]")
    after_a_fault = [page.get_attribute(f"[name=people-0-{name}]", "type") for name in ("id_number", "phone")]
    page.goto(page.url)
    once_saved = page.get_attribute("[name=people-0-id_number]", "type")

    assert after_a_fault == ["text", "text"]
    assert once_saved == "password"


def test_a_group_is_asked_for_its_list_until_a_sheet_is_read_in(page_desktop):
    page = at_the_form(page_desktop)
    write_a_letter(page)
    page.check("[name=channel][value=visit]", force=True)
    page.fill("[name=petitioner_count]", "12")
    asked = page.is_visible("[data-asks-for-names]")
    sheet = a_workbook(["姓名", "身份证号"], ["李梅", ""], ["王芳", "110101199003070012"])

    page.click("details:has([name=name_list]) > summary")
    page.set_input_files(
        "[name=names_file]",
        {"name": sheet.name, "mimeType": "application/octet-stream", "buffer": sheet.read()},
    )
    page.click("[value=upload_names]")
    page.wait_for_selector("[data-bad-rows]")

    picture(page, "names-read", whole=True)
    assert asked and not page.is_visible("[data-asks-for-names]")
    assert page.input_value("[name=name_list]") == "李梅"
    assert page.input_value("[name=rows_to_correct]").startswith("3. 王芳")
    assert_axe_clean(page)
    assert not Petition.objects.exists()
