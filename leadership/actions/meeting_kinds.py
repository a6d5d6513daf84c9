"""Entering kinds of meetings, which are data; a kind is ended, never changed (seeds-map 19, 79, 81, 116)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import record
from leadership import permissions as may
from leadership.meeting_states import AgendaGround, Cadence
from leadership.models import MeetingKind
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown


@dataclass(frozen=True, kw_only=True)
class KindFacts:
    """What a kind of meeting is called, how often it comes, and what is proposed for its agenda."""

    name: str
    cadence: Cadence
    proposes: Collection[AgendaGround] = ()
    is_conference: bool = False
    with_city: bool = False


@transaction.atomic(durable=True)
def enter_kind(code: str, facts: KindFacts, *, by: Hat, now: datetime) -> MeetingKind:
    """Enter a kind of meeting.

    :raises NotAllowed: if this hat is neither a head of the office nor of the joint conference
    :raises Refused: without a name, or for a code that is taken
    """
    _check(by)
    if not facts.name.strip():
        words = _("Fill this in.")
        raise Refused(words, fields={"name": words})
    if MeetingKind.objects.filter(code=code).exists():
        words = _("This code is taken.")
        raise Refused(words, fields={"code": words})
    kind = MeetingKind.objects.create(
        code=code,
        name=facts.name.strip(),
        cadence=facts.cadence,
        proposes=[ground for ground in AgendaGround if ground in facts.proposes],
        is_conference=facts.is_conference,
        with_city=facts.with_city,
    )
    record("meeting_kind.enter", kind, by=by.actor, at=now, facts={"code": code, "cadence": facts.cadence})
    return kind


@transaction.atomic(durable=True)
def end_kind(kind_id: int, *, by: Hat, now: datetime) -> MeetingKind:
    """End a kind of meeting; what was called of it stands.

    :raises NotAllowed: if this hat is neither a head of the office nor of the joint conference
    :raises Unknown: if there is none
    :raises OutOfTurn: if it has ended
    """
    _check(by)
    kind = MeetingKind.objects.select_for_update().filter(pk=kind_id).first()
    if kind is None:
        raise Unknown(_("There is no such kind of meeting."))
    if kind.ended_on is not None:
        raise OutOfTurn(_("This kind of meeting has ended."))
    kind.ended_on = timezone.localdate(now)
    kind.save(update_fields=["ended_on"])
    record("meeting_kind.end", kind, by=by.actor, at=now, facts={"code": kind.code})
    return kind


def _check(by: Hat) -> None:
    if not may.may_enter_meeting_kinds(by):
        raise NotAllowed(_("A head of the office enters kinds of meetings."))
