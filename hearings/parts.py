"""What the deeds of hearings share. They open no transaction and refuse to work without one."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Post
from cases.models import Petition, PetitionDocument, Progress
from cases.parts import users_kept_out
from cases.remedies.parts import count_again_after_hearing
from deadlines.calendars import working_days_after
from hearings import permissions as may
from hearings.decision_states import AssessmentState, DecisionHearingState
from hearings.models import (
    Booking,
    DecisionHearing,
    Hearing,
    HearingNotice,
    PlannedDecision,
    ProcedureSet,
    RiskAssessment,
    Seat,
    StepRun,
)
from hearings.states import HEARD, NOTIFIED, DayUnit, HearingState, SeatRole, Step
from leadership.parts import hold_open_lane
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from lib.masking import holds_a_number
from lib.transactions import require_transaction
from notices.models import Kind
from notices.parts import tell


def hold_hearing(hearing_id: UUID, hat: Hat, states: Collection[HearingState]) -> Hearing:
    """Return a hearing that a hat reads and that stands in one of some states, held with its petition before it.

    :raises Unknown: if there is none for this hat, or its petition was sealed (Q2, Q6)
    :raises OutOfTurn: if it stands elsewhere
    """
    require_transaction("hold_hearing")
    found = may.hearings_for(hat).filter(pk=hearing_id).values_list("petition", flat=True).first()
    if found is None:
        raise Unknown(_("There is no such hearing."))
    petition = hold_open_lane(found)
    hearing = (
        Hearing.objects.select_for_update(of=("self",))
        .select_related("organ__place", "procedure", "room")
        .get(pk=hearing_id)
    )
    hearing.petition = petition
    if hearing.state not in states:
        raise OutOfTurn(_("The hearing does not stand where this could be done."))
    return hearing


def hold_arranged(hearing_id: UUID, hat: Hat, states: Collection[HearingState]) -> Hearing:
    """Return a hearing that a hat arranges or leads through, held.

    :raises Unknown: if there is none for this hat
    :raises NotAllowed: if it only reads it, withdrew from the petition, or is named in it (R-33)
    :raises OutOfTurn: if it stands elsewhere
    """
    hearing = hold_hearing(hearing_id, hat, states)
    if not may.arranges(hat, hearing) or hat.user.pk in users_kept_out(hearing.petition):
        raise NotAllowed(_("Your post does not arrange this hearing."))
    return hearing


def hold_decision(decision_id: UUID, hat: Hat) -> PlannedDecision:
    """Return a planned decision that this hat's organ still prepares, held.

    :raises Unknown: if there is none for this hat
    :raises NotAllowed: if it only reads it
    :raises OutOfTurn: if it was made or given up
    """
    require_transaction("hold_decision")
    rows = may.decisions_for(hat).select_for_update(of=("self",)).select_related("organ")
    decision = rows.filter(pk=decision_id).first()
    if decision is None:
        raise Unknown(_("There is no such planned decision."))
    if not may.prepares(hat, decision):
        raise NotAllowed(_("Your organ does not prepare this decision."))
    if not decision.is_prepared:
        raise OutOfTurn(_("This decision was made or given up."))
    return decision


def hold_assessment(assessment_id: UUID, hat: Hat, states: Collection[AssessmentState]) -> RiskAssessment:
    """Return a risk assessment of this hat's organ that stands in one of some states, held with its decision.

    :raises Unknown: if there is none for this hat
    :raises NotAllowed: if it only reads it
    :raises OutOfTurn: if it stands elsewhere
    """
    require_transaction("hold_assessment")
    found = RiskAssessment.objects.filter(pk=assessment_id, draft__decision__in=may.decisions_for(hat))
    decision_id = found.values_list("draft__decision", flat=True).first()
    if decision_id is None:
        raise Unknown(_("There is no such assessment."))
    decision = (
        PlannedDecision.objects.select_for_update(of=("self",)).select_related("organ").get(pk=decision_id)
    )
    if not may.prepares(hat, decision):
        raise NotAllowed(_("Your organ does not prepare this decision."))
    rows = RiskAssessment.objects.select_for_update(of=("self",)).select_related("draft")
    assessment = rows.get(pk=assessment_id)
    followed = assessment.state == AssessmentState.DECIDED
    if assessment.state not in states or not (decision.is_prepared or followed):
        raise OutOfTurn(_("The assessment does not stand where this could be done."))
    assessment.draft.decision = decision
    return assessment


def hold_decision_hearing(
    hearing_id: UUID, hat: Hat, states: Collection[DecisionHearingState]
) -> DecisionHearing:
    """Return a hearing on a planned decision of this hat's organ that stands in one of some states, held.

    :raises Unknown: if there is none for this hat
    :raises NotAllowed: if it only reads it
    :raises OutOfTurn: if it stands elsewhere, or the decision was made or given up
    """
    require_transaction("hold_decision_hearing")
    found = DecisionHearing.objects.filter(pk=hearing_id, draft__decision__in=may.decisions_for(hat))
    decision_id = found.values_list("draft__decision", flat=True).first()
    if decision_id is None:
        raise Unknown(_("There is no such hearing."))
    decision = hold_decision(decision_id, hat)
    rows = DecisionHearing.objects.select_for_update(of=("self",)).select_related("draft")
    hearing = rows.get(pk=hearing_id)
    if hearing.state not in states:
        raise OutOfTurn(_("The hearing does not stand where this could be done."))
    hearing.draft.decision = decision
    return hearing


def refuse_while_heard(decision: PlannedDecision) -> None:
    """Refuse what cannot be done while a hearing on a planned decision is under way ([L27] Art 18).

    :raises OutOfTurn: if it is announced or held, or an opinion waits to be studied
    """
    if DecisionHearing.objects.under_way().filter(draft__decision=decision).exists():
        raise OutOfTurn(_("A hearing on it is under way: hold it and study each opinion, or call it off."))


def need_of_nobody(words: str, field: str) -> str:
    """Return words that hold no number of a person, without the space around them (Q42: no register of persons).

    :raises Refused: naming the field, if nothing is left or it holds one
    """
    text = need(words, field)
    if holds_a_number(text):
        message = _("It holds a number of a person: write groups and units, nobody's telephone or identity.")
        raise Refused(message, fields={field: message})
    return text


def day_after(day: date, count: int, unit: DayUnit) -> date:
    """Return the day so many days after another, by which days a procedure counts."""
    return working_days_after(day, count) if unit == DayUnit.WORKING else day + timedelta(days=count)


def first_day(procedure: ProcedureSet, told_on: date) -> date:
    """Return the first day for which a notice received on a day is in time."""
    return day_after(told_on, procedure.notice_days or 0, DayUnit(procedure.notice_unit))


def need(words: str, field: str) -> str:
    """Return words without the space around them.

    :raises Refused: naming the field, if nothing is left
    """
    if not words.strip():
        message = _("Fill this in.")
        raise Refused(message, fields={field: message})
    return words.strip()


def standing_seats(hearing: Hearing) -> list[Seat]:
    """Return who takes part and has not left, the chair first."""
    rows = hearing.seats.filter(left_at=None).select_related("post__user", "post__organ", "panelist")
    order = {role: place for place, role in enumerate(SeatRole)}
    return sorted(rows, key=lambda seat: (order[SeatRole(seat.role)], seat.pk))


def investigated(petition: Petition, user_id: int) -> bool:
    """Test if a person worked on the merits of a petition: noted an investigation, or drew up a paper on it."""
    notes = Progress.objects.filter(handling__petition=petition, noted_by__user=user_id)
    papers = PetitionDocument.objects.filter(petition=petition, document__drafter=user_id)
    return notes.exists() or papers.exists()


def take(hearing: Hearing, seats: Iterable[Seat], *, field: str, room: bool = False) -> None:
    """Book the persons of some seats, and the room, for the time a hearing is called to.

    :raises Refused: naming the field, if one of them is taken at that time
    """
    require_transaction("take")
    if hearing.begins_at is None:
        return
    rows = [
        Booking(hearing=hearing, during=(hearing.begins_at, hearing.ends_at), **_who(seat)) for seat in seats
    ]
    if room:
        rows.append(Booking(hearing=hearing, during=(hearing.begins_at, hearing.ends_at), room=hearing.room))
    try:
        # asked of the database: two offices may book at one moment
        with transaction.atomic():
            Booking.objects.bulk_create(row for row in rows if row.room_id or row.user_id or row.panelist_id)
    except IntegrityError as error:
        if "booking_room_once" in str(error):
            words = _("The room is taken at that time.")
            raise Refused(words, fields={"room": words}) from error
        words = _("Somebody is taken by another hearing at that time.")
        raise Refused(words, fields={field: words}) from error


def _who(seat: Seat) -> dict[str, object]:
    return {"user": seat.post.user if seat.post else None, "panelist": seat.panelist}


def free(hearing: Hearing, seat: Seat) -> None:
    """Let go whom a seat had booked."""
    require_transaction("free")
    hearing.bookings.filter(**_who(seat), room=None).delete()


def untold(hearing: Hearing, seats: Iterable[Seat]) -> list[Seat]:
    """Return the petitioners and officers who had no notice in time of the day that stands, nor agreed to less."""
    told = {
        notice.seat_id
        for notice in HearingNotice.objects.filter(seat__hearing=hearing, begins_at=hearing.opens_at)
        if notice.agreed or _in_time(notice, hearing)
    }
    return [seat for seat in seats if seat.role in NOTIFIED and seat.pk not in told]


def _in_time(notice: HearingNotice, hearing: Hearing) -> bool:
    return first_day(hearing.procedure, notice.told_on) <= timezone.localdate(notice.begins_at)


def tell_seats(hearing: Hearing, posts: Iterable[Post], *, now: datetime) -> None:
    """Tell posts that they take part in a hearing; anew when its time changes."""
    require_transaction("tell_seats")
    kept_out = users_kept_out(hearing.petition)
    keys = [post.pk for post in posts if post.user_id not in kept_out]
    key = f"hearing:{hearing.pk}:called:{hearing.opens_at:%Y%m%d%H%M}"
    tell(keys, Kind.HEARING_CALLED, key=key, subject_id=str(hearing.pk), now=now)


def call_it_off(hearing: Hearing, why: str, *, now: datetime) -> None:
    """Call a hearing off for a reason, set its room and persons free, and tell the posts that were called to it.

    A re-examination counts on from the next day (Art 36(2)).
    """
    require_transaction("call_it_off")
    called = hearing.state == HearingState.CALLED or hearing.state in HEARD
    hearing.called_off_why, hearing.state = why, HearingState.CALLED_OFF
    hearing.save(update_fields=["called_off_why", "state"])
    hearing.bookings.all().delete()
    until = timezone.localdate(now)
    count_again_after_hearing(hearing.petition, hearing.pk, until=until, now=now)
    if called:
        posts = [seat.post_id for seat in standing_seats(hearing) if seat.post_id]
        key = f"hearing:{hearing.pk}:off"
        tell(posts, Kind.HEARING_OFF, key=key, subject_id=str(hearing.pk), now=now)


def missing_to_open(hearing: Hearing, *, now: datetime) -> list[str]:
    """Return what a called hearing lacks before it can open, in words."""
    seats = standing_seats(hearing)
    here = [seat for seat in seats if seat.came]
    panel = sum(seat.role == SeatRole.PANEL for seat in here)
    roles = {seat.role for seat in here}
    said = [
        (hearing.opens_at > now, _("Its time has not come.")),
        (SeatRole.CHAIR not in roles, _("The chair has not come.")),
        (SeatRole.CLERK not in roles, _("The clerk has not come.")),
        (panel < hearing.procedure.least_panel, _("The panel is not complete.")),
        (panel % 2 == 0, _("The panel must be odd, so that it has a majority.")),
        (
            not roles & {SeatRole.PETITIONER, SeatRole.AGENT},
            _("Nobody of the petitioner's side has come: put it off, or call it off."),
        ),
        (SeatRole.OFFICER not in roles, _("No officer of the organ has come.")),
        (bool(untold(hearing, seats)), _("Somebody was not told in time, nor agreed to a shorter notice.")),
    ]
    return [words for lacks, words in said if lacks]


def move_on(hearing: Hearing, step: Step, *, now: datetime) -> None:
    """End the step that runs and begin another; the caller saves the hearing."""
    require_transaction("move_on")
    StepRun.objects.filter(hearing=hearing, ended_at=None).update(ended_at=now)
    StepRun.objects.create(hearing=hearing, step=step, began_at=now)
    hearing.step = step
