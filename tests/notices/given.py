"""Channels to start from."""

from datetime import datetime
from typing import Any

from accounts.models import Organ
from lib.ids import uuid7
from notices.models import ChannelKind, MessageChannel
from notices.secrets import seal_secret
from tests.given import MONDAY

_SECRETS = {
    ChannelKind.MAIL: {"user": "", "password": ""},
    ChannelKind.SMS: {"token": "a-token"},
    ChannelKind.WECOM: {"key": "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"},
    ChannelKind.DINGTALK: {"key": "dingtoken1", "signature": "SECdingsecret"},
    ChannelKind.FEISHU: {"key": "feishu-token-1"},
}


def a_channel(
    kind: ChannelKind = ChannelKind.SMS, *, organ: Organ | None = None, since: datetime = MONDAY, **facts: Any
) -> MessageChannel:
    """Make a channel that is in use."""
    channel_id = uuid7()
    if kind == ChannelKind.MAIL:
        facts = {"host": "mail.lishi.gov.cn", "sender": "xinfang@lishi.gov.cn", **facts}
    return MessageChannel.objects.create(
        id=channel_id,
        kind=kind,
        name=kind.label,
        organ=organ,
        secret_sealed=seal_secret(channel_id, _SECRETS[kind]),
        on_since_at=since,
        **facts,
    )
