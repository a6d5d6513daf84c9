"""A part knows the state of its petition, so that what is under way of a unit is walked by an index of its own."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_addresses_for_calendars"),
        ("cases", "0029_write_history_once_for_each_statement"),
        ("places", "0002_long_names"),
    ]

    operations = [
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
            model_name="petition",
            index=models.Index(fields=["id"], include=("sealed", "routing"), name="petition_lane_and_state"),
        ),
        migrations.AddIndex(
            model_name="petition",
            index=models.Index(
                condition=models.Q(("sealed", False)), fields=["registered_at"], name="petition_by_registered"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="petition",
            trigger=pgtrigger.compiler.Trigger(
                name="petition_parts_follow_routing",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    UPDATE cases_involvement SET routing = moved.routing\n                    FROM new_values AS moved JOIN old_values AS before USING (id)\n                    WHERE cases_involvement.petition_id = moved.id AND moved.routing <> before.routing;\n                    RETURN NULL;\n                ",
                    hash="056d9519e9ffd3331d65d91a5c5f3dae33b15bec",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_petition_parts_follow_routing_b4322",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="cases_petition",
                    when="AFTER",
                ),
            ),
        ),
    ]
