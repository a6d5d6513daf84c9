from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_fill_carried_on_by"),
        ("cases", "0006_disputes_reports_and_joins"),
        ("places", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="petition",
            name="petition_superior_number_once",
        ),
        migrations.AddConstraint(
            model_name="petition",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("superior_number", ""), _negated=True),
                    models.Q(("routing", "void"), _negated=True),
                    ("sealed", False),
                ),
                fields=("register_organ", "source", "superior_number"),
                name="petition_superior_number_once",
            ),
        ),
    ]
