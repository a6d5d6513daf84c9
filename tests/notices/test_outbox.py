"""What goes out of the house: one digest a working day, at least once, with the rights of the moment it goes."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from apprise.plugins.dingtalk import NotifyDingTalk
from apprise.plugins.feishu import NotifyFeishu
from apprise.plugins.wecombot import NotifyWeComBot
from django.db import transaction

from accounts.models import Absence
from accounts.roles import Role
from cases.actions.sealing import seal
from cases.intake import Reported
from cases.models import PetitionClock
from cases.reminding.sweeps import remind_of_periods
from cases.states import Purpose, ReportedKind
from deadlines.parts import meet
from infra.models import LocalSetting
from infra.sweep_runs import Tally
from notices.hours import BACK_OFF, may_send
from notices.models import ChannelKind, Delivery, DeliveryState, Fault, Notice
from notices.outbox import HELD, send_waiting
from notices.sweeps import write_digests
from tests.cases.given import a_person, a_petition
from tests.cases.handling.given import Case, a_unit, at, registered, the_office
from tests.given import MONDAY, a_hat, a_user
from tests.notices.gateway import Gateway, a_gateway
from tests.notices.given import a_channel

pytestmark = pytest.mark.django_db

# T1 of a letter received on 2 March is urged on Monday the 16th, from its first moment on
MIDNIGHT, HALF_PAST_EIGHT = at(3, 16, 0), datetime(2026, 3, 16, 8, 30, tzinfo=MONDAY.tzinfo)
TUESDAY = HALF_PAST_EIGHT + timedelta(days=1)


@pytest.fixture
def gateway(settings) -> Iterator[Gateway]:
    with a_gateway() as listening:
        settings.SMS_GATEWAY_URL = f"{listening.url}/send"
        yield listening


def an_urged_petition(**facts) -> Case:
    """Make a petition whose T1 ends tomorrow, and let its people be told; the director has a telephone."""
    case = registered(**facts)
    case.office.head.user.phone = "0358-8222345"
    case.office.head.user.save(update_fields=["phone"])
    remind_of_periods(now=MIDNIGHT)
    return case


def send(now: datetime = HALF_PAST_EIGHT) -> int:
    return send_waiting(clock=lambda: now)


def delivery_of(case: Case) -> Delivery:
    return Delivery.objects.get(post=case.office.head.post)


def test_the_days_digest_is_one_message_at_half_past_eight_without_a_name_or_a_title(gateway):
    a_channel()
    office = the_office()
    an_urged_petition(office=office, people=(a_person("张大强"),))
    an_urged_petition(office=office)

    assert write_digests(now=HALF_PAST_EIGHT - timedelta(seconds=1)) == 0
    write_digests(now=HALF_PAST_EIGHT)
    assert send() == 1

    (message,) = gateway.taken
    assert message["to"] == "0358-8222345"
    assert "：2" in message["text"] or ": 2" in message["text"]
    assert "张大强" not in message["text"]
    assert "永宁花园" not in message["text"]


def test_a_second_run_and_a_later_round_write_no_second_digest(gateway):
    a_channel()
    an_urged_petition()

    assert write_digests(now=HALF_PAST_EIGHT) >= 1
    assert write_digests(now=HALF_PAST_EIGHT) == 0
    assert write_digests(now=HALF_PAST_EIGHT + timedelta(hours=2)) == 0


def test_what_was_decided_later_in_the_day_waits_for_the_next_digest_and_nothing_is_told_twice(gateway):
    a_channel()
    case = an_urged_petition()
    write_digests(now=HALF_PAST_EIGHT)
    send()
    Notice.objects.filter(post=case.office.head.post, code="T1").update(decided_at=at(3, 16, 11))

    write_digests(now=TUESDAY)
    send(TUESDAY)
    assert write_digests(now=TUESDAY + timedelta(days=1)) == 0

    assert len(gateway.taken) == 2


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(at(3, 15, 10), id="a Sunday"),
        pytest.param(at(3, 16, 7), id="before the hours"),
        pytest.param(at(3, 16, 20), id="after the hours"),
        pytest.param(at(10, 1, 10), id="National Day"),
    ],
)
def test_nothing_leaves_the_house_in_quiet_hours_or_on_days_of_rest(moment):
    assert not may_send(moment)


def test_a_saturday_that_is_worked_is_a_working_day():
    assert may_send(at(2, 14, 10))


def test_the_district_sets_its_quiet_hours():
    LocalSetting.objects.create(key="quiet_from_hour", value=18, valid_from=MONDAY.date(), basis="局办通知")

    assert not may_send(at(3, 16, 18))


def test_a_delivery_that_waits_stays_in_the_house_through_the_night(gateway):
    a_channel()
    an_urged_petition()
    write_digests(now=HALF_PAST_EIGHT)

    assert send(at(3, 16, 21)) == 0
    assert gateway.taken == []
    assert send(TUESDAY) == 1


def test_what_the_gateway_does_not_take_is_tried_again_later_each_time_and_given_up_at_last(gateway):
    a_channel()
    case = an_urged_petition()
    write_digests(now=HALF_PAST_EIGHT)
    gateway.answers = [503]

    moment = HALF_PAST_EIGHT
    for wait in BACK_OFF:
        send(moment)
        delivery = delivery_of(case)
        assert (delivery.state, delivery.fault) == (DeliveryState.WAITING, Fault.REFUSED)
        assert delivery.next_try_at == moment + wait
        # a moment at which anything may go
        moment = max(moment + wait, moment) if may_send(moment + wait) else TUESDAY + timedelta(days=1)
        Delivery.objects.update(next_try_at=moment)
    send(moment)

    assert delivery_of(case).state == DeliveryState.DEAD
    assert len(gateway.taken) == len(BACK_OFF) + 1


def test_a_gateway_that_is_away_is_no_end(gateway, settings):
    a_channel()
    case = an_urged_petition()
    write_digests(now=HALF_PAST_EIGHT)
    settings.SMS_GATEWAY_URL = "http://127.0.0.1:9/"
    send()
    assert delivery_of(case).fault == Fault.NO_ANSWER
    settings.SMS_GATEWAY_URL = f"{gateway.url}/send"

    assert send(HALF_PAST_EIGHT + BACK_OFF[0]) == 1
    assert delivery_of(case).state == DeliveryState.SENT


def test_a_sender_killed_after_the_gateway_took_it_sends_again_and_the_gateway_passes_it_on_once(gateway):
    a_channel()
    case = an_urged_petition()
    write_digests(now=HALF_PAST_EIGHT)
    send()
    # as the row stood when the sender was killed before it could write what had become of it
    Delivery.objects.update(
        state=DeliveryState.WAITING, sent_at=None, sent_to=None, next_try_at=HALF_PAST_EIGHT + HELD
    )

    assert send(HALF_PAST_EIGHT + HELD - timedelta(seconds=1)) == 0
    assert send(HALF_PAST_EIGHT + HELD) == 1

    assert len(gateway.taken) == 2
    assert list(gateway.passed_on) == [delivery_of(case).id.hex]


def test_an_answer_that_leads_elsewhere_is_not_followed(gateway):
    a_channel()
    case = an_urged_petition()
    write_digests(now=HALF_PAST_EIGHT)
    gateway.answers = [307]

    send()

    assert gateway.asked == ["/send"]
    assert delivery_of(case).fault == Fault.REFUSED


def test_q2_what_was_sealed_between_the_decision_and_the_sending_does_not_go_out(gateway):
    a_channel()
    case = an_urged_petition()
    lane = a_hat(Role.SEALED_LANE_OFFICER)
    write_digests(now=HALF_PAST_EIGHT)
    seal(
        case.pk,
        reason="反映干部问题",
        reported=(Reported(kind=ReportedKind.PERSON, name="王某"),),
        by=case.office.officer,
        now=HALF_PAST_EIGHT,
    )

    send()

    assert gateway.taken == []
    assert delivery_of(case).state == DeliveryState.NOTHING_LEFT
    assert not Delivery.objects.filter(post=lane.post).exists()


def test_a_period_met_meanwhile_is_not_reminded_of(gateway):
    a_channel()
    case = an_urged_petition()
    write_digests(now=HALF_PAST_EIGHT)
    with transaction.atomic():
        for clock in PetitionClock.objects.open().filter(petition=case.pk):
            meet(clock, at=HALF_PAST_EIGHT, now=HALF_PAST_EIGHT)

    send()

    assert gateway.taken == []


def test_q29_a_deputy_is_told_in_the_place_of_who_is_away(gateway):
    a_channel()
    case = an_urged_petition()
    deputy = a_user("王代理", phone="0358-8000001")
    Absence.objects.create(
        post=case.office.head.post, deputy=deputy, since=MIDNIGHT.date(), until=MIDNIGHT.date(), reason="培训"
    )
    write_digests(now=HALF_PAST_EIGHT)

    send()

    assert [message["to"] for message in gateway.taken] == ["0358-8000001"]
    assert delivery_of(case).sent_to == deputy


def test_who_has_no_telephone_is_a_matter_for_a_person(gateway):
    a_channel()
    case = an_urged_petition()
    case.office.head.user.phone = ""
    case.office.head.user.save(update_fields=["phone"])
    write_digests(now=HALF_PAST_EIGHT)
    tally = Tally()

    send_waiting(clock=lambda: HALF_PAST_EIGHT, tally=tally)

    assert (delivery_of(case).state, delivery_of(case).fault) == (DeliveryState.DEAD, Fault.NO_ADDRESS)
    assert tally.skipped[Fault.NO_ADDRESS] >= 1


def test_what_was_read_in_the_house_does_not_go_out(gateway):
    a_channel()
    an_urged_petition()
    Notice.objects.update(read_at=MIDNIGHT)

    assert write_digests(now=HALF_PAST_EIGHT) == 0


@pytest.mark.parametrize(
    ("kind", "service", "address"),
    [
        (ChannelKind.WECOM, NotifyWeComBot, "/cgi-bin/webhook/send?key={key}"),
        (ChannelKind.DINGTALK, NotifyDingTalk, "/robot/send?access_token={token}"),
        (ChannelKind.FEISHU, NotifyFeishu, "/open-apis/bot/v2/hook/{token}/"),
    ],
)
def test_a_groups_robot_says_how_many_and_never_which(gateway, monkeypatch, kind, service, address):
    # where the library says the robot listens
    monkeypatch.setattr(service, "notify_url", gateway.url + address)
    case = an_urged_petition()
    a_channel(kind, organ=case.office.organ)
    neighbour = a_unit("JY")
    a_channel(ChannelKind.WECOM, organ=neighbour.organ)

    write_digests(now=HALF_PAST_EIGHT)
    assert send() == 1

    (message,) = gateway.taken
    assert "Sign in" in str(message) or "登录" in str(message)
    assert case.petition.number not in str(message)


def test_a_robots_answer_that_leads_elsewhere_is_not_followed(gateway, monkeypatch):
    monkeypatch.setattr(NotifyWeComBot, "notify_url", gateway.url + "/{key}")
    case = an_urged_petition()
    a_channel(ChannelKind.WECOM, organ=case.office.organ)
    write_digests(now=HALF_PAST_EIGHT)
    gateway.answers = [302]

    send()

    assert len(gateway.asked) == 1
    assert Delivery.objects.get().fault == Fault.REFUSED


def test_the_robots_of_the_library_listen_where_their_makers_say():
    """Taken from no page: a change of the library must be looked at."""
    assert NotifyWeComBot.notify_url.startswith("https://qyapi.weixin.qq.com/")
    assert NotifyDingTalk.notify_url.startswith("https://oapi.dingtalk.com/")
    assert NotifyFeishu.notify_url.startswith("https://open.feishu.cn/")


def test_q2_the_lanes_own_notices_are_in_no_digest(gateway):
    a_channel()
    a_channel(ChannelKind.MAIL)
    a_hat(Role.SEALED_LANE_OFFICER)
    a_petition(purpose=Purpose.REPORT_ACCUSATION)
    remind_of_periods(now=MIDNIGHT)

    assert Notice.objects.exists()
    assert write_digests(now=HALF_PAST_EIGHT) == 0
