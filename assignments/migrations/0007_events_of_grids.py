import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_addresses_for_calendars"),
        ("assignments", "0006_given_to_stations"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="seat",
            name="version_is_followed_not_changed",
        ),
        migrations.RemoveConstraint(
            model_name="assignment",
            name="assignment_kind_known",
        ),
        migrations.RemoveConstraint(
            model_name="escalationrule",
            name="escalation_trigger_known",
        ),
        migrations.AddField(
            model_name="seat",
            name="by_place",
            field=models.BooleanField(default=False, verbose_name="the organ of the place first"),
        ),
        migrations.AlterField(
            model_name="assignment",
            name="kind",
            field=models.CharField(
                choices=[
                    ("urge", "Urging (催办)"),
                    ("supervision", "Supervision order (督办)"),
                    ("listed", "Listed supervision (挂牌督办)"),
                    ("rectification", "Order to rectify within a time (限期整改)"),
                    ("interview", "Interview (约谈)"),
                    ("circular", "Circular (通报)"),
                    ("improve_work", "Recommendation to improve work"),
                    ("complete_policy", "Recommendation to complete a policy"),
                    ("pursue_liability", "Recommendation to pursue liability"),
                    ("lifted", "A matter lifted to your tier"),
                    ("instruction", "Leader's instruction"),
                    ("decision", "Decision of a meeting"),
                    ("list_item", "Item of a list to strike off (销号)"),
                    ("station", "A petition given to a station"),
                    ("event", "Event of a grid"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="assignmentversion",
            name="kind",
            field=models.CharField(
                choices=[
                    ("urge", "Urging (催办)"),
                    ("supervision", "Supervision order (督办)"),
                    ("listed", "Listed supervision (挂牌督办)"),
                    ("rectification", "Order to rectify within a time (限期整改)"),
                    ("interview", "Interview (约谈)"),
                    ("circular", "Circular (通报)"),
                    ("improve_work", "Recommendation to improve work"),
                    ("complete_policy", "Recommendation to complete a policy"),
                    ("pursue_liability", "Recommendation to pursue liability"),
                    ("lifted", "A matter lifted to your tier"),
                    ("instruction", "Leader's instruction"),
                    ("decision", "Decision of a meeting"),
                    ("list_item", "Item of a list to strike off (销号)"),
                    ("station", "A petition given to a station"),
                    ("event", "Event of a grid"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="escalationrule",
            name="trigger",
            field=models.CharField(
                choices=[
                    ("overdue_acceptance", "Acceptance overdue"),
                    ("overdue_answer", "Answer overdue"),
                    ("not_signed", "Nobody signed for it"),
                    ("returned_twice", "Returned twice"),
                    ("no_progress", "No progress"),
                    ("not_executed", "Opinion not carried out"),
                    ("repeat_after_overdue", "Raised again after an overdue first time"),
                    ("unanswered", "The tier above did not answer either"),
                    ("item_stuck", "An item of a list does not move"),
                    ("event_overdue", "An event of a grid is overdue"),
                ],
                max_length=30,
                verbose_name="when",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="seat",
            trigger=pgtrigger.compiler.Trigger(
                name="version_is_followed_not_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from") OR OLD."tier" IS DISTINCT FROM (NEW."tier") OR OLD."organ_id" IS DISTINCT FROM (NEW."organ_id") OR OLD."titles" IS DISTINCT FROM (NEW."titles") OR OLD."by_portfolio" IS DISTINCT FROM (NEW."by_portfolio") OR OLD."asks_all" IS DISTINCT FROM (NEW."asks_all") OR OLD."by_place" IS DISTINCT FROM (NEW."by_place") OR OLD."fallback_id" IS DISTINCT FROM (NEW."fallback_id") OR OLD."answer_days" IS DISTINCT FROM (NEW."answer_days") OR OLD."span" IS DISTINCT FROM (NEW."span"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="30c5036c0534085e4341cecaa9950e7db96817ca",
                    operation="UPDATE",
                    pgid="pgtrigger_version_is_followed_not_changed_8fa9c",
                    table="assignments_seat",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "urge",
                            "supervision",
                            "listed",
                            "rectification",
                            "interview",
                            "circular",
                            "improve_work",
                            "complete_policy",
                            "pursue_liability",
                            "lifted",
                            "instruction",
                            "decision",
                            "list_item",
                            "station",
                            "event",
                        ],
                    )
                ),
                name="assignment_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="escalationrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "trigger__in",
                        [
                            "overdue_acceptance",
                            "overdue_answer",
                            "not_signed",
                            "returned_twice",
                            "no_progress",
                            "not_executed",
                            "repeat_after_overdue",
                            "unanswered",
                            "item_stuck",
                            "event_overdue",
                        ],
                    )
                ),
                name="escalation_trigger_known",
            ),
        ),
    ]
