"""An event from the spot to being struck off: settled where it arises, or by whom it belongs to ([L08] Art 10–14)."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from accounts.roles import Role
from assignments.models import Assignment
from assignments.states import State
from audit.models import Entry
from grids.actions import asked, handing_over, handling
from grids.actions.reporting import report_event
from grids.event_states import ClockCode, EventState, Phase, Rating
from grids.filing import NewEvent
from grids.models import Evaluation, EventClock, EventMove, EventPhoto, GridEvent
from infra.files import check
from lib.errors import NotAllowed, OutOfTurn, Refused, Stale, Unknown
from notices.models import Kind, Notice
from tests.cases.browsers import signed_in
from tests.cases.test_api import a_program, post
from tests.given import MONDAY, a_hat, an_organ
from tests.grids.given import NEXT_DOOR, a_clerk, a_community, a_grid, a_type, a_worker, an_event, the_street

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]
TODAY = timezone.localdate(MONDAY)
HOUR = timedelta(hours=1)


@pytest.fixture
def world():
    """A grid with its worker, the community's clerk and a colleague of his."""
    clerk = a_clerk()
    grid = a_grid(by=clerk)
    return grid, a_worker(grid, by=clerk), clerk, a_clerk(clerk.organ)


def step(deed, event, by, *, now=MONDAY, **facts):
    event.refresh_from_db()
    return deed(event.pk, version=event.version, by=by, now=now, **facts)


def a_picture() -> SimpleUploadedFile:
    out = io.BytesIO()
    picture = Image.new("RGB", (20, 10), "red")
    exif = picture.getexif()
    exif[0x010F] = "PhoneMaker"
    picture.save(out, "JPEG", exif=exif)
    return SimpleUploadedFile("现场.jpg", out.getvalue())


def test_what_is_settled_on_the_spot_is_verified_by_another_and_struck_off(world):
    grid, worker, clerk, colleague = world
    event = an_event(grid, worker, keep=True)
    assert (event.state, event.tier, event.number) == (EventState.DISCOVERED, "grid", "WG2026-000001")
    assert EventClock.objects.get().code == ClockCode.SPOT

    with pytest.raises(Refused):
        step(handling.settle_event, event, worker, words=" ")
    step(handling.settle_event, event, worker, words="已清理，双方和好", now=MONDAY + HOUR)
    assert EventClock.objects.get().met_at == MONDAY + HOUR
    for by, refusal in ((worker, NotAllowed), (a_hat(Role.CASE_OFFICER, organ=an_organ("ZJ")), Unknown)):
        with pytest.raises(refusal):
            step(handling.verify_event, event, by, words="看过")
    with pytest.raises(OutOfTurn):
        step(handling.close_event, event, clerk, words="")

    step(handling.verify_event, event, clerk, words="到现场看过")
    step(handling.close_event, event, colleague, words="")
    event.refresh_from_db()
    assert (event.state, event.settled_on_spot) == (EventState.CLOSED, True)
    assert event.ended_at is not None
    steps = list(EventMove.objects.order_by("pk").values_list("step", flat=True))
    assert steps == ["report", "settle", "verify", "close"]
    said = Entry.objects.filter(verb__startswith="event.").values_list("facts", flat=True)
    assert "杂物" not in str(list(said)) and "清理" not in str(list(said))


