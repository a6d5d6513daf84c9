from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0034_fill_since_when_a_handling_is_quiet")]

    operations = [
        migrations.AddIndex(
            model_name="handling",
            index=models.Index(
                condition=models.Q(("ended_at", None), ("state", "investigating")),
                fields=["quiet_since_at"],
                name="handling_quiet_since",
            ),
        ),
        migrations.AddConstraint(
            model_name="handling",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "investigating"), _negated=True),
                    ("quiet_since_at__isnull", False),
                    _connector="OR",
                ),
                name="handling_quiet_since_accepted",
            ),
        ),
    ]
