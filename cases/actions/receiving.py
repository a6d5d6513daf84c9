"""签收: when an organ has received what was sent to it, its clocks start (Art 23(3); Q22)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.hats import Hat
from audit.parts import Actor, record
from cases.handlings import deemed_at, lock_handling, settle_call, start
from cases.models import Handling, Petition
from cases.parts import touch
from cases.states import ClockCode, Receipt
from cases.workflow import Step, check, move_handling


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
    _receive(handling, at=now, now=now)
    record("petition.sign_for", petition, by=by.actor, at=now, facts={"organ": handling.organ.code})
    touch(petition, now=now)
    return handling


@transaction.atomic(durable=True)
def deem_received(handling_id: UUID, *, by: Actor, now: datetime) -> bool:
    """Take a sending as received at the end of the first working day after its delivery, if nobody signed (Q22).

    Return whether it was.
    """
    handling = Handling.objects.filter(pk=handling_id, receipt=Receipt.DELIVERED).first()
    if handling is None:
        return False
    petition = Petition.objects.select_for_update(no_key=True).get(pk=handling.petition_id)
    handling = Handling.objects.select_for_update(of=("self",)).select_related("organ").get(pk=handling_id)
    at = deemed_at(handling.sent_at)
    over = handling.ended_at is not None or not petition.is_open
    if handling.receipt != Receipt.DELIVERED or over or at > now:
        return False
    handling.deemed_received = True
    _receive(handling, at=at, now=now)
    facts = {"organ": handling.organ.code, "at": at.isoformat()}
    record("petition.deem_received", petition, by=by, at=now, facts=facts)
    touch(petition, now=now)
    return True


def _receive(handling: Handling, *, at: datetime, now: datetime) -> None:
    handling.received_at = at
    move_handling(handling, at=now, receipt=Receipt.RECEIVED)
    settle_call(handling.petition, f"handling:{handling.pk}", now=now)
    event = "deemed_received" if handling.deemed_received else "signed_for"
    start(handling, ClockCode.T3, event=event, at=at, now=now)
    start(handling, ClockCode.T4, event=event, at=at, now=now)
    if handling.simple_track:
        start(handling, ClockCode.T11, event=event, at=at, now=now)
    if handling.report_due_on is not None:
        # A sending over a holiday may be received after its day: it is late from the first moment, and received.
        set_day = max(handling.report_due_on, timezone.localdate(at))
        start(handling, ClockCode.T6, event=event, at=at, now=now, set_day=set_day)
