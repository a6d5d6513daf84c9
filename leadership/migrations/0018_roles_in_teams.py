from django.db import migrations

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


def enter(apps, _editor):
    role = apps.get_model("leadership", "TeamRole")
    role.objects.bulk_create(
        [
            role(code=code, name=name, is_support=is_support, place=place)
            for place, (code, name, is_support) in enumerate(_ROLES, 1)
        ]
    )


class Migration(migrations.Migration):
    dependencies = [("leadership", "0017_teams")]

    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
