"""Query codes: drawn, read aloud, typed back, and kept as a keyed hash."""

import math
import re

import pytest

from lib.codes import ALPHABET, LENGTH, code_digest, code_digests, new_code, tidy_code

KEYS = {"2026": b"k" * 32}


def test_a_code_has_at_least_fifty_bits_and_no_look_alikes() -> None:
    assert LENGTH * math.log2(len(set(ALPHABET))) >= 50
    assert not set(ALPHABET) & set("0O1IL")


def test_a_code_is_shown_in_three_groups_of_four() -> None:
    assert re.fullmatch(rf"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}", new_code())


def test_no_two_of_many_codes_are_equal() -> None:
    assert len({new_code() for _ in range(5000)}) == 5000


@pytest.mark.parametrize(
    "typed",
    ["7k2m-q4xw-9fht", "7K2M Q4XW 9FHT", "７Ｋ２Ｍ－Ｑ４ＸＷ—９ＦＨＴ", "\u30007k2mq4xw9fht\n"],
    ids=repr,
)
def test_a_code_is_the_same_however_it_is_typed(typed: str) -> None:
    assert tidy_code(typed) == "7K2MQ4XW9FHT"
    assert code_digest(typed, keys=KEYS) == code_digest("7K2M-Q4XW-9FHT", keys=KEYS)


def test_a_digest_needs_the_key_and_tells_nothing_of_the_code() -> None:
    digest = code_digest("7K2M-Q4XW-9FHT", keys=KEYS)

    assert digest != code_digest("7K2M-Q4XW-9FHT", keys={"2026": b"x" * 32})
    assert re.fullmatch(r"2026:[0-9a-f]{64}", digest)


def test_a_code_of_the_old_key_is_still_found() -> None:
    old = {"2025": b"o" * 32}

    assert code_digest("7K2M-Q4XW-9FHT", keys=old) in code_digests("7K2M-Q4XW-9FHT", keys=KEYS | old)
