"""Printing is a deed: what leaves the screen on paper is written down."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import record, record_each
from cases import permissions as may
from cases.models import Petition
from cases.parts import lock_either
from lib.errors import NotAllowed


@transaction.atomic(durable=True)
def print_card(petition_id: UUID, *, by: Hat, now: datetime) -> Petition:
    """Write down that the registration card (D01) was printed, masked as the page shows it.

    :raises Unknown: if this hat does not see the petition
    """
    petition = lock_either(petition_id, by)
    record("petition.print", petition, by=by.actor, at=now, facts={"document": "D01"})
    return petition


@transaction.atomic(durable=True)
def print_ledger(petition_ids: Sequence[UUID], *, by: Hat, now: datetime) -> list[UUID]:
    """Write of each petition that it was printed in a list, masked (Q4). Return those this hat sees, in their order.

    :raises NotAllowed: if this hat has no open ledger
    """
    if not may.may_take_ledger_out(by):
        raise NotAllowed(_("Your post takes out no list of petitions."))
    seen = set(Petition.objects.visible_to(by).filter(pk__in=petition_ids).values_list("pk", flat=True))
    printed = [key for key in petition_ids if key in seen]
    facts = [(key, {"document": "ledger"}) for key in printed]
    record_each("petition.print", Petition, facts, by=by.actor, at=now)
    return printed
