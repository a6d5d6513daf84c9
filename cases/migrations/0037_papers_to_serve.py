import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

# what the columns copy
FILL = """
UPDATE cases_petitiondocument AS paper
SET organ_id = document.organ_id, routing = petition.routing,
    to_petitioners = document.kind IN ('d05', 'd06', 'd07', 'd08', 'd11', 'd15', 'notice')
FROM documents_document AS document, cases_petition AS petition
WHERE document.id = paper.document_id AND petition.id = paper.petition_id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_addresses_for_calendars"),
        ("cases", "0036_sponsors_have_part"),
        ("documents", "0007_monthly_bulletin"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="petition",
            name="petition_parts_follow",
        ),
        migrations.AddField(
            model_name="petitiondocument",
            name="to_petitioners",
            field=models.BooleanField(null=True),
        ),
        migrations.AddField(
            model_name="petitiondocument",
            name="organ",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organ",
            ),
        ),
        migrations.AddField(
            model_name="petitiondocument",
            name="routing",
            field=models.CharField(
                choices=[
                    ("registered", "Registered, to be routed"),
                    ("routed", "Being handled"),
                    ("finished", "Finished"),
                    ("ended", "Ended otherwise"),
                    ("void", "Void"),
                ],
                max_length=20,
                null=True,
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="petitiondocument",
            name="organ",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organ",
            ),
        ),
        migrations.AlterField(
            model_name="petitiondocument",
            name="to_petitioners",
            field=models.BooleanField(),
        ),
        migrations.AlterField(
            model_name="petitiondocument",
            name="routing",
            field=models.CharField(
                choices=[
                    ("registered", "Registered, to be routed"),
                    ("routed", "Being handled"),
                    ("finished", "Finished"),
                    ("ended", "Ended otherwise"),
                    ("void", "Void"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddIndex(
            model_name="petitiondocument",
            index=models.Index(
                condition=models.Q(("routing__in", ["registered", "routed"]), ("to_petitioners", True)),
                fields=["organ"],
                include=("petition", "document"),
                name="petition_document_to_serve",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="petition",
            trigger=pgtrigger.compiler.Trigger(
                name="petition_parts_follow",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    UPDATE cases_involvement AS part\n                    SET routing = moved.routing, sealed = part.sealed OR moved.sealed\n                    FROM new_values AS moved JOIN old_values AS before USING (id)\n                    WHERE part.petition_id = moved.id\n                      AND (moved.routing <> before.routing OR moved.sealed AND NOT before.sealed);\n                    UPDATE cases_petitiondocument AS paper\n                    SET routing = moved.routing\n                    FROM new_values AS moved JOIN old_values AS before USING (id)\n                    WHERE paper.petition_id = moved.id AND moved.routing <> before.routing;\n                    RETURN NULL;\n                ",
                    hash="686ba3ef6ec991474ee6b1efed44d534327c6b34",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_petition_parts_follow_ed8d7",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="cases_petition",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="petitiondocument",
            constraint=models.CheckConstraint(
                condition=models.Q(("routing__in", ["registered", "routed", "finished", "ended", "void"])),
                name="petition_document_routing_known",
            ),
        ),
    ]
