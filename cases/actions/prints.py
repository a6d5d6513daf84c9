"""Printing is a deed: what leaves the screen on paper is written down."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.hats import Hat
from audit.parts import record
from cases.models import Petition
from cases.parts import lock_either


@transaction.atomic(durable=True)
def print_card(petition_id: UUID, *, by: Hat, now: datetime) -> Petition:
    """Write down that the registration card (D01) was printed, masked as the page shows it.

    :raises Unknown: if this hat does not see the petition
    """
    petition = lock_either(petition_id, by)
    record("petition.print", petition, by=by.actor, at=now, facts={"document": "D01"})
    return petition
