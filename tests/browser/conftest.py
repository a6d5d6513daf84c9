"""A real Chromium on the running product. A page that breaks the policy or makes a mistake fails its test."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    sync_playwright,
)
from pytest_django.live_server_helper import LiveServer

from tests.chromium import chromium

# Playwright keeps an event loop in this thread; Django would take every query for a mistake.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# What a page was answered is the test's own business; what it tried against the policy is ours.
EXPECTED = ("Failed to load resource",)
REPORT_VIOLATIONS = """
    document.addEventListener("securitypolicyviolation", (event) =>
        console.error(`policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`));
"""


@dataclass
class Watch:
    """Collects what no page may do."""

    origin: str
    wrong: list[str] = field(default_factory=list)

    def over(self, page: Page) -> Page:
        page.add_init_script(REPORT_VIOLATIONS)
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.wrong.append(f"error in a script: {error}"))
        page.on("request", self._asked)
        page.on("response", self._answered)
        return page

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(EXPECTED):
            self.wrong.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.origin, "data:", "blob:", "about:")):
            self.wrong.append(f"asked elsewhere: {request.url}")

    def _answered(self, response: Response) -> None:
        missing = response.status == 404 and "/static/" in response.url
        if missing or response.status >= 500:
            self.wrong.append(f"{response.status}: {response.url}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield running
        running.close()


@pytest.fixture(autouse=True)
def without_second_factor(settings: Any) -> None:
    """Sign-in as in the demo world; the second factor has its own tests."""
    settings.DEMO = True
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def watch(live_server: LiveServer) -> Iterator[Watch]:
    watching = Watch(live_server.url)
    yield watching
    assert watching.wrong == []


def _context(
    browser: Browser, live_server: LiveServer, width: int, height: int, **more: Any
) -> BrowserContext:
    context = browser.new_context(
        viewport={"width": width, "height": height},
        base_url=live_server.url,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        **more,
    )
    context.set_default_timeout(10_000)
    return context


@pytest.fixture
def page_desktop(browser: Browser, live_server: LiveServer, watch: Watch) -> Iterator[Page]:
    with _context(browser, live_server, 1440, 900) as context:
        yield watch.over(context.new_page())


@pytest.fixture
def page_1366(browser: Browser, live_server: LiveServer, watch: Watch) -> Iterator[Page]:
    with _context(browser, live_server, 1366, 768) as context:
        yield watch.over(context.new_page())


@pytest.fixture
def page_phone(browser: Browser, live_server: LiveServer, watch: Watch) -> Iterator[Page]:
    with _context(browser, live_server, 390, 844, has_touch=True, is_mobile=True) as context:
        yield watch.over(context.new_page())


@pytest.fixture
def page_without_scripts(browser: Browser, live_server: LiveServer, watch: Watch) -> Iterator[Page]:
    with _context(browser, live_server, 1440, 900, java_script_enabled=False) as context:
        yield watch.over(context.new_page())
