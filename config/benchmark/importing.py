"""How fast a list is taken in, from the file to the last committed row, with how much memory, and withdrawn again."""

import csv
import io
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.files.base import File
from django.utils import timezone

from accounts.hats import Hat
from cases.actions.imports import ask_withdrawal, decide_withdrawal, match_list, run_import, upload_list
from cases.imports.work import carry_on
from cases.models import ImportBatch
from cases.states import Channel, Purpose
from config.benchmark.timing import Memory
from lib.tables.writing import write_table

COLUMNS = ("留言编号", "信访人", "联系电话", "留言主题", "留言时间", "留言详情", "一级标签", "属地")
# Some 300 signs a text: the real lists have 250 to 350 (architecture §5 speaks of 500 at most).
_SENTENCE = "小区停水三天，物业与供水公司互相推诿，老人孩子用水困难，请有关部门尽快核实解决并答复。"
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡"
_GIVEN = "建国华军平志明文强海永秀英玉兰桂芳丽红霞春梅小燕晓东新民德福爱琴俊杰振宇子涵欣怡浩然思雨"


@dataclass(frozen=True)
class Measured:
    """One loading as it was measured."""

    rows: int
    trial_seconds: float
    run_seconds: float
    withdrawal_seconds: float
    memory: Memory

    @property
    def rows_a_second(self) -> float:
        return self.rows / self.run_seconds


def measure_import(count: int, *, kind: str, by: Hat, second: Hat, now: datetime) -> Measured:
    """Take in a list of `count` invented rows, as .xlsx or .csv, and time its trial, its run and its withdrawal.

    It is withdrawn again with the word of a second hat: so many open petitions of one day are nobody's office.
    """
    with _list_of(count, kind, now) as file:
        batch = upload_list(f"bench {timezone.now().isoformat()}", file, by=by, now=now)
    _carried(batch)
    match_list(
        batch.pk,
        mapping=batch.mapping,
        channel=Channel.WEB,
        purpose=Purpose.REQUEST,
        category_id=None,
        received_on=None,
        by=by,
        now=now,
    )
    trial = _carried(batch)
    run_import(batch.pk, by=by, now=now)
    with Memory() as memory:
        run = _carried(batch)
    if batch.created != count:
        message = f"{batch.created} of {count} rows came in"
        raise RuntimeError(message)
    ask_withdrawal(batch.pk, reason="测速用的名单", by=by, now=timezone.now())
    decide_withdrawal(batch.pk, confirm=True, by=second, now=timezone.now())
    return Measured(count, trial, run, _carried(batch), memory)


def _carried(batch: ImportBatch) -> float:
    """Do the worker's part to its end. Return the seconds on the wall."""
    begun = time.perf_counter()
    batch.refresh_from_db()
    while batch.is_at_work:
        carry_on(batch.pk, clock=timezone.now)
        batch.refresh_from_db()
    return time.perf_counter() - begun


@contextmanager
def _list_of(count: int, kind: str, now: datetime) -> "Iterator[File[bytes]]":
    """Write an invented list, so that nothing of it stays in memory."""
    with tempfile.TemporaryFile() as out:
        if kind == "xlsx":
            write_table(out, title="台账", rows=_rows(count, now))
        else:
            text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
            csv.writer(text).writerows(_rows(count, now))
            text.detach()
        out.seek(0)
        yield File(out, name=f"台账.{kind}")


def _name(number: int) -> str:
    """Return an invented name; given names come again as they do among people."""
    rest, surname = divmod(number, len(_SURNAMES))
    second, first = divmod(rest, len(_GIVEN))
    return f"{_SURNAMES[surname]}{_GIVEN[first]}{_GIVEN[second % len(_GIVEN)]}"


def _rows(count: int, now: datetime) -> Iterator[tuple[str, ...]]:
    yield COLUMNS
    for number in range(count):
        received_at = timezone.localtime(now - timedelta(minutes=number % 40_000))
        yield (
            str(number),
            _name(number),
            f"138{number:08}",
            f"第 {number} 件：小区停水",
            f"{received_at:%Y/%m/%d %H:%M:%S}",
            f"\n\t第 {number} 件。{_SENTENCE * 7}",
            "城乡建设",
            "离石区",
        )
