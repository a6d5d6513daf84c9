"""What the pages of bulletins show: the office and leaders all of it, a unit its own matters (Q6)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ
from accounts.page_deeds import Bound
from cases.models import Petition, Petitioner
from leadership import permissions as may
from leadership.bulletins import standing_lines
from leadership.models import Bulletin, BulletinLine
from leadership.months import Month
from leadership.offers import of_bulletin
from leadership.papers import paper_of_bulletin
from leadership.states import Adopted, Part
from lib.surnames import may_be_name

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


# what reads like a count, which the bulletin does not make: 上升20%, 12件, 三批次
_FIGURE = re.compile(
    r"[0-9０-９一二三四五六七八九十百千万]+\s*(?:[%％件起]|个百分点|人次|批次)|百分之|上升|下降|同比|环比|总量|排名"
)
# up to four signs before words that are said of persons
_SAID_OF_PERSONS = re.compile(
    r"([㐀-鿿]{2,3})(?:反复|多次|缠|闹|上访|来访|同志|等[0-9一二三四五六七八九十]*人)"
)


def doubts_about(words: str, names: Iterable[str]) -> list[str]:
    """Return what in the words of a bulletin reads like a figure or a name; whoever issues it looks at them again."""
    figures = [
        _("“%(found)s” reads like a figure: the bulletin counts nothing.") % {"found": found[0]}
        for found in _FIGURE.finditer(words)
    ]
    known = {name for name in names if len(name) > 1 and name in words}
    likely = {found[1] for found in _SAID_OF_PERSONS.finditer(words) if may_be_name(found[1])}
    return figures + [
        _("“%(found)s” reads like a name: the bulletin names no person.") % {"found": name}
        for name in sorted(known | likely)
    ]


def _before_issue(bulletin: Bulletin, lines: Sequence[BulletinLine], hat: Hat) -> dict[str, Any]:
    """Return the paper as it would be printed, and what in it is to be looked at again, for who writes or issues it."""
    if not lines or not may.may_write_in_bulletin(hat, bulletin):
        return {}
    names = Petitioner.objects.filter(petition__in={line.petition_id for line in lines})
    return {
        "preview": paper_of_bulletin(bulletin, lines, words=bulletin.words, by=hat),
        "doubts": doubts_about(bulletin.words, names.values_list("name", flat=True)),
        "is_editor": bulletin.editor_id == hat.user.pk,
    }


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
    shows_left_out = whole and bulletin.document is None
    return {
        **_before_issue(bulletin, lines, hat),
        "bulletin": bulletin,
        "last": month.last,
        "whole": whole,
        "has_file": whole
        and bulletin.document is not None
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
