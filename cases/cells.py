"""The rows of the ledger's table as a page draws them, a function for each column.

By functions, as forms are (`lib.widgets`): a page has fifty rows, and a template walks all columns of each anew.
`cases.exports.sheet` says the same columns for a workbook.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from functools import cache
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cases.columns import Column
from cases.rows import LedgerRow
from deadlines.templatetags.clocks import lamp
from deadlines.words import day_words
from lib.templatetags.page import icon, short_day

_NOBODYS = UUID(int=0)


def rows_drawn(
    rows: Iterable[LedgerRow], columns: Collection[str], *, may_choose: bool, now: datetime
) -> SafeString:
    """Return the table rows of petitions with these columns; `may_choose` puts a box to tick before each."""
    drawn = [_CELLS[column] for column in Column if column in columns]
    return mark_safe(  # noqa: S308 - each cell is escaped where it is drawn
        "".join(
            f"<tr>{_box(row) if may_choose else ''}"
            f"{''.join(cell(row, may_choose=may_choose, now=now) for cell in drawn)}{_last_day(row)}</tr>"
            for row in rows
        )
    )


def _box(row: LedgerRow) -> str:
    return format_html(
        '<td class="wide-only"><input class="form-check-input m-0" type="checkbox" form="chosen" name="picked"'
        ' value="{}" aria-label="{} {}"></td>',
        row.petition.pk,
        _("Choose"),
        row.petition.number,
    )


def _last_day(row: LedgerRow) -> str:
    """Draw what a phone shows under the lamp, where a period runs."""
    if row.last_day is None:
        return ""
    return format_html('<td class="narrow-only t2">{} {}</td>', _("Last day:"), day_words(row.last_day))


def _deadline(row: LedgerRow, **_page: object) -> str:
    return format_html(
        '<td class="row-head">{}<div class="fs-12 t3 nb">{}</div></td>', lamp(row.lamp), row.petition.number
    )


def _matter(row: LedgerRow, *, may_choose: bool, **_page: object) -> str:
    return format_html(
        '<td class="grow"><div class="clip row-title"><a class="fw-bold" href="{}" data-open lang="zh-CN">{}</a>{}'
        '</div><div class="clip t2 fs-12">{} {} {}</div></td>',
        _address("cases:petition", row.petition.pk),
        row.title,
        _preview(row) if may_choose else "",
        _petitioner(row),
        _("%(number)s persons") % {"number": row.others} if row.others > 1 else "",
        format_html_join(
            " ",
            '<span class="{}" title="{}"><span aria-hidden="true">{}</span>'
            '<span class="visually-hidden">{}</span></span>',
            ((mark.css, mark.label, mark.sign, mark.label) for mark in row.marks),
        ),
    )


def _preview(row: LedgerRow) -> str:
    return format_html(
        ' <a class="fix wide-only" href="{}" data-preview aria-label="{} {}">{}</a>',
        _address("cases:preview", row.petition.pk),
        _("Preview"),
        row.petition.number,
        icon("chevrons-right"),
    )


def _petitioner(row: LedgerRow) -> str:
    if row.name:
        return format_html('<span lang="zh-CN">{}</span>', row.name)
    if row.petition.is_anonymous:
        return _("Anonymous")
    return _("Covered") if row.petition.sealed else ""


def _place(row: LedgerRow, **_page: object) -> str:
    return format_html(
        '<td class="nb" lang="zh-CN">{} <span class="t3">{}</span><div class="t2 fs-12">{}</div></td>',
        row.township,
        row.place,
        units_drawn(row),
    )


def units_drawn(row: LedgerRow) -> str:
    """Draw who leads a petition; who registered it where nobody does, or where the list does not ask."""
    if row.units is None:
        return str(row.petition.register_organ)
    if row.units:
        return "、".join(map(str, row.units))
    registered = _("registered by %(organ)s") % {"organ": row.petition.register_organ}
    return format_html('— <span class="t3">{}</span>', registered)


def _source(row: LedgerRow, **_page: object) -> str:
    above = row.petition.superior_number
    number = format_html('<div class="t2 fs-12">{}</div>', above) if above else ""
    return format_html('<td class="nb wide-only">{}{}</td>', row.petition.get_source_display(), number)


def _state(row: LedgerRow, **_page: object) -> str:
    pending = row.petition.is_open and not row.handed_over
    return format_html('<td><span class="tg{}">{}</span></td>', " tg-o" if pending else "", row.state)


def _plain(css: str, words: Callable[[LedgerRow], object], *, chinese: bool = False) -> Callable[..., str]:
    """Return what draws a cell of words; they are marked where they are Chinese in every language of the page."""
    marked = mark_safe(' lang="zh-CN"') if chinese else ""

    def draw(row: LedgerRow, **_page: object) -> str:
        return format_html('<td class="{}"{}>{}</td>', css, marked, words(row))

    return draw


def _day(moment: Callable[[LedgerRow], datetime]) -> Callable[..., str]:
    """Return what draws a cell with the day of a moment, its year where that is not this one."""

    def draw(row: LedgerRow, *, now: datetime, **_page: object) -> str:
        return format_html('<td class="nb num wide-only">{}</td>', short_day(moment(row), now))

    return draw


_CELLS: Mapping[Column, Callable[..., str]] = {
    Column.DEADLINE: _deadline,
    Column.MATTER: _matter,
    Column.PLACE: _place,
    Column.READER: _plain("nb wide-only", lambda row: "、".join(row.readers) or "—", chinese=True),
    Column.CHANNEL: _plain("nb wide-only", lambda row: row.channel),
    Column.CATEGORY: _plain("wide-only", lambda row: row.petition.content_category.name, chinese=True),
    Column.PURPOSE: _plain("nb wide-only", lambda row: row.petition.get_purpose_display()),
    Column.SOURCE: _source,
    Column.OFFICE: _plain("nb wide-only", lambda row: row.petition.register_organ, chinese=True),
    Column.RECEIVED: _day(lambda row: row.petition.received_at),
    Column.REGISTERED: _day(lambda row: row.petition.registered_at),
    Column.STATE: _state,
}


def _address(page: str, key: UUID) -> str:
    before, behind = _around(page)
    return f"{before}{key}{behind}"


@cache
def _around(page: str) -> tuple[str, str]:
    """Return what stands before and behind the key in a page's addresses: a list has a hundred of them."""
    before, behind = reverse(page, args=[_NOBODYS]).split(str(_NOBODYS))
    return before, behind
