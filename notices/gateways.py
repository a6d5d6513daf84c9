"""The doors out of the house. Robots and mail through Apprise, which is never given an address as text.

Only the kinds of `ChannelKind` are made, from their parts; where a robot listens stands in the library's own code, so
no page can point it elsewhere. No answer that leads elsewhere is followed.
"""

import smtplib
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from notices.models import ChannelKind, Fault, MessageChannel
from notices.secrets import open_secret
from notices.wording import Letter

_SECONDS = 10
# The district's own server is spoken to under TLS alone.
_MAIL_SCHEMA = "mailtos"


def send(channel: MessageChannel, letter: Letter, *, key: str) -> Fault | None:
    """Send a letter by a channel. Return why it did not go, nothing if it did.

    `key` is the same at every try; a gateway that has had it need not pass it on again.
    """
    if channel.kind == ChannelKind.SMS:
        return _text_message(letter, open_secret(channel.pk, channel.secret_sealed), key)
    return _through_apprise(_parts_of(channel, letter), letter)


def _text_message(letter: Letter, secret: Mapping[str, str], key: str) -> Fault | None:
    """Hand a text message to the district's gateway: one request as JSON, answered by a 2xx."""
    # 0.1 s, needed by the worker alone
    import requests

    if not settings.SMS_GATEWAY_URL:
        return Fault.NO_GATEWAY
    try:
        answer = requests.post(
            settings.SMS_GATEWAY_URL,
            json={"key": key, "to": letter.address, "text": letter.text},
            headers={"Authorization": f"Bearer {secret['token']}", "Idempotency-Key": key},
            timeout=_SECONDS,
            allow_redirects=False,
        )
    except requests.RequestException:
        return Fault.NO_ANSWER
    return None if 200 <= answer.status_code < 300 else Fault.REFUSED


def _parts_of(channel: MessageChannel, letter: Letter) -> dict[str, Any]:
    """Return what Apprise makes its service of; the secret's parts are named as the library names them."""
    secret = open_secret(channel.pk, channel.secret_sealed)
    if channel.kind == ChannelKind.MAIL:
        return {
            "schema": _MAIL_SCHEMA,
            "host": channel.host,
            "smtp_host": channel.host,
            "user": secret.get("user") or None,
            "password": secret.get("password") or None,
            "from_addr": channel.sender,
            "targets": [letter.address],
        }
    if channel.kind == ChannelKind.WECOM:
        return {"schema": "wecombot", "key": secret["key"]}
    if channel.kind == ChannelKind.DINGTALK:
        return {"schema": "dingtalk", "token": secret["key"], "secret": secret.get("signature") or None}
    return {"schema": "feishu", "token": secret["key"]}


def _through_apprise(parts: dict[str, Any], letter: Letter) -> Fault | None:
    # 0.3 s, needed by the worker alone
    from apprise import Apprise, AppriseAsset

    asset = AppriseAsset(http_redirects=False, async_mode=False)
    service = Apprise.instantiate(parts, asset=asset)
    if service is None:
        return Fault.REFUSED
    try:
        went = service.notify(title=letter.title, body=letter.text, body_format="text")
    except (OSError, smtplib.SMTPException):
        return Fault.NO_ANSWER
    return None if went else Fault.REFUSED
