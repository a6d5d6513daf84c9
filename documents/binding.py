"""Binding papers, scans and photos into one PDF: cover, catalogue with page numbers, a mark on each page.

Nothing that was issued is printed anew: its pages are laid on the pages of the bound file as they are.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import typst
from PIL import Image, UnidentifiedImageError
from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.errors import PyPdfError
from pypdf.generic import RectangleObject

from documents.layout import fonts_of_papers

_LAYOUT = Path(__file__).parent / "layouts" / "dossier.typ"
# A4 in points
_WIDTH, _HEIGHT = 595.28, 841.89
# A photo is laid on its page this dense at most, so that a file of photos can still be carried.
_MOST_PIXELS = (1654, 2339)


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One thing in a file: how the catalogue names it, and its bytes."""

    name: str
    number: str
    day: str
    content_type: str
    content: bytes
    # of the stored file, for whoever looks for what could not be bound
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Cover:
    """What stands on the cover, and the mark on each page: who took it, when, what for."""

    title: str
    organ: str
    rows: Sequence[tuple[str, str]]
    mark: str


@dataclass(frozen=True)
class Bound:
    """A bound file, and how many numbered pages it has."""

    content: bytes
    pages: int


def bind(cover: Cover, pieces: Sequence[Piece]) -> Bound:
    """Return pieces bound into one PDF in their order, each page numbered and marked.

    What cannot be read, is locked or is no page (a recording) has a sheet that says where it is found.
    """
    bodies = [_pages_of(piece) for piece in pieces]
    first, lines = 1, []
    for at, (piece, pages) in enumerate(zip(pieces, bodies, strict=True), 1):
        lines.append([str(at), piece.name, piece.number, piece.day, str(first)])
        first += len(pages)
    count = first - 1
    writer = PdfWriter()
    front = _typeset(
        kind="front", title=cover.title, organ=cover.organ, rows=cover.rows, lines=lines, mark=cover.mark
    )
    writer.append(PdfReader(BytesIO(front)))
    marks = (
        PdfReader(BytesIO(_typeset(kind="marks", mark=cover.mark, first=1, count=count))).pages
        if count
        else []
    )
    numbered = [writer.add_page(page) for pages in bodies for page in pages]
    for sheet, mark in zip(numbered, marks, strict=True):
        _fit(sheet)
        sheet.merge_page(mark)
    out = BytesIO()
    writer.write(out)
    return Bound(out.getvalue(), count)


def _pages_of(piece: Piece) -> Sequence[PageObject]:
    if piece.content_type.startswith("image/"):
        try:
            return PdfReader(BytesIO(_photo(piece.content))).pages
        except UnidentifiedImageError:
            return _unbound(piece)
    if piece.content_type != "application/pdf":
        return _unbound(piece)
    try:
        # a file of another house may be damaged anywhere: each page is read before one is bound
        pages = list(PdfReader(BytesIO(piece.content)).pages)
        for page in pages:
            page.get_contents()
    except PyPdfError:
        return _unbound(piece)
    return pages or _unbound(piece)


def _photo(content: bytes) -> bytes:
    with Image.open(BytesIO(content)) as picture:
        drawn = picture.convert("RGB")
        drawn.thumbnail(_MOST_PIXELS)
        out = BytesIO()
        drawn.save(out, "PDF", resolution=200)
        return out.getvalue()


def _unbound(piece: Piece) -> Sequence[PageObject]:
    words = [
        f"“{piece.name}”不能装订为页面，原件另存。",
        f"文件类型：{piece.content_type}",
        f"校验值（SHA-256）：{piece.sha256}",
    ]
    return PdfReader(BytesIO(_typeset(kind="sheet", words=words, mark=""))).pages


def _fit(page: PageObject) -> None:
    """Bring a page of a file that is written to A4, as large as it fits, and in its middle."""
    page.transfer_rotation_to_content()
    box = page.mediabox
    scale = min(_WIDTH / float(box.width), _HEIGHT / float(box.height))
    across = (_WIDTH - float(box.width) * scale) / 2
    up = (_HEIGHT - float(box.height) * scale) / 2
    shift = Transformation().translate(-float(box.left), -float(box.bottom)).scale(scale)
    page.add_transformation(shift.translate(across, up))
    page.mediabox = page.cropbox = RectangleObject((0, 0, _WIDTH, _HEIGHT))


def _typeset(**facts: Any) -> bytes:
    return typst.compile(
        str(_LAYOUT),
        format="pdf",
        font_paths=fonts_of_papers(),
        ignore_system_fonts=True,
        sys_inputs={"facts": json.dumps(facts, ensure_ascii=False)},
    )
