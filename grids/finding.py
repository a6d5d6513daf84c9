"""Finding what a hat may know of; what is hidden and what is not there answer alike (Q6)."""

from uuid import UUID

from django.utils.translation import gettext as _

from accounts.hats import Hat
from assignments.models import Assignment
from assignments.states import Kind
from grids.models import Grid, GridEvent
from lib.errors import Unknown


def grid_of(hat: Hat, grid_id: UUID) -> Grid:
    """Return a grid this hat reads, with its scheme, organ and place.

    :raises Unknown: if there is none
    """
    rows = Grid.objects.visible_to(hat).select_related("scheme", "organ__place", "place", "parent")
    found = rows.filter(pk=grid_id).first()
    if found is None:
        raise Unknown(_("There is no such grid."))
    return found


def event_of(hat: Hat, event_id: UUID) -> GridEvent:
    """Return an event this hat knows of, with what its page reads.

    :raises Unknown: if there is none
    """
    rows = GridEvent.objects.visible_to(hat).select_related(
        "grid__parent",
        "organ__place",
        "type__parent",
        "joined_to",
        "reporter",
        "reported_by__organ",
        "evaluation",
    )
    found = rows.filter(pk=event_id).first()
    if found is None:
        raise Unknown(_("There is no such event."))
    return found


def asked_of(hat: Hat, assignment_id: UUID) -> GridEvent:
    """Return the event that something is asked about, to a hat that knows of it.

    :raises Unknown: if there is none
    """
    rows = Assignment.objects.filter(pk=assignment_id, kind=Kind.EVENT)
    subject = rows.values_list("subject_id", flat=True).first()
    if subject is None:
        raise Unknown(_("There is no such assignment."))
    return event_of(hat, UUID(subject))
