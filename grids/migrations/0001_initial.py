import datetime

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import lib.ids


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("grids", "0001_tree_of_grids"),
        ("grids", "0002_events_of_grids"),
        ("grids", "0004_what_names_a_cadre"),
        ("grids", "0005_steps_note_how_it_goes"),
        ("grids", "0006_no_code_of_an_event"),
        ("grids", "0007_rounds_over_grids"),
        ("grids", "0008_diary_and_courtyards"),
        ("grids", "0009_gatherings"),
        ("grids", "0010_boundaries_and_places"),
        ("grids", "0011_rounds_and_notes_of_phones"),
        ("grids", "0012_gatherings_that_repeat"),
    ]

    dependencies = [
        ("accounts", "0005_addresses_for_calendars"),
        ("assignments", "0001_initial"),
        ("deadlines", "0001_initial"),
        ("infra", "0002_keep_runs_of_sweeps"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("places", "0002_long_names"),
    ]

    operations = [
        migrations.CreateModel(
            name="GridScheme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "levels",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        size=None,
                        verbose_name="levels, from the top",
                    ),
                ),
                ("entered_at", models.DateTimeField()),
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
                        related_name="grid_schemes",
                        to="accounts.organ",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organ",), name="grid_scheme_once"),
                    models.CheckConstraint(
                        condition=models.Q(("levels__len__gte", 1), ("levels__len__lte", 7)),
                        name="grid_scheme_has_levels",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="grid_scheme_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="0da517f7ad941bce8898e2f23c6138cf8298260a",
                            operation="DELETE",
                            pgid="pgtrigger_grid_scheme_stays_61556",
                            table="grids_gridscheme",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="grid_scheme_levels_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."levels" IS DISTINCT FROM (NEW."levels") OR OLD."entered_at" IS DISTINCT FROM (NEW."entered_at") OR OLD."entered_by_id" IS DISTINCT FROM (NEW."entered_by_id"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="acf65f37f023fe94eeaeb0d6bdcce56c1f4753da",
                            operation="UPDATE",
                            pgid="pgtrigger_grid_scheme_levels_stay_ec1e3",
                            table="grids_gridscheme",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Grid",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                ("level", models.PositiveSmallIntegerField(verbose_name="level")),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="code")),
                ("path", models.CharField(max_length=200, unique=True)),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                ("place_path", models.CharField(max_length=80)),
                ("area", models.CharField(max_length=200, verbose_name="area")),
                (
                    "band",
                    models.CharField(
                        choices=[
                            ("up_to_500", "Up to 500 people"),
                            ("up_to_1000", "500 to 1,000 people"),
                            ("up_to_2000", "1,000 to 2,000 people"),
                            ("up_to_3000", "2,000 to 3,000 people"),
                            ("above_3000", "More than 3,000 people"),
                        ],
                        max_length=12,
                        verbose_name="people who live there",
                    ),
                ),
                (
                    "complaint_phone",
                    models.CharField(blank=True, max_length=30, verbose_name="complaint telephone"),
                ),
                ("posted_at", models.DateTimeField(null=True)),
                ("opened_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "end_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="why it was closed"),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="grids", to="accounts.organ"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="grids.grid",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="grids", to="places.place"
                    ),
                ),
                (
                    "posted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grids",
                        to="grids.gridscheme",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        django.contrib.postgres.indexes.OpClass("path", name="text_pattern_ops"),
                        name="grid_by_path",
                    ),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass("place_path", name="text_pattern_ops"),
                        name="grid_by_place",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("path__endswith", "/")), name="grid_path_closed"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("level", 1), ("parent", None)),
                            models.Q(("level__gt", 1), ("parent__isnull", False)),
                            _connector="OR",
                        ),
                        name="grid_lies_under_another_or_on_top",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "band__in",
                                ["up_to_500", "up_to_1000", "up_to_2000", "up_to_3000", "above_3000"],
                            )
                        ),
                        name="grid_band_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            models.Q(("code", ""), _negated=True),
                            models.Q(("area", ""), _negated=True),
                        ),
                        name="grid_says_what_it_covers",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("posted_at", None), ("posted_by", None)),
                            models.Q(
                                ("posted_at__isnull", False),
                                ("posted_by__isnull", False),
                                models.Q(("complaint_phone", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="grid_posted_with_complaint_phone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end_reason", ""), ("ended_at", None)),
                            models.Q(
                                ("ended_at__isnull", False), models.Q(("end_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="grid_closed_with_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("organ", "name"),
                        name="grid_name_once",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="grid_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="4b2be5d3d1be462eb8c0999add02ce34a2786b7d",
                            operation="DELETE",
                            pgid="pgtrigger_grid_stays_f19ad",
                            table="grids_grid",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="grid_origin_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."scheme_id" IS DISTINCT FROM (NEW."scheme_id") OR OLD."level" IS DISTINCT FROM (NEW."level") OR OLD."parent_id" IS DISTINCT FROM (NEW."parent_id") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."path" IS DISTINCT FROM (NEW."path") OR OLD."opened_at" IS DISTINCT FROM (NEW."opened_at") OR OLD."opened_by_id" IS DISTINCT FROM (NEW."opened_by_id"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="2899bcc1974c94891410047e5a74bc60cd0fd6ea",
                            operation="UPDATE",
                            pgid="pgtrigger_grid_origin_stays_545c7",
                            table="grids_grid",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="grid_level_fits",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nIF NEW.level > (SELECT cardinality(levels) FROM grids_gridscheme WHERE id = NEW.scheme_id) THEN\n    RAISE EXCEPTION 'a grid lies deeper than its scheme has levels';\nEND IF;\nIF NEW.parent_id IS NOT NULL AND NOT EXISTS (\n    SELECT FROM grids_grid AS above\n    WHERE above.id = NEW.parent_id AND above.scheme_id = NEW.scheme_id AND above.level = NEW.level - 1\n) THEN\n    RAISE EXCEPTION 'a grid lies one level below its parent, in one scheme';\nEND IF;\nRETURN NEW;\n",
                            hash="b80e1b549ac2a62e1d854373e4c330d6f61cb286",
                            operation="INSERT",
                            pgid="pgtrigger_grid_level_fits_61482",
                            table="grids_grid",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GridStaff",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                (
                    "part",
                    models.CharField(
                        choices=[("leader", "Grid leader (网格长)"), ("worker", "Grid worker (网格员)")],
                        max_length=10,
                        verbose_name="part",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("cadre", "Community cadre"),
                            ("hired", "Hired"),
                            ("party_member", "Party member"),
                            ("volunteer", "Volunteer"),
                        ],
                        max_length=15,
                        verbose_name="kind",
                    ),
                ),
                ("level", models.PositiveSmallIntegerField(verbose_name="level")),
                ("heads", models.BooleanField(default=False, verbose_name="heads the grid")),
                ("name", models.CharField(max_length=40, verbose_name="work name")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="work telephone")),
                ("patch", models.CharField(blank=True, max_length=60, verbose_name="courtyard or building")),
                (
                    "skills",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("policy", "Explains policy"),
                                ("opinion", "Answers rumours"),
                                ("livelihood", "Helps with daily life"),
                                ("counsel", "Listens and counsels"),
                                ("service", "Runs public errands"),
                                ("mediation", "Mediates disputes"),
                                ("customs", "Promotes good customs"),
                                ("civility", "Promotes civility"),
                                ("hazard", "Looks for hazards"),
                            ],
                            max_length=12,
                        ),
                        default=list,
                        size=None,
                        verbose_name="what he is good at",
                    ),
                ),
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
                    "grid",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="staff", to="grids.grid"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grids",
                        to="accounts.post",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("part__in", ["leader", "worker"])), name="grid_staff_part_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["cadre", "hired", "party_member", "volunteer"])),
                        name="grid_staff_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "skills__contained_by",
                                [
                                    "policy",
                                    "opinion",
                                    "livelihood",
                                    "counsel",
                                    "service",
                                    "mediation",
                                    "customs",
                                    "civility",
                                    "hazard",
                                ],
                            )
                        ),
                        name="grid_staff_skills_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("name", ""), _negated=True), ("level__gte", 1)),
                        name="grid_staff_has_a_name",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="grid_staff_runs_forward",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("heads", False), ("part", "leader"), _connector="OR"),
                        name="grid_staff_leaders_head",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("heads", True)),
                        expressions=[
                            ("grid", "="),
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
                        name="grid_staff_one_head",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("grid", "="),
                            ("part", "="),
                            ("name", "="),
                            ("patch", "="),
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
                        name="grid_staff_once_at_a_time",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="grid_staff_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="1928f1c1f8575c1d9f47b437b9a02c1dce010996",
                            operation="DELETE",
                            pgid="pgtrigger_grid_staff_stays_36039",
                            table="grids_gridstaff",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="grid_staff_facts_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."grid_id" IS DISTINCT FROM (NEW."grid_id") OR OLD."part" IS DISTINCT FROM (NEW."part") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."level" IS DISTINCT FROM (NEW."level") OR OLD."heads" IS DISTINCT FROM (NEW."heads") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."patch" IS DISTINCT FROM (NEW."patch") OR OLD."post_id" IS DISTINCT FROM (NEW."post_id") OR OLD."since" IS DISTINCT FROM (NEW."since") OR OLD."entered_at" IS DISTINCT FROM (NEW."entered_at") OR OLD."entered_by_id" IS DISTINCT FROM (NEW."entered_by_id"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="2f23cedaabf876b08616919aa2517a1a29ad723d",
                            operation="UPDATE",
                            pgid="pgtrigger_grid_staff_facts_stay_c8d98",
                            table="grids_gridstaff",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="grid_staff_level_fits",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nIF NOT EXISTS (\n    SELECT FROM grids_grid AS grid JOIN grids_gridscheme AS scheme ON scheme.id = grid.scheme_id\n    WHERE grid.id = NEW.grid_id AND NEW.level BETWEEN grid.level AND cardinality(scheme.levels)\n    AND (NOT NEW.heads OR NEW.level = grid.level)\n) THEN\n    RAISE EXCEPTION 'somebody stands for a level that the grid does not have';\nEND IF;\nRETURN NEW;\n",
                            hash="550aa6ba827a819cc8a01dac08b6e0fa6d64edcc",
                            operation="INSERT",
                            pgid="pgtrigger_grid_staff_level_fits_1ca0d",
                            table="grids_gridstaff",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Liaison",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("grid", "A cadre for a grid"),
                            ("households", "A member for households without smartphones"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="work name")),
                ("title", models.CharField(max_length=60, verbose_name="post")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="work telephone")),
                ("households", models.PositiveSmallIntegerField(null=True, verbose_name="households")),
                ("patch", models.CharField(blank=True, max_length=60, verbose_name="courtyard or building")),
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
                    "grid",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="liaisons", to="grids.grid"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["grid", "households"])), name="liaison_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True), models.Q(("title", ""), _negated=True)
                        ),
                        name="liaison_says_who",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("households", None), ("kind", "grid")),
                            models.Q(
                                ("households__gte", 1),
                                ("kind", "households"),
                                models.Q(("patch", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="liaison_households_are_a_number_and_a_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="liaison_runs_forward",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("grid", "="),
                            ("kind", "="),
                            ("name", "="),
                            ("patch", "="),
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
                        name="liaison_once_at_a_time",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="liaison_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="7831991778a4be47d61cb1796fb0cc7df6928789",
                            operation="DELETE",
                            pgid="pgtrigger_liaison_stays_ac782",
                            table="grids_liaison",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="liaison_facts_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."grid_id" IS DISTINCT FROM (NEW."grid_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."households" IS DISTINCT FROM (NEW."households") OR OLD."patch" IS DISTINCT FROM (NEW."patch") OR OLD."since" IS DISTINCT FROM (NEW."since") OR OLD."entered_at" IS DISTINCT FROM (NEW."entered_at") OR OLD."entered_by_id" IS DISTINCT FROM (NEW."entered_by_id"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="3ec696f35d9d064aba54dc203678fa0605e02e31",
                            operation="UPDATE",
                            pgid="pgtrigger_liaison_facts_stay_8fec5",
                            table="grids_liaison",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ServiceTeam",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mediation", "Mediation"),
                            ("counselling", "Counselling"),
                            ("safety", "Public safety"),
                            ("hazard", "Hazards"),
                            ("law", "Law"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("contact", models.CharField(max_length=40, verbose_name="whom to call")),
                ("phone", models.CharField(max_length=30, verbose_name="work telephone")),
                ("members", models.PositiveSmallIntegerField(verbose_name="members")),
                ("entered_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "grid",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="teams",
                        to="grids.grid",
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="service_teams",
                        to="accounts.organ",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["mediation", "counselling", "safety", "hazard", "law"])
                        ),
                        name="service_team_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            models.Q(("contact", ""), _negated=True),
                            models.Q(("phone", ""), _negated=True),
                            ("members__gte", 1),
                        ),
                        name="service_team_can_be_called",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("organ", "name"),
                        name="service_team_name_once",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="service_team_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="fb602665d7916e9406c8100057f800b902346666",
                            operation="DELETE",
                            pgid="pgtrigger_service_team_stays_8c78d",
                            table="grids_serviceteam",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="service_team_facts_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."grid_id" IS DISTINCT FROM (NEW."grid_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."contact" IS DISTINCT FROM (NEW."contact") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."members" IS DISTINCT FROM (NEW."members") OR OLD."entered_at" IS DISTINCT FROM (NEW."entered_at") OR OLD."entered_by_id" IS DISTINCT FROM (NEW."entered_by_id"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="450d0bb9c592204adc3fa671b66f3db741e4f6a9",
                            operation="UPDATE",
                            pgid="pgtrigger_service_team_facts_stay_01436",
                            table="grids_serviceteam",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EventType",
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
                    "ledger",
                    models.CharField(
                        choices=[
                            ("petition", "Petition matters (信访案件)"),
                            ("hazard", "Hazards (安全隐患)"),
                            ("order", "Public order (治安案件)"),
                        ],
                        max_length=10,
                        verbose_name="ledger",
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="grids.eventtype",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ledger__in", ["petition", "hazard", "order"])),
                        name="event_type_ledger_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="event_type_has_a_name"
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="event_type_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="9a4729351adc0eab7dcc337923e7c579d6e40161",
                            operation="DELETE",
                            pgid="pgtrigger_event_type_stays_84d28",
                            table="grids_eventtype",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="event_type_facts_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."parent_id" IS DISTINCT FROM (NEW."parent_id") OR OLD."ledger" IS DISTINCT FROM (NEW."ledger"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="c1f30cfe3fc3fa1d42e72b976bdb158d33b02538",
                            operation="UPDATE",
                            pgid="pgtrigger_event_type_facts_stay_74b1b",
                            table="grids_eventtype",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GridEvent",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="number")),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("worker", "Seen by whoever stands for the grid"),
                            ("resident", "Told by a resident"),
                            ("qr", "Told through the grid's code (码上办)"),
                        ],
                        max_length=10,
                        verbose_name="origin",
                    ),
                ),
                ("place_path", models.CharField(max_length=80)),
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
                    "state",
                    models.CharField(
                        choices=[
                            ("discovered", "In the grid"),
                            ("reported", "Reported, to be accepted"),
                            ("accepted", "Accepted"),
                            ("handling", "With the units"),
                            ("fed_back", "Done, to be verified"),
                            ("verified", "Verified, to be struck off"),
                            ("closed", "Struck off (销号)"),
                            ("returned", "Returned with reason"),
                            ("joined", "Joined to an equal one"),
                            ("handed_over", "Handed to the petition office"),
                            ("converted", "Registered as a petition"),
                        ],
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("title", models.CharField(max_length=60, verbose_name="title")),
                ("text", models.TextField(max_length=2000, verbose_name="text")),
                ("spot", models.CharField(blank=True, max_length=100, verbose_name="where")),
                ("is_dangerous", models.BooleanField(default=False, verbose_name="dangerous")),
                ("contact_sealed", models.BinaryField(null=True)),
                ("observed_at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                ("clock_was_off", models.BooleanField(default=False)),
                ("settled_on_spot", models.BooleanField(default=False)),
                ("ended_at", models.DateTimeField(null=True)),
                ("next_due_at", models.DateTimeField(null=True)),
                (
                    "grid",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="grids.grid"
                    ),
                ),
                (
                    "joined_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joined",
                        to="grids.gridevent",
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grid_events",
                        to="accounts.organ",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "reporter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="grids.eventtype",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["grid", "received_at", "id"], name="event_by_grid"),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass("place_path", name="text_pattern_ops"),
                        models.F("received_at"),
                        models.F("id"),
                        name="event_by_place",
                    ),
                    models.Index(
                        condition=models.Q(("ended_at", None)),
                        fields=["organ", "state", "next_due_at"],
                        name="event_open_by_organ",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("origin__in", ["worker", "resident", "qr"])),
                        name="event_origin_known",
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
                        name="event_tier_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "discovered",
                                    "reported",
                                    "accepted",
                                    "handling",
                                    "fed_back",
                                    "verified",
                                    "closed",
                                    "returned",
                                    "joined",
                                    "handed_over",
                                    "converted",
                                ],
                            )
                        ),
                        name="event_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True), models.Q(("text", ""), _negated=True)
                        ),
                        name="event_says_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", False),
                                ("state__in", ["closed", "converted", "joined", "returned"]),
                            ),
                            models.Q(
                                models.Q(
                                    ("state__in", ["closed", "converted", "joined", "returned"]),
                                    _negated=True,
                                ),
                                ("ended_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="event_over_at_a_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("joined_to__isnull", False), ("state", "joined")),
                            models.Q(models.Q(("state", "joined"), _negated=True), ("joined_to", None)),
                            _connector="OR",
                        ),
                        name="event_joined_to_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("joined_to", models.F("id")), _negated=True),
                        name="event_not_joined_to_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("origin", "qr"),
                            models.Q(("reported_by__isnull", False), ("reporter__isnull", False)),
                            _connector="OR",
                        ),
                        name="event_reported_by_somebody",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="event_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="47712ef8350c3226e19b418c0d17e449b8d78e0a",
                            operation="DELETE",
                            pgid="pgtrigger_event_stays_ea3f7",
                            table="grids_gridevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="event_words_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."origin" IS DISTINCT FROM (NEW."origin") OR OLD."grid_id" IS DISTINCT FROM (NEW."grid_id") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."spot" IS DISTINCT FROM (NEW."spot") OR OLD."observed_at" IS DISTINCT FROM (NEW."observed_at") OR OLD."received_at" IS DISTINCT FROM (NEW."received_at") OR OLD."clock_was_off" IS DISTINCT FROM (NEW."clock_was_off") OR OLD."reported_by_id" IS DISTINCT FROM (NEW."reported_by_id") OR OLD."reporter_id" IS DISTINCT FROM (NEW."reporter_id"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="6b0993de0202a78cf02f7b2ca2360f96ddec20ac",
                            operation="UPDATE",
                            pgid="pgtrigger_event_words_stay_a9d8f",
                            table="grids_gridevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EventClock",
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
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="deadlines.rule"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clocks",
                        to="grids.gridevent",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("next_alarm_at__isnull", False)),
                        fields=["next_alarm_at", "id"],
                        name="eventclock_open_by_alarm",
                    ),
                    models.Index(
                        condition=models.Q(("cancelled_at", None), ("met_at", None)),
                        fields=["alarm_day"],
                        name="eventclock_open_by_day",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_day", None), ("last_day__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="eventclock_runs_forward",
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
                        name="eventclock_has_a_day_or_waits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("met_at", None), ("cancelled_at", None), _connector="OR"),
                        name="eventclock_met_or_cancelled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("next_alarm_at", None),
                            models.Q(("cancelled_at", None), ("met_at", None)),
                            _connector="OR",
                        ),
                        name="eventclock_ended_is_silent",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_at", None), ("met_at", None)),
                        fields=("event",),
                        name="event_clock_one_open",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "grids_eventclockversion" ("alarm_day", "amber_at", "breached_at", "cancelled_at", "code", "due_at", "event_id", "extension_days", "extensions", "id", "known_at", "last_day", "met_at", "next_alarm_at", "notice_at", "paused_since", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "presumed", "rolled_day", "rule_id", "set_day", "start_event", "started_at", "starts_on", "steps", "urge_at", "waiting_for_year") VALUES (NEW."alarm_day", NEW."amber_at", NEW."breached_at", NEW."cancelled_at", NEW."code", NEW."due_at", NEW."event_id", NEW."extension_days", NEW."extensions", NEW."id", NEW."known_at", NEW."last_day", NEW."met_at", NEW."next_alarm_at", NEW."notice_at", NEW."paused_since", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."presumed", NEW."rolled_day", NEW."rule_id", NEW."set_day", NEW."start_event", NEW."started_at", NEW."starts_on", NEW."steps", NEW."urge_at", NEW."waiting_for_year"); RETURN NULL;',
                            hash="99e3c4501c6ed76edc8a8e93346c98d817c476a8",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ba898",
                            table="grids_eventclock",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "grids_eventclockversion" ("alarm_day", "amber_at", "breached_at", "cancelled_at", "code", "due_at", "event_id", "extension_days", "extensions", "id", "known_at", "last_day", "met_at", "next_alarm_at", "notice_at", "paused_since", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "presumed", "rolled_day", "rule_id", "set_day", "start_event", "started_at", "starts_on", "steps", "urge_at", "waiting_for_year") VALUES (NEW."alarm_day", NEW."amber_at", NEW."breached_at", NEW."cancelled_at", NEW."code", NEW."due_at", NEW."event_id", NEW."extension_days", NEW."extensions", NEW."id", NEW."known_at", NEW."last_day", NEW."met_at", NEW."next_alarm_at", NEW."notice_at", NEW."paused_since", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."presumed", NEW."rolled_day", NEW."rule_id", NEW."set_day", NEW."start_event", NEW."started_at", NEW."starts_on", NEW."steps", NEW."urge_at", NEW."waiting_for_year"); RETURN NULL;',
                            hash="0ef633045b1d2bd0db67e6f61992e5e79af8c229",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8e6ba",
                            table="grids_eventclock",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EventPhoto",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                (
                    "phase",
                    models.CharField(
                        choices=[("before", "Before"), ("after", "After")], max_length=8, verbose_name="phase"
                    ),
                ),
                ("added_at", models.DateTimeField()),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="event_photos",
                        to="infra.storedfile",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to="grids.gridevent",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("phase__in", ["before", "after"])), name="event_photo_phase_known"
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="event_photo_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="765a44b8c09533c329c3d4db42d5003ddb4e514a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_event_photo_stays_c2af0",
                            table="grids_eventphoto",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EventPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("asked", "asked to handle it"),
                            ("lifted", "it was lifted there"),
                            ("petition", "to be registered as a petition"),
                        ],
                        max_length=10,
                    ),
                ),
                ("since_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "organ",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="event_parts",
                        to="accounts.organ",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="event_parts",
                        to="accounts.post",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="grids.gridevent",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("basis__in", ["asked", "lifted", "petition"])),
                        name="event_part_basis_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("organ", None), ("post__isnull", False)),
                            models.Q(("organ__isnull", False), ("post", None)),
                            _connector="OR",
                        ),
                        name="event_part_organ_or_post",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("organ__isnull", False)),
                        fields=("event", "organ", "basis"),
                        name="event_part_of_organ_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("post__isnull", False)),
                        fields=("event", "post", "basis"),
                        name="event_part_of_post_once",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="event_part_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="1d0f49009c9da0e809e238f477ca9c0134acce6b",
                            operation="DELETE",
                            pgid="pgtrigger_event_part_stays_b5a95",
                            table="grids_eventpart",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="event_part_facts_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."event_id" IS DISTINCT FROM (NEW."event_id") OR OLD."post_id" IS DISTINCT FROM (NEW."post_id") OR OLD."basis" IS DISTINCT FROM (NEW."basis") OR OLD."since_at" IS DISTINCT FROM (NEW."since_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="8393f4517eb69340dca20aaedff37926c4a250c0",
                            operation="UPDATE",
                            pgid="pgtrigger_event_part_facts_stay_341c8",
                            table="grids_eventpart",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EventMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("report", "Reported"),
                            ("progress", "Noted how it goes"),
                            ("settle", "Settled on the spot"),
                            ("send_up", "Sent up to the community"),
                            ("accept", "Accepted"),
                            ("ask", "Given to a unit"),
                            ("feed_back", "Fed back"),
                            ("decline", "Declined by a unit, with reason"),
                            ("send_back", "Sent back: not done"),
                            ("verify", "Verified"),
                            ("close", "Struck off (销号)"),
                            ("evaluate", "Rated by the resident"),
                            ("return", "Returned with reason"),
                            ("lift", "Lifted to the next tier"),
                            ("reopen", "Opened again"),
                            ("join", "Joined to an equal one"),
                            ("hand_over", "Handed to the petition office"),
                            ("convert", "Registered as a petition"),
                            ("add_photo", "Photo added"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=2000)),
                ("observed_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField()),
                ("client_id", models.UUIDField(null=True, unique=True)),
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
                    "organ",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organ",
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
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="grids.gridevent",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "step__in",
                                [
                                    "report",
                                    "progress",
                                    "settle",
                                    "send_up",
                                    "accept",
                                    "ask",
                                    "feed_back",
                                    "decline",
                                    "send_back",
                                    "verify",
                                    "close",
                                    "evaluate",
                                    "return",
                                    "lift",
                                    "reopen",
                                    "join",
                                    "hand_over",
                                    "convert",
                                    "add_photo",
                                ],
                            )
                        ),
                        name="event_move_step_known",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="event_move_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="0415f381b0f299cd8c57c6cf2047decf97da041c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_event_move_stays_c50f1",
                            table="grids_eventmove",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EventLift",
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
                    "from_organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organ"
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
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lifts",
                        to="grids.gridevent",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
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
                        name="eventlift_state_known",
                    ),
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
                        name="eventlift_tiers_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("chosen__in", ["", "holder", "deputy", "next", "fallback"])),
                        name="eventlift_chosen_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rule__isnull", False), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="eventlift_has_rule_or_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["accepted", "waiting"]), _negated=True),
                            models.Q(("assignment__isnull", False), ("ended_at", None)),
                            _connector="OR",
                        ),
                        name="eventlift_standing_is_asked_of_somebody",
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
                        name="eventlift_goes_down_with_reason",
                    ),
                    models.UniqueConstraint(fields=("event", "key"), name="event_lift_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("event",),
                        name="event_lift_one_standing",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="event_lift_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="6e8e08f7f619c080af84c088cb5da3b4b5dc923b",
                            operation="DELETE",
                            pgid="pgtrigger_event_lift_stays_23699",
                            table="grids_eventlift",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EventClockVersion",
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
                        to="grids.eventclock",
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
                (
                    "event",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="grids.gridevent",
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
                            hash="30653103cc9fa39351f53b167544715ce30e128a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_77ded",
                            table="grids_eventclockversion",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Evaluation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rating",
                    models.CharField(
                        choices=[("solved", "Solved"), ("partly", "Partly solved"), ("not", "Not solved")],
                        max_length=8,
                        verbose_name="rating",
                    ),
                ),
                (
                    "words",
                    models.CharField(blank=True, max_length=500, verbose_name="in the resident's words"),
                ),
                ("noted_at", models.DateTimeField()),
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
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evaluation",
                        to="grids.gridevent",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("rating__in", ["solved", "partly", "not"])),
                        name="evaluation_rating_known",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="evaluation_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="3a1c47f6caaea497cc077bd02a86894d1d1be25a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_evaluation_stays_b072a",
                            table="grids_evaluation",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DirectReport",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                ("content_sealed", models.BinaryField(null=True)),
                ("received_at", models.DateTimeField()),
                ("registered_at", models.DateTimeField(null=True)),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="direct_reports",
                        to="accounts.organ",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("registered_at", None)),
                        fields=["office", "received_at", "id"],
                        name="direct_report_waiting",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("content_sealed__isnull", False), ("registered_at", None)),
                            models.Q(("content_sealed", None), ("registered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="direct_report_kept_until_registered",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="direct_report_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="3498fb07d8fc602a2546f3e701df9f4cf9512070",
                            operation="DELETE",
                            pgid="pgtrigger_direct_report_stays_3e197",
                            table="grids_directreport",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="direct_report_facts_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."office_id" IS DISTINCT FROM (NEW."office_id") OR OLD."received_at" IS DISTINCT FROM (NEW."received_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="c7ce544a52d18ea0a1ba4eec4418ba8699c99271",
                            operation="UPDATE",
                            pgid="pgtrigger_direct_report_facts_stay_91b50",
                            table="grids_directreport",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DirectPhoto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="direct_photos",
                        to="infra.storedfile",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to="grids.directreport",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RoundPlan",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("occasion", models.CharField(blank=True, max_length=40, verbose_name="occasion")),
                (
                    "rhythm",
                    models.CharField(
                        choices=[
                            ("day", "Every day"),
                            ("week", "Every week"),
                            ("ten_days", "Every ten days (旬)"),
                            ("fives", "By the 5th, 15th and 25th (逢五)"),
                            ("half_month", "Every half month (半月)"),
                            ("month", "Every month"),
                            ("quarter", "Every quarter"),
                            ("once", "Once, from a day to a day (专项)"),
                        ],
                        max_length=12,
                        verbose_name="how often",
                    ),
                ),
                (
                    "checklist",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80),
                        size=None,
                        verbose_name="what is looked at",
                    ),
                ),
                ("from_on", models.DateField(verbose_name="from")),
                ("until_on", models.DateField(null=True, verbose_name="to")),
                ("entered_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("end_reason", models.CharField(blank=True, max_length=200, verbose_name="why it was ended")),
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
                        related_name="round_plans",
                        to="accounts.organ",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "rhythm__in",
                                [
                                    "day",
                                    "week",
                                    "ten_days",
                                    "fives",
                                    "half_month",
                                    "month",
                                    "quarter",
                                    "once",
                                ],
                            )
                        ),
                        name="round_plan_rhythm_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("name", ""), _negated=True), ("checklist__len__gte", 1)),
                        name="round_plan_says_what_is_looked_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("until_on", None), models.Q(("rhythm", "once"), _negated=True)),
                            ("until_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="round_plan_runs_forward",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end_reason", ""), ("ended_at", None)),
                            models.Q(
                                ("ended_at__isnull", False), models.Q(("end_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="round_plan_ended_with_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("organ", "name"),
                        name="round_plan_name_once",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="round_plan_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="f1a28f91614185f8eba1c8b2d0309459ad9c082b",
                            operation="DELETE",
                            pgid="pgtrigger_round_plan_stays_7d800",
                            table="grids_roundplan",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="round_plan_facts_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."occasion" IS DISTINCT FROM (NEW."occasion") OR OLD."rhythm" IS DISTINCT FROM (NEW."rhythm") OR OLD."checklist" IS DISTINCT FROM (NEW."checklist") OR OLD."from_on" IS DISTINCT FROM (NEW."from_on") OR OLD."until_on" IS DISTINCT FROM (NEW."until_on") OR OLD."entered_at" IS DISTINCT FROM (NEW."entered_at") OR OLD."entered_by_id" IS DISTINCT FROM (NEW."entered_by_id"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="46838de218ad9bc928913908a3aeb6ee2bc8e48d",
                            operation="UPDATE",
                            pgid="pgtrigger_round_plan_facts_stay_30792",
                            table="grids_roundplan",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                ("first_on", models.DateField(verbose_name="from")),
                ("last_on", models.DateField(verbose_name="to")),
                ("opened_at", models.DateTimeField()),
                ("missed_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "looked_at",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), default=list, size=None
                    ),
                ),
                ("zero", models.BooleanField(default=False, verbose_name="zero report")),
                ("words", models.CharField(blank=True, max_length=500, verbose_name="remark")),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "grid",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rounds", to="grids.grid"
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
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds",
                        to="grids.roundplan",
                    ),
                ),
                ("received_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None)), fields=["last_on", "id"], name="round_waiting"
                    ),
                    models.Index(fields=["plan", "first_on"], name="round_by_plan"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "grid", "first_on"), name="round_once"),
                    models.CheckConstraint(
                        condition=models.Q(("last_on__gte", models.F("first_on"))), name="round_runs_forward"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("done_at", None),
                                ("done_by", None),
                                ("person", None),
                                ("words", ""),
                                ("zero", False),
                            ),
                            models.Q(
                                ("done_at__isnull", False),
                                ("done_by__isnull", False),
                                ("person__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="round_done_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("received_at", None), ("received_at__gte", models.F("done_at")), _connector="OR"
                        ),
                        name="round_received_after_it_was_done",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="round_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="5681282602f1aadc59693c877d5f99446a56c977",
                            operation="DELETE",
                            pgid="pgtrigger_round_stays_a2650",
                            table="grids_round",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="round_days_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."plan_id" IS DISTINCT FROM (NEW."plan_id") OR OLD."grid_id" IS DISTINCT FROM (NEW."grid_id") OR OLD."first_on" IS DISTINCT FROM (NEW."first_on") OR OLD."last_on" IS DISTINCT FROM (NEW."last_on") OR OLD."opened_at" IS DISTINCT FROM (NEW."opened_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="8ed55ee44738c55b2e443196cac853587da34458",
                            operation="UPDATE",
                            pgid="pgtrigger_round_days_stay_57978",
                            table="grids_round",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="round_report_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."done_at" IS NOT NULL)',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="2a68862256260e359989702c22e6922c6c2a6d23",
                            operation="UPDATE",
                            pgid="pgtrigger_round_report_stays_9957c",
                            table="grids_round",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoundFind",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="found_in",
                        to="grids.gridevent",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="finds", to="grids.round"
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="round_find_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c52c1c96b98ba3c93048e94831a21b9b9ce59189",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_round_find_stays_b1eea",
                            table="grids_roundfind",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RoundGroup",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                ("members", models.PositiveSmallIntegerField(verbose_name="members")),
                ("entered_at", models.DateTimeField()),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="groups",
                        to="grids.roundplan",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("name", ""), _negated=True), ("members__gte", 1)),
                        name="round_group_has_a_name_and_people",
                    ),
                    models.UniqueConstraint(fields=("plan", "name"), name="round_group_name_once"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="round_group_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="baa0d30a61951ace4d7a7fec3d3d2bdb1cfe191d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_round_group_stays_02301",
                            table="grids_roundgroup",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RoundGroupGrid",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "grid",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="round_groups",
                        to="grids.grid",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grids",
                        to="grids.roundgroup",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="grids.roundplan"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "grid"), name="round_group_one_a_grid")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="round_group_grid_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="dffd8e7d947c318aa17bf9b93ac989d8b2cd4628",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_round_group_grid_stays_c3e84",
                            table="grids_roundgroupgrid",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="round_group_of_its_plan",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nIF NOT EXISTS (SELECT FROM grids_roundgroup WHERE id = NEW.group_id AND plan_id = NEW.plan_id) THEN\n    RAISE EXCEPTION 'a group looks over grids of its own plan';\nEND IF;\nRETURN NEW;\n",
                            hash="8e56d2d58e80ff3e3946ed7369d2e2e74eeb3764",
                            operation="INSERT",
                            pgid="pgtrigger_round_group_of_its_plan_a97e6",
                            table="grids_roundgroupgrid",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Courtyard",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                ("buildings", models.PositiveSmallIntegerField(verbose_name="buildings")),
                ("stairwells", models.PositiveSmallIntegerField(verbose_name="stairwells")),
                ("hydrants", models.CharField(blank=True, max_length=200, verbose_name="hydrants")),
                (
                    "valves",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="valves of water, gas and power"
                    ),
                ),
                ("meeting_point", models.CharField(blank=True, max_length=100, verbose_name="meeting point")),
                ("contact", models.CharField(max_length=40, verbose_name="whom to call")),
                ("phone", models.CharField(max_length=30, verbose_name="work telephone")),
                ("entered_at", models.DateTimeField()),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "grid",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="courtyards",
                        to="grids.grid",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="courtyards",
                        to="infra.storedfile",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("grid", "name"), name="courtyard_name_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            models.Q(("contact", ""), _negated=True),
                            models.Q(("phone", ""), _negated=True),
                            ("buildings__gte", 1),
                        ),
                        name="courtyard_can_be_called",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="courtyard_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="2eb7961dd5576fda16b219afdf3ea4a0ff95d1f4",
                            operation="DELETE",
                            pgid="pgtrigger_courtyard_stays_2ad0b",
                            table="grids_courtyard",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="courtyard_lies_where_it_lies",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."grid_id" IS DISTINCT FROM (NEW."grid_id"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="67ae740f4451d305c5542a10f6e2c7a14b59b62b",
                            operation="UPDATE",
                            pgid="pgtrigger_courtyard_lies_where_it_lies_071c3",
                            table="grids_courtyard",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DiaryNote",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                (
                    "about",
                    models.CharField(
                        choices=[("place", "A place"), ("service", "A service")],
                        max_length=8,
                        verbose_name="about",
                    ),
                ),
                ("subject", models.CharField(max_length=60, verbose_name="place or service")),
                ("text", models.CharField(max_length=1000, verbose_name="text")),
                ("written_on", models.DateField(verbose_name="written")),
                ("written_at", models.DateTimeField()),
                ("expires_on", models.DateField(verbose_name="kept until")),
                (
                    "grid",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="grids.grid"
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
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["grid", "written_at", "id"], name="diary_note_by_grid"),
                    models.Index(fields=["expires_on"], name="diary_note_by_end"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("about__in", ["place", "service"])), name="diary_note_about_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("subject", ""), _negated=True), models.Q(("text", ""), _negated=True)
                        ),
                        name="diary_note_says_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expires_on__gte", models.F("written_on")),
                            (
                                "expires_on__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("written_on"), "+", models.Value(datetime.timedelta(days=184))
                                ),
                            ),
                        ),
                        name="diary_note_expires",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="diary_note_is_not_rewritten",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="80517ef66210b9aa952cb60d94a0cc3c88065af1",
                            operation="UPDATE",
                            pgid="pgtrigger_diary_note_is_not_rewritten_9eed3",
                            table="grids_diarynote",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HouseholdCard",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                (
                    "help",
                    models.CharField(
                        choices=[
                            ("meals", "Meals (助餐)"),
                            ("care", "Day care (日间照料)"),
                            ("medicine", "Bringing medicine (送药)"),
                            ("errands", "Running errands (代办)"),
                            ("repair", "Repairs (维修)"),
                            ("no_smartphone", "Help without a smartphone"),
                            ("legal_aid", "Legal aid (法律援助)"),
                            ("other", "Another service"),
                        ],
                        max_length=14,
                        verbose_name="service",
                    ),
                ),
                ("purpose", models.CharField(max_length=100, verbose_name="for what")),
                ("given_sealed", models.BinaryField()),
                ("agreed_on", models.DateField(verbose_name="agreed on")),
                ("expires_on", models.DateField(verbose_name="kept until")),
                ("entered_at", models.DateTimeField()),
                (
                    "courtyard",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cards",
                        to="grids.courtyard",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["expires_on"], name="household_card_by_end")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "help__in",
                                [
                                    "meals",
                                    "care",
                                    "medicine",
                                    "errands",
                                    "repair",
                                    "no_smartphone",
                                    "legal_aid",
                                    "other",
                                ],
                            )
                        ),
                        name="household_card_help_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("purpose", ""), _negated=True),
                        name="household_card_has_a_purpose",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expires_on__gte", models.F("agreed_on")),
                            (
                                "expires_on__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("agreed_on"), "+", models.Value(datetime.timedelta(days=366))
                                ),
                            ),
                        ),
                        name="household_card_expires",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="household_card_is_not_rewritten",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."courtyard_id" IS DISTINCT FROM (NEW."courtyard_id") OR OLD."help" IS DISTINCT FROM (NEW."help") OR OLD."purpose" IS DISTINCT FROM (NEW."purpose") OR OLD."agreed_on" IS DISTINCT FROM (NEW."agreed_on") OR OLD."expires_on" IS DISTINCT FROM (NEW."expires_on") OR OLD."entered_at" IS DISTINCT FROM (NEW."entered_at") OR OLD."entered_by_id" IS DISTINCT FROM (NEW."entered_by_id"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="db4716ec1fc278fc42aed5b7657f3804fb3cbdd4",
                            operation="UPDATE",
                            pgid="pgtrigger_household_card_is_not_rewritten_54667",
                            table="grids_householdcard",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BoundarySheet",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(verbose_name="version")),
                (
                    "system",
                    models.CharField(
                        choices=[
                            ("wgs84", "WGS 84"),
                            ("cgcs2000", "CGCS2000 (国家大地坐标系)"),
                            ("gcj02", "GCJ-02 (of map services, shifted)"),
                            ("bd09", "BD-09 (of Baidu, shifted)"),
                        ],
                        max_length=8,
                        verbose_name="coordinate system",
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("entered_at", models.DateTimeField()),
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
                        related_name="boundary_sheets",
                        to="accounts.organ",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("system__in", ["cgcs2000", "wgs84"])),
                        name="boundary_sheet_system_taken",
                    ),
                    models.UniqueConstraint(fields=("organ", "version"), name="boundary_sheet_version_once"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="boundary_sheet_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d81b999b5e5b3c05ed1b7726bbb6d9c2f2b2ed12",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_boundary_sheet_stays_54fea",
                            table="grids_boundarysheet",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EventLocation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("north", models.DecimalField(decimal_places=5, max_digits=7)),
                ("east", models.DecimalField(decimal_places=5, max_digits=8)),
                ("metres", models.PositiveIntegerField()),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="location",
                        to="grids.gridevent",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("east__gte", 73.0),
                            ("east__lte", 136.0),
                            ("north__gte", 3.0),
                            ("north__lte", 54.0),
                        ),
                        name="event_location_in_the_country",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="event_location_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="03966a5a289082220af2c556cf49c044e8f095a5",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_event_location_stays_d2e48",
                            table="grids_eventlocation",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GridBoundary",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("polygons", models.JSONField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "grid",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="boundaries",
                        to="grids.grid",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="boundaries",
                        to="grids.boundarysheet",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("grid",),
                        name="grid_boundary_one_at_a_time",
                    ),
                    models.UniqueConstraint(fields=("sheet", "grid"), name="grid_boundary_once_a_sheet"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="grid_boundary_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="1d2349bea53710ea4d35e020ef4dea9ce3d85544",
                            operation="DELETE",
                            pgid="pgtrigger_grid_boundary_stays_2cb21",
                            table="grids_gridboundary",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="grid_boundary_line_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."sheet_id" IS DISTINCT FROM (NEW."sheet_id") OR OLD."grid_id" IS DISTINCT FROM (NEW."grid_id") OR OLD."polygons" IS DISTINCT FROM (NEW."polygons"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="5cb3ae9e625dbe78115961da480d6b6ae1f927a1",
                            operation="UPDATE",
                            pgid="pgtrigger_grid_boundary_line_stays_2de85",
                            table="grids_gridboundary",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoundSupplement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "looked_at",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), size=None
                    ),
                ),
                ("zero", models.BooleanField(verbose_name="zero report")),
                ("words", models.CharField(blank=True, max_length=500, verbose_name="remark")),
                ("done_at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                (
                    "done_by",
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
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supplements",
                        to="grids.round",
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="round_supplement_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="ec7b8247c271dc0ed76e2fe8334d99dea709922b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_round_supplement_stays_550fb",
                            table="grids_roundsupplement",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GatheringSeries",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("council", "Residents' council (说事议事会)"),
                            ("hall", "Discussion hall (议事厅)"),
                            ("consultation", "Ten-day consultation (旬会商)"),
                            ("judgement", "Monthly judgement (月研判)"),
                            ("mediation", "Mediation room (调解室)"),
                            ("counselling", "Counselling (心理咨询)"),
                            ("study", "Study day (集中学习)"),
                            ("volunteer", "Volunteer day (志愿服务)"),
                            ("theme", "Theme day (主题宣传)"),
                            ("open_door", "Visit and open-door day (走访接待)"),
                        ],
                        max_length=14,
                        verbose_name="kind",
                    ),
                ),
                ("topic", models.CharField(max_length=100, verbose_name="topic")),
                ("place", models.CharField(max_length=60, verbose_name="place")),
                (
                    "repeat",
                    models.CharField(
                        choices=[
                            ("week", "Every week"),
                            ("ten_days", "Every ten days (旬)"),
                            ("month", "Every month"),
                        ],
                        max_length=10,
                        verbose_name="how often",
                    ),
                ),
                ("first_on", models.DateField(verbose_name="first day")),
                ("until_on", models.DateField(null=True, verbose_name="last day")),
                ("entered_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("end_reason", models.CharField(blank=True, max_length=200, verbose_name="why it was ended")),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "grid",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gathering_series",
                        to="grids.grid",
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gathering_series",
                        to="accounts.organ",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "council",
                                    "hall",
                                    "consultation",
                                    "judgement",
                                    "mediation",
                                    "counselling",
                                    "study",
                                    "volunteer",
                                    "theme",
                                    "open_door",
                                ],
                            )
                        ),
                        name="gathering_series_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("repeat__in", ["week", "ten_days", "month"])),
                        name="gathering_series_repeat_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("topic", ""), _negated=True), models.Q(("place", ""), _negated=True)
                        ),
                        name="gathering_series_says_what_and_where",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on", None), ("until_on__gte", models.F("first_on")), _connector="OR"
                        ),
                        name="gathering_series_runs_forward",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end_reason", ""), ("ended_at", None)),
                            models.Q(
                                ("ended_at__isnull", False), models.Q(("end_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="gathering_series_ended_with_reason",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="gathering_series_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="80c622b317b74e5e75863d457a2d0ae10cdcc8c5",
                            operation="DELETE",
                            pgid="pgtrigger_gathering_series_stays_70c95",
                            table="grids_gatheringseries",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="gathering_series_facts_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."grid_id" IS DISTINCT FROM (NEW."grid_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."topic" IS DISTINCT FROM (NEW."topic") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."repeat" IS DISTINCT FROM (NEW."repeat") OR OLD."first_on" IS DISTINCT FROM (NEW."first_on") OR OLD."until_on" IS DISTINCT FROM (NEW."until_on") OR OLD."entered_by_id" IS DISTINCT FROM (NEW."entered_by_id") OR OLD."entered_at" IS DISTINCT FROM (NEW."entered_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="3e3b1b6ad9b6af462f988f2b143e9a488ee4b8c3",
                            operation="UPDATE",
                            pgid="pgtrigger_gathering_series_facts_stay_5c30b",
                            table="grids_gatheringseries",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Gathering",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("council", "Residents' council (说事议事会)"),
                            ("hall", "Discussion hall (议事厅)"),
                            ("consultation", "Ten-day consultation (旬会商)"),
                            ("judgement", "Monthly judgement (月研判)"),
                            ("mediation", "Mediation room (调解室)"),
                            ("counselling", "Counselling (心理咨询)"),
                            ("study", "Study day (集中学习)"),
                            ("volunteer", "Volunteer day (志愿服务)"),
                            ("theme", "Theme day (主题宣传)"),
                            ("open_door", "Visit and open-door day (走访接待)"),
                        ],
                        max_length=14,
                        verbose_name="kind",
                    ),
                ),
                ("topic", models.CharField(max_length=100, verbose_name="topic")),
                ("place", models.CharField(max_length=60, verbose_name="place")),
                ("held_on", models.DateField(verbose_name="day")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "In the calendar"),
                            ("held", "Held"),
                            ("followed", "Followed up"),
                            ("called_off", "Called off"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("attendance", models.PositiveSmallIntegerField(null=True, verbose_name="how many came")),
                ("matters", models.PositiveSmallIntegerField(null=True, verbose_name="matters")),
                ("settled", models.PositiveSmallIntegerField(null=True, verbose_name="of them settled")),
                ("agreement", models.CharField(blank=True, max_length=1000, verbose_name="agreed")),
                ("follow_up_on", models.DateField(null=True, verbose_name="to be followed up by")),
                ("effect", models.CharField(blank=True, max_length=1000, verbose_name="what came of it")),
                (
                    "called_off_why",
                    models.CharField(blank=True, max_length=200, verbose_name="why it was called off"),
                ),
                ("entered_at", models.DateTimeField()),
                ("noted_at", models.DateTimeField(null=True)),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "grid",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gatherings",
                        to="grids.grid",
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
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ground_gatherings",
                        to="accounts.organ",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gatherings",
                        to="grids.gatheringseries",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organ", "held_on", "id"], name="gathering_by_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "council",
                                    "hall",
                                    "consultation",
                                    "judgement",
                                    "mediation",
                                    "counselling",
                                    "study",
                                    "volunteer",
                                    "theme",
                                    "open_door",
                                ],
                            )
                        ),
                        name="gathering_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["planned", "held", "followed", "called_off"])),
                        name="gathering_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("topic", ""), _negated=True), models.Q(("place", ""), _negated=True)
                        ),
                        name="gathering_says_what_and_where",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["planned", "called_off"]),
                                ("agreement", ""),
                                ("attendance", None),
                                ("matters", None),
                                ("noted_at", None),
                                ("settled", None),
                            ),
                            models.Q(
                                models.Q(("state__in", ["planned", "called_off"]), _negated=True),
                                ("attendance__isnull", False),
                                ("noted_at__isnull", False),
                                ("noted_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="gathering_held_has_numbers",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["counselling", "mediation"]), _negated=True),
                            models.Q(("agreement", ""), ("effect", "")),
                            _connector="OR",
                        ),
                        name="gathering_of_rooms_numbers_only",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("settled", None), ("settled__lte", models.F("matters")), _connector="OR"
                        ),
                        name="gathering_settles_what_it_had",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "followed"), models.Q(("effect", ""), _negated=True)),
                            models.Q(models.Q(("state", "followed"), _negated=True), ("effect", "")),
                            _connector="OR",
                        ),
                        name="gathering_followed_up_with_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "called_off"), models.Q(("called_off_why", ""), _negated=True)
                            ),
                            models.Q(
                                models.Q(("state", "called_off"), _negated=True), ("called_off_why", "")
                            ),
                            _connector="OR",
                        ),
                        name="gathering_called_off_with_reason",
                    ),
                    models.UniqueConstraint(
                        fields=("series", "held_on"), name="gathering_of_a_series_once_a_day"
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="gathering_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="56b44cbcde188da4ac5a04945ff8f04a36bf819d",
                            operation="DELETE",
                            pgid="pgtrigger_gathering_stays_f1b4f",
                            table="grids_gathering",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="gathering_end_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.\"state\" IN ('followed', 'called_off'))",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="ae45b25bec7023ea560bdffd386986496f115df9",
                            operation="UPDATE",
                            pgid="pgtrigger_gathering_end_stays_25353",
                            table="grids_gathering",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="gathering_call_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."organ_id" IS DISTINCT FROM (NEW."organ_id") OR OLD."grid_id" IS DISTINCT FROM (NEW."grid_id") OR OLD."series_id" IS DISTINCT FROM (NEW."series_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."topic" IS DISTINCT FROM (NEW."topic") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."held_on" IS DISTINCT FROM (NEW."held_on") OR OLD."entered_by_id" IS DISTINCT FROM (NEW."entered_by_id") OR OLD."entered_at" IS DISTINCT FROM (NEW."entered_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="7619da5d662d4f1ce55e82db4e2993f3f70b2305",
                            operation="UPDATE",
                            pgid="pgtrigger_gathering_call_stays_3b9cb",
                            table="grids_gathering",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
    ]
