"""What a person does with notices."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from accounts.hats import Hat
from audit.parts import record
from notices.models import Notice


@transaction.atomic(durable=True)
def mark_read(notice_ids: Collection[int], *, by: Hat, now: datetime) -> int:
    """Mark notices of this post as read, those that the page showed and no later ones. Return how many were not.

    Named one by one, because a notice may become visible after others that were decided later.
    """
    count = Notice.objects.unread().filter(post=by.post, pk__in=notice_ids).update(read_at=now)
    record("notices.read", by.post, by=by.actor, at=now, facts={"count": count})
    return count
