"""What the workbook of a ledger says: its columns as the page shows them, its rows, and the sheet that explains it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from cases.columns import Column
from cases.marks import Mark
from cases.models import ExportPurpose
from cases.rows import LedgerRow
from cases.states import Channel, Purpose, Routing, Source
from deadlines.lamps import Colour, Lamp
from lib.tables.writing import Book, Look, Sheet, Value

Label = str | Promise
_COLOURS: Mapping[Colour, Label] = {
    Colour.GREEN: pgettext_lazy("lamp", "Green"),
    Colour.AMBER: pgettext_lazy("lamp", "Amber"),
    Colour.RED: pgettext_lazy("lamp", "Red"),
}


@dataclass(frozen=True)
class Heading:
    """One column of the sheet: what it is called, how wide it is, what of a row it says, and what that means."""

    label: Label
    width: int
    value: Callable[[LedgerRow], Value]
    meaning: Label = ""


def lamp_in_words(lamp: Lamp) -> str:
    """Return a lamp's colour and words, for paper and for a sheet: “red · 2 days overdue”."""
    colour = _COLOURS.get(lamp.colour)
    return lamp.words if colour is None else f"{colour} · {lamp.words}"


def _day_of(get: Callable[[LedgerRow], datetime]) -> Callable[[LedgerRow], date]:
    """Return what says the office's day of a moment of a row."""
    office = timezone.get_default_timezone()
    return lambda row: get(row).astimezone(office).date()


def _label_of(choices: type[TextChoices], field: str) -> Callable[[LedgerRow], str]:
    """Return what says a code of the petition in words, which are looked up once and not for each row."""
    words = {choice.value: str(choice.label) for choice in choices}
    code = attrgetter(field)
    return lambda row: words[code(row.petition)]


def _lamp() -> Callable[[LedgerRow], str]:
    """Return what says a row's lamp; thousands of rows show the same few."""
    known: dict[Lamp, str] = {}

    def said(row: LedgerRow) -> str:
        if row.lamp not in known:
            known[row.lamp] = lamp_in_words(row.lamp)
        return known[row.lamp]

    return said


def _petitioner(row: LedgerRow) -> str:
    if row.name:
        return row.name
    return _("Anonymous") if row.petition.is_anonymous else ""


def _marks(row: LedgerRow) -> str:
    return "、".join(str(mark.sign) for mark in row.marks)


def _units(row: LedgerRow) -> str:
    return "、".join(str(unit) for unit in row.units or ())


# One column of the page may hold several facts, one above the other; in the sheet each has a column of its own.
def _headings(column: Column) -> Sequence[Heading]:
    match column:
        case Column.DEADLINE:
            return (
                Heading(gettext_lazy("Petition number"), 16, lambda row: row.petition.number),
                Heading(
                    gettext_lazy("Lamp"),
                    16,
                    _lamp(),
                    gettext_lazy(
                        "The nearest statutory deadline, seen on the day of the list; red is overdue."
                    ),
                ),
                Heading(
                    gettext_lazy("Last day"),
                    11,
                    lambda row: row.last_day,
                    gettext_lazy("The last day of the nearest statutory period; empty where none runs."),
                ),
            )
        case Column.MATTER:
            return (
                Heading(pgettext_lazy("of a petition", "Matter"), 44, lambda row: row.title),
                Heading(
                    pgettext_lazy("column", "Petitioner"),
                    11,
                    _petitioner,
                    gettext_lazy("The first representative, the name covered."),
                ),
                Heading(pgettext_lazy("column", "Persons"), 7, lambda row: row.others),
                Heading(pgettext_lazy("column", "Marks"), 9, _marks),
            )
        case Column.PLACE:
            return (
                Heading(gettext_lazy("Township"), 12, lambda row: row.township),
                Heading(gettext_lazy("Village or community"), 14, lambda row: row.place),
                Heading(
                    gettext_lazy("Responsible unit"),
                    18,
                    _units,
                    gettext_lazy("Who leads the handling; empty before routing."),
                ),
            )
        case Column.SOURCE:
            return (
                Heading(pgettext_lazy("column", "Came from"), 14, _label_of(Source, "source")),
                Heading(gettext_lazy("Superior's number"), 18, lambda row: row.petition.superior_number),
            )
        case _:
            return (_single(column),)