def test_a_matter_goes_up_is_given_to_two_units_fed_back_verified_and_rated(world):
    grid, worker, clerk, colleague = world
    first, second = (a_hat(Role.CASE_OFFICER, organ=an_organ(code)) for code in ("CG", "ZJ"))
    event = an_event(grid, worker)
    assert event.state == EventState.REPORTED
    assert EventClock.objects.get().code == ClockCode.COMMUNITY
    assert set(Notice.objects.filter(kind=Kind.EVENT_WAITS).values_list("post", flat=True)) == {
        clerk.post.pk, colleague.post.pk,
    }  # fmt: skip
    step(handling.accept_event, event, clerk)
    assert not GridEvent.objects.visible_to(first).exists()
    for wrong in (
        {"organ_id": clerk.organ.pk},
        {"organ_id": -1},
        {"due_on": TODAY - timedelta(days=1)},
        {"act": ""},
    ):
        usual = {"organ_id": first.organ.pk, "act": "清运", "due_on": TODAY + timedelta(days=5)}
        with pytest.raises(Refused):
            step(handling.ask_unit, event, clerk, **{**usual, **wrong})
    assert not Assignment.objects.exists()
    for unit in (first, second):
        step(
            handling.ask_unit,
            event,
            clerk,
            organ_id=unit.organ.pk,
            act="清运",
            due_on=TODAY + timedelta(days=5),
        )
    with pytest.raises(Refused):
        step(handling.ask_unit, event, clerk, organ_id=first.organ.pk, act="再", due_on=TODAY)

    one, two = (Assignment.objects.get(organ=unit.organ) for unit in (first, second))
    with pytest.raises(Unknown):
        asked.reply_event(one.pk, words="代答", by=second, now=MONDAY)
    asked.receive_event(one.pk, by=first, now=MONDAY)
    asked.reply_event(one.pk, words="已清运", by=first, now=MONDAY)
    event.refresh_from_db()
    assert event.state == EventState.HANDLING
    asked.decline_event(two.pk, reason="不属本单位职责", by=second, now=MONDAY)
    event.refresh_from_db()
    assert event.state == EventState.FED_BACK
    assert not GridEvent.objects.visible_to(second).exists()

    step(handling.send_event_back, event, clerk, words="还有一处")
    one.refresh_from_db()
    assert one.state == State.RECEIVED
    asked.reply_event(one.pk, words="全部清运", by=first, now=MONDAY)
    step(handling.verify_event, event, clerk, words="看过")
    one.refresh_from_db()
    assert one.state == State.VERIFIED
    step(handling.close_event, event, clerk, words="")
    step(handling.evaluate_event, event, clerk, rating=Rating.SOLVED, words="满意")
    with pytest.raises(OutOfTurn):
        step(handling.evaluate_event, event, colleague, rating=Rating.NOT, words="")
    assert Evaluation.objects.get().rating == Rating.SOLVED
    assert not EventClock.objects.open().exists()

    step(handling.reopen_event, event, clerk, reason="又堆了")
    event.refresh_from_db()
    assert (event.state, event.ended_at) == (EventState.ACCEPTED, None)
    assert EventClock.objects.open().get().code == ClockCode.COMMUNITY


def test_the_neighbouring_grid_and_community_and_the_petition_office_know_of_nothing(world):
    grid, worker, clerk, _colleague = world
    event = an_event(grid, worker)
    next_grid = a_grid("YN02", by=clerk)
    strangers = [
        a_worker(next_grid, by=clerk),
        a_hat(Role.GRID_WORKER, organ=grid.organ),
        a_clerk(a_community("LHSQ", NEXT_DOOR)),
        a_hat(Role.PETITION_OFFICER),
        a_hat(Role.SYSTEM_ADMINISTRATOR),
        a_hat(Role.LEADER, organ=an_organ("ZF")),
    ]
    for stranger in strangers:
        assert not GridEvent.objects.visible_to(stranger).exists()
        with pytest.raises(Unknown):
            handling.settle_event(event.pk, words="别处", version=1, by=stranger, now=MONDAY)
    with pytest.raises(Unknown):
        an_event(next_grid, worker)
    assert GridEvent.objects.visible_to(a_clerk(the_street())).exists()
    assert EventMove.objects.count() == 1


def test_whoever_stands_for_a_grid_knows_of_what_lies_below_it_and_of_nothing_after_his_end(world):
    grid, worker, clerk, _colleague = world
    below = a_grid("YN0101", by=clerk, parent=grid, name="甲片")
    event = an_event(below, a_worker(below, by=clerk, level=2))

    assert GridEvent.objects.visible_to(worker).get() == event
    staff = grid.staff.get(post=worker.post)
    staff.until = TODAY
    staff.save(update_fields=["until"])
    assert not GridEvent.objects.visible_to(worker).exists()


def test_sent_twice_it_is_reported_once_and_a_step_too(world):
    grid, worker, _clerk, _colleague = world
    key, step_key = uuid4(), uuid4()
    event = an_event(grid, worker, key=key, keep=True)
    assert an_event(grid, worker, key=key, keep=True, title="别的") == event
    with pytest.raises(Unknown):
        an_event(grid, a_worker(grid, patch="2号楼"), key=key)
    facts = {"words": "好了", "client_id": step_key, "observed_at": MONDAY, "by": worker, "now": MONDAY}
    for _ in range(2):
        handling.settle_event(event.pk, version=1, **facts)
    with pytest.raises(Stale):
        handling.settle_event(event.pk, version=1, **{**facts, "client_id": uuid4()})

    assert GridEvent.objects.get().title == "楼道堆放杂物起争执"
    assert EventMove.objects.count() == 2


