"""Reading a Word file back with nothing but its XML: what stands in it, paragraph by paragraph."""

import io
import zipfile
from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def paragraphs_of(docx: bytes, part: str = "word/document.xml") -> list[tuple[str, str]]:
    """Return the style and the text of each paragraph."""
    return [(_style(paragraph), _text(paragraph)) for paragraph in _xml(docx, part).iter(f"{W}p")]


def text_of(docx: bytes) -> str:
    return "\n".join(text for _style, text in paragraphs_of(docx))


def fonts_of(docx: bytes) -> set[str]:
    """Return every family that the styles name for Chinese."""
    fonts = _xml(docx, "word/styles.xml").iter(f"{W}rFonts")
    return {family for font in fonts if (family := font.get(f"{W}eastAsia"))}


def _xml(docx: bytes, part: str) -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(docx)) as packed:
        assert packed.testzip() is None
        parts = {name: ElementTree.fromstring(packed.read(name)) for name in packed.namelist()}  # noqa: S314 - our own
    return parts[part]


def _style(paragraph: ElementTree.Element) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return (found.get(f"{W}val") or "") if found is not None else ""


def _text(paragraph: ElementTree.Element) -> str:
    return "".join(
        "\n" if piece.tag == f"{W}br" else piece.text or ""
        for piece in paragraph.iter()
        if piece.tag in {f"{W}t", f"{W}br"}
    )
