"""A list shows what its columns hold, and a person says which division its names of places mean."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0024_name_readers_and_chase_units"),
    ]

    operations = [
        migrations.AddField(
            model_name="importbatch",
            name="examples",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="unknown_places",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="unplaced",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="importsource",
            name="places",
            field=models.JSONField(default=dict),
        ),
    ]
