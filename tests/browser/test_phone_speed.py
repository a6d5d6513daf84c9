"""How soon a phone's page can be used on a slow network and a slow processor (issue 7)."""

import time

import pytest
from django.utils import timezone

from tests.browser.test_phones import a_phone_owner, ready
from tests.grids.given import a_clerk, a_grid, an_event

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

USABLE = 1.0
# what DevTools call "Slow 4G", and a processor four times slower
SLOW_4G = {"offline": False, "latency": 562.5, "downloadThroughput": 180_000, "uploadThroughput": 84_375}
SLOWER = 4
TRIES = 3


@pytest.fixture
def worker():
    """A worker with fifty open events."""
    now, clerk = timezone.now(), a_clerk()
    grid = a_grid(by=clerk, now=now)
    hat = a_phone_owner(grid, clerk, "aiping")
    for _ in range(50):
        an_event(grid, hat, now=now, keep=True, title="飞线充电")
    return hat


def test_a_later_page_can_be_used_within_a_second_on_a_slow_phone(worker, page_phone, record_property):
    ready(page_phone)
    slow = page_phone.context.new_cdp_session(page_phone)
    slow.send("Network.enable")
    slow.send("Network.emulateNetworkConditions", SLOW_4G)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    took = {}
    for address, usable in (
        ("/mobile/", "[data-events] li >> nth=49"),
        ("/mobile/report/", "form [name=title]"),
        ("/mobile/diary/", "form [name=subject]"),
    ):
        tries = []
        for _ in range(TRIES):
            began = time.perf_counter()
            page_phone.goto(address, wait_until="commit")
            page_phone.wait_for_selector(usable)
            tries.append(time.perf_counter() - began)
        took[address] = min(tries)

    record_property("usable", {address: f"{seconds:.2f} s" for address, seconds in took.items()})
    assert max(took.values()) <= USABLE, took
