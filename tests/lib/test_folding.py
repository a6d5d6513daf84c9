"""Texts that people hold to be the same are compared as the same, and a match is shown where it stands."""

import pytest
from django.db import connection

from lib.folding import fold, fold_all, pairs, places_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("ＫＴＶ噪声１２３", "ktv噪声123", id="full and half width, capitals"),
        pytest.param("不动\n　产权 证", "不动产权证", id="a word broken over lines"),
        pytest.param("「办证」，“办证”", '"办证","办证"', id="corner and curly quotation marks"),
        pytest.param("2013年—2016年", "2013年-2016年", id="dashes"),
        pytest.param("不\u200b动产", "不动产", id="what cannot be seen"),
        pytest.param("①期㎡", "1期m2", id="signs made of others"),
    ],
)
def test_texts_that_are_the_same_to_people_fold_alike(one, other):
    assert fold(one) == fold(other)


def test_signs_outside_the_first_plane_stay():
    assert fold("𬱖和𠮷") == "𬱖和𠮷"


def test_no_match_reaches_over_from_one_text_into_the_next():
    assert "购房办证" not in fold_all(["要求购房", "", "办证"])


def test_a_match_stands_where_it_was_written():
    text = "请办　不动\n产权证，不动产权证"

    assert [text[start:end] for start, end in places_of("不动产", text)] == ["不动\n产", "不动产"]


def test_a_sign_made_of_several_is_marked_whole():
    assert places_of("m2", "面积80㎡。") == [(4, 5)]


def test_nothing_stands_nowhere():
    assert places_of("", "办证") == []


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["永宁花园购房多年未办证", "𬱖𠮷abc不动产", "办", "", "办证\n拆迁"])
def test_the_database_numbers_pairs_as_we_do(words):
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_keys(%s, 24314)", [words])
        (keys,) = cursor.fetchone()

    assert set(keys) == {*pairs(words), -24314}
