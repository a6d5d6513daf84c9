"""Why this date: every step of the counting as a sentence, in two languages."""

from datetime import date

import pytest
from django.utils import translation

from deadlines.arithmetic import Pause, reckon
from deadlines.words import explain, last_day_words
from tests.deadlines.given import T4, T5, T6, T7, T10, T16, at, the_calendar


def told(term, start, **facts):
    reckoning = reckon(term, at(start), the_calendar(), **facts)
    return explain([step.as_facts() for step in reckoning.steps])


def test_an_organs_date_says_that_it_does_not_move():
    """T5: deadlines.md §2."""
    assert told(T5, "2026-08-03") == [
        "自 2026年8月3日（周一）起。",
        "起始当日不计算在内。",
        "60 个自然日到 2026年10月2日（周五）为止，周末和节假日照算。",
        "2026年10月2日（周五）是休息日，机关的期限不因此顺延；只有对是否逾期有争议时，才看 2026年10月8日（周四）。",
        "最后一天是 2026年10月2日（周五），到当日 24 时止。",
    ]


def test_a_citizens_date_says_that_it_moves():
    """T7: Civil Code Art 203."""
    with translation.override("en"):
        rolled, last = told(T7, "2026-04-01")[-2:]
    assert rolled.endswith("a citizen's period ends on the next working day, Wednesday, 6 May 2026.")
    assert last == "The last day is Wednesday, 6 May 2026, until midnight."


def test_extension_and_pause_are_told():
    """T5, T10: R-36, Art 36(2)."""
    extended = told(T5, "2026-03-20", extension_days=30)
    paused = told(T10, "2026-06-01", pauses=[Pause(date(2026, 6, 10), date(2026, 6, 25))])

    assert "延长 30 日，到 2026年6月18日（周四）。" in extended
    assert "暂停的 15 日不计入，到 2026年7月16日（周四）为止。" in paused


def test_a_missing_year_is_told_and_the_hidden_day_is_not():
    """T4, T7, Q26."""
    waiting = told(T4, "2026-12-29")
    citizen = told(T7, "2026-12-03")

    assert waiting[-1] == "5 个工作日要算到 2027 年，该年日历尚未录入。"
    assert citizen[-1] == "不早于 2027年1月2日（周六）；2027 年日历尚未录入。"
    assert "1月5日" not in "".join(waiting)


def test_a_last_day_that_is_not_known_says_what_it_waits_for():
    """Q26: the citizen's is "not before …"."""
    open_pause = reckon(T10, at("2026-06-01"), the_calendar(), pauses=[Pause(date(2026, 6, 10), None)])
    shown = [
        last_day_words(one.last_day, [step.as_facts() for step in one.steps])
        for one in (
            reckon(T4, at("2026-12-29"), the_calendar()),
            reckon(T7, at("2026-12-03"), the_calendar()),
            open_pause,
            reckon(T5, at("2026-08-03"), the_calendar()),
        )
    ]

    assert shown == [
        "待 2027 年日历公布",
        "不早于 2027年1月2日（周六）",
        "2026年6月10日（周三）起暂停",
        "2026年10月2日（周五）",
    ]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_way_to_a_date_can_be_told(language):
    """T1 … T19."""
    ways = [
        (T4, "2026-03-10", {}),
        (T6, "2026-03-02", {"set_day": date(2026, 3, 22), "extension_days": 2}),
        (T16, "2026-03-02", {}),
        (T10, "2026-06-01", {"pauses": [Pause(date(2026, 6, 10), None)]}),
    ]
    with translation.override(language):
        sentences = [sentence for term, start, facts in ways for sentence in told(term, start, **facts)]

    assert all("%(" not in sentence for sentence in sentences)
    assert len(sentences) == 4 + 4 + 2 + 4
