"""What an organ has to decide, approve, issue or serve is found by what waits, not by what there ever was."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_addresses_for_calendars"),
        ("documents", "0005_papers_of_supervision"),
        ("infra", "0002_keep_runs_of_sweeps"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=models.Q(("state__in", ["approved", "draft"])),
                fields=["organ"],
                name="document_not_yet_out",
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=models.Q(
                    ("kind__in", ["d05", "d06", "d07", "d08", "d11", "d15", "notice"]), ("state", "issued")
                ),
                fields=["organ"],
                name="document_to_petitioners",
            ),
        ),
    ]
