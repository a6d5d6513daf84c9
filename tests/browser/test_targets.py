"""What a thumb is to hit on a leader's and a grid worker's telephone is 44 pixels high (design §10)."""

import pytest
from django.urls import reverse

from tests.accounts.given import PASSWORD
from tests.browser.test_leaders import case  # noqa: F401  the leader's world
from tests.browser.test_phones import world  # noqa: F401  the grid worker's
from tests.browser.test_receptions import a_world
from tests.browser.walks import assert_axe_clean, assert_no_sideways_scroll, picture, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Whatever can be hit and is lower than a thumb, with all that folds unfolded. A link inside a sentence is as high as
# its line, and a box to tick is hit by its label.
TOO_LOW = """
    () => {
        for (const one of document.querySelectorAll("main details")) one.open = true;
        const hit = "main :is(a, button, select, textarea, summary, input:not([type=hidden])), .tabbar a, .thumb .btn";
        const inASentence = (one) => one.matches("a") && getComputedStyle(one).display === "inline"
            && [...one.parentElement.childNodes].some((beside) => beside.nodeType === 3 && beside.textContent.trim());
        const box = (one) => one.matches("[type=checkbox], [type=radio], .visually-hidden") && one.labels[0] || one;
        return [...document.querySelectorAll(hit)]
            .filter((one) => one.checkVisibility() && !inASentence(one))
            .map((one) => [Math.round(box(one).getBoundingClientRect().height), one])
            .filter(([height]) => height < 44)
            .map(([height, one]) => `${height} ${one.outerHTML.slice(0, 90)}`);
    }
"""


def low_ones(page, addresses):
    """Return what is too low on some pages, by their addresses."""
    found = {}
    for name, address in addresses.items():
        page.goto(address)
        assert_no_sideways_scroll(page)
        assert_axe_clean(page)
        picture(page, f"targets-{name}", whole=True)
        found[name] = page.evaluate(TOO_LOW)
    return {name: low for name, low in found.items() if low}


def test_a_leaders_pages_are_hit_by_a_thumb(case, page_phone):  # noqa: F811
    sign_in(page_phone, "lingdao", PASSWORD)

    low = low_ones(
        page_phone,
        {
            "home": "/",
            "instructed": reverse("leadership:instructed", args=[case.pk]),
            "sponsored": reverse("leadership:sponsored", args=[case.pk]),
            "case": reverse("cases:petition", args=[case.pk]),
            "heard": reverse("leadership:heard", args=[case.pk]),
            "instructions": reverse("leadership:instructions"),
            "receptions": reverse("leadership:receptions"),
            "brief": reverse("leadership:brief"),
            "notices": reverse("notices:inbox"),
        },
    )

    assert low == {}


def test_the_roster_and_a_days_queue_are_hit_by_a_thumb(page_phone):
    _case, day, trip, _station = a_world()
    sign_in(page_phone, "juzhang", PASSWORD)

    low = low_ones(
        page_phone,
        {
            "roster": reverse("leadership:roster_month", args=[f"{day.day:%Y-%m}"]),
            "duty-day": reverse("leadership:duty_day", args=[day.pk]),
            "trip": reverse("leadership:trip", args=[trip.pk]),
            "stations": reverse("leadership:stations"),
        },
    )

    assert low == {}


def test_a_grid_workers_pages_are_hit_by_a_thumb(world, page_phone):  # noqa: F811
    grid, _worker, event = world
    sign_in(page_phone, "aiping", PASSWORD)

    low = low_ones(
        page_phone,
        {
            "mobile-today": reverse("mobile:today"),
            "mobile-report": reverse("mobile:report"),
            "mobile-rounds": reverse("mobile:rounds"),
            "mobile-waiting": reverse("mobile:waiting"),
            "mobile-diary": reverse("mobile:diary"),
            "conflicts": reverse("mobile:conflicts"),
            "events": reverse("grids:events"),
            "event": reverse("grids:event", args=[event.pk]),
            "grid": reverse("grids:grid", args=[grid.pk]),
            "rounds": reverse("grids:rounds"),
            "gatherings": reverse("grids:gatherings"),
        },
    )

    assert low == {}
