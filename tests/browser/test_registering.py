"""Registering at the window, as the registrar does it: by keyboard, interrupted, locked out, without scripts."""

import json
import re
from importlib import import_module
from time import monotonic

import pytest
from django.conf import settings as django_settings
from django.utils import timezone

from accounts import sessions
from accounts.roles import Role
from audit.models import Entry
from cases.models import Draft, Petition, PetitionClock, Petitioner
from cases.secrets import open_field
from cases.states import Channel, PersonRole
from infra.models import LocalSetting
from tests.accounts.given import PASSWORD
from tests.browser.walks import assert_axe_clean, picture, sign_in
from tests.cases.given import a_category, a_petition, a_village
from tests.given import LONG_AGO, a_hat, a_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NUMBER = re.compile(r"LS\d{4}-000001")
ID_NUMBER = "110101199003070011"
CARD = f"姓名:王桂兰 性别:女 民族:汉 出生:1990-03-07 住址:凤山街道永宁花园3号楼 公民身份号码:{ID_NUMBER}"
DROPPED = ("性别", "民族", "1990-03-07")
FIVE_TYPED = ("张大强", "李秀英", "赵建国", "刘改莲", "任保平")
SIX_PASTED = "高爱珍\n贺拴柱\t13900001111\n4. 薛玉梅\n白志强，13900002222\n冯巧云\n郭来福"
# Between one field and the next that is typed into; more than this and the mouse is quicker.
FEW_TABS = 14
# A queue of twelve waits no longer for the machine than this, on a slow office computer.
QUEUE_SECONDS = 90


@pytest.fixture
def registrar():
    return a_hat(Role.REGISTRAR, user=a_user(username="dengji", password=PASSWORD))


def at_the_form(page):
    """Sign in and open a new form by its key."""
    sign_in(page, "dengji", PASSWORD)
    page.keyboard.press("n")
    page.wait_for_url("**/drafts/*/")
    return page


def tab_to(page, which):
    """Press Tab until the focus is on the element of a selector; it must not lie far off."""
    for _tab in range(FEW_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("which => document.activeElement.matches(which)", which):
            return
    pytest.fail(f"{which} is more than {FEW_TABS} tabs off")


def type_into(page, name, text):
    tab_to(page, f"[name='{name}']")
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


def open_more(page, name):
    """Open by keyboard the part of the form that holds a field."""
    tab_to(page, f"details:has([name='{name}']) > summary")
    page.keyboard.press("Enter")


def find_category(page):
    """Type the first letters of the category's pinyin and take the first that is offered."""
    tab_to(page, "#id_content_category")
    page.keyboard.type("zfbz")
    page.locator("[role=option]:visible").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def find_place(page):
    """Type the first letters of the place's pinyin and take what is offered."""
    village = a_village()
    tab_to(page, "[name=place_text]")
    page.keyboard.type(village.pinyin_initials)
    offered = page.locator("[role=option]:visible")
    offered.first.wait_for()
    codes = offered.evaluate_all("all => all.map((one) => one.dataset.value)")
    for _down in range(codes.index(village.code) + 1):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.input_value("[name=place_text]").endswith(village.short_name)


def write_a_letter(page, title="永宁花园购房多年未办证", name="张大强"):
    """Fill in what a letter of one person needs, in any order."""
    page.check("[name=channel][value=letter]", force=True)
    page.fill("[name=people-0-name]", name)
    page.fill("[name=people-0-phone]", "13800001234")
    page.fill("[name=title]", title)
    page.fill("[name=text]", "2013 年买的房，\n至今没有办下不动产权证。")
    page.fill("#id_content_category", a_category().name)
    page.click(f"[role=option][data-value='{a_category().pk}']")
    page.fill("[name=place_text]", a_village().short_name)
    page.click(f"[role=option][data-value='{a_village().code}']")


def register(page):
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".slip, [data-errsum]")
    assert not page.is_visible("[data-errsum]"), page.inner_text("[data-errsum]")


