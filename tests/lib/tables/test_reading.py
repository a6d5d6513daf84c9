# ruff: noqa: DTZ001 - Excel keeps moments without a zone
"""Lists as offices really keep them: titles above, ghosts below, dates of every kind, and files that mean harm."""

import csv
import io
import json
import tracemalloc
import zipfile
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from random import Random

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from lib.tables.limits import Fault, Unreadable
from lib.tables.reading import Row, open_table
from lib.tables.writing import write_table

KNOWN = {"编号", "姓名", "时间", "内容", "标题"}


def read(content: bytes) -> tuple[tuple[str, ...], list[Row], int]:
    """Return columns, rows and the line of headings."""
    file = io.BytesIO(content)
    with open_table(file, known=KNOWN.__contains__, size=len(content)) as table:
        return table.columns, list(table.rows()), table.headings.line


def book_of(*rows: list, title: str = "Sheet") -> bytes:
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """Return a workbook with one more part, or another one of that name."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            if member.filename != name:
                new.writestr(member, old.read(member))
        new.writestr(name, part)
    return out.getvalue()


def faulty(content: bytes) -> Fault:
    with pytest.raises(Unreadable) as caught:
        read(content)
    return caught.value.fault


def test_headings_stand_below_two_merged_title_rows():
    book = Workbook()
    sheet = book.active
    sheet.append(["2025 年信访台账"])
    sheet.append(["截至 2025 年 12 月 31 日"])
    sheet.append(["编号", "姓名", "内容"])
    sheet.append(["A1", "张三", "停水"])
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("A2:C2")

    columns, rows, line = read(saved(book))

    assert (columns, line) == (("编号", "姓名", "内容"), 3)
    assert rows == [Row(4, {"编号": "A1", "姓名": "张三", "内容": "停水"})]


def test_a_sheet_that_claims_65203_rows_ends_where_its_data_end():
    book = Workbook()
    sheet = book.active
    sheet.append(["编号", "内容"])
    sheet.append(["A1", "停水"])
    for line in range(3, 400):
        sheet.cell(line, 1).font = Font(bold=True)
    content = saved(book)
    sheet_xml = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    claimed = sheet_xml.replace(b'ref="A1:B399"', b'ref="A1:XFD65203"')
    assert claimed != sheet_xml

    _columns, rows, _line = read(with_part(content, "xl/worksheets/sheet1.xml", claimed))

    assert [row.line for row in rows] == [2]


def test_cells_keep_what_was_typed():
    text = "\n\t 停水\u00a0三天，\u3000_x000D_ 零宽\u200b与𠮷字。\n"
    moment = datetime(2020, 1, 6, 12, 9, 38)

    _columns, rows, _line = read(
        book_of(
            ["编号", "时间", "内容", "姓名"],
            [188006.0, moment, text, True],
            [12.5, date(2020, 1, 6), "x", None],
        )
    )

    assert rows[0].cells == {"编号": "188006", "时间": moment, "内容": text, "姓名": "TRUE"}
    assert rows[1].cells == {"编号": "12.5", "时间": datetime(2020, 1, 6), "内容": "x"}


def test_shared_and_rich_texts_are_read_like_inline_ones():
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        "<si><t>编号</t></si><si><t>内容</t></si>"
        '<si><r><t>停</t></r><r><rPr><b/></rPr><t xml:space="preserve">水 </t></r>'
        '<rPh sb="0" eb="1"><t>ting</t></rPh></si>'
        "</sst>"
    ).encode()
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
        b'<row r="4"><c r="B4" t="s"><v>2</v></c></row></sheetData></worksheet>'
    )
    content = with_part(book_of(["编号", "内容"]), "xl/worksheets/sheet1.xml", sheet)

    relations = zipfile.ZipFile(io.BytesIO(content)).read("xl/_rels/workbook.xml.rels")
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    shared = b'<Relationship Type="%s" Target="sharedStrings.xml" Id="rId9"/></Relationships>' % kind
    content = with_part(content, "xl/_rels/workbook.xml.rels", relations.replace(b"</Relationships>", shared))

    _columns, rows, _line = read(with_part(content, "xl/sharedStrings.xml", strings))

    assert rows == [Row(4, {"内容": "停水 "})]


def test_a_formula_is_what_it_came_to_and_is_never_computed():
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row><c t="inlineStr"><is><t>编号</t></is></c><c t="inlineStr"><is><t>内容</t></is></c></row>'
        '<row><c><f>1+1</f><v>7</v></c><c t="str"><f>A1</f><v>停水</v></c></row>'
        '<row><c><f>1+1</f></c><c><f>HYPERLINK("x")</f><v/></c></row></sheetData></worksheet>'
    ).encode()

    _columns, rows, _line = read(with_part(book_of(["x"]), "xl/worksheets/sheet1.xml", sheet))

    assert rows[0].cells == {"编号": "7", "内容": "停水"}
    assert rows[1].cells == {"编号": "=1+1", "内容": '=HYPERLINK("x")'}


def test_of_several_sheets_the_one_that_is_known_is_read_and_hidden_ones_are_not():
    book = Workbook()
    book.active.append(["说明", "填表须知"])
    data = book.create_sheet("台账")
    data.append(["编号", "内容"])
    data.append(["A1", "停水"])
    hidden = book.create_sheet("旧")
    hidden.append(["编号", "姓名", "内容"])
    hidden.sheet_state = "hidden"

    columns, rows, _line = read(saved(book))

    assert columns == ("编号", "内容")
    assert len(rows) == 1


def test_columns_without_a_name_and_twice_the_same_name_are_told_apart():
    columns, rows, _line = read(book_of(["编号", None, "内容", "内容"], ["A1", "甲", "乙", "丙"]))

    assert columns == ("编号", "#2", "内容", "内容 (2)")
    assert rows[0].cells == {"编号": "A1", "#2": "甲", "内容": "乙", "内容 (2)": "丙"}


def test_headings_pasted_again_further_down_are_no_row():
    _columns, rows, _line = read(book_of(["编号", "内容"], ["A1", "停水"], ["编号", "内容"], ["A2", "停电"]))

    assert [row.cells["编号"] for row in rows] == ["A1", "A2"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_csv_of_every_encoding_and_line_end(encoding, ending):
    text = f'编号,内容{ending}A1,"停水{ending}三天，""无人""处理"{ending}A2,停电{ending}'

    columns, rows, _line = read(text.encode(encoding))

    assert columns == ("编号", "内容")
    assert rows == [
        Row(2, {"编号": "A1", "内容": f'停水{ending}三天，"无人"处理'}),
        Row(4, {"编号": "A2", "内容": "停电"}),
    ]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_csv_with_any_delimiter(delimiter):
    columns, rows, _line = read(
        delimiter.join(["编号", "内容"]).encode() + b"\nA1" + delimiter.encode() + b"x\n"
    )

    assert columns == ("编号", "内容") and len(rows) == 1


def test_a_cell_of_twelve_thousand_signs_is_whole():
    long = "水" * 12_220
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["编号", "内容"], ["A1", long]])

    _columns, rows, _line = read(out.getvalue().encode())

    assert rows[0].cells["内容"] == long


def test_jsonl_has_the_names_of_all_its_lines():
    lines = [{"编号": 1, "内容": "停水"}, {"编号": 2, "likes": 3, "内容": None, "tags": ["a"]}]

    columns, rows, _line = read("\n".join(json.dumps(line, ensure_ascii=False) for line in lines).encode())

    assert columns == ("编号", "内容", "likes", "tags")
    assert [row.cells for row in rows] == [
        {"编号": "1", "内容": "停水"},
        {"编号": "2", "likes": "3", "tags": '["a"]'},
    ]


def test_a_broken_line_of_jsonl_is_named():
    with pytest.raises(Unreadable) as caught:
        read('{"编号": 1}\n{"编号": '.encode())

    assert (caught.value.fault, caught.value.facts) == (Fault.BROKEN_LINE, {"line": 2})


def test_a_quotation_mark_that_never_ends_is_named():
    assert faulty(b'a,b\n1,"' + b"x" * 200_000) is Fault.LONG_CELL


def test_macros_are_refused():
    assert faulty(with_part(book_of(["编号"]), "xl/vbaProject.bin", b"x")) is Fault.MACROS


def test_a_file_that_unfolds_to_gigabytes_is_refused_unread():
    bomb = with_part(book_of(["编号"]), "xl/worksheets/sheet2.xml", b" " * 30_000_000)

    assert len(bomb) < 100_000
    assert faulty(bomb) is Fault.TOO_MUCH_INSIDE


def test_archives_within_archives_and_thousands_of_members_are_refused():
    assert faulty(with_part(book_of(["编号"]), "xl/embeddings/more.zip", b"x")) is Fault.TOO_MUCH_INSIDE
    out = io.BytesIO(book_of(["编号"]))
    with zipfile.ZipFile(out, "a") as packed:
        for number in range(2000):
            packed.writestr(f"xl/{number}", b"")
    assert faulty(out.getvalue()) is Fault.TOO_MUCH_INSIDE


def test_entities_that_unfold_are_refused():
    part = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>'

    assert faulty(with_part(book_of(["编号"]), "xl/worksheets/sheet1.xml", part)) is Fault.TOO_MUCH_INSIDE


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04 broken", book_of(["编号"])[:-200], b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 no workbook"],
    ids=["no archive", "cut short", "no old workbook"],
)
def test_what_is_bent_or_broken_is_no_list(content):
    assert faulty(content) is Fault.NOT_A_LIST


def test_bytes_that_are_no_text_are_no_list():
    assert faulty(b"\x00\x01\xff\xfe\x00" * 50) is Fault.ENCODING


def test_an_empty_file_has_no_headings():
    assert faulty(b"") is Fault.NO_HEADINGS
    assert faulty(saved(Workbook())) is Fault.NO_HEADINGS


def test_an_old_workbook_is_read_like_a_new_one():
    # made with Excel 97's format: 编号, 时间, 内容; one row with a real date
    content = (Path(__file__).parent / "old.xls").read_bytes()

    columns, rows, _line = read(content)

    assert columns == ("编号", "时间", "内容")
    assert rows == [Row(2, {"编号": "188006", "时间": datetime(2020, 1, 6, 12, 9, 38), "内容": "停水三天"})]


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "＝", "\t", "\r"])
def test_what_begins_like_a_formula_is_written_as_text(begins):
    out = io.BytesIO()

    write_table(out, title="退回", rows=[["内容"], [f"{begins}HYPERLINK(1)"]])

    cell = load_workbook(out).active["A2"]
    assert (cell.value, cell.data_type) == (f"{begins}HYPERLINK(1)".replace("\r", "\n"), "s")
    assert cell.quotePrefix


@pytest.mark.wide
def test_ten_times_the_rows_take_no_more_memory():
    def peak_of(rows: int) -> int:
        out, drawn = io.BytesIO(), Random(7)
        texts = ("".join(chr(drawn.randrange(0x4E00, 0x9000)) for _ in range(60)) for _ in range(rows))
        rows_of_text = ([str(number), text] for number, text in enumerate(texts))
        write_table(out, title="台账", rows=chain([["编号", "内容"]], rows_of_text))
        size = out.seek(0, io.SEEK_END)
        tracemalloc.start()
        with open_table(out, known=KNOWN.__contains__, size=size) as table:
            assert sum(1 for _row in table.rows()) == rows
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return peak

    assert peak_of(10_000) < 1.1 * peak_of(1_000)
