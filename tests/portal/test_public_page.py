"""What the office publishes (R-02), who may write it, and booking a number without a name (Q35)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import InternalError, connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Portfolio
from accounts.roles import Role
from audit.models import Entry
from infra.local_settings import Setting
from infra.models import LocalSetting
from leadership.actions import roster
from leadership.models import Ticket
from leadership.reception_states import TicketState
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from portal.actions import VISITOR, book, publish, take_back
from portal.models import Publication
from portal.states import Topic
from tests.cases.browsers import signed_in
from tests.given import LONG_AGO, MONDAY, a_hat, an_organ
from tests.leadership.leaders import a_leader
from tests.leadership.rosters import TODAY, sitting

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]


def published(topic: Topic = Topic.HOURS, text: str = "工作日 8:30—12:00", **facts) -> Publication:
    return publish(topic, text=text, by=a_hat(Role.OFFICE_DIRECTOR), now=MONDAY, **facts)


def opened(name: str, *args, **facts):
    return Client(**facts).get(reverse(name, args=args))


def books(day, *, persons: int = 1, address: str = "203.0.113.7", now=MONDAY):
    return book(day.pk, persons=persons, address=address, by=VISITOR, now=now)


def test_r_02_anybody_reads_what_the_office_published_and_who_receives():
    leader, day = sitting(a_leader("副区长"))
    Portfolio.objects.create(post=leader.post, organ=an_organ("ZJ"), since=LONG_AGO)
    published()
    published(Topic.PROCEDURE, "收到之日起十五日内……")

    page = opened("portal:entry").content.decode()

    for told in ("工作日 8:30—12:00", leader.user.name, "副区长", "区ZJ局", "09:00–12:00", "区信访接待大厅"):
        assert told in page
    assert reverse("portal:about", args=["procedure"]) in page
    assert "十五日内" in opened("portal:about", "procedure").content.decode()
    assert leader.user.name in opened("portal:roster").content.decode()
    assert day.pk in [one.row.pk for one in opened("portal:roster").context["sits"]]
    assert opened("portal:about", "hours").status_code == 404
    missing = opened("portal:about", "nichts")
    assert missing.status_code == 404
    # who has no account is not told of posts and ledgers
    words = missing.content.decode()
    assert ("您的岗位" in words, "这里的内容已不再公布" in words) == (False, True)
    assert reverse("portal:entry") in words


def test_in_english_the_english_words_stand_where_there_are_any():
    published(text_en="Working days 8:30 to 12:00")
    published(Topic.PHONE, "0358-8222345")
    browser = Client()
    browser.cookies["language"] = "en"

    page = browser.get(reverse("portal:entry")).content.decode()

    assert "Working days 8:30 to 12:00" in page
    assert "0358-8222345" in page


def test_a_day_that_was_called_off_or_is_over_is_not_published():
    _leader, day = sitting()
    published()
    assert len(opened("portal:entry").context["sits"]) == 1
    roster.call_off(day.pk, reason="停电", by=a_hat(), now=MONDAY)
    assert opened("portal:entry").context["sits"] == []


def test_the_roster_costs_the_same_for_one_day_and_for_twenty():
    leader, _day = sitting()
    published()
    counted = []
    for _turn in range(2):
        with CaptureQueriesContext(connection) as queries:
            page = opened("portal:roster")
        counted.append((len(page.context["sits"]) > 1, len(queries)))
        roster.plan_month(TODAY.replace(day=1), by=a_hat(), now=MONDAY)

    assert counted == [(False, counted[0][1]), (True, counted[0][1])]
    assert leader.user.name in page.content.decode()


def test_only_heads_of_the_office_publish_and_the_old_words_stay():
    for role, organ in (
        (Role.REGISTRAR, None),
        (Role.PETITION_OFFICER, None),
        (Role.SECTION_HEAD, an_organ("ZJ")),
    ):
        with pytest.raises(NotAllowed):
            publish(Topic.HOURS, text="随时", by=a_hat(role, organ=organ), now=MONDAY)
    with pytest.raises(Refused):
        published(text=" ")
    assert not Publication.objects.exists()
    published()
    published(text="工作日 8:00—18:00")

    assert Publication.objects.count() == 2
    assert Publication.objects.standing().get().text == "工作日 8:00—18:00"
    for write in (lambda: Publication.objects.update(text="改"), lambda: Publication.objects.all().delete()):
        with pytest.raises(InternalError), transaction.atomic():
            write()


def test_the_office_writes_on_its_page():
    browser = signed_in(a_hat(Role.OFFICE_DIRECTOR))
    assert browser.send("portal:publish", "hours", text="").status_code == 422
    assert browser.send("portal:publish", "hours", text="工作日").status_code == 302
    assert "工作日" in browser.open("portal:publishing").content.decode()
    assert signed_in(a_hat(Role.REGISTRAR)).open("portal:publishing").status_code == 403
    assert Publication.objects.get().topic == Topic.HOURS


def test_q35_a_number_is_booked_without_a_name_and_taken_back_by_its_code():
    _leader, day = sitting()

    booked = books(day, persons=2)

    row = Ticket.objects.get()
    assert (row.came, row.persons, row.taken_by, row.number) == ("online", 2, None, 1)
    assert booked.code not in str(row.digest)
    assert Entry.objects.get(verb="reception.book").actor_user_id is None
    assert take_back("AAAA-BBBB-CCCC", address="203.0.113.7", by=VISITOR, now=MONDAY) is None
    assert take_back(booked.code, address="203.0.113.7", by=VISITOR, now=MONDAY) is not None
    assert Ticket.objects.get().state == TicketState.CANCELLED
    assert take_back(booked.code, address="203.0.113.7", by=VISITOR, now=MONDAY) is None


def test_bookings_are_limited_by_the_day_and_by_the_address():
    _leader, day = sitting()
    LocalSetting.objects.create(key=Setting.BOOKINGS_A_DAY, value=4, valid_from=LONG_AGO, basis="试")
    for _turn in range(3):
        assert books(day).ticket is not None
    assert books(day).ticket is None
    assert books(day, address="198.51.100.1").ticket is not None
    with pytest.raises(OutOfTurn):
        books(day, address="198.51.100.2")
    assert Ticket.objects.count() == 4


def test_nobody_books_for_six_or_for_a_day_that_is_over():
    _leader, day = sitting()
    with pytest.raises(Refused):
        books(day, persons=6)
    with pytest.raises(OutOfTurn):
        books(day, now=MONDAY + timedelta(hours=4))
    with pytest.raises(Unknown):
        books(day, now=MONDAY - timedelta(days=40))
    assert not Ticket.objects.exists()


def test_booking_on_the_page_shows_number_and_code_this_once():
    _leader, day = sitting()
    published()
    browser = Client()

    assert browser.get(reverse("portal:book", args=[day.pk])).status_code == 200
    assert browser.post(reverse("portal:book", args=[day.pk]), {"persons": "9"}).status_code == 422
    done = browser.post(reverse("portal:book", args=[day.pk]), {"persons": "1"})

    code = done.context["booked"].code
    assert code in done.content.decode()
    wrong = browser.post(reverse("portal:booking"), {"code": "AAAA-BBBB-CCCC"})
    assert wrong.status_code == 422
    assert browser.post(reverse("portal:booking"), {"code": code}).context["taken_back"].number == 1
    assert (
        browser.get(reverse("portal:book", args=["00000000-0000-0000-0000-000000000000"])).status_code == 404
    )
    assert day.day == TODAY


@pytest.mark.concurrency
def test_many_who_book_at_once_get_numbers_of_their_own_and_no_more_than_there_are():
    _leader, day = sitting()
    LocalSetting.objects.create(key=Setting.BOOKINGS_A_DAY, value=5, valid_from=LONG_AGO, basis="试")

    def one(turn: int) -> int | None:
        try:
            booked = books(day, address=f"203.0.113.{turn}")
            return booked.ticket.number if booked.ticket else None
        except OutOfTurn:
            return None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(one, range(10)))

    assert sorted(number for number in numbers if number) == [1, 2, 3, 4, 5]
