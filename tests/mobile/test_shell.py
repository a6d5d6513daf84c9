"""The pages a phone keeps for itself: the same for everybody, complete, light, and renewed as one."""

import gzip
import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils.translation import override

from mobile import shell
from tests.cases.browsers import signed_in
from tests.grids.given import a_clerk, a_grid, a_worker, an_event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday", "shelf")]

PAGES = (
    "/mobile/",
    "/mobile/report/",
    "/mobile/update/",
    "/mobile/waiting/",
    "/mobile/rounds/",
    "/mobile/diary/",
)
MODULES = Path("static/js/mobile")
IMPORTED = re.compile(r'from "(\.[^"]+)"')


def content_of(address: str) -> bytes:
    """Return what lies at a kept address, as a server gives it out."""
    if not address.startswith("/static/"):
        return Client().get(address).content
    return Path(finders.find(address.removeprefix("/static/"))).read_bytes()


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.django_db(transaction=True)
def test_a_page_is_the_same_for_everybody_and_holds_nothing_of_anybody(address):
    grid = a_grid(by=a_clerk())
    worker = a_worker(grid)
    an_event(grid, worker, keep=True)

    opened, own = Client().get(address), signed_in(worker).get(address)
    assert opened.status_code == 200 and opened.content == own.content
    assert worker.user.name not in own.content.decode() and "杂物" not in own.content.decode()


def test_without_scripts_a_page_leads_to_the_ordinary_ones():
    assert 'href="/grids/events/"' in Client().get("/mobile/").content.decode()


def test_the_worker_keeps_every_page_and_every_script_that_one_of_them_imports():
    kept = set(shell.kept_addresses())
    imported = {
        f"/{(path.parent / name).resolve().relative_to(Path.cwd())}"
        for path in MODULES.glob("*.js")
        for name in IMPORTED.findall(path.read_text())
    }
    assert imported and imported <= kept
    assert {f"/static/js/mobile/{path.name}" for path in MODULES.glob("*.js")} <= kept
    assert set(PAGES) <= kept
    answer = Client().get("/mobile/worker.js")
    assert answer["Content-Type"] == "text/javascript"
    assert json.dumps(shell.kept_addresses()) in answer.content.decode()


def test_the_first_visit_weighs_less_than_300_kilobytes_and_a_page_less_than_50():
    weights = {address: len(gzip.compress(content_of(address))) for address in shell.kept_addresses()}
    assert sum(weights.values()) <= 300_000, weights
    assert max(weights[address] for address in PAGES) <= 50_000


def test_a_new_language_or_a_new_page_is_a_new_version(tmp_path, settings):
    shell.version.cache_clear()
    chinese = shell.version("zh-hans")
    assert chinese == shell.version("zh-hans") != shell.version("en")
    with override("en"):
        assert shell.version("en") not in Client().get("/mobile/worker.js").content.decode()
    (tmp_path / "mobile").mkdir()
    (tmp_path / "mobile" / "_photos.html").write_text("later")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]
    shell.version.cache_clear()
    later = shell.version("zh-hans")
    shell.version.cache_clear()
    assert later != chinese


def test_the_phone_can_put_the_pages_on_its_first_screen():
    answer = Client().get("/mobile/manifest.json")
    assert answer["Content-Type"] == "application/manifest+json"
    assert (answer.json()["start_url"], answer.json()["scope"]) == ("/mobile/", "/mobile/")
    assert 'rel="manifest"' in Client().get("/mobile/").content.decode()
