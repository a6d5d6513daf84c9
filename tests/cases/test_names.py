"""A list of names as it comes: from a sheet, typed with commas or blanks, numbered or not (Q17)."""

import re

import pytest

from cases.intake import Person
from cases.names import BadRow, NameList, as_lines, as_numbered_lines, read_lines
from cases.sheets import MOST_ROWS
from cases.states import PersonRole

ID_NUMBER = "110101199003070011"
ENDS_IN_X = "11010519491231002X"
WRONG_ID = "110101199003070012"
TELEPHONE = "13800001234"
SHAPE_OF_A_SHEET = "某街道信访人员名单\n序号\t身份证号码\t姓 名\t民族\t现住址\t联系电话（必填）\n"


def only(text: str) -> Person:
    (person,) = read_lines(text).people
    return person


def only_bad(text: str) -> BadRow:
    read = read_lines(text)
    (bad,) = read.bad
    assert read.people == ()
    return bad


@pytest.mark.parametrize(
    "line",
    [
        f"张大强\t{ID_NUMBER}\t{TELEPHONE}\t凤山村",
        f"12\t张大强\t{ID_NUMBER}\t{TELEPHONE}\t凤山村",
        f"张大强，{TELEPHONE}，{ID_NUMBER}，凤山村",
        f"张大强 {ID_NUMBER} {TELEPHONE} 凤山村",
        f"12. 张大强 {TELEPHONE} {ID_NUMBER} 凤山村",
        f"张大强{TELEPHONE}  {ID_NUMBER} 凤山村",
        f"3、张大强;{ID_NUMBER};{TELEPHONE};凤山村",
        "张大强\t110101 19900307 0011\t138 0000 1234\t凤山村",
    ],
)
def test_q17_a_line_is_told_apart_however_it_is_written(line):
    person = only(line)

    assert (person.name, person.id_number, person.phone, person.address) == (
        "张大强",
        ID_NUMBER,
        TELEPHONE,
        "凤山村",
    )
    assert person.role is PersonRole.ACCOMPANYING


def test_q17_columns_are_found_by_their_headings_and_others_are_not_taken():
    read = read_lines(f"{SHAPE_OF_A_SHEET}1\t{ENDS_IN_X.lower()}\t李梅\t汉\t凤山村 3 号，东院\t{TELEPHONE}")

    (person,) = read.people
    assert (person.name, person.id_number, person.phone, person.address) == (
        "李梅",
        ENDS_IN_X,
        TELEPHONE,
        "凤山村 3 号，东院",
    )
    assert read.bad == ()


def test_q17_a_name_alone_is_enough_and_blank_lines_are_passed_over():
    assert [person.name for person in read_lines("张大强\n\n  \n3.\n李 梅\n").people] == ["张大强", "李 梅"]


def test_q17_sixty_lines_are_sixty_persons():
    assert len(read_lines("\n".join(f"村民{number}" for number in range(60))).people) == 60


@pytest.mark.parametrize(
    "line",
    [
        f"张大强\t{WRONG_ID}",
        f"{ID_NUMBER} {TELEPHONE}",
        "张大强\t110101199003070",
        "张大强 1101011990030700 凤山村",
        f"张大强，{TELEPHONE}，13900001234",
        f"张大强\t{'凤' * 201}",
        "张" * 61,
        f"{SHAPE_OF_A_SHEET}1\t{ID_NUMBER}\t\t汉\t凤山村\t{TELEPHONE}",
        f"{SHAPE_OF_A_SHEET}1\t\t张大强、李梅\t汉\t凤山村\t{TELEPHONE}",
        f"{SHAPE_OF_A_SHEET}1\t\t张大强\t汉\t凤山村\t没有",
        f"{SHAPE_OF_A_SHEET}1\t\t张大强\t汉\t{ID_NUMBER}凤山村\t",
    ],
)
def test_q17_a_row_that_cannot_be_kept_whole_is_handed_back_with_its_reason(line):
    bad = only_bad(line)

    assert bad.reason
    assert bad.line == len(line.splitlines())
    kept = [cell for cell in re.split("[\t，]", line.splitlines()[-1]) if cell not in {"1", "汉", ""}]
    assert all(cell in bad.text for cell in kept)


def test_q17_bad_rows_do_not_keep_the_good_ones_out():
    read = read_lines(f"张大强\n李梅\t{WRONG_ID}\n王芳")

    assert [person.name for person in read.people] == ["张大强", "王芳"]
    assert [row.line for row in read.bad] == [2]


def test_q17_what_was_read_is_read_again_alike():
    sheet = f"{SHAPE_OF_A_SHEET}1\t{ID_NUMBER}\t张大强\t汉\t凤山村，3 号\t{TELEPHONE}\n2\t{WRONG_ID}\t李梅\t汉\t东村\t"
    read = read_lines(sheet)

    again = NameList(
        read_lines("\n".join(as_lines(read.people))).people,
        read_lines("\n".join(as_numbered_lines(read.bad)), numbered=True).bad,
    )

    assert again == read
    assert [row.line for row in again.bad] == [4]


def test_q17_a_list_longer_than_the_limit_is_refused_as_a_whole():
    read = read_lines("\n".join(f"村民{number}" for number in range(MOST_ROWS + 1)))

    assert read.people == ()
    assert [row.line for row in read.bad] == [MOST_ROWS + 1]
