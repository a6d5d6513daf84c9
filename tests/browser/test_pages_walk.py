"""Every page of every desk: no barrier, no sideways scroll, no overlap, at three widths; no error on the way."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.roles import Role
from cases.actions.drafts import save_draft
from cases.actions.notes import note_safety, take_original
from cases.intake import Reported
from cases.models.notes import SafetyKind
from cases.states import Channel, Purpose, ReportedKind
from places.models import Place
from tests.accounts.given import PASSWORD
from tests.browser.walks import barriers_on, picture, scrolls_sideways, sign_in
from tests.cases.given import a_petition, a_visit_of
from tests.given import a_hat, a_user, an_organ

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OFFICE_WINDOWS = ({"width": 1440, "height": 900}, {"width": 1366, "height": 768})
# A part of the page that runs over its own column, though the page itself does not scroll.
OVERFLOWING = """
    () => [...document.querySelectorAll("main .card, main [class*='col-'], main table")]
        .filter((one) => one.offsetParent && getComputedStyle(one.parentElement).overflowX === "visible"
            && one.parentElement.getBoundingClientRect().right + 1 < one.getBoundingClientRect().right)
        .map((one) => `${one.tagName}.${one.className} runs over its column`)
"""


def some_work(registrar):
    """Register what a ledger of a working day holds: calm, urgent, collective, from months ago."""
    now = timezone.now()
    first = a_petition(
        registrar,
        now=now,
        received_at=now,
        channel=Channel.VISIT,
        petitioner_count=12,
        people=a_visit_of(5).people,
        claims=("给出办证时间表", "退还多收的契税"),
        is_urgent=True,
    )
    a_petition(registrar, title="街上村修路占地补偿款至今没有发到村民手里" * 3)
    a_petition(registrar, now=now - timedelta(days=12), received_at=now - timedelta(days=12))
    a_petition(registrar, now=now, received_at=now, is_anonymous=True, people=())
    take_original(first.pk, what="购房合同原件", sheets=12, by=registrar, now=now)
    note_safety(
        first.pk,
        kind=next(iter(SafetyKind)),
        observed_fact="来访人在大厅情绪激动",
        action_taken="请到接谈室坐下说",
        by=registrar,
        now=now,
    )
    return first


def a_parked_draft(hat):
    draft_id, now = uuid4(), timezone.now()
    save_draft(
        draft_id,
        content={"title": ["还没写完的一件"], "channel": ["visit"], "people-0-name": ["张大强"],
                 "people-TOTAL_FORMS": ["1"], "people-INITIAL_FORMS": ["0"],
                 "claims-TOTAL_FORMS": ["1"], "claims-INITIAL_FORMS": ["0"]},
        received_at=now, seals=False, seen_version=0, by=hat, now=now,
    )  # fmt: skip
    return draft_id


def registrar_pages(hat):
    petition = some_work(hat)
    draft = a_parked_draft(hat)
    case = f"/petitions/{petition.pk}/"
    return {
        "my_work": "/",
        "office_queue": "/petitions/?view=all",
        "office_intake": "/petitions/new/",
        "draft": f"/drafts/{draft}/",
        "drafts": "/drafts/",
        "case": case,
        "correct": f"{case}correct/title/",
        "enquire": "/petitions/enquire/",
        "notices": "/notices/",
        "not_found": "/nowhere/",
        "refused": "/administration/audit/",
    }


def officer_pages(hat):
    petition = some_work(a_hat(Role.REGISTRAR))
    case = f"/petitions/{petition.pk}/"
    return {
        "officer_work": "/",
        "officer_ledger": "/petitions/?view=all&order=received",
        "officer_case": case,
        "backdated": "/petitions/backdated/",
        "account": "/account/",
        "second_factors": "/account/second-factors/",
        "password": "/account/password/",
    }


def sealed_pages(hat):
    report = a_petition(
        a_hat(Role.REGISTRAR),
        now=timezone.now(),
        received_at=timezone.now(),
        purpose=Purpose.REPORT_ACCUSATION,
        reported=(
            Reported(kind=ReportedKind.PERSON, name="某某", organ_id=an_organ().pk, post_title="科长"),
        ),
    )
    return {
        "sealed_work": "/",
        "sealed_ledger": "/sealed/",
        "sealed_case": f"/petitions/{report.pk}/",
    }


def empty_pages(hat):
    return {
        "empty_work": "/",
        "empty_ledger": "/petitions/",
        "empty_drafts": "/drafts/",
        "empty_notices": "/notices/",
    }


def system_pages(hat):
    organ = an_organ()
    place = Place.objects.get(code="141102001")
    return {
        "system_work": "/",
        "administration": "/administration/",
        "organs": "/administration/organs/",
        "organ": f"/administration/organs/{organ.pk}/",
        "calendar": "/administration/calendar/",
        "rules": "/administration/rules/",
        "rule": "/administration/rules/T1/",
        "places": "/administration/places/",
        "place": f"/administration/places/{place.pk}/",
        "categories": "/administration/categories/",
        "local_settings": "/administration/local-settings/",
        "health": "/administration/health/",
    }


def security_pages(hat):
    colleague = a_hat(Role.CASE_OFFICER)
    return {
        "security_doors": "/administration/",
        "staff": "/administration/staff/",
        "person": f"/administration/staff/{colleague.user.pk}/",
        "open_account": "/administration/staff/open/",
        "policies": "/administration/policies/",
        "tokens": "/administration/tokens/",
    }


def audit_pages(hat):
    some_work(a_hat(Role.REGISTRAR))
    return {"audit": "/administration/audit/", "audit_work": "/"}


def open_pages(hat):
    return {"sign_in": "/sign-in/", "not_found_outside": "/nowhere/"}


DESKS = {
    "registrar": (Role.REGISTRAR, registrar_pages),
    "officer": (Role.PETITION_OFFICER, officer_pages),
    "sealed": (Role.SEALED_LANE_OFFICER, sealed_pages),
    "empty": (Role.CASE_OFFICER, empty_pages),
    "system": (Role.SYSTEM_ADMINISTRATOR, system_pages),
    "security": (Role.SECURITY_ADMINISTRATOR, security_pages),
    "audit": (Role.AUDIT_ADMINISTRATOR, audit_pages),
    "outside": (None, open_pages),
}
# The longest words of the two languages stand on these.
IN_ENGLISH = {
    "my_work", "office_queue", "office_intake", "case", "calendar", "rules", "sign_in",
}  # fmt: skip


def faults_at(page, name, size):
    """Return everything that is wrong with the page as it stands in its window."""
    return [
        f"{page.url} at {size}: {fault}"
        for fault in [
            *barriers_on(page),
            *page.evaluate(OVERFLOWING),
            *(["scrolls sideways"] if scrolls_sideways(page) else []),
        ]
    ]


def walk(page, pages, windows, suffix=""):
    """Open every page once and look at it in each of the windows."""
    faults = []
    for name, address in pages.items():
        page.set_viewport_size(windows[0])
        page.goto(address)
        picture(page, f"{name}_{windows[0]['width']}{suffix}", whole=True)
        for window in windows:
            page.set_viewport_size(window)
            faults += faults_at(page, name, f"{window['width']}{suffix}")
    return faults


def sit_down(page, desk):
    """Sign the person of a desk in, with work on it; return the pages to walk."""
    role, pages = DESKS[desk]
    hat = a_hat(role, user=a_user(username="walker", password=PASSWORD)) if role else None
    if hat:
        sign_in(page, "walker", PASSWORD)
    return pages(hat)


@pytest.mark.parametrize("desk", DESKS)
def test_the_pages_of_a_desk_hold_in_the_offices_windows(page_desktop, desk):
    pages = sit_down(page_desktop, desk)

    faults = walk(page_desktop, pages, OFFICE_WINDOWS)

    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("desk", DESKS)
def test_the_pages_of_a_desk_hold_on_a_phone(page_phone, desk):
    pages = sit_down(page_phone, desk)

    faults = walk(page_phone, pages, [page_phone.viewport_size])

    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("desk", ["registrar", "system", "outside"])
def test_the_longest_pages_hold_in_english(page_desktop, desk):
    pages = sit_down(page_desktop, desk)
    page_desktop.goto("/" if DESKS[desk][0] else "/sign-in/")
    page_desktop.click("[name=language][value=en] >> visible=true")
    page_desktop.wait_for_selector("html[lang=en]")

    faults = walk(
        page_desktop, {name: pages[name] for name in pages if name in IN_ENGLISH}, OFFICE_WINDOWS, "_en"
    )

    assert not faults, "\n".join(faults)


def test_the_registration_card_holds_on_paper_and_on_the_screen(page_desktop):
    registrar = a_hat(Role.REGISTRAR, user=a_user(username="walker", password=PASSWORD))
    petition = a_petition(registrar)
    sign_in(page_desktop, "walker", PASSWORD)
    page_desktop.goto(f"/petitions/{petition.pk}/")

    page_desktop.click("form[action$='/card/'] button")
    page_desktop.wait_for_selector(".d01")

    assert not faults_at(page_desktop, "card", "1440")


def test_the_deeds_of_a_case_take_two_rows_on_a_phone(page_phone):
    """Design §3: what may be done lies under the thumb and leaves the page its room."""
    registrar = a_hat(Role.REGISTRAR, user=a_user(username="walker", password=PASSWORD))
    petition = a_petition(registrar)
    sign_in(page_phone, "walker", PASSWORD)

    page_phone.goto(f"/petitions/{petition.pk}/")

    tops = page_phone.eval_on_selector_all(
        ".acts > *, .acts .btn",
        "all => all.filter((one) => one.matches('.btn') && one.offsetParent)"
        ".map((one) => Math.round(one.getBoundingClientRect().top))",
    )
    assert len(set(tops)) <= 2
