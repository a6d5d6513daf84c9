"""Telling whether a text speaks of somebody or of a door, and leaving places alone."""

import pytest

from lib.naming import speaks_of_somebody, tells_a_door


@pytest.mark.parametrize(
    "text", ["王大爷", "住户张某", "欧阳女士", "高老师家", "姓李的", "姓名：刘桂香", "名叫王强"]
)
def test_who_is_addressed_or_called_is_somebody(text):
    assert speaks_of_somebody(text)


@pytest.mark.parametrize(
    "text", ["老师办公室", "物业师傅", "某小区", "先生产后生活", "叫停施工", "姓名栏空着"]
)
def test_words_that_only_look_like_it_are_nobody(text):
    assert not speaks_of_somebody(text)


@pytest.mark.parametrize(
    ("text", "door"),
    [
        ("2单元301", True),
        ("３０１室", True),
        ("12 住户", True),
        ("二单元", False),
        ("3号楼", False),
        ("2026 年", False),
    ],
)
def test_a_door_is_told_from_a_house(text, door):
    assert tells_a_door(text) is door
