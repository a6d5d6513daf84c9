"""Whose heads look at a keeping that was drawn (Q13)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_political_legal_organs"),
        ("cases", "0009_word_to_reporters"),
    ]

    operations = [
        migrations.AddField(
            model_name="keepcheck",
            name="looks",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organ"
            ),
        ),
    ]
