"""A paper as a Word file to work with: the same texts in the same order, after GB/T 9704, marked as no paper.

What is valid is the frozen file alone; a working copy is made anew whenever it is asked for, and kept nowhere.
"""

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

from django.utils import timezone

from documents.models import Document
from documents.paper import Paper, Table, day_in_print
from infra.files import Checked
from infra.models import StoredFile

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_LAYOUT = Path(__file__).parent / "layouts" / "docx"
# Where each piece of the layout stands in the file.
_PIECES = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "package_rels.xml",
    "word/_rels/document.xml.rels": "document_rels.xml",
    "word/styles.xml": "styles.xml",
    "word/footer.xml": "footer.xml",
}
_WORDS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_RELATIONS = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
# A4 with a text area of 156 mm by 225 mm, in twentieths of a point.
_PAGE = (
    '<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:footerReference w:type="default" r:id="rId3"/>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1400" w:gutter="0"/>'
    "</w:sectPr>"
)
# The text area's width and the largest letters of the organ's name, in half points.
_WIDTH, _LARGEST = 884, 68
_LINED = (
    '<w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>'
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders></w:tblPr>"
)
_REPEATED = "<w:trPr><w:tblHeader/></w:trPr>"
# 一、 begins a section; its heading is in black letters, as the printed layout has it.
_SECTION = re.compile(r"[一二三四五六七八九十]+、.{0,26}")
# What no XML may hold.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def working_copy_of(file: StoredFile, *, by: str, now: datetime) -> Checked:
    """Return the working copy of the paper that was printed as a file; who may have the one may have the other.

    :raises KeyError: if it was made elsewhere
    """
    return working_copy(Document.objects.get(file=file), by=by, now=now)


def working_copy(document: Document, *, by: str, now: datetime) -> Checked:
    """Return the working copy of a paper that was drawn up here; every page says who took it and when.

    :raises KeyError: if it was made elsewhere; only its file says what is in it
    """
    at = timezone.localtime(now)
    taken = f"工作稿，不作为正式文书使用　{by}　{day_in_print(at.date())}{at:%H:%M}"
    name = f"{document.number or document.title}（工作稿）.docx"
    return Checked(name, DOCX, as_docx(document.paper, taken=taken))


def as_docx(paper: Paper, *, taken: str) -> bytes:
    """Return a paper as DOCX with `taken` at the head of each page; the same bytes for the same words."""
    pieces = {
        **{place: (_LAYOUT / name).read_text(encoding="utf-8") for place, name in _PIECES.items()},
        "word/header.xml": (_LAYOUT / "header.xml")
        .read_text(encoding="utf-8")
        .replace("@taken@", _text(taken)),
        "word/document.xml": _document(paper),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for place, words in pieces.items():
            packed.writestr(zipfile.ZipInfo(place), words, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _document(paper: Paper) -> str:
    size = min(_LARGEST, _WIDTH // max(len(paper.organ), 1))
    body = [
        _paragraph("Organ", paper.organ, size=size),
        _paragraph("Number", paper.number),
        _paragraph("Title", paper.title),
        *([_paragraph("Addressee", f"{paper.addressee}：")] if paper.addressee else []),
        *(
            _paragraph("Section" if _SECTION.fullmatch(words) else "Body", words)
            for words in paper.paragraphs
        ),
        *([_paragraph("Body", paper.remedy)] if paper.remedy else []),
        *(
            _paragraph("Enclosure", f"{'附件：' if at == 1 else ''}{at}. {name}")
            for at, name in enumerate(paper.enclosures, 1)
        ),
        _paragraph("Signature", paper.organ, day_in_print(paper.dated_on), "（盖章）"),
        *(
            piece
            for at, table in enumerate(paper.tables, 1)
            for piece in _table(table, f"附表{at if len(paper.tables) > 1 else ''}")
        ),
    ]
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document {_WORDS} {_RELATIONS}>'
        f"<w:body>{''.join(body)}{_PAGE}</w:body></w:document>"
    )


def _table(table: Table, head: str) -> tuple[str, ...]:
    """Return a table with the two lines above it, from a new page on; its first row stands on every page."""
    rows = "".join(
        f"<w:tr>{_REPEATED if at == 0 else ''}{''.join(map(_cell, row))}</w:tr>"
        for at, row in enumerate([table.columns, *table.rows])
    )
    grid = f"<w:tblGrid>{'<w:gridCol/>' * len(table.columns)}</w:tblGrid>"
    return (
        _paragraph("TableHead", head),
        _paragraph("TableTitle", table.title),
        f"<w:tbl>{_LINED}{grid}{rows}</w:tbl>",
        # Word wants a paragraph behind a table
        _paragraph("TableCell", ""),
    )


def _cell(words: str) -> str:
    return f"<w:tc>{_paragraph('TableCell', words)}</w:tc>"


def _paragraph(style: str, *lines: str, size: int | None = None) -> str:
    letters = f'<w:rPr><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>' if size else ""
    said = "<w:br/>".join(f'<w:t xml:space="preserve">{_text(line)}</w:t>' for line in lines)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r>{letters}{said}</w:r></w:p>'


def _text(words: str) -> str:
    return escape(_UNPRINTABLE.sub("", words))
