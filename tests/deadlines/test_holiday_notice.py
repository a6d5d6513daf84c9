"""The State Council's notice, typed or pasted: what is read, and what is not taken (Q26)."""

from datetime import date, timedelta

import pytest

from deadlines.holiday_notice import Fault, NoticedDay, read_notice
from tests.deadlines.given import NOTICE_2027, the_calendar

NOTICE_2026 = """国务院办公厅关于2026年部分节假日安排的通知
国办发明电〔2025〕7号
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
国务院办公厅
2025年11月4日
"""


def test_a_pasted_notice_gives_every_day_of_the_year():
    """deadlines.md §3: the notice of 2026 and the calendar of others agree on all 365 days."""
    notice = read_notice(NOTICE_2026)

    said = {one.day: one.worked for one in notice.days}
    new_year = date(2026, 1, 1)
    days = [new_year + timedelta(days=number) for number in range(365)]
    assert (notice.year, notice.problems) == (2026, ())
    assert [said.get(day, day.weekday() < 5) for day in days] == [
        the_calendar().is_workday(day) for day in days
    ]


def test_days_in_exchange_are_told_from_the_holiday_itself():
    in_exchange = [one.day for one in read_notice(NOTICE_2026).days if one.in_exchange and not one.worked]

    assert in_exchange == [
        date(2026, 1, 2),
        date(2026, 2, 20),
        date(2026, 2, 23),
        date(2026, 5, 5),
        date(2026, 10, 6),
        date(2026, 10, 7),
    ]


def test_a_notice_may_be_one_line_without_weekdays():
    notice = read_notice("2027年元旦：1月1日至3日放假调休，共3天。清明节：4月5日放假。")

    assert [one.day for one in notice.days] == [*_days(2027, 1, 1, 3), date(2027, 4, 5)]


def test_a_holiday_may_begin_in_the_old_year():
    text = "2019年\n一、元旦：2018年12月30日至2019年1月1日放假调休，共3天。2018年12月29日（星期六）上班。"

    notice = read_notice(text)

    assert notice.problems == ()
    assert [(one.day, one.worked) for one in notice.days] == [
        (date(2018, 12, 29), True),
        (date(2018, 12, 30), False),
        (date(2018, 12, 31), False),
        (date(2019, 1, 1), False),
    ]


def test_two_holidays_may_share_a_line():
    text = (
        "2025年\n六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。"
        "9月28日（周日）、10月11日（周六）上班。"
    )

    notice = read_notice(text)

    assert notice.problems == ()
    assert notice.days[0] == NoticedDay(
        date(2025, 9, 28), worked=True, in_exchange=True, holiday="国庆节、中秋节"
    )
    assert len(notice.days) == 10


WRONG = [
    pytest.param("随便写的话", Fault.NO_SECTION, id="no notice at all"),
    pytest.param("一、元旦：1月1日放假。", Fault.NO_YEAR, id="no year"),
    pytest.param(
        "2026年\n一、元旦：1月1日（周五）放假。", Fault.WRONG_WEEKDAY, id="the notice of another year"
    ),
    pytest.param("2026年\n一、元旦：1月1日至3日放假，共4天。", Fault.WRONG_COUNT, id="wrong number of days"),
    pytest.param("2026年\n五、端午节：6月19日放假2天。", Fault.WRONG_COUNT, id="wrong number before"),
    pytest.param("2026年\n一、元旦：2月30日放假。", Fault.NO_SUCH_DAY, id="30 February"),
    pytest.param("2026年\n一、元旦：1月3日至1日放假。", Fault.BACKWARDS, id="backwards"),
    pytest.param("2026年\n一、元旦：1月1日至12月3日放假。", Fault.BACKWARDS, id="eleven months"),
    pytest.param("2026年\n一、元旦：2024年1月1日放假。", Fault.OTHER_YEAR, id="two years ago"),
    pytest.param("2026年\n一、元旦：1月1日放假，1月4日。", Fault.LEFT_OVER, id="neither free nor worked"),
    pytest.param("2026年\n一、元旦：1月1日不放假。", Fault.LEFT_OVER, id="not free"),
    pytest.param("2026年\n一、元旦：1月1日放假。二、春节：1月1日放假。", Fault.TWICE, id="named twice"),
    pytest.param(
        "2026年\n一、元旦：1月1日放假。1月5日上班。", Fault.NOT_A_WEEKEND, id="a Monday worked in exchange"
    ),
]


@pytest.mark.parametrize(("text", "fault"), WRONG)
def test_a_slip_is_named_and_not_guessed_away(text, fault):
    assert fault in [one.fault for one in read_notice(text).problems]


def test_the_made_up_notice_of_the_other_tests_is_free_of_slips():
    assert read_notice(NOTICE_2027).problems == ()


def _days(year, month, first, last):
    return [date(year, month, day) for day in range(first, last + 1)]
