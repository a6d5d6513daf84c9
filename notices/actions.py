"""What a person does with notices."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ
from audit.parts import record
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from lib.ids import uuid7
from notices.models import (
    ROBOTS,
    Band,
    ChannelKind,
    Delivery,
    DeliveryState,
    Fault,
    MessageChannel,
    Notice,
    Reminder,
)
from notices.permissions import may_keep_channels
from notices.secrets import open_secret, seal_secret

# What a robot's key looks like with each maker: never an address.
_KEYS: Mapping[ChannelKind, re.Pattern[str]] = {
    ChannelKind.WECOM: re.compile(r"[A-Za-z0-9_-]{8,80}"),
    ChannelKind.DINGTALK: re.compile(r"[A-Za-z0-9]{8,100}"),
    ChannelKind.FEISHU: re.compile(r"[A-Za-z0-9_-]{8,80}"),
}
# no name of this machine itself, however it is written
_HOST = re.compile(
    r"(?=.{4,100}\Z)(?!.*\.local(?:host|domain)\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}"
)


@transaction.atomic(durable=True)
def mark_read(notice_ids: Collection[int], *, by: Hat, now: datetime) -> int:
    """Mark notices of this post as read, those that the page showed and no later ones. Return how many were not.

    Named one by one, because a notice may become visible after others that were decided later.
    """
    count = Notice.objects.unread().filter(post=by.post, pk__in=notice_ids).update(read_at=now)
    record("notices.read", by.post, by=by.actor, at=now, facts={"count": count})
    return count


@dataclass(frozen=True)
class Setup:
    """What a system administrator says of a channel; which parts there are depends on the kind."""

    kind: ChannelKind
    name: str
    # of a robot: whose group it speaks to
    organ_id: int | None = None
    # of mail
    host: str = ""
    sender: str = ""
    account: str = ""
    # a robot's key, a gateway's token, a mailbox's password
    key: str = ""
    # of a DingTalk robot that asks for signed messages
    signature: str = ""

    @property
    def secret(self) -> dict[str, str]:
        if self.kind == ChannelKind.MAIL:
            return {"user": self.account, "password": self.key}
        if self.kind == ChannelKind.SMS:
            return {"token": self.key}
        return {"key": self.key, "signature": self.signature}


@transaction.atomic(durable=True)
def set_up_channel(setup: Setup, *, by: Hat, now: datetime) -> MessageChannel:
    """Set up a way out of the house; what is decided from now on goes out by it. Secrets are sealed.

    :raises NotAllowed: if this hat does not keep channels
    :raises Refused: if a part is missing or is not what this kind has, or the district has one of the kind already
    """
    _check(by)
    if wrong := _faults(setup):
        raise Refused(_("The channel needs another look."), fields=wrong)
    channel_id = uuid7()
    is_robot, is_mail = setup.kind in ROBOTS, setup.kind == ChannelKind.MAIL
    channel = MessageChannel(
        id=channel_id,
        kind=setup.kind,
        name=setup.name.strip(),
        organ_id=setup.organ_id if is_robot else None,
        host=setup.host if is_mail else "",
        sender=setup.sender if is_mail else "",
        secret_sealed=seal_secret(channel_id, setup.secret),
        on_since_at=now,
    )
    channel.save(force_insert=True)
    record("channel.set_up", channel, by=by.actor, at=now, facts={"kind": setup.kind.value})
    return channel


@transaction.atomic(durable=True)
def revise_channel(channel_id: UUID, setup: Setup, *, by: Hat, now: datetime) -> MessageChannel:
    """Change what a channel is called and made of; its kind stays. A secret left empty stays as it is.

    A password is never carried over to another server: who moves the mail types it anew.

    :raises NotAllowed: if this hat does not keep channels
    :raises Unknown: if there is no such channel of this kind
    :raises Refused: if a part is missing or is not what this kind has
    """
    _check(by)
    channel = _held(channel_id)
    if channel.kind != setup.kind:
        raise Unknown(_("There is no such channel."))
    standing = open_secret(channel.pk, channel.secret_sealed)
    kept = {name: given or standing.get(name, "") for name, given in setup.secret.items()}
    moves = channel.kind == ChannelKind.MAIL and channel.host != setup.host
    wrong = _faults(setup, kept=kept, standing=channel)
    if moves and kept["password"] and not setup.key:
        wrong["key"] = _("It is another server: type its password anew.")
    if wrong:
        raise Refused(_("The channel needs another look."), fields=wrong)
    given: dict[str, object] = {"name": setup.name.strip()}
    if channel.is_robot:
        given["organ_id"] = setup.organ_id
    if channel.kind == ChannelKind.MAIL:
        given |= {"host": setup.host, "sender": setup.sender}
    changed = [name for name, value in given.items() if getattr(channel, name) != value]
    changed += [f"secret_{name}" for name in kept if kept[name] != standing.get(name, "")]
    for name, value in given.items():
        setattr(channel, name, value)
    channel.secret_sealed = seal_secret(channel.pk, kept)
    channel.save(update_fields=[*given, "secret_sealed"])
    facts = {"kind": channel.kind, "changed": sorted(changed)}
    record("channel.revise", channel, by=by.actor, at=now, facts=facts)
    return channel


@transaction.atomic(durable=True)
def note_test(channel_id: UUID, fault: Fault | None, *, by: Hat, now: datetime) -> MessageChannel:
    """Write whether a test message went by a channel, and if not why.

    :raises NotAllowed: if this hat does not keep channels
    :raises Unknown: if there is no such channel
    """
    _check(by)
    channel = _held(channel_id)
    channel.tested_at, channel.test_fault = now, fault or ""
    channel.save(update_fields=["tested_at", "test_fault"])
    facts = {"kind": channel.kind, "went": fault is None, "fault": fault or ""}
    record("channel.test", channel, by=by.actor, at=now, facts=facts)
    return channel


def _held(channel_id: UUID) -> MessageChannel:
    channel = MessageChannel.objects.select_for_update(of=("self",)).filter(pk=channel_id).first()
    if channel is None:
        raise Unknown(_("There is no such channel."))
    return channel


def _faults(
    setup: Setup, *, kept: Mapping[str, str] | None = None, standing: MessageChannel | None = None
) -> dict[str, str]:
    """Return what is wrong with a channel, by field; `kept` are the secrets it will have, those typed if not given."""
    secret = setup.secret if kept is None else kept
    wrong = {}
    if not setup.name.strip():
        wrong["name"] = _("Give it a name.")
    if setup.kind in ROBOTS:
        if setup.organ_id is None or not Organ.objects.current().filter(pk=setup.organ_id).exists():
            wrong["organ"] = _("Choose whose group the robot speaks to.")
        if not _KEYS[setup.kind].fullmatch(secret["key"]):
            wrong["key"] = _("Copy the key alone, not the address it stands in.")
        if setup.signature and not _KEYS[ChannelKind.DINGTALK].fullmatch(setup.signature):
            wrong["signature"] = _("This is no signature.")
        return wrong
    if standing is None and MessageChannel.objects.filter(kind=setup.kind, is_on=True).exists():
        wrong["kind"] = _("There is one in use already. Switch it off first.")
    if setup.kind == ChannelKind.SMS and not secret["token"]:
        wrong["key"] = _("The gateway asks for a key.")
    if setup.kind == ChannelKind.MAIL:
        if not _HOST.fullmatch(setup.host):
            wrong["host"] = _("Write the server's name, like mail.example.gov.cn.")
        if not setup.sender:
            wrong["sender"] = _("Letters need a sender.")
    return wrong


@transaction.atomic(durable=True)
def switch_channel(channel_id: UUID, *, is_on: bool, by: Hat, now: datetime) -> MessageChannel:
    """Switch a channel on or off. Off, nothing goes out by it; on again, what was decided meanwhile does not either.

    :raises NotAllowed: if this hat does not keep channels
    :raises Unknown: if there is no such channel
    :raises OutOfTurn: if it is so already, or another one of its kind is in use
    """
    _check(by)
    channel = _held(channel_id)
    others = MessageChannel.objects.filter(kind=channel.kind, is_on=True).exclude(pk=channel.pk)
    if channel.is_on == is_on or (is_on and not channel.is_robot and others.exists()):
        raise OutOfTurn(_("It is so already, or another one of its kind is in use."))
    channel.is_on = is_on
    if is_on:
        channel.on_since_at = now
    channel.save(update_fields=["is_on", "on_since_at"])
    record("channel.switch", channel, by=by.actor, at=now, facts={"on": is_on})
    return channel


@transaction.atomic(durable=True)
def try_again(delivery_id: UUID, *, by: Hat, now: datetime) -> Delivery:
    """Let a digest that did not go out be tried again from the beginning.

    :raises NotAllowed: if this hat does not keep channels
    :raises Unknown: if there is no such delivery
    :raises OutOfTurn: if it went, or has not failed
    """
    _check(by)
    delivery = Delivery.objects.select_for_update(no_key=True).filter(pk=delivery_id).first()
    if delivery is None:
        raise Unknown(_("There is no such delivery."))
    if not delivery.fault or delivery.state not in {DeliveryState.WAITING, DeliveryState.DEAD}:
        raise OutOfTurn(_("It went out meanwhile, or there is nothing to try again."))
    delivery.state, delivery.attempts, delivery.next_try_at = DeliveryState.WAITING, 0, now
    delivery.save(update_fields=["state", "attempts", "next_try_at"])
    record("delivery.try_again", delivery, by=by.actor, at=now, facts={"fault": delivery.fault})
    return delivery


@transaction.atomic(durable=True)
def set_reminder(
    *,
    code: str,
    band: Band,
    audience: Collection[str],
    ways: Collection[str],
    valid_from: date,
    by: Hat,
    now: datetime,
) -> Reminder:
    """Say who is told at a band, of one period or of all, from a day on; what held before stays for its days.

    :raises NotAllowed: if this hat does not keep channels
    :raises Refused: for a day in the past or before a line that is entered already, or nobody to tell
    """
    _check(by)
    wrong = {}
    if valid_from < timezone.localdate(now):
        wrong["valid_from"] = _("It holds from today on at the earliest.")
    if not audience:
        wrong["audience"] = _("Choose at least one.")
    lines = Reminder.objects.select_for_update().filter(code=code, band=band)
    last = lines.order_by("-valid_from").first()
    if last is not None and last.valid_from >= valid_from:
        wrong["valid_from"] = _("A line from %(day)s on is entered already.") % {"day": last.valid_from}
    if wrong:
        raise Refused(_("The line needs another look."), fields=wrong)
    if last is not None:
        last.valid_to = valid_from - timedelta(days=1)
        last.save(update_fields=["valid_to"])
    line = Reminder(code=code, band=band, audience=sorted(audience), ways=sorted(ways), valid_from=valid_from)
    line.save(force_insert=True)
    facts = {"code": code, "band": band.value, "audience": line.audience, "ways": line.ways}
    record("reminder.set", line, by=by.actor, at=now, facts=facts)
    return line


def _check(by: Hat) -> None:
    if not may_keep_channels(by):
        raise NotAllowed(_("Only the system administrator says how notices leave the house."))
