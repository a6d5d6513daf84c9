"""A test message by one channel: sent at once and outside any transaction, its true result written down."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.hats import Hat
from lib.errors import NotAllowed, Unknown
from lib.ids import uuid7
from notices.actions import note_test
from notices.gateways import send
from notices.models import ChannelKind, Fault, MessageChannel
from notices.permissions import may_keep_channels
from notices.wording import Letter


def try_channel(channel_id: UUID, *, by: Hat, clock: Callable[[], datetime]) -> Fault | None:
    """Send a test message to oneself, by a robot to its group. Return why it did not go, nothing if it did.

    Also by a channel that is switched off, so that one knows before it is used.

    :raises NotAllowed: if this hat does not keep channels
    :raises Unknown: if there is no such channel
    """
    if not may_keep_channels(by):
        raise NotAllowed(_("Only the system administrator says how notices leave the house."))
    channel = MessageChannel.objects.filter(pk=channel_id).first()
    if channel is None:
        raise Unknown(_("There is no such channel."))
    fault = _try(channel, by)
    note_test(channel.pk, fault, by=by, now=clock())
    return fault


def _try(channel: MessageChannel, by: Hat) -> Fault | None:
    address = {ChannelKind.MAIL: by.user.email, ChannelKind.SMS: by.user.phone}.get(
        ChannelKind(channel.kind), ""
    )
    if not channel.is_robot and not address:
        return Fault.NO_ADDRESS
    key = uuid7().hex
    words = _("This is a test by the system administrator; nothing has to be done. Reference %(reference)s.")
    letter = Letter(address, _("Test message of the petition system"), words % {"reference": key[-8:]})
    return send(channel, letter, key=key)
