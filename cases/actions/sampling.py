"""Looking at what was kept without action and drawn for it (Q13)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import record
from cases.handlings import tell_organ
from cases.models import Claim, KeepCheck, Petition, PetitionClock, Route
from cases.parts import copy_next_due, lock_petition, touch
from cases.states import ClockCode, Routing
from cases.workflow import HANDLES, Step, check, move
from deadlines.parts import start_clock
from lib.errors import NotAllowed, OutOfTurn, Refused
from notices.models import Kind, Notice


@transaction.atomic(durable=True)
def check_keep(
    petition_id: UUID, route_id: int, *, right: bool, reason: str = "", by: Hat, now: datetime
) -> KeepCheck:
    """Say whether a petition that was drawn was rightly kept; kept wrongly, its claims wait for a way again (Q13).

    The office has its fifteen days once more, from the day it was found out; that the first ones were spent on a wrong
    keeping stays to be seen.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if its post does not look at samples, or its wearer kept or countersigned it
    :raises OutOfTurn: if it was not drawn, or looked at already
    :raises Refused: if it was wrong and no reason is given
    """
    petition = lock_petition(petition_id, by)
    check(Step.CHECK_KEEP, petition, by)
    drawn = (
        KeepCheck.objects.select_for_update(of=("self",))
        .select_related("route")
        .filter(route=route_id, route__petition=petition, looked_at=None, route__ended_at=None)
        .first()
    )
    if drawn is None:
        raise OutOfTurn(_("This was not drawn, or somebody has looked at it."))
    if by.user.pk in {drawn.kept_by_id, drawn.countersigned_by_id}:
        raise NotAllowed(_("Somebody looks at it who neither kept nor countersigned it."))
    if not right and not reason.strip():
        raise Refused(_("Say why."), fields={"reason": _("Say why.")})
    drawn.looked_by, drawn.looker, drawn.looked_at = by.post, by.user, now
    drawn.right, drawn.reason = right, reason
    drawn.save(update_fields=["looked_by", "looker", "looked_at", "right", "reason"])
    record("petition.check_keep", petition, by=by.actor, at=now, facts={"right": right})
    touch(petition, now=now)
    waiting = Notice.objects.standing().filter(
        kind=Kind.KEEP_TO_LOOK_AT, subject_id=str(petition.pk), key__endswith=f":keep:{drawn.pk}"
    )
    waiting.update(withdrawn_at=now)
    if not right:
        _route_anew(petition, drawn.route, by, now)
        key = f"keep:{drawn.pk}:wrong"
        tell_organ(petition.register_organ, HANDLES, Kind.KEPT_WRONGLY, petition, key=key, now=now)
    return drawn


def _route_anew(petition: Petition, route: Route, by: Hat, now: datetime) -> None:
    route.ended_at = now
    route.save(update_fields=["ended_at"])
    Claim.objects.filter(route=route).update(route=None, known_at=now)
    if petition.routing != Routing.REGISTERED:
        move(petition, Routing.REGISTERED, step=Step.CHECK_KEEP, by=by, at=now)
    code = ClockCode.T1 if petition.register_organ.looks_after_a_place else ClockCode.T2
    running = PetitionClock.objects.open().filter(petition=petition, organ=petition.register_organ, code=code)
    if not running.exists():
        start_clock(
            PetitionClock,
            code,
            started_at=now,
            event="kept_wrongly",
            now=now,
            petition=petition,
            organ=petition.register_organ,
        )
    copy_next_due(petition)
