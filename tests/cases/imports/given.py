"""Lists to take in, and the way of one from its upload to its end."""

import csv
import io
import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile, File
from openpyxl import Workbook

from accounts.hats import Hat
from accounts.roles import Role
from cases.actions.imports import match_list, run_import, upload_list
from cases.imports.sweeps import carry_on_imports
from cases.models import ImportBatch, ImportState
from cases.states import Channel, Purpose
from tests.given import MONDAY, a_hat

LATER = MONDAY + timedelta(hours=2)
COLUMNS = ("留言编号", "留言用户", "留言主题", "留言时间", "留言详情")


def a_row(number: object = 1, **cells: Any) -> dict[str, Any]:
    """Make a row as a message board exports it."""
    return {
        "留言编号": number,
        "留言用户": f"张三{number}",
        "留言主题": f"第 {number} 件：小区停水",
        "留言时间": "2026/2/27 9:05:08",
        "留言详情": f"\n\t\t第 {number} 件。小区停水三天，无人处理。\n",
        **cells,
    }


def an_xlsx(*rows: dict[str, Any], above: tuple[str, ...] = ()) -> File:
    """Make a workbook of these rows under their headings, with titles above them."""
    book = Workbook()
    sheet = book.active
    for title in above:
        sheet.append([title])
    columns = list(dict.fromkeys(column for row in rows for column in row))
    sheet.append(columns)
    for row in rows:
        sheet.append([row.get(column) for column in columns])
    out = io.BytesIO()
    book.save(out)
    return ContentFile(out.getvalue(), name="留言.xlsx")


def a_csv(*rows: dict[str, Any], encoding: str = "utf-8-sig") -> File:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns)
    writer.writeheader()
    writer.writerows(rows)
    return ContentFile(out.getvalue().encode(encoding), name="留言.csv")


def a_jsonl(*rows: dict[str, Any]) -> File:
    return ContentFile(
        "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode(), name="留言.jsonl"
    )


def worked(now: datetime = LATER) -> None:
    """Let the worker do what waits."""
    carry_on_imports(clock=lambda: now)


def matched(
    file: File | Path,
    *,
    source: str = "领导留言板",
    by: Hat | None = None,
    now: datetime = LATER,
    received_on: date | None = None,
    mapping: dict[str, str] | None = None,
    **stated: Any,
) -> ImportBatch:
    """Upload a list, confirm its columns as they were found, and try it out."""
    by = by or a_hat(Role.REGISTRAR)
    if isinstance(file, Path):
        with file.open("rb") as opened:
            batch = upload_list(source, File(opened, name=file.name), by=by, now=now)
    else:
        batch = upload_list(source, file, by=by, now=now)
    worked(now)
    batch.refresh_from_db()
    if batch.state != ImportState.TO_MATCH:
        return batch
    facts = {"channel": Channel.WEB, "purpose": Purpose.REQUEST, "category_id": None, **stated}
    chosen = batch.mapping | (mapping or {})
    match_list(batch.pk, mapping=chosen, received_on=received_on, by=by, now=now, **facts)
    worked(now)
    batch.refresh_from_db()
    return batch


def imported(file: File | Path, *, by: Hat | None = None, now: datetime = LATER, **facts: Any) -> ImportBatch:
    """Take a list in, from the upload to its end."""
    by = by or a_hat(Role.REGISTRAR)
    batch = matched(file, by=by, now=now, **facts)
    if batch.state == ImportState.CHECKED:
        run_import(batch.pk, by=by, now=now)
        worked(now)
        batch.refresh_from_db()
    return batch
