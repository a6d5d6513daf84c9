"""A grid worker's phone without a signal: what was written is kept, sealed, and arrives once."""

import json
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page

from grids.actions import handling
from grids.event_states import EventState
from grids.models import DiaryNote, EventMove, EventPhoto, GridEvent, Round
from mobile import shell
from mobile.models import Receipt
from tests.accounts.given import PASSWORD
from tests.browser.walks import assert_axe_clean, assert_no_sideways_scroll, picture, sign_in
from tests.grids.given import a_clerk, a_grid, a_plan, a_worker, an_event

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SAID = "三号楼二单元楼道堆放杂物"
EVERYTHING_KEPT = """
async () => {
    const found = [];
    const asText = (_name, value) => value instanceof ArrayBuffer ? new TextDecoder().decode(value) : value;
    for (const { name } of await indexedDB.databases()) {
        const db = await new Promise((done) => { indexedDB.open(name).onsuccess = (e) => done(e.target.result); });
        for (const store of db.objectStoreNames) {
            const rows = await new Promise((done) => {
                db.transaction(store).objectStore(store).getAll().onsuccess = (e) => done(e.target.result);
            });
            found.push(...rows.map((row) => [name, store, JSON.stringify(row, asText), row.key instanceof CryptoKey]));
        }
        db.close();
    }
    return found;
}
"""


def a_phone_owner(grid, clerk, username: str, **facts):
    hat = a_worker(grid, by=clerk, **facts)
    hat.user.username = username
    hat.user.password = make_password(PASSWORD)
    hat.user.save(update_fields=["username", "password"])
    return hat


@pytest.fixture
def world():
    """A grid with one open event, and two workers who may hold the same phone."""
    now = timezone.now()
    clerk = a_clerk()
    grid = a_grid(by=clerk, now=now)
    worker = a_phone_owner(grid, clerk, "aiping")
    a_phone_owner(grid, clerk, "guilan", patch="2号楼")
    event = an_event(grid, worker, now=now, keep=True, title="飞线充电")
    return grid, worker, event


KEEPS_ITS_PAGES = """
() => new Promise((done) => {
    if (navigator.serviceWorker.controller) done(true);
    else navigator.serviceWorker.addEventListener("controllerchange", () => done(true), { once: true });
})
"""
ANOTHER_VERSION = """
async (before) => {
    for (let tries = 0; tries < 100; tries += 1) {
        const now = await caches.keys();
        if (now.length === 1 && now[0] !== before) return true;
        await new Promise((done) => { setTimeout(done, 100); });
    }
    return false;
}
"""
# the browser's own sending would pass a test's routes by
ONLY_THE_PAGE_SENDS = "delete ServiceWorkerRegistration.prototype.sync"


def ready(page: Page, username: str = "aiping") -> None:
    """Sign in and wait until the phone carries its day and keeps its pages."""
    page.context.add_init_script(ONLY_THE_PAGE_SENDS)
    sign_in(page, username, PASSWORD)
    page.goto("/mobile/")
    page.wait_for_selector("text=飞线充电")
    page.evaluate(KEEPS_ITS_PAGES)


def writes_a_report(page: Page, *, keep: bool = False) -> None:
    """Write a report by the form of the phone and put it into the queue."""
    page.goto("/mobile/report/")
    page.click("label:has([name=ledger][value=petition])")
    page.select_option("[name=type]", index=1)
    page.click("label:has([name=names_cadre][value=no])")
    page.fill("[name=title]", "楼道杂物")
    page.fill("[name=text]", SAID)
    if keep:
        page.click("label:has([name=keep])")
    page.click("form [type=submit]")
    page.wait_for_url("**/mobile/waiting/")


def waiting(page: Page) -> int:
    """Return how many submissions lie in all queues of the phone."""
    return sum(store == "queue" for _name, store, _row, _key in page.evaluate(EVERYTHING_KEPT))


def arrived(page: Page, many: int) -> None:
    """Wait until the queue is empty, and find so many receipts."""
    page.wait_for_selector("[data-nothing]:visible")
    assert waiting(page) == 0
    assert Receipt.objects.count() == many


def test_what_is_written_without_a_signal_is_kept_sealed_survives_the_tab_and_arrives_once(
    world, page_phone, watch
):
    _grid, _worker, _event = world
    ready(page_phone)
    phone = page_phone.context
    phone.set_offline(True)
    page_phone.goto("/mobile/")
    page_phone.wait_for_selector("[data-signal]:visible")
    writes_a_report(page_phone)
    assert waiting(page_phone) == 1
    kept = json.dumps(page_phone.evaluate(EVERYTHING_KEPT), ensure_ascii=False)
    assert "杂物" not in kept and "飞线" not in kept

    page_phone.close()
    again = watch.over(phone.new_page())
    again.goto("/mobile/waiting/")
    again.wait_for_selector("text=楼道杂物")
    assert Receipt.objects.count() == 0
    phone.set_offline(False)
    again.evaluate("window.dispatchEvent(new Event('online'))")
    arrived(again, 1)
    event = GridEvent.objects.get(title="楼道杂物")
    assert event.text == SAID and event.observed_at <= event.received_at


