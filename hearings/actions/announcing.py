"""A hearing on a planned decision until its day: announced, its attendees, their material ([L27] Art 16)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Post
from audit.parts import record
from hearings import permissions as may
from hearings.decision_states import MATERIAL_DAYS, DecisionHearingState, Side
from hearings.models import Attendee, DecisionDraft, DecisionHearing
from hearings.parts import hold_decision, hold_decision_hearing, need, need_of_nobody
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown, Words

_ANNOUNCED = frozenset({DecisionHearingState.ANNOUNCED})


@dataclass(frozen=True, kw_only=True)
class Announcement:
    """When and where a draft is heard, how attendees are selected, and where all that was published."""

    begins_at: datetime
    place: str
    selection: str
    published_on: date
    published_where: str
    chair_id: int
    clerk_id: int


@transaction.atomic(durable=True)
def announce_hearing(
    decision_id: UUID, announced: Announcement, *, by: Hat, now: datetime
) -> DecisionHearing:
    """Announce a public hearing on the newest draft, which was published with time, place and selection ([L27] Art 16).

    :raises Unknown: if this hat does not read the decision
    :raises NotAllowed: if its organ does not prepare it
    :raises OutOfTurn: if it was made or given up, or this draft was heard or is to be
    :raises Refused: without words, for a day sooner than material can be delivered in time, if it was published
        tomorrow or before the draft was written (Q25), or for a chair who wrote the draft
    """
    decision = hold_decision(decision_id, by)
    draft = decision.drafts.select_related("written_by").order_by("-number")[0]
    if draft.hearings.exclude(state=DecisionHearingState.CALLED_OFF).exists():
        raise OutOfTurn(_("This draft was heard already, or is to be: adjust it, and hear the new one."))
    chair, clerk = _refuse_impossible(draft, announced, by=by, now=now)
    hearing = DecisionHearing.objects.create(
        draft=draft,
        begins_at=announced.begins_at,
        place=need(announced.place, "place"),
        selection=need_of_nobody(announced.selection, "selection"),
        published_on=announced.published_on,
        published_where=need(announced.published_where, "published_where"),
        chair=chair,
        clerk=clerk,
        announced_by=by.post,
        announced_at=now,
    )
    facts = {"draft": draft.number, "on": timezone.localdate(announced.begins_at).isoformat()}
    record("decision_hearing.announce", hearing, by=by.actor, at=now, facts=facts)
    return hearing


@transaction.atomic(durable=True)
def enter_attendee(
    hearing_id: UUID, *, name: str, side: Side, stands_for: str, by: Hat, now: datetime
) -> Attendee:
    """Enter who was selected to attend, and for which group or unit; the list is published afterwards.

    :raises Unknown: if this hat does not read the hearing
    :raises NotAllowed: if its organ does not prepare the decision
    :raises OutOfTurn: if it is no longer announced, or the list is published
    :raises Refused: without words, with a number of a person, or for somebody who is on the list for the same group
    """
    hearing = _hold_unlisted(hearing_id, by)
    called, group = need_of_nobody(name, "name"), need_of_nobody(stands_for, "stands_for")
    if hearing.attendees.filter(name=called, stands_for=group).exists():
        words = _("He is on the list for this group.")
        raise Refused(words, fields={"name": words})
    row = Attendee.objects.create(hearing=hearing, name=called, side=side, stands_for=group)
    record("decision_hearing.enter_attendee", hearing, by=by.actor, at=now, facts={"side": side})
    return row


@transaction.atomic(durable=True)
def drop_attendee(hearing_id: UUID, *, attendee_id: int, by: Hat, now: datetime) -> None:
    """Take somebody off the list before it is published.

    :raises Unknown: if this hat does not read the hearing, or nobody has this place on its list
    :raises NotAllowed: if its organ does not prepare the decision
    :raises OutOfTurn: if it is no longer announced, or the list is published
    """
    hearing = _hold_unlisted(hearing_id, by)
    row = hearing.attendees.filter(pk=attendee_id).first()
    if row is None:
        raise Unknown(_("Nobody has this place on the list."))
    side = row.side
    row.delete()
    record("decision_hearing.drop_attendee", hearing, by=by.actor, at=now, facts={"side": side})


@transaction.atomic(durable=True)
def publish_list(hearing_id: UUID, *, list_published_on: date, by: Hat, now: datetime) -> DecisionHearing:
    """Write that the list of attendees was published; nobody is entered or taken off any more ([L27] Art 16).

    :raises Unknown: if this hat does not read the hearing
    :raises NotAllowed: if its organ does not prepare the decision
    :raises OutOfTurn: if it is no longer announced, the list is published, or nobody stands for those concerned
    :raises Refused: for a day ahead, or before the hearing itself was published (Q25)
    """
    hearing = _hold_unlisted(hearing_id, by)
    if not hearing.attendees.filter(side=Side.CONCERNED).exists():
        raise OutOfTurn(_("Nobody on the list stands for those whose interests it touches."))
    _refuse_day("list_published_on", list_published_on, hearing, now=now)
    hearing.list_published_on = list_published_on
    hearing.save(update_fields=["list_published_on"])
    facts = {"count": hearing.attendees.count(), "on": list_published_on.isoformat()}
    record("decision_hearing.publish_list", hearing, by=by.actor, at=now, facts=facts)
    return hearing


@transaction.atomic(durable=True)
def deliver_material(hearing_id: UUID, *, delivered_on: date, by: Hat, now: datetime) -> int:
    """Write when whoever had none yet received draft and explanation; return for how many ([L27] Art 16).

    :raises Unknown: if this hat does not read the hearing
    :raises NotAllowed: if its organ does not prepare the decision
    :raises OutOfTurn: if it is no longer announced, the list is not published, or everybody has the material
    :raises Refused: for a day ahead, before the hearing was published (Q25), or within the seven days before it
    """
    hearing = hold_decision_hearing(hearing_id, by, _ANNOUNCED)
    if hearing.list_published_on is None:
        raise OutOfTurn(_("Publish the list of attendees first."))
    _refuse_day("delivered_on", delivered_on, hearing, now=now)
    if delivered_on > _last_day_of_material(hearing.begins_at):
        words = _("Too late for this day: call the hearing off, and announce another day.")
        raise Refused(words, fields={"delivered_on": words})
    count = hearing.attendees.filter(material_on=None).update(material_on=delivered_on)
    if not count:
        raise OutOfTurn(_("Everybody on the list has the material."))
    facts = {"count": count, "on": delivered_on.isoformat()}
    record("decision_hearing.deliver_material", hearing, by=by.actor, at=now, facts=facts)
    return count


@transaction.atomic(durable=True)
def call_off_hearing(hearing_id: UUID, *, called_off_why: str, by: Hat, now: datetime) -> DecisionHearing:
    """Call a hearing off before its record is closed, with why; another day may be announced for the draft.

    :raises Unknown: if this hat does not read it
    :raises NotAllowed: if it is no head of the organ
    :raises OutOfTurn: if its record is closed, or it is called off
    :raises Refused: without a reason
    """
    states = {DecisionHearingState.ANNOUNCED, DecisionHearingState.OPEN}
    hearing = hold_decision_hearing(hearing_id, by, states)
    if not may.ends_decision(by, hearing.draft.decision):
        raise NotAllowed(_("A head of the organ calls a hearing off."))
    hearing.called_off_why = need_of_nobody(called_off_why, "called_off_why")
    hearing.state = DecisionHearingState.CALLED_OFF
    hearing.save(update_fields=["called_off_why", "state"])
    record("decision_hearing.call_off", hearing, by=by.actor, at=now)
    return hearing


def _hold_unlisted(hearing_id: UUID, by: Hat) -> DecisionHearing:
    hearing = hold_decision_hearing(hearing_id, by, _ANNOUNCED)
    if hearing.list_published_on is not None:
        raise OutOfTurn(_("The list of attendees is published."))
    return hearing


def _refuse_day(field: str, day: date, hearing: DecisionHearing, *, now: datetime) -> None:
    if not hearing.published_on <= day <= timezone.localdate(now):
        words = _("The day lies between the one on which the hearing was published and today (Q25).")
        raise Refused(words, fields={field: words})


def _last_day_of_material(begins_at: datetime) -> date:
    return timezone.localdate(begins_at) - timedelta(days=MATERIAL_DAYS)


def _refuse_impossible(
    draft: DecisionDraft, announced: Announcement, *, by: Hat, now: datetime
) -> tuple[Post, Post]:
    """Return chair and clerk, or refuse with each fault at its field."""
    today, faults = timezone.localdate(now), dict[str, Words]()
    if _last_day_of_material(announced.begins_at) < today:
        faults["begins_at"] = _("Material is delivered seven days before: choose a later day.")
    if not timezone.localdate(draft.written_at) <= announced.published_on <= today:
        faults["published_on"] = _(
            "The day lies between the one on which the draft was written and today (Q25)."
        )
    posts = may.sits_on_decisions(by.organ, on=today).select_related("user")
    chair = posts.filter(pk=announced.chair_id).first()
    clerk = posts.filter(pk=announced.clerk_id).first()
    if chair is None or chair.user_id == draft.written_by.user_id:
        faults["chair"] = _("Choose somebody of the organ who did not write the draft.")
    if clerk is None or clerk == chair:
        faults["clerk"] = _("Choose somebody of the organ besides the chair.")
    if faults or chair is None or clerk is None:
        raise Refused(next(iter(faults.values())), fields=faults)
    return chair, clerk
