"""What the district's papers call its meetings and who sits in its teams."""

from typing import Any

from django.db import migrations

# what the district's papers call them (seeds-map 1, 16, 19, 27, 79, 81, 116); each place adds and ends its own
_KINDS = (
    (
        "joint_conference",
        "信访工作联席会议",
        "half_month",
        ["undone", "key", "overdue", "old", "returned", "promise", "dispute", "stuck", "lessons"],
        True,
        False,
    ),
    ("leading_group", "信访工作领导小组会议", "none", ["undone", "key", "overdue", "old"], False, False),
    ("special_topic", "信访工作专题会议", "none", ["undone", "key", "promise"], False, False),
    ("with_the_city", "市区两级会商会", "none", ["undone", "city", "old"], False, True),
    ("weekly_dispatch", "周调度会", "week", ["undone", "overdue", "promise", "stuck"], False, False),
    ("ten_day_consultation", "旬会商", "ten_days", ["undone", "key", "promise"], False, False),
    ("monthly_judgement", "月研判会", "month", ["undone", "old", "returned", "lessons"], False, False),
)


# 一案一专班 and 五包一 (seeds-map 14, 50, 52, 82); each place adds its own
_ROLES = (
    ("leader", "包案领导", True),
    ("commissioner", "信访专员", False),
    ("department", "责任部门", True),
    ("township", "乡镇（街道）干部", True),
    ("community", "村（社区）干部", True),
    ("lawyer", "律师、法律工作者", True),
    ("mediator", "调解员", False),
    ("delegate", "两代表一委员", False),
    ("elder", "“五老”人员", False),
)


def enter_kinds(apps: Any, _editor: Any) -> None:
    kind = apps.get_model("leadership", "MeetingKind")
    kind.objects.bulk_create(
        [
            kind(
                code=code,
                name=name,
                cadence=cadence,
                proposes=proposes,
                is_conference=is_conference,
                with_city=with_city,
            )
            for code, name, cadence, proposes, is_conference, with_city in _KINDS
        ]
    )


def enter_roles(apps: Any, _editor: Any) -> None:
    role = apps.get_model("leadership", "TeamRole")
    role.objects.bulk_create(
        [
            role(code=code, name=name, is_support=is_support, place=place)
            for place, (code, name, is_support) in enumerate(_ROLES, 1)
        ]
    )


class Migration(migrations.Migration):
    replaces = [("leadership", "0005_kinds_roles_and_old_slips")]
    dependencies = [("leadership", "0001_initial")]

    operations = [
        migrations.RunPython(enter_kinds, migrations.RunPython.noop),
        migrations.RunPython(enter_roles, migrations.RunPython.noop),
    ]