def test_a_draft_and_its_picture_survive_the_tab_and_the_picture_comes_without_its_maker(
    world, page_phone, watch, tmp_path
):
    _grid, _worker, event = world
    ready(page_phone)
    shot = a_large_picture(tmp_path)
    page_phone.goto(f"/mobile/update/#{event.pk}")
    page_phone.fill("[name=words]", "已拔掉插座")
    page_phone.click("label:has([name=kind][value=settle])")
    page_phone.set_input_files("[data-camera]", shot)
    page_phone.wait_for_selector("[data-shots] img")
    phone = page_phone.context
    page_phone.close()

    again = watch.over(phone.new_page())
    again.goto(f"/mobile/update/#{event.pk}")
    again.wait_for_selector("[data-shots] img")
    assert again.input_value("[name=words]") == "已拔掉插座"
    assert_axe_clean(again)
    again.click("form [type=submit]")
    again.wait_for_url("**/mobile/waiting/")
    arrived(again, 1)
    event.refresh_from_db()
    stored = EventPhoto.objects.get().file
    with stored_picture(stored) as sent:
        assert max(sent.size) == 1600 and not sent.getexif()
    assert event.state == EventState.FED_BACK


def a_large_picture(folder: Path) -> Path:
    path = folder / "现场.jpg"
    large = Image.new("RGB", (3200, 2400), "red")
    exif = large.getexif()
    exif[0x010F] = "PhoneMaker"
    large.save(path, "JPEG", exif=exif)
    return path


def stored_picture(file):
    return Image.open(Path(django_settings.STORAGES["default"]["OPTIONS"]["location"]) / file.path)


