"""Whoever approves sends a draft back with a remark; it stays, and is never issued (documents.md §1)."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_political_legal_organs"),
        ("documents", "0003_correct_a_posting"),
        ("infra", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="document",
            name="document_state_known",
        ),
        migrations.AddField(
            model_name="document",
            name="remark",
            field=models.CharField(blank=True, max_length=500, verbose_name="remark"),
        ),
        migrations.AddField(
            model_name="document",
            name="returned_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="document",
            name="returned_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="returned_documents",
                to="accounts.post",
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="returner",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="document",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("approved", "Approved"),
                    ("issued", "Issued"),
                    ("returned", "Sent back for revision"),
                ],
                default="draft",
                max_length=10,
                verbose_name="state",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="document",
            trigger=pgtrigger.compiler.Trigger(
                name="document_returned_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"state\" = 'returned')",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="082cc8b02a4649e93624fe7cdb81c60e8bfea651",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_document_returned_stays_25e06",
                    table="documents_document",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "approved", "issued", "returned"])),
                name="document_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state", "returned"),
                        ("returned_at__isnull", False),
                        ("returned_by__isnull", False),
                        ("returner__isnull", False),
                        models.Q(("remark", ""), _negated=True),
                        ("approved_at", None),
                        ("approved_by", None),
                        ("approver", None),
                        ("dated_on", None),
                        ("file", None),
                        ("issued_at", None),
                        ("issued_by", None),
                        ("issuer", None),
                        ("number", ""),
                    ),
                    models.Q(
                        models.Q(("state", "returned"), _negated=True),
                        ("remark", ""),
                        ("returned_at", None),
                        ("returned_by", None),
                        ("returner", None),
                    ),
                    _connector="OR",
                ),
                name="document_returned_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("returner", None),
                    models.Q(("returner", models.F("drafter")), _negated=True),
                    _connector="OR",
                ),
                name="document_returned_by_another",
            ),
        ),
    ]
