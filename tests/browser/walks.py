"""What every walk through the product needs: signing in, looking for barriers, taking a picture."""

import json
import re
from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
AXE = next((ROOT / "tests" / "vendor").glob("axe-core-*/axe.min.js"))
# A declaration, up to its semicolon or brace, that uses a function Chrome 109 does not know.
COMMENT = re.compile(r"/\*.*?\*/", re.S)
MODERN = re.compile(r"[\w-]+\s*:[^;{}]*\b(?:light-dark|oklch|color-mix)\([^;{}]*;?")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def sign_in(page: Page, username: str, password: str) -> None:
    """Sign in by the form, as in the demo world: without a second factor."""
    page.goto("/sign-in/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", password)
    page.click("form:has([name=password]) [type=submit]")
    page.wait_for_url(lambda url: "/sign-in/" not in url)


def barriers_on(page: Page, *, within: str = "html") -> list[str]:
    """Return every barrier axe finds on the page as it stands, or within one part of it (WCAG 2.2 AA, design §8)."""
    # Evaluated by the debugger: the policy lets no page load a script of another kind.
    page.evaluate(AXE.read_text())
    found = page.evaluate(
        "([within, rules]) => axe.run(within, {runOnly: rules, resultTypes: ['violations']}).then(r => r.violations)",
        [within, RULES],
    )
    return [
        f"{barrier['id']}: {json.dumps(node['target'], ensure_ascii=False)} {node['failureSummary']}"
        for barrier in found
        for node in barrier["nodes"]
    ]


def assert_axe_clean(page: Page, *, within: str = "html") -> None:
    """Fail with every barrier axe finds on the page as it stands; `within` leaves out what a menu lies over."""
    barriers = barriers_on(page, within=within)
    assert not barriers, "\n".join(barriers)


def scrolls_sideways(page: Page) -> bool:
    """Test if the page is wider than its window (design §3)."""
    return bool(page.evaluate("document.documentElement.scrollWidth") > page.viewport_size["width"])


def assert_no_sideways_scroll(page: Page) -> None:
    assert not scrolls_sideways(page)


def picture(page: Page, name: str, *, whole: bool = False) -> Path:
    """Save what is seen to ./screens/, for a person to look at."""
    path = ROOT / "screens" / f"{name}.png"
    page.screenshot(path=path, full_page=whole, animations="disabled")
    return path


def without_modern_colours(page: Page) -> None:
    """Take from every style sheet the declarations an office's old browser would drop (design §2)."""

    def drop(route):
        response = route.fetch()
        route.fulfill(response=response, body=MODERN.sub("", COMMENT.sub("", response.text())))

    page.route("**/*.css", drop)
