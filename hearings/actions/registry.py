"""The rooms hearings are held in, and the registry of panel members (听证员库)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import record
from hearings import permissions as may
from hearings.models import HearingRoom, Panelist
from hearings.parts import need
from hearings.states import PanelKind
from lib.errors import NotAllowed, Refused, Unknown


@transaction.atomic(durable=True)
def enter_room(*, name: str, by: Hat, now: datetime) -> HearingRoom:
    """Enter a room hearings are held in.

    :raises NotAllowed: if it is no petition office
    :raises Refused: without a name, or for one that is entered
    """
    _check(by)
    words = need(name, "name")
    if HearingRoom.objects.filter(organ=by.organ, name=words, ended_at=None).exists():
        refusal = _("This room is entered already.")
        raise Refused(refusal, fields={"name": refusal})
    room = HearingRoom.objects.create(organ=by.organ, name=words, entered_by=by.post)
    record("hearing_room.enter", room, by=by.actor, at=now)
    return room


@transaction.atomic(durable=True)
def enter_panelist(*, name: str, kind: PanelKind, from_where: str = "", by: Hat, now: datetime) -> Panelist:
    """Enter a panel member into the registry.

    :raises NotAllowed: if it is no petition office
    :raises Refused: without a name, or for somebody who is entered
    """
    _check(by)
    words = need(name, "name")
    there = Panelist.objects.filter(organ=by.organ, name=words, from_where=from_where.strip(), ended_at=None)
    if there.exists():
        refusal = _("This person is in the registry already.")
        raise Refused(refusal, fields={"name": refusal})
    row = Panelist.objects.create(
        organ=by.organ, name=words, kind=kind, from_where=from_where.strip(), entered_by=by.post
    )
    record("panelist.enter", row, by=by.actor, at=now)
    return row


@transaction.atomic(durable=True)
def end_panelist(panelist_id: int, *, by: Hat, now: datetime) -> Panelist:
    """Take a panel member out of the registry; hearings he was called to stand.

    :raises NotAllowed: if it is no petition office
    :raises Unknown: if the office's registry has nobody of this key
    """
    _check(by)
    rows = Panelist.objects.select_for_update().filter(pk=panelist_id, organ=by.organ, ended_at=None)
    row = rows.first()
    if row is None:
        raise Unknown(_("The registry has no such person."))
    row.ended_at = now
    row.save(update_fields=["ended_at"])
    record("panelist.end", row, by=by.actor, at=now)
    return row


def _check(by: Hat) -> None:
    if not may.keeps_registry(by):
        raise NotAllowed(_("The petition office keeps rooms and the registry."))
