"""What a person does with notices."""

from datetime import datetime

from django.db import transaction

from accounts.hats import Hat
from audit.parts import record
from notices.models import Notice


@transaction.atomic(durable=True)
def mark_all_read(*, by: Hat, now: datetime) -> int:
    """Mark the notices of this post as read. Return how many were not."""
    count = Notice.objects.unread().filter(post=by.post).update(read_at=now)
    record("notices.read", by.post, by=by.actor, at=now, facts={"count": count})
    return count
