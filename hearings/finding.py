"""What a hat finds of this room by its key: what is hidden from it answers as what is not there (Q6)."""

from uuid import UUID

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from accounts.hats import Hat
from hearings import permissions as may
from hearings.models import (
    Attendee,
    DecisionEntry,
    DecisionHearing,
    Hearing,
    PlannedDecision,
    RiskAssessment,
)
from lib.errors import Unknown


def hearing_of(hat: Hat, hearing_id: UUID) -> Hearing:
    """Return a hearing of the open lane this hat reads.

    :raises Unknown: if there is none
    """
    rows = may.hearings_for(hat).select_related("organ__place", "procedure", "room", "petition__words")
    found = rows.filter(pk=hearing_id).first()
    if found is None:
        raise Unknown(_("There is no such hearing."))
    return found


def decision_of(hat: Hat, decision_id: UUID) -> PlannedDecision:
    """Return a planned decision this hat reads.

    :raises Unknown: if there is none
    """
    rows = may.decisions_for(hat).select_related("organ__place", "planned_by__user", "ended_by__user")
    found = rows.filter(pk=decision_id).first()
    if found is None:
        raise Unknown(_("There is no such planned decision."))
    return found


def assessment_of(hat: Hat, assessment_id: UUID) -> RiskAssessment:
    """Return a risk assessment of a planned decision this hat reads.

    :raises Unknown: if there is none
    """
    rows = RiskAssessment.objects.filter(draft__decision__in=may.decisions_for(hat))
    found = rows.select_related("draft__decision").filter(pk=assessment_id).first()
    if found is None:
        raise Unknown(_("There is no such assessment."))
    return found


def decision_hearing_of(hat: Hat, hearing_id: UUID) -> DecisionHearing:
    """Return a hearing on a planned decision this hat reads.

    :raises Unknown: if there is none
    """
    rows = DecisionHearing.objects.filter(draft__decision__in=may.decisions_for(hat))
    in_order = (
        Prefetch("attendees", Attendee.objects.order_by("pk")),
        Prefetch("entries", DecisionEntry.objects.order_by("pk")),
    )
    rows = rows.select_related("draft__decision").prefetch_related(*in_order)
    found = rows.filter(pk=hearing_id).first()
    if found is None:
        raise Unknown(_("There is no such hearing."))
    return found