def test_when_the_answer_is_lost_after_the_server_wrote_it_is_sent_again_and_there_once(world, page_phone):
    ready(page_phone)
    lost, losing = set(), ["it"]

    def lose(route):
        if route.request.method == "POST" and losing:
            lost.add(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    page_phone.context.route("**/mobile/sync/", lose)
    writes_a_report(page_phone)
    page_phone.wait_for_selector("[data-signal]:visible")
    assert lost == {200} and Receipt.objects.count() == 1 and waiting(page_phone) == 1

    losing.clear()
    page_phone.click("[data-send]")
    arrived(page_phone, 1)
    assert GridEvent.objects.filter(title="楼道杂物").count() == 1


def test_a_report_and_its_first_step_are_both_written_without_a_signal(world, page_phone):
    ready(page_phone)
    phone = page_phone.context
    phone.set_offline(True)
    writes_a_report(page_phone, keep=True)
    page_phone.goto("/mobile/")
    page_phone.click("li:has-text('楼道杂物') a")
    page_phone.click("label:has([name=kind][value=settle])")
    page_phone.fill("[name=words]", "双方和好")
    page_phone.click("form [type=submit]")
    page_phone.wait_for_url("**/mobile/waiting/")
    assert waiting(page_phone) == 2

    phone.set_offline(False)
    page_phone.click("[data-send]")
    arrived(page_phone, 2)
    assert GridEvent.objects.get(title="楼道杂物").state == EventState.FED_BACK


def test_a_round_with_its_find_and_a_note_are_written_without_a_signal_and_arrive_once(world, page_phone):
    grid, worker, _event = world
    clerk = a_clerk()
    a_plan(clerk, now=timezone.now())
    ready(page_phone)
    phone = page_phone.context
    page_phone.goto("/mobile/")
    page_phone.wait_for_selector("[data-rounds] li")
    phone.set_offline(True)
    page_phone.click("[data-rounds] a")
    page_phone.wait_for_selector("form:visible")
    page_phone.click("label:has-text('消防通道')")
    page_phone.wait_for_timeout(600)
    picture(page_phone, "phone-round", whole=True)
    page_phone.click("[data-find]")
    page_phone.wait_for_selector("form:visible")
    page_phone.click("label:has([name=ledger][value=hazard])")
    page_phone.select_option("[name=type]", index=1)
    page_phone.click("label:has([name=names_cadre][value=no])")
    page_phone.fill("[name=title]", "通道堆物")
    page_phone.fill("[name=text]", SAID)
    page_phone.click("form [type=submit]")
    page_phone.wait_for_selector("label:has-text('消防通道') input:checked")
    page_phone.fill("[name=words]", "燃气管线锁着门")
    page_phone.click("form [type=submit]")
    page_phone.wait_for_url("**/mobile/waiting/")
    page_phone.goto("/mobile/diary/")
    page_phone.click("label:has([name=about][value=place])")
    page_phone.fill("[name=subject]", "三号楼门口")
    page_phone.fill("[name=text]", "路灯修好了。")
    picture(page_phone, "phone-diary", whole=True)
    page_phone.click("[type=submit]")
    page_phone.wait_for_url("**/mobile/waiting/")
    assert waiting(page_phone) == 3
    assert "路灯" not in json.dumps(page_phone.evaluate(EVERYTHING_KEPT), ensure_ascii=False)

    phone.set_offline(False)
    page_phone.click("[data-send]")
    arrived(page_phone, 3)
    row = Round.objects.get(grid=grid)
    assert (row.looked_at, row.zero, row.person) == (["消防通道"], False, worker.user)
    assert row.finds.get().event.title == "通道堆物"
    assert DiaryNote.objects.get().subject == "三号楼门口"


def test_what_was_refused_stays_with_its_reason_until_its_writer_throws_it_away(world, page_phone):
    grid, worker, _event = world
    ready(page_phone)
    phone = page_phone.context
    phone.set_offline(True)
    writes_a_report(page_phone)
    grid.staff.filter(post=worker.post).update(until=timezone.localdate())
    phone.set_offline(False)
    page_phone.click("[data-send]")
    page_phone.wait_for_selector("[data-list=refused] .note-r")
    assert SAID in page_phone.inner_text("[data-list=refused]")
    assert waiting(page_phone) == 1 and not Receipt.objects.exists()

    page_phone.click("[data-drop]")
    assert waiting(page_phone) == 1
    page_phone.click("[data-drop]")
    page_phone.wait_for_selector("[data-nothing]:visible")
    assert waiting(page_phone) == 0 and GridEvent.objects.count() == 1


def test_a_picture_that_is_refused_is_kept_with_its_reason_beside_a_text_that_arrived(
    world, page_phone, tmp_path
):
    _grid, _worker, event = world
    ready(page_phone)
    page_phone.context.route(
        "**/mobile/photos/**", lambda route: route.fulfill(json={"answer": "refused", "reason": "照片太多"})
    )
    page_phone.goto(f"/mobile/update/#{event.pk}")
    page_phone.fill("[name=words]", "又去看了")
    page_phone.set_input_files("[data-camera]", a_large_picture(tmp_path))
    page_phone.wait_for_selector("[data-shots] img")
    page_phone.click("form [type=submit]")
    page_phone.wait_for_selector("[data-list=refused] .note-r")
    assert "照片太多" in page_phone.inner_text("[data-list=refused]")
    assert Receipt.objects.count() == 1 and waiting(page_phone) == 1


def test_where_two_wrote_the_phone_leads_to_both_versions_and_the_worker_decides(world, page_phone):
    grid, _worker, event = world
    ready(page_phone)
    phone = page_phone.context
    phone.set_offline(True)
    page_phone.goto(f"/mobile/update/#{event.pk}")
    page_phone.click("label:has([name=kind][value=settle])")
    page_phone.fill("[name=words]", "已拔掉插座")
    page_phone.click("form [type=submit]")
    page_phone.wait_for_url("**/mobile/waiting/")
    handling.send_up(event.pk, words="请社区看看", version=1, by=a_clerk(grid.organ), now=timezone.now())

    phone.set_offline(False)
    page_phone.click("[data-send]")
    # the list is drawn anew with each answer, and a tap between two drawings falls beside it
    page_phone.wait_for_selector("[data-list=conflicts] a")
    page_phone.wait_for_selector("[data-send]:enabled")
    page_phone.wait_for_load_state("networkidle")
    page_phone.click("[data-list=conflicts] a")
    page_phone.wait_for_selector("text=已拔掉插座")
    assert "请社区看看" in page_phone.inner_text("main")
    assert_axe_clean(page_phone)
    assert_no_sideways_scroll(page_phone)
    picture(page_phone, "phone_conflict", whole=True)
    page_phone.click("main form [type=submit]")
    page_phone.wait_for_url("**/mobile/conflicts/")
    assert EventMove.objects.get(step="progress").words == "已拔掉插座"
    event.refresh_from_db()
    assert event.state == EventState.REPORTED


def test_two_tabs_that_send_at_once_send_each_once(world, page_phone, watch):
    _grid, _worker, event = world
    ready(page_phone)
    phone = page_phone.context
    other = watch.over(phone.new_page())
    other.goto("/mobile/waiting/")
    phone.set_offline(True)
    writes_a_report(page_phone)
    phone.set_offline(False)
    for page in (page_phone, other):
        page.evaluate("window.dispatchEvent(new Event('online'))")
    arrived(page_phone, 1)
    assert GridEvent.objects.exclude(pk=event.pk).count() == 1


def test_another_person_on_the_phone_reads_nothing_and_sends_nothing_of_the_first(world, page_phone):
    ready(page_phone)
    phone = page_phone.context
    phone.set_offline(True)
    writes_a_report(page_phone)
    phone.clear_cookies()
    phone.set_offline(False)

    ready(page_phone, "guilan")
    page_phone.goto("/mobile/waiting/")
    page_phone.wait_for_selector("[data-nothing]:visible")
    page_phone.wait_for_selector("[data-waiting]:text-is('1')")
    assert "楼道杂物" not in page_phone.content()
    kept = page_phone.evaluate(EVERYTHING_KEPT)
    assert [has_key for _name, store, _row, has_key in kept if store == "owners"].count(True) == 1
    assert not Receipt.objects.exists()

    phone.clear_cookies()
    ready(page_phone)
    page_phone.goto("/mobile/waiting/")
    arrived(page_phone, 1)
    assert GridEvent.objects.get(title="楼道杂物").reporter.username == "aiping"


def test_when_the_session_has_ended_what_waits_is_counted_and_goes_after_signing_in(world, page_phone):
    ready(page_phone)
    phone = page_phone.context
    phone.clear_cookies()
    phone.set_offline(True)
    writes_a_report(page_phone)
    phone.set_offline(False)
    page_phone.evaluate("window.dispatchEvent(new Event('online'))")
    page_phone.wait_for_selector("[data-sign-in]:visible")
    assert waiting(page_phone) == 1 and not Receipt.objects.exists()
    kept = page_phone.evaluate(EVERYTHING_KEPT)
    assert not any(has_key for *_row, has_key in kept)

    page_phone.click("[data-sign-in]")
    page_phone.fill("[name=username]", "aiping")
    page_phone.fill("[name=password]", PASSWORD)
    page_phone.click("form:has([name=password]) [type=submit]")
    page_phone.wait_for_url("**/mobile/")
    page_phone.goto("/mobile/waiting/")
    arrived(page_phone, 1)


def test_a_new_version_of_the_pages_takes_over_and_the_queue_stays(world, page_phone, tmp_path, settings):
    ready(page_phone)
    before = page_phone.evaluate("caches.keys()")
    phone = page_phone.context
    phone.set_offline(True)
    writes_a_report(page_phone)
    a_new_release(tmp_path, settings)
    phone.route("**/mobile/session/", lambda route: route.abort())
    phone.set_offline(False)

    page_phone.goto("/mobile/")
    page_phone.evaluate(
        "navigator.serviceWorker.getRegistration('/mobile/').then((worker) => worker.update())"
    )
    assert page_phone.evaluate(ANOTHER_VERSION, before[0])
    page_phone.goto("/mobile/waiting/")
    page_phone.wait_for_selector("text=楼道杂物")
    assert page_phone.get_attribute("html", "data-release") == "2"
    assert waiting(page_phone) == 1
    phone.unroute("**/mobile/session/")
    page_phone.click("[data-send]")
    arrived(page_phone, 1)


def a_new_release(folder: Path, settings) -> None:
    """Put up the pages of a later release, as a restarted server would."""
    base = Path(settings.BASE_DIR, "templates", "mobile", "base.html").read_text()
    (folder / "mobile").mkdir()
    (folder / "mobile" / "base.html").write_text(base.replace("<html ", '<html data-release="2" '))
    templates = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**templates, "DIRS": [folder, *templates["DIRS"]]}]
    shell.version.cache_clear()


