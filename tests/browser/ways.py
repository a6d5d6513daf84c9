"""Walking a petition through its deeds on the pages, as each of its people."""

from django.utils import timezone
from playwright.sync_api import Page

from accounts.hats import Hat
from accounts.models import OrganKind
from accounts.roles import Role
from cases.models import Petition
from tests.accounts.given import PASSWORD
from tests.browser.test_registering import at_the_form, register, write_a_letter
from tests.browser.walks import sign_in
from tests.given import a_hat, a_user, an_organ, the_petition_office

CHECKLIST = {
    "power_fact": "属于本单位职权范围",
    "pending_fact": "未在其他机关受理",
    "concluded_fact": "未经复核",
    "litigation_fact": "未进入诉讼",
    "route_fact": "无其他法定途径",
}
FINDING = {
    "facts": "经查，该小区 2013 年交付，竣工联合验收未完成。",
    "opinion": "支持您的诉求，督促开发单位限期完成验收。",
    "legal_basis": "《不动产登记暂行条例》第十四条",
    "solved": "限期完成验收并办理登记",
    "explained": "已说明办证需先完成验收",
    "helped": "不涉及",
    "lawful": "已立案督促开发单位",
}
SERVED = {"method": "in_person"}


def its_people() -> dict[str, Hat]:
    """Make registrar and officer of the district's office, and officer and head of two departments."""
    district = an_organ("QZF", kind=OrganKind.LEADING_BODY, name="离石区人民政府", short_name="区政府")
    housing = an_organ("ZJ", name="离石区住房和城乡建设局", short_name="区住建局", next_higher=district)
    labour = an_organ("RS", name="离石区人力资源和社会保障局", short_name="区人社局", next_higher=district)
    office = the_petition_office()
    who = (
        ("dengji", "王秀兰", Role.REGISTRAR, office),
        ("xinfang", "李文斌", Role.PETITION_OFFICER, office),
        ("chengban", "郭永强", Role.CASE_OFFICER, housing),
        ("juzhang", "王建军", Role.UNIT_HEAD, housing),
        ("renshe", "赵丽娟", Role.CASE_OFFICER, labour),
        ("renshejuzhang", "孙国平", Role.UNIT_HEAD, labour),
    )
    return {
        username: a_hat(role, organ=organ, user=a_user(name, username=username, password=PASSWORD))
        for username, name, role, organ in who
    }


def as_user(page: Page, username: str) -> Page:
    page.context.clear_cookies()
    sign_in(page, username, PASSWORD)
    return page


def open_deed(page: Page, slug: str, nth: int = 0):
    """Open a deed's form on the case page and return it."""
    form = page.locator(f"form[action*='/{slug}/']").nth(nth)
    details = form.locator("xpath=ancestor::details[contains(@class, 'deed')][1]")
    if details.count() and not details.evaluate("it => it.open"):
        details.locator("> summary").click()
    return form


def fill(form, **values: str) -> None:
    for name, value in values.items():
        field = form.locator(f"[name='{name}']")
        if field.first.get_attribute("type") == "radio":
            form.locator(f"[name='{name}'][value='{value}']").check()
        elif field.first.evaluate("it => it.tagName") == "SELECT":
            choose(field, value)
        else:
            field.fill(value)


def choose(field, value: str) -> None:
    """Choose from a list; where a script made it one that is narrowed by typing, by typing."""
    if field.evaluate("it => it.hidden"):
        typed = field.locator("xpath=preceding-sibling::input")
        typed.fill(value)
        typed.press("Tab")
        assert field.input_value() == value
    else:
        field.select_option(value)


def send(page: Page, form) -> None:
    with page.expect_event("load"):
        form.locator("button[type=submit]").click()


def do(page: Page, slug: str, nth: int = 0, **values: str) -> None:
    form = open_deed(page, slug, nth)
    fill(form, **values)
    send(page, form)


def case_of(page: Page, petition: Petition) -> Page:
    page.goto(f"/petitions/{petition.pk}/")
    return page


def registered_by_hand(page: Page, *claims: str) -> Petition:
    """Let the registrar take in a letter at the form, with numbered claims or with its title as the only one."""
    page.context.clear_cookies()
    at_the_form(page)
    write_a_letter(page)
    for place, wording in enumerate(claims):
        if not page.locator(f"[name=claims-{place}-wording]").count():
            page.click("[data-repeat-add=claims]")
        page.fill(f"[name=claims-{place}-wording]", wording)
    register(page)
    return Petition.objects.get()


def serve_all(page: Page, **facts: str) -> None:
    """Record for every paper that waits for it that it was handed over today."""
    while page.locator("form[action*='/serve-paper/']").count():
        do(page, "serve-paper", **SERVED, served_on=timezone.localdate().isoformat(), **facts)
