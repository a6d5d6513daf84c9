"""A list of names as it comes: from a sheet, typed with commas or blanks, numbered or not (Q17)."""

import pytest

from cases.intake import Person
from cases.names import people_of_list
from cases.states import PersonRole

ID_NUMBER = "110101199003070011"
TELEPHONE = "13800001234"


def only(text: str) -> Person:
    (person,) = people_of_list(text)
    return person


@pytest.mark.parametrize(
    "line",
    [
        f"张大强\t{ID_NUMBER}\t{TELEPHONE}\t凤山村",
        f"张大强，{TELEPHONE}，{ID_NUMBER}，凤山村",
        f"张大强 {ID_NUMBER} {TELEPHONE} 凤山村",
        f"12. 张大强 {TELEPHONE} {ID_NUMBER} 凤山村",
        f"张大强{TELEPHONE}  {ID_NUMBER} 凤山村",
        f"3、张大强;{ID_NUMBER};{TELEPHONE};凤山村",
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


def test_q17_a_name_alone_is_enough_and_blank_lines_are_passed_over():
    assert [person.name for person in people_of_list("张大强\n\n  \n李 梅\n")] == ["张大强", "李 梅"]


def test_q17_sixty_lines_are_sixty_persons():
    assert len(people_of_list("\n".join(f"村民{number}" for number in range(60)))) == 60
