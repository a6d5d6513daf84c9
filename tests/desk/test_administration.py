"""Three administrators, three sets of doors; the audit is read, the house's health told in words (protection §6)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.roles import ADMINISTRATORS, Role
from audit.models import Entry
from deadlines.models import CalendarYear
from desk.health import state_of_the_house
from tests.cases.given import a_petition
from tests.given import MONDAY, a_hat

pytestmark = pytest.mark.django_db

DOORS = {
    Role.SYSTEM_ADMINISTRATOR: {
        "accounts:organs",
        "places:index",
        "deadlines:calendar",
        "deadlines:rules",
        "cases:categories",
        "cases:category_models",
        "cases:local_settings",
        "notices:reminders",
        "notices:channels",
        "assignments:escalation",
        "desk:health",
    },
    Role.SECURITY_ADMINISTRATOR: {"accounts:staff", "accounts:policies", "accounts:tokens"},
    Role.AUDIT_ADMINISTRATOR: {"desk:audit"},
}


@pytest.mark.parametrize("role", DOORS)
def test_each_administrator_has_his_own_doors_and_every_one_opens(sign_in, role):
    browser = sign_in(a_hat(role))

    page = browser.open("desk:administration")

    assert {door.url for door in page.context["doors"]} == {reverse(name) for name in DOORS[role]}
    assert {browser.get(door.url).status_code for door in page.context["doors"]} == {200}


@pytest.mark.parametrize("role", DOORS)
def test_an_administrator_opens_no_door_of_another_one(sign_in, role):
    browser = sign_in(a_hat(role))
    others = set().union(*DOORS.values()) - DOORS[role]

    assert {browser.open(name).status_code for name in others} == {403}


@pytest.mark.parametrize("role", sorted(set(Role) - ADMINISTRATORS))
def test_nobody_else_has_a_door_of_the_administration(sign_in, role):
    browser = sign_in(a_hat(role))

    answers = {
        browser.open(name).status_code for name in ("desk:administration", "desk:audit", "desk:health")
    }

    assert answers == {403}


# The audit


def entries_on(page) -> list[str]:
    return [entry.verb for entry in page.context["page"].rows]


def test_the_audit_shows_deeds_newest_first_without_a_petitioner(sign_in):
    browser = sign_in(a_hat(Role.AUDIT_ADMINISTRATOR))
    a_petition(title="张大强要求办证")

    page = browser.open("desk:audit")

    assert entries_on(page)[0] == "petition.register"
    assert "张大强" not in page.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"verb": "petition.register"}, 1),
        ({"verb": "petition.look"}, 0),
        ({"verb": "no such deed"}, 0),
        ({"who": "王登记"}, 1),
        ({"who": "没有此人"}, 0),
        ({"since": "2026-03-03"}, 0),
        ({"until": "2026-03-02"}, 1),
        ({"until": "2026-03-01"}, 0),
        ({"since": "no day"}, 0),
        ({"since": "2026-03-05", "until": "2026-03-04"}, 0),
        ({"at": "bent"}, 1),
    ],
)
def test_the_audit_is_narrowed_by_who_what_and_when(sign_in, query, found):
    browser = sign_in(a_hat(Role.AUDIT_ADMINISTRATOR))
    registrar = a_hat(Role.REGISTRAR)
    registrar.user.name = "王登记"
    a_petition(registrar)

    page = browser.open("desk:audit", query=query)

    assert len([verb for verb in entries_on(page) if verb.startswith("petition.")]) == found


def test_the_audit_is_read_page_by_page_without_losing_an_entry(sign_in):
    browser = sign_in(a_hat(Role.AUDIT_ADMINISTRATOR))
    registrar = a_hat(Role.REGISTRAR)
    for _number in range(55):
        a_petition(registrar)

    first = browser.open("desk:audit", query={"verb": "petition.register"})
    second = browser.open(
        "desk:audit", query={"verb": "petition.register", "at": first.context["page"].after}
    )

    read = [entry.subject_id for page in (first, second) for entry in page.context["page"].rows]
    assert len(read) == len(set(read)) == 55


def test_the_audit_viewer_has_no_way_to_write(sign_in):
    browser = sign_in(a_hat(Role.AUDIT_ADMINISTRATOR))
    a_petition()
    before = Entry.objects.count()

    answer = browser.send("desk:audit")

    assert answer.status_code == 405
    assert Entry.objects.count() == before


# Health


_CHECKS = ("chain", "sweeps", "outbox", "calendar", "disk", "lane")


def verdicts(now) -> dict[str, bool]:
    return dict(zip(_CHECKS, (c.good for c in state_of_the_house(now)), strict=True))


def test_health_is_told_in_words_and_names_no_petition(sign_in):
    petition = a_petition()

    page = sign_in(a_hat(Role.SYSTEM_ADMINISTRATOR)).open("desk:health")

    assert page.status_code == 200
    assert len(page.context["checks"]) == len(_CHECKS)
    assert petition.number not in page.content.decode()


def test_entries_that_nobody_chains_are_an_alarm():
    a_petition()

    assert verdicts(MONDAY + timedelta(minutes=10))["chain"] is False


def test_a_chain_that_is_kept_is_in_order():
    assert verdicts(MONDAY)["chain"] is True


@pytest.mark.parametrize(("month", "good"), [(10, True), (11, False)])
def test_q26_from_november_the_next_years_calendar_is_asked_for(month, good):
    newest = CalendarYear.objects.order_by("-year").first().year
    in_that_month = MONDAY.replace(year=newest, month=month)

    assert verdicts(in_that_month)["calendar"] is good


def test_a_lane_without_an_officer_is_said_so_whether_or_not_anything_waits_in_it():
    without = verdicts(MONDAY)["lane"]
    a_hat(Role.SEALED_LANE_OFFICER)

    assert (without, verdicts(MONDAY)["lane"]) == (False, True)
