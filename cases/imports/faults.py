"""Why a row becomes no petition: codes that are stored, and the words they are shown in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Fault(models.TextChoices):
    """What is wrong with a row, in words for whoever puts it right. `%(column)s` is the column's heading."""

    NO_TEXT = "no_text", _("There is no text of a petition in this row.")
    ONLY_MESSAGE = (
        "only_message",
        _("The row holds one message and no petition, perhaps an error of the export."),
    )
    # no column fills the field: there is no heading to speak of
    NO_DATE_COLUMN = (
        "no_date_column",
        _("No column is matched to the day of receipt, and none is stated for the whole list."),
    )
    NO_DATE = "no_date", _("“%(column)s” is empty: the day of receipt is not known.")
    WRONG_DATE = (
        "wrong_date",
        _(
            "“%(column)s” holds no date that can be read. Write the year in four digits, such as 2026-03-02 09:30."
        ),
    )
    FUTURE = "future", _("“%(column)s” lies in the future.")
    TOO_OLD = "too_old", _("“%(column)s” lies before 2004. Check the year.")
    REGISTERED_EARLY = "registered_early", _("“%(column)s” lies before the day of receipt.")
    REPLY_EARLY = "reply_early", _("“%(column)s” lies before the day of receipt.")
    REPLY_UNDATED = "reply_undated", _("There is a reply without its day.")
    WRONG_CHANNEL = "wrong_channel", _("“%(column)s” names no channel that is known.")
    WRONG_PURPOSE = "wrong_purpose", _("“%(column)s” names no purpose that is known.")
    WRONG_COUNT = "wrong_count", _("“%(column)s” is no number of persons.")
    WRONG_DIGIT = "wrong_digit", _("“%(column)s”: a digit is wrong, this is no valid identity number.")
    WRONG_TELEPHONE = "wrong_telephone", _("“%(column)s” is no telephone number.")
    LONG_NAME = "long_name", _("“%(column)s” is longer than a name can be.")
    LONG_NUMBER = "long_number", _("“%(column)s” is longer than a number can be.")
    # Q1: sealed from the first moment, so by hand and in its own lane
    REPORT = "report", _("A report or accusation: register it by hand, so that it is sealed at once (Q1).")
    SAME_NUMBER = "same_number", _("Its number stands in line %(line)s too, and the two rows differ.")
    SAME_ROW = "same_row", _("The same row stands in line %(line)s.")
    HERE_ALREADY = "here_already", _("Taken in before under the same number.")
    NOT_REGISTERED = "not_registered", _("It cannot be registered as it stands: %(column)s.")


@dataclass(frozen=True)
class Found:
    """A fault with the column or the line it speaks of."""

    fault: Fault
    column: str = ""
    line: int | None = None

    def as_facts(self) -> dict[str, Any]:
        """Return what is stored: codes and headings, never a value of the row."""
        return {"fault": self.fault.value, "column": self.column, "line": self.line}


def words_of(facts: Mapping[str, Any]) -> str:
    """Return a stored fault as a sentence."""
    label: Promise | str = Fault(facts["fault"]).label
    return str(label) % {"column": facts["column"], "line": facts["line"]}
