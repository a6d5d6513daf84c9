"""What the system administrator sets up and sees of messages: never a secret, never a petition."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from accounts.roles import Role
from audit.models import Entry
from cases.reminding.sweeps import remind_of_periods
from cases.states import Purpose
from deadlines.actions import load_year
from infra.models import Sweep
from infra.sweep_runs import know_all, run
from infra.timetable import periods
from notices.models import Delivery, DeliveryState, Fault, Kind, MessageChannel, Notice, Reminder
from notices.secrets import open_secret
from notices.sweeps import tell_of_missing_sweeps, tell_of_missing_year
from tests.cases.given import a_petition
from tests.cases.handling.given import at, registered
from tests.deadlines.given import NOTICE_2027
from tests.given import MONDAY, a_hat, the_petition_office
from tests.notices.given import a_channel

pytestmark = pytest.mark.django_db

KEY = "693a91f6-7abc-4bc4-97a0-0ec2sifa5aaa"


@pytest.fixture
def administrator(sign_in):
    return sign_in(a_hat(Role.SYSTEM_ADMINISTRATOR))


def test_a_robot_is_set_up_with_its_key_sealed_and_never_shown(administrator):
    organ = the_petition_office()

    done = administrator.send("notices:channels", kind="wecom", name="科室群", organ=organ.pk, key=KEY)

    assert done.status_code == 302
    channel = MessageChannel.objects.get()
    assert KEY.encode() not in bytes(channel.secret_sealed)
    assert open_secret(channel.pk, channel.secret_sealed)["key"] == KEY
    assert KEY not in administrator.open("notices:channels").content.decode()
    assert Entry.objects.get(verb="channel.set_up").facts == {"kind": "wecom"}


@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("key", {"kind": "wecom", "key": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abcdefgh"}),
        ("key", {"kind": "feishu", "key": "json://127.0.0.1"}),
        ("kind", {"kind": "json", "key": "x" * 20}),
        ("host", {"kind": "mail", "host": "127.0.0.1", "sender": "a@b.cn"}),
        ("host", {"kind": "mail", "host": "localhost.localdomain", "sender": "a@b.cn"}),
        ("host", {"kind": "mail", "host": "file:///etc/passwd", "sender": "a@b.cn"}),
        ("organ", {"kind": "dingtalk", "key": "abcdefgh12"}),
    ],
)
def test_no_page_points_a_channel_at_an_address(administrator, field, facts):
    facts = {"name": "通道", "organ": the_petition_office().pk, **facts}
    if field == "organ":
        del facts["organ"]

    refused = administrator.send("notices:channels", **facts)

    assert refused.status_code == 422
    assert field in refused.context["form"].errors
    assert not MessageChannel.objects.exists()


def test_a_second_mailbox_is_refused_until_the_first_is_off(administrator):
    first = a_channel()
    facts = {"kind": "sms", "name": "短信", "key": "another"}
    assert administrator.send("notices:channels", **facts).status_code == 422

    administrator.send("notices:switch_channel", first.pk, on="no")

    assert administrator.send("notices:channels", **facts).status_code == 302
    assert administrator.send("notices:switch_channel", first.pk, on="yes").status_code == 409


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SYSTEM_ADMINISTRATOR}))
def test_nobody_else_opens_these_pages(sign_in, role):
    browser = sign_in(a_hat(role))
    names = ("notices:channels", "notices:outbox", "notices:reminders", "desk:tonight")

    assert {browser.open(name).status_code for name in names} == {403}


def a_dead_delivery() -> Delivery:
    return Delivery.objects.create(
        channel=a_channel(),
        post=a_hat().post,
        day=MONDAY.date(),
        since_at=MONDAY,
        until_at=MONDAY,
        next_try_at=MONDAY,
        attempts=8,
        state=DeliveryState.DEAD,
        fault=Fault.REFUSED,
    )


def test_what_did_not_go_out_is_listed_with_its_reason_and_may_be_tried_again(administrator):
    dead = a_dead_delivery()
    page = administrator.open("notices:outbox").content.decode()
    assert dead.post.user.name in page
    assert "网关拒收" in page

    administrator.send("notices:try_again", dead.pk)

    dead.refresh_from_db()
    assert (dead.state, dead.attempts) == (DeliveryState.WAITING, 0)
    assert Entry.objects.filter(verb="delivery.try_again").exists()


def test_what_went_out_is_not_tried_again(administrator):
    sent = a_dead_delivery()
    Delivery.objects.update(state=DeliveryState.SENT, sent_at=MONDAY, fault="")

    assert administrator.send("notices:try_again", sent.pk).status_code == 409
    assert administrator.send("notices:try_again", uuid4()).status_code == 404
    assert Delivery.objects.get().state == DeliveryState.SENT


def test_a_line_is_followed_from_its_day_and_never_changed(administrator):
    facts = {"code": "", "band": "warn", "audience": ["leaders"], "ways": ["sms"], "valid_from": "2026-03-03"}
    administrator.send("notices:reminders", **facts)

    before, after = Reminder.objects.filter(code="", band="warn").order_by("valid_from")
    assert (before.valid_to, before.audience) == (date(2026, 3, 2), ["officers", "heads"])
    assert (after.valid_from, after.audience, after.ways) == (date(2026, 3, 3), ["leaders"], ["sms"])


def test_a_line_of_the_past_is_refused(administrator):
    facts = {"code": "T1", "band": "warn", "audience": ["leaders"], "valid_from": "2026-03-01"}

    assert administrator.send("notices:reminders", **facts).status_code == 422
    assert not Reminder.objects.filter(code="T1").exists()


def test_tonight_counts_what_the_sweep_would_tell_and_writes_nothing(administrator):
    case = registered(now=MONDAY - timedelta(days=8), received_at=MONDAY - timedelta(days=8))
    a_hat(Role.SEALED_LANE_OFFICER)
    a_petition(purpose=Purpose.REPORT_ACCUSATION)

    page = administrator.open("desk:tonight")

    lines = {(line.code, line.band.value): line.periods for line in page.context["tonight"].told.lines}
    assert lines[("T1", "notice")] == 1
    assert not Notice.objects.filter(kind__startswith="period").exists()
    assert case.petition.number not in page.content.decode()
    remind_of_periods(now=at(3, 3, 0))
    assert Notice.objects.filter(kind=Kind.PERIOD_NOTICE, code="T1").exists()


def test_administrators_are_told_once_of_a_sweep_that_stays_out(administrator):
    name = "infra.tasks.close_audit_block"
    know_all(now=MONDAY)
    run(name, lambda tally: 0, clock=lambda: MONDAY)
    Sweep.objects.exclude(pk=name).update(finished_at=MONDAY + timedelta(days=9))
    late = MONDAY + timedelta(minutes=3)

    assert tell_of_missing_sweeps(now=late) == 1
    assert tell_of_missing_sweeps(now=late) == 0

    notice = Notice.objects.get(kind=Kind.SWEEP_MISSING)
    assert notice.post.role == Role.SYSTEM_ADMINISTRATOR
    assert administrator.open("notices:inbox").status_code == 200
    assert administrator.open("desk:sweep", notice.subject_id).status_code == 200


def test_the_health_page_shows_each_sweep_with_words_and_its_last_run(administrator):
    run("cases.tasks.deem_received", lambda tally: 2, clock=lambda: MONDAY)

    page = administrator.open("desk:health")

    shown = {line.name: line for line in page.context["sweeps"]}
    assert set(shown) == set(periods())
    assert all(line.words != line.name for line in shown.values())
    assert shown["cases.tasks.deem_received"].last.acted == 2


def test_q26_administrators_are_told_once_of_a_year_that_is_missing_until_it_is_loaded(administrator):
    in_november = at(11, 2, 7)

    told = [tell_of_missing_year(now=in_november - timedelta(days=3)), tell_of_missing_year(now=in_november)]
    again = tell_of_missing_year(now=in_november + timedelta(days=1))

    notice = Notice.objects.get(kind=Kind.CALENDAR_MISSING)
    assert (told, again) == ([0, 1], 0)
    assert (notice.post.role, notice.subject_id) == (Role.SYSTEM_ADMINISTRATOR, "2027")
    assert administrator.open("deadlines:calendar_of", 2027).status_code == 302
    load_year(NOTICE_2027, source="国办", by=a_hat(Role.SYSTEM_ADMINISTRATOR), now=in_november)
    assert tell_of_missing_year(now=in_november + timedelta(days=2)) == 0
    assert not Notice.objects.standing().filter(kind=Kind.CALENDAR_MISSING).exists()


def test_a_run_that_was_lost_and_comes_months_late_takes_back_nothing_told_after_its_moment(administrator):
    in_november = at(11, 2, 7)
    tell_of_missing_year(now=in_november)

    assert tell_of_missing_year(now=in_november - timedelta(days=80)) == 0

    assert Notice.objects.standing().filter(kind=Kind.CALENDAR_MISSING).exists()
