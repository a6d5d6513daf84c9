import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import lib.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0005_addresses_for_calendars"),
        ("assignments", "0001_initial"),
        ("cases", "0001_initial"),
        ("documents", "0001_initial"),
        ("infra", "0002_keep_runs_of_sweeps"),
        ("places", "0002_long_names"),
    ]

    operations = [
        migrations.CreateModel(
            name="PetitionLift",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=120)),
                (
                    "from_tier",
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
                    ),
                ),
                (
                    "to_tier",
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
                    ),
                ),
                ("facts", models.JSONField(default=dict)),
                (
                    "chosen",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("holder", "Holder of the post"),
                            ("deputy", "His deputy, the holder being absent"),
                            ("next", "The next one named, the first post being vacant"),
                            ("fallback", "The office named for that case"),
                        ],
                        max_length=10,
                    ),
                ),
                ("binding", models.BooleanField(default=False)),
                ("to_decide", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("waiting", "Waits for the leader"),
                            ("accepted", "Accepted"),
                            ("returned", "Returned"),
                            ("lifted_on", "Lifted further"),
                            ("lowered", "Sent down again"),
                            ("declined", "Proposal declined"),
                            ("over", "Ended with the matter"),
                            ("taken_back", "Taken back before anybody took it"),
                            ("overtaken", "Overtaken: it stands as high by another way"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                ("raised_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decision",
                    models.CharField(blank=True, max_length=500, verbose_name="reason of the decision"),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "sent_number",
                    models.CharField(blank=True, max_length=60, verbose_name="number of the report"),
                ),
                ("sent_on", models.DateField(null=True, verbose_name="reported on")),
                (
                    "answer_number",
                    models.CharField(blank=True, max_length=60, verbose_name="number of the answer"),
                ),
                ("answered_on", models.DateField(null=True, verbose_name="answered on")),
                ("answer", models.CharField(blank=True, max_length=1000, verbose_name="answer")),
                (
                    "assignment",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assignments.assignment",
                    ),
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
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lifts", to="cases.petition"
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assignments.escalationrule",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assignments.seat",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "from_tier__in",
                                [
                                    "grid",
                                    "community",
                                    "township",
                                    "department",
                                    "district_leader",
                                    "district_heads",
                                    "city",
                                ],
                            ),
                            (
                                "to_tier__in",
                                [
                                    "grid",
                                    "community",
                                    "township",
                                    "department",
                                    "district_leader",
                                    "district_heads",
                                    "city",
                                ],
                            ),
                        ),
                        name="petitionlift_tiers_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("chosen__in", ["", "holder", "deputy", "next", "fallback"])),
                        name="petitionlift_chosen_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rule__isnull", False), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="petitionlift_has_rule_or_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["accepted", "waiting"]), _negated=True),
                            models.Q(("assignment__isnull", False), ("ended_at", None)),
                            _connector="OR",
                        ),
                        name="petitionlift_standing_is_asked_of_somebody",
                    ),
                    models.UniqueConstraint(fields=("petition", "key"), name="petition_lift_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["accepted", "waiting"])),
                        fields=("petition",),
                        name="petition_lift_one_standing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answer_number", ""), ("answered_on", None)),
                            models.Q(
                                ("answered_on__gte", models.F("sent_on")),
                                ("sent_on__isnull", False),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="petition_lift_answered_after_the_report",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "proposed",
                                    "waiting",
                                    "accepted",
                                    "returned",
                                    "lifted_on",
                                    "lowered",
                                    "declined",
                                    "over",
                                    "taken_back",
                                    "overtaken",
                                ],
                            )
                        ),
                        name="petitionlift_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["returned", "lowered", "declined", "taken_back"]),
                                _negated=True,
                            ),
                            models.Q(("decision", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="petitionlift_goes_down_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PetitionSpan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "span",
                    models.CharField(
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
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("set_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="spans", to="cases.petition"
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("span__in", ["single_unit", "cross_sector", "district", "city_power"])
                        ),
                        name="petition_span_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="petition_span_has_a_reason"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("petition",),
                        name="petition_span_one_standing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UrgentReport",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                ("discovered_at", models.DateTimeField(verbose_name="discovered")),
                ("happened", models.CharField(max_length=1000, verbose_name="what happened")),
                ("where", models.CharField(max_length=200, verbose_name="where")),
                ("scale", models.CharField(max_length=200, verbose_name="scale")),
                ("measures", models.CharField(max_length=1000, verbose_name="what was done at once")),
                ("reported_at", models.DateTimeField()),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="urgent_report",
                        to="documents.document",
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organ"
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="urgent_reports",
                        to="cases.petition",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "reporter",
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
                        condition=models.Q(("reported_at__gte", models.F("discovered_at"))),
                        name="urgent_report_after_discovery",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="urgent_report_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="33bee7e2d0e13b75e347441706cd67e8a5f9e349",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_urgent_report_stays_b7916",
                            table="leadership_urgentreport",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="UrgentNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "recipient",
                    models.CharField(
                        choices=[
                            ("government", "Party committee and government of this level"),
                            ("department", "Competent department"),
                            ("conference_office", "Joint-conference office"),
                            ("superior_office", "Petition office of the next level"),
                            ("state_bureau", "State bureau"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "means",
                    models.CharField(
                        choices=[
                            ("phone", "Telephone"),
                            ("system", "Official system"),
                            ("fax", "Fax"),
                            ("in_person", "In person"),
                        ],
                        max_length=10,
                    ),
                ),
                ("taken_by", models.CharField(blank=True, max_length=60, verbose_name="taken by")),
                ("sent_at", models.DateTimeField()),
                ("noted_at", models.DateTimeField()),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="leadership.urgentreport",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("report", "recipient"), name="urgent_notice_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "recipient__in",
                                [
                                    "government",
                                    "department",
                                    "conference_office",
                                    "superior_office",
                                    "state_bureau",
                                ],
                            )
                        ),
                        name="urgent_notice_recipient_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("means__in", ["phone", "system", "fax", "in_person"])),
                        name="urgent_notice_means_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("noted_at__gte", models.F("sent_at"))),
                        name="urgent_notice_sent_before",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="urgent_notice_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="3d741f1d14ca9195b77024b24838b7f3a1ad0afe",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_urgent_notice_stays_59da6",
                            table="leadership_urgentnotice",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingKind",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=30, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "cadence",
                    models.CharField(
                        choices=[
                            ("none", "When there is cause"),
                            ("week", "Every week"),
                            ("ten_days", "Every ten days (旬)"),
                            ("half_month", "Every half month (半月)"),
                            ("month", "Every month"),
                        ],
                        max_length=20,
                        verbose_name="how often",
                    ),
                ),
                (
                    "proposes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("undone", "Decided before, not done yet"),
                                ("key", "Key petition: sponsored by a leader"),
                                ("overdue", "Overdue at its tier"),
                                ("old", "Old petition: open for long"),
                                ("returned", "Returned twice"),
                                ("promise", "What was promised"),
                                ("dispute", "Who accepts is in dispute (Art 24)"),
                                ("city", "Needs a power of the city"),
                                ("stuck", "On a list, without movement"),
                                ("lessons", "Key petition closed: lessons"),
                                ("topic", "Topic"),
                            ],
                            max_length=20,
                        ),
                        default=list,
                        size=None,
                        verbose_name="what is proposed for its agenda",
                    ),
                ),
                (
                    "is_conference",
                    models.BooleanField(default=False, verbose_name="it is the joint conference"),
                ),
                ("with_city", models.BooleanField(default=False, verbose_name="held with the city")),
                ("ended_on", models.DateField(null=True)),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="meeting_kind_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="5f9b61b724f5a6caaa5e1bd320d9abf3d931e4c6",
                            operation="DELETE",
                            pgid="pgtrigger_meeting_kind_stays_d9b9e",
                            table="leadership_meetingkind",
                            when="BEFORE",
                        ),
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cadence__in", ["none", "week", "ten_days", "half_month", "month"])
                        ),
                        name="meeting_kind_cadence_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "proposes__contained_by",
                                [
                                    "undone",
                                    "key",
                                    "overdue",
                                    "old",
                                    "returned",
                                    "promise",
                                    "dispute",
                                    "city",
                                    "stuck",
                                    "lessons",
                                    "topic",
                                ],
                            )
                        ),
                        name="meeting_kind_proposes_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="meeting_kind_has_a_name"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                ("meets_at", models.DateTimeField(verbose_name="when")),
                ("place", models.CharField(max_length=120, verbose_name="place")),
                (
                    "outside_chair",
                    models.CharField(blank=True, max_length=80, verbose_name="chair from outside"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("called", "Called"),
                            ("held", "Held, minutes wait for a signature"),
                            ("issued", "Minutes issued"),
                            ("called_off", "Called off"),
                        ],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("called_at", models.DateTimeField()),
                ("words", models.CharField(blank=True, max_length=4000, verbose_name="what was discussed")),
                ("noted_at", models.DateTimeField(null=True)),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="number")),
                ("issued_at", models.DateTimeField(null=True)),
                (
                    "called_off_why",
                    models.CharField(blank=True, max_length=300, verbose_name="why it is called off"),
                ),
                (
                    "called_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "chair",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="chaired_meetings",
                        to="accounts.post",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "noter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="accounts.organ",
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
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="leadership.meetingkind",
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="meeting_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="2488d84160efb60e126cc48e8ca22278e50812ce",
                            operation="DELETE",
                            pgid="pgtrigger_meeting_stays_d2fd4",
                            table="leadership_meeting",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="meeting_minutes_issued_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.\"state\" = 'issued')",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="bab28fb923a7981a1e884b93cbfb10353e6bd3f9",
                            operation="UPDATE",
                            pgid="pgtrigger_meeting_minutes_issued_stay_ac5f6",
                            table="leadership_meeting",
                            when="BEFORE",
                        ),
                    ),
                ],
                "indexes": [models.Index(fields=["kind", "meets_at"], name="meeting_by_kind")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["called", "held", "issued", "called_off"])),
                        name="meeting_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("chair__isnull", False), ("outside_chair", "")),
                            models.Q(("chair", None), models.Q(("outside_chair", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="meeting_has_one_chair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["held", "issued"]), _negated=True),
                            models.Q(
                                models.Q(("words", ""), _negated=True),
                                ("noted_at__isnull", False),
                                ("noter__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="meeting_held_has_minutes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("issued_at__isnull", False),
                                ("signer__isnull", False),
                                ("state", "issued"),
                                models.Q(("number", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "issued"), _negated=True),
                                ("issued_at", None),
                                ("number", ""),
                                ("signer", None),
                            ),
                            _connector="OR",
                        ),
                        name="meeting_issued_with_a_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signer", None),
                            models.Q(("signer", models.F("noter")), _negated=True),
                            _connector="OR",
                        ),
                        name="meeting_minutes_by_two_persons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "called_off"), _negated=True),
                            models.Q(("called_off_why", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="meeting_called_off_with_a_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("organ", "number"),
                        name="meeting_number_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Slip",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("supervision", "Supervision order (督办)"),
                            ("listed", "Listed supervision (挂牌督办)"),
                            ("rectification", "Order to rectify within a time (限期整改)"),
                            ("interview", "Interview (约谈)"),
                            ("circular", "Circular (通报)"),
                            ("improve_work", "Recommendation to improve work"),
                            ("complete_policy", "Recommendation to complete a policy"),
                            ("pursue_liability", "Recommendation to pursue liability"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("opened", "Opened by the clock, waits for a person"),
                            ("draft", "Draft, waits for a signature"),
                            ("sent_back", "Sent back for revision"),
                            ("issued", "Issued"),
                            ("lifted", "Lifted (解除)"),
                            ("discarded", "Not issued"),
                        ],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "grade",
                    models.CharField(
                        blank=True,
                        choices=[("blue", "Blue"), ("yellow", "Yellow"), ("red", "Red")],
                        max_length=10,
                        verbose_name="grade",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("procedure", "Rules on accepting or handling were broken"),
                            ("shirking", "Shirking"),
                            ("perfunctory", "Perfunctory handling"),
                            ("delay", "Delay"),
                            ("fraud", "Fraud"),
                            ("not_carried_out", "The handling opinion is not carried out"),
                        ],
                        max_length=20,
                        verbose_name="ground",
                    ),
                ),
                ("facts", models.CharField(blank=True, max_length=2000, verbose_name="facts")),
                ("evidence", models.CharField(blank=True, max_length=1000, verbose_name="evidence")),
                ("act", models.CharField(blank=True, max_length=1000, verbose_name="required act")),
                (
                    "advice",
                    models.CharField(blank=True, max_length=1000, verbose_name="recommendation to improve"),
                ),
                ("due_on", models.DateField(null=True, verbose_name="due")),
                ("opened_at", models.DateTimeField()),
                (
                    "adopted",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("wholly", "Adopted"),
                            ("partly", "Adopted in part"),
                            ("not", "Not adopted"),
                        ],
                        max_length=10,
                        verbose_name="adopted",
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "end_reason",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="why it was lifted or not issued"
                    ),
                ),
                (
                    "addressee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slips",
                        to="accounts.organ",
                        verbose_name="unit",
                    ),
                ),
                (
                    "assignment",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slip",
                        to="assignments.assignment",
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slip",
                        to="documents.document",
                    ),
                ),
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
                    "issuer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slips_issued",
                        to="accounts.organ",
                    ),
                ),
                (
                    "opened_for",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slip",
                        to="cases.petitionclock",
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="slips", to="cases.petition"
                    ),
                ),
                (
                    "again_because",
                    models.CharField(blank=True, max_length=300, verbose_name="why a second one"),
                ),
                ("called", models.CharField(blank=True, max_length=200, verbose_name="who is asked to come")),
                ("decided_on", models.DateField(null=True, verbose_name="day of the meeting")),
                (
                    "decision_number",
                    models.CharField(blank=True, max_length=60, verbose_name="number of the minutes"),
                ),
                (
                    "delay_because",
                    models.CharField(blank=True, max_length=300, verbose_name="why it is delay"),
                ),
                (
                    "elsewhere_because",
                    models.CharField(blank=True, max_length=300, verbose_name="why this organ"),
                ),
                ("held_at", models.DateTimeField(null=True, verbose_name="when the interview is")),
                (
                    "held_where",
                    models.CharField(blank=True, max_length=200, verbose_name="where the interview is"),
                ),
                (
                    "sooner_because",
                    models.CharField(blank=True, max_length=300, verbose_name="why an earlier day"),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="leadership.meeting",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["draft", "opened", "sent_back"])),
                        fields=["issuer", "opened_at"],
                        name="slip_not_yet_out",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["opened", "draft", "sent_back", "issued", "lifted", "discarded"])
                        ),
                        name="slip_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("grade__in", ["", "blue", "yellow", "red"])),
                        name="slip_grade_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("adopted__in", ["", "wholly", "partly", "not"])),
                        name="slip_adopted_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "supervision"), _negated=True),
                            ("state__in", ["opened", "discarded"]),
                            models.Q(("advice", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="slip_order_recommends",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["opened", "discarded"]),
                            models.Q(
                                models.Q(("act", ""), _negated=True), models.Q(("facts", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="slip_says_what_and_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("assignment", None),
                                ("state__in", ["discarded", "draft", "opened", "sent_back"]),
                            ),
                            models.Q(
                                ("assignment__isnull", False),
                                ("document__isnull", False),
                                ("state__in", ["issued", "lifted"]),
                            ),
                            _connector="OR",
                        ),
                        name="slip_issued_asks_on_paper",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", False),
                                ("state__in", ["lifted", "discarded"]),
                                models.Q(("end_reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state__in", ["lifted", "discarded"]), _negated=True),
                                ("end_reason", ""),
                                ("ended_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="slip_ends_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("adopted", ""),
                            ("kind__in", ["complete_policy", "improve_work", "pursue_liability"]),
                            _connector="OR",
                        ),
                        name="slip_only_recommendations_are_adopted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("addressee", models.F("issuer")), _negated=True),
                        name="slip_to_another_organ",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "supervision",
                                    "listed",
                                    "rectification",
                                    "interview",
                                    "circular",
                                    "improve_work",
                                    "complete_policy",
                                    "pursue_liability",
                                ],
                            )
                        ),
                        name="slip_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "ground__in",
                                    [
                                        "procedure",
                                        "shirking",
                                        "perfunctory",
                                        "delay",
                                        "fraud",
                                        "not_carried_out",
                                    ],
                                ),
                                ("kind", "supervision"),
                            ),
                            models.Q(
                                ("decided_on", None),
                                ("ground", ""),
                                ("kind__in", ["circular", "interview", "listed", "rectification"]),
                            ),
                            models.Q(
                                ("decided_on__isnull", False),
                                (
                                    "ground__in",
                                    [
                                        "procedure",
                                        "shirking",
                                        "perfunctory",
                                        "delay",
                                        "fraud",
                                        "not_carried_out",
                                    ],
                                ),
                                ("kind__in", ["circular", "interview", "listed", "rectification"]),
                            ),
                            models.Q(
                                ("ground", ""),
                                ("kind__in", ["complete_policy", "improve_work", "pursue_liability"]),
                            ),
                            _connector="OR",
                        ),
                        name="slip_order_has_one_ground",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["circular", "interview", "listed", "rectification"]),
                            models.Q(("decided_on", None), ("decision_number", "")),
                            _connector="OR",
                        ),
                        name="slip_only_the_conference_meets",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("called", ""), ("held_at", None), ("held_where", "")),
                            models.Q(
                                ("held_at__isnull", False),
                                ("kind", "interview"),
                                models.Q(("held_where", ""), _negated=True),
                                models.Q(("called", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="slip_only_an_interview_is_held",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("adopted", ""), ("again_because", ""), ("state", "issued")),
                        fields=("petition", "addressee", "kind", "ground"),
                        name="slip_second_one_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("meeting", None), ("decided_on__isnull", False), _connector="OR"),
                        name="slip_meeting_gives_its_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgendaLine",
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
                            ("undone", "Decided before, not done yet"),
                            ("key", "Key petition: sponsored by a leader"),
                            ("overdue", "Overdue at its tier"),
                            ("old", "Old petition: open for long"),
                            ("returned", "Returned twice"),
                            ("promise", "What was promised"),
                            ("dispute", "Who accepts is in dispute (Art 24)"),
                            ("city", "Needs a power of the city"),
                            ("stuck", "On a list, without movement"),
                            ("lessons", "Key petition closed: lessons"),
                            ("topic", "Topic"),
                        ],
                        max_length=20,
                        verbose_name="ground",
                    ),
                ),
                ("fact_on", models.DateField(null=True)),
                ("fact_count", models.PositiveIntegerField(null=True)),
                ("topic", models.CharField(blank=True, max_length=200, verbose_name="topic")),
                ("struck", models.CharField(blank=True, max_length=300, verbose_name="why it is struck")),
                ("decided_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agenda_lines",
                        to="cases.petition",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="leadership.meeting",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "ground__in",
                                [
                                    "undone",
                                    "key",
                                    "overdue",
                                    "old",
                                    "returned",
                                    "promise",
                                    "dispute",
                                    "city",
                                    "stuck",
                                    "lessons",
                                    "topic",
                                ],
                            )
                        ),
                        name="agenda_ground_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Bulletin",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                ("month", models.DateField(verbose_name="month")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drawn", "Drawn up, waits to be issued"),
                            ("issued", "Issued"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("drawn_at", models.DateTimeField()),
                ("words", models.CharField(blank=True, max_length=1000, verbose_name="what is added")),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "withdrawn_because",
                    models.CharField(blank=True, max_length=300, verbose_name="why it was withdrawn"),
                ),
                (
                    "document",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bulletin",
                        to="documents.document",
                    ),
                ),
                (
                    "edited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "editor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bulletins",
                        to="accounts.organ",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="bulletin_issued_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NOT (OLD.\"state\" = 'drawn'))",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="2690c2dd1236e66f8beab24a23ee3e7224285992",
                            operation="DELETE",
                            pgid="pgtrigger_bulletin_issued_stays_ecf06",
                            table="leadership_bulletin",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="bulletin_issued_says_the_same",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NOT (OLD."state" = \'drawn\') AND (NOT (NEW."state" = \'withdrawn\' AND OLD."state" = \'issued\') OR OLD."words" IS DISTINCT FROM (NEW."words") OR OLD."document_id" IS DISTINCT FROM (NEW."document_id")))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="50167d1b5bb08b5d4bc92b95e272009bbad2682a",
                            operation="UPDATE",
                            pgid="pgtrigger_bulletin_issued_says_the_same_b21e3",
                            table="leadership_bulletin",
                            when="BEFORE",
                        ),
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["drawn", "issued", "withdrawn"])),
                        name="bulletin_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("month__day", 1)), name="bulletin_of_a_whole_month"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("document", None), ("state", "drawn")),
                            models.Q(("document__isnull", False), ("state__in", ["issued", "withdrawn"])),
                            _connector="OR",
                        ),
                        name="bulletin_issued_on_paper",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "withdrawn"),
                                ("withdrawn_at__isnull", False),
                                models.Q(("withdrawn_because", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "withdrawn"), _negated=True),
                                ("withdrawn_at", None),
                                ("withdrawn_because", ""),
                            ),
                            _connector="OR",
                        ),
                        name="bulletin_withdrawn_with_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "withdrawn"), _negated=True),
                        fields=("office", "month"),
                        name="bulletin_once_a_month",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BulletinLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("overdue", "Overdue at the month's end"),
                            ("late", "Done late, repaired"),
                            ("unanswered", "Slips not answered in time"),
                            ("recommended", "Recommendations answered"),
                        ],
                        max_length=20,
                    ),
                ),
                ("due_on", models.DateField(null=True)),
                ("done_on", models.DateField(null=True)),
                ("left_out", models.CharField(blank=True, max_length=300, verbose_name="why it is left out")),
                (
                    "bulletin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="leadership.bulletin",
                    ),
                ),
                (
                    "clock",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.petitionclock",
                    ),
                ),
                (
                    "left_out_by",
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
                        related_name="bulletin_lines",
                        to="accounts.organ",
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.petition"
                    ),
                ),
                (
                    "slip",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="leadership.slip",
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="bulletin_line_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."bulletin_id" IS DISTINCT FROM (NEW."bulletin_id") OR OLD."part" IS DISTINCT FROM (NEW."part") OR OLD."petition_id" IS DISTINCT FROM (NEW."petition_id") OR OLD."organ_id" IS DISTINCT FROM (NEW."organ_id") OR OLD."clock_id" IS DISTINCT FROM (NEW."clock_id") OR OLD."slip_id" IS DISTINCT FROM (NEW."slip_id") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."done_on" IS DISTINCT FROM (NEW."done_on"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="f1f7db8f94f338465a2c8b3425b3ca3e30f3ce5c",
                            operation="UPDATE",
                            pgid="pgtrigger_bulletin_line_stays_a4824",
                            table="leadership_bulletinline",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="bulletin_line_is_kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="6f08da37cd2a20a1a50cbbac1435b910a39cb90b",
                            operation="DELETE",
                            pgid="pgtrigger_bulletin_line_is_kept_a956d",
                            table="leadership_bulletinline",
                            when="BEFORE",
                        ),
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("part__in", ["overdue", "late", "unanswered", "recommended"])),
                        name="bulletin_line_part_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("clock", None), ("slip__isnull", False)),
                            models.Q(("clock__isnull", False), ("slip", None)),
                            _connector="OR",
                        ),
                        name="bulletin_line_of_one_thing",
                    ),
                    models.UniqueConstraint(
                        fields=("bulletin", "part", "clock"), name="bulletin_line_of_clock_once"
                    ),
                    models.UniqueConstraint(
                        fields=("bulletin", "part", "slip"), name="bulletin_line_of_slip_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("left_out", ""), ("left_out_by", None)),
                            models.Q(
                                models.Q(("left_out", ""), _negated=True), ("left_out_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="bulletin_line_left_out_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Instruction",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                ("text", models.CharField(max_length=1000, verbose_name="words")),
                ("said_on", models.DateField(verbose_name="dated")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("signed", "Signed with his own account"),
                            ("scanned", "Entered by his secretary from the paper"),
                            ("oral", "Said, noted by who heard it"),
                        ],
                        max_length=10,
                        verbose_name="source",
                    ),
                ),
                ("heard_at", models.DateTimeField(null=True, verbose_name="heard")),
                (
                    "heard_where",
                    models.CharField(blank=True, max_length=120, verbose_name="where it was said"),
                ),
                ("entered_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("noted", "Not yet confirmed"),
                            ("held", "Can still be undone"),
                            ("given", "Given"),
                            ("completed", "Completed"),
                            ("undone", "Undone"),
                            ("declined", "Not confirmed by the leader"),
                            ("over", "Ended with the matter"),
                        ],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("reminded_at", models.DateTimeField(null=True)),
                ("gives_at", models.DateTimeField(null=True)),
                ("given_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "end_words",
                    models.CharField(blank=True, max_length=500, verbose_name="what was checked, or why not"),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "leader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="instructions",
                        to="accounts.post",
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
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="instructions",
                        to="cases.petition",
                    ),
                ),
                (
                    "scan",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="infra.storedfile",
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="instruction_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="a73e15d375864d84979ba50beeecf34fc3674a9b",
                            operation="DELETE",
                            pgid="pgtrigger_instruction_stays_f4b7d",
                            table="leadership_instruction",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="instruction_is_never_edited",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."petition_id" IS DISTINCT FROM (NEW."petition_id") OR OLD."leader_id" IS DISTINCT FROM (NEW."leader_id") OR OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."said_on" IS DISTINCT FROM (NEW."said_on") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."scan_id" IS DISTINCT FROM (NEW."scan_id") OR OLD."heard_at" IS DISTINCT FROM (NEW."heard_at") OR OLD."heard_where" IS DISTINCT FROM (NEW."heard_where") OR OLD."entered_by_id" IS DISTINCT FROM (NEW."entered_by_id") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."entered_at" IS DISTINCT FROM (NEW."entered_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="1d3a9946a27501aaed8fa20c6357489d1a27057b",
                            operation="UPDATE",
                            pgid="pgtrigger_instruction_is_never_edited_b2226",
                            table="leadership_instruction",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="instruction_completed_when_all_answered",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.\"state\" = 'completed')",
                            func="\n                    IF EXISTS (\n                        SELECT 1 FROM leadership_instructiontask AS task\n                        JOIN assignments_assignment AS asked ON asked.id = task.assignment_id\n                        WHERE task.instruction_id = NEW.id AND asked.ended_at IS NULL\n                    ) THEN\n                        RAISE EXCEPTION 'an instruction is completed when every answer is verified';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="b6352dd74be891c3ceaa4082f4cb1d30bf848a00",
                            operation="UPDATE",
                            pgid="pgtrigger_instruction_completed_when_all_answered_9a959",
                            table="leadership_instruction",
                            when="BEFORE",
                        ),
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "held")), fields=["gives_at"], name="instruction_held"
                    ),
                    models.Index(
                        condition=models.Q(("state", "noted")),
                        fields=["entered_at"],
                        name="instruction_noted",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="instruction_has_words"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["noted", "held", "given", "completed", "undone", "declined", "over"],
                            )
                        ),
                        name="instruction_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source__in", ["signed", "scanned", "oral"])),
                        name="instruction_source_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("source", "signed"), _negated=True),
                            models.Q(("entered_by", models.F("leader")), ("person", models.F("author"))),
                            _connector="OR",
                        ),
                        name="instruction_signed_by_himself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("scan__isnull", False), ("source", "scanned")),
                            models.Q(models.Q(("source", "scanned"), _negated=True), ("scan", None)),
                            _connector="OR",
                        ),
                        name="instruction_entered_from_a_scan",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("heard_at__isnull", False),
                                ("source", "oral"),
                                models.Q(("heard_where", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("source", "oral"), _negated=True),
                                ("confirmed_at", None),
                                ("heard_at", None),
                                ("heard_where", ""),
                            ),
                            _connector="OR",
                        ),
                        name="instruction_heard_at_a_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("source", "oral"), _negated=True),
                            ("state__in", ["noted", "declined", "over"]),
                            ("confirmed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="instruction_oral_is_confirmed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "held"), _negated=True),
                            ("gives_at__isnull", False),
                            _connector="OR",
                        ),
                        name="instruction_held_until",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["completed", "given"]), _negated=True),
                            ("given_at__isnull", False),
                            _connector="OR",
                        ),
                        name="instruction_given_at_a_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "completed"), _negated=True),
                            models.Q(("ended_at__isnull", False), models.Q(("end_words", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="instruction_completed_with_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DecisionRequest",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                ("asked_at", models.DateTimeField()),
                ("stuck", models.CharField(max_length=300, verbose_name="where it is stuck")),
                ("question", models.CharField(max_length=200, verbose_name="what is to be decided")),
                (
                    "choices",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), size=None, verbose_name="choices"
                    ),
                ),
                ("due_on", models.DateField(verbose_name="decision needed by")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits for the leader"),
                            ("decided", "Decided"),
                            ("returned", "Sent back: something is missing"),
                            ("withdrawn", "No longer asked"),
                            ("over", "Ended with the matter"),
                        ],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("chosen", models.PositiveSmallIntegerField(null=True)),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        verbose_name="what is missing, or why it is no longer asked",
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "asking_organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organ"
                    ),
                ),
                (
                    "leader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions_asked",
                        to="accounts.post",
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision_requests",
                        to="cases.petition",
                    ),
                ),
                (
                    "instruction",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision_request",
                        to="leadership.instruction",
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="decision_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="54863f231924e01c33439b8b65e5f990394869a0",
                            operation="DELETE",
                            pgid="pgtrigger_decision_stays_4c221",
                            table="leadership_decisionrequest",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="decision_question_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."petition_id" IS DISTINCT FROM (NEW."petition_id") OR OLD."asking_organ_id" IS DISTINCT FROM (NEW."asking_organ_id") OR OLD."asked_by_id" IS DISTINCT FROM (NEW."asked_by_id") OR OLD."asked_at" IS DISTINCT FROM (NEW."asked_at") OR OLD."stuck" IS DISTINCT FROM (NEW."stuck") OR OLD."question" IS DISTINCT FROM (NEW."question") OR OLD."choices" IS DISTINCT FROM (NEW."choices") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="96e734b7eddc1108e0bcd56326c0ddfa9945b5bb",
                            operation="UPDATE",
                            pgid="pgtrigger_decision_question_stays_52060",
                            table="leadership_decisionrequest",
                            when="BEFORE",
                        ),
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["leader", "due_on"],
                        name="decision_waiting",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "decided", "returned", "withdrawn", "over"])
                        ),
                        name="decision_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("choices__len__gte", 2), ("choices__len__lte", 4)),
                        name="decision_has_two_to_four_choices",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stuck", ""), _negated=True), models.Q(("question", ""), _negated=True)
                        ),
                        name="decision_says_what_is_asked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("instruction__isnull", False), ("state", "decided")),
                            models.Q(
                                models.Q(("state", "decided"), _negated=True),
                                ("chosen", None),
                                ("instruction", None),
                            ),
                            _connector="OR",
                        ),
                        name="decision_becomes_an_instruction",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("state", "waiting")),
                            models.Q(
                                models.Q(("state", "waiting"), _negated=True), ("answered_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="decision_answered_at_a_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["returned", "withdrawn"]), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="decision_returned_with_words",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("petition", "leader", "asking_organ"),
                        name="decision_asked_once_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DutyDay",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                ("day", models.DateField(verbose_name="day")),
                ("is_fixed", models.BooleanField(default=False)),
                ("place", models.CharField(max_length=120, verbose_name="place")),
                ("begins", models.TimeField(verbose_name="begins")),
                ("ends", models.TimeField(verbose_name="ends")),
                ("entered_at", models.DateTimeField()),
                ("called_off_at", models.DateTimeField(null=True)),
                (
                    "called_off_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="why it was called off"),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duty_days",
                        to="accounts.organ",
                    ),
                ),
                (
                    "planned",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duty_days",
                        to="accounts.post",
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="duty_day_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="7afe1c22027a1ab0db1b50b3843eb4e7a4ba6632",
                            operation="DELETE",
                            pgid="pgtrigger_duty_day_stays_f2683",
                            table="leadership_dutyday",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="duty_day_plan_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."office_id" IS DISTINCT FROM (NEW."office_id") OR OLD."day" IS DISTINCT FROM (NEW."day") OR OLD."planned_id" IS DISTINCT FROM (NEW."planned_id") OR OLD."is_fixed" IS DISTINCT FROM (NEW."is_fixed") OR OLD."entered_by_id" IS DISTINCT FROM (NEW."entered_by_id") OR OLD."entered_at" IS DISTINCT FROM (NEW."entered_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="a52ad5dc939cf6c78f44415dc49984d86ad98ca1",
                            operation="UPDATE",
                            pgid="pgtrigger_duty_day_plan_stays_700b1",
                            table="leadership_dutyday",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="duty_day_changes_by_substitution",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."post_id" IS DISTINCT FROM (NEW."post_id"))',
                            func="\n                    IF NOT EXISTS (\n                        SELECT 1 FROM leadership_substitution AS stands_in\n                        WHERE stands_in.duty_day_id = NEW.id\n                          AND stands_in.leaves_id = OLD.post_id AND stands_in.takes_id = NEW.post_id\n                    ) THEN\n                        RAISE EXCEPTION 'who sits changes by a substitution with its reason';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="3ef299ca179ff29148cf16ce9a0f16b65d12d828",
                            operation="UPDATE",
                            pgid="pgtrigger_duty_day_changes_by_substitution_0cdfb",
                            table="leadership_dutyday",
                            when="BEFORE",
                        ),
                    ),
                ],
                "indexes": [models.Index(fields=["post", "day"], name="duty_day_by_leader")],
                "constraints": [
                    models.UniqueConstraint(fields=("office", "day"), name="duty_day_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ends__gt", models.F("begins"))), name="duty_day_runs_forward"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("called_off_at", None), ("called_off_reason", "")),
                            models.Q(
                                ("called_off_at__isnull", False),
                                models.Q(("called_off_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="duty_day_called_off_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sponsorship",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("district_leader", "District leader"),
                            ("higher_leader", "Leader of a higher level"),
                            ("unit_head", "Head of the unit"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("outsider", models.CharField(blank=True, max_length=80, verbose_name="name and office")),
                ("reason", models.CharField(max_length=500, verbose_name="why")),
                ("begun_at", models.DateTimeField()),
                (
                    "end",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("completed", "Completed with a result"),
                            ("released", "Released"),
                            ("handed_over", "Handed over"),
                            ("over", "Ended with the matter"),
                        ],
                        max_length=20,
                        verbose_name="how it ended",
                    ),
                ),
                (
                    "end_reason",
                    models.CharField(blank=True, max_length=1000, verbose_name="result, or why it ended"),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "begun_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "continues",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="continued_by",
                        to="leadership.sponsorship",
                    ),
                ),
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
                    "evidence",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="infra.storedfile",
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sponsorships",
                        to="cases.petition",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sponsorships",
                        to="accounts.post",
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="sponsorship_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="73cfeb655d760f7c931d8f5d5ad76673402f0675",
                            operation="DELETE",
                            pgid="pgtrigger_sponsorship_stays_dc4b2",
                            table="leadership_sponsorship",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="sponsorship_facts_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."petition_id" IS DISTINCT FROM (NEW."petition_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."post_id" IS DISTINCT FROM (NEW."post_id") OR OLD."outsider" IS DISTINCT FROM (NEW."outsider") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."begun_at" IS DISTINCT FROM (NEW."begun_at") OR OLD."begun_by_id" IS DISTINCT FROM (NEW."begun_by_id") OR OLD."continues_id" IS DISTINCT FROM (NEW."continues_id"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="1141c7d69bcad4b13e194af3eb0d3e7fc17cd6a4",
                            operation="UPDATE",
                            pgid="pgtrigger_sponsorship_facts_stay_5868b",
                            table="leadership_sponsorship",
                            when="BEFORE",
                        ),
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)),
                        fields=["post", "begun_at"],
                        name="sponsorship_standing",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("petition", "kind"),
                        name="sponsorship_one_of_a_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["district_leader", "higher_leader", "unit_head"])),
                        name="sponsorship_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("end__in", ["", "completed", "released", "handed_over", "over"])),
                        name="sponsorship_end_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "higher_leader"),
                                ("post", None),
                                models.Q(("outsider", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("kind", "higher_leader"), _negated=True),
                                ("outsider", ""),
                                ("post__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="sponsorship_post_or_outsider",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="sponsorship_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end", ""), ("end_reason", ""), ("ended_at", None)),
                            models.Q(
                                ("ended_at__isnull", False),
                                models.Q(("end", ""), _negated=True),
                                models.Q(
                                    ("end", "over"),
                                    models.Q(("end_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="sponsorship_ends_with_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end", "completed"), ("evidence__isnull", False)),
                            models.Q(models.Q(("end", "completed"), _negated=True), ("evidence", None)),
                            _connector="OR",
                        ),
                        name="sponsorship_result_has_evidence",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DutyNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("noted_at", models.DateTimeField()),
                (
                    "duty",
                    models.CharField(
                        choices=[
                            ("know", "Know the matter"),
                            ("explain", "Explain the policy"),
                            ("resolve", "Resolve the matter"),
                            ("aftercare", "Care afterwards"),
                        ],
                        max_length=10,
                    ),
                ),
                ("done_on", models.DateField(verbose_name="done on")),
                ("words", models.CharField(max_length=1000, verbose_name="what was done")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
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
                    "sponsorship",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duty_notes",
                        to="leadership.sponsorship",
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="duty_note_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="a7263f0747a12414b064afaee2deb4b241c1e59e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_duty_note_stays_6d4f1",
                            table="leadership_dutynote",
                            when="BEFORE",
                        ),
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("duty__in", ["know", "explain", "resolve", "aftercare"])),
                        name="duty_note_duty_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="duty_note_has_words"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FieldTrip",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                ("went_on", models.DateField(verbose_name="day")),
                ("place", models.CharField(max_length=120, verbose_name="place")),
                ("companions", models.CharField(blank=True, max_length=200, verbose_name="who went along")),
                ("result", models.CharField(blank=True, max_length=1000, verbose_name="result")),
                ("noted_at", models.DateTimeField()),
                ("struck_at", models.DateTimeField(null=True)),
                (
                    "struck_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="why it was struck out"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
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
                    "post",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="field_trips",
                        to="accounts.post",
                    ),
                ),
                (
                    "struck_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                ("outsider", models.CharField(blank=True, max_length=80, verbose_name="name and office")),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="field_trip_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="1d64761c492bb1061841ca98a3c27018ab6c89d3",
                            operation="DELETE",
                            pgid="pgtrigger_field_trip_stays_0b111",
                            table="leadership_fieldtrip",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
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
                ],
                "indexes": [models.Index(fields=["post", "went_on"], name="field_trip_by_leader")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("struck_at", None), ("struck_by", None), ("struck_reason", "")),
                            models.Q(
                                ("struck_at__isnull", False),
                                ("struck_by__isnull", False),
                                models.Q(("struck_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="field_trip_struck_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("place", ""), _negated=True), name="field_trip_says_where"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("post", None), models.Q(("outsider", ""), _negated=True)),
                            models.Q(("outsider", ""), ("post__isnull", False)),
                            _connector="OR",
                        ),
                        name="field_trip_post_or_outsider",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FieldCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("persons_met", models.PositiveSmallIntegerField(verbose_name="persons met")),
                ("result", models.CharField(max_length=1000, verbose_name="result")),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="field_cases",
                        to="cases.petition",
                    ),
                ),
                (
                    "trip",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="leadership.fieldtrip",
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="field_case_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="afd94c7159eafa2e439b92f3516e447f6470dcf8",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_field_case_stays_7999b",
                            table="leadership_fieldcase",
                            when="BEFORE",
                        ),
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("trip", "petition"), name="field_case_once_a_trip"),
                    models.CheckConstraint(
                        condition=models.Q(("result", ""), _negated=True), name="field_case_has_a_result"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FieldPhoto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nobody_without_consent", models.BooleanField()),
                ("added_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="infra.storedfile"
                    ),
                ),
                (
                    "trip",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to="leadership.fieldtrip",
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="field_photo_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="2e7b18507d651339f0e4469270a27c15db837a7c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_field_photo_stays_0154e",
                            table="leadership_fieldphoto",
                            when="BEFORE",
                        ),
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("nobody_without_consent", True)),
                        name="field_photo_of_nobody_without_consent",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TaskForce",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("topic", models.CharField(max_length=300, verbose_name="topic")),
                ("formed_at", models.DateTimeField()),
                ("resolved_at", models.DateTimeField(null=True)),
                ("result", models.CharField(blank=True, max_length=1000, verbose_name="result")),
                (
                    "formed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="task_forces",
                        to="accounts.organ",
                    ),
                ),
                (
                    "resolved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="task_force_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="926db7520a23a8c7497dc2eb870bf64d5a0f56b5",
                            operation="DELETE",
                            pgid="pgtrigger_task_force_stays_d916c",
                            table="leadership_taskforce",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="task_force_resolved_is_final",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."resolved_at" IS NOT NULL)',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="808753b8a2caaf264365f64a8afab8cac03cd818",
                            operation="UPDATE",
                            pgid="pgtrigger_task_force_resolved_is_final_8451d",
                            table="leadership_taskforce",
                            when="BEFORE",
                        ),
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True), models.Q(("topic", ""), _negated=True)
                        ),
                        name="task_force_has_a_topic",
                    ),
                    models.UniqueConstraint(fields=("organ", "name"), name="task_force_name_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("resolved_at", None), ("resolved_by", None), ("result", "")),
                            models.Q(
                                ("resolved_at__isnull", False),
                                ("resolved_by__isnull", False),
                                models.Q(("result", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="task_force_resolved_with_a_result",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TeamRole",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=30, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                (
                    "is_support",
                    models.BooleanField(
                        default=False, verbose_name="one of the five that support a petition (五包一)"
                    ),
                ),
                ("place", models.PositiveSmallIntegerField(default=0, verbose_name="place in the list")),
                ("ended_on", models.DateField(null=True)),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="team_role_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="7976aab1f1d96422e682d40cf6ad427299283783",
                            operation="DELETE",
                            pgid="pgtrigger_team_role_stays_7c6e2",
                            table="leadership_teamrole",
                            when="BEFORE",
                        ),
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="team_role_has_a_name"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ForceMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("outsider", models.CharField(blank=True, max_length=80, verbose_name="name and unit")),
                ("since_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("end_reason", models.CharField(blank=True, max_length=300, verbose_name="why it ended")),
                (
                    "named_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "force",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="leadership.taskforce",
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="leadership.teamrole",
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="force_member_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="d4c5aee03d1a9339ddd75000c8def19268549375",
                            operation="DELETE",
                            pgid="pgtrigger_force_member_stays_5cbbd",
                            table="leadership_forcemember",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="force_member_facts_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."force_id" IS DISTINCT FROM (NEW."force_id") OR OLD."role_id" IS DISTINCT FROM (NEW."role_id") OR OLD."post_id" IS DISTINCT FROM (NEW."post_id") OR OLD."outsider" IS DISTINCT FROM (NEW."outsider") OR OLD."since_at" IS DISTINCT FROM (NEW."since_at") OR OLD."named_by_id" IS DISTINCT FROM (NEW."named_by_id"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="13d47a56d89081c5763d7435142ecc7023456175",
                            operation="UPDATE",
                            pgid="pgtrigger_force_member_facts_stay_2973a",
                            table="leadership_forcemember",
                            when="BEFORE",
                        ),
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outsider", ""), ("post__isnull", False)),
                            models.Q(("post", None), models.Q(("outsider", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="force_member_post_or_outsider",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end_reason", ""), ("ended_at", None)),
                            models.Q(
                                ("ended_at__isnull", False), models.Q(("end_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="force_member_ends_with_words",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("post__isnull", False)),
                        fields=("force", "role", "post"),
                        name="force_member_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("post", None)),
                        fields=("force", "role", "outsider"),
                        name="force_outsider_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ForcePetition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("taken_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("end_reason", models.CharField(blank=True, max_length=300, verbose_name="why it ended")),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="task_forces",
                        to="cases.petition",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "force",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="petitions",
                        to="leadership.taskforce",
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="force_petition_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="40550a2b1df512545864d787037b4a102d3ab1df",
                            operation="DELETE",
                            pgid="pgtrigger_force_petition_stays_5d0c0",
                            table="leadership_forcepetition",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="force_petition_facts_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."force_id" IS DISTINCT FROM (NEW."force_id") OR OLD."petition_id" IS DISTINCT FROM (NEW."petition_id") OR OLD."taken_at" IS DISTINCT FROM (NEW."taken_at") OR OLD."taken_by_id" IS DISTINCT FROM (NEW."taken_by_id"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="e40fb87cd3fa9dadaa6d38e7a0b114ce6b568ed5",
                            operation="UPDATE",
                            pgid="pgtrigger_force_petition_facts_stay_28f06",
                            table="leadership_forcepetition",
                            when="BEFORE",
                        ),
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("force", "petition"),
                        name="force_petition_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end_reason", ""), ("ended_at", None)),
                            models.Q(
                                ("ended_at__isnull", False), models.Q(("end_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="force_petition_ends_with_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InstructionTask",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("due_on", models.DateField(verbose_name="due")),
                (
                    "assignment",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="instruction_task",
                        to="assignments.assignment",
                    ),
                ),
                (
                    "instruction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="leadership.instruction",
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organ"
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="instruction_task_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="f95910b5a215d3b0633a3934051b5b8217371b63",
                            operation="DELETE",
                            pgid="pgtrigger_instruction_task_stays_03ad3",
                            table="leadership_instructiontask",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="instruction_task_is_never_edited",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."instruction_id" IS DISTINCT FROM (NEW."instruction_id") OR OLD."organ_id" IS DISTINCT FROM (NEW."organ_id") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="ef4395a50c0417407b9e769ec62b613a1e515f74",
                            operation="UPDATE",
                            pgid="pgtrigger_instruction_task_is_never_edited_2a99b",
                            table="leadership_instructiontask",
                            when="BEFORE",
                        ),
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("instruction", "organ"), name="instruction_task_once_a_unit"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                ("day", models.DateField(verbose_name="day")),
                ("begins", models.TimeField(verbose_name="begins")),
                ("place", models.CharField(max_length=120, verbose_name="place")),
                (
                    "told",
                    models.CharField(
                        choices=[
                            ("phone", "By telephone"),
                            ("letter", "By letter"),
                            ("in_person", "In person"),
                        ],
                        max_length=10,
                        verbose_name="how it was told",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("offered", "Offered"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined: nothing follows from it"),
                            ("held", "Held"),
                            ("withdrawn", "Taken back by the office"),
                        ],
                        default="offered",
                        max_length=10,
                    ),
                ),
                ("invited_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("persons", models.PositiveSmallIntegerField(null=True, verbose_name="persons")),
                ("words", models.CharField(blank=True, max_length=1000, verbose_name="result")),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="cases.petition",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="accounts.post",
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="invitation_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="56186eb6ef2fafc93ddeefb099079ea51d0b001b",
                            operation="DELETE",
                            pgid="pgtrigger_invitation_stays_852dd",
                            table="leadership_invitation",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="invitation_facts_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."petition_id" IS DISTINCT FROM (NEW."petition_id") OR OLD."post_id" IS DISTINCT FROM (NEW."post_id") OR OLD."day" IS DISTINCT FROM (NEW."day") OR OLD."begins" IS DISTINCT FROM (NEW."begins") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."told" IS DISTINCT FROM (NEW."told") OR OLD."invited_at" IS DISTINCT FROM (NEW."invited_at") OR OLD."invited_by_id" IS DISTINCT FROM (NEW."invited_by_id"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="3b62ab999d31d1ab46ca2b2366250702feff3859",
                            operation="UPDATE",
                            pgid="pgtrigger_invitation_facts_stay_59e18",
                            table="leadership_invitation",
                            when="BEFORE",
                        ),
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "held")), fields=["post", "day"], name="invitation_held"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["offered", "accepted", "declined", "held", "withdrawn"])
                        ),
                        name="invitation_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("told__in", ["phone", "letter", "in_person"])),
                        name="invitation_told_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("place", ""), _negated=True), name="invitation_has_a_place"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("persons__gte", 1), ("state", "held"), models.Q(("words", ""), _negated=True)
                            ),
                            models.Q(
                                models.Q(("state", "held"), _negated=True), ("persons", None), ("words", "")
                            ),
                            _connector="OR",
                        ),
                        name="invitation_says_nothing_unless_held",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("state", "offered")),
                            models.Q(
                                models.Q(("state", "offered"), _negated=True), ("answered_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="invitation_answered_at_a_moment",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["accepted", "offered"])),
                        fields=("petition", "post"),
                        name="invitation_one_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LessonsNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("helped", models.CharField(max_length=1000, verbose_name="what helped")),
                (
                    "missed",
                    models.CharField(
                        blank=True, max_length=1000, verbose_name="what went wrong or took too long"
                    ),
                ),
                (
                    "advice",
                    models.CharField(
                        blank=True, max_length=1000, verbose_name="what follows for other petitions"
                    ),
                ),
                ("noted_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
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
                    "petition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lessons",
                        to="cases.petition",
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="lessons_note_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="feaa28b9c045fac7b09771c768717ca37ed511b5",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_lessons_note_stays_9a757",
                            table="leadership_lessonsnote",
                            when="BEFORE",
                        ),
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("helped", ""), _negated=True), name="lessons_note_has_words"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LetterReading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("chosen_on", models.DateField(verbose_name="chosen for")),
                ("why", models.CharField(blank=True, max_length=200, verbose_name="why it was chosen")),
                ("chosen_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "chosen_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "leader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="accounts.post",
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="cases.petition",
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="letter_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="9b81fc3a79f22ae5df331f7e1a0cf717d939cd1f",
                            operation="DELETE",
                            pgid="pgtrigger_letter_stays_07971",
                            table="leadership_letterreading",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="letter_choice_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."petition_id" IS DISTINCT FROM (NEW."petition_id") OR OLD."leader_id" IS DISTINCT FROM (NEW."leader_id") OR OLD."chosen_on" IS DISTINCT FROM (NEW."chosen_on") OR OLD."why" IS DISTINCT FROM (NEW."why"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="b3d291db64ea60678faea16002db318e96a003aa",
                            operation="UPDATE",
                            pgid="pgtrigger_letter_choice_stays_5df80",
                            table="leadership_letterreading",
                            when="BEFORE",
                        ),
                    ),
                ],
                "indexes": [models.Index(fields=["leader", "chosen_on"], name="letter_by_leader")],
                "constraints": [
                    models.UniqueConstraint(fields=("petition", "leader"), name="letter_once_a_leader")
                ],
            },
        ),
        migrations.CreateModel(
            name="StrikeList",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("central", "Repeats assigned by the centre (中央交办重复信访)"),
                            ("higher", "Assigned by a higher level"),
                            ("inspection", "Found by an inspection"),
                            ("self", "Found by ourselves"),
                        ],
                        max_length=20,
                        verbose_name="source",
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=80, verbose_name="number of its paper")),
                ("opened_at", models.DateTimeField()),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="strike_lists",
                        to="accounts.organ",
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="strike_list_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="940c212c936d525f38db5f6f827c83a9f948de3d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_strike_list_stays_053e3",
                            table="leadership_strikelist",
                            when="BEFORE",
                        ),
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("source__in", ["central", "higher", "inspection", "self"])),
                        name="strike_list_source_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="strike_list_has_a_name"
                    ),
                    models.UniqueConstraint(fields=("organ", "name"), name="strike_list_name_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ListItem",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                ("matter", models.CharField(blank=True, max_length=200, verbose_name="matter")),
                ("act", models.CharField(max_length=1000, verbose_name="what is to be shown")),
                ("due_on", models.DateField(verbose_name="due")),
                ("listed_on", models.DateField(verbose_name="on the list since")),
                ("entered_at", models.DateTimeField()),
                (
                    "assignment",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="list_item",
                        to="assignments.assignment",
                    ),
                ),
                (
                    "entered_by",
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
                    "petition",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="list_items",
                        to="cases.petition",
                    ),
                ),
                (
                    "responsible",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="list_items",
                        to="accounts.post",
                    ),
                ),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="leadership.strikelist",
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="list_item_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="640b6eef8919b409eb20c339cffbd852cc8f61dc",
                            operation="DELETE",
                            pgid="pgtrigger_list_item_stays_a8c2a",
                            table="leadership_listitem",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="list_item_facts_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."list_id" IS DISTINCT FROM (NEW."list_id") OR OLD."petition_id" IS DISTINCT FROM (NEW."petition_id") OR OLD."matter" IS DISTINCT FROM (NEW."matter") OR OLD."act" IS DISTINCT FROM (NEW."act") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."listed_on" IS DISTINCT FROM (NEW."listed_on") OR OLD."entered_at" IS DISTINCT FROM (NEW."entered_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="19b9e3e0e8570ac0d39e79279ea9992fdaa81692",
                            operation="UPDATE",
                            pgid="pgtrigger_list_item_facts_stay_72258",
                            table="leadership_listitem",
                            when="BEFORE",
                        ),
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("petition", None), models.Q(("matter", ""), _negated=True)),
                            models.Q(("matter", ""), ("petition__isnull", False)),
                            _connector="OR",
                        ),
                        name="list_item_petition_or_matter",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("act", ""), _negated=True), name="list_item_says_what_is_shown"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("petition__isnull", False)),
                        fields=("list", "petition"),
                        name="list_item_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LookBack",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                ("seed", models.CharField(max_length=32, verbose_name="seed")),
                ("until", models.DateField(verbose_name="struck off until")),
                ("drawn_from", models.PositiveIntegerField(verbose_name="drawn from")),
                ("drawn_at", models.DateTimeField()),
                (
                    "drawn_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="look_backs",
                        to="leadership.strikelist",
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="look_back_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="e8ce5a60d71ba5ec43a3c063b0e166cf209b39fe",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_look_back_stays_f3367",
                            table="leadership_lookback",
                            when="BEFORE",
                        ),
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("seed", ""), _negated=True), name="look_back_keeps_its_seed"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Strike",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("struck_on", models.DateField(verbose_name="struck off on")),
                ("words", models.CharField(max_length=500, verbose_name="what was verified")),
                ("struck_at", models.DateTimeField()),
                ("ended_on", models.DateField(null=True, verbose_name="put back on")),
                (
                    "ended_why",
                    models.CharField(blank=True, max_length=500, verbose_name="why it was put back"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="infra.storedfile",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="strikes",
                        to="leadership.listitem",
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
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="strike_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="8ffaacfa5ffff994bba7c1686fd5c6409f6b05fd",
                            operation="DELETE",
                            pgid="pgtrigger_strike_stays_2ae14",
                            table="leadership_strike",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="strike_facts_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."item_id" IS DISTINCT FROM (NEW."item_id") OR OLD."struck_on" IS DISTINCT FROM (NEW."struck_on") OR OLD."words" IS DISTINCT FROM (NEW."words") OR OLD."evidence_id" IS DISTINCT FROM (NEW."evidence_id") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."struck_at" IS DISTINCT FROM (NEW."struck_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="c49923af61328ce7f85eb3fce2471aa3771d83a4",
                            operation="UPDATE",
                            pgid="pgtrigger_strike_facts_stay_79838",
                            table="leadership_strike",
                            when="BEFORE",
                        ),
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="strike_has_words"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on", None)), fields=("item",), name="strike_one_standing"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on", None), ("ended_why", "")),
                            models.Q(("ended_on__isnull", False), models.Q(("ended_why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="strike_ended_with_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LookedAt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("holds", models.BooleanField(null=True, verbose_name="it holds")),
                ("words", models.CharField(blank=True, max_length=500, verbose_name="what was found")),
                ("looked_at", models.DateTimeField(null=True)),
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
                    "look_back",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drawn",
                        to="leadership.lookback",
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
                    "strike",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="looks",
                        to="leadership.strike",
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="looked_at_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="1c3ffa42df67f0cd4283f2b375702d9166ad6c9a",
                            operation="DELETE",
                            pgid="pgtrigger_looked_at_stays_e29c7",
                            table="leadership_lookedat",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="looked_at_is_final",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."looked_at" IS NOT NULL)',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="b83ffb17edefb62b2ff33bc3ba0b6c941a70f85a",
                            operation="UPDATE",
                            pgid="pgtrigger_looked_at_is_final_78ed5",
                            table="leadership_lookedat",
                            when="BEFORE",
                        ),
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("look_back", "strike"), name="looked_at_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("holds", None), ("looked_at", None), ("words", "")),
                            models.Q(
                                ("holds__isnull", False),
                                ("looked_at__isnull", False),
                                ("person__isnull", False),
                                models.Q(("words", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="looked_at_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Station",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("station", "Petition work station"),
                            ("liaison", "Liaison point for residents elsewhere"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("address", models.CharField(max_length=120, verbose_name="address")),
                ("staff", models.CharField(max_length=200, verbose_name="who works there")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="work telephone")),
                ("hours", models.CharField(max_length=100, verbose_name="hours")),
                (
                    "lawyer_hours",
                    models.CharField(blank=True, max_length=100, verbose_name="hours of the lawyer"),
                ),
                ("opened_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "end_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="why it was closed"),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stations",
                        to="accounts.organ",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="keeps_stations",
                        to="accounts.organ",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stations",
                        to="places.place",
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="station_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="442c82aeeb7c104892a1ac0c458aae0187cb3c1d",
                            operation="DELETE",
                            pgid="pgtrigger_station_stays_dbb50",
                            table="leadership_station",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="station_origin_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."office_id" IS DISTINCT FROM (NEW."office_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."opened_at" IS DISTINCT FROM (NEW."opened_at") OR OLD."opened_by_id" IS DISTINCT FROM (NEW."opened_by_id"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="a9cf1ea760cb06d7e186b4f094d87c5c7beeac6e",
                            operation="UPDATE",
                            pgid="pgtrigger_station_origin_stays_814af",
                            table="leadership_station",
                            when="BEFORE",
                        ),
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["station", "liaison"])), name="station_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            models.Q(("address", ""), _negated=True),
                            models.Q(("staff", ""), _negated=True),
                            models.Q(("hours", ""), _negated=True),
                        ),
                        name="station_says_where_who_and_when",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("office", "name"),
                        name="station_name_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end_reason", ""), ("ended_at", None)),
                            models.Q(
                                ("ended_at__isnull", False), models.Q(("end_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="station_closed_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mediator",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("lawyer", "Lawyer"),
                            ("elder", "One of the five elders (五老)"),
                            ("grid_worker", "Grid worker"),
                            ("professional", "People's mediator"),
                        ],
                        max_length=15,
                        verbose_name="kind",
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="work telephone")),
                ("entered_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mediators",
                        to="accounts.organ",
                    ),
                ),
                (
                    "station",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mediators",
                        to="leadership.station",
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="mediator_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="a9725873c3b1707a79bfd4c2a72a6d2d8725392c",
                            operation="DELETE",
                            pgid="pgtrigger_mediator_stays_b6caf",
                            table="leadership_mediator",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="mediator_facts_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."office_id" IS DISTINCT FROM (NEW."office_id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."entered_at" IS DISTINCT FROM (NEW."entered_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="eab11dc78b1569ab1982647fd1f30cb89d96aa67",
                            operation="UPDATE",
                            pgid="pgtrigger_mediator_facts_stay_aeb52",
                            table="leadership_mediator",
                            when="BEFORE",
                        ),
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["lawyer", "elder", "grid_worker", "professional"])),
                        name="mediator_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="mediator_has_a_name"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingDecision",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("task", "A task"),
                            ("jurisdiction", "Who accepts (Art 24)"),
                            ("measure", "A measure (Art 39)"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "measure",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("supervision", "Supervision order (督办)"),
                            ("listed", "Listed supervision (挂牌督办)"),
                            ("rectification", "Order to rectify within a time (限期整改)"),
                            ("interview", "Interview (约谈)"),
                            ("circular", "Circular (通报)"),
                            ("improve_work", "Recommendation to improve work"),
                            ("complete_policy", "Recommendation to complete a policy"),
                            ("pursue_liability", "Recommendation to pursue liability"),
                        ],
                        max_length=20,
                        verbose_name="measure",
                    ),
                ),
                ("words", models.CharField(max_length=1000, verbose_name="words")),
                ("due_on", models.DateField(verbose_name="due")),
                ("noted_at", models.DateTimeField()),
                (
                    "assignment",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meeting_decision",
                        to="assignments.assignment",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="leadership.agendaline",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="leadership.meeting",
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
                    "petition",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meeting_decisions",
                        to="cases.petition",
                    ),
                ),
                (
                    "responsible",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meeting_decisions",
                        to="accounts.post",
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="meeting_decision_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."meeting_id" IS DISTINCT FROM (NEW."meeting_id") OR OLD."line_id" IS DISTINCT FROM (NEW."line_id") OR OLD."petition_id" IS DISTINCT FROM (NEW."petition_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."measure" IS DISTINCT FROM (NEW."measure") OR OLD."words" IS DISTINCT FROM (NEW."words") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."noted_at" IS DISTINCT FROM (NEW."noted_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="1de0a0e3b7da3bd4e63a331800a082275fd8ca5a",
                            operation="UPDATE",
                            pgid="pgtrigger_meeting_decision_stays_6cb49",
                            table="leadership_meetingdecision",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="meeting_decision_before_the_signature",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    IF EXISTS (\n                        SELECT 1 FROM leadership_meeting\n                        WHERE id = COALESCE(NEW.meeting_id, OLD.meeting_id) AND state <> 'held'\n                    ) THEN\n                        RAISE EXCEPTION 'decisions are written while the minutes wait for a signature';\n                    END IF;\n                    RETURN COALESCE(NEW, OLD);\n                ",
                            hash="9e3da852f96ebe153acd40f78591a809e9b360d8",
                            operation="INSERT OR DELETE",
                            pgid="pgtrigger_meeting_decision_before_the_signature_b59d0",
                            table="leadership_meetingdecision",
                            when="BEFORE",
                        ),
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["task", "jurisdiction", "measure"])),
                        name="meeting_decision_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="meeting_decision_has_words"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "measure"),
                                ("measure__in", ["circular", "interview", "listed", "rectification"]),
                                ("petition__isnull", False),
                            ),
                            models.Q(("kind", "jurisdiction"), ("measure", ""), ("petition__isnull", False)),
                            models.Q(("kind", "task"), ("measure", "")),
                            _connector="OR",
                        ),
                        name="meeting_decision_measure_of_the_conference",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingUnit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("venue", models.CharField(blank=True, max_length=80, verbose_name="sub-venue")),
                ("came", models.BooleanField(null=True, verbose_name="came")),
                ("who", models.CharField(blank=True, max_length=60, verbose_name="who came")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="units",
                        to="leadership.meeting",
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organ"
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="meeting_unit_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="64cabafd9fa18ee6638241d1163b6d11289c98fd",
                            operation="DELETE",
                            pgid="pgtrigger_meeting_unit_stays_bf7db",
                            table="leadership_meetingunit",
                            when="BEFORE",
                        ),
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "organ"), name="meeting_unit_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Pairing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("end_reason", models.CharField(blank=True, max_length=300, verbose_name="why it ended")),
                (
                    "commissioner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paired_with",
                        to="accounts.post",
                    ),
                ),
                (
                    "leader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pairings",
                        to="accounts.post",
                    ),
                ),
                (
                    "named_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="pairing_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="b28e01bdf109cbd4bd9c234013c16cbdc159370d",
                            operation="DELETE",
                            pgid="pgtrigger_pairing_stays_a409c",
                            table="leadership_pairing",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="pairing_facts_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."leader_id" IS DISTINCT FROM (NEW."leader_id") OR OLD."commissioner_id" IS DISTINCT FROM (NEW."commissioner_id") OR OLD."since_at" IS DISTINCT FROM (NEW."since_at") OR OLD."named_by_id" IS DISTINCT FROM (NEW."named_by_id"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="514e42c47784953134038bb0c31358342a09f9ae",
                            operation="UPDATE",
                            pgid="pgtrigger_pairing_facts_stay_441ca",
                            table="leadership_pairing",
                            when="BEFORE",
                        ),
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("commissioner",),
                        name="pairing_one_leader",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("leader", models.F("commissioner")), _negated=True),
                        name="pairing_of_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end_reason", ""), ("ended_at", None)),
                            models.Q(
                                ("ended_at__isnull", False), models.Q(("end_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="pairing_ends_with_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Phrase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.CharField(max_length=60, verbose_name="phrase")),
                ("kept_at", models.DateTimeField()),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="phrases",
                        to="accounts.post",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("post", "words"), name="phrase_once_a_post"),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="phrase_says_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlaceSecretary",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                ("title", models.CharField(max_length=60, verbose_name="office")),
                ("since", models.DateField(verbose_name="from")),
                ("until", models.DateField(null=True, verbose_name="to")),
                ("entered_at", models.DateTimeField()),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="secretaries",
                        to="places.place",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="place_secretary_runs_forward",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True), models.Q(("title", ""), _negated=True)
                        ),
                        name="place_secretary_is_named",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("place", "="),
                            (
                                models.Func(
                                    "since",
                                    "until",
                                    models.Value("[]"),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="place_secretary_one_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("noted_at", models.DateTimeField()),
                ("words", models.CharField(max_length=300, verbose_name="step")),
                ("due_on", models.DateField(verbose_name="due")),
                ("done_on", models.DateField(null=True, verbose_name="done on")),
                ("dropped_at", models.DateTimeField(null=True)),
                ("outcome", models.CharField(blank=True, max_length=500, verbose_name="what came of it")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
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
                    "sponsorship",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="leadership.sponsorship",
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="plan_step_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="0d7c7e48335167f83b86eb34e7bdb4c4de58fafc",
                            operation="DELETE",
                            pgid="pgtrigger_plan_step_stays_7ef81",
                            table="leadership_planstep",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="plan_step_words_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."sponsorship_id" IS DISTINCT FROM (NEW."sponsorship_id") OR OLD."words" IS DISTINCT FROM (NEW."words") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="d98a5402b862f54915cc727773ea0c13f15925bc",
                            operation="UPDATE",
                            pgid="pgtrigger_plan_step_words_stay_62152",
                            table="leadership_planstep",
                            when="BEFORE",
                        ),
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="plan_step_has_words"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_on", None), ("dropped_at", None), ("outcome", "")),
                            models.Q(
                                models.Q(("outcome", ""), _negated=True),
                                models.Q(("done_on", None), ("dropped_at", None), _connector="OR"),
                            ),
                            _connector="OR",
                        ),
                        name="plan_step_done_or_dropped",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReceptionTarget",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "counted",
                    models.CharField(
                        choices=[
                            ("sittings", "Days in the hall (坐班接访)"),
                            ("trips", "Journeys with petitions (带案下访)"),
                        ],
                        max_length=10,
                        verbose_name="what is counted",
                    ),
                ),
                ("weekly", models.PositiveSmallIntegerField(verbose_name="times a week")),
                ("since", models.DateField(verbose_name="from")),
                ("entered_at", models.DateTimeField()),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reception_targets",
                        to="accounts.organ",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="reception_target_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="bbe69df2c0cbf73093749731e5bcd80d3985f0c9",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_reception_target_stays_ce516",
                            table="leadership_receptiontarget",
                            when="BEFORE",
                        ),
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("counted__in", ["sittings", "trips"])),
                        name="reception_target_known",
                    ),
                    models.UniqueConstraint(
                        fields=("office", "counted", "post", "since"),
                        name="reception_target_once_a_day",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Rotation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField(verbose_name="from")),
                (
                    "fixed_weekday",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Monday"),
                            (1, "Tuesday"),
                            (2, "Wednesday"),
                            (3, "Thursday"),
                            (4, "Friday"),
                        ],
                        null=True,
                        verbose_name="fixed weekday",
                    ),
                ),
                ("place", models.CharField(max_length=120, verbose_name="place")),
                ("begins", models.TimeField(verbose_name="begins")),
                ("ends", models.TimeField(verbose_name="ends")),
                ("entered_at", models.DateTimeField()),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "fixed_post",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rotations",
                        to="accounts.organ",
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="rotation_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="20ab481d8927b5fda0dfc1221259c687bf4644cc",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_rotation_stays_20d79",
                            table="leadership_rotation",
                            when="BEFORE",
                        ),
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("office", "since"), name="rotation_once_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("fixed_post", None), ("fixed_weekday", None)),
                            models.Q(("fixed_post__isnull", False), ("fixed_weekday__in", [0, 1, 2, 3, 4])),
                            _connector="OR",
                        ),
                        name="rotation_fixed_day_has_its_leader",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends__gt", models.F("begins"))), name="rotation_runs_forward"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("place", ""), _negated=True), name="rotation_has_a_place"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RotationSeat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "rotation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="leadership.rotation",
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="rotation_seat_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="68c1862dd04200438f76642e50d8941502b68abb",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_rotation_seat_stays_c26d0",
                            table="leadership_rotationseat",
                            when="BEFORE",
                        ),
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("rotation", "position"), name="rotation_seat_once"),
                    models.UniqueConstraint(fields=("rotation", "post"), name="rotation_leader_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Secretary",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("named_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "leader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="secretaries",
                        to="accounts.post",
                    ),
                ),
                (
                    "named_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="serves", to="accounts.post"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("post", "leader"),
                        name="secretary_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("post", models.F("leader")), _negated=True),
                        name="secretary_is_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ServiceDay",
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
                            ("legal_advice", "Legal advice"),
                            ("mediation", "Mediation before litigation (诉前调解)"),
                        ],
                        max_length=15,
                        verbose_name="what was done",
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                ("matters", models.PositiveSmallIntegerField(verbose_name="matters")),
                ("persons", models.PositiveSmallIntegerField(verbose_name="persons")),
                ("settled", models.PositiveSmallIntegerField(default=0, verbose_name="settled")),
                ("noted_at", models.DateTimeField()),
                ("struck_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="service_days",
                        to="accounts.organ",
                    ),
                ),
                (
                    "station",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="service_days",
                        to="leadership.station",
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="service_day_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="63b86b366a3ea70b3a1daa614e1ff2d6bb0aabf6",
                            operation="DELETE",
                            pgid="pgtrigger_service_day_stays_e45f8",
                            table="leadership_serviceday",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="service_day_numbers_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."office_id" IS DISTINCT FROM (NEW."office_id") OR OLD."station_id" IS DISTINCT FROM (NEW."station_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."day" IS DISTINCT FROM (NEW."day") OR OLD."matters" IS DISTINCT FROM (NEW."matters") OR OLD."persons" IS DISTINCT FROM (NEW."persons") OR OLD."settled" IS DISTINCT FROM (NEW."settled") OR OLD."noted_at" IS DISTINCT FROM (NEW."noted_at") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="53d11bdb291894be378304345f95cf56605ebcb9",
                            operation="UPDATE",
                            pgid="pgtrigger_service_day_numbers_stay_3bad4",
                            table="leadership_serviceday",
                            when="BEFORE",
                        ),
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("struck_at", None)),
                        fields=["office", "day"],
                        name="service_day_counted",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["legal_advice", "mediation"])),
                        name="service_day_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("matters__gte", 1), ("settled__lte", models.F("matters"))),
                        name="service_day_settled_of_matters",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "mediation"), ("settled", 0), _connector="OR"),
                        name="service_day_advice_settles_nothing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Substitution",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="why")),
                ("noted_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "duty_day",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="substitutions",
                        to="leadership.dutyday",
                    ),
                ),
                (
                    "leaves",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
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
                    "takes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="substitution_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="90121617f99d060b63cd4cb42ad1f403934f1460",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_substitution_stays_4b78c",
                            table="leadership_substitution",
                            when="BEFORE",
                        ),
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="substitution_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("leaves", models.F("takes")), _negated=True),
                        name="substitution_is_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TeamMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("outsider", models.CharField(blank=True, max_length=80, verbose_name="name and unit")),
                ("since_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("end_reason", models.CharField(blank=True, max_length=300, verbose_name="why it ended")),
                (
                    "named_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="team", to="cases.petition"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="leadership.teamrole",
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="team_member_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="c7e10bab18c3d01446a3a5b0878f2620831e135c",
                            operation="DELETE",
                            pgid="pgtrigger_team_member_stays_01358",
                            table="leadership_teammember",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="team_member_facts_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."petition_id" IS DISTINCT FROM (NEW."petition_id") OR OLD."role_id" IS DISTINCT FROM (NEW."role_id") OR OLD."post_id" IS DISTINCT FROM (NEW."post_id") OR OLD."outsider" IS DISTINCT FROM (NEW."outsider") OR OLD."since_at" IS DISTINCT FROM (NEW."since_at") OR OLD."named_by_id" IS DISTINCT FROM (NEW."named_by_id"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="07cdccaa97f58614e4b37833507bd7232a256b42",
                            operation="UPDATE",
                            pgid="pgtrigger_team_member_facts_stay_78b2e",
                            table="leadership_teammember",
                            when="BEFORE",
                        ),
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outsider", ""), ("post__isnull", False)),
                            models.Q(("post", None), models.Q(("outsider", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="team_member_post_or_outsider",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end_reason", ""), ("ended_at", None)),
                            models.Q(
                                ("ended_at__isnull", False), models.Q(("end_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="team_member_ends_with_words",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("post__isnull", False)),
                        fields=("petition", "role", "post"),
                        name="team_member_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("post", None)),
                        fields=("petition", "role", "outsider"),
                        name="team_outsider_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ticket",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "came",
                    models.CharField(
                        choices=[
                            ("hall", "In the hall"),
                            ("phone", "By telephone"),
                            ("online", "On the public page"),
                        ],
                        max_length=10,
                        verbose_name="how it was taken",
                    ),
                ),
                ("expected", models.TimeField(null=True, verbose_name="about when")),
                ("digest", models.CharField(max_length=100, null=True, unique=True)),
                ("persons", models.PositiveSmallIntegerField(default=1, verbose_name="persons")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits"),
                            ("called", "Called"),
                            ("seen", "Received"),
                            ("absent", "Did not come"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("taken_at", models.DateTimeField()),
                ("called_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("registered", "Registered as a petition"),
                            ("in_hand", "About a petition already in hand"),
                            ("answered", "Answered on the spot"),
                        ],
                        max_length=10,
                        verbose_name="what came of it",
                    ),
                ),
                (
                    "words",
                    models.CharField(
                        blank=True, max_length=1000, verbose_name="what was said to the visitor"
                    ),
                ),
                (
                    "duty_day",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tickets",
                        to="leadership.dutyday",
                    ),
                ),
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
                    "petition",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receptions",
                        to="cases.petition",
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receptions",
                        to="accounts.post",
                    ),
                ),
                (
                    "sponsorship",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken_on_at",
                        to="leadership.sponsorship",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="ticket_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="707d180e122b2c41fe46f43ed1607a5ab1bdae5a",
                            operation="DELETE",
                            pgid="pgtrigger_ticket_stays_fb19e",
                            table="leadership_ticket",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="ticket_facts_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."duty_day_id" IS DISTINCT FROM (NEW."duty_day_id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."came" IS DISTINCT FROM (NEW."came") OR OLD."expected" IS DISTINCT FROM (NEW."expected") OR OLD."digest" IS DISTINCT FROM (NEW."digest") OR OLD."taken_at" IS DISTINCT FROM (NEW."taken_at") OR OLD."taken_by_id" IS DISTINCT FROM (NEW."taken_by_id"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="8bd3f6a371cfe173a6ac267eadcb79e815154cf4",
                            operation="UPDATE",
                            pgid="pgtrigger_ticket_facts_stay_78ba2",
                            table="leadership_ticket",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="ticket_seen_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.state = 'seen' AND (OLD.persons, OLD.outcome, OLD.words, OLD.received_by_id, OLD.state, OLD.ended_at) IS DISTINCT FROM (NEW.persons, NEW.outcome, NEW.words, NEW.received_by_id, NEW.state, NEW.ended_at))",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="e0389298ecfc7b3e03aa3a94e91a6c312ac6c77e",
                            operation="UPDATE",
                            pgid="pgtrigger_ticket_seen_stays_eff19",
                            table="leadership_ticket",
                            when="BEFORE",
                        ),
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "seen")),
                        fields=["received_by", "ended_at"],
                        name="ticket_received",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("duty_day", "number"), name="ticket_number_once_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(("came__in", ["hall", "phone", "online"])),
                        name="ticket_came_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "called", "seen", "absent", "cancelled"])
                        ),
                        name="ticket_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["", "registered", "in_hand", "answered"])),
                        name="ticket_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("persons__gte", 1)), name="ticket_has_a_person"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("state__in", ["called", "waiting"])),
                            models.Q(
                                ("ended_at__isnull", False),
                                models.Q(("state__in", ["called", "waiting"]), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="ticket_ends_when_it_leaves_the_queue",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("received_by__isnull", False),
                                ("state", "seen"),
                                models.Q(("outcome", ""), _negated=True),
                                models.Q(("words", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "seen"), _negated=True),
                                ("outcome", ""),
                                ("petition", None),
                                ("received_by", None),
                                ("words", ""),
                            ),
                            _connector="OR",
                        ),
                        name="ticket_seen_says_what_came_of_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sponsorship", None), ("petition__isnull", False), _connector="OR"
                        ),
                        name="ticket_taken_on_is_a_petition",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LiftAddressee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "chosen",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("holder", "Holder of the post"),
                            ("deputy", "His deputy, the holder being absent"),
                            ("next", "The next one named, the first post being vacant"),
                            ("fallback", "The office named for that case"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("waiting", "Waits for the leader"),
                            ("accepted", "Accepted"),
                            ("returned", "Returned"),
                            ("lifted_on", "Lifted further"),
                            ("lowered", "Sent down again"),
                            ("declined", "Proposal declined"),
                            ("over", "Ended with the matter"),
                            ("taken_back", "Taken back before anybody took it"),
                            ("overtaken", "Overtaken: it stands as high by another way"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "assignment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assignments.assignment",
                    ),
                ),
                (
                    "lift",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="addressees",
                        to="leadership.petitionlift",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "accepted", "returned"])),
                        name="lift_addressee_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("chosen__in", ["", "holder", "deputy", "next", "fallback"])),
                        name="lift_addressee_chosen_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StationPetition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("given_at", models.DateTimeField()),
                (
                    "assignment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="station_petition",
                        to="assignments.assignment",
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stations",
                        to="cases.petition",
                    ),
                ),
                (
                    "station",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="petitions",
                        to="leadership.station",
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="station_petition_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="32460808b95ca407ab933a9c7cf673f60fe2ef72",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_station_petition_stays_b42e0",
                            table="leadership_stationpetition",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="station_petition_once_at_a_time",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    IF EXISTS (\n                        SELECT 1 FROM leadership_stationpetition AS given\n                        JOIN assignments_assignment AS asked ON asked.id = given.assignment_id\n                        WHERE given.petition_id = NEW.petition_id AND given.station_id = NEW.station_id\n                            AND asked.ended_at IS NULL\n                    ) THEN\n                        RAISE EXCEPTION 'a petition is given to a station once at a time';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="d9b66e79c11d22248bc78d084e0662949692099d",
                            operation="INSERT",
                            pgid="pgtrigger_station_petition_once_at_a_time_be62d",
                            table="leadership_stationpetition",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CallBackDraw",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField()),
                ("seed", models.CharField(max_length=32)),
                ("population", models.PositiveIntegerField()),
                ("drawn_at", models.DateTimeField()),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="call_back_draws",
                        to="accounts.organ",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("office", "month"), name="call_back_draw_once_a_month")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="call_back_draw_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="56435360272c975105bb453c0367fddce31f296c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_call_back_draw_stays_f0f4f",
                            table="leadership_callbackdraw",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CallBack",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("sample", "Drawn among what was finished"),
                            ("dissatisfied", "Said to be dissatisfied"),
                        ],
                        max_length=12,
                        verbose_name="why",
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                (
                    "ended_as",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("answered", "Answered"),
                            ("declined", "Would rather not answer"),
                            ("unreached", "Not reached"),
                        ],
                        max_length=10,
                        verbose_name="how it ended",
                    ),
                ),
                ("has_reply", models.BooleanField(null=True, verbose_name="he has the written reply")),
                (
                    "carried_out",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "Yes"),
                            ("partly", "In part"),
                            ("no", "No"),
                            ("nothing_promised", "Nothing was promised"),
                        ],
                        max_length=20,
                        verbose_name="carried out",
                    ),
                ),
                (
                    "satisfaction",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("satisfied", "Satisfied"),
                            ("basically", "Basically satisfied"),
                            ("dissatisfied", "Dissatisfied"),
                        ],
                        max_length=12,
                        verbose_name="satisfaction",
                    ),
                ),
                ("told_of_review", models.BooleanField(default=False, verbose_name="told of the review")),
                ("words", models.CharField(blank=True, max_length=1000, verbose_name="what he says")),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "checked",
                    models.CharField(
                        blank=True,
                        choices=[("true", "The finish is true"), ("false", "It was finished falsely")],
                        max_length=6,
                        verbose_name="check",
                    ),
                ),
                ("check_words", models.CharField(blank=True, max_length=1000, verbose_name="facts found")),
                ("checked_at", models.DateTimeField(null=True)),
                (
                    "caller",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "checker",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="call_backs",
                        to="accounts.organ",
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="call_backs",
                        to="cases.petition",
                    ),
                ),
                (
                    "rating",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="call_back",
                        to="cases.petitionrating",
                    ),
                ),
                (
                    "draw",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="call_backs",
                        to="leadership.callbackdraw",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_as", "")), fields=["office"], name="call_back_to_call"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("draw__isnull", False), ("ground", "sample"), ("rating", None)),
                            models.Q(("draw", None), ("ground", "dissatisfied"), ("rating__isnull", False)),
                            _connector="OR",
                        ),
                        name="call_back_has_its_ground",
                    ),
                    models.UniqueConstraint(fields=("draw", "petition"), name="call_back_drawn_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("caller", None), ("ended_as", ""), ("ended_at", None), ("ended_by", None)
                            ),
                            models.Q(
                                ("caller__isnull", False),
                                ("ended_as__in", ["answered", "declined", "unreached"]),
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="call_back_end_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("carried_out__in", ["yes", "partly", "no", "nothing_promised"]),
                                ("ended_as", "answered"),
                                ("has_reply__isnull", False),
                            ),
                            models.Q(
                                models.Q(("ended_as", "answered"), _negated=True),
                                ("carried_out", ""),
                                ("has_reply", None),
                                ("satisfaction", ""),
                                ("told_of_review", False),
                                ("words", ""),
                            ),
                            _connector="OR",
                        ),
                        name="call_back_answer_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("satisfaction__in", ["", "satisfied", "basically", "dissatisfied"])
                        ),
                        name="call_back_satisfaction_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("check_words", ""),
                                ("checked", ""),
                                ("checked_at", None),
                                ("checked_by", None),
                                ("checker", None),
                            ),
                            models.Q(
                                models.Q(
                                    ("has_reply", False),
                                    ("carried_out__in", ["no", "partly"]),
                                    _connector="OR",
                                ),
                                ("checked__in", ["true", "false"]),
                                ("checked_at__isnull", False),
                                ("checked_by__isnull", False),
                                ("checker__isnull", False),
                                models.Q(("check_words", ""), _negated=True),
                                models.Q(("checker", models.F("caller")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="call_back_checked_by_another",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="call_back_facts_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."petition_id" IS DISTINCT FROM (NEW."petition_id") OR OLD."office_id" IS DISTINCT FROM (NEW."office_id") OR OLD."ground" IS DISTINCT FROM (NEW."ground") OR OLD."draw_id" IS DISTINCT FROM (NEW."draw_id") OR OLD."rating_id" IS DISTINCT FROM (NEW."rating_id") OR OLD."opened_at" IS DISTINCT FROM (NEW."opened_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="4df08013c895c1566094dc0173d89fe049ae06ba",
                            operation="UPDATE",
                            pgid="pgtrigger_call_back_facts_stay_76935",
                            table="leadership_callback",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="call_back_check_is_final",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."checked_at" IS NOT NULL)',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="74c92cb35bd0d1ebc98546c308e6b2756221fe10",
                            operation="UPDATE",
                            pgid="pgtrigger_call_back_check_is_final_c3cb5",
                            table="leadership_callback",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CallAttempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("reached", "Reached"),
                            ("nobody", "Nobody answered"),
                            ("later", "Asked to be called another time"),
                            ("wrong_number", "The number is not his"),
                        ],
                        max_length=12,
                        verbose_name="result",
                    ),
                ),
                ("tried_at", models.DateTimeField()),
                (
                    "tried_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "call_back",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attempts",
                        to="leadership.callback",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("result__in", ["reached", "nobody", "later", "wrong_number"])),
                        name="call_attempt_result_known",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="call_attempt_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."call_back_id" IS DISTINCT FROM (NEW."call_back_id") OR OLD."result" IS DISTINCT FROM (NEW."result") OR OLD."tried_at" IS DISTINCT FROM (NEW."tried_at") OR OLD."tried_by_id" IS DISTINCT FROM (NEW."tried_by_id"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="23d4aa84b0f0633b880929a45c1b4ae969ed01c5",
                            operation="UPDATE",
                            pgid="pgtrigger_call_attempt_stays_5acea",
                            table="leadership_callattempt",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PressureReport",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                ("words", models.CharField(max_length=1000, verbose_name="what happened")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("page", "Public page"),
                            ("phone", "By telephone"),
                            ("paper", "On paper"),
                            ("window", "At the window"),
                        ],
                        max_length=6,
                        verbose_name="way",
                    ),
                ),
                ("told_at", models.DateTimeField()),
                (
                    "found",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("upheld", "It happened"),
                            ("not_upheld", "It did not happen"),
                            ("unclear", "It cannot be cleared up"),
                        ],
                        max_length=10,
                        verbose_name="what was found",
                    ),
                ),
                (
                    "finding",
                    models.CharField(blank=True, max_length=1000, verbose_name="facts that were found"),
                ),
                ("found_at", models.DateTimeField(null=True)),
                (
                    "about",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organ",
                        verbose_name="who pressed",
                    ),
                ),
                (
                    "addressee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pressure_reports",
                        to="accounts.organ",
                    ),
                ),
                (
                    "finder",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "found_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pressure_reports",
                        to="cases.petition",
                    ),
                ),
                (
                    "slip",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pressure_report",
                        to="leadership.slip",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("found", "")),
                        fields=["addressee"],
                        name="pressure_report_waiting",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="pressure_report_says_what"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("way__in", ["page", "phone", "paper", "window"])),
                        name="pressure_report_way_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("about", None),
                            models.Q(("about", models.F("addressee")), _negated=True),
                            _connector="OR",
                        ),
                        name="pressure_report_goes_past_who_pressed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("noted_by", None), ("way", "page")),
                            models.Q(models.Q(("way", "page"), _negated=True), ("noted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="pressure_report_taken_down_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("finder", None),
                                ("finding", ""),
                                ("found", ""),
                                ("found_at", None),
                                ("found_by", None),
                                ("slip", None),
                            ),
                            models.Q(
                                ("finder__isnull", False),
                                ("found__in", ["upheld", "not_upheld", "unclear"]),
                                ("found_at__isnull", False),
                                ("found_by__isnull", False),
                                models.Q(("finding", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="pressure_report_finding_whole",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="pressure_report_words_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."petition_id" IS DISTINCT FROM (NEW."petition_id") OR OLD."about_id" IS DISTINCT FROM (NEW."about_id") OR OLD."addressee_id" IS DISTINCT FROM (NEW."addressee_id") OR OLD."words" IS DISTINCT FROM (NEW."words") OR OLD."way" IS DISTINCT FROM (NEW."way") OR OLD."noted_by_id" IS DISTINCT FROM (NEW."noted_by_id") OR OLD."told_at" IS DISTINCT FROM (NEW."told_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="69e724fc398df25364e8d898347e85dab07f82e6",
                            operation="UPDATE",
                            pgid="pgtrigger_pressure_report_words_stay_5d325",
                            table="leadership_pressurereport",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="pressure_report_is_final",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."found_at" IS NOT NULL)',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="70719bf8601712b8e050cfbe7662c8dba3e41dab",
                            operation="UPDATE",
                            pgid="pgtrigger_pressure_report_is_final_57ddf",
                            table="leadership_pressurereport",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="agendaline",
            name="earlier",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="agenda_lines",
                to="leadership.meetingdecision",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("earlier", None),
                        ("ground", "topic"),
                        ("petition", None),
                        models.Q(("topic", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("ground", "topic"), _negated=True),
                        ("topic", ""),
                        models.Q(("petition__isnull", False), ("earlier__isnull", False), _connector="OR"),
                    ),
                    _connector="OR",
                ),
                name="agenda_line_of_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("earlier", None), ("petition__isnull", False)),
                fields=("meeting", "petition"),
                name="agenda_petition_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("earlier__isnull", False)),
                fields=("meeting", "earlier"),
                name="agenda_earlier_once",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agendaline",
            trigger=pgtrigger.compiler.Trigger(
                name="agenda_line_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="d2b5e491591bd7289c14ed08e4490c00a9a40b51",
                    operation="DELETE",
                    pgid="pgtrigger_agenda_line_stays_dcd2f",
                    table="leadership_agendaline",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agendaline",
            trigger=pgtrigger.compiler.Trigger(
                name="agenda_line_facts_stay",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."meeting_id" IS DISTINCT FROM (NEW."meeting_id") OR OLD."ground" IS DISTINCT FROM (NEW."ground") OR OLD."petition_id" IS DISTINCT FROM (NEW."petition_id") OR OLD."earlier_id" IS DISTINCT FROM (NEW."earlier_id") OR OLD."fact_on" IS DISTINCT FROM (NEW."fact_on") OR OLD."fact_count" IS DISTINCT FROM (NEW."fact_count") OR OLD."topic" IS DISTINCT FROM (NEW."topic"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="0a1c4b2fb61ccd931c1e08b40bdade7845b5c55d",
                    operation="UPDATE",
                    pgid="pgtrigger_agenda_line_facts_stay_ce95c",
                    table="leadership_agendaline",
                    when="BEFORE",
                ),
            ),
        ),
    ]