def saved(page):
    page.wait_for_selector("[data-sync]:not(.sync-wait):not(.sync-bad) >> text=已保存")


def idle_away(page):
    """Let the server's session have idled too long, as after a lunch."""
    key = next(
        cookie["value"]
        for cookie in page.context.cookies()
        if cookie["name"] == django_settings.SESSION_COOKIE_NAME
    )
    session = import_module(django_settings.SESSION_ENGINE).SessionStore(key)
    session[sessions.SEEN] = int(timezone.now().timestamp()) - 3600
    session.save()


def read_the_card(page):
    page.keyboard.press("F2")
    page.keyboard.insert_text(CARD)
    page.keyboard.press("Enter")


def test_a_visit_of_twelve_is_registered_by_keyboard_in_the_time_of_a_queue(page_desktop, registrar):
    """Art 20(3), Art 22, R-07, Q17: six speak for themselves and are typed, six more come as a pasted list."""
    page = at_the_form(page_desktop)
    began = monotonic()

    type_into(page, "petitioner_count", "12")
    read_the_card(page)
    page.keyboard.insert_text("13800001234")
    for number, name in enumerate(FIVE_TYPED, 1):
        tab_to(page, "[data-repeat-add=people]")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.name") == f"people-{number}-name"
        page.keyboard.insert_text(name)
    covered = page.get_attribute("[name=people-0-phone]", "type")
    warned = page.is_visible("[data-too-many]")
    open_more(page, "name_list")
    type_into(page, "name_list", SIX_PASTED)
    type_into(page, "title", "永宁花园十二户购房多年未办证")
    type_into(page, "text", "2013 年买的房，至今没有办下不动产权证。")
    type_into(page, "claims-0-wording", "给出办证时间表")
    find_category(page)
    find_place(page)
    register(page)
    took = monotonic() - began

    slip = page.inner_text(".slip")
    petition = Petition.objects.get()
    people = list(Petitioner.objects.filter(petition=petition).order_by("position"))
    assert NUMBER.search(slip)[0] == petition.number
    assert page.is_visible(".slip-code")
    assert [person.name for person in people[:6]] == ["王桂兰", *FIVE_TYPED]
    assert (len(people), petition.petitioner_count) == (12, 12)
    assert [person.role for person in people].count(PersonRole.REPRESENTATIVE) == 5
    assert (petition.channel, petition.is_collective) == (Channel.VISIT, True)
    assert (petition.place, petition.content_category) == (a_village(), a_category())
    clocks = PetitionClock.objects.filter(petition=petition)
    assert set(clocks.values_list("code", flat=True)) == {"T1", "T1a"}
    assert (covered, warned) == ("password", True)
    assert took < QUEUE_SECONDS


def test_a_card_gives_name_number_and_address_and_nothing_else(page_desktop, registrar):
    page = at_the_form(page_desktop)

    read_the_card(page)

    number = page.locator("[name=people-0-id_number]")
    typed = page.evaluate("[...new FormData(document.querySelector('[data-intake]')).values()].join('\\n')")
    assert page.input_value("[name=people-0-name]") == "王桂兰"
    assert page.input_value("[name=people-0-address]") == "凤山街道永宁花园3号楼"
    assert (number.input_value(), number.get_attribute("type")) == (ID_NUMBER, "password")
    assert page.evaluate("document.activeElement.name") == "people-0-phone"
    assert not [word for word in DROPPED if word in typed]
    assert page.input_value("#card") == ""


def test_a_wrong_digit_is_told_at_the_top_and_beside_its_field(page_desktop, registrar):
    page = at_the_form(page_desktop)
    write_a_letter(page)
    page.fill("[name=people-0-id_number]", ID_NUMBER[:-1] + ("0" if ID_NUMBER[-1] != "0" else "1"))

    page.keyboard.press("Control+Enter")
    page.click("[data-errsum] a")

    assert page.evaluate("document.activeElement.name") == "people-0-id_number"
    assert page.inner_text(".person-row .err .err-msg") != ""
    assert page.locator(".err [name]").count() == 1
    assert_axe_clean(page)
    assert not Petition.objects.exists()


