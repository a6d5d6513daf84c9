"""The petitioner on a telephone of 320 pixels: looks his petition up, rates, asks for letters, reports pressure."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from cases.actions.people import reissue_code
from cases.models import LetterWish, PetitionRating
from cases.states import Outcome
from leadership.models import PressureReport
from tests.browser.walks import assert_axe_clean, assert_no_sideways_scroll, picture
from tests.cases.handling import given
from tests.given import a_hat

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def served():
    """A petition whose reply was handed over, with its query code."""
    now = timezone.now()
    case = given.served(given.opinion_issued(now=now, outcome=Outcome.NOT_SUPPORT), now=now)
    _petition, code = reissue_code(case.pk, by=a_hat(Role.REGISTRAR), now=now)
    return case, code


def looked_up(page, case, code):
    page.goto(reverse("portal:entry"))
    page.fill("[name=number]", case.petition.number)
    page.fill("[name=code]", code)
    page.click("form:has([name=code]) [type=submit]")
    page.wait_for_selector("#rate")


def goes_through(page, case, name):
    """Rate office and unit apart, be refused once, ask for large print, report pressure."""
    unit = f"#rate form:has([name=of][value='{case.handling_id}'])"
    office = "#rate form:has([name=of][value=office])"
    assert page.locator("#rate input:checked").count() == 0
    page.click(f"{unit} label:has([value=dissatisfied])")
    page.click(f"{unit} [type=submit]")
    page.wait_for_selector(f"{unit} [aria-invalid=true]")
    assert_no_sideways_scroll(page)
    assert_axe_clean(page)
    page.fill(f"{unit} [name=reason]", "没有人上门看过")
    page.click(f"{unit} [type=submit]")
    page.wait_for_selector("[role=status]")
    page.click(f"{office} label:has([value=satisfied])")
    page.click(f"{office} [type=submit]")
    page.wait_for_selector(f"{office} [value=satisfied]:checked", state="attached")
    page.click("#letters summary")
    page.check("#letters [value=large_print]")
    page.click("#letters [type=submit]")
    page.wait_for_selector("[role=status]")
    page.click("#pressure summary")
    page.check(f"#pressure [value='{case.unit.organ.code}']")
    page.fill("#pressure [name=words]", "打电话让我改成满意")
    picture(page, f"petitioners_page_{name}_320", whole=True)
    page.click("#pressure [type=submit]")
    page.wait_for_selector("[role=status]")
    assert_no_sideways_scroll(page)
    assert case.petition.number not in page.url
    assert dict(PetitionRating.objects.standing().values_list("organ__code", "value")) == {
        case.unit.organ.code: "dissatisfied",
        case.office.organ.code: "satisfied",
    }
    assert LetterWish.objects.filter(ended_at=None).get().form == "large_print"
    assert PressureReport.objects.get().addressee == case.office.organ


def test_the_petitioner_looks_up_rates_and_reports_on_a_small_telephone(page_desktop, served):
    case, code = served
    page = page_desktop
    page.set_viewport_size({"width": 320, "height": 640})
    looked_up(page, case, code)
    assert_no_sideways_scroll(page)
    assert_axe_clean(page)

    goes_through(page, case, "zh")


def test_without_scripts_it_is_all_the_same(page_without_scripts, served):
    case, code = served
    looked_up(page_without_scripts, case, code)
    unit = f"#rate form:has([name=of][value='{case.handling_id}'])"

    page_without_scripts.click(f"{unit} label:has([value=basically])")
    page_without_scripts.click(f"{unit} [type=submit]")

    page_without_scripts.wait_for_selector("[role=status]")
    assert PetitionRating.objects.standing().get().value == "basically"
