"""What leaves the house, in the reader's language: numbers of matters and days, no names, no titles, nothing sealed.

A text message and a robot's word say how many there are and no more: a telephone lies about, a group has many readers.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deadlines.words import title_of
from notices.matters import Told
from notices.models import Delivery, Kind

_MOST_LINES = 50


@dataclass(frozen=True)
class Letter:
    """A text ready to go, and where to; a robot has no address."""

    address: str
    title: str
    text: str


def letter_of(delivery: Delivery, told: Sequence[Told], address: str) -> Letter:
    """Return the day's letter about some notices, in the language that is active."""
    title = ngettext(
        "%(count)d reminder from the petition system",
        "%(count)d reminders from the petition system",
        len(told),
    ) % {"count": len(told)}
    lines = _counts(told) if delivery.channel.kind != "mail" else _lines(told)
    closing = _("Sign in to see to them. Reference %(reference)s.") % {"reference": delivery.reference}
    return Letter(address, title, "\n".join([*lines, closing]))


def _counts(told: Sequence[Told]) -> list[str]:
    counted = Counter(Kind(one.notice.kind) for one in told)
    return [
        _("%(what)s: %(count)d") % {"what": kind.label, "count": counted[kind]}
        for kind in Kind
        if counted[kind]
    ]


def _lines(told: Sequence[Told]) -> list[str]:
    lines = [_line(one) for one in told[:_MOST_LINES]]
    if len(told) > _MOST_LINES:
        lines.append(_("And %(count)d more.") % {"count": len(told) - _MOST_LINES})
    return lines


def _line(told: Told) -> str:
    notice = told.notice
    what = str(Kind(notice.kind).label)
    parts = [f"{told.matter.number} {what}" if told.matter else what]
    if notice.code:
        parts.append(title_of(notice.code))
    if notice.last_day:
        last_day = formats.date_format(notice.last_day, "Y-m-d")
        parts.append(_("last day %(day)s") % {"day": last_day})
    return " · ".join(parts)