def _single(column: Column) -> Heading:
    """Return the sheet's column for one of the page that holds a single fact."""
    match column:
        case Column.READER:
            return Heading(column.label, 12, lambda row: "、".join(row.readers))
        case Column.CHANNEL:
            return Heading(column.label, 8, _label_of(Channel, "channel"))
        case Column.CATEGORY:
            return Heading(column.label, 20, lambda row: row.petition.content_category.name)
        case Column.PURPOSE:
            return Heading(column.label, 10, _label_of(Purpose, "purpose"))
        case Column.OFFICE:
            return Heading(column.label, 18, lambda row: str(row.petition.register_organ))
        case Column.RECEIVED:
            return Heading(column.label, 11, _day_of(lambda row: row.petition.received_at))
        case Column.REGISTERED:
            return Heading(column.label, 11, _day_of(lambda row: row.petition.registered_at))
        case Column.STATE:
            return Heading(column.label, 10, _label_of(Routing, "routing"))
        case _:
            raise ValueError(column)


def headings_of(columns: Sequence[Column]) -> list[Heading]:
    """Return the columns of the sheet for those of the page, in the same order."""
    return [heading for column in columns for heading in _headings(column)]


@dataclass(frozen=True)
class About:
    """What stands above a list and on its second sheet."""

    unit: str
    view: str
    on: date
    person: str
    purpose: ExportPurpose
    # label and words of each part that narrows the list
    filters: Sequence[tuple[str, str]]
    by_date: bool
    # rows were ticked one by one; the filter only says where
    picked: bool

    @property
    def title(self) -> str:
        """The line above the list: unit, ledger, view."""
        return _("%(unit)s petition ledger (%(view)s)") % {"unit": self.unit, "view": self.view}

    @property
    def file_name(self) -> str:
        """What the file is called: unit, ledger, day."""
        name = _("%(unit)s_petition ledger (%(view)s)_%(day)s.xlsx") % {
            "unit": self.unit,
            "view": self.view,
            "day": self.on.isoformat(),
        }
        return name.replace("/", "-").replace("\\", "-")

    @property
    def foot(self) -> str:
        """What every printed page says: whose copy it is (protection §2.4)."""
        return _("%(unit)s　Internal, keep confidential　%(person)s %(day)s") % {
            "unit": self.unit,
            "person": self.person,
            "day": self.on.isoformat(),
        }


class LedgerSheet:
    """The first sheet while it is written: title, who and when, headings, and a row for each petition."""

    def __init__(self, sheet: Sheet, columns: Sequence[Column], about: About) -> None:
        self._sheet = sheet
        headings = headings_of(columns)
        self._values = [heading.value for heading in headings]
        sheet.row([about.title], Look.TITLE)
        sheet.row([about.foot], Look.NOTE)
        sheet.headings([pgettext("column", "No."), *(str(one.label) for one in headings)])
        self.rows = 0

    def write(self, row: LedgerRow) -> None:
        self.rows += 1
        self._sheet.row([self.rows, *(value(row) for value in self._values)])


LINES_ABOVE = 3


def widths_of(columns: Sequence[Column]) -> list[int]:
    return [6, *(heading.width for heading in headings_of(columns))]


def write_definitions(book: Book, columns: Sequence[Column], about: About, *, rows: int) -> None:
    """Write the second sheet: what was asked for, what is covered, what columns and marks mean."""
    order = _("Newest first") if about.by_date else _("Nearest deadline first")
    said = [
        (_("Unit"), about.unit),
        (_("As of"), about.on.isoformat()),
        (_("Exported by"), about.person),
        (pgettext("export", "What for"), str(about.purpose.label)),
        (_("View"), about.view),
        *about.filters,
        *([(_("Chosen"), _("Single petitions that were ticked"))] if about.picked else []),
        (_("Order"), order),
        (_("Petitions"), str(rows)),
        (
            pgettext("export", "Covered"),
            _(
                "Names and numbers of people are covered, as in the list on the screen. No list leaves uncovered (Q4)."
            ),
        ),
        (_("Sealed lane"), _("Reports and accusations are in no list (Art 30).")),
    ]
    meanings = [(str(one.label), str(one.meaning)) for one in headings_of(columns) if one.meaning]
    signs = [(str(mark.sign), str(mark.label)) for mark in Mark if mark is not Mark.SEALED]
    with book.sheet(_("Filter and definitions"), widths=[24, 80], foot=about.foot) as sheet:
        sheet.row([about.title], Look.TITLE)
        for part in (said, meanings, signs if Column.MATTER in columns else []):
            for line in part:
                sheet.row(line)
            sheet.row([])
