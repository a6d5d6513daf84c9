"""What others may see of names and numbers, in fields and inside running text."""

import csv
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lib.masking import mask_address, mask_id_number, mask_name, mask_phone, mask_text

MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
IDENTITY = re.compile(r"(?<!\d)\d{17}[\dX](?!\d)", re.IGNORECASE)
LANDLINE = re.compile(r"(?<!\d)0(?:10|2\d|[3-9]\d\d)[- ]?\d{7,8}(?!\d)")

WORDS = st.text(st.characters(blacklist_categories=("N", "Cs")), max_size=20)
MOBILES = st.from_regex(r"\A1[3-9][0-9]{9}\Z")
IDENTITIES = st.from_regex(
    r"\A14[0-9]{4}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9])[0-9]{3}[0-9Xx]\Z"
)
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张强", "张*"),
        ("张大强", "张*强"),
        ("欧阳娜娜", "欧阳*娜"),
        ("欧阳锋", "欧阳*"),
        ("王", "*"),
        ("阿卜杜拉·买买提", "阿***·买**"),
        ("John Smith", "J*** S****"),
        ("王" + "甲" * 39 + "强", "王****强"),
        ("Bartholomew Featherstonehaugh", "B**** F****"),
        ("", ""),
    ],
)
def test_a_name_keeps_its_surname_and_last_character_and_tells_no_length(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("141102198001013018", "1411**********3018"),
        ("14110219800101301X", "1411**********301X"),
        ("141102800101301", "1411*******1301"),
        ("E12345678", "E******78"),
        ("123", "***"),
    ],
)
def test_an_identity_number_keeps_both_ends(number: str, masked: str) -> None:
    assert mask_id_number(number) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13900006025", "139****6025"),
        ("+86 139 0000 6025", "+86 139 **** 6025"),
        ("１３９００００６０２５", "１３９****６０２５"),
        ("0358-8222345", "0358-*****45"),
        ("01062345678", "010******78"),
        ("8222345", "*****45"),
        ("110", "***"),
    ],
)
def test_a_telephone_keeps_what_tells_it_from_another(number: str, masked: str) -> None:
    assert mask_phone(number) == masked


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("永宁花园 3号楼 2单元", "永宁花园 *号楼 *单元"),
        ("滨河街道六一街三十二号院A座1201室", "滨河街道六一街*号院*座*室"),
        ("七里滩社区3-2-501", "七里滩社区*"),
        ("五里铺社区", "五里铺社区"),
    ],
)
def test_an_address_keeps_its_words(address: str, masked: str) -> None:
    assert mask_address(address) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("身份证141102198001013018，男", "身份证1411**********3018，男"),
        ("身份证141102 19800101 301x", "身份证1411** ******** 301x"),
        ("１４１１０２１９８００１０１３０１Ｘ", "１４１１**********３０１Ｘ"),
        ("旧证141102800101301。", "旧证1411*******1301。"),
        ("请打13900006025找我", "请打139****6025找我"),
        ("139-0000-6025或139 0000 6025", "139-****-6025或139 **** 6025"),
        ("1 3 9 0 0 0 0 6 0 2 5", "1 3 9 * * * * 6 0 2 5"),
        ("+8613900006025、013900006025", "+86139****6025、0139****6025"),
        ("一三九零零零零六〇二五", "一三九****六〇二五"),
        ("座机（0358）8222345", "座机（0358）*****45"),
        ("0358-8222345-801", "0358-*****45-801"),
        ("+86 358 8222345", "+86 358 *****45"),
        ("联系电话：8222345", "联系电话：*****45"),
        ("卡号6222 0213 0411 2345 678", "卡号6222 **** **** ***5 678"),
        ("卡号6222021304112345678", "卡号6222***********5678"),
        ("写信到zhang.san@example.com吧", "写信到z********@example.com吧"),
        ("微信号：zhang，QQ12345678", "微信号：zhang，QQ******78"),
    ],
)
def test_a_number_inside_a_text_is_masked_and_nothing_else(text: str, masked: str) -> None:
    assert mask_text(text) == masked


def test_names_inside_a_text_are_masked_where_they_stand() -> None:
    text = "张大强 和张 大 强是一人，李四不是，张大是村名。"

    assert mask_text(text, ["张大强", "李四", "王"]) == "张*强 和张 * 强是一人，李*不是，张大是村名。"


@pytest.mark.parametrize(
    "text",
    [
        "2019 2020 2021 2022 四年都没有修。",
        "2020-01-06 12:09:38 在141102001001登记。",
        "欠款1234567.89元，3588222.34亩，打12345热线无人接。",
        "京政发〔2019〕第20号文件第3条",
        "车牌晋J12345，门牌88号",
    ],
)
def test_dates_amounts_and_codes_stay(text: str) -> None:
    assert mask_text(text) == text


@given(
    st.lists(st.one_of(WORDS, MOBILES, IDENTITIES, MOBILES.map(lambda number: number.translate(FULL_WIDTH))))
)
@example(["13900006025", "，", "13900006025"])
def test_no_mobile_and_no_identity_number_remains(parts: list[str]) -> None:
    masked = unicodedata.normalize("NFKC", mask_text("".join(parts)))

    assert not MOBILE.search(masked)
    assert not IDENTITY.search(masked)


@given(st.lists(st.one_of(WORDS, MOBILES, IDENTITIES)))
def test_a_mask_touches_no_other_character(parts: list[str]) -> None:
    text = "".join(parts)

    masked = mask_text(text)

    assert len(masked) == len(text)
    assert all(
        after in (before, "*") and (after == before or before.isascii())
        for before, after in zip(text, masked, strict=True)
    )


@given(st.lists(st.tuples(st.from_regex(r"\A[一-龥，。！（）]{1,12}\Z"), st.integers(0, 9999))))
def test_a_text_without_personal_numbers_is_unchanged(parts: list[tuple[str, int]]) -> None:
    text = "".join(f"{words}{number}" for words, number in parts)

    assert mask_text(text) == text


@pytest.mark.shared
def test_no_number_survives_in_real_letters(shared_data: Path) -> None:
    patterns = (MOBILE, IDENTITY, LANDLINE)
    texts = [text for text in _letters(shared_data) if any(pattern.search(text) for pattern in patterns)][
        :500
    ]
    assert texts, "the letters hold no telephone: the test looks at nothing"

    masked = [unicodedata.normalize("NFKC", mask_text(text)) for text in texts]

    assert [found for text in masked for pattern in patterns for found in pattern.findall(text)] == []


@pytest.mark.shared
def test_ordinary_letters_stay_as_they_are(shared_data: Path) -> None:
    texts = [text for text in _letters(shared_data) if not re.search(r"\d{5}|@|[Qq]{2}", text)]

    changed = [text for text in texts if mask_text(text) != text]

    assert len(texts) > 500
    assert changed == []


def _letters(shared_data: Path) -> list[str]:
    path = shared_data / "petitions/letters-with-units-and-replies.csv"
    with path.open(encoding="utf-8-sig") as file:
        return [text for row in csv.reader(file) for text in row]
