"""What clocks say to people: titles, days, articles, and why a day is the one it is. Rows hold codes only."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

# What each timer is for (deadlines.md §1).
TITLES: Mapping[str, str | Promise] = {
    "T1": gettext_lazy("Route the petition"),
    "T1a": gettext_lazy("Route the petition, the office's own share"),
    "T2": gettext_lazy("Written notice to the petitioner"),
    "T3": gettext_lazy("Written notice after a forward or assignment"),
    "T4": gettext_lazy("Objection to a forward"),
    "T5": gettext_lazy("Handling opinion"),
    "T6": gettext_lazy("Report back on an assigned matter"),
    "T7": gettext_lazy("Petitioner may ask for review (复查)"),
    "T8": gettext_lazy("Review decision (复查)"),
    "T9": gettext_lazy("Petitioner may ask for re-examination (复核)"),
    "T10": gettext_lazy("Re-examination decision (复核)"),
    "T11": gettext_lazy("Simplified track: decide acceptance"),
    "T12": gettext_lazy("Simplified track: answer"),
    "T13": gettext_lazy("Simplified track: pass on"),
    "T14": gettext_lazy("Answer to a recommendation"),
    "T15": gettext_lazy("Decide whether a review request is accepted"),
    "T16": gettext_lazy("Urgent report"),
    "T17": gettext_lazy("Legal-aid decision"),
    "T17a": gettext_lazy("Legal-aid assignment"),
    "T18": gettext_lazy("Joint application for judicial confirmation"),
    "T19": gettext_lazy("Reconsideration of the underlying act"),
    "TE": gettext_lazy("Carry out a supporting opinion"),
    "TS": gettext_lazy("Reply to a suggestion"),
    "TR": gettext_lazy("Handle anew what was revoked"),
    "GS": gettext_lazy("Event of a grid: settle on the spot or send up"),
    "GC": gettext_lazy("Event of a grid: the community handles it"),
    "GT": gettext_lazy("Event of a grid: the township or street handles it"),
    "GD": gettext_lazy("Event of a grid: danger, see to it at once"),
}

_WEEKDAYS = (
    *(pgettext_lazy("weekday", "Monday"), pgettext_lazy("weekday", "Tuesday")),
    *(pgettext_lazy("weekday", "Wednesday"), pgettext_lazy("weekday", "Thursday")),
    *(pgettext_lazy("weekday", "Friday"), pgettext_lazy("weekday", "Saturday")),
    pgettext_lazy("weekday", "Sunday"),
)

# "Art 22(1)(3)" of the Regulations, "法律援助法 Art 43" of another law
_LAW_AND_ARTICLES = re.compile(r"(?P<law>.*?)\s*Art (?P<cited>.+)")
_ARTICLE = re.compile(r"(?P<article>\d+)(?:\((?P<paragraph>\d+)\))?(?:\((?P<item>\d+)\))?")


def title_of(code: str) -> str:
    """Return what a timer is for, in the reader's language."""
    return str(TITLES[code])


def article_words(cited: str) -> str:
    """Return a cited article as the reader's language writes it; anything else as it stands."""
    if cited.startswith("R-"):
        return _("the office's own rule (%(number)s)") % {"number": cited}
    found = _LAW_AND_ARTICLES.fullmatch(cited)
    if found is None:
        return cited
    articles = [_one_article(**match.groupdict()) for match in _ARTICLE.finditer(found["cited"])]
    law = found["law"] or _("Regulations on Petitioning")
    return _("%(law)s, %(articles)s") % {
        "law": law,
        "articles": pgettext("between articles", ", ").join(articles),
    }


def _one_article(article: str, paragraph: str | None, item: str | None) -> str:
    parts = {"article": article, "paragraph": paragraph, "item": item}
    if item:
        return _("Art %(article)s(%(paragraph)s)(%(item)s)") % parts
    if paragraph:
        return _("Art %(article)s(%(paragraph)s)") % parts
    return _("Art %(article)s") % parts


