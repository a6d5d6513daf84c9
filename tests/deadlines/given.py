"""Calendars, periods and notices a test starts from."""

import csv
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from cases.models import Petition, PetitionClock
from deadlines.arithmetic import Calendar, Roll, Term, Unit
from deadlines.parts import start_clock
from tests.accounts.given import SHANGHAI
from tests.cases.given import a_petition

DATA = Path(__file__).parent / "data"

# The periods as the Regulations have them (deadlines.md §1).
T1 = T2 = T3 = Term(15, Unit.CALENDAR_DAYS)
T4 = Term(5, Unit.WORKING_DAYS)
T5 = Term(60, Unit.CALENDAR_DAYS)
T6 = Term(0, Unit.AS_SET)
T7 = Term(30, Unit.CALENDAR_DAYS, Roll.FORWARD)
T10 = Term(30, Unit.CALENDAR_DAYS)
T16 = Term(2, Unit.HOURS)

# The notice for 2027, as such notices are written; the days are made up, the calendar of 2027 is not known.
NOTICE_2027 = """国务院办公厅关于2027年部分节假日安排的通知
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2027年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：2027年1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（农历除夕、周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月20日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日（周日）、5月8日（周六）上班。
五、端午节：6月9日（周三）放假1天，不调休。
六、中秋节：9月15日（周三）至17日（周五）放假调休，共3天。9月19日（周日）、9月26日（周日）上班。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。10月9日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。
国务院办公厅
2026年11月10日
"""


def at(iso: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    """Return a local moment; a day alone is its morning."""
    moment = datetime.fromisoformat(iso)
    if moment.time() == time.min and "T" not in iso and " " not in iso:
        moment = moment.replace(hour=10)
    return moment.replace(tzinfo=zone)


@cache
def the_calendar() -> Calendar:
    """Return the working days of 2004 to 2026, as the file beside has them."""
    with (DATA / "workdays-2004-2026.csv").open(encoding="utf-8-sig", newline="") as lines:
        days = {
            date.fromisoformat(line["date"]): line["chinesecalendar_1_11_0"] == "1"
            for line in csv.DictReader(lines)
        }
    return Calendar(
        frozenset(day.year for day in days),
        {day: worked for day, worked in days.items() if worked != (day.weekday() < 5)},
    )


def a_clock(
    petition: Petition | None = None, code: str = "T5", day: str = "2026-03-02", **facts: Any
) -> PetitionClock:
    """Start a clock on a petition; it is written down when it starts unless `now` says otherwise."""
    petition = petition or a_petition()
    facts = {"now": at(day), "organ": petition.register_organ, **facts}
    with transaction.atomic():
        return start_clock(
            PetitionClock,
            code,
            started_at=at(day),
            event="accepted",
            petition=petition,
            **facts,
        )
