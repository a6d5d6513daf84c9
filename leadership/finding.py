"""What a hat finds of this room by its key: what is hidden from it answers as what is not there (Q6)."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.hats import Hat
from assignments.models import Assignment
from assignments.states import State
from cases.models import Petition
from leadership import permissions as may
from leadership.asked import concerns_no_petition, of_no_petition
from leadership.models import (
    Bulletin,
    DecisionRequest,
    DutyDay,
    Invitation,
    Meeting,
    PetitionLift,
    Slip,
    Sponsorship,
    Station,
    StrikeList,
    TaskForce,
    Ticket,
    UrgentReport,
)
from leadership.queues import serves
from leadership.rosters import office_for
from leadership.states import SlipState
from lib.errors import Unknown


def petition_of(hat: Hat, petition_id: UUID) -> Petition:
    """Return a petition of the open lane this hat sees.

    :raises Unknown: if there is none
    """
    rows = Petition.objects.visible_to(hat).select_related("words", "register_organ", "place")
    petition = rows.filter(pk=petition_id).first()
    if petition is None:
        raise Unknown(_("There is no such petition."))
    return petition


def asked_of(hat: Hat, assignment_id: UUID) -> tuple[Assignment, bool]:
    """Return an assignment that this hat is asked or asked itself, and which of the two.

    :raises Unknown: if it is neither, or its petition was sealed (Q2)
    """
    rows = Assignment.objects.select_related("organ", "post__user", "asking_organ", "asked_by__user", "clock")
    asked = rows.asked_of(hat).filter(pk=assignment_id).first()
    found = asked or rows.asked_by(hat).filter(pk=assignment_id).first()
    # what an office asked is read by those of it who see the petition, and by nobody once it was sealed
    hidden = found is None or not _open_lane(found, hat, asked=asked is not None)
    if found is None or hidden:
        raise Unknown(_("There is no such assignment."))
    return found, asked is not None


def opened_asked(hat: Hat, keys: Collection[UUID]) -> set[UUID]:
    """Return those of some assignments whose page opens for this hat, so that no other is led to (Q2, Q6)."""
    rows = Assignment.objects.filter(pk__in=keys)
    asked = rows.asked_of(hat).exclude(state=State.CANCELLED).values_list("pk", flat=True)
    by = dict(rows.asked_by(hat).values_list("pk", "subject_id"))
    read = {
        str(key)
        for key in Petition.objects.visible_to(hat).filter(pk__in=by.values()).values_list("pk", flat=True)
    }
    read |= of_no_petition([str(key) for key in by.values()])
    return {*asked, *(key for key, subject in by.items() if str(subject) in read)}


def _open_lane(assignment: Assignment, hat: Hat, *, asked: bool) -> bool:
    seen = Petition.objects.visible_to(hat).filter(pk=assignment.subject_id).exists()
    if seen or (asked and assignment.state != State.CANCELLED):
        return True
    if concerns_no_petition(assignment.subject_id):
        return True
    # asked for without a part in the petition, as a recommendation is, and lifted
    lifted = Slip.objects.filter(assignment=assignment, state=SlipState.LIFTED, petition__sealed=False)
    return asked and lifted.exists()


def slip_of(hat: Hat, slip_id: UUID) -> Slip:
    """Return a slip of the hat's own office, drafts too, with what its page shows, for whoever supervises there.

    :raises Unknown: if there is none, its petition was sealed (Q2), or the post does not supervise (Q6)
    """
    rows = Slip.objects.of_issuer(hat).select_related(
        "petition__words", "issuer", "addressee", "document", "assignment__clock", "opened_for"
    )
    slip = rows.filter(pk=slip_id).first()
    if slip is None or not may.reads_slip(hat, slip):
        raise Unknown(_("There is no such supervision slip."))
    return slip


def lift_of(hat: Hat, lift_id: UUID) -> PetitionLift:
    """Return a lift of a petition that this hat sees.

    :raises Unknown: if there is none
    """
    seen = Petition.objects.visible_to(hat)
    found = PetitionLift.objects.filter(pk=lift_id, petition__in=seen).first()
    if found is None:
        raise Unknown(_("There is no such lift."))
    return found


def report_of(hat: Hat, report_id: UUID) -> UrgentReport:
    """Return an urgent report on a petition that this hat sees, for those who report so and who read along.

    :raises Unknown: if there is none, or none for this hat
    """
    seen = Petition.objects.visible_to(hat)
    found = UrgentReport.objects.filter(pk=report_id, petition__in=seen).select_related("petition").first()
    if found is None or not may.reads_reports(hat, found.petition):
        raise Unknown(_("There is no such report."))
    return found


def sponsorship_of(hat: Hat, sponsorship_id: UUID) -> Sponsorship:
    """Return a sponsorship of a petition that this hat sees.

    :raises Unknown: if there is none
    """
    seen = Petition.objects.visible_to(hat)
    rows = Sponsorship.objects.select_related("petition", "post")
    found = rows.filter(pk=sponsorship_id, petition__in=seen).first()
    if found is None:
        raise Unknown(_("There is no such sponsorship."))
    return found


def decision_of(hat: Hat, request_id: UUID) -> DecisionRequest:
    """Return what a leader is asked to decide on a petition that this hat sees.

    :raises Unknown: if there is none
    """
    seen = Petition.objects.visible_to(hat)
    found = DecisionRequest.objects.filter(pk=request_id, petition__in=seen).first()
    if found is None:
        raise Unknown(_("Nobody asked such a question."))
    return found


def meeting_of(hat: Hat, meeting_id: UUID) -> Meeting:
    """Return a meeting that this hat reads.

    :raises Unknown: if there is none
    """
    rows = may.meetings_for(hat).select_related(
        "kind", "organ__place", "chair__user", "noter", "signer", "called_by__user", "called_by__organ__place"
    )
    found = rows.filter(pk=meeting_id).first()
    if found is None:
        raise Unknown(_("There is no such meeting."))
    return found


def list_of(hat: Hat, list_id: UUID) -> StrikeList:
    """Return a list to strike off that this hat reads, whole or in part.

    :raises Unknown: if there is none
    """
    found = may.lists_for(hat).select_related("organ__place").filter(pk=list_id).first()
    if found is None:
        raise Unknown(_("There is no such list to strike off."))
    return found


def force_of(hat: Hat, force_id: UUID) -> TaskForce:
    """Return a task force that this hat reads.

    :raises Unknown: if there is none
    """
    found = may.forces_for(hat).select_related("organ", "resolved_by__user").filter(pk=force_id).first()
    if found is None:
        raise Unknown(_("There is no such task force."))
    return found


def bulletin_of(hat: Hat, bulletin_id: UUID) -> Bulletin:
    """Return a bulletin that this hat reads, whole or in part.

    :raises Unknown: if there is none
    """
    rows = may.bulletins_for(hat).select_related("office", "document")
    found = rows.filter(pk=bulletin_id).first()
    if found is None:
        raise Unknown(_("There is no such bulletin."))
    return found


def duty_day_of(hat: Hat, day_id: UUID) -> DutyDay:
    """Return a day of the roster that this hat reads.

    :raises Unknown: if there is none
    """
    rows = DutyDay.objects.select_related("post__user", "post__organ", "planned__user", "office__place")
    found = rows.filter(pk=day_id, office=office_for(hat)).first() if hat.role in may.RECEIVES else None
    if found is None:
        raise Unknown(_("There is no such day on the roster."))
    return found


def ticket_of(hat: Hat, ticket_id: UUID, *, now: datetime) -> Ticket:
    """Return a number of a queue that this hat reads.

    :raises Unknown: if there is none
    """
    rows = Ticket.objects.filter(pk=ticket_id, duty_day__office=office_for(hat))
    found = rows.select_related("duty_day").first() if hat.role in may.RECEIVES else None
    if found is None or not may.reads_queue(hat, found.duty_day, serves=serves(hat, found.duty_day, now)):
        raise Unknown(_("There is no such number."))
    return found


def invitation_of(hat: Hat, invitation_id: UUID) -> Invitation:
    """Return an invitation to a talk on a petition that this hat sees.

    :raises Unknown: if there is none
    """
    seen = Petition.objects.visible_to(hat)
    rows = Invitation.objects.filter(pk=invitation_id, petition__in=seen)
    found = rows.select_related("petition").first()
    if found is None:
        raise Unknown(_("There is no such invitation."))
    return found


def station_of(hat: Hat, station_id: UUID) -> Station:
    """Return a station of the office that this hat reads.

    :raises Unknown: if there is none
    """
    rows = Station.objects.select_related("place", "organ").filter(office=office_for(hat))
    found = rows.filter(pk=station_id).first()
    if found is None:
        raise Unknown(_("There is no such station."))
    return found
