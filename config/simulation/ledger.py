"""What fired, told without a key that differs from run to run: two runs that did the same have the same lines."""

import json
from collections.abc import Iterator
from datetime import datetime

from django.db.models import Max
from django.utils import timezone

from audit.models import Entry
from cases.models import Petition
from notices.models import Delivery, Notice


def last_entry() -> int:
    """Return where the audit stands."""
    return Entry.objects.aggregate(last=Max("seq"))["last"] or 0


def ledger(since: datetime, *, after_entry: int) -> list[str]:
    """Return a line for each notice and digest since a moment and each entry after one, in the order of time."""
    numbers = {str(key): number for key, number in Petition.objects.values_list("pk", "number")}
    return sorted([*_entries(after_entry, numbers), *_notices(since, numbers), *_digests(since)])


def _entries(after: int, numbers: dict[str, str]) -> Iterator[str]:
    for entry in Entry.objects.filter(seq__gt=after):
        about = numbers.get(entry.subject_id, entry.subject_kind)
        facts = json.dumps(entry.facts, ensure_ascii=False, sort_keys=True)
        yield f"{_minute(entry.at)} {entry.verb} {about} {facts}"


def _notices(since: datetime, numbers: dict[str, str]) -> Iterator[str]:
    told = Notice.objects.filter(decided_at__gte=since).select_related("post__organ", "post__user")
    for notice in told:
        about = numbers.get(notice.subject_id, "-")
        of_period = f" {notice.code} {notice.last_day}" if notice.last_day else ""
        taken_back = f" (taken back {_minute(notice.withdrawn_at)})" if notice.withdrawn_at else ""
        to = f"{notice.post.organ.code} {notice.post.user.username}"
        yield f"{_minute(notice.decided_at)} notice {notice.kind} {about}{of_period} to {to}{taken_back}"


def _digests(since: datetime) -> Iterator[str]:
    # not when it went out: a sender that was killed lets its row go minutes later
    for digest in Delivery.objects.filter(until_at__gte=since).select_related("channel", "post__user"):
        to = digest.post.user.username if digest.post else "the group"
        yield f"{digest.day} 08:30 digest by {digest.channel.kind} to {to}"


def _minute(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"
