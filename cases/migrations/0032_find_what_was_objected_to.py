"""What an organ has to decide, approve, issue or serve is found by what waits, not by what there ever was."""

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
    ]