@pytest.fixture(autouse=True)
def this_release():
    yield
    shell.version.cache_clear()


@pytest.mark.parametrize(
    "address", ["/mobile/", "/mobile/report/", "/mobile/waiting/", "/mobile/rounds/", "/mobile/diary/"]
)
def test_the_phones_pages_have_no_barrier_in_daylight_and_in_large_type(world, page_phone, address):
    ready(page_phone)
    page_phone.goto(address)
    page_phone.wait_for_load_state("networkidle")
    assert_axe_clean(page_phone)
    assert_no_sideways_scroll(page_phone)
    for turn in ("sun", "large"):
        page_phone.click(f"[data-turn={turn}]")
    assert_axe_clean(page_phone)
    assert_no_sideways_scroll(page_phone)
    picture(page_phone, f"phone{address.replace('/', '_')}")


def test_nothing_a_worker_wrote_is_sent_while_a_door_of_the_network_answers_for_us(world, page_phone):
    """A page of somebody's Wi-Fi is no answer: nothing leaves the queue on it."""
    ready(page_phone)
    page_phone.context.route(
        "**/mobile/session/", lambda route: route.fulfill(status=200, content_type="text/html", body="请登录")
    )
    writes_a_report(page_phone)
    page_phone.wait_for_selector("[data-signal]:visible")
    assert waiting(page_phone) == 1 and not EventMove.objects.filter(step="progress").exists()
