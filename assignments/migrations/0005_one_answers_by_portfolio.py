"""Whoever looks after a unit or place answers alone; what told others besides asks that one from now on."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assignments", "0004_ask_each_of_them")]

    operations = [
        migrations.RunSQL(
            "UPDATE assignments_seat SET asks_all = false WHERE by_portfolio", migrations.RunSQL.noop
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="seat",
            trigger=pgtrigger.compiler.Trigger(
                name="version_is_followed_not_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from") OR OLD."tier" IS DISTINCT FROM (NEW."tier") OR OLD."organ_id" IS DISTINCT FROM (NEW."organ_id") OR OLD."titles" IS DISTINCT FROM (NEW."titles") OR OLD."by_portfolio" IS DISTINCT FROM (NEW."by_portfolio") OR OLD."asks_all" IS DISTINCT FROM (NEW."asks_all") OR OLD."fallback_id" IS DISTINCT FROM (NEW."fallback_id") OR OLD."answer_days" IS DISTINCT FROM (NEW."answer_days") OR OLD."span" IS DISTINCT FROM (NEW."span"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="8215af39ad98ebdacb26090aecaa82e73c3f673d",
                    operation="UPDATE",
                    pgid="pgtrigger_version_is_followed_not_changed_8fa9c",
                    table="assignments_seat",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(("asks_all", False), ("by_portfolio", False), _connector="OR"),
                name="seat_by_portfolio_asks_one",
            ),
        ),
    ]
