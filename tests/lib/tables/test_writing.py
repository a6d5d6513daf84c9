"""A workbook that is written row by row is one that a spreadsheet reads as it was meant."""

import io
import tracemalloc
from datetime import date

import pytest
from openpyxl import load_workbook

from lib.tables.reading import open_table
from lib.tables.writing import Look, column_letters, write_table, writing


def written(*rows, **sheet):
    out = io.BytesIO()
    with writing(out) as book, book.sheet("台账", **sheet) as page:
        for row in rows:
            page.row(row)
    return load_workbook(out)


def test_texts_numbers_and_days_are_what_they_are():
    sheet = written(["离石区", 12, date(2026, 3, 2), None, ""]).active

    text, number, day, *empty = [cell.value for cell in sheet[1]]
    assert (text, number, day.date(), empty) == ("离石区", 12, date(2026, 3, 2), [None, None])
    assert [cell.data_type for cell in sheet[1]][:3] == ["s", "n", "d"]
    assert sheet["C1"].number_format == "yyyy\\-mm\\-dd"


@pytest.mark.parametrize("day", [date(1900, 3, 1), date(2024, 2, 29), date(2026, 12, 31)])
def test_a_day_is_the_same_day_in_the_sheet(day):
    assert written([day]).active["A1"].value.date() == day


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a & b < c > d", "a & b < c > d"),
        ("say \"yes\" and 'no'", "say \"yes\" and 'no'"),
        ("两行\r\n之间", "两行\n之间"),
        ("  前后空格  ", "  前后空格  "),
        ("响\x07铃\x00", "响铃"),
        ("𠀀生僻字", "𠀀生僻字"),
    ],
)
def test_signs_that_mean_something_to_the_file_come_back_as_they_were(text, read):
    assert written([text]).active["A1"].value == read


def test_what_looks_like_an_escape_of_the_spreadsheet_stays_what_was_typed():
    out = io.BytesIO()
    write_table(out, title="退回", rows=[["编号", "内容"], ["1", "_x0041_x"]])

    with open_table(out, known={"编号", "内容"}.__contains__, size=out.seek(0, io.SEEK_END)) as table:
        assert [row.cells["内容"] for row in table.rows()] == ["_x0041_x"]


def test_a_cell_ends_where_the_spreadsheet_ends_it():
    assert len(written(["长" * 40_000]).active["A1"].value) == 32_767


def test_headings_stand_still_and_are_printed_on_every_page_across_a4():
    out = io.BytesIO()
    with writing(out) as book:
        with book.sheet("台账: 2026/3 [甲]", still=2, widths=[20, 8], foot="甲 & 乙") as page:
            page.row(["离石区信访台账"], Look.TITLE)
            page.headings(["信访件编号", "=序号"])
            page.row(["LS2026-000001", 1])
        with book.sheet("说明") as page:
            page.row(["筛选", "=全部"])

    first, second = load_workbook(out).worksheets
    assert (first.title, second.title) == ("台账  2026 3  甲", "说明")
    assert first.freeze_panes == "A3" and first.print_title_rows == "$2:$2"
    assert (first.page_setup.orientation, first.page_setup.paperSize, first.page_setup.fitToHeight) == (
        "landscape",
        9,
        0,
    )
    assert first.sheet_properties.pageSetUpPr.fitToPage
    assert first.column_dimensions["A"].width == 20
    assert first.oddFooter.left.text == "甲 && 乙"
    assert (first["B2"].value, first["B2"].data_type) == ("=序号", "s")
    assert second["B1"].value == "=全部" and second["B1"].data_type == "s"


@pytest.mark.parametrize(("place", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_called_as_the_spreadsheet_calls_them(place, letters):
    assert column_letters(place) == letters


def test_a_long_list_takes_no_more_memory_than_a_short_one():
    def peak_of(rows: int) -> int:
        with io.BytesIO() as out, writing(out) as book, book.sheet("台账") as page:
            tracemalloc.start()
            for number in range(rows):
                page.row([f"LS2026-{number:06}", "同一件事", number])
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return peak

    # what is written grows; what is held does not
    assert peak_of(20_000) < peak_of(2_000) + 2_000_000
