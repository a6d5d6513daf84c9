"""Cells of other systems as values: dates in every form that was seen, counts, receipts that are no answers."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from lib.tables.cells import Cell, tidy

# 2020/1/6 12:09:38, 2020-01-06T12:09, 2020.1.6, 2020年1月6日 12时9分38秒
_WRITTEN = re.compile(
    r"(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?"
    r"(?:[\sT]*(?P<hour>\d{1,2})\s*[:时点]\s*(?P<minute>\d{1,2})\s*分?"
    r"(?:\s*:?\s*(?P<second>\d{1,2})(?:\.\d+)?\s*秒?)?)?\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?"
)
_TOGETHER = re.compile(
    r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?:(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2}))?"
)
# A day as Excel counts it, where a date lost its format: from 2000 to 2099.
_SERIAL = re.compile(r"(?P<days>3[67]\d{3}|[4-6]\d{4}|7[0-2]\d{3})(?P<part>\.\d+)?")
_EXCEL_BEGINS = datetime(1899, 12, 30)  # noqa: DTZ001 - a wall clock, placed in the office's zone below
_COUNT = re.compile(r"(\d{1,5})\s*(?:人|名|人次)?")
_YES = frozenset({"是", "y", "yes", "true", "1"})


def moment_of(cell: Cell) -> datetime | None:
    """Return a moment in the office's zone, midnight for a day without a time; nothing for what is no date."""
    if isinstance(cell, datetime):
        return cell if timezone.is_aware(cell) else timezone.make_aware(_to_the_second(cell))
    if isinstance(cell, date):
        return timezone.make_aware(datetime.combine(cell, time()))
    text = unicodedata.normalize("NFKC", tidy(cell))
    found = _WRITTEN.fullmatch(text) or _TOGETHER.fullmatch(text)
    if found is not None:
        return _built(found.groupdict())
    serial = _SERIAL.fullmatch(text)
    if serial is None:
        return None
    passed = timedelta(days=int(serial["days"]), seconds=round(86_400 * float(serial["part"] or 0)))
    return timezone.make_aware(_EXCEL_BEGINS + passed)


def _built(parts: dict[str, str | None]) -> datetime | None:
    numbers = {name: int(value or 0) for name, value in parts.items() if name != "zone"}
    try:
        written = datetime(**numbers)  # type: ignore[arg-type]  # noqa: DTZ001 - placed in its zone on the next line
        if zone := parts.get("zone"):
            return datetime.fromisoformat(f"{written.isoformat()}{zone}")
        return written.replace(tzinfo=timezone.get_default_timezone())
    except ValueError:
        return None


def _to_the_second(moment: datetime) -> datetime:
    """Return a moment as it was typed: Excel's fractions of days miss it by some microseconds."""
    return (moment + timedelta(milliseconds=500)).replace(microsecond=0)


def count_of(cell: Cell) -> int | None:
    """Return a number of persons, written `12` or `12人`; nothing for what is none."""
    found = _COUNT.fullmatch(unicodedata.normalize("NFKC", tidy(cell)))
    return int(found[1]) if found else None


_SENTENCES = re.compile(r"[。！!；;，,：:、\s“”\"‘’（）()]+")
_SAYS_NOTHING = re.compile(
    r"(尊敬的)?(网友|网民|市民|群众|来信人|先生|女士|同志|朋友)*[\w*＊]{0,14}(网友|网民|市民|先生|女士|同志)?(您好|你好)?"
    r"|您好|你好|谢谢.{0,12}|感谢.{0,30}|此复|特此(回复|告知)|祝.{0,12}|\d{4}年\d{1,2}月\d{1,2}日|欢迎.{0,20}"
)
_RECEIVED = re.compile(
    r".{0,30}(收悉|已收到|收到了|已受理|已登记)"
    r"|.{0,12}(已|将)?(转|交|转交|转送|转办|交办|交由|转给).{0,24}(办理|处理|答复|反馈|核实|部门|研究|调查)+.{0,10}"
    r"|(我们)?(会|将)?(尽快|认真|及时)?(办理|处理|研究|答复|回复|调查)"
)
# Whoever says one of these says more than that.
_SAYS_MORE = re.compile(
    r"如下|建议|请您|请(?!耐心|继续|留意|关注|勿)|链接|划转|身份证|因|汇报|公布|经(核|查|了解)|已经答复|批示"
)
_LONGEST_RECEIPT = 90


def is_receipt(reply: str) -> bool:
    """Test if a reply says nothing but that the matter was received or passed on (已收悉): that is no answer."""
    text = unicodedata.normalize("NFKC", reply).strip()
    if len(text) > _LONGEST_RECEIPT or _SAYS_MORE.search(text):
        return False
    parts = [part for part in _SENTENCES.split(text) if part]
    received = [part for part in parts if _RECEIVED.fullmatch(part)]
    return bool(received) and all(
        part in received or _SAYS_NOTHING.fullmatch(part) or _is_a_beginning(part) for part in parts
    )


def _is_a_beginning(part: str) -> bool:
    """Test for what a receipt begins with: whose message it was, and where it was left."""
    return bool(
        re.fullmatch(
            r"(您|你)?(在|通过|给|的|对).{0,24}(留言|来信|反映|平台|栏目|问题|建议).{0,4}|《.{1,20}》(的)?留言.{0,4}",
            part,
        )
    )


def is_yes(cell: Cell) -> bool:
    """Test if a cell says yes."""
    return tidy(cell).lower() in _YES
