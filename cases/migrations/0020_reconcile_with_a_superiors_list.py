import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import lib.ids


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_political_legal_organs"),
        ("cases", "0019_suggest_categories"),
        ("infra", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Reconciliation",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("self_received", "Received here"),
                            ("transferred_from_superior", "Forwarded from above"),
                            ("assigned_from_superior", "Assigned from above"),
                            ("leader_instruction", "Leader's instruction"),
                            ("hotline_transfer", "Hotline 12345"),
                            ("grid_report", "Report from a grid"),
                            ("joint_conference", "Joint conference"),
                            ("inspection", "Inspection (巡视巡察)"),
                            ("discipline_return", "Returned by a discipline organ"),
                            ("media", "Media"),
                        ],
                        max_length=30,
                        verbose_name="source",
                    ),
                ),
                (
                    "superior_organ",
                    models.CharField(blank=True, max_length=80, verbose_name="superior organ"),
                ),
                ("from_on", models.DateField(verbose_name="from")),
                ("to_on", models.DateField(verbose_name="until")),
                ("uploaded_at", models.DateTimeField()),
                ("list_sha256", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reading", "Being read and compared"),
                            ("compared", "Compared"),
                            ("signed", "Signed"),
                            ("stopped", "Stopped"),
                        ],
                        default="reading",
                        max_length=20,
                    ),
                ),
                (
                    "stopped_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("too_large", "The file is too large. Save it in parts."),
                            (
                                "too_much_inside",
                                "The file holds too much, or things that do not belong in a list.",
                            ),
                            ("macros", "The file holds macros. Save it as .xlsx without them."),
                            ("password", "The file has a password. Save it without one."),
                            (
                                "not_a_list",
                                "The file cannot be read as a list. Taken are .xlsx, .xls, .csv and .jsonl.",
                            ),
                            ("encoding", "The text of the file cannot be read. Save it in UTF-8 or GB18030."),
                            ("long_cell", "A cell does not end: a quotation mark is missing or too much."),
                            ("no_headings", "No line of headings was found."),
                            ("broken_line", "A line of the file breaks off."),
                            (
                                "no_numbers",
                                "No column is headed as the superior's number. Head it “Number” and upload the list again.",
                            ),
                            ("too_many_rows", "The list has too many rows. Take a shorter period."),
                            ("may_no_longer", "Whoever uploaded it may no longer reconcile."),
                            ("thrown_away", "It was thrown away before it was signed."),
                        ],
                        max_length=20,
                    ),
                ),
                ("stopped_at_line", models.PositiveIntegerField(null=True)),
                ("columns", models.JSONField(default=dict)),
                ("theirs", models.PositiveIntegerField(default=0)),
                ("compared_at", models.DateTimeField(null=True)),
                ("signed_at", models.DateTimeField(null=True)),
                ("signed_counts", models.JSONField(null=True)),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reconciliations",
                        to="infra.storedfile",
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reconciliations",
                        to="accounts.organ",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reconciliations",
                        to="accounts.post",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "signer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "uploader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReconciledRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.PositiveIntegerField()),
                ("number", models.CharField(blank=True, max_length=60)),
                ("sent_on", models.DateField(null=True)),
                ("received_on", models.DateField(null=True)),
                ("due_on", models.DateField(null=True)),
                ("is_finished", models.BooleanField(null=True)),
                ("finished_on", models.DateField(null=True)),
                ("unit", models.CharField(blank=True, max_length=120)),
                (
                    "fault",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_number", "“%(column)s” is empty: the row has no number."),
                            ("long_number", "“%(column)s” is longer than a number can be."),
                            (
                                "wrong_date",
                                "“%(column)s” holds no date that can be read, such as 2026-03-02 09:30.",
                            ),
                            (
                                "wrong_state",
                                "“%(column)s” does not say in known words whether it is finished.",
                            ),
                            ("long_unit", "“%(column)s” is longer than the name of a unit can be."),
                        ],
                        max_length=20,
                    ),
                ),
                ("fault_column", models.CharField(blank=True, max_length=60)),
                (
                    "reconciliation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="cases.reconciliation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Difference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("not_here", "Not here"),
                            ("void_here", "Void here"),
                            ("not_there", "Not on the list"),
                            ("differs", "Recorded differently"),
                            ("twice_there", "Twice on the list"),
                            ("twice_here", "Twice here"),
                            ("unreadable", "Row cannot be read"),
                        ],
                        max_length=20,
                    ),
                ),
                ("line", models.PositiveIntegerField(null=True)),
                ("number", models.CharField(blank=True, max_length=60)),
                ("facts", models.JSONField(default=list)),
                ("explanation", models.CharField(blank=True, max_length=300, verbose_name="explanation")),
                ("explained_at", models.DateTimeField(null=True)),
                (
                    "explained_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "explainer",
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="differences",
                        to="cases.petition",
                    ),
                ),
                (
                    "reconciliation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="differences",
                        to="cases.reconciliation",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="reconciliation",
            index=models.Index(
                condition=models.Q(("state", "reading")),
                fields=["uploaded_at"],
                name="reconciliation_to_read",
            ),
        ),
        migrations.AddConstraint(
            model_name="reconciliation",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["reading", "compared", "signed", "stopped"])),
                name="reconciliation_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reconciliation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "stopped_by__in",
                        [
                            "",
                            "too_large",
                            "too_much_inside",
                            "macros",
                            "password",
                            "not_a_list",
                            "encoding",
                            "long_cell",
                            "no_headings",
                            "broken_line",
                            "no_numbers",
                            "too_many_rows",
                            "may_no_longer",
                            "thrown_away",
                        ],
                    )
                ),
                name="reconciliation_stop_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reconciliation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("source__in", ["", "assigned_from_superior", "transferred_from_superior"])
                ),
                name="reconciliation_from_above",
            ),
        ),
        migrations.AddConstraint(
            model_name="reconciliation",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_on__lte", models.F("to_on"))), name="reconciliation_period_runs"
            ),
        ),
        migrations.AddConstraint(
            model_name="reconciliation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("file", None),
                        ("signed_at__isnull", False),
                        ("signed_by__isnull", False),
                        ("signed_counts__isnull", False),
                        ("signer__isnull", False),
                        ("state", "signed"),
                    ),
                    models.Q(
                        models.Q(("state", "signed"), _negated=True),
                        ("signed_at", None),
                        ("signed_by", None),
                        ("signed_counts", None),
                        ("signer", None),
                    ),
                    _connector="OR",
                ),
                name="reconciliation_signed_whole",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reconciliation",
            trigger=pgtrigger.compiler.Trigger(
                name="reconciliation_signed_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"state\" = 'signed')",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="0a544eb353c9a8e16a15c29b0aca9e2101ddf2d2",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_reconciliation_signed_stays_16e2f",
                    table="cases_reconciliation",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="reconciledrow",
            constraint=models.UniqueConstraint(fields=("reconciliation", "line"), name="reconciled_row_once"),
        ),
        migrations.AddConstraint(
            model_name="reconciledrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("fault__in", ["", "no_number", "long_number", "wrong_date", "wrong_state", "long_unit"])
                ),
                name="reconciled_row_fault_known",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reconciledrow",
            trigger=pgtrigger.compiler.Trigger(
                name="reconciled_row_signed_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF EXISTS (\n                SELECT 1 FROM cases_reconciliation\n                WHERE id IN (OLD.reconciliation_id, NEW.reconciliation_id) AND state = 'signed'\n            ) THEN\n                RAISE EXCEPTION 'a signed reconciliation stays as it is';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ",
                    hash="eeb9db96ae0586a392930decc0ca15deffb0943d",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_reconciled_row_signed_stays_346f7",
                    table="cases_reconciledrow",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="difference",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "not_here",
                            "void_here",
                            "not_there",
                            "differs",
                            "twice_there",
                            "twice_here",
                            "unreadable",
                        ],
                    )
                ),
                name="difference_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="difference",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind__in", ["not_there", "twice_here"]), ("line", None), ("petition__isnull", False)
                    ),
                    models.Q(
                        models.Q(("kind__in", ["not_there", "twice_here"]), _negated=True),
                        ("line__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="difference_stands_on_a_side",
            ),
        ),
        migrations.AddConstraint(
            model_name="difference",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("explained_at", None),
                        ("explained_by", None),
                        ("explainer", None),
                        ("explanation", ""),
                    ),
                    models.Q(
                        models.Q(("explanation", ""), _negated=True),
                        ("explained_at__isnull", False),
                        ("explained_by__isnull", False),
                        ("explainer__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="difference_explained_whole",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="difference",
            trigger=pgtrigger.compiler.Trigger(
                name="difference_signed_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF EXISTS (\n                SELECT 1 FROM cases_reconciliation\n                WHERE id IN (OLD.reconciliation_id, NEW.reconciliation_id) AND state = 'signed'\n            ) THEN\n                RAISE EXCEPTION 'a signed reconciliation stays as it is';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ",
                    hash="717b851966cb214bad0b3652221dddfdfee88ace",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_difference_signed_stays_6cc27",
                    table="cases_difference",
                    when="BEFORE",
                ),
            ),
        ),
    ]
