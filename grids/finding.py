"""Finding what a hat may know of; what is hidden and what is not there answer alike (Q6)."""

from uuid import UUID

from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ
from assignments.models import Assignment
from assignments.states import Kind
from grids.models import (
    Courtyard,
    DiaryNote,
    Gathering,
    GatheringSeries,
    Grid,
    GridEvent,
    GridStaff,
    HouseholdCard,
    Liaison,
    Round,
    RoundPlan,
    ServiceTeam,
    worked_in,
)
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
        "location",
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


def plan_of(hat: Hat, plan_id: UUID) -> RoundPlan:
    """Return a plan of rounds this hat reads, with its organ.

    :raises Unknown: if there is none
    """
    rows = RoundPlan.objects.visible_to(hat).select_related("organ__place", "entered_by__organ")
    found = rows.filter(pk=plan_id).first()
    if found is None:
        raise Unknown(_("There is no such plan of rounds."))
    return found


def round_of(hat: Hat, round_id: UUID) -> Round:
    """Return a round this hat reads, with its plan and grid.

    :raises Unknown: if there is none
    """
    rows = Round.objects.visible_to(hat).select_related("plan__organ", "grid__organ", "person")
    found = rows.filter(pk=round_id).first()
    if found is None:
        raise Unknown(_("There is no such round."))
    return found


def own_organ(hat: Hat, organ_id: int) -> Organ:
    """Return the organ a hat works for, by its key; of no other one.

    :raises Unknown: if it is another
    """
    if hat.organ.pk != organ_id:
        raise Unknown(_("There is no such page."))
    return hat.organ


def ground_of(hat: Hat, grid_id: UUID) -> Grid:
    """Return a grid whose ground this hat works on.

    :raises Unknown: if there is none
    """
    found = worked_in(hat).select_related("organ").filter(pk=grid_id).first()
    if found is None:
        raise Unknown(_("There is no such grid."))
    return found


def courtyard_of(hat: Hat, courtyard_id: UUID) -> Courtyard:
    """Return a courtyard of a grid whose ground this hat works on, with its plan.

    :raises Unknown: if there is none
    """
    rows = Courtyard.objects.filter(grid__in=worked_in(hat)).select_related("grid", "plan")
    found = rows.filter(pk=courtyard_id).first()
    if found is None:
        raise Unknown(_("There is no such courtyard."))
    return found


def card_of(hat: Hat, card_id: UUID) -> HouseholdCard:
    """Return a household card of a grid whose ground this hat works on; what was given stays sealed.

    :raises Unknown: if there is none
    """
    found = HouseholdCard.objects.filter(courtyard__grid__in=worked_in(hat), pk=card_id).first()
    if found is None:
        raise Unknown(_("There is no such card."))
    return found


def note_of(hat: Hat, note_id: UUID) -> DiaryNote:
    """Return a note of the diary of a grid this hat works in.

    :raises Unknown: if there is none
    """
    found = DiaryNote.objects.visible_to(hat).select_related("grid").filter(pk=note_id).first()
    if found is None:
        raise Unknown(_("There is no such note in the diary."))
    return found


def series_of(hat: Hat, series_id: UUID) -> GatheringSeries:
    """Return a series of gatherings this hat keeps.

    :raises Unknown: if there is none
    """
    found = GatheringSeries.objects.kept_by(hat).select_related("organ", "grid").filter(pk=series_id).first()
    if found is None:
        raise Unknown(_("There is no such series."))
    return found


def gathering_of(hat: Hat, gathering_id: UUID) -> Gathering:
    """Return a gathering this hat reads, with its grid and organ.

    :raises Unknown: if there is none
    """
    rows = Gathering.objects.visible_to(hat).select_related("organ", "grid")
    found = rows.filter(pk=gathering_id).first()
    if found is None:
        raise Unknown(_("There is no such gathering."))
    return found


def staff_of(hat: Hat, staff_id: UUID) -> GridStaff:
    """Return who stands or stood for a grid this hat reads.

    :raises Unknown: if there is none
    """
    rows = GridStaff.objects.filter(grid__in=Grid.objects.visible_to(hat)).select_related("grid")
    found = rows.filter(pk=staff_id).first()
    if found is None:
        raise Unknown(_("There is no such line."))
    return found


def liaison_of(hat: Hat, liaison_id: UUID) -> Liaison:
    """Return who looks or looked after a grid this hat reads.

    :raises Unknown: if there is none
    """
    rows = Liaison.objects.filter(grid__in=Grid.objects.visible_to(hat)).select_related("grid")
    found = rows.filter(pk=liaison_id).first()
    if found is None:
        raise Unknown(_("There is no such line."))
    return found


def team_of(hat: Hat, team_id: UUID) -> ServiceTeam:
    """Return a service team of an organ whose grids this hat reads.

    :raises Unknown: if there is none
    """
    rows = ServiceTeam.objects.filter(organ__in=Grid.objects.visible_to(hat).values("organ"))
    found = rows.select_related("organ", "grid").filter(pk=team_id).first()
    if found is None:
        raise Unknown(_("There is no such team."))
    return found
