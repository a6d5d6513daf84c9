"""Reads the State Council's yearly notice on holidays: which days are free, which are worked in exchange.

Only the numbered sections are read ("二、春节：2月15日（周日）至23日放假调休，共9天。2月14日（周六）上班。").
What is said twice in them, weekdays and the number of days, is checked, so that a slip or a wrong year
is noticed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_HOLIDAY = r"元旦|春节|清明节?|(?:国际)?劳动节|五一|端午节?|中秋节?|国庆节?|十一|[一-龥]{2,24}纪念日"
_SECTION = re.compile(rf"((?:{_HOLIDAY})(?:[、和与及](?:{_HOLIDAY}))*)\s*[：:]")
_YEAR_OF_NOTICE = re.compile(r"(20\d\d)\s*年")
_ALONE_ON_ITS_LINE = re.compile(r"^\s*20\d\d年\d{1,2}月\d{1,2}日\s*$", re.MULTILINE)

_DAY = (
    r"(?:(?:(?P<{0}year>20\d\d)年)?(?P<{0}month>\d{{1,2}})月)?(?P<{0}day>\d{{1,2}})日"
    r"(?:[（(](?P<{0}note>[^）)]*)[）)])?"
)
_TOKEN = re.compile(
    rf"{_DAY.format('from_')}(?:\s*(?:至|到|[-—–~～])\s*{_DAY.format('to_')})?"
    r"|(?<!不)(?P<free>放假|公休|补休|休息)|(?<!不)(?P<worked>上班)|共(?P<count>\d{1,2})天"
)
_ONLY_COUNTED = re.compile(r"放假(\d{1,2})天")
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
# an off-by-a-year slip would make one range of this length
_LONGEST_HOLIDAY = timedelta(days=20)


class Fault(StrEnum):
    """What is wrong with a notice; the words are the page's."""

    NO_SECTION = "no_section"
    NO_YEAR = "no_year"
    OTHER_YEAR = "other_year"
    NO_SUCH_DAY = "no_such_day"
    WRONG_WEEKDAY = "wrong_weekday"
    WRONG_COUNT = "wrong_count"
    BACKWARDS = "backwards"
    LEFT_OVER = "left_over"
    TWICE = "twice"
    NOT_A_WEEKEND = "not_a_weekend"


@dataclass(frozen=True)
class Problem:
    """A place in the notice that cannot be taken as it stands."""

    fault: Fault
    where: str


@dataclass(frozen=True)
class NoticedDay:
    """A day the notice names. A free weekday that was bought with a worked weekend is in exchange."""

    day: date
    worked: bool
    in_exchange: bool
    holiday: str


@dataclass(frozen=True)
class Notice:
    """What a notice says, and what in it cannot be right; with problems the days are not to be used."""

    year: int | None
    days: tuple[NoticedDay, ...]
    problems: tuple[Problem, ...]


def read_notice(text: str) -> Notice:
    """Return the days a notice names and what is wrong with it. The year is the first one it speaks of."""
    sections = list(_sections(_ALONE_ON_ITS_LINE.sub("", text)))
    named = _YEAR_OF_NOTICE.search(text)
    if not sections or named is None:
        return Notice(
            None, (), (Problem(Fault.NO_YEAR if sections else Fault.NO_SECTION, text.strip()[:40]),)
        )
    year = int(named[1])
    days: list[NoticedDay] = []
    problems: list[Problem] = []
    for holiday, words in sections:
        section = _Section(year, holiday)
        section.read(words)
        days += section.days()
        problems += section.problems
    seen: set[date] = set()
    for one in days:
        if one.day in seen:
            problems.append(Problem(Fault.TWICE, one.day.isoformat()))
        seen.add(one.day)
    return Notice(year, tuple(sorted(days, key=lambda one: one.day)), tuple(problems))


def _sections(text: str) -> Iterator[tuple[str, str]]:
    """Yield each holiday with the words after its colon; what stands before the first is preamble."""
    parts = _SECTION.split(text)
    yield from zip(parts[1::2], parts[2::2], strict=True)


class _Section:
    """One holiday's words, read from left to right: dates wait for the verb that says what they are."""

    def __init__(self, year: int, holiday: str) -> None:
        self.year, self.holiday = year, holiday
        self.month: int | None = None
        self.problems: list[Problem] = []
        self._waiting: list[date] = []
        self._free: list[date] = []
        self._worked: list[date] = []
        self._words = ""

    def read(self, words: str) -> None:
        self._words = words.strip()[:40]
        for token in _TOKEN.finditer(words):
            if token["free"]:
                self._check_count(_ONLY_COUNTED.match(words, token.start()), self._waiting)
                self._free += self._take()
            elif token["worked"]:
                self._worked += self._take()
            elif token["count"]:
                if int(token["count"]) != len(self._free):
                    self._fault(Fault.WRONG_COUNT, token[0])
            else:
                self._waiting += self._days_of(token)
        if self._waiting:
            self._fault(Fault.LEFT_OVER, "、".join(day.isoformat() for day in self._waiting))

    def days(self) -> list[NoticedDay]:
        """Return the section's days.

        By custom the last free weekdays are those taken in exchange, one for each worked day.
        Which of the free days they are moves no date: free is free.
        """
        weekdays = [day for day in self._free if day.weekday() < 5]
        in_exchange = set(weekdays[len(weekdays) - len(self._worked) :] if self._worked else [])
        for day in self._worked:
            if day.weekday() < 5:
                self._fault(Fault.NOT_A_WEEKEND, day.isoformat())
        free = [
            NoticedDay(day, worked=False, in_exchange=day in in_exchange, holiday=self.holiday)
            for day in self._free
        ]
        return free + [
            NoticedDay(day, worked=True, in_exchange=True, holiday=self.holiday) for day in self._worked
        ]

    def _take(self) -> list[date]:
        taken, self._waiting = self._waiting, []
        return taken

    def _days_of(self, token: re.Match[str]) -> list[date]:
        first = self._date(token, "from_")
        last = self._date(token, "to_") if token["to_day"] else first
        if first is None or last is None:
            return []
        if not first <= last <= first + _LONGEST_HOLIDAY:
            self._fault(Fault.BACKWARDS, token[0])
            return []
        return [first + timedelta(days=number) for number in range((last - first).days + 1)]

    def _date(self, token: re.Match[str], end: str) -> date | None:
        if token[f"{end}month"]:
            self.month = int(token[f"{end}month"])
        year = int(token[f"{end}year"] or self.year)
        try:
            day = date(year, self.month or 0, int(token[f"{end}day"]))
        except ValueError:
            self._fault(Fault.NO_SUCH_DAY, token[0])
            return None
        if abs(year - self.year) > 1:
            self._fault(Fault.OTHER_YEAR, token[0])
        weekday = _WEEKDAY.search(token[f"{end}note"] or "")
        if weekday and _WEEKDAYS[weekday[1]] != day.weekday():
            self._fault(Fault.WRONG_WEEKDAY, token[0])
        return day

    def _check_count(self, counted: re.Match[str] | None, days: list[date]) -> None:
        if counted and int(counted[1]) != len(days):
            self._fault(Fault.WRONG_COUNT, counted[0])

    def _fault(self, fault: Fault, where: str) -> None:
        self.problems.append(Problem(fault, f"{self.holiday}：{where}"))
