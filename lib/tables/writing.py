"""Writing lists as .xlsx, row by row, so that memory does not grow with them and no cell is ever taken for a formula.

Written by hand rather than through a library: a list of a hundred thousand rows is a million and a half cells, and what
a cell needs is one line of XML. Every text is written as a text and marked so; nothing here can write a formula.
"""

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import IntEnum
from functools import lru_cache
from typing import IO

Value = str | int | Decimal | date | None

# What a spreadsheet would compute or a shell would run, also when typed in full width.
_DANGEROUS = ("=", "+", "-", "@", "＝", "\t", "\r")
# Excel takes no more in one cell, and no more rows in one sheet.
LONGEST = 32_767
MOST_ROWS = 1_048_576
# What XML needs written otherwise, has no place for, or Excel would read as one of its own escapes.
_SPECIAL = re.compile(r"\r\n?|[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_x(?=[0-9A-Fa-f]{4}_)")
_WRITTEN_AS = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "\n", "\r\n": "\n", "_x": "_x005F_x"}
# Excel counts days from here, since it believes in a 29 February 1900.
_FIRST_DAY = date(1899, 12, 30)
_NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\']")
_PACKED_A_LITTLE = 1
_CELLS_KEPT = 4_000


class Look(IntEnum):
    """How a cell looks: the places of `_STYLES`."""

    TEXT = 0
    GUARDED = 1
    HEADING = 2
    TITLE = 3
    NUMBER = 4
    DAY = 5
    NOTE = 6
    AMOUNT = 7


_FONTS = '<font><sz val="10"/></font><font><b/><sz val="10"/></font><font><b/><sz val="14"/></font>'
_LINE = '<{0} style="thin"><color rgb="FFDBE1E8"/></{0}>'
_BORDER = "".join(_LINE.format(side) for side in ("left", "right", "top", "bottom"))
_XF = '<xf numFmtId="{}" fontId="{}" fillId="{}" borderId="{}" xfId="0" applyNumberFormat="1" applyAlignment="1"{}>'
_TOP, _WRAPPED = '<alignment vertical="top"/></xf>', '<alignment vertical="top" wrapText="1"/></xf>'
_STYLES = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    f'<fonts count="3">{_FONTS}</fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFEAEEF3"/></patternFill></fill></fills>'
    f'<borders count="2"><border/><border>{_BORDER}</border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="8">'
    + _XF.format(49, 0, 0, 1, "")
    + _WRAPPED
    + _XF.format(49, 0, 0, 1, ' quotePrefix="1"')
    + _WRAPPED
    + _XF.format(49, 1, 2, 1, "")
    + _WRAPPED
    + _XF.format(49, 2, 0, 0, "")
    + _TOP
    + _XF.format(1, 0, 0, 1, "")
    + _TOP
    + _XF.format(164, 0, 0, 1, "")
    + _TOP
    + _XF.format(49, 0, 0, 0, "")
    + _TOP
    + _XF.format(2, 0, 0, 1, "")
    + _TOP
    + '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def column_letters(place: int) -> str:
    """Return what Excel calls a column, the first being 0: A, Z, AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _replaced(found: re.Match[str]) -> str:
    return _WRITTEN_AS.get(found[0], "")


def _escaped(text: str) -> str:
    return _SPECIAL.sub(_replaced, text) if _SPECIAL.search(text) else text


@dataclass
class Sheet:
    """One sheet while it is written, row after row."""

    title: str
    part: IO[bytes]
    rows: int = 0
    # the line that stands on every printed page
    heading_line: int | None = None
    _letters: list[str] = field(default_factory=list)
    _waiting: list[str] = field(default_factory=list)
    # places, states and days come again and again
    _cell: Callable[[Value, Look], str] = field(default_factory=lambda: lru_cache(_CELLS_KEPT)(_cell))

    def row(self, values: Sequence[Value], look: Look = Look.TEXT) -> None:
        """Write one row; a number or a day looks like one, whatever the row does.

        :raises OverflowError: past the last row that a sheet can have
        """
        self.rows += 1
        if self.rows > MOST_ROWS:
            message = f"a sheet ends at {MOST_ROWS} rows"
            raise OverflowError(message)
        while len(self._letters) < len(values):
            self._letters.append(column_letters(len(self._letters)))
        number, cell = self.rows, self._cell
        cells = [
            f'<c r="{letters}{number}" {cell(value, look)}'
            for letters, value in zip(self._letters, values, strict=False)
        ]
        self._waiting.append(f'<row r="{number}">{"".join(cells)}</row>')
        if len(self._waiting) == 200:
            self._write()

    def headings(self, values: Sequence[str]) -> None:
        """Write the row of headings: it stands still while one scrolls, and is printed on every page."""
        self.row(values, Look.HEADING)
        self.heading_line = self.rows

    def _write(self) -> None:
        self.part.write("".join(self._waiting).encode())
        self._waiting.clear()


def _cell(value: Value, look: Look) -> str:
    """Return what a cell says behind its place."""
    if isinstance(value, str):
        if value == "":
            return f's="{look:d}"/>'
        if look is Look.TEXT and value.startswith(_DANGEROUS):
            look = Look.GUARDED
        # As text and marked so: it is shown as it is and stays text when somebody edits the cell.
        text = _escaped(value[:LONGEST])
        return f's="{look:d}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    if value is None:
        return f's="{look:d}"/>'
    if isinstance(value, date):
        return f's="{Look.DAY:d}"><v>{(value - _FIRST_DAY).days}</v></c>'
    if isinstance(value, Decimal):
        return f's="{Look.AMOUNT:d}"><v>{value:f}</v></c>'
    return f's="{Look.NUMBER:d}"><v>{value:d}</v></c>'


class Book:
    """A workbook while it is written, sheet after sheet."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self._packed = packed
        self._sheets: list[Sheet] = []

    @contextmanager
    def sheet(
        self, title: str, *, widths: Sequence[int] = (), still: int | None = None, foot: str = ""
    ) -> Iterator[Sheet]:
        """Write one sheet, printed on A4 across, as wide as one page.

        `still` names the line that stands still with those above it; `foot` is printed below each page.
        """
        number = len(self._sheets) + 1
        name = _NOT_IN_A_TITLE.sub(" ", title)[:31].strip() or f"{number}"
        with self._packed.open(f"xl/worksheets/sheet{number}.xml", "w") as part:
            written = Sheet(name, part)
            part.write(_beginning(widths, still).encode())
            yield written
            written._write()
            part.write(_end(foot).encode())
        self._sheets.append(written)

    def close(self) -> None:
        """Write what holds the sheets together."""
        numbers = range(1, len(self._sheets) + 1)
        for path, text in {
            "[Content_Types].xml": _content_types(numbers),
            "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
            "xl/workbook.xml": _workbook(self._sheets),
            "xl/_rels/workbook.xml.rels": _relations(
                [
                    *(("worksheet", f"worksheets/sheet{number}.xml") for number in numbers),
                    ("styles", "styles.xml"),
                ]
            ),
            "xl/styles.xml": _STYLES,
        }.items():
            self._packed.writestr(path, _HEAD + text)


