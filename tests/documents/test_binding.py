"""Papers, scans and photos are bound in order with a catalogue that tells each one's page; each page is marked."""

from datetime import date
from io import BytesIO

from PIL import Image
from pypdf import PdfReader, PdfWriter

from documents.binding import Bound, Cover, Piece, bind
from documents.layout import render
from documents.paper import Paper

COVER = Cover(
    title="信访事项卷宗",
    organ="离石区信访局",
    rows=[("信访事项编号", "LS2026-000001")],
    mark="区信访局 李文斌 2026年3月2日",
)


def a_piece(name: str, content: bytes, content_type: str = "application/pdf") -> Piece:
    return Piece(
        name=name,
        number="离信〔2026〕1号",
        day="2026-03-02",
        content_type=content_type,
        content=content,
        sha256="ab" * 32,
    )


def a_paper(title: str, paragraphs: int = 1) -> bytes:
    said = tuple("反映供暖不达标。" * 30 for _ in range(paragraphs))
    return render(
        Paper(
            title=title,
            organ="离石区信访局",
            addressee="王建国",
            paragraphs=said,
            number="离信〔2026〕1号",
            dated_on=date(2026, 3, 2),
        )
    )


def a_photo() -> bytes:
    out = BytesIO()
    Image.new("RGB", (3000, 1000), "red").save(out, "JPEG")
    return out.getvalue()


def texts_of(bound: Bound) -> list[str]:
    return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(bound.content)).pages]


def test_each_piece_begins_on_the_page_that_the_catalogue_names():
    long = a_paper("处理意见书", 6)
    length = len(PdfReader(BytesIO(long)).pages)
    pieces = [
        a_piece("处理意见书", long),
        a_piece("照片", a_photo(), "image/jpeg"),
        a_piece("送达回证", a_paper("送达回证")),
    ]

    bound = bind(COVER, pieces)

    _cover, catalogue, *pages = texts_of(bound)
    assert length > 1 and bound.pages == len(pages) == length + 2
    for at, (name, page) in enumerate((("处理意见书", 1), ("照片", length + 1), ("送达回证", length + 2)), 1):
        assert f"{at}{name}离信〔2026〕1号2026-03-02{page}" in catalogue
    assert "处理意见书" in pages[0] and "送达回证" in pages[-1]
    assert [f"{at}/{len(pages)}" in page for at, page in enumerate(pages, 1)] == [True] * len(pages)


def test_each_page_bears_the_mark_and_is_a4():
    bound = bind(COVER, [a_piece("照片", a_photo(), "image/jpeg"), a_piece("函", a_paper("转送函"))])

    assert all("李文斌" in page for page in texts_of(bound))
    boxes = [page.mediabox for page in PdfReader(BytesIO(bound.content)).pages]
    assert {(round(box.width), round(box.height)) for box in boxes} == {(595, 842)}


def test_a_page_that_lies_turned_stands_upright_in_the_file():
    writer = PdfWriter()
    page = writer.append(BytesIO(a_paper("转送函")))
    page = writer.pages[0]
    page.rotate(90)
    out = BytesIO()
    writer.write(out)

    bound = bind(COVER, [a_piece("扫描件", out.getvalue())])

    (page,) = PdfReader(BytesIO(bound.content)).pages[2:]
    assert (page.rotation, round(page.mediabox.width), round(page.mediabox.height)) == (0, 595, 842)


def test_what_cannot_be_bound_has_a_sheet_that_says_so():
    locked = PdfWriter(clone_from=PdfReader(BytesIO(a_paper("转送函"))))
    locked.encrypt("secret", algorithm="RC4-128")
    out = BytesIO()
    locked.write(out)
    pieces = [
        a_piece("录音", b"ID3", "audio/mpeg"),
        a_piece("损坏的扫描件", b"%PDF-1.4 nothing"),
        a_piece("损坏的照片", b"\xff\xd8\xff", "image/jpeg"),
        a_piece("加密的扫描件", out.getvalue()),
        a_piece("转送函", a_paper("转送函")),
    ]

    bound = bind(COVER, pieces)

    pages = texts_of(bound)[2:]
    assert bound.pages == 5
    for page, piece in zip(pages[:4], pieces, strict=False):
        assert f"“{piece.name}”不能装订为页面" in page and "ab" * 32 in page
    assert "转送函" in pages[4]
