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


def enter(apps, _editor):
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


class Migration(migrations.Migration):
    dependencies = [("leadership", "0014_meetings")]

    operations = [migrations.RunPython(enter, migrations.RunPython.noop, elidable=False)]