def test_periods_count_from_when_it_was_seen_unless_the_phones_clock_is_wrong(world):
    grid, worker, _clerk, _colleague = world
    early = an_event(grid, worker, keep=True, observed_at=MONDAY - 3 * HOUR)
    wrong = an_event(grid, worker, keep=True, observed_at=MONDAY + HOUR)
    with pytest.raises(Refused):
        an_event(grid, worker, observed_at=MONDAY - timedelta(days=31))

    early_clock, wrong_clock = (EventClock.objects.get(event=event) for event in (early, wrong))
    assert early_clock.started_at == MONDAY - 3 * HOUR
    assert (wrong.clock_was_off, wrong_clock.started_at) == (True, MONDAY)
    assert (early.clock_was_off, early.observed_at, early.received_at) == (False, MONDAY - 3 * HOUR, MONDAY)
    assert GridEvent.objects.count() == 2


def test_danger_goes_to_the_community_at_once_with_hours(world):
    grid, worker, _clerk, _colleague = world
    event = an_event(grid, worker, keep=True, is_dangerous=True, type="hazard_gas")
    assert (event.state, EventClock.objects.get().code) == (EventState.REPORTED, ClockCode.DANGER)
    assert event.next_due_at == MONDAY + 2 * HOUR


def test_what_does_not_follow_or_is_not_ones_own_is_refused_and_leaves_nothing(world):
    grid, worker, clerk, _colleague = world
    event = an_event(grid, worker)
    street = a_clerk(the_street())
    for act, by, facts, refusal in (
        (handling.accept_event, worker, {}, NotAllowed),
        (handling.accept_event, street, {}, NotAllowed),
        (handling.close_event, clerk, {"words": ""}, OutOfTurn),
        (handling.ask_unit, clerk, {"organ_id": 1, "act": "办", "due_on": TODAY}, OutOfTurn),
        (handling.return_event, clerk, {"reason": ""}, Refused),
        (handling.reopen_event, clerk, {"reason": "又"}, OutOfTurn),
        (handling.evaluate_event, clerk, {"rating": Rating.SOLVED, "words": ""}, OutOfTurn),
    ):
        with pytest.raises(refusal):
            step(act, event, by, **facts)
    with pytest.raises(Stale):
        handling.accept_event(event.pk, version=9, by=clerk, now=MONDAY)
    event.refresh_from_db()
    assert (event.state, event.version, EventMove.objects.count()) == (EventState.REPORTED, 1, 1)
    with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
        GridEvent.objects.update(text="改写")
    with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
        EventMove.objects.all().delete()


def test_an_event_is_returned_with_its_reason(world):
    grid, worker, clerk, _colleague = world
    event = an_event(grid, worker)
    step(handling.return_event, event, clerk, reason="属小区业主自治事项，已向居民说明")
    event.refresh_from_db()
    assert event.state == EventState.RETURNED
    assert EventClock.objects.get().cancelled_at is not None


def test_equal_events_are_joined_and_only_those(world):
    grid, worker, clerk, _colleague = world
    first, again = an_event(grid, worker), an_event(grid, worker)
    other = an_event(grid, worker, type="hazard_fire")
    for number in ("WG2026-999999", other.number, again.number):
        with pytest.raises(Refused):
            step(handling.join_event, again, clerk, number=number)
    step(handling.join_event, again, clerk, number=first.number.lower())
    again.refresh_from_db()
    assert (again.state, again.joined_to) == (EventState.JOINED, first)


def test_pictures_lose_place_and_device_and_are_fetched_by_who_knows_of_the_event(world):
    grid, worker, clerk, _colleague = world
    event = an_event(grid, worker, keep=True)
    handling.add_photo(event.pk, photo=check(a_picture()), phase=Phase.AFTER, by=worker, now=MONDAY)
    photo = EventPhoto.objects.get()
    stored = handling.fetch_photo(event.pk, photo.pk, by=clerk, now=MONDAY)
    assert stored.content_type == "image/jpeg"
    with Image.open(f"{_folder()}/{stored.path}") as picture:
        assert not picture.getexif()
    with pytest.raises(Unknown):
        handling.fetch_photo(event.pk, photo.pk, by=a_hat(), now=MONDAY)
    pdf = check(SimpleUploadedFile("a.pdf", b"%PDF-1.4 x"))
    with pytest.raises(Refused):
        handling.add_photo(event.pk, photo=pdf, phase=Phase.AFTER, by=worker, now=MONDAY)
    assert EventPhoto.objects.count() == 1


def _folder() -> str:
    return default_storage.location


