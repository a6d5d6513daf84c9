"""What the pages of bulletins show: the office and leaders all of it, a unit its own matters (Q6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from accounts.hats import Hat
from accounts.models import Organ
from cases.models import Petition
from leadership import permissions as may
from leadership.bulletins import standing_lines
from leadership.models import Bulletin, BulletinLine
from leadership.months import Month
from leadership.offers import Bound, of_bulletin
from leadership.states import Adopted, Part

# two years of months, and as many again where an office was divided
_LISTED = 60


@dataclass(frozen=True)
class Listed:
    """One matter with what became of it by the month's end."""

    line: BulletinLine
    # in days; none for what was answered in time
    late: int
    adopted: str
    # a unit or leader may know of the petition, or once did
    seen: bool


@dataclass(frozen=True)
class OfUnit:
    organ: Organ
    # label of the part, matters
    parts: Sequence[tuple[str, Sequence[Listed]]]


def bulletins_page(hat: Hat) -> dict[str, Any]:
    """Return the list of bulletins a hat reads, the latest month first."""
    rows = may.bulletins_for(hat).select_related("office", "document").order_by("-month", "office__code")
    return {"bulletins": list(rows[:_LISTED])}


def bulletin_page(bulletin: Bulletin, hat: Hat, *, bound: Bound) -> dict[str, Any]:
    """Return the page of one bulletin."""
    lines = standing_lines(bulletin)
    whole = may.reads_all_of(hat)
    if not whole:
        own = set(Organ.objects.of_today(hat.organ).values_list("pk", flat=True))
        lines = [line for line in lines if line.organ_id in own]
    month = Month(bulletin.month)
    seen = set(
        Petition.objects.visible_to(hat)
        .filter(pk__in={line.petition_id for line in lines})
        .values_list("pk", flat=True)
    )
    listed = [_listed(line, month.last, seen=line.petition_id in seen) for line in lines]
    left_out = bulletin.lines.exclude(left_out="").filter(petition__sealed=False)
    shows_left_out = whole and not bulletin.is_issued
    return {
        "bulletin": bulletin,
        "last": month.last,
        "whole": whole,
        "has_file": whole
        and bulletin.is_issued
        and not bulletin.lines.filter(petition__sealed=True).exists(),
        "units": [
            OfUnit(
                organ,
                [
                    (str(Part(part).label), list(of_part))
                    for part, of_part in groupby(of_unit, key=lambda one: one.line.part)
                ],
            )
            for organ, of_unit in groupby(listed, key=lambda one: one.line.organ)
        ],
        "left_out": list(left_out.select_related("petition", "organ")) if shows_left_out else [],
        "offers": list(of_bulletin(bulletin, lines, hat, bound)),
    }


def _listed(line: BulletinLine, last: date, *, seen: bool) -> Listed:
    late = ((line.done_on or last) - line.due_on).days if line.due_on else 0
    slip = line.slip
    adopted = str(Adopted(slip.adopted).label) if slip and line.part == Part.RECOMMENDED else ""
    return Listed(line, max(0, late), adopted, seen)
