"""The figures of some days as a workbook: every part of every indicator, and on a second sheet what they count."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.hats import Hat
from indicators import figures
from indicators.catalogue import CATALOGUE, part_words
from indicators.figures import Asked, percent
from indicators.measures import MEASURES, Code, Part
from indicators.models import Fact
from indicators.sweeps import complete_until
from indicators.universe import UNIVERSES
from infra.files import Checked
from lib.days import local_day
from lib.tables.writing import Book, Look, Value, writing

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook_of(asked: Asked, hat: Hat, *, now: datetime) -> Checked:
    """Return the figures of some days as a hat may know of them, with those of the year before."""
    with tempfile.TemporaryFile() as out:
        with writing(out) as book:
            _write_figures(book, asked, hat, now)
            _write_definitions(book, asked, hat, now)
        out.seek(0)
        last = asked.period.until - timedelta(days=1)
        return Checked(f"{asked.period.since}-{last}.xlsx", XLSX, out.read())


def _write_figures(book: Book, asked: Asked, hat: Hat, now: datetime) -> None:
    heads = (
        *(_("Indicator"), pgettext("of an indicator", "Part"), pgettext("figure", "These days")),
        *(_("last year"), pgettext("figure", "Rate")),
    )
    with book.sheet(_("Figures"), widths=[44, 28, 14, 14, 14], still=1) as sheet:
        sheet.headings(heads)
        for row in _rows(asked, hat, now):
            sheet.row(row)


def _rows(asked: Asked, hat: Hat, now: datetime) -> Iterator[Sequence[Value]]:
    seen = Fact.objects.visible_to(hat)
    before = replace(asked, period=asked.period.a_year_before())
    found, last = (figures.figures_of(MEASURES, one, seen, now=now) for one in (asked, before))
    people, people_before = figures.volume(asked, seen), figures.volume(before, seen)
    yield str(CATALOGUE[Code.REGISTERED].name), _("person-times"), people.persons, people_before.persons, ""
    for code in MEASURES:
        name, its, earlier = str(CATALOGUE[code].name), found[code], last[code]
        # what is of the moment was not counted a year ago
        compared = code not in {Code.OPEN_NOW, Code.I16}
        rate = percent(its.rate) if MEASURES[code].counted and code is not Code.REGISTERED else ""
        yield name, str(part_words(Part.ALL)), its.of, earlier.of if compared else None, rate
        for part, count in its.parts.items():
            yield name, str(part_words(part)), count, earlier.parts[part] if compared else None, ""


def _write_definitions(book: Book, asked: Asked, hat: Hat, now: datetime) -> None:
    said = [
        (
            pgettext("of a workbook", "Days"),
            f"{asked.period.since} – {asked.period.until - timedelta(days=1)}",
        ),
        (_("Universe"), f"{asked.universe.value}: {UNIVERSES[asked.universe].words}"),
        (_("As known on the evening of"), str(asked.as_of or local_day(now))),
        (_("Every deed is counted until"), f"{complete_until(now):%Y-%m-%d %H:%M}"),
        (_("Exported by"), hat.words),
        (_("Sealed lane"), _("What is sealed is in no figure.")),
    ]
    heads = (
        *(_("Indicator"), pgettext("numerator", "Counted"), pgettext("denominator", "Of")),
        *(_("Which period"), pgettext("figure", "Note")),
    )
    with book.sheet(_("Definitions"), widths=[36, 48, 48, 36, 60]) as sheet:
        for line in said:
            sheet.row(line)
        sheet.row([])
        sheet.row(heads, Look.HEADING)
        for code in MEASURES:
            its = CATALOGUE[code]
            sheet.row([str(its.name), str(its.counted), str(its.of), str(its.period), str(its.note)])
