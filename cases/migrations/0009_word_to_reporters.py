"""The written word to the reporter of where a report went, kept in the sealed lane (Art 23(2); R-20; Q24)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_political_legal_organs"),
        ("cases", "0008_open_petitions_by_place"),
        ("documents", "0002_correct_a_service"),
    ]

    operations = [
        migrations.CreateModel(
            name="SealedWord",
            fields=[
                (
                    "petition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="sealed_word",
                        serialize=False,
                        to="cases.petition",
                    ),
                ),
                ("told_on", models.DateField(verbose_name="told on")),
                ("backdated", models.BooleanField(default=False)),
                ("evidence_note", models.CharField(blank=True, max_length=200, verbose_name="evidence")),
                ("told_at", models.DateTimeField()),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.document"
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("backdated", False),
                            models.Q(("evidence_note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="sealed_word_backdated_has_evidence",
                    )
                ],
            },
        ),
    ]
