"""A public hearing on a decision on its day and after: its record, and what became of opinions ([L27] Art 17, 18)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import record
from hearings.decision_states import OPINIONS, DecisionHearingState, Speech, Studied
from hearings.models import Attendee, DecisionEntry, DecisionHearing
from hearings.parts import hold_decision_hearing, need_of_nobody
from hearings.records import digest_of, frozen_decision_record
from lib.errors import OutOfTurn, Refused, Unknown

_OPEN = frozenset({DecisionHearingState.OPEN})


@transaction.atomic(durable=True)
def open_decision_hearing(hearing_id: UUID, *, by: Hat, now: datetime) -> DecisionHearing:
    """Open a public hearing whose list was published and whose attendees all had the material in time ([L27] Art 16).

    :raises Unknown: if this hat does not read it
    :raises NotAllowed: if its organ does not prepare the decision
    :raises OutOfTurn: if it is not announced, its time has not come, or list or material is missing
    """
    hearing = hold_decision_hearing(hearing_id, by, {DecisionHearingState.ANNOUNCED})
    if now < hearing.begins_at:
        raise OutOfTurn(_("Its time has not come."))
    if hearing.list_published_on is None or hearing.attendees.filter(material_on=None).exists():
        raise OutOfTurn(_("The list is not published, or somebody on it has no material."))
    hearing.state, hearing.opened_at = DecisionHearingState.OPEN, now
    hearing.save(update_fields=["state", "opened_at"])
    record("decision_hearing.open", hearing, by=by.actor, at=now)
    return hearing


@transaction.atomic(durable=True)
def note_attendance(hearing_id: UUID, *, attendee_id: int, came: bool, by: Hat, now: datetime) -> Attendee:
    """Write whether somebody on the list came.

    :raises Unknown: if this hat does not read the hearing, or nobody has this place on its list
    :raises NotAllowed: if its organ does not prepare the decision
    :raises OutOfTurn: if it is not being held, or he confirmed the record
    """
    hearing = hold_decision_hearing(hearing_id, by, _OPEN)
    row = _attendee(hearing, attendee_id)
    if row.signed_at is not None:
        raise OutOfTurn(_("He confirmed the record, or refused to."))
    row.came = came
    row.save(update_fields=["came"])
    record("decision_hearing.note_attendance", hearing, by=by.actor, at=now, facts={"came": came})
    return row


@transaction.atomic(durable=True)
def write_down(
    hearing_id: UUID, *, speech: Speech, attendee_id: int | None, words: str, by: Hat, now: datetime
) -> DecisionEntry:
    """Write one line of the record: what the organ introduced or explained, or what an attendee said ([L27] Art 17).

    :raises Unknown: if this hat does not read the hearing, or nobody has this place on its list
    :raises NotAllowed: if its organ does not prepare the decision
    :raises OutOfTurn: if it is not being held, or somebody confirmed the record
    :raises Refused: without words, with a number of a person, for an opinion of nobody who came, or an attendee who
        introduces the draft
    """
    hearing = hold_decision_hearing(hearing_id, by, _OPEN)
    if hearing.attendees.exclude(signed_at=None).exists():
        raise OutOfTurn(_("Somebody confirmed the record: nothing is added to it."))
    attendee = _attendee(hearing, attendee_id) if attendee_id is not None else None
    if attendee is None and speech in OPINIONS:
        refusal = _("Choose who said it.")
        raise Refused(refusal, fields={"attendee_id": refusal})
    if attendee is not None and (speech == Speech.INTRODUCED or not attendee.came):
        refusal = _("The organ introduces the draft; afterwards speaks who came.")
        raise Refused(refusal, fields={"attendee_id": refusal})
    row = DecisionEntry.objects.create(
        hearing=hearing,
        speech=speech,
        attendee=attendee,
        words=need_of_nobody(words, "words"),
        noted_by=by.post,
        noted_at=now,
    )
    record("decision_hearing.write_down", hearing, by=by.actor, at=now, facts={"speech": speech})
    return row


@transaction.atomic(durable=True)
def confirm_record(
    hearing_id: UUID, *, attendee_id: int, refused_why: str = "", by: Hat, now: datetime
) -> Attendee:
    """Write that somebody who came confirmed the record and signed it, or refused to, with why ([L27] Art 17(3)).

    :raises Unknown: if this hat does not read the hearing, or nobody has this place on its list
    :raises NotAllowed: if its organ does not prepare the decision
    :raises OutOfTurn: if it is not being held, he did not come, or it is written already
    :raises Refused: for a number of a person in the reason
    """
    hearing = hold_decision_hearing(hearing_id, by, _OPEN)
    row = _attendee(hearing, attendee_id)
    if not row.came or row.signed_at is not None:
        raise OutOfTurn(_("Only who came confirms the record, and once."))
    row.refused_why = need_of_nobody(refused_why, "refused_why") if refused_why.strip() else ""
    row.signed_at = now
    row.save(update_fields=["signed_at", "refused_why"])
    facts = {"signed": not row.refused_why}
    record("decision_hearing.confirm_record", hearing, by=by.actor, at=now, facts=facts)
    return row


@transaction.atomic(durable=True)
def close_record(hearing_id: UUID, *, by: Hat, now: datetime) -> DecisionHearing:
    """Close the record, which is frozen with its hash; afterwards each opinion is studied ([L27] Art 18).

    :raises Unknown: if this hat does not read the hearing
    :raises NotAllowed: if its organ does not prepare the decision
    :raises OutOfTurn: if it is not being held, the draft was not introduced, nobody stated an opinion, or it is not
        written who came and confirmed the record
    """
    hearing = hold_decision_hearing(hearing_id, by, _OPEN)
    said = set(hearing.entries.values_list("speech", flat=True))
    if not {Speech.INTRODUCED, Speech.STATED} <= said:
        raise OutOfTurn(_("The record lacks the introduction of the draft, or an opinion of an attendee."))
    unsaid = hearing.attendees.filter(came=None) | hearing.attendees.filter(came=True, signed_at=None)
    if unsaid.exists():
        raise OutOfTurn(
            _("Write of everybody on the list whether he came, and of who came that he confirmed it.")
        )
    hearing.frozen = frozen_decision_record(hearing)
    hearing.digest = digest_of(hearing.frozen)
    hearing.state, hearing.recorded_at = DecisionHearingState.RECORDED, now
    hearing.save(update_fields=["frozen", "digest", "state", "recorded_at"])
    record("decision_hearing.close_record", hearing, by=by.actor, at=now)
    return hearing


@transaction.atomic(durable=True)
def study_opinion(
    hearing_id: UUID, *, entry_id: int, studied: Studied, studied_why: str, by: Hat, now: datetime
) -> DecisionEntry:
    """Write what became of an opinion and how or why; with the last one the hearing is studied ([L27] Art 18).

    :raises Unknown: if this hat does not read the hearing, or its record has no such opinion
    :raises NotAllowed: if its organ does not prepare the decision
    :raises OutOfTurn: if its record is not closed, or every opinion is studied
    :raises Refused: without words, or with a number of a person
    """
    hearing = hold_decision_hearing(hearing_id, by, {DecisionHearingState.RECORDED})
    opinions = hearing.entries.filter(speech__in=OPINIONS)
    row = opinions.filter(pk=entry_id).first()
    if row is None:
        raise Unknown(_("The record has no such opinion."))
    row.studied, row.studied_why = studied, need_of_nobody(studied_why, "studied_why")
    row.studied_by = by.post
    row.save(update_fields=["studied", "studied_why", "studied_by"])
    if not opinions.filter(studied="").exists():
        hearing.state, hearing.studied_at = DecisionHearingState.STUDIED, now
        hearing.save(update_fields=["state", "studied_at"])
    record("decision_hearing.study_opinion", hearing, by=by.actor, at=now, facts={"studied": studied})
    return row


def _attendee(hearing: DecisionHearing, attendee_id: int) -> Attendee:
    row = hearing.attendees.filter(pk=attendee_id).first()
    if row is None:
        raise Unknown(_("Nobody has this place on the list."))
    return row
