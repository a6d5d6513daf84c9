"""What was objected to is found by what waits, what a leader has part in by the day it was received."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_addresses_for_calendars"),
        ("cases", "0031_fill_the_state_of_parts"),
        ("documents", "0006_find_what_waits_of_an_organ"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="handling",
            index=models.Index(
                condition=models.Q(("ended_at", None), ("receipt", "objection_pending")),
                fields=["sender"],
                name="handling_objected",
            ),
        ),
        migrations.AddIndex(
            model_name="involvement",
            index=models.Index(
                models.F("post"),
                models.OrderBy(models.F("received_at"), descending=True),
                models.OrderBy(models.F("petition"), descending=True),
                condition=models.Q(("ended_at", None), ("sealed", False)),
                name="involvement_post_by_received",
            ),
        ),
    ]
