"""What a leader's telephone is sent once it has been there: no more than 150 kB a page."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page

from tests.accounts.given import PASSWORD
from tests.browser.test_leaders import case
from tests.browser.walks import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

__all__ = ["case"]
MOST = 150_000


@contextmanager
def received_by(page: Page) -> Iterator[list[int]]:
    """Collect how many bytes come over the wire, heads and compressed bodies, what the browser keeps left out."""
    sizes: list[int] = []
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    yield sizes
    network.detach()


def test_after_the_first_visit_a_leaders_pages_are_light(case, page_phone):
    sign_in(page_phone, "lingdao", PASSWORD)
    addresses = ["/", f"/petitions/{case.pk}/", f"/instructions/petitions/{case.pk}/"]
    for address in addresses:
        page_phone.goto(address, wait_until="networkidle")

    for address in addresses:
        with received_by(page_phone) as sizes:
            page_phone.goto(address, wait_until="networkidle")
        assert 0 < sum(sizes) <= MOST, f"{address}: {sum(sizes)} bytes in {len(sizes)} answers"
