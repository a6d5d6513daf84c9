"""What an uploaded sheet holds, whatever office program saved it; what is no sheet is refused in words (Q17)."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from cases.names import read_file
from cases.sheets import MOST_BYTES, MOST_ROWS, rows_of
from lib.errors import Refused
from tests.cases.given import a_workbook


def a_file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def saved(book: Workbook) -> SimpleUploadedFile:
    out = io.BytesIO()
    book.save(out)
    return a_file("名单.xlsx", out.getvalue())


def test_cells_become_text_as_people_read_them():
    upload = a_workbook(
        ["姓名", "电话", "日期", "门牌"],
        [" 张\u3000大强\u200b_x000D_\n", 13800001234.0, datetime(2026, 3, 2, 9, 30), 3],  # noqa: DTZ001 - Excel knows no zones
        [None, "", True, None],
        ["李梅", 13900001234, date(2026, 3, 2), 2.5],
    )

    assert [(row.line, row.cells) for row in rows_of(upload)] == [
        (1, ("姓名", "电话", "日期", "门牌")),
        (2, ("张 大强", "13800001234", "2026-03-02 09:30:00", "3")),
        (3, ("", "", "TRUE")),
        (4, ("李梅", "13900001234", "2026-03-02", "2.5")),
    ]


def test_the_lines_are_the_sheets_own_however_large_it_claims_to_be():
    book = Workbook()
    book.active["A3"] = "姓名"
    book.active["A900"] = "张大强"
    book.active["A60000"].number_format = "@"

    assert [(row.line, row.cells[0]) for row in rows_of(saved(book))] == [(3, "姓名"), (900, "张大强")]


def test_the_first_sheet_that_has_rows_is_read():
    book = Workbook()
    book.create_sheet()["A1"] = "张大强"

    assert [row.cells for row in rows_of(saved(book))] == [("张大强",)]


def test_an_identity_number_kept_as_a_number_has_lost_its_end_and_is_not_taken():
    read = read_file(a_workbook(["姓名", "身份证号"], ["张大强", 110101199003070011.0]))

    assert read.people == ()
    assert [row.line for row in read.bad] == [2]


def test_an_old_excel_file_is_a_list_like_any_other():
    content = (Path(__file__).parent.parent / "lib/tables/old.xls").read_bytes()

    rows = rows_of(a_file("名单.xls", content))

    assert [row.cells for row in rows] == [
        ("编号", "时间", "内容"),
        ("188006", "2020-01-06 12:09:38", "停水三天"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_is_read_in_the_encodings_and_marks_of_offices(encoding, delimiter):
    text = f'姓名{delimiter}住址\r\n张大强{delimiter}"凤山村\n三号，东院"\r\n\r\n㛃喆{delimiter}东村\r\n'

    rows = rows_of(a_file("名单.csv", text.encode(encoding)))

    assert [(row.line, row.cells) for row in rows] == [
        (1, ("姓名", "住址")),
        (2, ("张大强", "凤山村 三号，东院")),
        (5, ("㛃喆", "东村")),
    ]


def an_archive_of(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("名单.pdf", b"%PDF-1.4\n"),
        ("名单.xls", b"\xd0\xcf\x11\xe0" + b"\x00" * 200),
        ("名单.xlsx", b"PK\x03\x04" + b"\x00" * 200),
        ("名单.docx", an_archive_of("word/document.xml", b"<w/>")),
        ("名单.xlsx", an_archive_of("xl/workbook.xml", b"<workbook")),
        ("名单.xlsx", an_archive_of("xl/workbook.xml", b" " * 1_000_000)),
        ("名单.csv", b"\x81\xff\x01"),
        ("名单.csv", "张大强,凤\x00山村".encode()),
        ("名单.csv", b"," * 3 + b"a" * 200_000),
        ("名单.csv", b"a" * (MOST_BYTES + 1)),
        ("名单.csv", "张大强\n".encode() * (MOST_ROWS + 1)),
    ],
    # not by their bytes: an archive carries the second it was made in, and every worker must name a test alike
    ids=[
        *("pdf", "old excel", "broken archive", "word", "no sheet", "unpacks too large"),
        *("no encoding", "a NUL", "a long line", "too large", "too many rows"),
    ],
)
def test_what_is_no_list_is_refused_by_name_or_by_its_limit(name, content):
    with pytest.raises(Refused) as refusal:
        rows_of(a_file(name, content))

    assert name in str(refusal.value.message) or str(MOST_ROWS) in str(refusal.value.message)
