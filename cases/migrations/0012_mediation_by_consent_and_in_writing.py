"""A mediation is noted with its consent and result, an agreement with its paper (Art 33; R-35)."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_political_legal_organs"),
        ("cases", "0011_fill_who_looks_at_keepings"),
        ("documents", "0003_correct_a_posting"),
        ("infra", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="progress",
            name="agreement",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="documents.document",
            ),
        ),
        migrations.AddField(
            model_name="progress",
            name="both_consented",
            field=models.BooleanField(default=False, verbose_name="both sides consented"),
        ),
        migrations.AddField(
            model_name="progress",
            name="result",
            field=models.CharField(
                blank=True,
                choices=[
                    ("agreed", "Agreement reached"),
                    ("none_reached", "No agreement reached"),
                    ("broken_off", "Broken off"),
                ],
                max_length=20,
                verbose_name="result",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="progress",
            trigger=pgtrigger.compiler.Trigger(
                name="progress_mediation_has_a_result",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"kind\" = 'mediation' AND NEW.\"result\" = '')",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot insert rows from % table', TG_TABLE_NAME;",
                    hash="534bb8475a0cbce95a4495f3cc5fc9b5dbccccbd",
                    operation="INSERT",
                    pgid="pgtrigger_progress_mediation_has_a_result_54c29",
                    table="cases_progress",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="progress",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("both_consented", False), ("result", "")),
                    models.Q(
                        ("both_consented", True),
                        ("kind", "mediation"),
                        ("result__in", ["agreed", "none_reached", "broken_off"]),
                    ),
                    _connector="OR",
                ),
                name="progress_mediated_by_consent",
            ),
        ),
        migrations.AddConstraint(
            model_name="progress",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agreement__isnull", False), ("result", "agreed")),
                    models.Q(models.Q(("result", "agreed"), _negated=True), ("agreement", None)),
                    _connector="OR",
                ),
                name="progress_agreement_in_writing",
            ),
        ),
    ]
