import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_fill_carried_on_by"),
        ("cases", "0016_fill_search"),
        ("places", "0002_long_names"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RepeatDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("later", "Decide later"),
                            ("same_matter_pending", "Same matter, still pending"),
                            ("same_matter_concluded", "Same matter, already concluded"),
                            ("same_matter_new_facts", "Same matter, but new facts: a new case"),
                            ("related", "Another matter, related"),
                            ("unrelated", "Unrelated"),
                        ],
                        max_length=30,
                        verbose_name="Decision",
                    ),
                ),
                ("same_person", models.BooleanField(default=False)),
                (
                    "evidence",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("id_number", "Same identity number"),
                                ("phone", "Same telephone"),
                                ("name_and_home", "Same name and address"),
                                ("same_text", "The very same text"),
                                ("alike", "Texts alike"),
                                ("category", "Same category"),
                                ("place", "Same township"),
                            ],
                            max_length=20,
                        ),
                        default=list,
                        size=None,
                    ),
                ),
                ("weight", models.PositiveSmallIntegerField(default=0)),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="Reason")),
                ("by_joining", models.BooleanField(default=False)),
                ("decided_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("end_reason", models.CharField(blank=True, max_length=300)),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "decider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "earlier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="repeated_by",
                        to="cases.petition",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "ender",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="repeat_decisions",
                        to="cases.petition",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None), ("outcome", "later")),
                        fields=["petition"],
                        name="repeat_decision_waiting",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Least("petition", "earlier"),
                        django.db.models.functions.comparison.Greatest("petition", "earlier"),
                        condition=models.Q(("ended_at", None)),
                        name="repeat_decision_one_standing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("petition", models.F("earlier")), _negated=True),
                        name="repeat_decision_on_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "outcome__in",
                                [
                                    "later",
                                    "same_matter_pending",
                                    "same_matter_concluded",
                                    "same_matter_new_facts",
                                    "related",
                                    "unrelated",
                                ],
                            )
                        ),
                        name="repeat_decision_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome", "later"),
                            models.Q(("reason", ""), _negated=True),
                            ("by_joining", True),
                            _connector="OR",
                        ),
                        name="repeat_decision_has_its_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("by_joining", False), ("outcome", "same_matter_pending"), _connector="OR"
                        ),
                        name="repeat_decision_joined_is_pending",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("end_reason", ""), ("ended_at", None), ("ended_by", None), ("ender", None)
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                                ("ender__isnull", False),
                                models.Q(
                                    ("outcome", "later"),
                                    models.Q(("end_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="repeat_decision_reversed_with_reason",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="petitiontext",
            name="text_hash",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddIndex(
            model_name="petition",
            index=models.Index(
                models.F("content_category"),
                models.OrderBy(models.F("received_at"), descending=True),
                django.contrib.postgres.indexes.OpClass("place_path", name="text_pattern_ops"),
                condition=models.Q(("sealed", False)),
                name="petition_same_matter",
            ),
        ),
        migrations.AddIndex(
            model_name="petitioner",
            index=models.Index(
                models.F("name"),
                models.OrderBy(models.F("id"), descending=True),
                name="petitioner_by_whole_name",
            ),
        ),
        migrations.AddIndex(
            model_name="petitiontext",
            index=models.Index(
                condition=models.Q(("text_hash", ""), _negated=True),
                fields=["text_hash"],
                name="petition_text_same",
            ),
        ),
    ]
