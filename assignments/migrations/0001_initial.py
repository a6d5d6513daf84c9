import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import lib.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0005_addresses_for_calendars"),
        ("deadlines", "0001_initial"),
        ("infra", "0002_keep_runs_of_sweeps"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="Seat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=30, verbose_name="code")),
                ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("grid", "Grid"),
                            ("community", "Community or village"),
                            ("township", "Township or street"),
                            ("department", "Competent organ"),
                            ("district_leader", "District leader"),
                            ("district_heads", "Secretary and district head"),
                            ("city", "City"),
                        ],
                        max_length=20,
                        verbose_name="tier",
                    ),
                ),
                (
                    "titles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        default=list,
                        size=None,
                        verbose_name="titles, in order",
                    ),
                ),
                ("by_portfolio", models.BooleanField(default=False, verbose_name="by portfolio first")),
                ("answer_days", models.PositiveSmallIntegerField(verbose_name="working days to answer")),
                (
                    "span",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("single_unit", "One unit"),
                            ("cross_sector", "Several sectors"),
                            ("district", "The whole district"),
                            ("city_power", "Power held by the city"),
                        ],
                        max_length=20,
                        verbose_name="span",
                    ),
                ),
                (
                    "fallback",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organ",
                        verbose_name="office that takes it if nobody is there",
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organ",
                        verbose_name="organ of the leaders",
                    ),
                ),
                ("asks_all", models.BooleanField(default=False, verbose_name="asks each of them")),
                ("by_place", models.BooleanField(default=False, verbose_name="the organ of the place first")),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("code", "version"), name="seat_version_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="seat_validity_runs_on",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("code", "="),
                            (
                                models.Func(
                                    "valid_from",
                                    "valid_to",
                                    models.Value("[]"),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="seat_one_version_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "tier__in",
                                [
                                    "grid",
                                    "community",
                                    "township",
                                    "department",
                                    "district_leader",
                                    "district_heads",
                                    "city",
                                ],
                            )
                        ),
                        name="seat_tier_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("span__in", ["", "single_unit", "cross_sector", "district", "city_power"])
                        ),
                        name="seat_span_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answer_days__gte", 1)), name="seat_has_days_to_answer"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("asks_all", False), ("by_portfolio", False), _connector="OR"),
                        name="seat_by_portfolio_asks_one",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="version_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="61b9c7a833bf27a21bdf488c9c9a69ee0adf6773",
                            operation="DELETE",
                            pgid="pgtrigger_version_stays_acd98",
                            table="assignments_seat",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
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
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
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
                            ("commitment", "Promise at a hearing (听证承诺)"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("subject_id", models.CharField(max_length=40)),
                ("act", models.CharField(max_length=1000, verbose_name="required act")),
                ("asked_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "To be signed for"),
                            ("received", "Received"),
                            ("replied", "Replied, to be verified"),
                            ("verified", "Verified"),
                            ("cancelled", "No longer asked"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("received_at", models.DateTimeField(null=True)),
                ("replied_at", models.DateTimeField(null=True)),
                ("reply", models.CharField(blank=True, max_length=2000, verbose_name="reply")),
                ("ended_at", models.DateTimeField(null=True)),
                ("known_at", models.DateTimeField()),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asked_assignments",
                        to="accounts.post",
                    ),
                ),
                (
                    "asking_organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asked_assignments",
                        to="accounts.organ",
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="accounts.organ",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="accounts.post",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)),
                        fields=["organ", "asked_at"],
                        name="assignment_standing_by_organ",
                    ),
                    models.Index(
                        condition=models.Q(("ended_at", None)),
                        fields=["post", "asked_at"],
                        name="assignment_standing_by_post",
                    ),
                    models.Index(fields=["subject_id"], name="assignment_by_subject"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["asked", "received", "replied", "verified", "cancelled"])
                        ),
                        name="assignment_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("organ", None), ("post__isnull", False)),
                            models.Q(("organ__isnull", False), ("post", None)),
                            _connector="OR",
                        ),
                        name="assignment_organ_or_post",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("act", ""), _negated=True), name="assignment_asks_for_an_act"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["asked", "cancelled"]),
                            ("received_at__isnull", False),
                            _connector="OR",
                        ),
                        name="assignment_received_at_a_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["replied", "verified"]), _negated=True),
                            models.Q(("replied_at__isnull", False), models.Q(("reply", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="assignment_replied_with_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", False), ("state__in", ["verified", "cancelled"])),
                            models.Q(
                                models.Q(("state__in", ["verified", "cancelled"]), _negated=True),
                                ("ended_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="assignment_ended_at_a_moment",
                    ),
                    models.CheckConstraint(
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
                                    "commitment",
                                ],
                            )
                        ),
                        name="assignment_kind_known",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "assignments_assignmentversion" ("id", "kind", "known_at", "organ_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "received_at", "replied_at", "state", "subject_id") VALUES (NEW."id", NEW."kind", NEW."known_at", NEW."organ_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."post_id", NEW."received_at", NEW."replied_at", NEW."state", NEW."subject_id"); RETURN NULL;',
                            hash="f5e005a7655ae21352363d122edb518f26155834",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_50a77",
                            table="assignments_assignment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."known_at" IS DISTINCT FROM (NEW."known_at") OR OLD."organ_id" IS DISTINCT FROM (NEW."organ_id") OR OLD."post_id" IS DISTINCT FROM (NEW."post_id") OR OLD."received_at" IS DISTINCT FROM (NEW."received_at") OR OLD."replied_at" IS DISTINCT FROM (NEW."replied_at") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."subject_id" IS DISTINCT FROM (NEW."subject_id"))',
                            func='INSERT INTO "assignments_assignmentversion" ("id", "kind", "known_at", "organ_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "received_at", "replied_at", "state", "subject_id") VALUES (NEW."id", NEW."kind", NEW."known_at", NEW."organ_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."post_id", NEW."received_at", NEW."replied_at", NEW."state", NEW."subject_id"); RETURN NULL;',
                            hash="572209047ee8c9a413eadf337a5dd3c502fda145",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_22493",
                            table="assignments_assignment",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AssignmentClock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=4)),
                ("start_event", models.CharField(max_length=30)),
                ("started_at", models.DateTimeField()),
                ("starts_on", models.DateField()),
                ("set_day", models.DateField(null=True)),
                ("last_day", models.DateField(null=True)),
                ("rolled_day", models.DateField(null=True)),
                ("due_at", models.DateTimeField(null=True)),
                ("extension_days", models.PositiveSmallIntegerField(default=0)),
                ("extensions", models.PositiveSmallIntegerField(default=0)),
                ("presumed", models.BooleanField(default=False)),
                ("met_at", models.DateTimeField(null=True)),
                ("breached_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("waiting_for_year", models.PositiveSmallIntegerField(null=True)),
                ("paused_since", models.DateField(null=True)),
                ("alarm_day", models.DateField()),
                ("notice_at", models.DateTimeField()),
                ("amber_at", models.DateTimeField()),
                ("urge_at", models.DateTimeField()),
                ("next_alarm_at", models.DateTimeField(null=True)),
                ("steps", models.JSONField(default=list)),
                ("known_at", models.DateTimeField()),
                (
                    "assignment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clock",
                        to="assignments.assignment",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="deadlines.rule"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("next_alarm_at__isnull", False)),
                        fields=["next_alarm_at", "id"],
                        name="assignmentclock_open_by_alarm",
                    ),
                    models.Index(
                        condition=models.Q(("cancelled_at", None), ("met_at", None)),
                        fields=["alarm_day"],
                        name="assignmentclock_open_by_day",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_day", None), ("last_day__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="assignmentclock_runs_forward",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("due_at__isnull", False),
                                ("last_day__isnull", False),
                                ("paused_since", None),
                                ("waiting_for_year", None),
                            ),
                            models.Q(
                                ("due_at", None),
                                ("last_day", None),
                                models.Q(("paused_since", None), ("waiting_for_year", None), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="assignmentclock_has_a_day_or_waits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("met_at", None), ("cancelled_at", None), _connector="OR"),
                        name="assignmentclock_met_or_cancelled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("next_alarm_at", None),
                            models.Q(("cancelled_at", None), ("met_at", None)),
                            _connector="OR",
                        ),
                        name="assignmentclock_ended_is_silent",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "assignments_assignmentclockversion" ("alarm_day", "amber_at", "assignment_id", "breached_at", "cancelled_at", "code", "due_at", "extension_days", "extensions", "id", "known_at", "last_day", "met_at", "next_alarm_at", "notice_at", "paused_since", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "presumed", "rolled_day", "rule_id", "set_day", "start_event", "started_at", "starts_on", "steps", "urge_at", "waiting_for_year") VALUES (NEW."alarm_day", NEW."amber_at", NEW."assignment_id", NEW."breached_at", NEW."cancelled_at", NEW."code", NEW."due_at", NEW."extension_days", NEW."extensions", NEW."id", NEW."known_at", NEW."last_day", NEW."met_at", NEW."next_alarm_at", NEW."notice_at", NEW."paused_since", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."presumed", NEW."rolled_day", NEW."rule_id", NEW."set_day", NEW."start_event", NEW."started_at", NEW."starts_on", NEW."steps", NEW."urge_at", NEW."waiting_for_year"); RETURN NULL;',
                            hash="720056efc5d1d797305cebeb27de9a24030ed107",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ee866",
                            table="assignments_assignmentclock",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "assignments_assignmentclockversion" ("alarm_day", "amber_at", "assignment_id", "breached_at", "cancelled_at", "code", "due_at", "extension_days", "extensions", "id", "known_at", "last_day", "met_at", "next_alarm_at", "notice_at", "paused_since", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "presumed", "rolled_day", "rule_id", "set_day", "start_event", "started_at", "starts_on", "steps", "urge_at", "waiting_for_year") VALUES (NEW."alarm_day", NEW."amber_at", NEW."assignment_id", NEW."breached_at", NEW."cancelled_at", NEW."code", NEW."due_at", NEW."extension_days", NEW."extensions", NEW."id", NEW."known_at", NEW."last_day", NEW."met_at", NEW."next_alarm_at", NEW."notice_at", NEW."paused_since", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."presumed", NEW."rolled_day", NEW."rule_id", NEW."set_day", NEW."start_event", NEW."started_at", NEW."starts_on", NEW."steps", NEW."urge_at", NEW."waiting_for_year"); RETURN NULL;',
                            hash="8d840ec1ac41dcbadff1c77b9ee5dc9817460a06",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c5dd8",
                            table="assignments_assignmentclock",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AssignmentClockVersion",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("code", models.CharField(max_length=4)),
                ("start_event", models.CharField(max_length=30)),
                ("started_at", models.DateTimeField()),
                ("starts_on", models.DateField()),
                ("set_day", models.DateField(null=True)),
                ("last_day", models.DateField(null=True)),
                ("rolled_day", models.DateField(null=True)),
                ("due_at", models.DateTimeField(null=True)),
                ("extension_days", models.PositiveSmallIntegerField(default=0)),
                ("extensions", models.PositiveSmallIntegerField(default=0)),
                ("presumed", models.BooleanField(default=False)),
                ("met_at", models.DateTimeField(null=True)),
                ("breached_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("waiting_for_year", models.PositiveSmallIntegerField(null=True)),
                ("paused_since", models.DateField(null=True)),
                ("alarm_day", models.DateField()),
                ("notice_at", models.DateTimeField()),
                ("amber_at", models.DateTimeField()),
                ("urge_at", models.DateTimeField()),
                ("next_alarm_at", models.DateTimeField(null=True)),
                ("steps", models.JSONField(default=list)),
                ("known_at", models.DateTimeField()),
                (
                    "assignment",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="assignments.assignment",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="assignments.assignmentclock",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="deadlines.rule",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d9e9614a95af633e01debdd7653cf6835734ef6b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_659b5",
                            table="assignments_assignmentclockversion",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AssignmentMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "move",
                    models.CharField(
                        choices=[
                            ("ask", "Asked"),
                            ("receive", "Signed for"),
                            ("reply", "Replied"),
                            ("send_back", "Sent back"),
                            ("verify", "Verified"),
                            ("cancel", "Cancelled"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=2000)),
                ("done_at", models.DateTimeField()),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="assignments.assignment",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="infra.storedfile",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("move__in", ["ask", "receive", "reply", "send_back", "verify", "cancel"])
                        ),
                        name="assignment_move_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("move__in", ["reply", "send_back"]), _negated=True),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="assignment_move_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("file", None), ("move", "reply"), _connector="OR"),
                        name="assignment_move_only_replies_have_a_file",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="assignment_move_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="458ee161a05894b3da012efeff1390a93f8f66f4",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_assignment_move_stays_8dee3",
                            table="assignments_assignmentmove",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AssignmentVersion",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.UUIDField(default=lib.ids.uuid7, serialize=False)),
                (
                    "kind",
                    models.CharField(
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
                            ("commitment", "Promise at a hearing (听证承诺)"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("subject_id", models.CharField(max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "To be signed for"),
                            ("received", "Received"),
                            ("replied", "Replied, to be verified"),
                            ("verified", "Verified"),
                            ("cancelled", "No longer asked"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("received_at", models.DateTimeField(null=True)),
                ("replied_at", models.DateTimeField(null=True)),
                ("known_at", models.DateTimeField()),
                (
                    "organ",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.organ",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="id_kind_subject_id_organ_post_state_received_at_replied_at_known_at_events",
                        to="assignments.assignment",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.post",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="e97c97c422793eeab4546d74507335da666c9a0b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_03261",
                            table="assignments_assignmentversion",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EscalationRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=30, verbose_name="code")),
                ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                (
                    "trigger",
                    models.CharField(
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
                ("days", models.PositiveSmallIntegerField(verbose_name="after days")),
                ("seat_code", models.CharField(max_length=30, verbose_name="goes to")),
                ("acts", models.BooleanField(default=False, verbose_name="acts at once")),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("code", "version"), name="escalationrule_version_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="escalationrule_validity_runs_on",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("code", "="),
                            (
                                models.Func(
                                    "valid_from",
                                    "valid_to",
                                    models.Value("[]"),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="escalationrule_one_version_a_day",
                    ),
                    models.CheckConstraint(
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
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="version_is_followed_not_changed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from") OR OLD."trigger" IS DISTINCT FROM (NEW."trigger") OR OLD."days" IS DISTINCT FROM (NEW."days") OR OLD."seat_code" IS DISTINCT FROM (NEW."seat_code") OR OLD."acts" IS DISTINCT FROM (NEW."acts"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="5d267c06c9ddf03920f19f42065029e9d10a97b3",
                            operation="UPDATE",
                            pgid="pgtrigger_version_is_followed_not_changed_acdb9",
                            table="assignments_escalationrule",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="version_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="62baf50078d5c386d2b1e742ea79475d8f2ffd7a",
                            operation="DELETE",
                            pgid="pgtrigger_version_stays_c9a45",
                            table="assignments_escalationrule",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
    ]
