import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("places", "0001_initial"),
    ]

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("username", models.CharField(max_length=40, unique=True, verbose_name="staff number")),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="work telephone")),
                ("language", models.CharField(blank=True, max_length=10)),
                ("is_active", models.BooleanField(default=True)),
                ("must_change_password", models.BooleanField(default=False)),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="left on")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("username", django.db.models.functions.text.Lower(models.F("username")))
                        ),
                        name="user_username_is_lower_case",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Organ",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=80, verbose_name="official name")),
                ("short_name", models.CharField(max_length=40, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("petition_office", "Petition office"),
                            ("joint_conference_office", "Joint conference office"),
                            ("department", "Department"),
                            ("township", "Township or street"),
                            ("community", "Community or village committee"),
                            ("leading_body", "Leading body"),
                            ("court_procuratorate", "Court or procuratorate"),
                            ("discipline_organ", "Discipline organ"),
                            ("state_enterprise", "State enterprise"),
                        ],
                        max_length=30,
                        verbose_name="kind",
                    ),
                ),
                (
                    "number_prefix",
                    models.CharField(blank=True, max_length=6, null=True, verbose_name="number prefix"),
                ),
                ("path", models.CharField(max_length=200, unique=True)),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                (
                    "next_higher",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="next_lower",
                        to="accounts.organ",
                        verbose_name="next-higher organ",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="accounts.organ",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="organs", to="places.place"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OrganSuccession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField(verbose_name="since")),
                ("basis", models.CharField(max_length=200, verbose_name="basis")),
                (
                    "predecessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successions",
                        to="accounts.organ",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessions",
                        to="accounts.organ",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Post",
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
                            ("registrar", "Registrar"),
                            ("petition_officer", "Petition-office officer"),
                            ("section_head", "Section head"),
                            ("office_director", "Office director"),
                            ("sealed_lane_officer", "Sealed-lane officer"),
                            ("case_officer", "Case officer"),
                            ("unit_head", "Principal leader of a unit"),
                            ("leader", "Leader"),
                            ("leader_secretary", "Leader's secretary"),
                            ("joint_conference_officer", "Joint-conference officer"),
                            ("grid_worker", "Grid worker"),
                            ("grid_leader", "Grid leader"),
                            ("hearing_clerk", "Hearing clerk"),
                            ("score_officer", "Score officer"),
                            ("inspector", "Inspector (reads only)"),
                            ("system_administrator", "System administrator"),
                            ("security_administrator", "Security administrator"),
                            ("audit_administrator", "Audit administrator"),
                        ],
                        max_length=30,
                        verbose_name="role",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=60, verbose_name="title")),
                (
                    "is_steward",
                    models.BooleanField(default=False, verbose_name="steward of the organ's accounts"),
                ),
                ("held_from", models.DateField(verbose_name="from")),
                ("held_to", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="posts", to="accounts.organ"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Portfolio",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField(verbose_name="from")),
                ("until", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "organ",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="in_portfolio_of",
                        to="accounts.organ",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="in_portfolio_of",
                        to="places.place",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="portfolio",
                        to="accounts.post",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("label", models.CharField(max_length=80, verbose_name="what it is for")),
                ("digest", models.BinaryField(max_length=32, unique=True)),
                ("may_write", models.BooleanField(default=False, verbose_name="may write")),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(verbose_name="expires")),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="api_tokens",
                        to="accounts.post",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField(verbose_name="from")),
                ("until", models.DateField(verbose_name="to")),
                ("reason", models.CharField(max_length=100, verbose_name="reason")),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "deputy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deputises",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absences",
                        to="accounts.post",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RolePolicy",
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
                            ("registrar", "Registrar"),
                            ("petition_officer", "Petition-office officer"),
                            ("section_head", "Section head"),
                            ("office_director", "Office director"),
                            ("sealed_lane_officer", "Sealed-lane officer"),
                            ("case_officer", "Case officer"),
                            ("unit_head", "Principal leader of a unit"),
                            ("leader", "Leader"),
                            ("leader_secretary", "Leader's secretary"),
                            ("joint_conference_officer", "Joint-conference officer"),
                            ("grid_worker", "Grid worker"),
                            ("grid_leader", "Grid leader"),
                            ("hearing_clerk", "Hearing clerk"),
                            ("score_officer", "Score officer"),
                            ("inspector", "Inspector (reads only)"),
                            ("system_administrator", "System administrator"),
                            ("security_administrator", "Security administrator"),
                            ("audit_administrator", "Audit administrator"),
                        ],
                        max_length=30,
                        unique=True,
                        verbose_name="role",
                    ),
                ),
                (
                    "idle_minutes",
                    models.PositiveIntegerField(
                        verbose_name="minutes without a touch until the screen locks"
                    ),
                ),
                (
                    "trusted_device_days",
                    models.PositiveIntegerField(verbose_name="days a device stays trusted"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "registrar",
                                    "petition_officer",
                                    "section_head",
                                    "office_director",
                                    "sealed_lane_officer",
                                    "case_officer",
                                    "unit_head",
                                    "leader",
                                    "leader_secretary",
                                    "joint_conference_officer",
                                    "grid_worker",
                                    "grid_leader",
                                    "hearing_clerk",
                                    "score_officer",
                                    "inspector",
                                    "system_administrator",
                                    "security_administrator",
                                    "audit_administrator",
                                ],
                            )
                        ),
                        name="role_policy_role_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("idle_minutes__gte", 1), ("idle_minutes__lte", 1440)),
                        name="role_policy_idle_within_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("trusted_device_days__lte", 90)),
                        name="role_policy_trust_within_90_days",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TrustedDevice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.BinaryField(max_length=32, unique=True)),
                ("label", models.CharField(max_length=120)),
                ("trusted_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="trusted_devices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="organ",
            index=models.Index(
                django.contrib.postgres.indexes.OpClass("path", name="text_pattern_ops"), name="organ_by_path"
            ),
        ),
        migrations.AddConstraint(
            model_name="organ",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "petition_office",
                            "joint_conference_office",
                            "department",
                            "township",
                            "community",
                            "leading_body",
                            "court_procuratorate",
                            "discipline_organ",
                            "state_enterprise",
                        ],
                    )
                ),
                name="organ_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="organ",
            constraint=models.CheckConstraint(
                condition=models.Q(("path__endswith", "/")), name="organ_path_closed"
            ),
        ),
        migrations.AddConstraint(
            model_name="organ",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to", None)),
                fields=("number_prefix",),
                name="organ_number_prefix_once_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="organ",
            constraint=models.CheckConstraint(
                condition=models.Q(("parent", models.F("id")), _negated=True), name="organ_parent_is_another"
            ),
        ),
        migrations.AddConstraint(
            model_name="organ",
            constraint=models.CheckConstraint(
                condition=models.Q(("next_higher", models.F("id")), _negated=True),
                name="organ_next_higher_is_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="organ",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                ),
                name="organ_validity_runs_on",
            ),
        ),
        migrations.AddConstraint(
            model_name="organsuccession",
            constraint=models.UniqueConstraint(
                fields=("predecessor", "successor"), name="organ_succession_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="organsuccession",
            constraint=models.CheckConstraint(
                condition=models.Q(("predecessor", models.F("successor")), _negated=True),
                name="organ_succession_to_another",
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(fields=["organ", "role"], name="post_by_organ_and_role"),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        [
                            "registrar",
                            "petition_officer",
                            "section_head",
                            "office_director",
                            "sealed_lane_officer",
                            "case_officer",
                            "unit_head",
                            "leader",
                            "leader_secretary",
                            "joint_conference_officer",
                            "grid_worker",
                            "grid_leader",
                            "hearing_clerk",
                            "score_officer",
                            "inspector",
                            "system_administrator",
                            "security_administrator",
                            "audit_administrator",
                        ],
                    )
                ),
                name="post_role_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("held_to", None), ("held_to__gte", models.F("held_from")), _connector="OR"
                ),
                name="post_runs_forward",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        [
                            "audit_administrator",
                            "sealed_lane_officer",
                            "security_administrator",
                            "system_administrator",
                        ],
                    )
                ),
                expressions=[
                    ("user", "="),
                    (
                        models.Func(
                            "held_from",
                            "held_to",
                            models.Value("[]"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="post_administrators_are_separate",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("user", "="),
                    ("organ", "="),
                    ("role", "="),
                    (
                        models.Func(
                            "held_from",
                            "held_to",
                            models.Value("[]"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="post_once_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="portfolio",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("organ", None), ("place__isnull", False)),
                    models.Q(("organ__isnull", False), ("place", None)),
                    _connector="OR",
                ),
                name="portfolio_organ_or_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="portfolio",
            constraint=models.CheckConstraint(
                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                name="portfolio_runs_forward",
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gte", models.F("since"))), name="absence_runs_forward"
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("ended_at", None)),
                expressions=[
                    ("post", "="),
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
                name="absence_one_deputy_at_a_time",
            ),
        ),
    ]
