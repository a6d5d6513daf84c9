"""A channel is changed without its secret being shown or carried elsewhere, and tested with its true result."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from accounts.roles import Role
from audit.models import Entry
from lib.errors import NotAllowed, Unknown
from notices import actions
from notices.models import ChannelKind, Fault, MessageChannel
from notices.secrets import open_secret
from notices.testing import try_channel
from tests.given import MONDAY, a_hat, the_petition_office
from tests.notices.gateway import Gateway, a_gateway
from tests.notices.given import a_channel

pytestmark = pytest.mark.django_db


@pytest.fixture
def gateway(settings) -> Iterator[Gateway]:
    with a_gateway() as listening:
        settings.SMS_GATEWAY_URL = f"{listening.url}/send"
        yield listening


@pytest.fixture
def administrator(sign_in):
    hat = a_hat(Role.SYSTEM_ADMINISTRATOR)
    hat.user.phone = "0358-8222345"
    hat.user.save(update_fields=["phone"])
    return sign_in(hat)


def secret_of(channel: MessageChannel) -> dict[str, str]:
    channel.refresh_from_db()
    return dict(open_secret(channel.pk, channel.secret_sealed))


def test_a_name_is_changed_and_a_secret_left_empty_stays(administrator):
    channel = a_channel(ChannelKind.DINGTALK, organ=the_petition_office())
    before = secret_of(channel)
    page = administrator.open("notices:channel", channel.pk).content.decode()
    assert not any(value in page for value in before.values())

    done = administrator.send(
        "notices:channel", channel.pk, name="科室群", organ=the_petition_office().pk, key="", signature=""
    )

    assert done.status_code == 302
    assert (secret_of(channel), channel.name) == (before, "科室群")
    assert Entry.objects.get(verb="channel.revise").facts == {"kind": "dingtalk", "changed": ["name"]}


def test_a_new_secret_takes_the_place_of_the_old_one_and_the_audit_says_which_and_not_what(administrator):
    channel = a_channel(ChannelKind.SMS)
    MessageChannel.objects.update(name="短信")

    administrator.send("notices:channel", channel.pk, name="短信", key="another-token")

    assert secret_of(channel) == {"token": "another-token"}
    facts = Entry.objects.get(verb="channel.revise").facts
    assert facts == {"kind": "sms", "changed": ["secret_token"]}


def test_a_password_is_not_carried_over_to_another_server(administrator):
    channel = a_channel(ChannelKind.MAIL)
    administrator.send(
        "notices:channel",
        channel.pk,
        name="邮件",
        host=channel.host,
        sender=channel.sender,
        account="xf",
        key="pass-1",
    )
    moved = {"name": "邮件", "host": "mail.elsewhere.cn", "sender": channel.sender}

    refused = administrator.send("notices:channel", channel.pk, **moved)

    assert (refused.status_code, set(refused.context["form"].errors)) == (422, {"key"})
    assert secret_of(channel) == {"user": "xf", "password": "pass-1"}
    assert channel.host == "mail.lishi.gov.cn"
    assert administrator.send("notices:channel", channel.pk, **moved, key="pass-2").status_code == 302
    assert secret_of(channel) == {"user": "xf", "password": "pass-2"}


@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("key", {"key": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abcdefgh"}),
        ("name", {"name": "  "}),
        ("organ", {"organ": ""}),
    ],
)
def test_what_a_channel_of_its_kind_has_not_is_refused_and_changes_nothing(administrator, field, facts):
    channel = a_channel(ChannelKind.WECOM, organ=the_petition_office())
    before = secret_of(channel)

    refused = administrator.send(
        "notices:channel", channel.pk, **{"name": "群", "organ": the_petition_office().pk, **facts}
    )

    assert (refused.status_code, set(refused.context["form"].errors)) == (422, {field})
    assert secret_of(channel) == before
    assert not Entry.objects.filter(verb="channel.revise").exists()


def test_a_test_message_goes_to_oneself_and_says_that_it_was_taken(administrator, gateway):
    channel = a_channel(ChannelKind.SMS, is_on=False)

    administrator.send("notices:test_channel", channel.pk)
    page = administrator.open("notices:channel", channel.pk)

    (message,) = gateway.taken
    assert message["to"] == "0358-8222345"
    assert "已被接收" in page.content.decode()
    channel.refresh_from_db()
    assert (channel.tested_at, channel.test_fault) == (MONDAY, "")
    assert Entry.objects.get(verb="channel.test").facts == {"kind": "sms", "went": True, "fault": ""}


@pytest.mark.parametrize(("answer", "fault"), [(500, Fault.REFUSED), (302, Fault.REFUSED)])
def test_a_test_that_did_not_go_says_why(administrator, gateway, answer, fault):
    gateway.answers = [answer]
    channel = a_channel(ChannelKind.SMS)

    administrator.send("notices:test_channel", channel.pk)
    page = administrator.open("notices:channel", channel.pk).content.decode()

    assert str(fault.label) in page
    channel.refresh_from_db()
    assert channel.test_fault == fault
    assert Entry.objects.get(verb="channel.test").facts["went"] is False


def test_who_has_no_telephone_is_told_so_and_nothing_is_sent(gateway):
    channel = a_channel(ChannelKind.SMS)
    without = a_hat(Role.SYSTEM_ADMINISTRATOR)

    assert try_channel(channel.pk, by=without, clock=lambda: MONDAY) == Fault.NO_ADDRESS

    assert gateway.taken == []


def test_nobody_else_changes_or_tests_a_channel(sign_in, gateway):
    channel = a_channel(ChannelKind.SMS)
    stranger = a_hat(Role.SECURITY_ADMINISTRATOR)
    setup = actions.Setup(kind=ChannelKind.SMS, name="别的", key="another")
    for deed in (
        lambda: actions.revise_channel(channel.pk, setup, by=stranger, now=MONDAY),
        lambda: actions.note_test(channel.pk, None, by=stranger, now=MONDAY),
        lambda: try_channel(channel.pk, by=stranger, clock=lambda: MONDAY),
    ):
        with pytest.raises(NotAllowed):
            deed()
    with pytest.raises(Unknown):
        actions.revise_channel(uuid4(), setup, by=a_hat(Role.SYSTEM_ADMINISTRATOR), now=MONDAY)

    assert sign_in(stranger).open("notices:channel", channel.pk).status_code == 403
    channel.refresh_from_db()
    assert (channel.name, channel.tested_at, gateway.taken) == (ChannelKind.SMS.label, None, [])
