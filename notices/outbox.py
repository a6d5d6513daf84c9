"""Sending what waits in the outbox: at least once, each try outside any transaction, with the rights of that moment."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation

from accounts.hats import Hat, hat_of
from accounts.models import Absence, Post, User
from infra.sweep_runs import Tally
from notices.gateways import send
from notices.hours import BACK_OFF, may_send
from notices.matters import Told, to_tell_outside
from notices.models import ChannelKind, Delivery, DeliveryState, Fault, MessageChannel, Notice
from notices.wording import Letter, letter_of

# A sender that was killed keeps others from its row for so long; no gateway is waited for as long.
HELD = timedelta(minutes=5)
LONGEST_TURN = timedelta(minutes=4)
# Trying again would find the same; a person sees to it.
_FOR_A_PERSON = frozenset({Fault.NO_ADDRESS, Fault.NOBODY, Fault.CHANNEL_OFF, Fault.NO_GATEWAY})


class Outcome(NamedTuple):
    """What became of one try: a fault, or nothing was left to tell, or it went to somebody."""

    state: DeliveryState
    fault: Fault | None = None
    to: User | None = None


def send_waiting(*, clock: Callable[[], datetime], tally: Tally | None = None) -> int:
    """Send what waits, one after the other, for one turn, within the hours for it. Return how many went."""
    tally = tally if tally is not None else Tally()
    sent = 0
    ends = clock() + LONGEST_TURN
    if not may_send(clock()):
        return 0
    while clock() < ends and (delivery_id := _take_next(clock())) is not None:
        outcome = _try(delivery_id, clock())
        _write(delivery_id, outcome, clock())
        if outcome.state == DeliveryState.SENT:
            sent += 1
        else:
            tally.skip(outcome.fault or outcome.state)
    return sent


@transaction.atomic(durable=True)
def _take_next(now: datetime) -> UUID | None:
    """Hold what has waited longest, so that no other sender takes it as well, also if this one is killed."""
    delivery = Delivery.objects.due(now).select_for_update(skip_locked=True, no_key=True).first()
    if delivery is None:
        return None
    delivery.attempts += 1
    delivery.next_try_at = now + HELD
    delivery.save(update_fields=["attempts", "next_try_at"])
    return delivery.pk


def _try(delivery_id: UUID, now: datetime) -> Outcome:
    delivery = Delivery.objects.select_related("channel", "post__user", "post__organ").get(pk=delivery_id)
    if not delivery.channel.is_on:
        return Outcome(DeliveryState.WAITING, Fault.CHANNEL_OFF)
    if delivery.channel.is_robot:
        letter, wearer = _to_a_group(delivery, now), None
    else:
        hat = _wearer(delivery, now)
        if hat is None:
            return Outcome(DeliveryState.WAITING, Fault.NOBODY)
        wearer = hat.user
        address = wearer.email if delivery.channel.kind == ChannelKind.MAIL else wearer.phone
        if not address:
            return Outcome(DeliveryState.WAITING, Fault.NO_ADDRESS)
        letter = _to_a_person(delivery, hat, address, now)
    if letter is None:
        return Outcome(DeliveryState.NOTHING_LEFT)
    fault = send(delivery.channel, letter, key=delivery.id.hex)
    return Outcome(DeliveryState.WAITING, fault) if fault else Outcome(DeliveryState.SENT, to=wearer)


def _wearer(delivery: Delivery, now: datetime) -> Hat | None:
    """Return who has the post now: the deputy while its holder is away, in his own name (Q29)."""
    post = delivery.post
    return None if post is None else wearer_of(post, now)


def wearer_of(post: Post, now: datetime) -> Hat | None:
    """Return the hat of whoever acts from a post now, nobody's if it is held by nobody at work."""
    today = timezone.localdate(now)
    absence = Absence.objects.running_on(today).filter(post=post).select_related("deputy").first()
    return hat_of(absence.deputy if absence else post.user, post.pk, on=today)


def _told_between(delivery: Delivery) -> "Sequence[Notice]":
    told = Notice.objects.going_out_by([delivery.channel.way]).filter(
        decided_at__gt=delivery.since_at, decided_at__lte=delivery.until_at
    )
    if delivery.post_id is not None:
        told = told.filter(post=delivery.post_id)
    else:
        organ = delivery.channel.organ_id
        told = told.filter(Q(post__organ=organ) | Q(post__organ__carried_on_by=organ))
    return list(told.order_by("decided_at", "pk"))


def _to_a_person(delivery: Delivery, hat: Hat, address: str, now: datetime) -> Letter | None:
    told = to_tell_outside(_told_between(delivery), hat, now=now)
    if not told:
        return None
    with translation.override(hat.user.language or settings.LANGUAGE_CODE):
        return letter_of(delivery, told, address)


def _to_a_group(delivery: Delivery, now: datetime) -> Letter | None:
    """Return what a group is told: each matter once, if anybody of the unit it was told to may still open it."""
    notices = _told_between(delivery)
    posts = Post.objects.select_related("user").in_bulk({notice.post_id for notice in notices})
    once: dict[str, Told] = {}
    for post_id, post in posts.items():
        hat = wearer_of(post, now)
        if hat is not None:
            own = [notice for notice in notices if notice.post_id == post_id]
            once |= {one.notice.key: one for one in to_tell_outside(own, hat, now=now)}
    if not once:
        return None
    with translation.override(settings.LANGUAGE_CODE):
        return letter_of(delivery, list(once.values()), "")


@transaction.atomic(durable=True)
def _write(delivery_id: UUID, outcome: Outcome, now: datetime) -> None:
    delivery = Delivery.objects.select_for_update(no_key=True).get(pk=delivery_id)
    if delivery.state != DeliveryState.WAITING:
        # another sender, after this one's time was up, has come before
        return
    delivery.state, delivery.fault = outcome.state, outcome.fault or ""
    if outcome.state == DeliveryState.SENT:
        delivery.sent_at, delivery.sent_to = now, outcome.to
    elif outcome.fault in _FOR_A_PERSON or delivery.attempts > len(BACK_OFF):
        if outcome.fault:
            delivery.state = DeliveryState.DEAD
    elif outcome.fault:
        delivery.next_try_at = now + BACK_OFF[delivery.attempts - 1]
    delivery.save(update_fields=["state", "fault", "sent_at", "sent_to", "next_try_at"])


def channels_in_use() -> "Sequence[MessageChannel]":
    """Return the channels that are switched on."""
    return list(MessageChannel.objects.filter(is_on=True).order_by("pk"))
