"""A part knows the state of its petition, and what waits is found by indexes of what waits."""

import django.contrib.postgres.indexes
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_addresses_for_calendars"),
        ("cases", "0029_write_history_once_for_each_statement"),
        ("documents", "0006_find_what_waits_of_an_organ"),
        ("places", "0002_long_names"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="involvement",
            name="involvement_organ_by_due",
        ),
        migrations.RemoveIndex(
            model_name="involvement",
            name="involvement_post_by_due",
        ),
        migrations.AddField(
            model_name="involvement",
            name="routing",
            field=models.CharField(
                choices=[
                    ("registered", "Registered, to be routed"),
                    ("routed", "Being handled"),
                    ("finished", "Finished"),
                    ("ended", "Ended otherwise"),
                    ("void", "Void"),
                ],
                default="",
                max_length=20,
            ),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                condition=models.Q(("route", None)), fields=["petition"], name="claim_without_a_way"
            ),
        ),
        migrations.AddIndex(
            model_name="handling",
            index=models.Index(
                condition=models.Q(("ended_at", None), ("receipt", "objection_pending")),
                fields=["sender"],
                name="handling_objected",
            ),
        ),
        migrations.AddIndex(
            model_name="involvement",
            index=models.Index(
                condition=models.Q(("ended_at", None), ("sealed", False)),
                fields=["organ", "next_due_at", "petition"],
                include=("routing",),
                name="involvement_organ_by_due",
            ),
        ),
        migrations.AddIndex(
            model_name="involvement",
            index=models.Index(
                condition=models.Q(
                    ("ended_at", None), ("routing__in", ["registered", "routed"]), ("sealed", False)
                ),
                fields=["organ", "next_due_at", "petition"],
                name="involvement_organ_open",
            ),
        ),
        migrations.AddIndex(
            model_name="involvement",
            index=models.Index(
                condition=models.Q(
                    ("ended_at", None), ("routing__in", ["registered", "routed"]), ("sealed", False)
                ),
                fields=["post", "next_due_at", "petition"],
                name="involvement_post_open",
            ),
        ),
        migrations.AddIndex(
            model_name="involvement",
            index=models.Index(
                condition=models.Q(("ended_at", None), ("sealed", False)),
                fields=["post", "next_due_at", "petition"],
                include=("routing",),
                name="involvement_post_by_due",
            ),
        ),
        migrations.AddIndex(
            model_name="involvement",
            index=models.Index(
                models.F("post"),
                models.OrderBy(models.F("received_at"), descending=True),
                models.OrderBy(models.F("petition"), descending=True),
                condition=models.Q(("ended_at", None), ("sealed", False)),
                name="involvement_post_by_received",
            ),
        ),
        migrations.AddIndex(
            model_name="petition",
            index=models.Index(
                models.F("next_due_at"),
                models.F("id"),
                condition=models.Q(("sealed", False)),
                name="petition_by_due",
            ),
        ),
        migrations.AddIndex(
            model_name="petition",
            index=models.Index(fields=["id"], include=("sealed", "routing"), name="petition_lane_and_state"),
        ),
        migrations.AddIndex(
            model_name="petition",
            index=models.Index(
                condition=models.Q(("sealed", False)), fields=["registered_at"], name="petition_by_registered"
            ),
        ),
        migrations.AddIndex(
            model_name="petition",
            index=models.Index(
                django.contrib.postgres.indexes.OpClass("place_path", name="text_pattern_ops"),
                condition=models.Q(("routing", "registered"), ("sealed", False)),
                include=("id",),
                name="petition_registered_by_place",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="petition",
            trigger=pgtrigger.compiler.Trigger(
                name="petition_parts_follow",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    UPDATE cases_involvement AS part\n                    SET routing = moved.routing, sealed = part.sealed OR moved.sealed\n                    FROM new_values AS moved JOIN old_values AS before USING (id)\n                    WHERE part.petition_id = moved.id\n                      AND (moved.routing <> before.routing OR moved.sealed AND NOT before.sealed);\n                    RETURN NULL;\n                ",
                    hash="fc56b7126b670688b22564f7dcd50f1cb6bae3aa",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_petition_parts_follow_ed8d7",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="cases_petition",
                    when="AFTER",
                ),
            ),
        ),
    ]
