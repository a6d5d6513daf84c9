"""Reading a printed paper back: what a person would copy out of it."""

import re
import zlib
from collections.abc import Mapping

_OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)\sendobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.DOTALL)
_PAGE = re.compile(rb"/Type/Page\b(?!s)")
_RESOURCES = re.compile(rb"/Resources (\d+) 0 R")
_CONTENTS = re.compile(rb"/Contents (\d+) 0 R")
_FONT_NAMES = re.compile(rb"/(f\d+) (\d+) 0 R")
_TO_UNICODE = re.compile(rb"/ToUnicode (\d+) 0 R")
_GLYPH = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")
# Brackets that match may stand in a string as they are; codes above 127 are written as digits.
_DRAWN = re.compile(
    rb"/(f\d+) [\d.]+ Tf|\(((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*)\)|<([0-9A-F]+)>", re.DOTALL
)
_ESCAPED = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_CONTROLS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def text_of(pdf: bytes) -> str:
    """Return all that is drawn on all pages, in their order, without spaces and line ends."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    return "".join("".join(_page(body, objects).split()) for body in objects.values() if _PAGE.search(body))


def _page(page: bytes, objects: Mapping[int, bytes]) -> str:
    """Return what one page draws; a font's short name is the page's own."""
    resources, contents = (
        objects[int(found[1])] for found in (_RESOURCES.search(page), _CONTENTS.search(page)) if found
    )
    glyphs = {
        name: _glyphs(_stream(objects[int(found[1])]))
        for name, number in _FONT_NAMES.findall(resources)
        if (found := _TO_UNICODE.search(objects[int(number)]))
    }
    return _read(_stream(contents), glyphs)


def _named(name: re.Pattern[bytes], page: bytes, objects: Mapping[int, bytes]) -> bytes:
    found = name.search(page)
    assert found is not None
    return objects[int(found[1])]


def pages_of(pdf: bytes) -> int:
    return len(_PAGE.findall(pdf))


def _stream(body: bytes) -> bytes:
    found = _STREAM.search(body)
    if not found:
        return b""
    return zlib.decompress(found[1]) if b"FlateDecode" in body else found[1]


def _glyphs(table: bytes) -> dict[bytes, str]:
    return {
        bytes.fromhex(code.decode()): bytes.fromhex(word.decode()).decode("utf-16-be")
        for code, word in _GLYPH.findall(table)
    }


def _read(page: bytes, glyphs: dict[bytes, dict[bytes, str]]) -> str:
    words, font = [], b""
    for name, drawn, digits in _DRAWN.findall(page):
        if name:
            font = name
            continue
        codes = bytes.fromhex(digits.decode()) if digits else _ESCAPED.sub(_unescaped, drawn)
        words += [glyphs[font].get(codes[at : at + 2], "□") for at in range(0, len(codes), 2)]
    return "".join(words)


def _unescaped(found: re.Match[bytes]) -> bytes:
    said = found[1]
    return bytes([int(said, 8)]) if len(said) == 3 else _CONTROLS.get(said, said)
