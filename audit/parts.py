"""The one way to write the audit: inside the transaction that does the deed."""

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models

from audit.models import Entry
from lib.copying import write_rows
from lib.new_rows import new_row
from lib.transactions import require_transaction


@dataclass(frozen=True)
class Actor:
    """Who did it, as ids and as the words that stood on the door that day."""

    words: str
    user_id: int | None = None
    post_id: int | None = None
    organ_id: int | None = None


def record(
    verb: str, subject: models.Model, *, by: Actor, at: datetime, facts: Mapping[str, Any] | None = None
) -> None:
    """Write that a deed was done to a thing, in the transaction that does it.

    `facts` takes codes, dates, numbers, field names and `fingerprint()`s; never a name, number or text of a
    petitioner (Q8).

    :raises RuntimeError: outside a transaction
    """
    require_transaction("audit.record")
    _entry(verb, subject._meta.label_lower, subject.pk, by, at, facts).save(force_insert=True)


def record_each(
    verb: str,
    kind: type[models.Model],
    facts: Iterable[tuple[Any, Mapping[str, Any]]],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Write that a deed was done to many things of a kind, each key with its own facts, a thousand at a time.

    :raises RuntimeError: outside a transaction
    """
    require_transaction("audit.record_each")
    write_rows([_entry(verb, kind._meta.label_lower, key, by, at, its_facts) for key, its_facts in facts])


def _entry(
    verb: str, kind: str, subject_id: Any, by: Actor, at: datetime, facts: Mapping[str, Any] | None
) -> Entry:
    return new_row(
        Entry,
        at=at,
        verb=verb,
        subject_kind=kind,
        subject_id=str(subject_id),
        actor_user_id=by.user_id,
        actor_post_id=by.post_id,
        actor_organ_id=by.organ_id,
        actor_words=by.words,
        facts=dict(facts or {}),
    )


def fingerprint(value: str) -> str:
    """Return a keyed hash that tells whether two values are equal, and nothing else about them (Q8)."""
    key = next(iter(settings.AUDIT_KEYS.values()))
    return hmac.new(key, value.encode(), "sha256").hexdigest()[:32]
