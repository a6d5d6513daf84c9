import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """What was a word alone becomes a paper with a reason, answered by a day; what was urged before stays as it is."""

    dependencies = [
        ("assignments", "0001_initial"),
        ("cases", "0027_lift_to_the_next_tier"),
        ("documents", "0005_papers_of_supervision"),
    ]

    operations = [
        migrations.RenameModel("Reminder", "Urging"),
        migrations.RenameField("Urging", "words", "reason"),
        migrations.RemoveConstraint("Urging", "reminder_once_a_day"),
        migrations.AlterField(
            model_name="urging",
            name="handling",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="urgings", to="cases.handling"
            ),
        ),
        migrations.AlterField(
            model_name="urging",
            name="reason",
            field=models.CharField(blank=True, max_length=500, verbose_name="reason"),
        ),
        migrations.AddField(
            model_name="urging",
            name="assignment",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="urging",
                to="assignments.assignment",
            ),
        ),
        migrations.AddField(
            model_name="urging",
            name="document",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="urging",
                to="documents.document",
            ),
        ),
        migrations.AddConstraint(
            model_name="urging",
            constraint=models.UniqueConstraint(fields=("handling", "made_on"), name="urging_once_a_day"),
        ),
        migrations.AddConstraint(
            model_name="urging",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("assignment", None), ("document", None)),
                    models.Q(
                        ("assignment__isnull", False),
                        ("document__isnull", False),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="urging_asks_on_paper_and_says_why",
            ),
        ),
    ]
