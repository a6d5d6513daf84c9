import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_addresses_for_calendars"),
        ("leadership", "0010_measures_name_their_meeting"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="fieldtrip",
            name="field_trip_facts_stay",
        ),
        migrations.RemoveConstraint(
            model_name="fieldtrip",
            name="field_trip_says_where",
        ),
        migrations.AddField(
            model_name="fieldtrip",
            name="outsider",
            field=models.CharField(blank=True, max_length=80, verbose_name="name and office"),
        ),
        migrations.AlterField(
            model_name="fieldtrip",
            name="post",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="field_trips",
                to="accounts.post",
            ),
        ),
        migrations.AlterField(
            model_name="fieldtrip",
            name="result",
            field=models.CharField(blank=True, max_length=1000, verbose_name="result"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fieldtrip",
            trigger=pgtrigger.compiler.Trigger(
                name="field_trip_facts_stay",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."post_id" IS DISTINCT FROM (NEW."post_id") OR OLD."outsider" IS DISTINCT FROM (NEW."outsider") OR OLD."went_on" IS DISTINCT FROM (NEW."went_on") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."companions" IS DISTINCT FROM (NEW."companions") OR OLD."result" IS DISTINCT FROM (NEW."result") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."noted_at" IS DISTINCT FROM (NEW."noted_at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="3f203616e64157e987d66ae63fdebe1df62417f7",
                    operation="UPDATE",
                    pgid="pgtrigger_field_trip_facts_stay_89b3f",
                    table="leadership_fieldtrip",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="fieldtrip",
            constraint=models.CheckConstraint(
                condition=models.Q(("place", ""), _negated=True), name="field_trip_says_where"
            ),
        ),
        migrations.AddConstraint(
            model_name="fieldtrip",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("post", None), models.Q(("outsider", ""), _negated=True)),
                    models.Q(("outsider", ""), ("post__isnull", False)),
                    _connector="OR",
                ),
                name="field_trip_post_or_outsider",
            ),
        ),
    ]
