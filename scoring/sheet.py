"""How units stood at the end of a month as a workbook: no case and no person of a case stands in it."""

from collections.abc import Iterable
from datetime import date
from typing import IO

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lib.tables.writing import Look, writing
from scoring.models import CloseEntry, CloseLine, MonthClose
from scoring.states import Scope, VolumeClass

_UNITS, _ENTRIES = (16, 16, 24, 30, 8, 10, 10, 10), (24, 12, 44, 10)


def write_month(
    out: IO[bytes], close: MonthClose, lines: Iterable[CloseLine], *, note: str, on: date
) -> None:
    """Write the lines of a closed month and the entries behind them, with the note it was handed out with."""
    rows = list(lines)
    title = _("Scores at the end of %(month)s") % {"month": close.name}
    with writing(out) as book:
        with book.sheet(title, widths=_UNITS, foot=title) as sheet:
            sheet.row([title], Look.TITLE)
            sheet.row([note], Look.NOTE)
            sheet.row([_("Handed out on %(day)s") % {"day": on.isoformat()}], Look.NOTE)
            sheet.headings(
                [
                    pgettext("of a rule set", "For whom"),
                    pgettext("volume class", "Put beside"),
                    pgettext("of a score entry", "Unit"),
                    pgettext("of a rule set", "Name"),
                    _("version"),
                    pgettext("points", "Less"),
                    pgettext("points", "More"),
                    _("Score"),
                ]
            )
            for line in rows:
                sheet.row(
                    [
                        str(Scope(line.rule_set.scope).label),
                        str(VolumeClass(line.volume).label),
                        line.organ.name,
                        line.rule_set.name,
                        line.rule_set.version,
                        line.deducted,
                        line.bonus,
                        line.score,
                    ]
                )
        with book.sheet(_("Entries that counted"), widths=_ENTRIES, foot=title) as sheet:
            sheet.headings(
                [
                    pgettext("of a score entry", "Unit"),
                    pgettext("of a score entry", "Day"),
                    _("By which rule"),
                    pgettext("of a score entry", "Points"),
                ]
            )
            counted = CloseEntry.objects.filter(line__in=[line.pk for line in rows])
            ordered = counted.order_by(
                "line__organ__kind", "line__organ__code", "entry__happened_on", "entry"
            )
            said = ordered.values_list(
                "line__organ__name", "entry__happened_on", "entry__rule__title", "points"
            )
            for organ, day, rule, points in said:
                sheet.row([organ, day, rule, points])
