"""Which last days the loading of a year moved, for whoever keeps them: his organ's periods and what is asked of him."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from accounts.hats import Hat
from accounts.models import Organ
from accounts.roles import Role
from assignments.models import Assignment, AssignmentClock
from cases.models import Petition, PetitionClock
from deadlines.models import CalendarYear

_LISTED = 200


@dataclass(frozen=True)
class DayMoved:
    """One period whose last day was another one; none before where the year was missing (Q26)."""

    clock: Any
    # the number of its petition, as far as it may be known
    number: str
    before: date | None
    after: date | None


def periods_moved(year: CalendarYear, hat: Hat) -> list[DayMoved]:
    """Return the periods of the hat's organ that a year's last loading moved, on petitions it sees (Q6).

    The sealed lane's own officer reads those of the petitions he was granted (Q2).
    """
    if hat.role == Role.SEALED_LANE_OFFICER:
        clocks = PetitionClock.objects.open().filter(petition__in=Petition.objects.sealed_to(hat))
    else:
        clocks = PetitionClock.objects.open().filter(
            petition__in=Petition.objects.visible_to(hat), organ__in=Organ.objects.of_today(hat.organ)
        )
    rows = _moved(clocks, "cases.PetitionClockVersion", year).select_related("petition")
    return [DayMoved(row, row.petition.number, row.day_before, row.day_after) for row in rows]


def tasks_moved(year: CalendarYear, hat: Hat) -> Iterator[DayMoved]:
    """Yield what is asked of a hat and got another last day by a year's last loading."""
    asked = Assignment.objects.asked_of(hat).owed()
    clocks = AssignmentClock.objects.open().filter(assignment__in=asked)
    rows = list(_moved(clocks, "assignments.AssignmentClockVersion", year).select_related("assignment"))
    seen = Petition.objects.visible_to(hat).filter(pk__in=[row.assignment.subject_id for row in rows])
    numbers = {str(pk): number for pk, number in seen.values_list("pk", "number")}
    for row in rows:
        number = numbers.get(row.assignment.subject_id, "")
        yield DayMoved(row, number, row.day_before, row.day_after)


def _moved(clocks: QuerySet[Any], history: str, year: CalendarYear) -> QuerySet[Any]:
    """Keep the clocks that a loading wrote anew, with the last day it gave and the one that stood before."""
    versions = apps.get_model(history).objects.filter(pgh_obj=OuterRef("pk"))
    written = versions.filter(known_at=year.loaded_at).order_by("-pgh_id")
    earlier = versions.filter(known_at__lt=year.loaded_at).order_by("-pgh_id")
    found = clocks.annotate(
        written=Subquery(written.values("pgh_id")[:1]),
        day_after=Subquery(written.values("last_day")[:1]),
        day_before=Subquery(earlier.values("last_day")[:1]),
    )
    another = Q(day_before=None) | ~Q(day_before=F("day_after"))
    moved: QuerySet[Any] = found.filter(another, written__isnull=False)
    return moved.order_by(F("day_after").asc(nulls_last=True), "pk")[:_LISTED]
