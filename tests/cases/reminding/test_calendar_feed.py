"""The days of one's own post in a calendar: numbers only, nothing sealed, as long as one has the post (Q2)."""

from datetime import date

import pytest
from django.urls import reverse
from icalendar import Calendar

from accounts import actions
from accounts.models import CalendarKey
from accounts.roles import Role
from audit.models import Entry
from cases.actions.sealing import seal
from cases.intake import Reported
from cases.states import Purpose, ReportedKind
from lib.errors import NotAllowed, Unknown
from tests.cases.given import a_person, a_petition
from tests.cases.handling.given import a_unit, received, registered
from tests.given import MONDAY, a_hat, a_user
from tests.leadership.given import issued, replied

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def an_address(hat) -> str:
    key = actions.make_calendar_key(hat.post.pk, by=hat.user, now=MONDAY)
    return reverse("cases:calendar_feed", args=[key])


def events(client, address: str) -> list[tuple[str, date]]:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    return [
        (str(event["summary"]), event["dtstart"].dt) for event in Calendar.from_ical(answer.content).events
    ]


def test_a_calendar_shows_the_units_own_days_by_number_without_a_name_or_a_title(client):
    case = received(registered(people=(a_person("张大强"),)))

    shown = events(client, an_address(case.unit.officer))

    assert {day for _summary, day in shown} == {date(2026, 3, 9), date(2026, 3, 17)}
    assert all(case.petition.number in summary for summary, _day in shown)
    assert "张大强" not in str(shown)
    assert "永宁花园" not in str(shown)


def test_what_is_asked_of_one_is_among_ones_own_days_until_it_is_answered(client):
    case, slip = issued()
    unit, neighbour = an_address(case.unit.officer), an_address(a_unit("JY").officer)
    asked = (f"{case.petition.number} · {slip.assignment.get_kind_display()}", slip.due_on)

    assert asked in events(client, unit)
    assert asked not in events(client, an_address(case.office.officer))
    assert events(client, neighbour) == []
    replied(case, slip)
    assert asked not in events(client, unit)


def test_q2_what_is_asked_on_a_petition_that_was_sealed_since_is_in_no_calendar(client):
    case, _slip = issued()
    a_hat(Role.SEALED_LANE_OFFICER)
    address = an_address(case.unit.officer)

    reported = (Reported(kind=ReportedKind.PERSON, name="王某"),)
    seal(case.pk, reason="反映干部问题", reported=reported, by=case.office.officer, now=MONDAY)

    assert events(client, address) == []


def test_a_neighbours_calendar_shows_nothing_of_it(client):
    received()

    assert events(client, an_address(a_unit("JY").officer)) == []


def test_q2_what_is_sealed_leaves_the_calendar_with_the_next_reading(client):
    case = registered()
    a_hat(Role.SEALED_LANE_OFFICER)
    address = an_address(case.office.officer)
    assert events(client, address)

    reported = (Reported(kind=ReportedKind.PERSON, name="王某"),)
    seal(case.pk, reason="反映干部问题", reported=reported, by=case.office.officer, now=MONDAY)

    assert events(client, address) == []


def test_q2_a_sealed_petition_is_in_no_calendar(client):
    a_hat(Role.SEALED_LANE_OFFICER)
    director = a_hat(Role.OFFICE_DIRECTOR)
    a_petition(purpose=Purpose.REPORT_ACCUSATION)

    assert events(client, an_address(director)) == []


@pytest.mark.parametrize("role", [Role.SEALED_LANE_OFFICER, Role.SYSTEM_ADMINISTRATOR])
def test_the_lane_and_the_administrators_have_no_calendar(role):
    with pytest.raises(NotAllowed):
        an_address(a_hat(role))
    assert not CalendarKey.objects.exists()


def test_nobody_makes_a_calendar_of_anothers_post():
    hat = a_hat()
    with pytest.raises(Unknown):
        actions.make_calendar_key(hat.post.pk, by=a_user(), now=MONDAY)


def test_a_key_is_kept_as_a_hash_alone():
    address = an_address(a_hat())

    key = address.split("/")[-1].removesuffix(".ics")
    assert key.encode() not in bytes(CalendarKey.objects.get().digest)
    assert key not in str(list(Entry.objects.values_list("facts", flat=True)))


def test_a_calendar_is_empty_once_its_owner_left(client):
    case = registered()
    address = an_address(case.office.officer)
    case.office.officer.user.is_active = False
    case.office.officer.user.save(update_fields=["is_active"])

    assert events(client, address) == []


def test_the_owner_makes_and_revokes_an_address_on_the_page_of_his_account(sign_in, client):
    case = registered()
    browser = sign_in(case.office.officer)
    made = browser.send("accounts:make_calendar_key")
    address = made.context["address"]
    assert events(client, address)
    assert address not in browser.open("accounts:account").content.decode()

    browser.send("accounts:revoke_calendar_key", CalendarKey.objects.get().pk)

    assert events(client, address) == []


def test_nobody_revokes_anothers_address(sign_in):
    an_address(a_hat())

    answer = sign_in(a_hat()).send("accounts:revoke_calendar_key", CalendarKey.objects.get().pk)

    assert answer.status_code == 404
    assert CalendarKey.objects.get().revoked_at is None


def test_a_wrong_key_answers_like_an_empty_calendar(client):
    assert events(client, reverse("cases:calendar_feed", args=["x" * 43])) == []


def test_the_address_is_written_into_no_log(client, caplog):
    caplog.set_level("INFO")
    address = an_address(a_hat())

    client.get(address)

    assert address.split("/")[-1].removesuffix(".ics") not in caplog.text
