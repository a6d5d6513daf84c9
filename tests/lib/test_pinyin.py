"""Pinyin keys of places and of people's names."""

import pytest

from lib.pinyin import name_key, pinyin_initials, pinyin_key


@pytest.mark.parametrize(
    ("text", "key", "initials"),
    [
        ("东关社区", "dong guan she qu", "dgsq"),
        ("吕梁", "lv liang", "ll"),
        ("卧牛墕", "wo niu yan", "wny"),
        ("长治", "chang zhi", "cz"),
        ("Ａ座3号", "a zuo 3 hao", "az3h"),
        ("", "", ""),
    ],
)
def test_a_place_is_found_by_its_syllables(text: str, key: str, initials: str) -> None:
    assert (pinyin_key(text), pinyin_initials(text)) == (key, initials)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("单雄信", "shan xiong xin"),
        ("仇英", "qiu ying"),
        ("解珍", "xie zhen"),
        ("盖聂", "ge nie"),
        ("区寄", "ou ji"),
        ("查干", "zha gan"),
        ("朴仁", "piao ren"),
        ("曾巩", "zeng gong"),
        ("任安", "ren an"),
        ("尉迟恭", "yu chi gong"),
        ("万俟卨", "mo qi xie"),
        ("欧阳娜娜", "ou yang na na"),
        ("张强", "zhang qiang"),
    ],
)
def test_a_surname_is_read_as_a_surname(name: str, key: str) -> None:
    assert name_key(name) == key
