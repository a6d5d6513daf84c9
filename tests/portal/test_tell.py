"""What a resident tells through a grid's code (码上办): an event, a petition, or what the office alone reads (Q3)."""

import io
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InternalError, connections, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.roles import Role
from assignments.models import Assignment
from audit.models import Entry
from cases.actions.from_grids import take_event, take_report
from cases.actions.register import register
from cases.models import Draft, Petition
from grids.actions.handling import accept_event, join_event
from grids.actions.hierarchy import post_grid
from grids.event_states import EventState, Origin
from grids.models import DirectReport, EventClock, EventPhoto, GridEvent
from infra.files import check
from infra.local_settings import Setting
from infra.models import LocalSetting, StoredFile
from lib.errors import Unknown
from notices.models import Kind, Notice
from portal.actions import VISITOR, look_up, tell_of
from portal.models import Attempts, Telling
from portal.progress_of_told import progress_of_told
from portal.states import Wish
from tests.cases.browsers import signed_in
from tests.cases.given import an_intake
from tests.given import LONG_AGO, MONDAY, a_hat
from tests.grids.given import NEXT_DOOR, a_clerk, a_community, a_grid, a_type, a_worker, an_event
from tests.grids.test_direct import new
from tests.grids.test_events import a_picture

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]
SECRET = "网格长王某收了物业的钱"


@pytest.fixture
def world():
    """A posted grid, its worker, the community's clerk, and a registrar of the district's office."""
    clerk, registrar = a_clerk(), a_hat(Role.REGISTRAR)
    grid = a_grid(by=clerk)
    worker = a_worker(grid, by=clerk)
    return post_grid(grid.pk, by=clerk, now=MONDAY), worker, clerk, registrar


def told(grid, *, key=None, wish=Wish.HERE, names_cadre=False, address="203.0.113.7", now=MONDAY, **given):
    """Tell something through a grid's code."""
    words = new(grid, origin=Origin.QR, **given)
    facts = {"wish": wish, "names_cadre": names_cadre, "address": address, "by": VISITOR, "now": now}
    return tell_of(key or uuid4(), words, **facts)


def as_typed(**given):
    usual = {
        "key": str(uuid4()), "names_cadre": "no", "wish": "here", "type": a_type().pk,
        "title": "井盖松动", "text": "院门口井盖松动，\n　车一过就响。",
    }  # fmt: skip
    return {**usual, **given}


def sends(grid, client=None, **typed):
    return (client or Client()).post(reverse("portal:tell", args=[grid.code]), as_typed(**typed))


def limit(setting, value):
    LocalSetting.objects.update_or_create(key=setting, valid_from=LONG_AGO, defaults={"value": value})


def test_it_becomes_an_event_of_the_community_with_the_words_as_they_were(world):
    grid, worker, clerk, _registrar = world
    photo = SimpleUploadedFile("现场.jpg", a_picture().read())

    answer = sends(grid, photo=photo, contact="13900000000", spot="三号楼")

    event, telling = GridEvent.objects.get(), Telling.objects.get()
    page = answer.content.decode()
    assert answer.status_code == 200 and telling.written in page
    assert answer.context["told"].code in page and event.number not in page
    assert (event.origin, event.state, event.reported_by) == (Origin.QR, EventState.REPORTED, None)
    assert event.text == "院门口井盖松动，\n　车一过就响。"
    assert event.pk == telling.subject != telling.key
    assert EventClock.objects.filter(event=event).count() == 1
    assert EventPhoto.objects.get().added_by is None
    with default_storage.open(StoredFile.objects.get().path) as kept:
        assert not Image.open(kept).getexif()
    assert [one.post for one in Notice.objects.filter(kind=Kind.EVENT_WAITS)] == [clerk.post]
    entry = Entry.objects.get(verb="event.report")
    assert (entry.actor_words, entry.facts) == ("public_page", {"event_state": "reported"})
    assert "井盖松动" in signed_in(worker).open("grids:events").content.decode()
    assert "13900000000" in signed_in(clerk).open("grids:event", event.pk).content.decode()


def test_q3_the_question_stands_before_the_text_and_has_to_be_answered(world):
    grid, *_others = world
    page = Client().get(reverse("portal:tell", args=[grid.code])).content.decode()
    assert page.index('name="names_cadre"') < page.index('name="text"')
    assert "checked" not in page[page.index('name="names_cadre"') : page.index('name="wish"')]

    assert sends(grid, names_cadre="").status_code == 422
    assert not Telling.objects.exists() and not GridEvent.objects.exists()


