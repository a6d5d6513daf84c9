"""What events are about, in the words of the district's papers; each place adds and ends its own."""

from typing import Any

from django.db import migrations

# code, name, ledger, parent (grid.md: types and the three ledgers of seeds-map 65)
_TYPES = (
    ("dispute", "矛盾纠纷", "petition", None),
    ("dispute_neighbour", "邻里纠纷", "petition", "dispute"),
    ("dispute_property", "物业纠纷", "petition", "dispute"),
    ("dispute_family", "婚姻家庭纠纷", "petition", "dispute"),
    ("dispute_labour", "劳资纠纷", "petition", "dispute"),
    ("dispute_land", "土地纠纷", "petition", "dispute"),
    ("dispute_construction", "施工扰民纠纷", "petition", "dispute"),
    ("hazard", "安全隐患", "hazard", None),
    ("hazard_fire", "消防隐患", "hazard", "hazard"),
    ("hazard_gas", "燃气隐患", "hazard", "hazard"),
    ("hazard_flood", "防汛隐患", "hazard", "hazard"),
    ("hazard_structure", "房屋隐患", "hazard", "hazard"),
    ("hazard_road", "道路隐患", "hazard", "hazard"),
    ("livelihood", "民生诉求", "petition", None),
    ("public_order", "治安事件", "order", None),
    ("petition_seed", "群众诉求", "petition", None),
    ("service", "服务需求", "petition", None),
)


def enter_types(apps: Any, _editor: Any) -> None:
    kind = apps.get_model("grids", "EventType")
    made: dict[str, Any] = {}
    for code, name, ledger, parent in _TYPES:
        made[code] = kind.objects.create(code=code, name=name, ledger=ledger, parent=made.get(parent or ""))


class Migration(migrations.Migration):
    replaces = [("grids", "0003_types_of_events")]
    dependencies = [("grids", "0001_initial")]

    operations = [migrations.RunPython(enter_types, migrations.RunPython.noop)]
