"""A year's notice on its way into the calendar: read, and looked at before anybody confirms it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from deadlines.arithmetic import Calendar
from deadlines.calendars import calendar_of
from deadlines.holiday_notice import NoticedDay, read_notice
from deadlines.models import WORKED, CalendarDay, CalendarYear, DayKind
from deadlines.recompute import Moves, foresee
from lib.errors import Refused

# 全国年节及纪念日放假办法 Art 2, each with the ways notices write it
_HOLIDAYS = (
    ("元旦",),
    ("春节",),
    ("清明节", "清明"),
    ("劳动节", "五一"),
    ("端午节", "端午"),
    ("中秋节", "中秋"),
    ("国庆节", "国庆", "十一"),
)


@dataclass(frozen=True)
class KindOfDay:
    """What a day is, and for which holiday."""

    day: date
    kind: DayKind
    holiday: str


@dataclass(frozen=True)
class YearRead:
    """A year as its notice has it."""

    year: int
    days: tuple[KindOfDay, ...]

    @property
    def touched(self) -> set[int]:
        """The years whose days it names: its own, and the one before if a holiday begins there."""
        return {self.year} | {one.day.year for one in self.days}

    @property
    def not_named(self) -> list[str]:
        """The holidays of everybody that it does not name, of the seven there are each year."""
        named = " ".join({one.holiday for one in self.days})
        return [names[0] for names in _HOLIDAYS if not any(name in named for name in names)]


@dataclass(frozen=True)
class YearPreview:
    """What loading a notice would do."""

    read: YearRead
    replaces: bool
    moves: Moves


def read_year(text: str) -> YearRead:
    """Return the year a notice speaks of.

    :raises Refused: if it cannot be read without doubt, or names days of another year that is not loaded
    """
    notice = read_notice(text)
    if notice.problems or notice.year is None:
        words = _("The notice cannot be read without doubt.")
        raise Refused(words, fields={"text": words})
    read = YearRead(notice.year, tuple(KindOfDay(one.day, _kind_of(one), one.holiday) for one in notice.days))
    elsewhere = read.touched - {read.year}
    loaded = CalendarYear.objects.filter(year__in=elsewhere).values_list("year", flat=True)
    if missing := sorted(elsewhere - set(loaded)):
        words = _("The notice names days of %(year)s; enter that year first.") % {"year": missing[0]}
        raise Refused(words, fields={"text": words})
    return read


def preview_year(text: str) -> YearPreview:
    """Return what loading a notice would do; nothing is written.

    :raises Refused: as `read_year`
    """
    read = read_year(text)
    years = range(min(read.touched) - 2, read.year + 3)
    loaded = calendar_of(years).years or frozenset()
    staying = CalendarDay.objects.filter(year__in=years).exclude(noticed_in=read.year)
    exceptions = {day: kind in WORKED for day, kind in staying.values_list("day", "kind")}
    exceptions |= {one.day: one.kind in WORKED for one in read.days}
    assumed = Calendar(loaded | {read.year}, exceptions)
    return YearPreview(read, read.year in loaded, foresee(read.touched, assumed))


def _kind_of(noticed: NoticedDay) -> DayKind:
    if noticed.worked:
        return DayKind.SWAPPED_WORKDAY
    return DayKind.SWAPPED_REST if noticed.in_exchange else DayKind.PUBLIC_HOLIDAY
