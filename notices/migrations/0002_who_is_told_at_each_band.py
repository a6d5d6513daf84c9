"""The lines that hold until the district writes its own (deadlines.md §5)."""

from datetime import date

from django.db import migrations

_FROM = date(2022, 5, 1)
_LINES = (
    ("notice", ["officers"], ["mail"]),
    ("warn", ["officers", "heads"], ["mail"]),
    ("urge", ["officers", "heads", "leaders"], ["mail", "robot", "sms"]),
    ("overdue", ["officers", "heads", "leaders", "office"], ["mail", "robot", "sms"]),
)


def write(apps, schema_editor):
    reminder = apps.get_model("notices", "Reminder")
    for band, audience, ways in _LINES:
        reminder.objects.create(code="", band=band, audience=audience, ways=ways, valid_from=_FROM)


class Migration(migrations.Migration):
    replaces = [("notices", "0010_who_is_told_at_each_band")]
    dependencies = [("notices", "0001_initial")]

    operations = [
        migrations.RunPython(write, migrations.RunPython.noop),
    ]