def day_words(day: str | date) -> str:
    """Return a day as a sentence shows it, with its weekday; a day in a step is ISO text."""
    return _day_words(date.fromisoformat(day) if isinstance(day, str) else day, get_language())


@lru_cache(maxsize=2_000)
def _day_words(day: date, _language: str | None) -> str:
    """Return a day in the reader's language, once for each: lists and explanations say the same few days again."""
    # Translators: a Django date format
    shown = formats.date_format(day, _("j F Y"))
    return _("%(weekday)s, %(day)s") % {"weekday": _WEEKDAYS[day.weekday()], "day": shown}


def last_day_words(last_day: date | None, steps: Iterable[Mapping[str, Any]]) -> str:
    """Return a last day in words, or what it waits for (Q26: a citizen's is "not before …")."""
    if last_day is not None:
        return day_words(last_day)
    return next((_WAITS[step["code"]](step) for step in steps if step["code"] in _WAITS), "")


def _moment_words(moment: str) -> str:
    at = datetime.fromisoformat(moment)
    return _("%(day)s, %(time)s") % {"day": day_words(at.date()), "time": at.strftime("%H:%M")}


_WAITS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "waits": lambda step: _("waiting for the calendar of %(year)s") % {"year": step["year"]},
    "waits_not_before": lambda step: _("not before %(day)s") % {"day": day_words(step["day"])},
    "paused_open": lambda step: _("paused since %(day)s") % {"day": day_words(step["day"])},
}

_SENTENCES: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "starts": lambda step: _("It starts on %(day)s.") % {"day": day_words(step["day"])},
    "starts_at": lambda step: _("It starts at %(at)s.") % {"at": _moment_words(step["at"])},
    "start_day_excluded": lambda step: _("The day it starts is not counted."),
    "calendar_days": lambda step: (
        _("%(length)s calendar days end on %(day)s; weekends and holidays count.")
        % {"length": step["length"], "day": day_words(step["day"])}
    ),
    "working_days": lambda step: (
        _("%(length)s working days end on %(day)s; weekends and holidays do not count.")
        % {"length": step["length"], "day": day_words(step["day"])}
    ),
    "hours": lambda step: (
        _("%(length)s hours end at %(until)s.")
        % {"length": step["length"], "until": _moment_words(step["until"])}
    ),
    "as_set": lambda step: _("Whoever assigned it set %(day)s.") % {"day": day_words(step["day"])},
    "extended": lambda step: (
        _("Extended by %(days)s days to %(day)s.") % {"days": step["days"], "day": day_words(step["day"])}
    ),
    "paused": lambda step: (
        _("%(days)s paused days do not count; it ends on %(day)s.")
        % {"days": step["days"], "day": day_words(step["day"])}
    ),
    "paused_open": lambda step: (
        _("Paused since %(day)s; the last day is known when the pause ends.")
        % {"day": day_words(step["day"])}
    ),
    "rolled": lambda step: (
        _("%(day)s is a day of rest: a citizen's period ends on the next working day, %(to)s.")
        % {"day": day_words(step["day"]), "to": day_words(step["to"])}
    ),
    "not_rolled": lambda step: (
        _(
            "%(day)s is a day of rest, for which an organ's period does not move;"
            " only a contested breach looks at %(to)s."
        )
        % {"day": day_words(step["day"]), "to": day_words(step["to"])}
    ),
    "waits": lambda step: (
        _("%(length)s working days lead into %(year)s, whose calendar is not entered yet.")
        % {"length": step["length"], "year": step["year"]}
    ),
    "waits_not_before": lambda step: (
        _("Not before %(day)s; the calendar of %(year)s is not entered yet.")
        % {"day": day_words(step["day"]), "year": step["year"]}
    ),
    "ends": lambda step: _("The last day is %(day)s, until midnight.") % {"day": day_words(step["day"])},
}


def explain(steps: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the steps of a clock or a preview as sentences."""
    return [_SENTENCES[step["code"]](step) for step in steps]
