import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
import pgtrigger.compiler
from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

import lib.ids

# A pair of neighbouring signs is one number: the point of the first times 2^21 plus that of the second. The month is a
# negative one. All names are those of pg_catalog, whoever restores or rebuilds the index; the cost keeps the planner
# from working it out row by row where it could ask the index.
SEARCH_KEYS = """
CREATE FUNCTION search_keys(words text, month integer) RETURNS bigint[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10000 SET search_path = pg_catalog
AS $$
    SELECT array_agg((ascii(first)::bigint << 21) | ascii(second)) || (-month)::bigint
    FROM unnest(string_to_array(words, NULL), string_to_array(substr(words, 2), NULL)) AS pairs (first, second)
    WHERE second IS NOT NULL
$$
"""
SEARCH_KEYS_NO_MORE = "DROP FUNCTION search_keys(text, integer)"


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0005_addresses_for_calendars"),
        ("assignments", "0001_initial"),
        ("deadlines", "0001_initial"),
        ("documents", "0001_initial"),
        ("infra", "0002_keep_runs_of_sweeps"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("places", "0002_long_names"),
    ]

    operations = [
        TrigramExtension(),
        migrations.RunSQL(SEARCH_KEYS, SEARCH_KEYS_NO_MORE),
        migrations.CreateModel(
            name="ContentCategory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=6, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                ("path", models.CharField(max_length=24, unique=True)),
                ("label", models.CharField(max_length=130)),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="cases.contentcategory",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        django.contrib.postgres.indexes.OpClass("path", name="text_pattern_ops"),
                        name="category_by_path",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("path__endswith", "/")), name="category_path_closed"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^\\d{6}$")), name="category_code_six_digits"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                ("content_sealed", models.BinaryField()),
                ("sealed", models.BooleanField(default=False)),
                ("sealed_whole", models.BooleanField(default=False)),
                ("received_at", models.DateTimeField(verbose_name="received")),
                ("alarm_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("saved_at", models.DateTimeField()),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="drafts", to="accounts.post"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["post", "received_at"], name="draft_by_post")],
            },
        ),
        migrations.CreateModel(
            name="KeepSample",
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
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="keep_samples",
                        to="accounts.organ",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organ", "month"), name="keep_sample_once_a_month")
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportSource",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="source")),
                ("mapping", models.JSONField(default=dict)),
                ("stated", models.JSONField(default=dict)),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="import_sources",
                        to="accounts.organ",
                    ),
                ),
                ("places", models.JSONField(default=dict)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("organ", "name"), name="import_source_once")],
            },
        ),
        migrations.CreateModel(
            name="Petition",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                ("submission_id", models.UUIDField(unique=True)),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="petition number")),
                (
                    "routing",
                    models.CharField(
                        choices=[
                            ("registered", "Registered, to be routed"),
                            ("routed", "Being handled"),
                            ("finished", "Finished"),
                            ("ended", "Ended otherwise"),
                            ("void", "Void"),
                        ],
                        default="registered",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "register_level",
                    models.CharField(
                        choices=[
                            ("0000", "National"),
                            ("0100", "Province"),
                            ("0200", "City"),
                            ("0300", "District or county"),
                            ("0400", "Township or street"),
                        ],
                        max_length=4,
                        verbose_name="level",
                    ),
                ),
                ("registered_at", models.DateTimeField(verbose_name="registered")),
                ("received_at", models.DateTimeField(verbose_name="received")),
                (
                    "backdating_evidence",
                    models.CharField(blank=True, max_length=200, verbose_name="evidence of the date"),
                ),
                ("petition_date", models.DateField(verbose_name="petition date")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("visit", "Visit"),
                            ("letter", "Letter"),
                            ("web", "Web"),
                            ("phone", "Telephone"),
                            ("mobile_app", "Mobile app"),
                            ("wechat", "WeChat"),
                            ("suggestion_box_web", "Suggestions online"),
                            ("fax", "Fax"),
                            ("leader_mailbox", "Leader's mailbox"),
                        ],
                        max_length=20,
                        verbose_name="channel",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("self_received", "Received here"),
                            ("transferred_from_superior", "Forwarded from above"),
                            ("assigned_from_superior", "Assigned from above"),
                            ("leader_instruction", "Leader's instruction"),
                            ("hotline_transfer", "Hotline 12345"),
                            ("grid_report", "Report from a grid"),
                            ("joint_conference", "Joint conference"),
                            ("inspection", "Inspection (巡视巡察)"),
                            ("discipline_return", "Returned by a discipline organ"),
                            ("media", "Media"),
                        ],
                        max_length=30,
                        verbose_name="source",
                    ),
                ),
                (
                    "superior_organ",
                    models.CharField(blank=True, max_length=80, verbose_name="superior organ"),
                ),
                (
                    "superior_number",
                    models.CharField(blank=True, max_length=60, verbose_name="superior's number"),
                ),
                ("superior_date", models.DateField(null=True, verbose_name="superior's date")),
                ("superior_due_on", models.DateField(null=True, verbose_name="superior's due day")),
                ("addressee", models.CharField(blank=True, max_length=80, verbose_name="addressee")),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("request", "Request for settlement"),
                            ("appeal", "Appeal"),
                            ("suggestion", "Suggestion or opinion"),
                            ("report_accusation", "Report or accusation"),
                            ("enquiry", "Enquiry"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="purpose",
                    ),
                ),
                (
                    "petition_class",
                    models.CharField(
                        choices=[
                            ("appeal_request", "Appeals and requests"),
                            ("report_accusation", "Reports and accusations"),
                            ("suggestion", "Suggestions and opinions"),
                        ],
                        max_length=20,
                        null=True,
                        verbose_name="class",
                    ),
                ),
                ("place_path", models.CharField(max_length=80)),
                ("place_detail", models.CharField(blank=True, max_length=120, verbose_name="exact place")),
                ("petitioner_count", models.PositiveIntegerField(verbose_name="petitioners")),
                ("involved_count", models.PositiveIntegerField(null=True, verbose_name="people affected")),
                ("is_collective", models.BooleanField(default=False, verbose_name="collective visit")),
                ("is_joint_letter", models.BooleanField(default=False, verbose_name="joint letter")),
                ("is_anonymous", models.BooleanField(default=False, verbose_name="anonymous")),
                ("litigation_related", models.BooleanField(default=False, verbose_name="litigation-related")),
                ("is_urgent", models.BooleanField(default=False, verbose_name="grave or urgent")),
                (
                    "power_level",
                    models.CharField(
                        choices=[
                            ("own", "This level"),
                            ("lower", "A lower level"),
                            ("superior", "A higher level"),
                            ("outside", "Another system"),
                            ("unclear", "Not clear yet"),
                        ],
                        default="unclear",
                        max_length=10,
                        verbose_name="whose power",
                    ),
                ),
                ("visit_level_ok", models.BooleanField(null=True, verbose_name="at the lawful level")),
                ("public_consent", models.BooleanField(null=True, verbose_name="agrees to publication")),
                ("sealed", models.BooleanField(default=False)),
                ("next_due_at", models.DateTimeField(null=True)),
                ("next_amber_at", models.DateTimeField(null=True)),
                ("known_at", models.DateTimeField()),
                (
                    "content_category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="petitions",
                        to="cases.contentcategory",
                        verbose_name="content category",
                    ),
                ),
                (
                    "on_behalf_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registered_for",
                        to="accounts.organ",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="petitions",
                        to="places.place",
                        verbose_name="place of the problem",
                    ),
                ),
                (
                    "register_organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registered",
                        to="accounts.organ",
                        verbose_name="registering organ",
                    ),
                ),
                (
                    "registered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registered",
                        to="accounts.post",
                    ),
                ),
                (
                    "transcribed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transcribed",
                        to="accounts.post",
                    ),
                ),
                (
                    "ended_as",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("withdrawn", "Withdrawn by the petitioner"),
                            ("died", "Petitioner died, nobody continues"),
                        ],
                        max_length=20,
                        verbose_name="other end",
                    ),
                ),
                ("day_unknown", models.BooleanField(default=False, verbose_name="day of receipt unknown")),
                (
                    "external_number",
                    models.CharField(blank=True, max_length=200, verbose_name="number in its source"),
                ),
                (
                    "external_source",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="petitions",
                        to="cases.importsource",
                    ),
                ),
                ("category_confirmed", models.BooleanField(db_default=True, default=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        django.contrib.postgres.indexes.OpClass("place_path", name="text_pattern_ops"),
                        models.F("next_due_at"),
                        models.F("id"),
                        name="petition_by_place_due",
                    ),
                    models.Index(
                        models.OrderBy(models.F("received_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(("sealed", False)),
                        name="petition_by_received",
                    ),
                    models.Index(
                        models.F("next_due_at"),
                        models.F("id"),
                        condition=models.Q(("routing__in", ["registered", "routed"]), ("sealed", False)),
                        name="petition_open_by_due",
                    ),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass("place_path", name="text_pattern_ops"),
                        condition=models.Q(("routing__in", ["registered", "routed"]), ("sealed", False)),
                        include=("id", "routing", "next_due_at", "next_amber_at", "is_collective", "source"),
                        name="petition_open_by_place",
                    ),
                    models.Index(
                        condition=models.Q(("external_source__isnull", False)),
                        fields=["external_source"],
                        name="petition_by_external_source",
                    ),
                    models.Index(
                        models.F("content_category"),
                        models.OrderBy(models.F("received_at"), descending=True),
                        django.contrib.postgres.indexes.OpClass("place_path", name="text_pattern_ops"),
                        condition=models.Q(("sealed", False)),
                        name="petition_same_matter",
                    ),
                    models.Index(
                        models.F("content_category"),
                        models.OrderBy(models.F("received_at"), descending=True),
                        condition=models.Q(("routing", "finished"), ("sealed", False)),
                        include=("id", "place_path"),
                        name="petition_finished_by_category",
                    ),
                    models.Index(
                        condition=models.Q(("routing__in", ["registered", "routed"]), ("sealed", True)),
                        fields=["id"],
                        name="petition_open_and_sealed",
                    ),
                    models.Index(
                        models.F("next_due_at"),
                        models.F("id"),
                        condition=models.Q(("sealed", False)),
                        name="petition_by_due",
                    ),
                    models.Index(
                        fields=["id"], include=("sealed", "routing"), name="petition_lane_and_state"
                    ),
                    models.Index(
                        condition=models.Q(("sealed", False)),
                        fields=["registered_at"],
                        name="petition_by_registered",
                    ),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass("place_path", name="text_pattern_ops"),
                        condition=models.Q(("routing", "registered"), ("sealed", False)),
                        include=("id", "register_organ"),
                        name="petition_registered_by_place",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "channel__in",
                                [
                                    "visit",
                                    "letter",
                                    "web",
                                    "phone",
                                    "mobile_app",
                                    "wechat",
                                    "suggestion_box_web",
                                    "fax",
                                    "leader_mailbox",
                                ],
                            )
                        ),
                        name="petition_channel_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "source__in",
                                [
                                    "self_received",
                                    "transferred_from_superior",
                                    "assigned_from_superior",
                                    "leader_instruction",
                                    "hotline_transfer",
                                    "grid_report",
                                    "joint_conference",
                                    "inspection",
                                    "discipline_return",
                                    "media",
                                ],
                            )
                        ),
                        name="petition_source_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "purpose__in",
                                ["request", "appeal", "suggestion", "report_accusation", "enquiry", "other"],
                            )
                        ),
                        name="petition_purpose_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("register_level__in", ["0000", "0100", "0200", "0300", "0400"])),
                        name="petition_level_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("petition_class", None),
                            ("petition_class__in", ["appeal_request", "report_accusation", "suggestion"]),
                            _connector="OR",
                        ),
                        name="petition_class_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("power_level__in", ["own", "lower", "superior", "outside", "unclear"])
                        ),
                        name="petition_power_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("petitioner_count__gte", 1)), name="petition_has_a_petitioner"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("registered_at__gte", models.F("received_at"))),
                        name="petition_received_before_registered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("purpose", "report_accusation"), _negated=True),
                            ("sealed", True),
                            _connector="OR",
                        ),
                        name="petition_reports_are_sealed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("routing__in", ["registered", "routed", "finished", "ended", "void"])
                        ),
                        name="petition_routing_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_as__in", ["withdrawn", "died"]), ("routing", "ended")),
                            models.Q(models.Q(("routing", "ended"), _negated=True), ("ended_as", "")),
                            _connector="OR",
                        ),
                        name="petition_other_end_has_its_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("routing", "ended"), _negated=True),
                            models.Q(
                                models.Q(
                                    ("petition_class", None),
                                    models.Q(("petition_class", "report_accusation"), _negated=True),
                                    _connector="OR",
                                ),
                                models.Q(("purpose", "report_accusation"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="petition_reports_end_lawfully",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("superior_number", ""), _negated=True),
                            models.Q(("routing", "void"), _negated=True),
                            ("sealed", False),
                        ),
                        fields=("register_organ", "source", "superior_number"),
                        name="petition_superior_number_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("external_number", ""), _negated=True),
                            models.Q(("routing", "void"), _negated=True),
                        ),
                        fields=("external_source", "external_number"),
                        name="petition_external_number_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("external_number", ""), ("external_source", None)),
                            models.Q(
                                models.Q(("external_number", ""), _negated=True),
                                ("external_source__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="petition_external_number_has_a_source",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cases_petitionversion" ("channel", "content_category_id", "ended_as", "id", "is_collective", "is_urgent", "known_at", "litigation_related", "next_due_at", "number", "petition_class", "petitioner_count", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "place_path", "purpose", "received_at", "register_level", "register_organ_id", "registered_at", "routing", "sealed", "source") SELECT new_values."channel", new_values."content_category_id", new_values."ended_as", new_values."id", new_values."is_collective", new_values."is_urgent", new_values."known_at", new_values."litigation_related", new_values."next_due_at", new_values."number", new_values."petition_class", new_values."petitioner_count", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."place_id", new_values."place_path", new_values."purpose", new_values."received_at", new_values."register_level", new_values."register_organ_id", new_values."registered_at", new_values."routing", new_values."sealed", new_values."source" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="19877b53726bea46c3cdcb81759bafcab2a4346d",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e033e",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="cases_petition",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cases_petitionversion" ("channel", "content_category_id", "ended_as", "id", "is_collective", "is_urgent", "known_at", "litigation_related", "next_due_at", "number", "petition_class", "petitioner_count", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "place_path", "purpose", "received_at", "register_level", "register_organ_id", "registered_at", "routing", "sealed", "source") SELECT new_values."channel", new_values."content_category_id", new_values."ended_as", new_values."id", new_values."is_collective", new_values."is_urgent", new_values."known_at", new_values."litigation_related", new_values."next_due_at", new_values."number", new_values."petition_class", new_values."petitioner_count", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."place_id", new_values."place_path", new_values."purpose", new_values."received_at", new_values."register_level", new_values."register_organ_id", new_values."registered_at", new_values."routing", new_values."sealed", new_values."source" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."channel" IS DISTINCT FROM (new_values."channel") OR old_values."content_category_id" IS DISTINCT FROM (new_values."content_category_id") OR old_values."ended_as" IS DISTINCT FROM (new_values."ended_as") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_collective" IS DISTINCT FROM (new_values."is_collective") OR old_values."is_urgent" IS DISTINCT FROM (new_values."is_urgent") OR old_values."known_at" IS DISTINCT FROM (new_values."known_at") OR old_values."litigation_related" IS DISTINCT FROM (new_values."litigation_related") OR old_values."next_due_at" IS DISTINCT FROM (new_values."next_due_at") OR old_values."number" IS DISTINCT FROM (new_values."number") OR old_values."petition_class" IS DISTINCT FROM (new_values."petition_class") OR old_values."petitioner_count" IS DISTINCT FROM (new_values."petitioner_count") OR old_values."place_id" IS DISTINCT FROM (new_values."place_id") OR old_values."place_path" IS DISTINCT FROM (new_values."place_path") OR old_values."purpose" IS DISTINCT FROM (new_values."purpose") OR old_values."received_at" IS DISTINCT FROM (new_values."received_at") OR old_values."register_level" IS DISTINCT FROM (new_values."register_level") OR old_values."register_organ_id" IS DISTINCT FROM (new_values."register_organ_id") OR old_values."registered_at" IS DISTINCT FROM (new_values."registered_at") OR old_values."routing" IS DISTINCT FROM (new_values."routing") OR old_values."sealed" IS DISTINCT FROM (new_values."sealed") OR old_values."source" IS DISTINCT FROM (new_values."source")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="f675ab2a9d61909d0bd6e50e5470b94b7f333089",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_3e2e8",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="cases_petition",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
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
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("scan", "Scan of the letter or paper"),
                            ("photo", "Photo"),
                            ("audio", "Recording"),
                            ("power_of_attorney", "Power of attorney"),
                            ("name_list", "Sheet of names"),
                            ("document", "Document"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("added_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="infra.storedfile",
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="cases.draft",
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="cases.petition",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("draft__isnull", False), ("petition", None)),
                            models.Q(("draft", None), ("petition__isnull", False)),
                            _connector="OR",
                        ),
                        name="attachment_on_draft_or_petition",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["scan", "photo", "audio", "power_of_attorney", "name_list", "document"],
                            )
                        ),
                        name="attachment_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PetitionText",
            fields=[
                (
                    "petition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="cases.petition",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("summary", models.TextField(blank=True, verbose_name="summary")),
                ("text", models.TextField(verbose_name="petitioner's own words")),
                ("text_hash", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("text_hash", ""), _negated=True),
                        fields=["text_hash"],
                        name="petition_text_same",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SealedMatter",
            fields=[
                (
                    "petition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="sealed_matter",
                        serialize=False,
                        to="cases.petition",
                    ),
                ),
                ("sealed_at", models.DateTimeField()),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("unsealed_at", models.DateTimeField(null=True)),
                ("unseal_reason", models.CharField(blank=True, max_length=200)),
                (
                    "split_from",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.petition",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("split_from", models.F("petition")), _negated=True),
                        name="sealed_matter_split_from_another",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Original",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("what", models.CharField(max_length=120, verbose_name="what was handed in")),
                ("sheets", models.PositiveSmallIntegerField(verbose_name="sheets")),
                ("received_at", models.DateTimeField()),
                ("returned_at", models.DateTimeField(null=True)),
                (
                    "received_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "returned_by",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="originals",
                        to="cases.petition",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sheets__gte", 1)), name="original_has_a_sheet"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Involvement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "bases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("registered", "Registered it"),
                                ("on_behalf", "Registered on its behalf"),
                                ("portfolio", "In the leader's portfolio"),
                                ("leads", "Leads its handling"),
                                ("assists", "Assists its handling"),
                                ("judges", "Decides on a recusal"),
                                ("joined", "Handles what it was joined to"),
                                ("lifted", "It was lifted to this post"),
                                ("sponsors", "Sponsors it, or works for who does"),
                                ("station", "Keeps the station it was given to"),
                                ("reviews", "Reviews an opinion on it"),
                            ],
                            max_length=20,
                        ),
                        size=None,
                    ),
                ),
                ("since", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("sealed", models.BooleanField()),
                ("place_path", models.CharField(max_length=80)),
                ("next_due_at", models.DateTimeField(null=True)),
                ("received_at", models.DateTimeField()),
                (
                    "organ",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="involvements",
                        to="accounts.organ",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="involvements",
                        to="accounts.post",
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="involvements",
                        to="cases.petition",
                    ),
                ),
                (
                    "routing",
                    models.CharField(
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
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("organ"),
                        models.OrderBy(models.F("received_at"), descending=True),
                        models.OrderBy(models.F("petition"), descending=True),
                        condition=models.Q(("ended_at", None), ("sealed", False)),
                        name="involvement_organ_by_received",
                    ),
                    models.Index(
                        condition=models.Q(("ended_at", None), ("sealed", False)),
                        fields=["organ", "next_due_at", "petition"],
                        include=("routing",),
                        name="involvement_organ_by_due",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("ended_at", None), ("routing__in", ["registered", "routed"]), ("sealed", False)
                        ),
                        fields=["organ", "next_due_at", "petition"],
                        name="involvement_organ_open",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("ended_at", None), ("routing__in", ["registered", "routed"]), ("sealed", False)
                        ),
                        fields=["post", "next_due_at", "petition"],
                        name="involvement_post_open",
                    ),
                    models.Index(
                        condition=models.Q(("ended_at", None), ("sealed", False)),
                        fields=["post", "next_due_at", "petition"],
                        include=("routing",),
                        name="involvement_post_by_due",
                    ),
                    models.Index(
                        models.F("post"),
                        models.OrderBy(models.F("received_at"), descending=True),
                        models.OrderBy(models.F("petition"), descending=True),
                        condition=models.Q(("ended_at", None), ("sealed", False)),
                        name="involvement_post_by_received",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("organ", None), ("post__isnull", False)),
                            models.Q(("organ__isnull", False), ("post", None)),
                            _connector="OR",
                        ),
                        name="involvement_organ_or_post",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("bases", []), _negated=True), name="involvement_has_a_basis"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("petition", "organ"),
                        name="involvement_organ_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("petition", "post"),
                        name="involvement_post_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("routing__in", ["registered", "routed", "finished", "ended", "void"])
                        ),
                        name="involvement_routing_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EnquiryNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("by_phone", models.BooleanField()),
                (
                    "verified_by",
                    models.CharField(
                        choices=[
                            ("query_code", "Query code"),
                            ("name_and_number", "Name and petition number"),
                        ],
                        max_length=20,
                    ),
                ),
                ("told", models.CharField(max_length=300, verbose_name="what was told")),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="enquiries",
                        to="cases.petition",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("verified_by__in", ["query_code", "name_and_number"])),
                        name="enquiry_verified_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DataIncident",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                ("opened_at", models.DateTimeField()),
                ("persons_told_at", models.DateTimeField(null=True)),
                (
                    "attachment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incidents",
                        to="cases.attachment",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="data_incidents",
                        to="cases.petition",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("field", models.CharField(max_length=40)),
                ("before_sealed", models.BinaryField()),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                ("corrected_at", models.DateTimeField()),
                (
                    "corrected_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrections",
                        to="cases.petition",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ConductIncident",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "article",
                    models.CharField(
                        choices=[
                            ("26.1", "Unlawful gathering, blocking, or obstructing traffic"),
                            ("26.2", "Carrying dangerous goods or controlled tools"),
                            ("26.3", "Insulting, beating or threatening staff, or restricting their freedom"),
                            ("26.4", "Staying on, making trouble, or abandoning dependants"),
                            ("26.5", "Inciting, stringing together, coercing or paying others to petition"),
                            ("26.6", "Other acts that disturb public order"),
                        ],
                        max_length=10,
                        verbose_name="article",
                    ),
                ),
                ("what_happened", models.CharField(max_length=500, verbose_name="what happened")),
                ("seen_at", models.DateTimeField()),
                (
                    "seen_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conduct_incidents",
                        to="cases.petition",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("article__in", ["26.1", "26.2", "26.3", "26.4", "26.5", "26.6"])),
                        name="conduct_article_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Petitioner",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("representative", "Representative"),
                            ("accompanying", "Accompanying person"),
                            ("agent", "Agent"),
                            ("guardian", "Guardian"),
                            ("former", "No longer takes part"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("is_main", models.BooleanField(default=False, verbose_name="main petitioner")),
                ("representative_no", models.PositiveSmallIntegerField(null=True)),
                ("under_14", models.BooleanField(default=False, verbose_name="under 14")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("name_key", models.TextField()),
                (
                    "id_type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("resident", "Resident identity card"),
                            ("officer", "Officer's card"),
                            ("soldier", "Soldier's card"),
                            ("police", "Police card"),
                            ("hk_macao_taiwan", "Hong Kong, Macao or Taiwan permit"),
                            ("passport", "Passport"),
                            ("household_booklet", "Household booklet"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="identity document",
                    ),
                ),
                ("id_number_sealed", models.BinaryField(null=True)),
                ("id_number_index", models.CharField(max_length=80, null=True)),
                ("phone_sealed", models.BinaryField(null=True)),
                ("phone_index", models.CharField(max_length=80, null=True)),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="address")),
                (
                    "acts_for",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="represented_by",
                        to="cases.petitioner",
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="people",
                        to="cases.petition",
                    ),
                ),
                ("phone_tail_index", models.CharField(max_length=80, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["id_number_index"], name="petitioner_by_id_number"),
                    models.Index(fields=["phone_index"], name="petitioner_by_phone"),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("name", name="gin_trgm_ops"),
                        name="petitioner_by_name",
                    ),
                    models.Index(fields=["phone_tail_index"], name="petitioner_by_phone_tail"),
                    models.Index(
                        models.Func(
                            models.F("name_key"),
                            models.Value("(\\w)\\w*\\s*"),
                            models.Value("\\1"),
                            models.Value("g"),
                            function="regexp_replace",
                            output_field=models.TextField(),
                        ),
                        name="petitioner_by_initials",
                    ),
                    models.Index(
                        models.F("name"),
                        models.OrderBy(models.F("id"), descending=True),
                        name="petitioner_by_whole_name",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("petition", "position"), name="petitioner_position_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "id_type__in",
                                [
                                    "",
                                    "resident",
                                    "officer",
                                    "soldier",
                                    "police",
                                    "hk_macao_taiwan",
                                    "passport",
                                    "household_booklet",
                                    "other",
                                ],
                            )
                        ),
                        name="petitioner_id_type_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_main", True)),
                        fields=("petition",),
                        name="petitioner_one_main",
                    ),
                    models.UniqueConstraint(
                        fields=("petition", "representative_no"), name="petitioner_representative_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("representative_no__range", (1, 5)), ("role", "representative")),
                            models.Q(
                                models.Q(("role", "representative"), _negated=True),
                                ("representative_no", None),
                            ),
                            _connector="OR",
                        ),
                        name="petitioner_at_most_five_represent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("acts_for", models.F("id")), _negated=True),
                        name="petitioner_acts_for_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("role__in", ["representative", "accompanying", "agent", "guardian", "former"])
                        ),
                        name="petitioner_role_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PetitionVersion",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.UUIDField(default=lib.ids.uuid7, serialize=False)),
                ("number", models.CharField(max_length=20, verbose_name="petition number")),
                (
                    "routing",
                    models.CharField(
                        choices=[
                            ("registered", "Registered, to be routed"),
                            ("routed", "Being handled"),
                            ("finished", "Finished"),
                            ("ended", "Ended otherwise"),
                            ("void", "Void"),
                        ],
                        default="registered",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("visit", "Visit"),
                            ("letter", "Letter"),
                            ("web", "Web"),
                            ("phone", "Telephone"),
                            ("mobile_app", "Mobile app"),
                            ("wechat", "WeChat"),
                            ("suggestion_box_web", "Suggestions online"),
                            ("fax", "Fax"),
                            ("leader_mailbox", "Leader's mailbox"),
                        ],
                        max_length=20,
                        verbose_name="channel",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("self_received", "Received here"),
                            ("transferred_from_superior", "Forwarded from above"),
                            ("assigned_from_superior", "Assigned from above"),
                            ("leader_instruction", "Leader's instruction"),
                            ("hotline_transfer", "Hotline 12345"),
                            ("grid_report", "Report from a grid"),
                            ("joint_conference", "Joint conference"),
                            ("inspection", "Inspection (巡视巡察)"),
                            ("discipline_return", "Returned by a discipline organ"),
                            ("media", "Media"),
                        ],
                        max_length=30,
                        verbose_name="source",
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("request", "Request for settlement"),
                            ("appeal", "Appeal"),
                            ("suggestion", "Suggestion or opinion"),
                            ("report_accusation", "Report or accusation"),
                            ("enquiry", "Enquiry"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="purpose",
                    ),
                ),
                (
                    "petition_class",
                    models.CharField(
                        choices=[
                            ("appeal_request", "Appeals and requests"),
                            ("report_accusation", "Reports and accusations"),
                            ("suggestion", "Suggestions and opinions"),
                        ],
                        max_length=20,
                        null=True,
                        verbose_name="class",
                    ),
                ),
                ("place_path", models.CharField(max_length=80)),
                (
                    "register_level",
                    models.CharField(
                        choices=[
                            ("0000", "National"),
                            ("0100", "Province"),
                            ("0200", "City"),
                            ("0300", "District or county"),
                            ("0400", "Township or street"),
                        ],
                        max_length=4,
                        verbose_name="level",
                    ),
                ),
                ("received_at", models.DateTimeField(verbose_name="received")),
                ("registered_at", models.DateTimeField(verbose_name="registered")),
                ("petitioner_count", models.PositiveIntegerField(verbose_name="petitioners")),
                ("is_collective", models.BooleanField(default=False, verbose_name="collective visit")),
                ("litigation_related", models.BooleanField(default=False, verbose_name="litigation-related")),
                ("is_urgent", models.BooleanField(default=False, verbose_name="grave or urgent")),
                ("sealed", models.BooleanField(default=False)),
                ("next_due_at", models.DateTimeField(null=True)),
                ("known_at", models.DateTimeField()),
                (
                    "content_category",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.contentcategory",
                        verbose_name="content category",
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
                        related_name="id_number_routing_ended_as_channel_source_purpose_petition_class_content_category_place_place_path_register_organ_register_level_received_at_registered_at_petitioner_count_is_collective_litigation_related_is_urgent_sealed_next_due_at_known_at_events",
                        to="cases.petition",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="places.place",
                        verbose_name="place of the problem",
                    ),
                ),
                (
                    "register_organ",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.organ",
                        verbose_name="registering organ",
                    ),
                ),
                (
                    "ended_as",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("withdrawn", "Withdrawn by the petitioner"),
                            ("died", "Petitioner died, nobody continues"),
                        ],
                        max_length=20,
                        verbose_name="other end",
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
                            hash="fce5065bac2ccdd66b63c27cd85342216e1f65b8",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_aef95",
                            table="cases_petitionversion",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="QueryCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=100, unique=True)),
                ("issued_at", models.DateTimeField()),
                ("replaced_at", models.DateTimeField(null=True)),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="query_codes",
                        to="cases.petition",
                    ),
                ),
                (
                    "petitioner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="query_codes",
                        to="cases.petitioner",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at", None)),
                        fields=("petition", "petitioner"),
                        name="query_code_one_valid",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportedParty",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("person", "A person"), ("unit", "A unit")],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("name_sealed", models.BinaryField(null=True)),
                ("post_title", models.CharField(blank=True, max_length=60, verbose_name="post")),
                ("grade", models.CharField(blank=True, max_length=30, verbose_name="grade")),
                ("area", models.CharField(blank=True, max_length=80, verbose_name="area")),
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
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reported_parties",
                        to="cases.petition",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["person", "unit"])), name="reported_party_kind_known"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reporter",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("representative", "Representative"),
                            ("accompanying", "Accompanying person"),
                            ("agent", "Agent"),
                            ("guardian", "Guardian"),
                            ("former", "No longer takes part"),
                        ],
                        max_length=20,
                    ),
                ),
                ("under_14", models.BooleanField(default=False)),
                ("acts_for_position", models.PositiveSmallIntegerField(null=True)),
                ("name_sealed", models.BinaryField()),
                (
                    "id_type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("resident", "Resident identity card"),
                            ("officer", "Officer's card"),
                            ("soldier", "Soldier's card"),
                            ("police", "Police card"),
                            ("hk_macao_taiwan", "Hong Kong, Macao or Taiwan permit"),
                            ("passport", "Passport"),
                            ("household_booklet", "Household booklet"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                    ),
                ),
                ("id_number_sealed", models.BinaryField(null=True)),
                ("phone_sealed", models.BinaryField(null=True)),
                ("address_sealed", models.BinaryField(null=True)),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reporters",
                        to="cases.petition",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("petition", "position"), name="reporter_position_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "id_type__in",
                                [
                                    "",
                                    "resident",
                                    "officer",
                                    "soldier",
                                    "police",
                                    "hk_macao_taiwan",
                                    "passport",
                                    "household_booklet",
                                    "other",
                                ],
                            )
                        ),
                        name="reporter_id_type_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("role__in", ["representative", "accompanying", "agent", "guardian", "former"])
                        ),
                        name="reporter_role_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SafetyNote",
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
                            ("self_harm", "Self-harm"),
                            ("harm_to_others", "Harm to others"),
                            ("medical", "Medical emergency"),
                            ("child_or_dependant", "A child or dependant in need"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("observed_fact", models.CharField(max_length=500, verbose_name="what was seen or heard")),
                ("action_taken", models.CharField(max_length=500, verbose_name="what was done")),
                ("observed_at", models.DateTimeField()),
                ("review_on", models.DateField(verbose_name="review on")),
                ("expires_on", models.DateField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "observed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="safety_notes",
                        to="cases.petition",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["self_harm", "harm_to_others", "medical", "child_or_dependant"])
                        ),
                        name="safety_note_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("review_on__lte", models.F("expires_on"))),
                        name="safety_note_reviewed_first",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SealedGrant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                ("sees_reporter", models.BooleanField(default=False, verbose_name="sees the reporter")),
                ("granted_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "granted_by",
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
                        related_name="grants",
                        to="cases.petition",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sealed_grants",
                        to="accounts.post",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("petition", "post"),
                        name="sealed_grant_one_open",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="VoidProposal",
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
                            ("double_entry", "Entered twice"),
                            ("test", "A test"),
                            ("import_withdrawn", "Its import was withdrawn"),
                        ],
                        max_length=20,
                        verbose_name="ground",
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                ("proposed_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("confirmed", models.BooleanField(null=True)),
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
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="void_proposals",
                        to="cases.petition",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "proposer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "stays",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.petition",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decider", None),
                            models.Q(("decider", models.F("proposer")), _negated=True),
                            _connector="OR",
                        ),
                        name="void_needs_two_persons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ground", "double_entry"), _negated=True),
                            ("stays__isnull", False),
                            _connector="OR",
                        ),
                        name="void_double_names_the_other",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stays", None),
                            models.Q(("stays", models.F("petition")), _negated=True),
                            _connector="OR",
                        ),
                        name="void_stays_another",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("decided_at", None)),
                        fields=("petition",),
                        name="void_proposal_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ground__in", ["double_entry", "test", "import_withdrawn"])),
                        name="void_ground_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recusal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="relation")),
                ("declared_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("withdrawn", models.BooleanField(null=True)),
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
                    "declared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recusals",
                        to="cases.petition",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "answer",
                    models.CharField(blank=True, max_length=500, verbose_name="answer to the petitioner"),
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
                    "judge",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="judges",
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
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("judge", None)),
                        fields=("petition", "user"),
                        name="recusal_declared_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn", None)),
                        fields=("petition", "user"),
                        name="recusal_one_request_waits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_by", None), ("judge", None), ("post", None), ("withdrawn", True)
                            ),
                            models.Q(
                                ("decided_at", None),
                                ("decided_by", None),
                                ("judge__isnull", False),
                                ("post__isnull", False),
                                ("decider", None),
                                ("withdrawn", None),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("judge__isnull", False),
                                ("post__isnull", False),
                                ("decided_by__isnull", False),
                                ("decider__isnull", False),
                                ("withdrawn__isnull", False),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="recusal_declared_or_decided_with_an_answer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decider", None),
                            models.Q(("decider", models.F("user")), _negated=True),
                            _connector="OR",
                        ),
                        name="recusal_decided_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Resolution",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "evidence",
                    models.CharField(
                        choices=[
                            ("executed", "Supported and carried out"),
                            ("agreement", "Mediation or settlement agreement performed"),
                            (
                                "confirmed",
                                "The petitioner's own written confirmation, freely given and witnessed",
                            ),
                        ],
                        max_length=20,
                        verbose_name="evidence",
                    ),
                ),
                ("words", models.CharField(max_length=500, verbose_name="what shows it")),
                ("proposed_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_why", models.CharField(blank=True, max_length=300)),
                (
                    "confirmed_by",
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="resolutions",
                        to="infra.storedfile",
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="resolutions",
                        to="cases.petition",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "proposer",
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
                        condition=models.Q(("evidence__in", ["executed", "agreement", "confirmed"])),
                        name="resolution_evidence_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("petition",),
                        name="resolution_one_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Route",
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
                            ("forward", "Forward"),
                            ("assign", "Assign"),
                            ("guide", "Guide"),
                            ("keep", "Keep without action"),
                            ("self_handle", "Handle directly"),
                            ("join", "Joined to what is pending"),
                        ],
                        max_length=20,
                        verbose_name="route",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="why it goes there")),
                ("guided_to", models.CharField(blank=True, max_length=200, verbose_name="guided to")),
                (
                    "keep_ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("thanks", "Thanks"),
                            ("advertising", "Advertising"),
                            ("unintelligible", "Unintelligible, and nobody to ask"),
                            ("identical_answered", "The identical text was answered already"),
                        ],
                        max_length=30,
                        verbose_name="ground for keeping",
                    ),
                ),
                (
                    "told",
                    models.CharField(blank=True, max_length=200, verbose_name="how the petitioner was told"),
                ),
                ("made_at", models.DateTimeField()),
                ("countersigned_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "countersigned_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "maker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="routes",
                        to="cases.petition",
                    ),
                ),
                (
                    "countersigner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "keep_ground__in",
                                    ["thanks", "advertising", "unintelligible", "identical_answered"],
                                ),
                                ("kind", "keep"),
                            ),
                            models.Q(models.Q(("kind", "keep"), _negated=True), ("keep_ground", "")),
                            _connector="OR",
                        ),
                        name="route_kept_on_a_ground",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "guide"), _negated=True),
                            models.Q(("guided_to", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="route_guided_somewhere",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("countersigned_at", None), ("countersigned_by", None)),
                            models.Q(
                                ("countersigned_at__isnull", False),
                                ("countersigned_by__isnull", False),
                                models.Q(("countersigned_by", models.F("made_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="route_countersigned_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("countersigner", None),
                            models.Q(
                                ("countersigned_at__isnull", False),
                                models.Q(("countersigner", models.F("maker")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="route_countersigner_is_another_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["forward", "assign", "guide", "keep", "self_handle", "join"])
                        ),
                        name="route_kind_known",
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None), ("kind", "keep")),
                        fields=["countersigned_at"],
                        name="route_kept",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Handling",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                ("sent_at", models.DateTimeField()),
                ("report_due_on", models.DateField(null=True, verbose_name="report due")),
                (
                    "receipt",
                    models.CharField(
                        choices=[
                            ("delivered", "Delivered, to be signed for"),
                            ("received", "Received"),
                            ("objection_pending", "Objection pending"),
                            ("returned", "Returned"),
                        ],
                        default="delivered",
                        max_length=20,
                        verbose_name="receipt",
                    ),
                ),
                ("read_at", models.DateTimeField(null=True)),
                ("received_at", models.DateTimeField(null=True, verbose_name="received")),
                ("deemed_received", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("under_review", "Deciding whether to accept"),
                            ("not_accepted", "Not accepted here"),
                            ("investigating", "Being investigated"),
                            ("opinion_issued", "Opinion issued"),
                            ("served", "Reply served"),
                            ("executing", "Being carried out"),
                            ("executed", "Carried out"),
                        ],
                        default="under_review",
                        max_length=20,
                        verbose_name="handling",
                    ),
                ),
                ("simple_track", models.BooleanField(default=False, verbose_name="simple track")),
                (
                    "simple_ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            (
                                "first_and_clear",
                                "First time, clear in fact and responsibility, easy to settle",
                            ),
                            (
                                "answered_at_once",
                                "Enquiry, suggestion or thanks that can be answered at once",
                            ),
                            ("daily_life", "Daily life, pressing in time"),
                            ("promised", "The organ promised or concluded it already"),
                            ("other", "Other plain matters"),
                        ],
                        max_length=30,
                        verbose_name="why it is simple",
                    ),
                ),
                ("accepted_on", models.DateField(null=True, verbose_name="accepted")),
                ("ended_at", models.DateTimeField(null=True)),
                ("known_at", models.DateTimeField()),
                (
                    "letter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
                (
                    "opinion",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handlings",
                        to="accounts.organ",
                        verbose_name="leading unit",
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="handlings",
                        to="cases.petition",
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sent",
                        to="accounts.organ",
                        verbose_name="sender",
                    ),
                ),
                (
                    "route",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="handling", to="cases.route"
                    ),
                ),
                ("quiet_since_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("receipt", "delivered")),
                        fields=["organ", "sent_at"],
                        name="handling_to_sign_for",
                    ),
                    models.Index(
                        condition=models.Q(("ended_at", None), ("receipt", "delivered")),
                        fields=["id"],
                        name="handling_to_deem_received",
                    ),
                    models.Index(
                        condition=models.Q(("ended_at", None), ("state", "under_review")),
                        fields=["id"],
                        name="handling_under_review",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("deemed_received", True), ("ended_at", None), ("state", "under_review")
                        ),
                        fields=["sent_at"],
                        name="handling_nobody_signed",
                    ),
                    models.Index(
                        condition=models.Q(("ended_at", None), ("receipt", "objection_pending")),
                        fields=["sender"],
                        name="handling_objected",
                    ),
                    models.Index(
                        condition=models.Q(("ended_at", None), ("state", "investigating")),
                        fields=["quiet_since_at"],
                        name="handling_quiet_since",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("receipt__in", ["delivered", "received", "objection_pending", "returned"])
                        ),
                        name="handling_receipt_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "under_review",
                                    "not_accepted",
                                    "investigating",
                                    "opinion_issued",
                                    "served",
                                    "executing",
                                    "executed",
                                ],
                            )
                        ),
                        name="handling_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("simple_track", False),
                            (
                                "simple_ground__in",
                                ["first_and_clear", "answered_at_once", "daily_life", "promised", "other"],
                            ),
                            _connector="OR",
                        ),
                        name="handling_simple_on_a_ground",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("receipt", "delivered"), ("received_at", None)),
                            models.Q(
                                models.Q(("receipt", "delivered"), _negated=True),
                                ("received_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="handling_received_at_a_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["under_review", "not_accepted"]),
                            ("accepted_on__isnull", False),
                            _connector="OR",
                        ),
                        name="handling_investigated_once_accepted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["executed", "executing", "opinion_issued", "served"]),
                                _negated=True,
                            ),
                            ("opinion__isnull", False),
                            _connector="OR",
                        ),
                        name="handling_opinion_is_a_paper",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("petition", "organ"),
                        name="handling_one_open_an_organ",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "investigating"), _negated=True),
                            ("quiet_since_at__isnull", False),
                            _connector="OR",
                        ),
                        name="handling_quiet_since_accepted",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cases_handlingversion" ("accepted_on", "id", "known_at", "organ_id", "petition_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "receipt", "received_at", "simple_track", "state") SELECT new_values."accepted_on", new_values."id", new_values."known_at", new_values."organ_id", new_values."petition_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."receipt", new_values."received_at", new_values."simple_track", new_values."state" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="8971ee8b15ebf324bd48509e2e0d4df40e12575d",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_81b34",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="cases_handling",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cases_handlingversion" ("accepted_on", "id", "known_at", "organ_id", "petition_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "receipt", "received_at", "simple_track", "state") SELECT new_values."accepted_on", new_values."id", new_values."known_at", new_values."organ_id", new_values."petition_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."receipt", new_values."received_at", new_values."simple_track", new_values."state" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."accepted_on" IS DISTINCT FROM (new_values."accepted_on") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."known_at" IS DISTINCT FROM (new_values."known_at") OR old_values."organ_id" IS DISTINCT FROM (new_values."organ_id") OR old_values."petition_id" IS DISTINCT FROM (new_values."petition_id") OR old_values."receipt" IS DISTINCT FROM (new_values."receipt") OR old_values."received_at" IS DISTINCT FROM (new_values."received_at") OR old_values."simple_track" IS DISTINCT FROM (new_values."simple_track") OR old_values."state" IS DISTINCT FROM (new_values."state")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="be2ac429860f10c23e991b406574493ef1685a44",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ccbf6",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="cases_handling",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="handling_not_the_same_again",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.\"state\" = 'opinion_issued' AND OLD.\"state\" = 'investigating')",
                            func="\n        IF EXISTS (\n            SELECT FROM cases_revokedanswer AS revoked\n            JOIN cases_remedy AS remedy ON remedy.id = revoked.remedy_id\n            JOIN cases_claim AS claim ON claim.id = revoked.claim_id AND claim.handling_id = NEW.id\n            JOIN cases_finding AS finding ON finding.claim_id = claim.id\n            WHERE remedy.ground IN ('basis', 'facts') AND claim.outcome = revoked.outcome\n            AND regexp_replace(finding.facts, '[[:space:]]', '', 'g')\n                = regexp_replace(revoked.facts, '[[:space:]]', '', 'g')\n        ) THEN\n            RAISE EXCEPTION 'what was revoked is not said again on the same facts';\n        END IF;\n        RETURN NEW;\n    ",
                            hash="3c8952000f449a8ceed6fb312a84ddd6c404299a",
                            operation="UPDATE",
                            pgid="pgtrigger_handling_not_the_same_again_5ee3a",
                            table="cases_handling",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("wording", models.CharField(max_length=500, verbose_name="claim")),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="claims",
                        to="cases.petition",
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "Accepted"),
                            ("led", "Led into its own procedure"),
                            ("not_accepted", "Not accepted"),
                            ("no_longer_accepted", "No longer accepted"),
                        ],
                        max_length=20,
                        verbose_name="decision",
                    ),
                ),
                ("executed_at", models.DateTimeField(null=True)),
                ("execution_due_on", models.DateField(null=True, verbose_name="carried out until")),
                (
                    "execution_organ",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="executes",
                        to="accounts.organ",
                        verbose_name="carried out by",
                    ),
                ),
                ("known_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("support", "Supported"),
                            ("explain", "Explained: reasonable, no legal basis"),
                            ("not_support", "Not supported"),
                            ("adopted", "Adopted"),
                            ("partly_adopted", "Adopted in part"),
                            ("not_adopted", "Not adopted"),
                        ],
                        max_length=20,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "petition_class",
                    models.CharField(
                        choices=[
                            ("appeal_request", "Appeals and requests"),
                            ("report_accusation", "Reports and accusations"),
                            ("suggestion", "Suggestions and opinions"),
                        ],
                        max_length=20,
                        null=True,
                        verbose_name="class",
                    ),
                ),
                (
                    "statutory_route",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("RT1", "Courts, procuratorate or police by their own laws"),
                            ("RT2", "Arbitration"),
                            ("RT3", "Party-member appeal or re-examination"),
                            ("RT4", "Reconsideration, adjudication or another administrative procedure"),
                            ("RT5", "Investigate an unlawful act or perform a protective duty"),
                            ("RT6", "None of these: petition handling with an opinion"),
                        ],
                        max_length=3,
                        verbose_name="statutory route",
                    ),
                ),
                (
                    "handling",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="cases.handling",
                    ),
                ),
                (
                    "route",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="cases.route",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("petition", "number"), name="claim_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="claim_number_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("petition_class", None),
                            ("petition_class__in", ["appeal_request", "report_accusation", "suggestion"]),
                            _connector="OR",
                        ),
                        name="claim_class_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("statutory_route__in", ["", "RT1", "RT2", "RT3", "RT4", "RT5", "RT6"])
                        ),
                        name="claim_route_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decision__in", ["", "accepted", "led", "not_accepted", "no_longer_accepted"])
                        ),
                        name="claim_decision_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "outcome__in",
                                [
                                    "",
                                    "support",
                                    "explain",
                                    "not_support",
                                    "adopted",
                                    "partly_adopted",
                                    "not_adopted",
                                ],
                            )
                        ),
                        name="claim_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision", "accepted"), _negated=True),
                            models.Q(("petition_class", "suggestion"), ("statutory_route", "")),
                            models.Q(("petition_class", "appeal_request"), ("statutory_route", "RT6")),
                            _connector="OR",
                        ),
                        name="claim_accepted_on_its_route",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision", "led"), _negated=True),
                            ("statutory_route__in", ["RT1", "RT2", "RT3", "RT4", "RT5"]),
                            _connector="OR",
                        ),
                        name="claim_led_into_another_procedure",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decision", ""), ("handling__isnull", False), _connector="OR"),
                        name="claim_decided_by_an_organ",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome", ""), ("decision", "accepted"), _connector="OR"),
                        name="claim_outcome_of_an_accepted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "support"), _negated=True),
                            models.Q(("execution_due_on__isnull", False), ("execution_organ__isnull", False)),
                            _connector="OR",
                        ),
                        name="claim_support_is_carried_out",
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("route", None)), fields=["petition"], name="claim_without_a_way"
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cases_claimversion" ("decision", "executed_at", "execution_due_on", "execution_organ_id", "handling_id", "id", "known_at", "number", "outcome", "petition_class", "petition_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "route_id", "statutory_route") SELECT new_values."decision", new_values."executed_at", new_values."execution_due_on", new_values."execution_organ_id", new_values."handling_id", new_values."id", new_values."known_at", new_values."number", new_values."outcome", new_values."petition_class", new_values."petition_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."route_id", new_values."statutory_route" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="53adf0efe8fb5ec7a05fea587a1da2a47ad4f46d",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f70bc",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="cases_claim",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cases_claimversion" ("decision", "executed_at", "execution_due_on", "execution_organ_id", "handling_id", "id", "known_at", "number", "outcome", "petition_class", "petition_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "route_id", "statutory_route") SELECT new_values."decision", new_values."executed_at", new_values."execution_due_on", new_values."execution_organ_id", new_values."handling_id", new_values."id", new_values."known_at", new_values."number", new_values."outcome", new_values."petition_class", new_values."petition_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."route_id", new_values."statutory_route" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."decision" IS DISTINCT FROM (new_values."decision") OR old_values."executed_at" IS DISTINCT FROM (new_values."executed_at") OR old_values."execution_due_on" IS DISTINCT FROM (new_values."execution_due_on") OR old_values."execution_organ_id" IS DISTINCT FROM (new_values."execution_organ_id") OR old_values."handling_id" IS DISTINCT FROM (new_values."handling_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."known_at" IS DISTINCT FROM (new_values."known_at") OR old_values."number" IS DISTINCT FROM (new_values."number") OR old_values."outcome" IS DISTINCT FROM (new_values."outcome") OR old_values."petition_id" IS DISTINCT FROM (new_values."petition_id") OR old_values."petition_class" IS DISTINCT FROM (new_values."petition_class") OR old_values."route_id" IS DISTINCT FROM (new_values."route_id") OR old_values."statutory_route" IS DISTINCT FROM (new_values."statutory_route")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="783f3a80e027c59861c14f612e92d7a39b92cfa6",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_3c7f0",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="cases_claim",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "claim",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="finding",
                        serialize=False,
                        to="cases.claim",
                    ),
                ),
                ("facts", models.TextField(verbose_name="facts and reasons found")),
                ("opinion", models.TextField(verbose_name="handling opinion")),
                ("legal_basis", models.CharField(max_length=500, verbose_name="legal basis")),
                (
                    "solved",
                    models.CharField(max_length=300, verbose_name="reasonable claims: how they are solved"),
                ),
                (
                    "explained",
                    models.CharField(
                        max_length=300, verbose_name="unreasonable ones: how they were explained"
                    ),
                ),
                ("helped", models.CharField(max_length=300, verbose_name="hardship: what help there is")),
                (
                    "lawful",
                    models.CharField(max_length=300, verbose_name="unlawful acts: how they are dealt with"),
                ),
                ("written_at", models.DateTimeField()),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Acceptance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("decided_at", models.DateTimeField()),
                ("decided_on", models.DateField()),
                ("power_fact", models.CharField(max_length=300)),
                ("pending_fact", models.CharField(max_length=300)),
                ("concluded_fact", models.CharField(max_length=300)),
                ("litigation_fact", models.CharField(max_length=300)),
                ("route_fact", models.CharField(max_length=300)),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            (
                                "pending_same_matter",
                                "The same matter is pending within its period (Art 19(3))",
                            ),
                            ("concluded_after_reexamination", "Concluded by re-examination (Art 36(3))"),
                            ("litigation_route", "Split off to litigation (Art 28(2))"),
                            ("other_statutory_route", "Another statutory route (Art 31)"),
                            ("outside_power_redirect", "Outside this organ's power (Art 23(1))"),
                            ("discipline_channel", "Belongs to the discipline organs (Art 30)"),
                        ],
                        max_length=30,
                    ),
                ),
                ("where_to_go", models.CharField(blank=True, max_length=200)),
                ("reexamination_number", models.CharField(blank=True, max_length=60)),
                ("reexamined_by", models.CharField(blank=True, max_length=80)),
                ("reexamined_on", models.DateField(null=True)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="acceptances",
                        to="cases.claim",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "handling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="acceptances",
                        to="cases.handling",
                    ),
                ),
                ("backdated", models.BooleanField(default=False)),
                ("evidence_note", models.CharField(blank=True, max_length=200, verbose_name="evidence")),
                (
                    "pending_level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("0000", "National"),
                            ("0100", "Province"),
                            ("0200", "City"),
                            ("0300", "District or county"),
                            ("0400", "Township or street"),
                        ],
                        max_length=4,
                    ),
                ),
                ("pending_number", models.CharField(blank=True, max_length=60)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("claim", "handling"), name="acceptance_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reason", ""),
                            (
                                "reason__in",
                                [
                                    "pending_same_matter",
                                    "concluded_after_reexamination",
                                    "litigation_route",
                                    "other_statutory_route",
                                    "outside_power_redirect",
                                    "discipline_channel",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="acceptance_reason_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", "concluded_after_reexamination"), _negated=True),
                            models.Q(
                                models.Q(("reexamination_number", ""), _negated=True),
                                ("reexamined_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="acceptance_concluded_by_an_opinion",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("power_fact", ""), _negated=True),
                            models.Q(("pending_fact", ""), _negated=True),
                            models.Q(("concluded_fact", ""), _negated=True),
                            models.Q(("litigation_fact", ""), _negated=True),
                            models.Q(("route_fact", ""), _negated=True),
                        ),
                        name="acceptance_every_point_answered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("backdated", False),
                            models.Q(("evidence_note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="acceptance_backdated_has_evidence",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pending_level__in", ["", "0000", "0100", "0200", "0300", "0400"])
                        ),
                        name="acceptance_level_known",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="acceptance_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="3fd234614faec262c9ac5cff65a18f7b4281c4b7",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_acceptance_stays_ee074",
                            table="cases_acceptance",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ClaimVersion",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "petition_class",
                    models.CharField(
                        choices=[
                            ("appeal_request", "Appeals and requests"),
                            ("report_accusation", "Reports and accusations"),
                            ("suggestion", "Suggestions and opinions"),
                        ],
                        max_length=20,
                        null=True,
                        verbose_name="class",
                    ),
                ),
                (
                    "statutory_route",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("RT1", "Courts, procuratorate or police by their own laws"),
                            ("RT2", "Arbitration"),
                            ("RT3", "Party-member appeal or re-examination"),
                            ("RT4", "Reconsideration, adjudication or another administrative procedure"),
                            ("RT5", "Investigate an unlawful act or perform a protective duty"),
                            ("RT6", "None of these: petition handling with an opinion"),
                        ],
                        max_length=3,
                        verbose_name="statutory route",
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "Accepted"),
                            ("led", "Led into its own procedure"),
                            ("not_accepted", "Not accepted"),
                            ("no_longer_accepted", "No longer accepted"),
                        ],
                        max_length=20,
                        verbose_name="decision",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("support", "Supported"),
                            ("explain", "Explained: reasonable, no legal basis"),
                            ("not_support", "Not supported"),
                            ("adopted", "Adopted"),
                            ("partly_adopted", "Adopted in part"),
                            ("not_adopted", "Not adopted"),
                        ],
                        max_length=20,
                        verbose_name="outcome",
                    ),
                ),
                ("execution_due_on", models.DateField(null=True, verbose_name="carried out until")),
                ("executed_at", models.DateTimeField(null=True)),
                ("known_at", models.DateTimeField(null=True)),
                (
                    "execution_organ",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.organ",
                        verbose_name="carried out by",
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.petition",
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
                        related_name="id_petition_number_petition_class_statutory_route_route_handling_decision_outcome_execution_organ_execution_due_on_executed_at_known_at_events",
                        to="cases.claim",
                    ),
                ),
                (
                    "handling",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.handling",
                    ),
                ),
                (
                    "route",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.route",
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
                            hash="59e921ca2a2069e9e9f56653e23ad460dabdc0e3",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_f3cd1",
                            table="cases_claimversion",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CoHandling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("wanted", models.CharField(max_length=300, verbose_name="what is wanted")),
                ("due_on", models.DateField(verbose_name="feedback by")),
                ("asked_at", models.DateTimeField()),
                ("feedback", models.CharField(blank=True, max_length=1000, verbose_name="feedback")),
                ("fed_back_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "fed_back_by",
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
                        related_name="co_handlings",
                        to="accounts.organ",
                    ),
                ),
                (
                    "handling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="co_handlings",
                        to="cases.handling",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("fed_back_at", None)),
                        fields=("handling", "organ"),
                        name="co_handling_once_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("fed_back_at", None), ("feedback", "")),
                            models.Q(
                                ("fed_back_at__isnull", False), models.Q(("feedback", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="co_handling_fed_back_with_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("days", models.PositiveSmallIntegerField(verbose_name="days")),
                ("reason", models.CharField(max_length=500, verbose_name="why it is complex")),
                ("asked_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("approved", models.BooleanField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "asker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "deciding_organ",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organ",
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                    "handling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="extensions",
                        to="cases.handling",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("days__gte", 1), ("days__lte", 30)),
                        name="extension_thirty_days_at_most",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="extension_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved", None), ("decided_at", None), ("decided_by", None)),
                            models.Q(
                                ("approved__isnull", False),
                                ("decided_at__isnull", False),
                                ("deciding_organ", models.F("organ")),
                            ),
                            _connector="OR",
                        ),
                        name="extension_decided_in_the_handling_organ",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved", True), _negated=True),
                            ("notice__isnull", False),
                            _connector="OR",
                        ),
                        name="extension_is_told",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("approved", False), _negated=True),
                        fields=("handling",),
                        name="extension_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HandlingVersion",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.UUIDField(default=lib.ids.uuid7, serialize=False)),
                (
                    "receipt",
                    models.CharField(
                        choices=[
                            ("delivered", "Delivered, to be signed for"),
                            ("received", "Received"),
                            ("objection_pending", "Objection pending"),
                            ("returned", "Returned"),
                        ],
                        default="delivered",
                        max_length=20,
                        verbose_name="receipt",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("under_review", "Deciding whether to accept"),
                            ("not_accepted", "Not accepted here"),
                            ("investigating", "Being investigated"),
                            ("opinion_issued", "Opinion issued"),
                            ("served", "Reply served"),
                            ("executing", "Being carried out"),
                            ("executed", "Carried out"),
                        ],
                        default="under_review",
                        max_length=20,
                        verbose_name="handling",
                    ),
                ),
                ("simple_track", models.BooleanField(default=False, verbose_name="simple track")),
                ("received_at", models.DateTimeField(null=True, verbose_name="received")),
                ("accepted_on", models.DateField(null=True, verbose_name="accepted")),
                ("known_at", models.DateTimeField()),
                (
                    "organ",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.organ",
                        verbose_name="leading unit",
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.petition",
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
                        related_name="id_petition_organ_receipt_state_simple_track_received_at_accepted_on_known_at_events",
                        to="cases.handling",
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
                            hash="5aa1a6f1cdf942e55a49b2da4d138a016673592a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_0121e",
                            table="cases_handlingversion",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Progress",
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
                            ("investigation", "Investigation"),
                            ("contact", "Contact with the petitioner"),
                            ("progress", "Progress"),
                            ("mediation", "Mediation"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("done_on", models.DateField(verbose_name="day")),
                ("words", models.CharField(max_length=1000, verbose_name="what was done")),
                ("noted_at", models.DateTimeField()),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="progress",
                        to="infra.storedfile",
                    ),
                ),
                (
                    "handling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="progress",
                        to="cases.handling",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
                ("both_consented", models.BooleanField(default=False, verbose_name="both sides consented")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("agreed", "Agreement reached"),
                            ("none_reached", "No agreement reached"),
                            ("broken_off", "Broken off"),
                        ],
                        max_length=20,
                        verbose_name="result",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["investigation", "contact", "progress", "mediation"])
                        ),
                        name="progress_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("both_consented", False), ("result", "")),
                            models.Q(
                                ("both_consented", True),
                                ("kind", "mediation"),
                                ("result__in", ["agreed", "none_reached", "broken_off"]),
                            ),
                            _connector="OR",
                        ),
                        name="progress_mediated_by_consent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreement__isnull", False), ("result", "agreed")),
                            models.Q(models.Q(("result", "agreed"), _negated=True), ("agreement", None)),
                            _connector="OR",
                        ),
                        name="progress_agreement_in_writing",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="progress_mediation_has_a_result",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.\"kind\" = 'mediation' AND NEW.\"result\" = '')",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot insert rows from % table', TG_TABLE_NAME;",
                            hash="534bb8475a0cbce95a4495f3cc5fc9b5dbccccbd",
                            operation="INSERT",
                            pgid="pgtrigger_progress_mediation_has_a_result_54c29",
                            table="cases_progress",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReturnRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=1000, verbose_name="reasons")),
                (
                    "proper_organ",
                    models.CharField(blank=True, max_length=120, verbose_name="organ it belongs to"),
                ),
                ("asked_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("agreed", models.BooleanField(null=True)),
                (
                    "finding",
                    models.CharField(blank=True, max_length=500, verbose_name="what the sender found"),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
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
                    "handling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="return_requests",
                        to="cases.handling",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("decided_at", None)),
                        fields=("handling",),
                        name="return_request_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed", None), ("decided_at", None), ("decided_by", None)),
                            models.Q(
                                ("agreed__isnull", False),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="return_request_decided_whole",
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("agreed", True)),
                        fields=["decided_at"],
                        name="return_request_agreed",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="UpwardReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reported_on", models.DateField(verbose_name="reported")),
                (
                    "receipt",
                    models.CharField(blank=True, max_length=120, verbose_name="the superior's receipt"),
                ),
                ("reported_at", models.DateTimeField()),
                ("sent_back_at", models.DateTimeField(null=True)),
                ("sent_back_why", models.CharField(blank=True, max_length=300)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.document"
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="upward_reports",
                        to="cases.petition",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                ("backdated", models.BooleanField(default=False)),
                ("evidence_note", models.CharField(blank=True, max_length=200, verbose_name="evidence")),
                (
                    "sent_back_noted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "sent_back_number",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="number of the superior's letter"
                    ),
                ),
                ("sent_back_on", models.DateField(null=True, verbose_name="sent back on")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sent_back_at", None),
                            models.Q(
                                ("sent_back_noted_by__isnull", False),
                                ("sent_back_on__isnull", False),
                                models.Q(("sent_back_why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="upward_report_sent_back_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("backdated", False),
                            models.Q(("evidence_note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="upward_report_backdated_has_evidence",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactAttempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("tried_on", models.DateField(verbose_name="day")),
                (
                    "means",
                    models.CharField(
                        choices=[
                            ("phone", "Telephone"),
                            ("message", "Text message"),
                            ("letter", "Letter"),
                            ("visit", "Visit to the home"),
                            ("others", "Through others"),
                        ],
                        max_length=20,
                        verbose_name="means",
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("reached", "Reached"),
                            ("no_answer", "No answer"),
                            ("wrong_number", "Number or address no longer right"),
                            ("sent_back", "Sent back"),
                        ],
                        max_length=20,
                        verbose_name="result",
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("noted_at", models.DateTimeField()),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contact_attempts",
                        to="cases.petition",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("means__in", ["phone", "message", "letter", "visit", "others"])),
                        name="contact_attempt_means_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("result__in", ["reached", "no_answer", "wrong_number", "sent_back"])
                        ),
                        name="contact_attempt_result_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KeepCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("looked_at", models.DateTimeField(null=True)),
                ("right", models.BooleanField(null=True, verbose_name="rightly kept")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                (
                    "countersigned_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "kept_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "looked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "looker",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "route",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="keep_check",
                        to="cases.route",
                    ),
                ),
                (
                    "sample",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checks",
                        to="cases.keepsample",
                    ),
                ),
                (
                    "looks",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organ",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("looked_at", None)), fields=["sample"], name="keep_check_waiting"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("looked_at", None),
                                ("looked_by", None),
                                ("looker", None),
                                ("reason", ""),
                                ("right", None),
                            ),
                            models.Q(
                                ("looked_at__isnull", False),
                                ("looked_by__isnull", False),
                                ("looker__isnull", False),
                                ("right__isnull", False),
                                models.Q(
                                    ("right", True), models.Q(("reason", ""), _negated=True), _connector="OR"
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="keep_check_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("looker", None),
                            models.Q(
                                models.Q(("looker", models.F("kept_by")), _negated=True),
                                models.Q(
                                    ("countersigned_by", None),
                                    models.Q(("looker", models.F("countersigned_by")), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="keep_check_by_a_third",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OtherEnd",
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
                            ("withdrawn", "Withdrawn by the petitioner"),
                            ("died", "Petitioner died, nobody continues"),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=500, verbose_name="what shows it")),
                (
                    "routing_before",
                    models.CharField(
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
                ("ended_at", models.DateTimeField()),
                ("reopened_at", models.DateTimeField(null=True)),
                (
                    "attachment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.attachment",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="other_ends",
                        to="cases.petition",
                    ),
                ),
                (
                    "reopened_by",
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
                        condition=models.Q(("kind__in", ["withdrawn", "died"])), name="other_end_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "died"), _negated=True),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="other_end_by_death_is_shown",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("routing_before__in", ["registered", "routed"])),
                        name="other_end_of_an_open_petition",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("reopened_at", None)),
                        fields=("petition",),
                        name="other_end_one_stands",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonChange",
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
                        choices=[("died", "Died"), ("replaced", "Agent or guardian changed")], max_length=20
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(null=True)),
                (
                    "role_before",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("representative", "Representative"),
                            ("accompanying", "Accompanying person"),
                            ("agent", "Agent"),
                            ("guardian", "Guardian"),
                            ("former", "No longer takes part"),
                        ],
                        max_length=20,
                    ),
                ),
                ("successor_position", models.PositiveSmallIntegerField(null=True)),
                ("relation", models.CharField(blank=True, max_length=60, verbose_name="relation")),
                ("words", models.CharField(max_length=500, verbose_name="evidence or reason")),
                ("happened_on", models.DateField(verbose_name="day")),
                ("noted_at", models.DateTimeField()),
                ("succeeded_at", models.DateTimeField(null=True)),
                (
                    "attachment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.attachment",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="person_changes",
                        to="cases.petition",
                    ),
                ),
                (
                    "succeeded_by",
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
                        condition=models.Q(("kind__in", ["died", "replaced"])),
                        name="person_change_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role_before__in",
                                ["", "representative", "accompanying", "agent", "guardian", "former"],
                            )
                        ),
                        name="person_change_role_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="person_change_has_words"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("position__isnull", False),
                            ("successor_position__isnull", False),
                            _connector="OR",
                        ),
                        name="person_change_of_somebody",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "died")),
                        fields=("petition", "position"),
                        name="person_change_dies_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Study",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("who", models.CharField(blank=True, max_length=80, verbose_name="department or person")),
                ("words", models.CharField(max_length=1000, verbose_name="what they thought of it")),
                ("studied_on", models.DateField(verbose_name="day")),
                ("noted_at", models.DateTimeField()),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="studies", to="cases.claim"
                    ),
                ),
                (
                    "handling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="studies",
                        to="cases.handling",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organ",
                        verbose_name="studied by",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="study_says_something"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Thanks",
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
                            ("words", "Thanked by word or telephone"),
                            ("letter", "Letter of thanks"),
                            ("honour", "Certificate or commendation"),
                            ("reward", "Reward"),
                        ],
                        max_length=20,
                        verbose_name="how",
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=300, verbose_name="what it was")),
                ("thanked_on", models.DateField(verbose_name="day")),
                ("noted_at", models.DateTimeField()),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="thanks", to="cases.claim"
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["words", "letter", "honour", "reward"])),
                        name="thanks_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "reward"), _negated=True),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="thanks_reward_is_named",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("words", models.CharField(max_length=1000, verbose_name="the petitioner's own words")),
                ("withdrawn_on", models.DateField(verbose_name="day")),
                ("noted_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_why", models.CharField(blank=True, max_length=300)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "confirmer",
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
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="withdrawals",
                        to="cases.petition",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("petition", "position"),
                        name="withdrawal_one_stands",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="withdrawal_in_own_words"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at", None), ("confirmed_by", None), ("confirmer", None)),
                            models.Q(
                                ("confirmed_at__isnull", False),
                                ("confirmed_by__isnull", False),
                                ("confirmer__isnull", False),
                                models.Q(("confirmer", models.F("noter")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="withdrawal_confirmed_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None), ("ended_why", "")),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                                models.Q(("ended_why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="withdrawal_ended_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CompletionReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reported_at", models.DateTimeField(verbose_name="reported")),
                ("decided_at", models.DateTimeField(null=True)),
                ("taken", models.BooleanField(null=True)),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="what is to be reworked")),
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
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="completion_report",
                        to="documents.document",
                    ),
                ),
                (
                    "handling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="completion_reports",
                        to="cases.handling",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("taken", None)),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("taken__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="completion_report_decided_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("taken", False), _negated=True),
                            models.Q(("why", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="completion_report_sent_back_with_a_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("taken", None), ("taken", True), _connector="OR"),
                        fields=("handling",),
                        name="completion_report_one_standing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JoinedMatter",
            fields=[
                (
                    "route",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="joined",
                        serialize=False,
                        to="cases.route",
                    ),
                ),
                ("is_review_request", models.BooleanField(null=True)),
                ("review_received_on", models.DateField(null=True)),
                ("joined_at", models.DateTimeField()),
                (
                    "joined_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "pending",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joined_here",
                        to="cases.petition",
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="joins", to="cases.petition"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pending", models.F("petition")), _negated=True),
                        name="joined_to_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_review_request", True), ("review_received_on__isnull", False)),
                            models.Q(
                                models.Q(
                                    ("is_review_request", None), ("is_review_request", False), _connector="OR"
                                ),
                                ("review_received_on", None),
                            ),
                            _connector="OR",
                        ),
                        name="joined_review_has_its_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JurisdictionDispute",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "claims",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), size=None
                    ),
                ),
                ("reason", models.CharField(max_length=1000, verbose_name="what is in dispute")),
                ("opened_at", models.DateTimeField()),
                (
                    "settled_how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("agreed", "The organs agreed"),
                            ("superior", "Their common superior decided"),
                            ("conference", "The joint conference coordinated"),
                        ],
                        max_length=20,
                        verbose_name="how it was settled",
                    ),
                ),
                ("decider", models.CharField(blank=True, max_length=200, verbose_name="decided by")),
                ("decided_on", models.DateField(null=True, verbose_name="decided on")),
                ("backdated", models.BooleanField(default=False)),
                ("evidence_note", models.CharField(blank=True, max_length=200, verbose_name="evidence")),
                ("finding", models.CharField(blank=True, max_length=1000, verbose_name="reason")),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "accepts",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organ",
                    ),
                ),
                (
                    "handling",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="disputes",
                        to="cases.handling",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                ("organs", models.ManyToManyField(related_name="disputes", to="accounts.organ")),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="disputes",
                        to="cases.petition",
                    ),
                ),
                (
                    "settled_by",
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
                        condition=models.Q(("reason", ""), _negated=True),
                        name="dispute_says_what_it_is_about",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("claims", []), _negated=True), name="dispute_is_over_claims"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("accepts", None),
                                ("decided_on", None),
                                ("decider", ""),
                                ("settled_at", None),
                                ("settled_how", ""),
                            ),
                            models.Q(
                                ("accepts__isnull", False),
                                ("decided_on__isnull", False),
                                ("settled_at__isnull", False),
                                ("settled_by__isnull", False),
                                ("settled_how__in", ["agreed", "superior", "conference"]),
                                models.Q(("decider", ""), _negated=True),
                                models.Q(("finding", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="dispute_settled_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("backdated", False),
                            models.Q(("evidence_note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="dispute_backdated_has_evidence",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("settled_at", None)),
                        fields=("petition",),
                        name="dispute_one_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SealedHandover",
            fields=[
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sealed_handovers",
                        to="cases.petition",
                    ),
                ),
                ("authority", models.CharField(max_length=200, verbose_name="cadre-management authority")),
                ("handed_on", models.DateField(verbose_name="handed over on")),
                ("backdated", models.BooleanField(default=False)),
                ("evidence_note", models.CharField(blank=True, max_length=200, verbose_name="evidence")),
                ("signed_by", models.CharField(max_length=60, verbose_name="signed for by")),
                ("handed_at", models.DateTimeField()),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.document"
                    ),
                ),
                (
                    "handed_by",
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
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("authority", ""), _negated=True),
                            models.Q(("signed_by", ""), _negated=True),
                        ),
                        name="sealed_handover_says_to_whom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("backdated", False),
                            models.Q(("evidence_note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="sealed_handover_backdated_has_evidence",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("petition",),
                        name="sealed_handover_one_for_a_sealing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SealedWord",
            fields=[
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sealed_words",
                        to="cases.petition",
                    ),
                ),
                ("told_on", models.DateField(verbose_name="told on")),
                ("backdated", models.BooleanField(default=False)),
                ("evidence_note", models.CharField(blank=True, max_length=200, verbose_name="evidence")),
                ("told_at", models.DateTimeField()),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.document"
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("backdated", False),
                            models.Q(("evidence_note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="sealed_word_backdated_has_evidence",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("petition",),
                        name="sealed_word_one_for_a_sealing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EarlierReply",
            fields=[
                (
                    "petition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="earlier_reply",
                        serialize=False,
                        to="cases.petition",
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=120, verbose_name="replied by")),
                ("text", models.TextField(verbose_name="reply")),
                ("replied_at", models.DateTimeField(verbose_name="replied")),
                ("answers", models.BooleanField()),
            ],
        ),
        migrations.CreateModel(
            name="ImportBatch",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("looking", "Looking for the columns"),
                            ("to_match", "Columns to be matched"),
                            ("checking", "Trial run"),
                            ("checked", "Checked, nothing written yet"),
                            ("running", "Being imported"),
                            ("done", "Imported"),
                            ("withdrawal_asked", "Withdrawal to be confirmed"),
                            ("withdrawing", "Being withdrawn"),
                            ("withdrawn", "Withdrawn"),
                            ("stopped", "Stopped"),
                        ],
                        default="looking",
                        max_length=20,
                    ),
                ),
                (
                    "stopped_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("discarded", "It was thrown away before anything was written."),
                            ("expired", "Nobody went on with it for a day; its file was removed."),
                            ("not_allowed", "Whoever asked for it may no longer register."),
                            ("too_large", "The file is too large. Save it in parts."),
                            (
                                "too_much_inside",
                                "The file holds too much, or things that do not belong in a list.",
                            ),
                            ("macros", "The file holds macros. Save it as .xlsx without them."),
                            ("password", "The file has a password. Save it without one."),
                            (
                                "not_a_list",
                                "The file cannot be read as a list. Taken are .xlsx, .xls, .csv and .jsonl.",
                            ),
                            ("encoding", "The text of the file cannot be read. Save it in UTF-8 or GB18030."),
                            ("long_cell", "A cell does not end: a quotation mark is missing or too much."),
                            ("no_headings", "No line of headings was found."),
                            ("broken_line", "A line of the file breaks off."),
                            (
                                "touched",
                                "Something has been done on its petitions meanwhile; it can no longer be withdrawn.",
                            ),
                        ],
                        max_length=20,
                    ),
                ),
                ("stopped_at_line", models.PositiveIntegerField(null=True)),
                ("file_name", models.CharField(max_length=200, verbose_name="file")),
                ("sheet", models.CharField(blank=True, max_length=60)),
                ("columns", models.JSONField(default=list)),
                ("heading_line", models.PositiveIntegerField(default=0)),
                ("mapping", models.JSONField(default=dict)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("visit", "Visit"),
                            ("letter", "Letter"),
                            ("web", "Web"),
                            ("phone", "Telephone"),
                            ("mobile_app", "Mobile app"),
                            ("wechat", "WeChat"),
                            ("suggestion_box_web", "Suggestions online"),
                            ("fax", "Fax"),
                            ("leader_mailbox", "Leader's mailbox"),
                        ],
                        default="web",
                        max_length=20,
                        verbose_name="channel",
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("request", "Request for settlement"),
                            ("appeal", "Appeal"),
                            ("suggestion", "Suggestion or opinion"),
                            ("report_accusation", "Report or accusation"),
                            ("enquiry", "Enquiry"),
                            ("other", "Other"),
                        ],
                        default="request",
                        max_length=20,
                        verbose_name="purpose",
                    ),
                ),
                ("received_on", models.DateField(null=True)),
                ("uploaded_at", models.DateTimeField()),
                ("worked_at", models.DateTimeField()),
                ("held_until_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("last_line", models.PositiveIntegerField(default=0)),
                ("rows", models.PositiveIntegerField(default=0)),
                ("rows_done", models.PositiveIntegerField(default=0)),
                ("created", models.PositiveIntegerField(default=0)),
                ("finished", models.PositiveIntegerField(default=0)),
                ("linked", models.PositiveIntegerField(default=0)),
                ("rejected", models.PositiveIntegerField(default=0)),
                ("sample", models.JSONField(default=list)),
                ("withdraw_reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                ("withdrawal_asked_at", models.DateTimeField(null=True)),
                (
                    "asker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.contentcategory",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="import_batches",
                        to="infra.storedfile",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imports",
                        to="accounts.post",
                    ),
                ),
                (
                    "rejects",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="import_rejects",
                        to="infra.storedfile",
                    ),
                ),
                (
                    "withdrawal_asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "withdrawal_asker",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawal_decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "withdrawal_decider",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to="cases.importsource",
                    ),
                ),
                ("examples", models.JSONField(default=dict)),
                ("unknown_places", models.JSONField(default=dict)),
                ("unplaced", models.PositiveIntegerField(default=0)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["checking", "looking", "running", "withdrawing"])),
                        fields=["worked_at"],
                        name="import_batch_at_work",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "looking",
                                    "to_match",
                                    "checking",
                                    "checked",
                                    "running",
                                    "done",
                                    "withdrawal_asked",
                                    "withdrawing",
                                    "withdrawn",
                                    "stopped",
                                ],
                            )
                        ),
                        name="import_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "stopped_by__in",
                                [
                                    "",
                                    "discarded",
                                    "expired",
                                    "not_allowed",
                                    "too_large",
                                    "too_much_inside",
                                    "macros",
                                    "password",
                                    "not_a_list",
                                    "encoding",
                                    "long_cell",
                                    "no_headings",
                                    "broken_line",
                                    "touched",
                                ],
                            )
                        ),
                        name="import_stop_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "channel__in",
                                [
                                    "visit",
                                    "letter",
                                    "web",
                                    "phone",
                                    "mobile_app",
                                    "wechat",
                                    "suggestion_box_web",
                                    "fax",
                                    "leader_mailbox",
                                ],
                            )
                        ),
                        name="import_channel_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("purpose__in", ["appeal", "enquiry", "other", "request", "suggestion"])
                        ),
                        name="import_purpose_is_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawal_decider", None),
                            models.Q(("withdrawal_decider", models.F("withdrawal_asker")), _negated=True),
                            _connector="OR",
                        ),
                        name="import_withdrawn_by_two_persons",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportedRow",
            fields=[
                (
                    "petition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="imported_row",
                        serialize=False,
                        to="cases.petition",
                    ),
                ),
                ("line", models.PositiveIntegerField()),
                ("others_sealed", models.BinaryField(null=True)),
                ("arrived_version", models.PositiveIntegerField()),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imported_rows",
                        to="cases.importbatch",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("batch", "line"), name="imported_row_once")],
            },
        ),
        migrations.CreateModel(
            name="ImportFinding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.PositiveIntegerField()),
                (
                    "verdict",
                    models.CharField(
                        choices=[("linked", "Here already"), ("rejected", "Rejected")], max_length=10
                    ),
                ),
                ("faults", models.JSONField(default=list)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="cases.importbatch",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("batch", "line"), name="import_finding_once"),
                    models.CheckConstraint(
                        condition=models.Q(("verdict__in", ["linked", "rejected"])),
                        name="import_verdict_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchText",
            fields=[
                (
                    "petition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_text",
                        serialize=False,
                        to="cases.petition",
                    ),
                ),
                ("month", models.PositiveIntegerField()),
                ("words", models.TextField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        models.Func("words", "month", function="search_keys"), name="search_text_by_keys"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RepeatDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("later", "Decide later"),
                            ("same_matter_pending", "Same matter, still pending"),
                            ("same_matter_concluded", "Same matter, already concluded"),
                            ("same_matter_new_facts", "Same matter, but new facts: a new case"),
                            ("related", "Another matter, related"),
                            ("unrelated", "Unrelated"),
                        ],
                        max_length=30,
                        verbose_name="Decision",
                    ),
                ),
                ("same_person", models.BooleanField(default=False)),
                (
                    "evidence",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("id_number", "Same identity number"),
                                ("phone", "Same telephone"),
                                ("name_and_home", "Same name and address"),
                                ("same_text", "The very same text"),
                                ("alike", "Texts alike"),
                                ("category", "Same category"),
                                ("place", "Same township"),
                            ],
                            max_length=20,
                        ),
                        default=list,
                        size=None,
                    ),
                ),
                ("weight", models.PositiveSmallIntegerField(default=0)),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="Reason")),
                ("by_joining", models.BooleanField(default=False)),
                ("decided_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("end_reason", models.CharField(blank=True, max_length=300)),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "decider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "earlier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="repeated_by",
                        to="cases.petition",
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
                    "ender",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="repeat_decisions",
                        to="cases.petition",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None), ("outcome", "later")),
                        fields=["petition"],
                        name="repeat_decision_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Least("petition", "earlier"),
                        django.db.models.functions.comparison.Greatest("petition", "earlier"),
                        condition=models.Q(("ended_at", None)),
                        name="repeat_decision_one_standing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("petition", models.F("earlier")), _negated=True),
                        name="repeat_decision_on_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "outcome__in",
                                [
                                    "later",
                                    "same_matter_pending",
                                    "same_matter_concluded",
                                    "same_matter_new_facts",
                                    "related",
                                    "unrelated",
                                ],
                            )
                        ),
                        name="repeat_decision_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome", "later"),
                            models.Q(("reason", ""), _negated=True),
                            ("by_joining", True),
                            _connector="OR",
                        ),
                        name="repeat_decision_has_its_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("by_joining", False), ("outcome", "same_matter_pending"), _connector="OR"
                        ),
                        name="repeat_decision_joined_is_pending",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("end_reason", ""), ("ended_at", None), ("ended_by", None), ("ender", None)
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                                ("ender__isnull", False),
                                models.Q(
                                    ("outcome", "later"),
                                    models.Q(("end_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="repeat_decision_reversed_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CategoryModel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("trained_at", models.DateTimeField(verbose_name="trained")),
                ("texts", models.PositiveIntegerField(verbose_name="petitions learned from")),
                ("categories", models.PositiveSmallIntegerField(verbose_name="categories told apart")),
                ("macro_f1", models.FloatField(verbose_name="macro-F1")),
                ("among_three", models.FloatField(verbose_name="right one among three")),
                ("weights", models.BinaryField(null=True)),
                ("sha256", models.CharField(max_length=64)),
                ("ended_at", models.DateTimeField(null=True, verbose_name="until")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("ended_at",), name="category_model_one_suggests", nulls_distinct=False
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("weights__isnull", False)),
                            models.Q(("ended_at__isnull", False), ("weights", None)),
                            _connector="OR",
                        ),
                        name="category_model_weights_of_the_current",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("among_three__range", (0, 1)), ("macro_f1__range", (0, 1))),
                        name="category_model_shares_of_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reconciliation",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("self_received", "Received here"),
                            ("transferred_from_superior", "Forwarded from above"),
                            ("assigned_from_superior", "Assigned from above"),
                            ("leader_instruction", "Leader's instruction"),
                            ("hotline_transfer", "Hotline 12345"),
                            ("grid_report", "Report from a grid"),
                            ("joint_conference", "Joint conference"),
                            ("inspection", "Inspection (巡视巡察)"),
                            ("discipline_return", "Returned by a discipline organ"),
                            ("media", "Media"),
                        ],
                        max_length=30,
                        verbose_name="source",
                    ),
                ),
                (
                    "superior_organ",
                    models.CharField(blank=True, max_length=80, verbose_name="superior organ"),
                ),
                ("from_on", models.DateField(verbose_name="from")),
                ("to_on", models.DateField(verbose_name="until")),
                ("uploaded_at", models.DateTimeField()),
                ("list_sha256", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reading", "Being read and compared"),
                            ("compared", "Compared"),
                            ("signed", "Signed"),
                            ("stopped", "Stopped"),
                        ],
                        default="reading",
                        max_length=20,
                    ),
                ),
                (
                    "stopped_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("too_large", "The file is too large. Save it in parts."),
                            (
                                "too_much_inside",
                                "The file holds too much, or things that do not belong in a list.",
                            ),
                            ("macros", "The file holds macros. Save it as .xlsx without them."),
                            ("password", "The file has a password. Save it without one."),
                            (
                                "not_a_list",
                                "The file cannot be read as a list. Taken are .xlsx, .xls, .csv and .jsonl.",
                            ),
                            ("encoding", "The text of the file cannot be read. Save it in UTF-8 or GB18030."),
                            ("long_cell", "A cell does not end: a quotation mark is missing or too much."),
                            ("no_headings", "No line of headings was found."),
                            ("broken_line", "A line of the file breaks off."),
                            (
                                "no_numbers",
                                "No column is headed as the superior's number. Head it “Number” and upload the list again.",
                            ),
                            ("too_many_rows", "The list has too many rows. Take a shorter period."),
                            ("may_no_longer", "Whoever uploaded it may no longer reconcile."),
                            ("thrown_away", "It was thrown away before it was signed."),
                        ],
                        max_length=20,
                    ),
                ),
                ("stopped_at_line", models.PositiveIntegerField(null=True)),
                ("columns", models.JSONField(default=dict)),
                ("theirs", models.PositiveIntegerField(default=0)),
                ("compared_at", models.DateTimeField(null=True)),
                ("signed_at", models.DateTimeField(null=True)),
                ("signed_counts", models.JSONField(null=True)),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reconciliations",
                        to="infra.storedfile",
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reconciliations",
                        to="accounts.organ",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reconciliations",
                        to="accounts.post",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
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
                    "uploader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "reading")),
                        fields=["uploaded_at"],
                        name="reconciliation_to_read",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["reading", "compared", "signed", "stopped"])),
                        name="reconciliation_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "stopped_by__in",
                                [
                                    "",
                                    "too_large",
                                    "too_much_inside",
                                    "macros",
                                    "password",
                                    "not_a_list",
                                    "encoding",
                                    "long_cell",
                                    "no_headings",
                                    "broken_line",
                                    "no_numbers",
                                    "too_many_rows",
                                    "may_no_longer",
                                    "thrown_away",
                                ],
                            )
                        ),
                        name="reconciliation_stop_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("source__in", ["", "assigned_from_superior", "transferred_from_superior"])
                        ),
                        name="reconciliation_from_above",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_on__lte", models.F("to_on"))),
                        name="reconciliation_period_runs",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("file", None),
                                ("signed_at__isnull", False),
                                ("signed_by__isnull", False),
                                ("signed_counts__isnull", False),
                                ("signer__isnull", False),
                                ("state", "signed"),
                            ),
                            models.Q(
                                models.Q(("state", "signed"), _negated=True),
                                ("signed_at", None),
                                ("signed_by", None),
                                ("signed_counts", None),
                                ("signer", None),
                            ),
                            _connector="OR",
                        ),
                        name="reconciliation_signed_whole",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="reconciliation_signed_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.\"state\" = 'signed')",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="0a544eb353c9a8e16a15c29b0aca9e2101ddf2d2",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_reconciliation_signed_stays_16e2f",
                            table="cases_reconciliation",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReconciledRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.PositiveIntegerField()),
                ("number", models.CharField(blank=True, max_length=60)),
                ("sent_on", models.DateField(null=True)),
                ("received_on", models.DateField(null=True)),
                ("due_on", models.DateField(null=True)),
                ("is_finished", models.BooleanField(null=True)),
                ("finished_on", models.DateField(null=True)),
                ("unit", models.CharField(blank=True, max_length=120)),
                (
                    "fault",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_number", "“%(column)s” is empty: the row has no number."),
                            ("long_number", "“%(column)s” is longer than a number can be."),
                            (
                                "wrong_date",
                                "“%(column)s” holds no date that can be read, such as 2026-03-02 09:30.",
                            ),
                            (
                                "wrong_state",
                                "“%(column)s” does not say in known words whether it is finished.",
                            ),
                            ("long_unit", "“%(column)s” is longer than the name of a unit can be."),
                        ],
                        max_length=20,
                    ),
                ),
                ("fault_column", models.CharField(blank=True, max_length=60)),
                (
                    "reconciliation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="cases.reconciliation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("reconciliation", "line"), name="reconciled_row_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "fault__in",
                                ["", "no_number", "long_number", "wrong_date", "wrong_state", "long_unit"],
                            )
                        ),
                        name="reconciled_row_fault_known",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="reconciled_row_signed_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF EXISTS (\n                SELECT 1 FROM cases_reconciliation\n                WHERE id IN (OLD.reconciliation_id, NEW.reconciliation_id) AND state = 'signed'\n            ) THEN\n                RAISE EXCEPTION 'a signed reconciliation stays as it is';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ",
                            hash="eeb9db96ae0586a392930decc0ca15deffb0943d",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_reconciled_row_signed_stays_346f7",
                            table="cases_reconciledrow",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Difference",
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
                            ("not_here", "Not here"),
                            ("void_here", "Void here"),
                            ("not_there", "Not on the list"),
                            ("differs", "Recorded differently"),
                            ("twice_there", "Twice on the list"),
                            ("twice_here", "Twice here"),
                            ("unreadable", "Row cannot be read"),
                        ],
                        max_length=20,
                    ),
                ),
                ("line", models.PositiveIntegerField(null=True)),
                ("number", models.CharField(blank=True, max_length=60)),
                ("facts", models.JSONField(default=list)),
                ("explanation", models.CharField(blank=True, max_length=300, verbose_name="explanation")),
                ("explained_at", models.DateTimeField(null=True)),
                (
                    "explained_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "explainer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="differences",
                        to="cases.petition",
                    ),
                ),
                (
                    "reconciliation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="differences",
                        to="cases.reconciliation",
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
                                    "not_here",
                                    "void_here",
                                    "not_there",
                                    "differs",
                                    "twice_there",
                                    "twice_here",
                                    "unreadable",
                                ],
                            )
                        ),
                        name="difference_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind__in", ["not_there", "twice_here"]),
                                ("line", None),
                                ("petition__isnull", False),
                            ),
                            models.Q(
                                models.Q(("kind__in", ["not_there", "twice_here"]), _negated=True),
                                ("line__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="difference_stands_on_a_side",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("explained_at", None),
                                ("explained_by", None),
                                ("explainer", None),
                                ("explanation", ""),
                            ),
                            models.Q(
                                models.Q(("explanation", ""), _negated=True),
                                ("explained_at__isnull", False),
                                ("explained_by__isnull", False),
                                ("explainer__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="difference_explained_whole",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="difference_signed_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF EXISTS (\n                SELECT 1 FROM cases_reconciliation\n                WHERE id IN (OLD.reconciliation_id, NEW.reconciliation_id) AND state = 'signed'\n            ) THEN\n                RAISE EXCEPTION 'a signed reconciliation stays as it is';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ",
                            hash="717b851966cb214bad0b3652221dddfdfee88ace",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_difference_signed_stays_6cc27",
                            table="cases_difference",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LedgerExport",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("own_work", "Checking one's own work"),
                            ("meeting", "For a meeting"),
                            ("superior", "Report to a superior"),
                            ("inspection", "Inspection and supervision"),
                            ("handing_over", "Handing work over"),
                        ],
                        max_length=20,
                        verbose_name="what for",
                    ),
                ),
                ("facts", models.JSONField(default=dict)),
                ("by_date", models.BooleanField(default=False)),
                (
                    "columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), size=None
                    ),
                ),
                (
                    "picked",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, size=None
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for its turn"),
                            ("running", "Being written"),
                            ("done", "Ready"),
                            ("removed", "File removed"),
                            ("stopped", "Stopped"),
                        ],
                        default="waiting",
                        max_length=20,
                    ),
                ),
                (
                    "stopped_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_allowed", "Whoever asked for it has no such post any more."),
                            (
                                "too_many",
                                "These are more than 300,000 petitions. Narrow the list and export its parts.",
                            ),
                            (
                                "unclear",
                                "A filter names something that is not there any more. Choose it again.",
                            ),
                        ],
                        max_length=20,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("held_until_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("rows", models.PositiveIntegerField(default=0)),
                ("rows_done", models.PositiveIntegerField(default=0)),
                (
                    "asker",
                    models.ForeignKey(
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
                        related_name="ledger_exports",
                        to="infra.storedfile",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ledger_exports",
                        to="accounts.post",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["running", "waiting"])),
                        fields=["asked_at"],
                        name="ledger_export_at_work",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("purpose__in", ["own_work", "meeting", "superior", "inspection", "handing_over"])
                        ),
                        name="ledger_export_purpose_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "running", "done", "removed", "stopped"])
                        ),
                        name="ledger_export_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stopped_by__in", ["", "not_allowed", "too_many", "unclear"])),
                        name="ledger_export_stop_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("file__isnull", False), ("state", "done")),
                            models.Q(models.Q(("state", "done"), _negated=True), ("file", None)),
                            _connector="OR",
                        ),
                        name="ledger_export_file_while_done",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExportedPetitions",
            fields=[
                (
                    "export",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="petitions_in_it",
                        serialize=False,
                        to="cases.ledgerexport",
                    ),
                ),
                (
                    "petitions",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LedgerColumns",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="ledger_columns",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), size=None
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=20, verbose_name="name")),
                ("shared", models.BooleanField(default=False)),
                ("facts", models.JSONField(default=dict)),
                ("by_date", models.BooleanField(default=False)),
                (
                    "columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), size=None
                    ),
                ),
                ("made_at", models.DateTimeField()),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="saved_views",
                        to="accounts.organ",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organ", "owner", "name"), name="saved_view_name_once"),
                    models.CheckConstraint(
                        condition=models.Q(("facts__has_key", "q"), _negated=True),
                        name="saved_view_without_a_number",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reader",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("given_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "giver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readers",
                        to="cases.petition",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)),
                        fields=["post", "petition"],
                        name="reader_by_post",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("petition", "organ"),
                        name="reader_one_an_organ",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Urging",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("made_on", models.DateField()),
                (
                    "handling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="urgings",
                        to="cases.handling",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "maker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                (
                    "assignment",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="urging",
                        to="assignments.assignment",
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="urging",
                        to="documents.document",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("handling", "made_on"), name="urging_once_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("assignment", None), ("document", None)),
                            models.Q(
                                ("assignment__isnull", False),
                                ("document__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="urging_asks_on_paper_and_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Referral",
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
                            ("legal_aid", "Legal aid"),
                            ("social", "Social or temporary assistance"),
                            ("judicial", "Judicial assistance"),
                            ("mediation", "People's mediation"),
                            ("counselling", "Counselling"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("led_to", models.CharField(max_length=120, verbose_name="who gives it")),
                ("need", models.CharField(max_length=500, verbose_name="what it is needed for")),
                ("agreed", models.BooleanField(default=False, verbose_name="the petitioner agreed")),
                ("referred_on", models.DateField(verbose_name="told or led there on")),
                ("noted_at", models.DateTimeField()),
                ("result", models.CharField(blank=True, max_length=500, verbose_name="what came of it")),
                ("result_on", models.DateField(null=True, verbose_name="known on")),
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
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="referrals",
                        to="cases.petition",
                    ),
                ),
                (
                    "result_noted_by",
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
                        condition=models.Q(
                            ("kind__in", ["legal_aid", "social", "judicial", "mediation", "counselling"])
                        ),
                        name="referral_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("led_to", ""), _negated=True), models.Q(("need", ""), _negated=True)
                        ),
                        name="referral_says_what_for",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agreed", True),
                            models.Q(("kind__in", ["counselling", "mediation"]), _negated=True),
                            _connector="OR",
                        ),
                        name="referral_by_own_will",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("result", ""), ("result_noted_by", None), ("result_on", None)),
                            models.Q(
                                ("result_noted_by__isnull", False),
                                ("result_on__isnull", False),
                                models.Q(("result", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="referral_result_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Remedy",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                (
                    "stage",
                    models.CharField(
                        choices=[("review", "Review"), ("reexamination", "Re-examination")],
                        max_length=20,
                        verbose_name="stage",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "Asked for"),
                            ("accepted", "Being looked into"),
                            ("not_accepted", "Not accepted"),
                            ("decided", "Decided"),
                            ("withdrawn", "Request withdrawn"),
                        ],
                        default="requested",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("requested_on", models.DateField(verbose_name="asked for on")),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "refusal",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("out_of_time", "The thirty days were over, without good cause (Art 35, 36)"),
                            (
                                "no_opinion",
                                "What is contested is no opinion of the petition track (Art 31, 32)",
                            ),
                            (
                                "no_party",
                                "Whoever asks is not the petitioner of the opinion, nor acts for him",
                            ),
                        ],
                        max_length=20,
                        verbose_name="why it is not accepted",
                    ),
                ),
                ("refusal_facts", models.CharField(blank=True, max_length=1000, verbose_name="facts for it")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("maintain", "Maintained"),
                            ("change", "Changed"),
                            ("revoke", "Revoked"),
                            ("remand", "Revoked, to be handled anew by a day"),
                        ],
                        max_length=20,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("facts", "The main facts are unclear or lack evidence"),
                            ("basis", "The basis was applied wrongly"),
                            ("procedure", "The procedure was breached"),
                            ("power", "Powers were exceeded or abused"),
                            ("improper", "The conclusion is plainly improper"),
                        ],
                        max_length=20,
                        verbose_name="ground",
                    ),
                ),
                ("facts", models.TextField(blank=True, verbose_name="facts found")),
                ("reasons", models.TextField(blank=True, verbose_name="what is held of the reasons given")),
                ("basis", models.CharField(blank=True, max_length=500, verbose_name="legal basis")),
                (
                    "changed_to",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("support", "Supported"),
                            ("explain", "Explained: reasonable, no legal basis"),
                            ("not_support", "Not supported"),
                            ("adopted", "Adopted"),
                            ("partly_adopted", "Adopted in part"),
                            ("not_adopted", "Not adopted"),
                        ],
                        max_length=20,
                        verbose_name="changed to",
                    ),
                ),
                ("execution_due_on", models.DateField(null=True, verbose_name="to be carried out by")),
                ("anew_by", models.DateField(null=True, verbose_name="to be handled anew by")),
                ("found_at", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "after",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="cases.remedy",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "contested",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remedies",
                        to="documents.document",
                    ),
                ),
                (
                    "contested_organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organ"
                    ),
                ),
                (
                    "execution_organ",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organ",
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
                    "handling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remedies",
                        to="cases.handling",
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
                (
                    "opinion",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decided_remedies",
                        to="accounts.organ",
                        verbose_name="reviewing organ",
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="remedies",
                        to="cases.petition",
                    ),
                ),
                (
                    "revoked",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revoked_by",
                        to="documents.document",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["accepted", "requested"])),
                        fields=["organ", "requested_on"],
                        name="remedy_going_on",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("stage__in", ["review", "reexamination"])),
                        name="remedy_stage_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["requested", "accepted", "not_accepted", "decided", "withdrawn"])
                        ),
                        name="remedy_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("refusal__in", ["", "out_of_time", "no_opinion", "no_party"])),
                        name="remedy_refusal_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["", "maintain", "change", "revoke", "remand"])),
                        name="remedy_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ground__in", ["", "facts", "basis", "procedure", "power", "improper"])
                        ),
                        name="remedy_ground_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("changed_to__in", ["", "explain", "not_support", "support"])),
                        name="remedy_change_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("after", None), ("stage", "review")),
                            models.Q(("after__isnull", False), ("stage", "reexamination")),
                            _connector="OR",
                        ),
                        name="remedy_reexamines_a_review",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("organ", models.F("contested_organ")), _negated=True),
                        name="remedy_decided_by_another_organ",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "not_accepted"),
                                models.Q(("refusal", ""), _negated=True),
                                models.Q(("refusal_facts", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "not_accepted"), _negated=True),
                                ("refusal", ""),
                                ("refusal_facts", ""),
                            ),
                            _connector="OR",
                        ),
                        name="remedy_not_accepted_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("found_at", None),
                                ("found_by", None),
                                ("anew_by", None),
                                ("basis", ""),
                                ("changed_to", ""),
                                ("facts", ""),
                                ("ground", ""),
                                ("outcome", ""),
                                ("reasons", ""),
                            ),
                            models.Q(
                                ("found_at__isnull", False),
                                ("found_by__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                                models.Q(("facts", ""), _negated=True),
                                models.Q(("reasons", ""), _negated=True),
                                models.Q(("basis", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="remedy_found_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ground", ""), ("outcome__in", ["", "maintain"])),
                            models.Q(
                                models.Q(("outcome__in", ["", "maintain"]), _negated=True),
                                models.Q(("ground", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="remedy_sets_aside_on_a_ground",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "change"), models.Q(("changed_to", ""), _negated=True)),
                            models.Q(models.Q(("outcome", "change"), _negated=True), ("changed_to", "")),
                            _connector="OR",
                        ),
                        name="remedy_changes_to_a_result",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("changed_to", "support"),
                                ("execution_due_on__isnull", False),
                                ("execution_organ__isnull", False),
                            ),
                            models.Q(
                                models.Q(("changed_to", "support"), _negated=True),
                                ("execution_due_on", None),
                                ("execution_organ", None),
                            ),
                            _connector="OR",
                        ),
                        name="remedy_support_is_carried_out",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "remand"), ("anew_by__isnull", False)),
                            models.Q(models.Q(("outcome", "remand"), _negated=True), ("anew_by", None)),
                            _connector="OR",
                        ),
                        name="remedy_remands_by_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", False),
                                ("found_at__isnull", False),
                                ("opinion__isnull", False),
                                ("state", "decided"),
                            ),
                            models.Q(
                                models.Q(("state", "decided"), _negated=True),
                                ("decided_at", None),
                                ("revoked", None),
                            ),
                            _connector="OR",
                        ),
                        name="remedy_decided_by_a_paper",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["not_accepted", "withdrawn"]), _negated=True),
                        fields=("contested",),
                        name="remedy_once_for_each_opinion",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="remedy_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="68f0e1ed819e95c5865550970323fccdeffe8015",
                            operation="DELETE",
                            pgid="pgtrigger_remedy_stays_83d57",
                            table="cases_remedy",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="remedy_by_the_next_higher",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE above bigint;",
                            func="\n                    SELECT next_higher_id INTO above FROM accounts_organ WHERE id = NEW.contested_organ_id;\n                    SELECT COALESCE(carried_on_by_id, id) INTO above FROM accounts_organ WHERE id = above;\n                    IF above IS DISTINCT FROM NEW.organ_id OR EXISTS (\n                        SELECT FROM cases_handling WHERE id = NEW.handling_id AND organ_id = NEW.organ_id\n                    ) THEN\n                        RAISE EXCEPTION 'a remedy is decided by the organ next above, and by none that decided before';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="b85cd6aa9bb5da78ed573a5b265b97c431205159",
                            operation="INSERT",
                            pgid="pgtrigger_remedy_by_the_next_higher_c43cd",
                            table="cases_remedy",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="remedy_decided_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.\"state\" = 'decided')",
                            func="RAISE EXCEPTION 'what was decided on an opinion stays';",
                            hash="cde52b695e90bc444c8541e401ddb90e3e0576af",
                            operation="UPDATE",
                            pgid="pgtrigger_remedy_decided_stays_79309",
                            table="cases_remedy",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PetitionClock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
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
                ("code", models.CharField(max_length=4)),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="petition_clocks",
                        to="accounts.organ",
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clocks",
                        to="cases.petition",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="deadlines.rule"
                    ),
                ),
                (
                    "remedy",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clocks",
                        to="cases.remedy",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("next_alarm_at__isnull", False)),
                        fields=["next_alarm_at", "id"],
                        name="petitionclock_open_by_alarm",
                    ),
                    models.Index(
                        condition=models.Q(("cancelled_at", None), ("met_at", None)),
                        fields=["alarm_day"],
                        name="petitionclock_open_by_day",
                    ),
                    models.Index(
                        condition=models.Q(("cancelled_at", None), ("met_at", None)),
                        fields=["code", "due_at"],
                        name="petition_clock_open_by_code",
                    ),
                    models.Index(
                        condition=models.Q(("breached_at__isnull", False)),
                        fields=["met_at"],
                        name="petition_clock_late_by_met",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_day", None), ("last_day__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="petitionclock_runs_forward",
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
                        name="petitionclock_has_a_day_or_waits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("met_at", None), ("cancelled_at", None), _connector="OR"),
                        name="petitionclock_met_or_cancelled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("next_alarm_at", None),
                            models.Q(("cancelled_at", None), ("met_at", None)),
                            _connector="OR",
                        ),
                        name="petitionclock_ended_is_silent",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_at", None), ("met_at", None), ("remedy", None)),
                        fields=("petition", "organ", "code"),
                        name="petition_clock_one_open",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("cancelled_at", None), ("met_at", None), ("remedy__isnull", False)
                        ),
                        fields=("remedy", "code"),
                        name="petition_clock_one_open_a_remedy",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("remedy", None), ("code__in", ["T10", "T15", "T8"]), _connector="OR"
                        ),
                        name="petition_clock_of_a_remedy",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cases_petitionclockversion" ("alarm_day", "amber_at", "breached_at", "cancelled_at", "code", "due_at", "extension_days", "extensions", "id", "known_at", "last_day", "met_at", "next_alarm_at", "notice_at", "organ_id", "paused_since", "petition_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "presumed", "remedy_id", "rolled_day", "rule_id", "set_day", "start_event", "started_at", "starts_on", "steps", "urge_at", "waiting_for_year") SELECT new_values."alarm_day", new_values."amber_at", new_values."breached_at", new_values."cancelled_at", new_values."code", new_values."due_at", new_values."extension_days", new_values."extensions", new_values."id", new_values."known_at", new_values."last_day", new_values."met_at", new_values."next_alarm_at", new_values."notice_at", new_values."organ_id", new_values."paused_since", new_values."petition_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."presumed", new_values."remedy_id", new_values."rolled_day", new_values."rule_id", new_values."set_day", new_values."start_event", new_values."started_at", new_values."starts_on", new_values."steps", new_values."urge_at", new_values."waiting_for_year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="277f74b703167f259699d8fd9f14f32a1d0b7994",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d2805",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="cases_petitionclock",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cases_petitionclockversion" ("alarm_day", "amber_at", "breached_at", "cancelled_at", "code", "due_at", "extension_days", "extensions", "id", "known_at", "last_day", "met_at", "next_alarm_at", "notice_at", "organ_id", "paused_since", "petition_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "presumed", "remedy_id", "rolled_day", "rule_id", "set_day", "start_event", "started_at", "starts_on", "steps", "urge_at", "waiting_for_year") SELECT new_values."alarm_day", new_values."amber_at", new_values."breached_at", new_values."cancelled_at", new_values."code", new_values."due_at", new_values."extension_days", new_values."extensions", new_values."id", new_values."known_at", new_values."last_day", new_values."met_at", new_values."next_alarm_at", new_values."notice_at", new_values."organ_id", new_values."paused_since", new_values."petition_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."presumed", new_values."remedy_id", new_values."rolled_day", new_values."rule_id", new_values."set_day", new_values."start_event", new_values."started_at", new_values."starts_on", new_values."steps", new_values."urge_at", new_values."waiting_for_year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="39a532d83e620eef50fab8332fb91d6f706a31dd",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c7f7e",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="cases_petitionclock",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PetitionClockVersion",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
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
                ("code", models.CharField(max_length=4)),
                (
                    "organ",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.organ",
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.petition",
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
                        to="cases.petitionclock",
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
                    "remedy",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.remedy",
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
                            hash="5a2cbb31839ccc295a0c47fbea621b3cd7f53e5f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_7980e",
                            table="cases_petitionclockversion",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PetitionDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "claims",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="case",
                        to="documents.document",
                    ),
                ),
                (
                    "handling",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="cases.handling",
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="cases.petition",
                    ),
                ),
                (
                    "route",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="cases.route",
                    ),
                ),
                ("to_petitioners", models.BooleanField()),
                (
                    "organ",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organ",
                    ),
                ),
                (
                    "routing",
                    models.CharField(
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
                (
                    "remedy",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="cases.remedy",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("routing__in", ["registered", "routed"]), ("to_petitioners", True)
                        ),
                        fields=["organ"],
                        include=("petition", "document"),
                        name="petition_document_to_serve",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("routing__in", ["registered", "routed", "finished", "ended", "void"])
                        ),
                        name="petition_document_routing_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("remedy", None), ("route", None)),
                            models.Q(("handling", None), ("remedy", None)),
                            models.Q(("handling", None), ("route", None)),
                            _connector="OR",
                        ),
                        name="petition_document_of_one_side",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HearingTime",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                ("basis", models.CharField(max_length=200)),
                ("hearing", models.UUIDField(unique=True)),
                ("conclusion", models.TextField(blank=True)),
                (
                    "clock",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pauses",
                        to="cases.petitionclock",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="hearingtime_runs_forward",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)), fields=("clock",), name="hearing_time_one_open"
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="hearing_time_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="2a10577b1f9e0c030cd6c1475629c65280aaa7c6",
                            operation="DELETE",
                            pgid="pgtrigger_hearing_time_stays_3d631",
                            table="cases_hearingtime",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="hearing_time_of_a_reexamination",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    IF (SELECT code FROM cases_petitionclock WHERE id = NEW.clock_id) <> 'T10' THEN\n                        RAISE EXCEPTION 'only a re-examination leaves out the time of a hearing';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="7e62db04ebb8b936249f3fa87058d2dce27965ec",
                            operation="INSERT",
                            pgid="pgtrigger_hearing_time_of_a_reexamination_ab2ff",
                            table="cases_hearingtime",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RemedyRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("received_on", models.DateField(verbose_name="received on")),
                ("reasons", models.TextField(verbose_name="what is contested, and why")),
                (
                    "evidence",
                    models.CharField(blank=True, max_length=1000, verbose_name="evidence handed in"),
                ),
                (
                    "late_cause",
                    models.CharField(blank=True, max_length=500, verbose_name="why it comes late"),
                ),
                ("backdated", models.BooleanField(default=False)),
                ("evidence_note", models.CharField(blank=True, max_length=200, verbose_name="evidence")),
                ("noted_at", models.DateTimeField()),
                ("withdrawn_on", models.DateField(null=True, verbose_name="day")),
                (
                    "withdrawn_words",
                    models.CharField(blank=True, max_length=1000, verbose_name="the petitioner's own words"),
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
                    "remedy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="requests",
                        to="cases.remedy",
                    ),
                ),
                (
                    "withdrawal_noted_by",
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
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_on", None)),
                        fields=("remedy", "position"),
                        name="remedy_request_once_for_each",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reasons", ""), _negated=True), name="remedy_request_has_reasons"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("backdated", False),
                            models.Q(("evidence_note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="remedy_request_backdated_has_evidence",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("withdrawal_noted_by", None), ("withdrawn_on", None), ("withdrawn_words", "")
                            ),
                            models.Q(
                                ("withdrawal_noted_by__isnull", False),
                                ("withdrawn_on__isnull", False),
                                models.Q(("withdrawn_words", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="remedy_request_withdrawn_in_own_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RevokedAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("support", "Supported"),
                            ("explain", "Explained: reasonable, no legal basis"),
                            ("not_support", "Not supported"),
                            ("adopted", "Adopted"),
                            ("partly_adopted", "Adopted in part"),
                            ("not_adopted", "Not adopted"),
                        ],
                        max_length=20,
                        verbose_name="outcome",
                    ),
                ),
                ("facts", models.TextField(verbose_name="facts and reasons found")),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revoked_answers",
                        to="cases.claim",
                    ),
                ),
                (
                    "remedy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revoked_answers",
                        to="cases.remedy",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "outcome__in",
                                [
                                    "support",
                                    "explain",
                                    "not_support",
                                    "adopted",
                                    "partly_adopted",
                                    "not_adopted",
                                ],
                            )
                        ),
                        name="revoked_answer_known",
                    ),
                    models.UniqueConstraint(fields=("remedy", "claim"), name="revoked_answer_once"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="revoked_answer_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="813c6665ce0b4e3d67f9d7d20a8a1000932fa562",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_revoked_answer_stays_f06ca",
                            table="cases_revokedanswer",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LetterWish",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("large_print", "Large print"),
                            ("plain_words", "With a page in plain words"),
                            ("read_aloud", "Read aloud by telephone"),
                            ("on_paper", "On paper, by post"),
                        ],
                        max_length=12,
                        verbose_name="form",
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
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
                        related_name="letter_wishes",
                        to="cases.petition",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("form__in", ["large_print", "plain_words", "read_aloud", "on_paper"])
                        ),
                        name="letter_wish_form_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("petition", "position", "form"),
                        name="letter_wish_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PetitionRating",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                (
                    "value",
                    models.CharField(
                        choices=[
                            ("satisfied", "Satisfied"),
                            ("basically", "Basically satisfied"),
                            ("dissatisfied", "Dissatisfied"),
                        ],
                        max_length=12,
                        verbose_name="satisfaction",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
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
                ("rated_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "handling",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ratings",
                        to="cases.handling",
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
                    "noting_organ",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organ",
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ratings",
                        to="cases.petition",
                    ),
                ),
                (
                    "reply",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("value__in", ["satisfied", "basically", "dissatisfied"])),
                        name="rating_value_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("way__in", ["page", "phone", "paper", "window"])),
                        name="rating_way_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("value", "dissatisfied"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="rating_says_why_not",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("handling", None), ("reply", None)),
                            models.Q(("handling__isnull", False), ("reply__isnull", False)),
                            _connector="OR",
                        ),
                        name="rating_of_the_office_or_of_a_reply",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("noted_by", None), ("noting_organ", None), ("way", "page")),
                            models.Q(
                                models.Q(("way", "page"), _negated=True),
                                ("noted_by__isnull", False),
                                ("noting_organ__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="rating_taken_down_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("handling", None),
                            ("noting_organ", None),
                            models.Q(("noting_organ", models.F("organ")), _negated=True),
                            _connector="OR",
                        ),
                        name="rating_not_by_who_is_rated",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("petition", "handling", "reply"),
                        name="rating_once",
                        nulls_distinct=False,
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="rating_words_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."petition_id" IS DISTINCT FROM (NEW."petition_id") OR OLD."handling_id" IS DISTINCT FROM (NEW."handling_id") OR OLD."reply_id" IS DISTINCT FROM (NEW."reply_id") OR OLD."organ_id" IS DISTINCT FROM (NEW."organ_id") OR OLD."value" IS DISTINCT FROM (NEW."value") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."way" IS DISTINCT FROM (NEW."way") OR OLD."noted_by_id" IS DISTINCT FROM (NEW."noted_by_id") OR OLD."noting_organ_id" IS DISTINCT FROM (NEW."noting_organ_id") OR OLD."rated_at" IS DISTINCT FROM (NEW."rated_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="252615c861051a49157c9dc03b55a89fff32c910",
                            operation="UPDATE",
                            pgid="pgtrigger_rating_words_stay_41283",
                            table="cases_petitionrating",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
    ]