def test_a_typed_number_is_read_while_it_is_typed_and_covered_when_left(page_desktop, registrar):
    page = at_the_form(page_desktop)
    number = page.locator("[name=people-0-id_number]")

    number.focus()
    page.keyboard.type(ID_NUMBER)
    open_type = number.get_attribute("type")
    page.keyboard.press("Tab")

    assert (open_type, number.get_attribute("type")) == ("text", "password")


def test_a_parked_draft_waits_while_another_is_written_and_is_resumed_whole(page_desktop, registrar):
    """Q31: F4 parks; the list of drafts leads back; what was typed is there to the last letter."""
    page = at_the_form(page_desktop)
    write_a_letter(page, title="第一件")
    page.keyboard.press("F4")
    page.wait_for_url("**/drafts/")
    page.keyboard.press("n")
    page.wait_for_url("**/drafts/*/")
    page.fill("[name=title]", "第二件")
    page.keyboard.press("F4")
    page.wait_for_url("**/drafts/")

    page.click("a >> text=第一件")
    page.wait_for_url("**/drafts/*/")
    picture(page, "draft_resumed_1440")
    kept = {
        name: page.input_value(f"[name={name}]")
        for name in ("people-0-name", "people-0-phone", "text", "place")
    }
    register(page)

    assert kept == {
        "people-0-name": "张大强",
        "people-0-phone": "13800001234",
        "text": "2013 年买的房，\n至今没有办下不动产权证。",
        "place": a_village().code,
    }
    assert Petition.objects.get().words.title == "第一件"
    assert Draft.objects.count() == 1


def test_what_is_typed_is_there_after_a_reload(page_desktop, registrar):
    page = at_the_form(page_desktop)
    page.fill("[name=title]", "还没写完")
    page.fill("[name=people-0-name]", "张大强")
    saved(page)

    page.reload()

    assert page.input_value("[name=title]") == "还没写完"
    assert page.input_value("[name=people-0-name]") == "张大强"


def test_the_older_of_two_windows_is_told_and_keeps_its_text(page_desktop, watch, registrar):
    """Q32: nothing is overwritten silently, and nothing typed is lost in either window."""
    older = at_the_form(page_desktop)
    older.fill("[name=title]", "旧窗口")
    saved(older)
    newer = watch.over(older.context.new_page())
    newer.goto(older.url)
    with newer.expect_response("**/autosave/"):
        newer.fill("[name=title]", "新窗口")

    older.fill("[name=title]", "旧窗口又改")

    older.wait_for_selector("[data-conflict]:not([hidden])")
    draft = Draft.objects.get()
    content = json.loads(open_field("draft", draft.pk, "content", draft.content_sealed))
    assert older.input_value("[name=title]") == "旧窗口又改"
    assert content["title"] == ["新窗口"]


