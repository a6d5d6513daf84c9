"""Texts are told apart by the weights of their n-grams, and the words that led there can be read."""

import random
import time
from array import array
from math import log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.text_classes import Weights, grams, plain, readable, spelled

TEXTS = st.text(st.characters(exclude_characters="\x00"), max_size=40)


def a_model(weights: dict[str, dict[str, float]], labels: tuple[str, ...] = ("地", "工")) -> Weights:
    """Make a model in which every n-gram named is equally rare."""
    known = sorted((grams(gram)[-1], of_labels) for gram, of_labels in weights.items())
    flat = [
        (labels.index(label), weight) for _gram, of_labels in known for label, weight in of_labels.items()
    ]
    ends = [sum(len(of_labels) for _gram, of_labels in known[:place]) for place in range(len(known) + 1)]
    return Weights(
        labels=labels,
        grams=array("Q", [gram for gram, _of_labels in known]),
        rarity=array("f", [1.0] * len(known)),
        begins=array("I", ends),
        class_of=array("H", [place for place, _weight in flat]),
        weights=array("f", [weight for _place, weight in flat]),
        biases=array("f", [0.0] * len(labels)),
    )


MODEL = a_model({"征地": {"地": 2.0, "工": -1.0}, "补偿": {"地": 1.0}, "工资": {"工": 3.0}})


@given(TEXTS)
def test_every_gram_of_one_to_three_signs_is_one_number_and_can_be_spelled_again(text):
    spelt = [text[at : at + size] for size in (1, 2, 3) for at in range(len(text) - size + 1)]

    assert [spelled(gram) for gram in grams(text)] == spelt
    assert len(set(grams(text))) == len(set(spelt))


def test_white_space_and_capitals_make_no_other_text():
    assert plain(" 征　地\r\nAB\u00a0款") == plain("征地ab款") == "征地ab款"


def test_a_score_is_the_sum_of_weights_on_a_text_of_length_one():
    for_land, for_work = MODEL.scores("征地，征 地，补偿")

    twice, once = 1 + log(2), 1.0
    length = sqrt(twice**2 + once**2)
    assert for_land == pytest.approx((twice * 2.0 + once * 1.0) / length)
    assert for_work == pytest.approx(-twice / length)


def test_the_best_class_comes_first_with_the_words_that_speak_for_it():
    best = MODEL.best("欠工资，欠工资，又说征地补偿", 2, among=("地", "工"))

    assert [(one.label, list(one.words)) for one in best] == [("工", ["工资"]), ("地", ["征地", "补偿"])]


def test_only_classes_that_were_asked_for_are_given():
    assert [one.label for one in MODEL.best("工资", 3, among=("地",))] == ["地"]


def test_a_text_without_a_known_gram_scores_as_nothing_at_all():
    assert MODEL.scores("？") == MODEL.scores("") == [0.0, 0.0]


def test_what_is_kept_as_bytes_scores_alike_and_the_same_model_gives_the_same_bytes():
    again = Weights.from_bytes(MODEL.to_bytes())

    assert again.best("征地补偿工资", 2, among=again.labels) == MODEL.best(
        "征地补偿工资", 2, among=MODEL.labels
    )
    assert again.to_bytes() == MODEL.to_bytes()


@pytest.mark.parametrize(
    ("text", "speaking", "words"),
    [
        ("要补偿款", [(3, "补偿"), (2, "偿款")], ["补偿款"]),
        ("工资和社保", [(3, "工资"), (2, "社保")], ["工资", "社保"]),
        ("我的房子漏水了", [(3, "的房子"), (2, "水了"), (1, "漏水")], ["房子", "漏水"]),
        ("在2019年", [(3, "201"), (2, "9年")], []),
        ("楼", [(3, "楼")], []),
    ],
    ids=["overlapping", "apart", "particles at the edge", "numbers", "one sign"],
)
def test_grams_are_shown_as_words(text, speaking, words):
    assert sorted(readable(text, speaking)) == sorted(words)


def test_a_word_stays_one_however_long_the_chain_of_its_grams():
    text = "一二三四五六七八九十甲乙"

    words = readable(text, [(1.0, text[at : at + 2]) for at in range(len(text) - 1)])

    assert words and max(map(len, words)) <= 6


@pytest.mark.wide
def test_2000_signs_are_scored_in_20_ms_among_a_hundred_classes():
    chance = random.Random(1)
    signs = [chr(0x4E00 + place) for place in range(1500)]
    text = "".join(chance.choices(signs, k=2000))
    # as many of its n-grams are known as of a real text
    own = sorted(set(grams(text)))
    known = sorted({*chance.sample(own, 2000), *grams("".join(chance.choices(signs, k=20_000)))})
    labels = tuple(str(place) for place in range(100))
    classes = [sorted(chance.sample(range(100), 4)) for _gram in known]
    model = Weights(
        labels,
        array("Q", known),
        array("f", [2.0] * len(known)),
        array("I", range(0, 4 * len(known) + 1, 4)),
        array("H", [place for four in classes for place in four]),
        array("f", [chance.uniform(-1, 1) for _weight in range(4 * len(known))]),
        array("f", [0.0] * 100),
    )

    assert min(_seconds(model, text) for _time in range(10)) <= 0.020


def _seconds(model: Weights, text: str) -> float:
    """Return the processor's own time, which others on the same machine do not lengthen."""
    began = time.process_time()
    model.best(text, 3, among=model.labels)
    return time.process_time() - began
