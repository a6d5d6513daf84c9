"""Every page of every desk: no barrier, no sideways scroll, no overlap, at three widths; no error on the way."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import OrganKind
from accounts.roles import Role
from cases.actions.drafts import save_draft
from cases.actions.notes import note_safety, take_original
from cases.intake import Reported
from cases.models.notes import SafetyKind
from cases.states import Channel, Purpose, ReportedKind
from places.models import Place
from tests.accounts.given import PASSWORD
from tests.browser.walks import barriers_on, picture, scrolls_sideways, sign_in
from tests.cases.given import a_person, a_petition, a_visit_of, registered
from tests.given import a_hat, a_user, an_organ

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OFFICE_WINDOWS = ((1440, 900), (1366, 768))
# What a phone's window and a desk's are walked with; one page load serves both desks' widths.
SIZES = {"desk": "page_desktop", "phone": "page_phone"}
# A part of the page that runs over its own column, though the page itself does not scroll.
OVERFLOWING = """
    () => [...document.querySelectorAll("main .card, main [class*='col-'], main table")]
        .filter((one) => one.offsetParent && getComputedStyle(one).overflowX === "visible"
            && !one.closest(".filters, .pt-scroll")
            && one.parentElement.getBoundingClientRect().right + 1 < one.getBoundingClientRect().right)
        .map((one) => `${one.tagName}.${one.className} runs over its column`)
"""


@dataclass(frozen=True)
class Desk:
    """Who sits there, what lies on it, and the pages to walk: picture name to address."""

    role: Role | None
    pages: Callable[[], dict[str, str]]
    english: tuple[str, ...] = ()


def some_work(registrar):
    """Register what a ledger of a working day holds: calm, urgent, collective, from months ago."""
    now = timezone.now()
    visit = a_visit_of(12)
    first = a_petition(
        registrar,
        now=now,
        received_at=now,
        channel=Channel.VISIT,
        petitioner_count=12,
        people=visit.people[:5],
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


@pytest.fixture
def hat(request):
    return request.getfixturevalue("desk").role


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
IN_ENGLISH_TOO = {
    "my_work", "office_queue", "office_intake", "case", "sealed_case", "calendar", "policies", "audit", "sign_in",
}  # fmt: skip
