"""Lists kept as text: .csv in whatever encoding an office saved it, and .jsonl."""

import codecs
import csv
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from lib.tables.cells import Cell, cell_of
from lib.tables.headings import Line
from lib.tables.limits import LONGEST_CELL, MOST_COLUMNS, Fault, Unreadable

# GB18030 holds GBK and GB2312, and takes almost any bytes: asked last.
_ENCODINGS = ("utf-8-sig", "gb18030")
_DELIMITERS = ",\t;|"
_PIECE = 1024 * 1024
_BEGINNING = 64 * 1024


def encoding_of(file: IO[bytes]) -> str:
    """Return the encoding that the whole file can be read in.

    :raises Unreadable: if there is none
    """
    file.seek(0)
    head = file.read(4)
    marked = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else _ENCODINGS:
        if _reads(file, encoding):
            return encoding
    raise Unreadable(Fault.ENCODING)


def _reads(file: IO[bytes], encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    try:
        while piece := file.read(_PIECE):
            if "\x00" in decoder.decode(piece):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


@contextmanager
def as_text(file: IO[bytes], encoding: str) -> Iterator[io.TextIOWrapper]:
    """Yield the file from its beginning as text, line ends as they are; it stays open afterwards."""
    file.seek(0)
    wrapper = io.TextIOWrapper(file, encoding=encoding, newline="")
    try:
        yield wrapper
    finally:
        # Whoever stopped reading half-way may have closed the file before this is cleared away.
        if not file.closed:
            wrapper.detach()


def lines_of_csv(file: IO[bytes], encoding: str) -> Iterator[Line]:
    """Yield the records; a record's number is the line it begins on, for a quoted cell may run over several.

    :raises Unreadable: for a cell that never ends
    """
    with as_text(file, encoding) as text:
        delimiter = _delimiter(text)
        text.seek(0)
        if encoding == "utf-8-sig" and text.read(1) != "\ufeff":
            text.seek(0)
        reader = csv.reader(text, delimiter=delimiter)
        begins = 1
        try:
            for values in reader:
                yield Line(begins, tuple(map(cell_of, values[:MOST_COLUMNS])))
                begins = reader.line_num + 1
        except csv.Error as error:
            raise Unreadable(Fault.LONG_CELL, line=begins, most=LONGEST_CELL) from error


def _delimiter(text: io.TextIOWrapper) -> str:
    """Return what the columns of the first filled line are kept apart by."""
    beginning = text.read(_BEGINNING)
    first = next((line for line in beginning.splitlines() if line.strip()), "")
    return max(_DELIMITERS, key=first.count)


def names_of_jsonl(file: IO[bytes], encoding: str) -> tuple[str, ...]:
    """Return the names of all fields, in the order in which they first occur.

    :raises Unreadable: for a line that is no object
    """
    names: dict[str, None] = {}
    for _number, fields in _objects(file, encoding):
        names.update(dict.fromkeys(fields))
    return tuple(names)


def rows_of_jsonl(file: IO[bytes], encoding: str) -> Iterator[tuple[int, dict[str, Cell]]]:
    """Yield each object with its line.

    :raises Unreadable: for a line that is no object
    """
    for number, fields in _objects(file, encoding):
        yield number, {name: cell_of(value) for name, value in fields.items()}


def _objects(file: IO[bytes], encoding: str) -> Iterator[tuple[int, dict[str, Any]]]:
    with as_text(file, encoding) as text:
        number = 0
        while line := text.readline(LONGEST_CELL * 8):
            number += 1
            # zero-width mark of a file that was put together from several
            line = line.lstrip("\ufeff")
            if not line.strip():
                continue
            try:
                fields = json.loads(line)
            except ValueError as error:
                raise Unreadable(Fault.BROKEN_LINE, line=number) from error
            if not isinstance(fields, dict):
                raise Unreadable(Fault.BROKEN_LINE, line=number)
            yield number, fields
