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
        ("assignments", "0001_initial"),
        ("cases", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="HearingRoom",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hearing_rooms",
                        to="accounts.organ",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("organ", "name"),
                        name="hearing_room_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="hearing_room_has_a_name"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Panelist",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("deputy", "People's deputy"),
                            ("adviser", "CPPCC member"),
                            ("lawyer", "Lawyer"),
                            ("expert", "Expert"),
                            ("mediator", "People's mediator"),
                            ("respected", "Respected person"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "from_where",
                    models.CharField(blank=True, max_length=120, verbose_name="office or profession"),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="panelists",
                        to="accounts.organ",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["deputy", "adviser", "lawyer", "expert", "mediator", "respected"])
                        ),
                        name="panelist_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="panelist_has_a_name"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("organ", "name", "from_where"),
                        name="panelist_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProcedureSet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=30, verbose_name="code")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("province", models.CharField(blank=True, max_length=2, verbose_name="province")),
                (
                    "applicants",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("petitioner", "The petitioner"),
                                ("organ", "The organ that handles it"),
                            ],
                            max_length=20,
                        ),
                        default=list,
                        size=None,
                        verbose_name="who may ask",
                    ),
                ),
                ("decide_days", models.PositiveSmallIntegerField(null=True, verbose_name="days to decide")),
                (
                    "decide_unit",
                    models.CharField(
                        choices=[("calendar", "calendar days"), ("working", "working days")],
                        default="working",
                        max_length=10,
                        verbose_name="unit of the days to decide",
                    ),
                ),
                ("notice_days", models.PositiveSmallIntegerField(null=True, verbose_name="days of notice")),
                (
                    "notice_unit",
                    models.CharField(
                        choices=[("calendar", "calendar days"), ("working", "working days")],
                        default="calendar",
                        max_length=10,
                        verbose_name="unit of the days of notice",
                    ),
                ),
                ("least_panel", models.PositiveSmallIntegerField(verbose_name="panel members at least")),
                (
                    "most_representatives",
                    models.PositiveSmallIntegerField(verbose_name="representatives at most"),
                ),
                ("most_agents", models.PositiveSmallIntegerField(verbose_name="agents at most")),
                ("is_public", models.BooleanField(default=True, verbose_name="public as a rule")),
                (
                    "serve_announced_days",
                    models.PositiveSmallIntegerField(
                        null=True, verbose_name="days to serve a conclusion that was announced"
                    ),
                ),
                (
                    "serve_days",
                    models.PositiveSmallIntegerField(
                        null=True, verbose_name="days to serve any other conclusion"
                    ),
                ),
                ("source", models.CharField(max_length=300, verbose_name="source")),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_to", models.DateField(null=True, verbose_name="valid to")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("applicants__contained_by", ["petitioner", "organ"]),
                            models.Q(("applicants", []), _negated=True),
                        ),
                        name="procedure_applicants_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decide_unit__in", ["calendar", "working"])),
                        name="procedure_decide_unit_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("notice_unit__in", ["calendar", "working"])),
                        name="procedure_notice_unit_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("least_panel__in", [1, 3, 5, 7, 9, 11])),
                        name="procedure_panel_odd",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("most_representatives__lte", 5)),
                        name="procedure_five_representatives",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="procedure_runs_on",
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
                        name="procedure_one_version_a_day",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="procedure_followed_not_changed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."province" IS DISTINCT FROM (NEW."province") OR OLD."applicants" IS DISTINCT FROM (NEW."applicants") OR OLD."decide_days" IS DISTINCT FROM (NEW."decide_days") OR OLD."decide_unit" IS DISTINCT FROM (NEW."decide_unit") OR OLD."notice_days" IS DISTINCT FROM (NEW."notice_days") OR OLD."notice_unit" IS DISTINCT FROM (NEW."notice_unit") OR OLD."least_panel" IS DISTINCT FROM (NEW."least_panel") OR OLD."most_representatives" IS DISTINCT FROM (NEW."most_representatives") OR OLD."most_agents" IS DISTINCT FROM (NEW."most_agents") OR OLD."is_public" IS DISTINCT FROM (NEW."is_public") OR OLD."serve_announced_days" IS DISTINCT FROM (NEW."serve_announced_days") OR OLD."serve_days" IS DISTINCT FROM (NEW."serve_days") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="e95fb4f6d18364b3528f26fb785393c85c4872ab",
                            operation="UPDATE",
                            pgid="pgtrigger_procedure_followed_not_changed_e135d",
                            table="hearings_procedureset",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="procedure_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="f9fa6b03cdd5d783fd0a6628770018032d280990",
                            operation="DELETE",
                            pgid="pgtrigger_procedure_stays_b2dd0",
                            table="hearings_procedureset",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Hearing",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked for"),
                            ("declined", "Declined"),
                            ("granted", "To be called"),
                            ("called", "Called"),
                            ("open", "Under way"),
                            ("suspended", "Suspended"),
                            ("concluded", "Concluded, being signed"),
                            ("closed", "Closed, record frozen"),
                            ("called_off", "Called off"),
                        ],
                        default="asked",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "asked_by",
                    models.CharField(
                        choices=[("petitioner", "The petitioner"), ("organ", "The organ that handles it")],
                        max_length=12,
                        verbose_name="who asks",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("many", "Many people, strong feeling, a big dispute"),
                            ("policy", "Representative of many; the policy is read in different ways"),
                            ("edge", "At the edge of law and policy"),
                            ("crossing", "Several regions, sectors or departments"),
                            ("undecided", "No rule for it, undecided for long"),
                            ("contested", "The petitioner contests the opinion"),
                            ("needed", "The organ finds it needed"),
                        ],
                        max_length=12,
                        verbose_name="ground",
                    ),
                ),
                ("reason", models.CharField(max_length=1000, verbose_name="reason")),
                ("applied_on", models.DateField(verbose_name="asked for on")),
                ("noted_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "declined_why",
                    models.CharField(blank=True, max_length=500, verbose_name="why it is declined"),
                ),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="number")),
                ("is_public", models.BooleanField(default=True, verbose_name="public")),
                (
                    "closed_why",
                    models.CharField(blank=True, max_length=300, verbose_name="why it is not public"),
                ),
                ("begins_at", models.DateTimeField(null=True, verbose_name="begins")),
                ("ends_at", models.DateTimeField(null=True, verbose_name="ends")),
                (
                    "called_off_why",
                    models.CharField(blank=True, max_length=300, verbose_name="why it is called off"),
                ),
                ("draw_seed", models.CharField(blank=True, max_length=32)),
                (
                    "drawn_from",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "step",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Opening: identity, reasons, recusal, rights"),
                            (2, "The petitioner states the matter"),
                            (3, "The organ states facts, basis and proposal"),
                            (4, "Policy is explained"),
                            (5, "Questions, evidence, debate"),
                            (6, "Last statements"),
                            (7, "The panel comments one by one"),
                            (8, "The panel deliberates and votes"),
                            (9, "The conclusion is announced"),
                            (10, "The record is signed"),
                        ],
                        null=True,
                        verbose_name="step",
                    ),
                ),
                ("recusal_asked_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("support", "Support"),
                            ("by_stages", "Support, carried out by stages"),
                            ("partly", "Support in part"),
                            ("against", "Do not support"),
                        ],
                        max_length=12,
                        verbose_name="conclusion",
                    ),
                ),
                ("facts", models.CharField(blank=True, max_length=4000, verbose_name="facts found")),
                ("disputes", models.CharField(blank=True, max_length=2000, verbose_name="points in dispute")),
                (
                    "basis",
                    models.CharField(
                        blank=True, max_length=2000, verbose_name="recommended, with its legal basis"
                    ),
                ),
                ("announced", models.BooleanField(null=True, verbose_name="announced at the hearing")),
                ("concluded_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("frozen", models.TextField(blank=True)),
                ("digest", models.CharField(blank=True, max_length=64)),
                (
                    "published_words",
                    models.CharField(blank=True, max_length=4000, verbose_name="what is published"),
                ),
                ("published_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "decider",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "noter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hearings",
                        to="accounts.organ",
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hearings",
                        to="cases.petition",
                    ),
                ),
                (
                    "publisher",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hearings",
                        to="hearings.hearingroom",
                    ),
                ),
                (
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hearings",
                        to="hearings.procedureset",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organ", "begins_at"], name="hearing_by_organ")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "asked",
                                    "declined",
                                    "granted",
                                    "called",
                                    "open",
                                    "suspended",
                                    "concluded",
                                    "closed",
                                    "called_off",
                                ],
                            )
                        ),
                        name="hearing_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("asked_by__in", ["petitioner", "organ"])),
                        name="hearing_asked_by_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "ground__in",
                                ["many", "policy", "edge", "crossing", "undecided", "contested", "needed"],
                            )
                        ),
                        name="hearing_ground_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("step", None), ("step__in", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), _connector="OR"
                        ),
                        name="hearing_step_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome__in", ["", "support", "by_stages", "partly", "against"])
                        ),
                        name="hearing_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="hearing_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decider", None),
                            models.Q(("decider", models.F("noter")), _negated=True),
                            _connector="OR",
                        ),
                        name="hearing_decided_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "state__in",
                                    ["called", "closed", "concluded", "granted", "open", "suspended"],
                                ),
                                _negated=True,
                            ),
                            models.Q(("decided_at__isnull", False), ("decider__isnull", False)),
                            _connector="OR",
                        ),
                        name="hearing_granted_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined"), _negated=True),
                            models.Q(("declined_why", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="hearing_declined_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_why", ""), ("is_public", True)),
                            models.Q(("is_public", False), models.Q(("closed_why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="hearing_not_public_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["called", "closed", "concluded", "open", "suspended"]),
                                _negated=True,
                            ),
                            models.Q(
                                ("begins_at__isnull", False),
                                ("ends_at__gt", models.F("begins_at")),
                                ("room__isnull", False),
                                models.Q(("number", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="hearing_called_to_a_room",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "called_off"), _negated=True),
                            models.Q(("called_off_why", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="hearing_called_off_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["closed", "concluded"]), _negated=True),
                            models.Q(
                                ("announced__isnull", False),
                                ("concluded_at__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                                models.Q(("facts", ""), _negated=True),
                                models.Q(("basis", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="hearing_concluded_with_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", False),
                                ("digest__regex", "^[0-9a-f]{64}$"),
                                ("state", "closed"),
                                models.Q(("frozen", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "closed"), _negated=True),
                                ("closed_at", None),
                                ("digest", ""),
                                ("frozen", ""),
                            ),
                            _connector="OR",
                        ),
                        name="hearing_closed_is_frozen",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_at", None), ("published_words", ""), ("publisher", None)),
                            models.Q(
                                ("published_at__isnull", False),
                                ("publisher__isnull", False),
                                ("state", "closed"),
                                models.Q(("published_words", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="hearing_published_once_closed",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("organ", "number"),
                        name="hearing_number_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state__in", ["called_off", "closed", "declined"]), _negated=True
                        ),
                        fields=("petition",),
                        name="hearing_one_at_a_time",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="hearing_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="86f617bdb73cd1ff744ad15a69f94b88ab196028",
                            operation="DELETE",
                            pgid="pgtrigger_hearing_stays_b8d7d",
                            table="hearings_hearing",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="hearing_closed_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.\"state\" = 'closed')",
                            func="\n                    IF to_jsonb(NEW) - '{published_words,published_at,publisher_id}'::text[]\n                        <> to_jsonb(OLD) - '{published_words,published_at,publisher_id}'::text[] THEN\n                        RAISE EXCEPTION 'the record of a closed hearing is frozen';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="fc1cf468daef542207fdcd79fff760c02e05df10",
                            operation="UPDATE",
                            pgid="pgtrigger_hearing_closed_stays_dcce6",
                            table="hearings_hearing",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("chair", "Chair"),
                            ("panel", "Panel member"),
                            ("clerk", "Clerk"),
                            ("petitioner", "Petitioner or representative"),
                            ("agent", "Agent of the petitioner"),
                            ("officer", "Officer of the organ"),
                            ("expert", "Lawyer or expert"),
                            ("third_party", "Third party"),
                            ("witness", "Witness"),
                        ],
                        max_length=12,
                        verbose_name="as what",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(null=True)),
                ("words", models.CharField(blank=True, max_length=80, verbose_name="who")),
                ("drawn", models.BooleanField(default=False)),
                ("came", models.BooleanField(null=True, verbose_name="came")),
                ("left_at", models.DateTimeField(null=True)),
                ("left_why", models.CharField(blank=True, max_length=300, verbose_name="why no longer")),
                (
                    "vote",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("support", "Support"),
                            ("by_stages", "Support, carried out by stages"),
                            ("partly", "Support in part"),
                            ("against", "Do not support"),
                        ],
                        max_length=12,
                        verbose_name="vote",
                    ),
                ),
                (
                    "vote_words",
                    models.CharField(blank=True, max_length=1000, verbose_name="reasons of the vote"),
                ),
                ("voted_at", models.DateTimeField(null=True)),
                ("signed_at", models.DateTimeField(null=True)),
                (
                    "refused_why",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why the signature was refused"
                    ),
                ),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="hearings.hearing",
                    ),
                ),
                (
                    "panelist",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="hearings.panelist",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hearing_seats",
                        to="accounts.post",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "chair",
                                    "panel",
                                    "clerk",
                                    "petitioner",
                                    "agent",
                                    "officer",
                                    "expert",
                                    "third_party",
                                    "witness",
                                ],
                            )
                        ),
                        name="seat_role_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("vote__in", ["", "support", "by_stages", "partly", "against"])),
                        name="seat_vote_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("panelist", None),
                                ("position", None),
                                ("post__isnull", False),
                                ("role__in", ["chair", "clerk", "officer"]),
                                ("words", ""),
                            ),
                            models.Q(
                                ("panelist__isnull", False),
                                ("position", None),
                                ("post", None),
                                ("role", "panel"),
                                ("words", ""),
                            ),
                            models.Q(
                                ("panelist", None),
                                ("position__isnull", False),
                                ("post", None),
                                ("role", "petitioner"),
                                ("words", ""),
                            ),
                            models.Q(
                                ("panelist", None),
                                ("position", None),
                                ("post", None),
                                ("role__in", ["agent", "expert", "third_party", "witness"]),
                                ("words__gt", ""),
                            ),
                            _connector="OR",
                        ),
                        name="seat_names_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("left_at", None), ("left_why", "")),
                            models.Q(("left_at__isnull", False), models.Q(("left_why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="seat_left_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("vote", ""), ("voted_at", None)),
                            models.Q(
                                ("role", "panel"),
                                ("voted_at__isnull", False),
                                models.Q(("vote", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="seat_only_the_panel_votes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("refused_why", ""), ("signed_at__isnull", False), _connector="OR"
                        ),
                        name="seat_refusal_is_noted",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("left_at", None), ("role__in", ["chair", "clerk"])),
                        fields=("hearing", "role"),
                        name="seat_one_chair_one_clerk",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("left_at", None), ("post__isnull", False)),
                        fields=("hearing", "post"),
                        name="seat_post_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("panelist__isnull", False)),
                        fields=("hearing", "panelist"),
                        name="seat_panelist_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("left_at", None), ("position__isnull", False)),
                        fields=("hearing", "position"),
                        name="seat_petitioner_once",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="seat_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="fd2fc4919f5b59a5989e737ab3f13c6ef75553f0",
                            operation="DELETE",
                            pgid="pgtrigger_seat_stays_6b38c",
                            table="hearings_seat",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RecordEntry",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                (
                    "step",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Opening: identity, reasons, recusal, rights"),
                            (2, "The petitioner states the matter"),
                            (3, "The organ states facts, basis and proposal"),
                            (4, "Policy is explained"),
                            (5, "Questions, evidence, debate"),
                            (6, "Last statements"),
                            (7, "The panel comments one by one"),
                            (8, "The panel deliberates and votes"),
                            (9, "The conclusion is announced"),
                            (10, "The record is signed"),
                        ],
                        verbose_name="step",
                    ),
                ),
                ("text", models.CharField(max_length=4000, verbose_name="words")),
                ("version", models.PositiveIntegerField(default=1)),
                ("begun_at", models.DateTimeField()),
                ("written_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="hearings.hearing",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="hearings.seat",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["hearing", "begun_at"], name="record_by_hearing")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("step__in", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])),
                        name="record_step_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="record_entry_has_words"
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="record_entry_while_heard",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF EXISTS (\n        SELECT 1 FROM hearings_hearing\n        WHERE id = COALESCE(NEW.hearing_id, OLD.hearing_id) AND state NOT IN ('open', 'suspended')\n    ) THEN\n        RAISE EXCEPTION 'the record of this hearing is not being written';\n    END IF;\n    RETURN COALESCE(NEW, OLD);\n",
                            hash="e0860bb38b3d971e81157f7730fd970c3acbc27d",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_record_entry_while_heard_1092e",
                            table="hearings_recordentry",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RecordChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("text", models.CharField(max_length=4000, verbose_name="earlier words")),
                ("written_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="hearings.recordentry",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "version"), name="record_change_once")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="record_change_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="f898d4af19fc1e4df60403e48ca4746cb6089652",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_record_change_stays_729a3",
                            table="hearings_recordchange",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StepRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "step",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Opening: identity, reasons, recusal, rights"),
                            (2, "The petitioner states the matter"),
                            (3, "The organ states facts, basis and proposal"),
                            (4, "Policy is explained"),
                            (5, "Questions, evidence, debate"),
                            (6, "Last statements"),
                            (7, "The panel comments one by one"),
                            (8, "The panel deliberates and votes"),
                            (9, "The conclusion is announced"),
                            (10, "The record is signed"),
                        ],
                        verbose_name="step",
                    ),
                ),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="hearings.hearing",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("step__in", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])),
                        name="step_run_known",
                    ),
                    models.UniqueConstraint(fields=("hearing", "step"), name="step_run_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("hearing",),
                        name="step_run_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at", None), ("ended_at__gte", models.F("began_at")), _connector="OR"
                        ),
                        name="step_run_runs_on",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="step_run_while_heard",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF EXISTS (\n        SELECT 1 FROM hearings_hearing\n        WHERE id = COALESCE(NEW.hearing_id, OLD.hearing_id) AND state NOT IN ('open', 'suspended', 'concluded')\n    ) THEN\n        RAISE EXCEPTION 'the record of this hearing is not being written';\n    END IF;\n    RETURN COALESCE(NEW, OLD);\n",
                            hash="1dd9ac261ab487415c35e9a765bd423023d5901c",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_step_run_while_heard_66e77",
                            table="hearings_steprun",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Exhibit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("what", models.CharField(max_length=200, verbose_name="what it is")),
                ("shown_at", models.DateTimeField()),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exhibits",
                        to="hearings.hearing",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exhibits",
                        to="hearings.seat",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("what", ""), _negated=True), name="exhibit_has_words"
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="exhibit_while_heard",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF EXISTS (\n        SELECT 1 FROM hearings_hearing\n        WHERE id = COALESCE(NEW.hearing_id, OLD.hearing_id) AND state NOT IN ('open', 'suspended')\n    ) THEN\n        RAISE EXCEPTION 'the record of this hearing is not being written';\n    END IF;\n    RETURN COALESCE(NEW, OLD);\n",
                            hash="954899f1da4c513ad326fcf57d5831c075025748",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_exhibit_while_heard_2b4fd",
                            table="hearings_exhibit",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Commitment",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                ("words", models.CharField(max_length=1000, verbose_name="what is done")),
                ("due_on", models.DateField(verbose_name="due")),
                ("noted_at", models.DateTimeField()),
                (
                    "assignment",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hearing_commitment",
                        to="assignments.assignment",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organ"
                    ),
                ),
                (
                    "responsible",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hearing_commitments",
                        to="accounts.post",
                    ),
                ),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="hearings.hearing",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="commitment_has_words"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("assignment", None), ("responsible__isnull", False), _connector="OR"
                        ),
                        name="commitment_asked_of_a_person",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="commitment_before_the_record_closes",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF EXISTS (\n        SELECT 1 FROM hearings_hearing\n        WHERE id = COALESCE(NEW.hearing_id, OLD.hearing_id) AND state NOT IN ('open', 'suspended', 'concluded')\n    ) THEN\n        RAISE EXCEPTION 'the record of this hearing is not being written';\n    END IF;\n    RETURN COALESCE(NEW, OLD);\n",
                            hash="3c56d081906e1745db9202a46dd179d4b0c4ef0d",
                            operation="INSERT OR DELETE",
                            pgid="pgtrigger_commitment_before_the_record_closes_2ee41",
                            table="hearings_commitment",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="commitment_words_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."hearing_id" IS DISTINCT FROM (NEW."hearing_id") OR OLD."words" IS DISTINCT FROM (NEW."words") OR OLD."organ_id" IS DISTINCT FROM (NEW."organ_id") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."noted_at" IS DISTINCT FROM (NEW."noted_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="fde2e6886b20d0588c3c660e48769f73073feeb5",
                            operation="UPDATE",
                            pgid="pgtrigger_commitment_words_stay_c2e1a",
                            table="hearings_commitment",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HearingNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("begins_at", models.DateTimeField()),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("in_person", "Handed over against a signature"),
                            ("post", "Registered mail"),
                            ("electronic", "Electronically, with consent"),
                            ("left", "Left before a witness"),
                        ],
                        max_length=12,
                        verbose_name="how",
                    ),
                ),
                ("told_on", models.DateField(verbose_name="received on")),
                ("proof", models.CharField(max_length=200, verbose_name="what shows it")),
                ("agreed", models.BooleanField(default=False, verbose_name="agreed to a shorter notice")),
                ("noted_at", models.DateTimeField()),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="hearings.seat",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("mode__in", ["in_person", "post", "electronic", "left"])),
                        name="hearing_notice_mode_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("proof", ""), _negated=True), name="hearing_notice_with_proof"
                    ),
                    models.UniqueConstraint(fields=("seat", "begins_at"), name="hearing_notice_once"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="hearing_notice_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="151b2a376a64fbd0abd992cc57710254e499fa18",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_hearing_notice_stays_02c09",
                            table="hearings_hearingnotice",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Booking",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("during", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hearing_bookings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bookings",
                        to="hearings.hearing",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="hearings.hearingroom",
                    ),
                ),
                (
                    "panelist",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="hearings.panelist",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("panelist", None), ("room__isnull", False), ("user", None)),
                            models.Q(("panelist", None), ("room", None), ("user__isnull", False)),
                            models.Q(("panelist__isnull", False), ("room", None), ("user", None)),
                            _connector="OR",
                        ),
                        name="booking_of_one",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("room__isnull", False)),
                        expressions=[("room", "="), ("during", "&&")],
                        name="booking_room_once",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("user__isnull", False)),
                        expressions=[("user", "="), ("during", "&&")],
                        name="booking_user_once",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("panelist__isnull", False)),
                        expressions=[("panelist", "="), ("during", "&&")],
                        name="booking_panelist_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("force", "Force majeure for a party"),
                            ("recusal", "Recusal asked late"),
                            ("witness", "A new witness"),
                            ("retest", "An expert test is repeated"),
                            ("party", "A party cannot go on"),
                            ("other", "Other"),
                        ],
                        max_length=12,
                        verbose_name="ground",
                    ),
                ),
                ("why", models.CharField(max_length=300, verbose_name="why")),
                ("stood_at", models.DateTimeField(null=True)),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pauses",
                        to="hearings.hearing",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ground__in", ["force", "recusal", "witness", "retest", "party", "other"])
                        ),
                        name="pause_ground_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("why", ""), _negated=True), name="pause_has_a_reason"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("hearing",),
                        name="pause_one_at_a_time",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="pause_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="426692bc85a3f626ff9a8af24ae7c84aca5489b5",
                            operation="DELETE",
                            pgid="pgtrigger_pause_stays_f99d7",
                            table="hearings_pause",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlannedDecision",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("touches", models.CharField(max_length=1000, verbose_name="whom it touches")),
                (
                    "state",
                    models.CharField(
                        choices=[("prepared", "Being prepared"), ("made", "Made"), ("given_up", "Given up")],
                        default="prepared",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("planned_at", models.DateTimeField()),
                ("made_on", models.DateField(null=True, verbose_name="decided on")),
                (
                    "made_by_words",
                    models.CharField(blank=True, max_length=200, verbose_name="by which paper or meeting"),
                ),
                (
                    "given_up_why",
                    models.CharField(blank=True, max_length=500, verbose_name="why it is given up"),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="planned_decisions",
                        to="accounts.organ",
                    ),
                ),
                (
                    "planned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "planner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organ", "-planned_at"], name="decision_by_organ")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["prepared", "made", "given_up"])),
                        name="planned_decision_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True), models.Q(("touches", ""), _negated=True)
                        ),
                        name="decision_has_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("given_up_why", ""),
                                ("made_by_words", ""),
                                ("made_on", None),
                                ("state", "prepared"),
                                ("ended_at", None),
                                ("ended_by", None),
                            ),
                            models.Q(
                                ("given_up_why", ""),
                                ("made_by_words__gt", ""),
                                ("made_on__isnull", False),
                                ("state", "made"),
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                            ),
                            models.Q(
                                ("given_up_why__gt", ""),
                                ("made_by_words", ""),
                                ("made_on", None),
                                ("state", "given_up"),
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="decision_ends_with_words",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="decision_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="c962f15464d2def2ae3294a55e304935c00ef8ef",
                            operation="DELETE",
                            pgid="pgtrigger_decision_stays_0ea49",
                            table="hearings_planneddecision",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="decision_beginning_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."organ_id" IS DISTINCT FROM (NEW."organ_id") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."touches" IS DISTINCT FROM (NEW."touches") OR OLD."planned_by_id" IS DISTINCT FROM (NEW."planned_by_id") OR OLD."planner_id" IS DISTINCT FROM (NEW."planner_id") OR OLD."planned_at" IS DISTINCT FROM (NEW."planned_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="9461541e929f14090ea9280853f189f426e0e7b6",
                            operation="UPDATE",
                            pgid="pgtrigger_decision_beginning_stays_a6464",
                            table="hearings_planneddecision",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="decision_ended_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NOT (OLD.\"state\" = 'prepared'))",
                            func="RAISE EXCEPTION 'a decision that was made or given up stays as it is';",
                            hash="120d4298928ae0b0404efb980b57637d54832d9b",
                            operation="UPDATE",
                            pgid="pgtrigger_decision_ended_stays_e891d",
                            table="hearings_planneddecision",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="decision_made_once_assessed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.\"state\" = 'made')",
                            func="\n                    IF NOT EXISTS (\n                        SELECT 1 FROM hearings_riskassessment assessed\n                        JOIN hearings_decisiondraft draft ON draft.id = assessed.draft_id\n                        WHERE draft.decision_id = NEW.id AND assessed.result = 'go' AND draft.number = (\n                            SELECT max(number) FROM hearings_decisiondraft WHERE decision_id = NEW.id\n                        )\n                    ) THEN\n                        RAISE EXCEPTION 'the newest draft was not assessed to go ahead';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="2edaab01bed6307ff57ada9aa367f36bdde6f8db",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_decision_made_once_assessed_374ae",
                            table="hearings_planneddecision",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DecisionDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("plan", models.CharField(max_length=4000, verbose_name="what is planned")),
                (
                    "changed",
                    models.CharField(blank=True, max_length=2000, verbose_name="what was changed and why"),
                ),
                ("written_at", models.DateTimeField()),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to="hearings.planneddecision",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("decision", "number"), name="decision_draft_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("plan", ""), _negated=True), name="decision_draft_has_words"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("changed", ""), ("number", 1)),
                            models.Q(("changed__gt", ""), ("number__gt", 1)),
                            _connector="OR",
                        ),
                        name="decision_draft_says_what_changed",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="decision_draft_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="67bd960841e8533073148f024dc3a5fb72f930ed",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_decision_draft_stays_69b45",
                            table="hearings_decisiondraft",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="decision_draft_while_prepared",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM hearings_planneddecision WHERE id = NEW.decision_id AND state = 'prepared'\n    ) THEN\n        RAISE EXCEPTION 'this decision is no longer being prepared';\n    END IF;\n    RETURN NEW;\n",
                            hash="b8a50e0aba5979903d8199bdb32739c01531781d",
                            operation="INSERT",
                            pgid="pgtrigger_decision_draft_while_prepared_afaa1",
                            table="hearings_decisiondraft",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consultation",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                ("held_on", models.DateField(verbose_name="asked on")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("meeting", "Meeting with those concerned"),
                            ("visit", "Visits on the spot"),
                            ("written", "In writing"),
                            ("public", "Draft published for opinions"),
                            ("survey", "Survey"),
                            ("experts", "Experts"),
                        ],
                        max_length=12,
                        verbose_name="way",
                    ),
                ),
                (
                    "groups",
                    models.CharField(max_length=500, verbose_name="which groups and units were asked"),
                ),
                ("count", models.PositiveIntegerField(verbose_name="how many were asked")),
                ("said", models.CharField(max_length=4000, verbose_name="what they said")),
                (
                    "changed",
                    models.CharField(max_length=2000, verbose_name="what changed, or why nothing did"),
                ),
                ("noted_at", models.DateTimeField()),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultations",
                        to="hearings.decisiondraft",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultations",
                        to="hearings.planneddecision",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("way__in", ["meeting", "visit", "written", "public", "survey", "experts"])
                        ),
                        name="consultation_way_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("groups", ""), _negated=True),
                            models.Q(("said", ""), _negated=True),
                            models.Q(("changed", ""), _negated=True),
                        ),
                        name="consultation_has_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("count__gt", 0)), name="consultation_asked_somebody"
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="consultation_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="f97812a27c206766b1e8d4fc22602bbd538c306c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_consultation_stays_4d9c6",
                            table="hearings_consultation",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="consultation_of_its_draft",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE kept text;",
                            func="\n                    SELECT decision.state INTO kept FROM hearings_decisiondraft draft\n                    JOIN hearings_planneddecision decision ON decision.id = draft.decision_id\n                    WHERE draft.id = NEW.draft_id AND decision.id = NEW.decision_id;\n                    IF kept IS DISTINCT FROM 'prepared' THEN\n                        RAISE EXCEPTION 'this draft is of another decision, or no longer being prepared';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="8f6d9bcfc7ebb8ce2c397525e3d5a9707bbf7754",
                            operation="INSERT",
                            pgid="pgtrigger_consultation_of_its_draft_5dffd",
                            table="hearings_consultation",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RiskAssessment",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drawn", "Being drawn up"),
                            ("submitted", "To be decided on"),
                            ("decided", "Decided on"),
                        ],
                        default="drawn",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("begun_at", models.DateTimeField()),
                ("submitted_at", models.DateTimeField(null=True)),
                ("controllable", models.BooleanField(null=True, verbose_name="the risk can be controlled")),
                (
                    "conclusion",
                    models.CharField(
                        blank=True, max_length=2000, verbose_name="conclusion of the assessment"
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("go", "Go ahead"),
                            ("adjust", "Adjust, then assess anew"),
                            ("postpone", "Postpone"),
                            ("stop", "Stop"),
                        ],
                        max_length=12,
                        verbose_name="result",
                    ),
                ),
                (
                    "result_why",
                    models.CharField(blank=True, max_length=1000, verbose_name="reasons of the result"),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "begun_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "consultations",
                    models.ManyToManyField(related_name="assessments", to="hearings.consultation"),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "decider",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="hearings.decisiondraft",
                    ),
                ),
                (
                    "drawer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "drawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["drawn", "submitted", "decided"])),
                        name="assessment_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("result__in", ["", "go", "adjust", "postpone", "stop"])),
                        name="assessment_result_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "drawn"), ("submitted_at", None)),
                            models.Q(
                                ("drawer__isnull", False),
                                ("drawn_by__isnull", False),
                                ("submitted_at__isnull", False),
                                ("conclusion__gt", ""),
                                ("controllable__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="assessment_submitted_with_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decider__isnull", False),
                                ("state", "decided"),
                                ("decided_by__isnull", False),
                                ("result__gt", ""),
                                ("result_why__gt", ""),
                            ),
                            models.Q(
                                models.Q(("state", "decided"), _negated=True),
                                ("decided_at", None),
                                ("decided_by", None),
                                ("decider", None),
                                ("result", ""),
                                ("result_why", ""),
                            ),
                            _connector="OR",
                        ),
                        name="assessment_decided_with_reasons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decider", None),
                            models.Q(("decider", models.F("drawer")), _negated=True),
                            _connector="OR",
                        ),
                        name="assessment_decided_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("result", "go"), _negated=True), ("controllable", True), _connector="OR"
                        ),
                        name="assessment_goes_if_controllable",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("result", "postpone"), _negated=True),
                        fields=("draft",),
                        name="assessment_once_a_draft",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="assessment_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="b42db13e3001a17bcf5d9c76da336a4a49e57fd0",
                            operation="DELETE",
                            pgid="pgtrigger_assessment_stays_bd3d8",
                            table="hearings_riskassessment",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="assessment_decided_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.\"state\" = 'decided')",
                            func="RAISE EXCEPTION 'an assessment that was decided on stays as it is';",
                            hash="1d74c258350ded9db14a088d4ad7885124b01e91",
                            operation="UPDATE",
                            pgid="pgtrigger_assessment_decided_stays_94c9e",
                            table="hearings_riskassessment",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="assessment_stands_on_its_points",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NOT (NEW.\"state\" = 'drawn'))",
                            func="\n                    IF NOT EXISTS (SELECT 1 FROM hearings_riskpoint WHERE assessment_id = NEW.id) THEN\n                        RAISE EXCEPTION 'this assessment names no point';\n                    END IF;\n                    IF NEW.controllable AND EXISTS (\n                        SELECT 1 FROM hearings_riskpoint WHERE assessment_id = NEW.id AND NOT controllable\n                    ) THEN\n                        RAISE EXCEPTION 'a point of this assessment cannot be controlled';\n                    END IF;\n                    IF EXISTS (\n                        SELECT 1 FROM hearings_riskpoint\n                        WHERE assessment_id = NEW.id AND writer_id = NEW.decider_id\n                    ) THEN\n                        RAISE EXCEPTION 'who wrote a point of this assessment does not decide on it';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="5640b7e401dd34c4ee4a7d8b7414d4d22f158e9f",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_assessment_stands_on_its_points_6ede4",
                            table="hearings_riskassessment",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RiskPoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.CharField(max_length=500, verbose_name="what may happen")),
                (
                    "likelihood",
                    models.CharField(
                        choices=[("unlikely", "Unlikely"), ("possible", "Possible"), ("likely", "Likely")],
                        max_length=12,
                        verbose_name="how likely",
                    ),
                ),
                (
                    "gravity",
                    models.CharField(
                        choices=[("slight", "Slight"), ("serious", "Serious"), ("grave", "Grave")],
                        max_length=12,
                        verbose_name="how grave",
                    ),
                ),
                ("measure", models.CharField(max_length=1000, verbose_name="what is done against it")),
                ("due_on", models.DateField(verbose_name="done by")),
                ("controllable", models.BooleanField(verbose_name="controlled by that")),
                ("noted_at", models.DateTimeField()),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="points",
                        to="hearings.riskassessment",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organ"
                    ),
                ),
                (
                    "writer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("likelihood__in", ["unlikely", "possible", "likely"])),
                        name="risk_point_likelihood_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("gravity__in", ["slight", "serious", "grave"])),
                        name="risk_point_gravity_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("words", ""), _negated=True), models.Q(("measure", ""), _negated=True)
                        ),
                        name="risk_point_has_words",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="risk_point_while_drawn",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM hearings_riskassessment\n        WHERE id = COALESCE(NEW.assessment_id, OLD.assessment_id) AND state = 'drawn'\n    ) THEN\n        RAISE EXCEPTION 'this assessment is no longer being drawn up';\n    END IF;\n    RETURN COALESCE(NEW, OLD);\n",
                            hash="4a06527e683ac18f8efc155cb8aaa82d998f1d41",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_risk_point_while_drawn_fab78",
                            table="hearings_riskpoint",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AssessmentFollowUp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seen_on", models.DateField(verbose_name="seen on")),
                ("words", models.CharField(max_length=2000, verbose_name="what was seen")),
                ("noted_at", models.DateTimeField()),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_ups",
                        to="hearings.riskassessment",
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_ups",
                        to="hearings.riskpoint",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="follow_up_has_words"
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="follow_up_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="79aa75de9f68b2b1ef2bef877dd7da5770048df7",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_follow_up_stays_59704",
                            table="hearings_assessmentfollowup",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="follow_up_once_decided",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    IF NOT EXISTS (\n                        SELECT 1 FROM hearings_riskassessment\n                        WHERE id = NEW.assessment_id AND state = 'decided'\n                    ) OR NEW.point_id IS NOT NULL AND NOT EXISTS (\n                        SELECT 1 FROM hearings_riskpoint\n                        WHERE id = NEW.point_id AND assessment_id = NEW.assessment_id\n                    ) THEN\n                        RAISE EXCEPTION 'followed up is a point of an assessment that was decided on';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="9ae8c6d33bb427e2d6c0ef6fc1937a21dc0ce9c9",
                            operation="INSERT",
                            pgid="pgtrigger_follow_up_once_decided_915ff",
                            table="hearings_assessmentfollowup",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
    ]