def test_q3_at_the_residents_wish_the_office_gets_it_and_the_grid_sees_its_state_alone(world):
    grid, worker, clerk, _colleague = world
    event = an_event(grid, worker, contact="李某 13800001234")
    officer, registrar = a_hat(Role.PETITION_OFFICER), a_hat(Role.REGISTRAR)
    with pytest.raises(Refused):
        step(handing_over.hand_over_event, event, worker, wished=False)
    unit = a_hat(Role.CASE_OFFICER, organ=an_organ("CG"))
    step(handling.accept_event, event, clerk)
    step(handling.ask_unit, event, clerk, organ_id=unit.organ.pk, act="办", due_on=TODAY)
    step(handing_over.hand_over_event, event, worker, wished=True)

    event.refresh_from_db()
    assert event.text == "三号楼二单元楼道堆放杂物，\n　邻里为此争执。"
    assert event.state == EventState.HANDED_OVER
    assert not EventClock.objects.open().exists()
    assert Assignment.objects.get().state == State.CANCELLED
    assert GridEvent.objects.visible_to(officer).get() == event
    assert not GridEvent.objects.visible_to(unit).exists()
    assert Notice.objects.filter(kind=Kind.EVENT_WAITS, post=registrar.post).exists()
    assert b"13800001234" not in bytes(event.contact_sealed)


def test_a_type_that_ended_or_an_empty_text_is_refused(world):
    grid, worker, _clerk, _colleague = world
    for wrong in ({"title": " "}, {"text": ""}, {"type_id": -1}):
        new = {"type_id": a_type().pk, "title": "题", "text": "文", "grid_id": grid.pk, **wrong}
        with pytest.raises(Refused):
            report_event(uuid4(), NewEvent(**new), by=worker, now=MONDAY)
    assert not GridEvent.objects.exists()


def test_the_ledger_and_the_event_on_their_pages_and_for_programs(world):
    grid, worker, clerk, _colleague = world
    phone, desk = signed_in(worker), signed_in(clerk)
    typed = {
        "event_id": str(uuid4()), "grid": grid.pk, "type": a_type().pk, "origin": "worker", "title": "楼道杂物",
        "text": "占道", "contact": "张 13900000000", "names_cadre": "no",
    }  # fmt: skip
    assert phone.send("grids:report", **{**typed, "text": ""}).status_code == 422
    for _ in range(2):
        assert phone.send("grids:report", **typed).status_code == 302
    event = GridEvent.objects.get()
    assert (
        "楼道杂物"
        in desk.open("grids:events", query={"view": "waits", "ledger": "petition"}).content.decode()
    )
    assert not desk.open("grids:events", query={"ledger": "hazard"}).context["rows"]
    assert desk.send("grids:on_event", event.pk, "accept", version=9).status_code == 409
    assert desk.send("grids:on_event", event.pk, "accept", version=1).status_code == 302
    page = desk.open("grids:event", event.pk).content.decode()
    assert "占道" in page and "13900000000" in page
    stranger = signed_in(a_clerk(a_community("LHSQ", NEXT_DOOR)))
    assert stranger.open("grids:event", event.pk).status_code == 404
    assert stranger.send("grids:on_event", event.pk, "close", version=2).status_code == 404
    assert (
        signed_in(worker).send("grids:on_event", event.pk, "hand-over", version=2, wished="on").status_code
        == 302
    )
    seen = phone.open("grids:event", event.pk).content.decode()
    assert "占道" not in seen and "楼道杂物" not in seen and event.number in seen

    program = a_program(clerk, may_write=True)
    assert program.get("/api/v1/grid-events/").json()["results"][0]["number"] == event.number
    assert "13900000000" not in program.get(f"/api/v1/grid-events/{event.pk}/").content.decode()
    body = {**typed, "event_id": str(uuid4()), "grid": str(grid.pk)}
    made = post(program, "/api/v1/grid-events/report/", body)
    assert (made.status_code, GridEvent.objects.count()) == (201, 2)
    assert (
        post(program, f"/api/v1/grid-events/{made.json()['id']}/accept/", {"version": 1}).json()["state"]
        == "accepted"
    )


def test_one_event_or_twenty_cost_the_same(world):
    grid, worker, clerk, _colleague = world
    an_event(grid, worker)
    browser = signed_in(clerk)
    browser.open("grids:events")
    with CaptureQueriesContext(connection) as one:
        browser.open("grids:events")
    for _ in range(20):
        an_event(grid, worker)
    with CaptureQueriesContext(connection) as twenty:
        browser.open("grids:events")
    assert len(twenty) == len(one)