def test_a_locked_screen_keeps_the_form_and_registering_goes_on(page_desktop, registrar):
    """Q34: after a quarter of an hour the page is covered; only the right password lifts it."""
    page = page_desktop
    page.clock.install()
    at_the_form(page)
    write_a_letter(page)

    page.clock.fast_forward("15:30")
    page.wait_for_selector("#screen-lock[open]")
    picture(page, "screen_lock_1440")
    page.fill("#lock-password", "wrong")
    page.keyboard.press("Enter")
    page.wait_for_selector("#screen-lock [data-answer]:not(:empty)")
    still_locked = page.is_visible("#screen-lock")
    page.fill("#lock-password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("#screen-lock", state="hidden")
    title = page.input_value("[name=title]")
    register(page)

    assert still_locked
    assert title == "永宁花园购房多年未办证"
    assert Petition.objects.count() == 1


def test_a_form_sent_after_the_session_ended_goes_on_once_its_writer_is_back(page_desktop, registrar):
    """Q31: the sign-in on the spot sends on what was being sent, and it is registered once."""
    page = at_the_form(page_desktop)
    write_a_letter(page)
    saved(page)
    idle_away(page)

    page.keyboard.press("Control+Enter")
    page.wait_for_selector("main [name=password]")
    assert_axe_clean(page)
    picture(page, "sign_in_again_1440")
    page.fill("main [name=username]", "dengji")
    page.fill("main [name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector(".slip")

    assert NUMBER.search(page.inner_text(".slip"))
    assert Petition.objects.get().people.get().name == "张大强"
    assert not Draft.objects.exists()


def test_a_covered_telephone_is_shown_in_place_recorded_and_covered_again(page_desktop, registrar):
    LocalSetting.objects.create(key="reveal_seconds", value=2, valid_from=LONG_AGO, basis="测试")
    petition = a_petition(registrar)
    page = page_desktop
    sign_in(page, "dengji", PASSWORD)
    page.goto(f"/petitions/{petition.pk}/")
    telephone = page.locator("form[data-pii]:has([name=field][value=phone])")
    masked = telephone.locator(".v").inner_text()

    telephone.locator("button").click()
    page.wait_for_selector("form.pii.open")
    shown = telephone.locator(".v").inner_text()
    page.wait_for_selector("form.pii:not(.open):has([name=field][value=phone])")

    entry = Entry.objects.about(petition).get(verb="petition.reveal")
    assert "13800001234" not in masked
    assert re.sub(r"\D", "", shown) == "13800001234"
    assert telephone.locator(".v").inner_text() == masked
    assert entry.facts["field"] == "phone"


def test_a_letter_is_registered_without_scripts(page_without_scripts, registrar):
    """A second person by the button, and a place of several meanings confirmed by a person."""
    page = page_without_scripts
    sign_in(page, "dengji", PASSWORD)
    page.goto("/petitions/new/")
    page.check("[name=channel][value=letter]", force=True)
    page.fill("[name=people-0-name]", "张大强")
    page.fill("[name=title]", "永宁花园购房多年未办证")
    page.fill("[name=text]", "2013 年买的房，至今没有办下不动产权证。")
    page.select_option("[name=content_category]", str(a_category().pk))
    page.click("[data-repeat-add=people]")
    page.fill("[name=people-1-name]", "李秀英")
    page.fill("[name=petitioner_count]", "2")
    page.fill("[name=place_text]", "王家")

    page.click("button[value=register]")
    meant = page.locator("input[type=radio][name=place]")
    meant.first.wait_for()
    candidates = meant.count()
    picture(page, "place_confirmed_1440", whole=True)
    code = meant.last.get_attribute("value")
    meant.last.check()
    page.click("button[value=register]")
    page.wait_for_selector(".slip")

    petition = Petition.objects.get()
    assert candidates > 1
    assert petition.place.code == code
    assert list(petition.people.order_by("position").values_list("name", flat=True)) == ["张大强", "李秀英"]
    assert NUMBER.search(page.inner_text(".slip"))[0] == petition.number


def test_the_slip_fits_both_papers_and_is_printed_alone(page_desktop, registrar):
    page = page_desktop
    page.add_init_script("window.printed = 0; window.print = () => { window.printed += 1; }")
    at_the_form(page)
    write_a_letter(page)
    page.click("button[value=register_print]")
    page.wait_for_selector(".slip")
    page.wait_for_load_state("load")
    printed = page.evaluate("window.printed")
    assert_axe_clean(page)
    a5 = page.locator(".slip").bounding_box()["width"]
    picture(page, "slip_a5_1440")

    page.click("[data-slip-size] >> text=80")
    narrow = page.locator(".slip").bounding_box()["width"]
    picture(page, "slip_80_1440")
    page.emulate_media(media="print")

    millimetre = 96 / 25.4
    assert printed == 1
    assert round(a5 / millimetre) == 148
    assert round(narrow / millimetre) == 80
    assert not [part for part in ("#side", ".pt-top", ".pt-head") if page.is_visible(part)]
    assert page.is_visible(".slip-code")
