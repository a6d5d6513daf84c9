"""签收: when an organ has received what was sent to it, its clocks start (Art 23(3); Q22)."""

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.hats import Hat
from audit.parts import Actor, record, record_each
from cases.batches import Start, start_all, touch_all
from cases.handlings import all_deemed_at, call_of, lock_handling, settle_call
from cases.locks import lock_several
from cases.models import Handling, Petition
from cases.parts import touch
from cases.states import OPEN, ClockCode, Receipt
from cases.workflow import Step, check, move_handling, move_handlings
from notices.parts import settle_each


@transaction.atomic(durable=True)
def sign_for(petition_id: UUID, handling_id: UUID, *, by: Hat, now: datetime) -> Handling:
    """Sign for what was sent: T3, T4 and, if it was assigned, T6 run from now (Q22).

    :raises Unknown: if this hat does not see the petition, or the handling is not of it
    :raises NotAllowed: if its organ does not lead it
    :raises OutOfTurn: if it was received already
    """
    petition, handling = lock_handling(petition_id, handling_id, by)
    check(Step.SIGN_FOR, petition, by, handling)
    handling.received_by = by.post
    handling.received_at = now
    move_handling(handling, at=now, receipt=Receipt.RECEIVED)
    settle_call(petition, _call(handling), now=now)
    start_all(list(_begins(handling, at=now)), now=now)
    record("petition.sign_for", petition, by=by.actor, at=now, facts={"organ": handling.organ.code})
    touch(petition, now=now)
    return handling


@transaction.atomic(durable=True)
def deem_received(handling_ids: Collection[UUID], *, by: Actor, now: datetime) -> int:
    """Take sendings as received at the end of the first working day after their delivery, where nobody signed (Q22).

    Return how many were; those somebody saw to meanwhile are left alone.
    """
    delivered = Handling.objects.filter(pk__in=handling_ids, receipt=Receipt.DELIVERED, ended_at=None)
    lock_several(delivered.values_list("petition", flat=True))
    held = delivered.filter(petition__routing__in=sorted(OPEN)).select_for_update(of=("self",))
    handlings = list(held.select_related("organ", "petition").order_by("pk"))
    ends = all_deemed_at([handling.sent_at for handling in handlings])
    due = [(handling, end) for handling, end in zip(handlings, ends, strict=True) if end <= now]
    for handling, end in due:
        handling.deemed_received, handling.received_at = True, end
    move_handlings([handling for handling, _end in due], at=now, receipt=Receipt.RECEIVED)
    calls = {call_of(handling.petition, _call(handling)): str(handling.petition_id) for handling, _end in due}
    settle_each(calls, now=now)
    start_all([begun for handling, end in due for begun in _begins(handling, at=end)], now=now)
    facts = [
        (handling.petition_id, {"organ": handling.organ.code, "at": end.isoformat()}) for handling, end in due
    ]
    record_each("petition.deem_received", Petition, facts, by=by, at=now)
    touch_all({handling.petition_id for handling, _end in due}, now=now)
    return len(due)


def _call(handling: Handling) -> str:
    """Return under what its people were told that it waits for them."""
    return f"handling:{handling.pk}"


def _begins(handling: Handling, *, at: datetime) -> Iterator[Start]:
    """Yield the clocks that run from a receipt (Q22)."""
    event = "deemed_received" if handling.deemed_received else "signed_for"
    yield Start(handling, ClockCode.T3, event, at)
    yield Start(handling, ClockCode.T4, event, at)
    if handling.simple_track:
        yield Start(handling, ClockCode.T11, event, at)
    if handling.report_due_on is not None:
        # A sending over a holiday may be received after its day: it is late from the first moment, and received.
        set_day = max(handling.report_due_on, timezone.localdate(at))
        yield Start(handling, ClockCode.T6, event, at, set_day)
