"""Excel's .xlsx, streamed: a list of a hundred thousand rows takes no more memory than one of a hundred."""

import os
import posixpath
import re
import zipfile
import zlib
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from tempfile import TemporaryFile
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError, iterparse, parse

from lib.tables.cells import Cell, cell_of
from lib.tables.headings import Line
from lib.tables.limits import MOST_COLUMNS, MOST_MEMBERS, MOST_RATIO, MOST_UNPACKED, Fault, Unreadable

_NESTED = re.compile(r"\.(zip|xlsx|xlsm|docx|rar|7z|gz)$", re.IGNORECASE)
_SMALL = 100_000
_HEAD = 4096
# From where Excel counts days; the office's wall clock, in no zone.
_EPOCH, _EPOCH_OF_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001
# Formats of dates that every workbook has without naming them, the Chinese ones among them.
_DATES_BUILT_IN = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_DATE_LETTERS = re.compile(r"[ymdhs]", re.IGNORECASE)
_ESCAPED = re.compile(r"_x005F_(?=x[0-9A-Fa-f]{4}_)")


class _Strings:
    """The texts that cells share, kept in a file of no name: there may be hundreds of megabytes of them."""

    def __init__(self) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 - closed by `close`
        self._starts = array("Q", [0])

    def append(self, text: str) -> None:
        self._starts.append(self._starts[-1] + self._file.write(text.encode("utf-8", "surrogatepass")))

    def all_written(self) -> None:
        self._file.flush()

    def __getitem__(self, index: int) -> str:
        start, end = self._starts[index], self._starts[index + 1]
        return os.pread(self._file.fileno(), end - start, start).decode("utf-8", "surrogatepass")

    def close(self) -> None:
        self._file.close()


def check_archive(file: IO[bytes]) -> None:
    """Refuse a packed file that is none, unfolds to too much, or holds programs.

    :raises Unreadable: with the fault
    """
    try:
        with zipfile.ZipFile(file) as packed:
            members = packed.infolist()
            names = [member.filename for member in members]
            if "xl/workbook.xml" not in names:
                raise Unreadable(Fault.NOT_A_LIST)
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise Unreadable(Fault.MACROS)
            unpacked = sum(member.file_size for member in members)
            if (
                len(members) > MOST_MEMBERS
                or unpacked > MOST_UNPACKED
                or any(
                    member.file_size > _SMALL and member.file_size > MOST_RATIO * member.compress_size
                    for member in members
                )
                or any(_NESTED.search(name) for name in names)
            ):
                raise Unreadable(Fault.TOO_MUCH_INSIDE)
            for member in members:
                if member.filename.endswith(".xml") and _defines_entities(packed, member):
                    raise Unreadable(Fault.TOO_MUCH_INSIDE)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise Unreadable(Fault.NOT_A_LIST) from error