def _beginning(widths: Sequence[int], still: int | None) -> str:
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
        for place, width in enumerate(widths, start=1)
    )
    pane = (
        f'<pane ySplit="{still}" topLeftCell="A{still + 1}" activePane="bottomLeft" state="frozen"/>'
        if still
        else ""
    )
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
        + (f"<cols>{columns}</cols>" if columns else "")
        + "<sheetData>"
    )


def _end(foot: str) -> str:
    # `&` begins a code in a foot; written twice it is itself.
    said = _escaped(foot.replace("&", "&&"))
    return (
        '</sheetData><pageMargins left="0.5" right="0.5" top="0.5" bottom="0.7" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        f"<headerFooter><oddFooter>&amp;L{said}&amp;R&amp;P / &amp;N</oddFooter></headerFooter></worksheet>"
    )


def _content_types(numbers: Iterable[int]) -> str:
    kinds = {"/xl/workbook.xml": "sheet.main", "/xl/styles.xml": "styles"}
    kinds |= {f"/xl/worksheets/sheet{number}.xml": "worksheet" for number in numbers}
    parts = "".join(
        f'<Override PartName="{path}" ContentType="{_KIND}.{kind}+xml"/>' for path, kind in kinds.items()
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{parts}</Types>"
    )


def _relations(parts: Iterable[tuple[str, str]]) -> str:
    each = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(parts, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'


def _workbook(sheets: Sequence[Sheet]) -> str:
    named = "".join(
        f'<sheet name="{_attribute(sheet.title)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, start=1)
    )
    titles = "".join(
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{place}">'
        f"'{_escaped(sheet.title)}'!${sheet.heading_line}:${sheet.heading_line}</definedName>"
        for place, sheet in enumerate(sheets)
        if sheet.heading_line is not None
    )
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{named}</sheets>'
        + (f"<definedNames>{titles}</definedNames>" if titles else "")
        + "</workbook>"
    )


def _attribute(text: str) -> str:
    return _escaped(text).replace('"', "&quot;")


@contextmanager
def writing(out: IO[bytes]) -> Iterator[Book]:
    """Write a workbook into an open file that can be wound back."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=_PACKED_A_LITTLE) as packed:
        book = Book(packed)
        yield book
        book.close()


def write_table(out: IO[bytes], *, title: str, rows: Iterable[Sequence[str]]) -> None:
    """Write rows of text as the one sheet of a workbook."""
    with writing(out) as book, book.sheet(title) as sheet:
        for row in rows:
            sheet.row(row)