def test_q3_what_names_a_cadre_goes_to_the_office_alone_whatever_else_was_wished(world, caplog):
    grid, worker, clerk, registrar = world
    caplog.set_level(logging.DEBUG)
    neighbour = a_clerk(a_community("LHSQ", NEXT_DOOR))

    answer = sends(grid, names_cadre="yes", wish="here", text=SECRET, contact="13900000000")

    report = DirectReport.objects.get()
    assert answer.status_code == 200 and SECRET not in answer.content.decode()
    assert report.pk == Telling.objects.get().subject
    for kept in (SECRET, "13900000000"):
        assert kept.encode() not in bytes(report.content_sealed)
    for rows in (GridEvent, EventClock, Assignment):
        assert not rows.objects.exists()
    assert SECRET not in caplog.text and str(report.pk) not in caplog.text
    for hat in (worker, clerk, neighbour):
        for name in ("grids:events", "grids:grids", "desk:my_work", "notices:inbox"):
            seen = signed_in(hat).open(name).content.decode()
            assert (
                SECRET not in seen and str(report.pk) not in seen and Telling.objects.get().number not in seen
            )
    called = Notice.objects.get(kind=Kind.DIRECT_WAITS)
    assert (called.post, called.ways) == (registrar.post, [])
    inbox = signed_in(registrar).open("notices:inbox").content.decode()
    assert str(Kind.DIRECT_WAITS.label) in inbox and SECRET not in inbox
    assert signed_in(registrar).open("cases:direct_report", report.pk).url == reverse("cases:direct_reports")
    assert signed_in(worker).open("cases:direct_report", report.pk).status_code == 403

    a_hat(Role.SEALED_LANE_OFFICER)
    take_report(report.pk, by=registrar, now=MONDAY)
    register(report.pk, an_intake(text=SECRET), by=registrar, now=MONDAY)
    assert not Notice.objects.standing().filter(kind=Kind.DIRECT_WAITS).exists()


def test_at_the_residents_wish_the_office_registers_it_and_the_grid_reads_its_state_alone(world):
    grid, worker, _clerk, registrar = world

    sends(grid, wish="petition")

    event = GridEvent.objects.get()
    assert event.state == EventState.HANDED_OVER and not EventClock.objects.exists()
    assert [one.post for one in Notice.objects.filter(kind=Kind.EVENT_WAITS)] == [registrar.post]
    seen = signed_in(worker).open("grids:event", event.pk).content.decode()
    assert "井盖" not in seen
    assert take_event(event.pk, by=registrar, now=MONDAY) == Draft.objects.get()


def test_number_and_code_are_looked_up_on_the_page_that_exists(world):
    grid, _worker, clerk, _registrar = world
    here, cadre = told(grid), told(grid, names_cadre=True)

    def asked(one, code):
        typed = {"number": one.telling.written.lower(), "code": code}
        return Client().post(reverse("portal:entry"), typed)

    assert asked(here, cadre.code).status_code == 422
    accept_event(GridEvent.objects.get().pk, version=1, by=clerk, now=MONDAY)
    page = asked(here, here.code).content.decode()
    assert "已受理" in page and clerk.user.name not in page and GridEvent.objects.get().number not in page
    sealed = asked(cadre, cadre.code)
    progress = sealed.context["progress"]
    assert (progress.headline, progress.title, progress.office, progress.done) == ("已收到", "", "", ())
    verbs = Entry.objects.filter(verb="telling.look_up")
    assert {entry.actor_words for entry in verbs} == {"public_page"} and verbs.count() == 2
    assert {entry.subject_id for entry in verbs}.isdisjoint({str(here.telling.key), str(cadre.telling.key)})


def test_once_registered_the_same_code_shows_the_petition(world):
    grid, _worker, _clerk, registrar = world
    wished = told(grid, wish=Wish.PETITION)
    assert "登记" in progress_of_told(wished.telling.pk, now=MONDAY).headline
    key = wished.telling.subject
    take_event(key, by=registrar, now=MONDAY)
    register(key, an_intake(), by=registrar, now=MONDAY)

    tried = look_up(wished.telling.number, wished.code, address="203.0.113.7", by=VISITOR, now=MONDAY)

    found = progress_of_told(tried.telling_id, now=MONDAY)
    assert found.number == Petition.objects.get().number


