"""Sealed fields, blind indexes and the forms in which numbers are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.crypto import (
    CannotDecrypt,
    blind_index,
    blind_indexes,
    decrypt,
    encrypt,
    key_id_of,
    normalise_id_number,
    normalise_phone,
)

OLD, NEW = {"2025": b"o" * 32}, {"2026": b"n" * 32}
PLACE = "petitioner:7:id_number"


@pytest.mark.parametrize("cipher", ["aes", "sm4"])
@given(text=st.text())
def test_a_sealed_text_opens_where_it_was_sealed(cipher: str, text: str) -> None:
    sealed = encrypt(text, keys=NEW, bound_to=PLACE, cipher=cipher)

    assert decrypt(sealed, keys=NEW, bound_to=PLACE) == text


@pytest.mark.parametrize("cipher", ["aes", "sm4"])
def test_a_sealed_text_does_not_show_what_is_in_it(cipher: str) -> None:
    sealed = encrypt("141102198001013018", keys=NEW, bound_to=PLACE, cipher=cipher)

    assert b"1411" not in sealed


def test_the_same_text_is_sealed_differently_each_time() -> None:
    sealed = {encrypt("一", keys=NEW, bound_to=PLACE, cipher="aes") for _ in range(20)}

    assert len(sealed) == 20


def test_the_first_key_writes_and_the_others_still_read() -> None:
    sealed = encrypt("一", keys=OLD, bound_to=PLACE, cipher="aes")

    assert decrypt(sealed, keys=NEW | OLD, bound_to=PLACE) == "一"
    assert key_id_of(sealed) == "2025"
    assert key_id_of(encrypt("一", keys=NEW | OLD, bound_to=PLACE, cipher="aes")) == "2026"


@pytest.mark.parametrize(
    "elsewhere", ["petitioner:8:id_number", "petitioner:7:phone", "reporter:7:id_number"], ids=str
)
def test_a_sealed_text_copied_elsewhere_does_not_open(elsewhere: str) -> None:
    sealed = encrypt("一", keys=NEW, bound_to=PLACE, cipher="aes")

    with pytest.raises(CannotDecrypt):
        decrypt(sealed, keys=NEW, bound_to=elsewhere)


@pytest.mark.parametrize(
    "keys", [OLD, {"2026": b"x" * 32}], ids=["a key that is not given", "another key of the same name"]
)
def test_a_sealed_text_does_not_open_with(keys: dict[str, bytes]) -> None:
    sealed = encrypt("一", keys=NEW, bound_to=PLACE, cipher="aes")

    with pytest.raises(CannotDecrypt):
        decrypt(sealed, keys=keys, bound_to=PLACE)


@pytest.mark.parametrize("cipher", ["aes", "sm4"])
def test_no_byte_can_be_changed_and_none_cut_off(cipher: str) -> None:
    sealed = encrypt("141102198001013018", keys=NEW, bound_to=PLACE, cipher=cipher)
    changed = [sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :] for at in range(len(sealed))]
    shortened = [sealed[:length] for length in range(len(sealed))]

    for bad in changed + shortened:
        with pytest.raises(CannotDecrypt):
            decrypt(bad, keys=NEW, bound_to=PLACE)


def test_equal_numbers_have_equal_indexes_for_one_purpose_only() -> None:
    phone = blind_index("13900001234", keys=NEW, purpose="phone")

    assert phone == blind_index("13900001234", keys=NEW, purpose="phone")
    assert phone != blind_index("13900001234", keys=NEW, purpose="id_number")
    assert phone != blind_index("13900001235", keys=NEW, purpose="phone")
    assert phone.startswith("2026:")


def test_an_index_written_with_the_old_key_is_found_after_the_new_one_came() -> None:
    written = blind_index("13900001234", keys=OLD, purpose="phone")

    assert written in blind_indexes("13900001234", keys=NEW | OLD, purpose="phone")


@pytest.mark.parametrize(
    "typed", ["14110219800101301x", " 141102 19800101 301X", "１４１１０２１９８００１０１３０１Ｘ"], ids=str
)
def test_one_identity_number_is_compared_in_one_form(typed: str) -> None:
    assert normalise_id_number(typed) == "14110219800101301X"


@pytest.mark.parametrize(
    ("typed", "compared"),
    [
        ("+86 139 0000 1234", "13900001234"),
        ("008613900001234", "13900001234"),
        ("１３９００００１２３４", "13900001234"),
        ("139-0000-1234", "13900001234"),
        ("（0358）822 2345", "03588222345"),
        ("+86 358 8222345", "03588222345"),
        ("86123456", "86123456"),
    ],
)
def test_one_telephone_is_compared_in_one_form(typed: str, compared: str) -> None:
    assert normalise_phone(typed) == compared
