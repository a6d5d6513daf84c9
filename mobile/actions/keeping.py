"""Giving a phone the key of its owner's store."""

from datetime import datetime

from django.db import transaction

from accounts.hats import Hat
from audit.parts import record
from mobile.models import PhoneKey
from mobile.secrets import new_key, open_key, seal_key


@transaction.atomic(durable=True)
def fetch_key(*, by: Hat, now: datetime) -> str:
    """Return the key of this person's store on any phone, in base64; it is made the first time it is asked for."""
    key, made = PhoneKey.objects.get_or_create(
        user=by.user, defaults={"key_sealed": seal_key(by.user.pk, new_key()), "made_at": now}
    )
    if made:
        record("phone_key.make", key, by=by.actor, at=now)
    return open_key(by.user.pk, key.key_sealed)