def test_what_was_joined_to_an_equal_event_goes_as_that_one_goes(world):
    grid, worker, clerk, _registrar = world
    mine, twin = told(grid), an_event(grid, worker)
    join_event(mine.telling.subject, number=twin.number, version=1, by=clerk, now=MONDAY)
    accept_event(twin.pk, version=GridEvent.objects.get(pk=twin.pk).version, by=clerk, now=MONDAY)

    found = progress_of_told(mine.telling.pk, now=MONDAY)

    assert found.title == "物业的事" and found.headline.startswith("已受理")


def test_sent_again_it_is_there_once_and_the_code_is_drawn_anew(world):
    grid, *_others = world
    key = uuid4()
    first, second = told(grid, key=key), told(grid, key=key, text="另一件事")

    assert (first.again, second.again) == (False, True)
    assert first.telling == second.telling and GridEvent.objects.count() == 1

    def fits(code):
        tried = look_up(first.telling.number, code, address="203.0.113.7", by=VISITOR, now=MONDAY)
        return tried.telling_id is not None

    assert [fits(first.code), fits(second.code)] == [False, True]
    # whoever reads the event's own key in an address draws no code with it
    stranger = told(grid, key=first.telling.subject)
    assert not stranger.again and stranger.telling != first.telling


@pytest.mark.concurrency
def test_sent_twice_at_once_it_is_there_once(world):
    grid, *_others = world
    key = uuid4()

    def one(_turn):
        try:
            return told(grid, key=key).again
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        again = sorted(pool.map(one, range(4)))

    assert again == [False, True, True, True]
    assert GridEvent.objects.count() == Telling.objects.count() == 1


def test_too_many_of_one_network_or_one_grid_are_stopped_and_nothing_is_kept(world):
    grid, _worker, clerk, _registrar = world
    limit(Setting.TELLINGS_PER_ADDRESS, 2)
    other = a_grid("YN02", by=clerk)
    a_worker(other, by=clerk)
    post_grid(other.pk, by=clerk, now=MONDAY)
    for _turn in range(2):
        assert told(grid).telling is not None

    assert told(grid).telling is None and told(other).telling is None
    assert told(grid, address="198.51.100.1", now=MONDAY).telling is not None
    assert told(grid, now=MONDAY + timedelta(days=1)).telling is not None
    limit(Setting.TELLINGS_PER_GRID, 3)
    kept = GridEvent.objects.count()
    assert told(grid, address="198.51.100.2").telling is None
    assert told(other, address="198.51.100.3").telling is not None
    limit(Setting.TELLINGS_IN_ALL, 1)
    assert told(other, address="198.51.100.4").telling is None
    assert GridEvent.objects.count() == kept + 1
    answer = sends(other)
    assert answer.status_code == 429 and grid.complaint_phone in answer.content.decode()
    assert not any(grid.code in row.subject or "203.0" in row.subject for row in Attempts.objects.all())


def test_what_is_wrong_is_refused_and_nothing_is_kept(world):
    grid, _worker, clerk, _registrar = world
    unposted = a_grid("YN03", by=clerk)
    assert Client().get(reverse("portal:tell", args=[unposted.code])).status_code == 404
    with pytest.raises(Unknown):
        told(unposted)
    for typed in ({"text": " "}, {"title": ""}, {"type": ""}, {"wish": "none"}, {"key": "x"}):
        assert sends(grid, **typed).status_code == 422
    paper = SimpleUploadedFile("a.pdf", b"%PDF-1.7 " + b"0" * 300)
    answer = sends(grid, photo=paper)
    assert answer.status_code == 422 and "photo" in answer.context["form"].errors
    assert not any(rows.objects.exists() for rows in (GridEvent, DirectReport, Telling, StoredFile, Attempts))


def test_a_picture_that_unpacks_into_too_much_is_refused_at_the_public_door_and_taken_inside(world):
    grid, *_others = world
    large = a_large_picture()
    answer = sends(grid, photo=SimpleUploadedFile("大图.png", large))

    assert answer.status_code == 422
    assert not any(rows.objects.exists() for rows in (GridEvent, Telling, StoredFile))
    assert check(SimpleUploadedFile("大图.png", large)).content_type == "image/png"


def a_large_picture():
    """Return a picture of twenty million pixels in a few bytes."""
    out = io.BytesIO()
    Image.new("L", (5000, 4000)).save(out, "PNG")
    return out.getvalue()


def test_the_database_lets_no_number_be_changed(world):
    grid, *_others = world
    told(grid)
    for change in ({"number": "MS000000000000"}, {"subject": uuid4()}):
        with pytest.raises(InternalError), transaction.atomic():
            Telling.objects.update(**change)
    with pytest.raises(InternalError), transaction.atomic():
        Telling.objects.all().delete()
