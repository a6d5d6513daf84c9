"""Registering many at a time: lists taken in, and whatever else comes by the thousand (R-10; Q16)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.hats import Hat
from cases.intake import Incoming
from cases.models import Petition
from cases.registering import file_many
from lib.errors import Refused


@dataclass(frozen=True)
class RegisteredMany:
    """What became of each row, by its submission: a petition, one that was here before, or a refusal."""

    made: dict[UUID, Petition] = field(default_factory=dict)
    known: dict[UUID, UUID] = field(default_factory=dict)
    refused: dict[UUID, Refused] = field(default_factory=dict)


@transaction.atomic(durable=True)
def register_many(rows: Sequence[Incoming], *, by: Hat, now: datetime) -> RegisteredMany:
    """Register petitions of the open lane together, a thousand at most; each row once, however often it arrives.

    The same submission, and the same number of the same source, is the same petition. A row that cannot be registered
    is refused by itself and keeps none of the others back.

    :raises NotAllowed: if this hat does not register
    :raises ValueError: for more than a thousand
    """
    return RegisteredMany(*file_many(rows, by=by, now=now))
