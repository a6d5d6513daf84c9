import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_fill_carried_on_by"),
        ("cases", "0007_superior_number_once_in_the_open_lane"),
        ("places", "0001_initial"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="petition",
            index=models.Index(
                django.contrib.postgres.indexes.OpClass("place_path", name="text_pattern_ops"),
                condition=models.Q(("routing__in", ["registered", "routed"]), ("sealed", False)),
                include=("id", "routing", "next_due_at", "next_amber_at", "is_collective", "source"),
                name="petition_open_by_place",
            ),
        ),
    ]
