"""The map of grids as a browser draws it: from the page alone, with a list that says the same."""

import json

import pytest
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from grids.actions.boundaries import upload_boundaries
from grids.map_states import CoordinateSystem
from tests.accounts.given import PASSWORD
from tests.browser.walks import assert_axe_clean, assert_no_sideways_scroll, picture, sign_in
from tests.grids.given import a_clerk, a_grid, a_worker, an_event
from tests.grids.test_map import HERE_IT_IS, feature, square

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def clerk():
    """Somebody who keeps two grids with a boundary; in one an event is open and says where it is."""
    now = timezone.now()
    clerk = a_clerk()
    clerk.user.username, clerk.user.password = "zhuangan", make_password(PASSWORD)
    clerk.user.save(update_fields=["username", "password"])
    one, _two = (a_grid(code, by=clerk, now=now) for code in ("YN01", "YN02"))
    an_event(one, a_worker(one, by=clerk), now=now, location=HERE_IT_IS)
    said = {"type": "FeatureCollection", "features": [feature("YN01"), feature("YN02", square(111.147))]}
    upload_boundaries(json.dumps(said).encode(), system=CoordinateSystem.WGS84, by=clerk, now=now)
    return clerk


def test_the_map_is_drawn_from_the_page_alone_and_leads_to_the_ledger(clerk, page_desktop):
    sign_in(page_desktop, "zhuangan", PASSWORD)
    for width in (1440, 390):
        page_desktop.set_viewport_size({"width": width, "height": 844})
        page_desktop.goto("/grids/map/")
        page_desktop.wait_for_selector(".grid-count")
        assert page_desktop.locator(".grid-shape").count() == 2
        assert page_desktop.locator(".grid-shape.some").count() == 1
        assert page_desktop.locator(".event-spot").count() == 1
        assert_no_sideways_scroll(page_desktop)
        assert_axe_clean(page_desktop)
        picture(page_desktop, f"map-{width}", whole=True)
    page_desktop.locator(".event-spot").click()
    page_desktop.wait_for_url("**/grids/events/*/")


def test_without_scripts_the_list_says_the_same(clerk, page_desktop, browser, live_server):
    sign_in(page_desktop, "zhuangan", PASSWORD)
    kept = page_desktop.context.storage_state()
    plain = browser.new_context(base_url=live_server.url, java_script_enabled=False, storage_state=kept)
    page = plain.new_page()
    page.goto("/grids/map/")

    assert page.locator("noscript").is_visible()
    page.click("table.dense a >> nth=0")
    assert page.locator("table.dense tbody tr").count() == 1
    plain.close()
