"""What the clock brings to notices: the day's digests, and the word that something has not run. Safe to run twice."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import DateTimeField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import Post
from accounts.roles import Role
from deadlines.calendars import missing_year
from infra.sweep_runs import Missing, missing
from notices.hours import digest_moment, may_send
from notices.models import Delivery, Kind, MessageChannel, Notice
from notices.outbox import channels_in_use
from notices.parts import tell


def write_digests(*, now: datetime) -> int:
    """Put the day's digest of each post and each group into the outbox, once a working day. Return how many.

    It holds what was decided up to half past eight and nobody has read; what comes later in the day waits for the next
    one. A day on which nothing ran is made up for by the next.
    """
    moment = digest_moment(now)
    if now < moment or not may_send(now):
        return 0
    return sum(_write_of(channel, moment, now=now) for channel in channels_in_use())


@transaction.atomic(durable=True)
def _write_of(channel: MessageChannel, moment: datetime, *, now: datetime) -> int:
    day = timezone.localdate(moment)
    rows = [
        Delivery(
            channel=channel, post_id=post_id, day=day, since_at=since_at, until_at=moment, next_try_at=now
        )
        for post_id, since_at in (_of_the_group if channel.is_robot else _of_posts)(channel, moment)
    ]
    before = Delivery.objects.filter(channel=channel, day=day).count()
    Delivery.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return Delivery.objects.filter(channel=channel, day=day).count() - before


def _of_posts(channel: MessageChannel, moment: datetime) -> list[tuple[int | None, datetime]]:
    """Return the posts that have something to be told, and since when they were told nothing by this channel."""
    last = Delivery.objects.filter(channel=channel, post=OuterRef("post"))
    untold = _untold(channel, moment, last)
    return list(untold.values_list("post", "since").distinct())


def _of_the_group(channel: MessageChannel, moment: datetime) -> list[tuple[int | None, datetime]]:
    """Return the group of the channel's organ, if anybody there has something to be told."""
    last = Delivery.objects.filter(channel=channel, post=None)
    of_organ = Q(post__organ=channel.organ_id) | Q(post__organ__carried_on_by=channel.organ_id)
    since = _untold(channel, moment, last).filter(of_organ).values_list("since", flat=True).first()
    return [] if since is None else [(None, since)]


def _untold(channel: MessageChannel, moment: datetime, last: "QuerySet[Delivery]") -> "QuerySet[Any]":
    """Keep what goes out by a channel and was decided since the last digest, or since the channel was switched on."""
    since = Coalesce(
        Subquery(last.order_by("-until_at").values("until_at")[:1]),
        Value(channel.on_since_at),
        output_field=DateTimeField(),
    )
    untold = Notice.objects.going_out_by([channel.way]).annotate(since=since)
    return untold.filter(decided_at__gt=F("since"), decided_at__lte=moment)


def tell_of_missing_sweeps(*, now: datetime) -> int:
    """Tell the system administrators, once, of each sweep that stayed out for twice its period. Return how many.

    One that stands still because nothing runs at all is told of by nobody; the health page and the administrators'
    first page look by themselves (`infra.sweep_runs.missing`).
    """
    return sum(_tell_of_missing(one, now=now) for one in missing(now))


@transaction.atomic(durable=True)
def _tell_of_missing(one: Missing, *, now: datetime) -> int:
    key = f"sweep:{one.name}:{one.since:%Y%m%d%H%M%S}" if one.since else f"sweep:{one.name}:never"
    if Notice.objects.filter(key=key).exists():
        return 0
    administrators = Post.objects.held_on(timezone.localdate(now)).filter(role=Role.SYSTEM_ADMINISTRATOR)
    tell(
        administrators.values_list("pk", flat=True), Kind.SWEEP_MISSING, key=key, subject_id=one.name, now=now
    )
    return 1


def tell_of_missing_year(*, now: datetime) -> int:
    """Tell the system administrators, once for each year, that its notice is missing (Q26). Return how many years.

    Once the year is loaded the word is taken back.
    """
    year = missing_year(timezone.localdate(now))
    return _tell_of_year(year, now=now)


@transaction.atomic(durable=True)
def _tell_of_year(year: int | None, *, now: datetime) -> int:
    # a run that was lost and comes late takes nothing back that was told after its moment
    told = Notice.objects.standing().filter(kind=Kind.CALENDAR_MISSING, decided_at__lte=now)
    told.exclude(subject_id=str(year or "")).update(withdrawn_at=now)
    key = f"calendar:{year}:missing"
    if year is None or Notice.objects.filter(key=key).exists():
        return 0
    administrators = Post.objects.held_on(timezone.localdate(now)).filter(role=Role.SYSTEM_ADMINISTRATOR)
    tell(
        administrators.values_list("pk", flat=True),
        Kind.CALENDAR_MISSING,
        key=key,
        subject_id=str(year),
        now=now,
    )
    return 1