def _defines_entities(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Test for a document type, which no workbook has: a few lines of one can unfold to gigabytes."""
    with packed.open(member) as part:
        return b"<!DOCTYPE" in part.read(_HEAD)


@dataclass(frozen=True)
class Sheet:
    """One visible sheet of a workbook that is open."""

    name: str
    _book: "_Book"
    _part: str

    def lines(self) -> Iterator[Line]:
        """Yield the lines that have cells, whatever size the sheet claims to have.

        :raises Unreadable: if the sheet breaks off
        """
        with _faults(), self._book.packed.open(self._part) as source:
            number, above = 0, None
            for event, element in iterparse(source, events=("start", "end")):  # noqa: S314
                name = _local(element.tag)
                if event == "start":
                    above = element if name == "sheetData" else above
                elif name == "row":
                    number = int(element.get("r") or number + 1)
                    if cells := self._book.cells(element):
                        yield Line(number, cells)
                    # what was read is let go, or all of the sheet would be held in the end
                    (element if above is None else above).clear()


class _Book:
    """What the cells of all sheets refer to: shared texts, and the formats by which a number is a date."""

    def __init__(self, packed: zipfile.ZipFile, strings: _Strings) -> None:
        self.packed = packed
        self._strings = strings
        self._begins = _EPOCH
        self._date_styles: frozenset[int] = frozenset()

    def sheets(self) -> list[Sheet]:
        """Read what the sheets share and return those that are shown."""
        parts = {
            relation.get("Id"): (relation.get("Type", ""), _path_of(relation.get("Target", "")))
            for relation in self._root("xl/_rels/workbook.xml.rels")
        }
        for kind, part in parts.values():
            if kind.endswith("/sharedStrings"):
                self._read_strings(part)
            elif kind.endswith("/styles"):
                self._date_styles = frozenset(_date_styles(self._root(part)))
        shown = []
        for element in self._root("xl/workbook.xml").iter():
            name = _local(element.tag)
            if name == "workbookPr" and element.get("date1904") in {"1", "true"}:
                self._begins = _EPOCH_OF_1904
            elif name == "sheet" and element.get("state", "visible") == "visible":
                relation = next((value for key, value in element.items() if key.endswith("}id")), None)
                kind, part = parts[relation]
                if kind.endswith("/worksheet"):
                    shown.append(Sheet(element.get("name", ""), self, part))
        return shown

    def _root(self, part: str) -> Element:
        with self.packed.open(part) as source:
            # no workbook has a document type: see `check_archive`
            return parse(source).getroot()  # noqa: S314

    def _read_strings(self, part: str) -> None:
        with self.packed.open(part) as source:
            above: Element | None = None
            for event, element in iterparse(source, events=("start", "end")):  # noqa: S314
                name = _local(element.tag)
                if event == "start":
                    above = element if name == "sst" else above
                elif name == "si":
                    self._strings.append(_text_in(element))
                    (element if above is None else above).clear()
        self._strings.all_written()

    def cells(self, row: Element) -> tuple[Cell, ...]:
        """Return a row's cells up to the last one there is.

        A formula is what it came to, or its text where nobody ever computed it; it is not computed here.
        """
        cells: list[Cell] = []
        for element in row:
            place = _column(element.get("r", "").rstrip("0123456789")) or len(cells) + 1
            if place > MOST_COLUMNS:
                break
            cells.extend([""] * (place - 1 - len(cells)))
            cells.append(cell_of(self._value(element)))
        return tuple(cells)

    def _value(self, cell: Element) -> Any:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return "".join(_text_in(part) for part in cell if _local(part.tag) == "is")
        value = next((part.text for part in cell if _local(part.tag) == "v"), None)
        if value is None:
            formula = next((part.text for part in cell if _local(part.tag) == "f"), None)
            return f"={formula}" if formula else None
        if kind == "s":
            return self._strings[int(value)]
        if kind == "b":
            return value == "1"
        if kind == "d":
            return datetime.fromisoformat(value)
        if kind != "n":
            return _unescaped(value)
        number = float(value)
        if int(cell.get("s", 0)) in self._date_styles:
            return self._date(number)
        return number

    def _date(self, number: float) -> Any:
        """Return the moment a number of days stands for, to the second: fractions of days miss it by a little."""
        moment = self._begins + timedelta(seconds=round(number * 86_400))
        return moment.time() if 0 <= number < 1 else moment


@contextmanager
def sheets_of(file: IO[bytes]) -> Iterator[list[Sheet]]:
    """Yield the visible sheets, to be read while the file is open.

    :raises Unreadable: for a file that is bent or broken
    """
    strings = _Strings()
    try:
        with _faults(), zipfile.ZipFile(file) as packed:
            yield _Book(packed, strings).sheets()
    finally:
        strings.close()


@contextmanager
def _faults() -> Iterator[None]:
    """Say of whatever a broken or bent workbook makes of its reader that it is no list."""
    try:
        yield
    except (
        zipfile.BadZipFile,
        zlib.error,
        ParseError,
        EOFError,
        OSError,
        NotImplementedError,
        LookupError,
        OverflowError,
        ValueError,
    ) as error:
        raise Unreadable(Fault.NOT_A_LIST) from error


@cache
def _local(tag: str) -> str:
    """Return a tag without its namespace, of which there are two for the same format."""
    return tag.rpartition("}")[2]


def _path_of(target: str) -> str:
    return target[1:] if target.startswith("/") else posixpath.normpath(f"xl/{target}")


@cache
def _column(letters: str) -> int:
    """Return the place of a column from 1 on, for `B` it is 2; 0 for none."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter.upper()) - 64
    return place


def _text_in(element: Element) -> str:
    """Return a text with its differently set runs; how it is pronounced stands beside it and is no part."""
    texts = []
    for part in element:
        name = _local(part.tag)
        if name == "t":
            texts.append(part.text or "")
        elif name == "r":
            texts.extend(run.text or "" for run in part if _local(run.tag) == "t")
    return _unescaped("".join(texts))


def _unescaped(text: str) -> str:
    """Return a text with an escaped underscore as it is meant; `_x000D_` that somebody typed stays what it is."""
    return _ESCAPED.sub("_", text) if "_x005F_" in text else text


def _date_styles(styles: Element) -> Iterator[int]:
    """Yield the numbers of those cell styles that show a date."""
    own: dict[str, str] = {}
    for element in styles.iter():
        name = _local(element.tag)
        if name == "numFmt":
            own[element.get("numFmtId", "")] = element.get("formatCode", "")
        elif name == "cellXfs":
            for number, style in enumerate(element):
                shown_as = style.get("numFmtId", "0")
                code = own.get(shown_as)
                is_date = int(shown_as) in _DATES_BUILT_IN if code is None else _shows_a_date(code)
                if is_date:
                    yield number


def _shows_a_date(code: str) -> bool:
    return bool(_DATE_LETTERS.search(_QUOTED.sub("", code)))
