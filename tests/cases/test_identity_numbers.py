"""Length and check digit of a resident's identity number (GB 11643)."""

import pytest

from cases.rules import is_identity_number


@pytest.mark.parametrize(
    "number",
    [
        "11010519491231002X",
        "11010519491231002x",
        "110101199003070011",
        " 110101 19900307 0011",
        "１１０１０１１９９００３０７００１１",
    ],
)
def test_a_number_with_its_own_check_digit_is_taken_however_it_is_written(number):
    assert is_identity_number(number)


@pytest.mark.parametrize("digit", [digit for digit in "0123456789X" if digit != "1"])
def test_every_other_check_digit_is_refused(digit):
    assert not is_identity_number(f"11010119900307001{digit}")


@pytest.mark.parametrize(
    "number",
    ["", "110101900307001", "11010119900307001", "1101011990030700111", "1101O1199003070011"],
)
def test_another_length_or_a_letter_within_is_refused(number):
    assert not is_identity_number(number)
