import csv
import time
from collections import Counter
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest
from openpyxl import load_workbook

from lib.likeness import ALIKE, LEARNT_FROM, Likeness, Ordinary, fingerprint

PAIRS = Path(__file__).parent / "same_matter_pairs.csv"
STATION = ("A2区丽发新城附近修建搅拌站", "丽发新城小区旁新建的搅拌站噪音大、灰尘大，严重影响小区居民的生活。")
AGAIN = (
    "丽发新城小区旁建搅拌站严重扰民",
    "本人是丽发新城小区的居民，最近小区附近新建了一个搅拌站，影响生活。",
)
ELSEWHERE = ("请问A3区居住证去哪里办理", "本人从外地来务工，想办理居住证，请问需要什么材料，去哪里办理？")


def to(one, other, ordinary=None):
    return Likeness(*one, ordinary or Ordinary()).to(*other)


def test_a_text_is_wholly_like_itself_and_not_at_all_like_another_matter():
    assert to(STATION, STATION) == pytest.approx(1)
    assert to(STATION, ELSEWHERE) == 0


def test_two_texts_of_one_matter_are_alike_in_other_words():
    assert to(STATION, AGAIN) > ALIKE


def test_likeness_is_the_same_from_either_side():
    assert to(STATION, AGAIN) == pytest.approx(to(AGAIN, STATION))


def test_a_text_without_a_title_is_told_by_its_opening():
    assert to(("", STATION[1]), ("", STATION[1])) == pytest.approx(1)
    assert to(("", ""), STATION) == 0
    assert to(STATION, ("", "")) == 0


def test_what_every_text_has_counts_for_little():
    noisy = ("某某花园小区物业管理问题", "希望有关部门重视小区物业管理问题")
    other = ("别处新村小区物业管理问题", "希望有关部门重视小区物业管理问题")
    everywhere = Ordinary.of(["希望有关部门重视小区物业管理问题"] * 40)

    assert to(noisy, other, everywhere) < to(noisy, other)


def test_too_few_texts_teach_nothing():
    assert Ordinary.of(["希望有关部门重视"] * 5) == Ordinary()


def test_shared_words_are_the_longest_stretches_both_have_and_none_within_another():
    words = Likeness(*STATION, Ordinary()).shared_words(*AGAIN, most=3)

    assert "丽发新城" in words[0]
    assert "搅拌站" in " ".join(words)
    assert len(words) == 3
    assert not any(one in other for one in words for other in words if one != other)


def test_shared_words_never_touch_a_name():
    mine, other = ("张大强要求办证", "我叫张大强，要求办证"), ("张大强办证", "申请人张大强要求办证")

    words = Likeness(*mine, Ordinary()).shared_words(*other, most=9, hidden=["张大强"])

    assert words
    assert not any(part in word for word in words for part in ("张大", "大强", "强要", "强办"))


@pytest.mark.parametrize("number", ["13800138000", "138 0013 8000", "110101199003070011", "0358-8222 123"])
def test_shared_words_hold_no_number_that_may_be_a_persons(number):
    mine, other = ("要求办证", f"联系电话{number}要求办证"), ("要求办证", f"请打{number}要求办证")

    words = Likeness(*mine, Ordinary()).shared_words(*other, most=9)

    assert words == ["要求办证"]


def test_a_fingerprint_is_of_the_text_to_the_character_whatever_ends_its_lines():
    assert fingerprint("购房多年\r\n未办证") == fingerprint("购房多年\n未办证")
    assert fingerprint("购房多年未办证") != fingerprint("购房三年未办证")
    assert fingerprint("购房多年未办证") != fingerprint("购房多年未办证。")
    assert fingerprint(" \r\n　") == ""


def test_two_thousand_texts_are_compared_in_a_moment():
    texts = [
        (
            f"{chr(0x4E00 + number)}小区{chr(0x5000 + number)}路段反映问题",
            chr(0x4E00 + number) * 3 + "反映问题" * 80,
        )
        for number in range(2000)
    ]
    one = Likeness(*STATION, Ordinary())

    began = time.process_time()
    found = [one.to(*text) for text in texts]

    assert len(found) == 2000
    # well under it on a quiet machine; the tests' own machine may be a slow one
    assert time.process_time() - began < 0.1


@pytest.fixture
def messages(shared_data):
    """Titles and texts of the messages on hot issues, by their number."""
    return read_messages(shared_data / "petitions/messages-hot-issues.xlsx")


@cache
def read_messages(path):
    sheet = load_workbook(path, read_only=True).active
    rows = sheet.iter_rows(values_only=True)
    header = [str(name) for name in next(rows)]
    number, title, text = (header.index(name) for name in ("留言编号", "留言主题", "留言详情"))
    return {
        str(row[number]): (str(row[title] or ""), str(row[text] or ""))
        for row in rows
        if row[number] is not None
    }


def half_of(first, second):
    """The half a pair is in: told by its two numbers alone, so that nobody chose it."""
    return "tuning" if sha256(f"{first}-{second}".encode()).digest()[0] % 2 == 0 else "held back"


def labelled_pairs():
    with PAIRS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_labelled_pairs_are_three_hundred_near_ones_and_two_hundred_random_ones():
    rows = labelled_pairs()

    assert Counter(row["drawn"] for row in rows) == {"near": 300, "random": 200}
    assert len({(row["first"], row["second"]) for row in rows}) == 500
    # where the two readers disagree there is no label
    assert all((row["label"] == "") == (row["reader_1"] != row["reader_2"]) for row in rows)


def precision_and_recall(messages, half):
    newest = sorted(messages, key=int)[-LEARNT_FROM:]
    ordinary = Ordinary.of(" ".join(messages[number]) for number in newest)
    found = Counter()
    sides = Counter()
    for row in labelled_pairs():
        if half_of(row["first"], row["second"]) != half or not row["label"]:
            continue
        likeness = Likeness(*messages[row["first"]], ordinary).to(*messages[row["second"]])
        found[likeness >= ALIKE, row["label"] == "1"] += 1
        sides[row["drawn"], likeness >= ALIKE] += 1
    right = found[True, True]
    return right / (right + found[True, False]), right / (right + found[False, True]), sides


@pytest.mark.shared
@pytest.mark.parametrize("half", ["tuning", "held back"])
def test_near_duplicates_are_found_on_the_half_that_no_threshold_was_chosen_on(messages, half):
    precision, recall, sides = precision_and_recall(messages, half)

    assert precision >= 0.85
    assert recall >= 0.80
    # the near pairs lie on both sides of the threshold
    assert min(sides["near", True], sides["near", False]) >= 40


@pytest.mark.shared
def test_letters_sent_in_bulk_are_grouped_exactly(shared_data):
    path = shared_data / "petitions/letters-with-units-and-replies.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        texts = [row["信件内容"] for row in csv.DictReader(file)]

    by_text = Counter(text for text in texts if text)
    by_fingerprint = Counter(print_ for text in texts if (print_ := fingerprint(text)))

    expected = {fingerprint(text): count for text, count in by_text.items() if count >= 5}
    found = {print_: count for print_, count in by_fingerprint.items() if count >= 5}
    assert (len(found), sum(found.values())) == (26, 318)
    assert found == expected
