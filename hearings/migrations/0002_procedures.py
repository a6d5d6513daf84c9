"""The procedures that are known, with the days they hold (hearing.md §2–§4); a place enters and ends its own."""

from datetime import date
from typing import Any

from django.db import migrations

_PROCEDURES: tuple[dict[str, Any], ...] = (
    {
        "code": "SD-2006",
        "name": "山东省信访听证程序（2006）",
        "province": "37",
        "applicants": ["petitioner", "organ"],
        "notice_days": 10,
        "notice_unit": "working",
        "least_panel": 5,
        "source": "山东省 2006 年信访听证规定",
        "valid_from": date(2006, 1, 1),
    },
    {
        "code": "SX-2021",
        "name": "山西省信访事项复查复核听证办法（2021—2025）",
        "province": "14",
        "applicants": ["petitioner", "organ"],
        "least_panel": 3,
        "source": "山西省 2020 年印发，2021 年 1 月 1 日起施行，有效期五年",
        "valid_from": date(2021, 1, 1),
        "valid_to": date(2025, 12, 31),
    },
    {
        "code": "DISTRICT",
        "name": "本区信访听证程序",
        "applicants": ["petitioner", "organ"],
        "decide_days": 7,
        "notice_days": 7,
        "least_panel": 5,
        "serve_announced_days": 10,
        "serve_days": 20,
        "source": "《信访工作条例》第三十一条第六项；各地未作规定时适用",
        "valid_from": date(2022, 5, 1),
    },
)
_SAME = {"most_representatives": 5, "most_agents": 2, "is_public": True}


def enter_procedures(apps: Any, _editor: Any) -> None:
    rows = apps.get_model("hearings", "ProcedureSet")
    rows.objects.bulk_create([rows(**_SAME, **procedure) for procedure in _PROCEDURES])


class Migration(migrations.Migration):
    dependencies = [("hearings", "0001_initial")]

    operations = [migrations.RunPython(enter_procedures, migrations.RunPython.noop)]
