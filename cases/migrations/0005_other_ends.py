import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

# Who countersigned was kept as a post alone. Where the maker holds that post too, his deputy signed, whom no row names.
COUNTERSIGNED_BY_WHOSE_POST_IT_IS = """
UPDATE cases_route SET countersigner_id = post.user_id
FROM accounts_post post WHERE post.id = countersigned_by_id AND post.user_id <> maker_id;
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    """Other ends, recusals asked for, steps of suggestions, samples of what was kept (Q13, Q19, Q20; R-33)."""

    dependencies = [
        ("accounts", "0003_fill_carried_on_by"),
        ("cases", "0004_long_names"),
        ("places", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                    models.UniqueConstraint(fields=("organ", "month"), name="keep_sample_once_a_month"),
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
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("looked_at", None)), fields=["sample"], name="keep_check_waiting"
                    ),
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
                    ),
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
        pgtrigger.migrations.RemoveTrigger(
            model_name="petition",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="petition",
            name="update_update",
        ),
        migrations.RemoveConstraint(
            model_name="petition",
            name="petition_routing_known",
        ),
        migrations.RemoveConstraint(
            model_name="petitioner",
            name="petitioner_role_known",
        ),
        migrations.RemoveConstraint(
            model_name="recusal",
            name="recusal_once",
        ),
        migrations.RemoveConstraint(
            model_name="reporter",
            name="reporter_role_known",
        ),
        migrations.AddField(
            model_name="petition",
            name="ended_as",
            field=models.CharField(
                blank=True,
                choices=[
                    ("withdrawn", "Withdrawn by the petitioner"),
                    ("died", "Petitioner died, nobody continues"),
                ],
                max_length=20,
                verbose_name="other end",
            ),
        ),
        migrations.AddField(
            model_name="petitionversion",
            name="ended_as",
            field=models.CharField(
                blank=True,
                choices=[
                    ("withdrawn", "Withdrawn by the petitioner"),
                    ("died", "Petitioner died, nobody continues"),
                ],
                max_length=20,
                verbose_name="other end",
            ),
        ),
        migrations.AddField(
            model_name="recusal",
            name="answer",
            field=models.CharField(blank=True, max_length=500, verbose_name="answer to the petitioner"),
        ),
        migrations.AddField(
            model_name="recusal",
            name="decider",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="recusal",
            name="judge",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="judges",
                to="accounts.organ",
            ),
        ),
        migrations.AddField(
            model_name="recusal",
            name="post",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
            ),
        ),
        migrations.AddField(
            model_name="route",
            name="countersigner",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="involvement",
            name="bases",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("registered", "Registered it"),
                        ("on_behalf", "Registered on its behalf"),
                        ("portfolio", "In the leader's portfolio"),
                        ("leads", "Leads its handling"),
                        ("assists", "Assists its handling"),
                        ("judges", "Decides on a recusal"),
                    ],
                    max_length=20,
                ),
                size=None,
            ),
        ),
        migrations.AlterField(
            model_name="petition",
            name="routing",
            field=models.CharField(
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
        migrations.AlterField(
            model_name="petitioner",
            name="role",
            field=models.CharField(
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
        migrations.AlterField(
            model_name="petitionversion",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="id_number_routing_ended_as_channel_source_purpose_petition_class_content_category_place_place_path_register_organ_register_level_received_at_registered_at_petitioner_count_is_collective_litigation_related_is_urgent_sealed_next_due_at_known_at_events",
                to="cases.petition",
            ),
        ),
        migrations.AlterField(
            model_name="petitionversion",
            name="routing",
            field=models.CharField(
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
        migrations.AlterField(
            model_name="reporter",
            name="role",
            field=models.CharField(
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
        pgtrigger.migrations.AddTrigger(
            model_name="petition",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_petitionversion" ("channel", "content_category_id", "ended_as", "id", "is_collective", "is_urgent", "known_at", "litigation_related", "next_due_at", "number", "petition_class", "petitioner_count", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "place_path", "purpose", "received_at", "register_level", "register_organ_id", "registered_at", "routing", "sealed", "source") VALUES (NEW."channel", NEW."content_category_id", NEW."ended_as", NEW."id", NEW."is_collective", NEW."is_urgent", NEW."known_at", NEW."litigation_related", NEW."next_due_at", NEW."number", NEW."petition_class", NEW."petitioner_count", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place_id", NEW."place_path", NEW."purpose", NEW."received_at", NEW."register_level", NEW."register_organ_id", NEW."registered_at", NEW."routing", NEW."sealed", NEW."source"); RETURN NULL;',
                    hash="67d199c260dbfb62cf919526d6fe99ba975b695d",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e033e",
                    table="cases_petition",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="petition",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."channel" IS DISTINCT FROM (NEW."channel") OR OLD."content_category_id" IS DISTINCT FROM (NEW."content_category_id") OR OLD."ended_as" IS DISTINCT FROM (NEW."ended_as") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_collective" IS DISTINCT FROM (NEW."is_collective") OR OLD."is_urgent" IS DISTINCT FROM (NEW."is_urgent") OR OLD."known_at" IS DISTINCT FROM (NEW."known_at") OR OLD."litigation_related" IS DISTINCT FROM (NEW."litigation_related") OR OLD."next_due_at" IS DISTINCT FROM (NEW."next_due_at") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."petition_class" IS DISTINCT FROM (NEW."petition_class") OR OLD."petitioner_count" IS DISTINCT FROM (NEW."petitioner_count") OR OLD."place_id" IS DISTINCT FROM (NEW."place_id") OR OLD."place_path" IS DISTINCT FROM (NEW."place_path") OR OLD."purpose" IS DISTINCT FROM (NEW."purpose") OR OLD."received_at" IS DISTINCT FROM (NEW."received_at") OR OLD."register_level" IS DISTINCT FROM (NEW."register_level") OR OLD."register_organ_id" IS DISTINCT FROM (NEW."register_organ_id") OR OLD."registered_at" IS DISTINCT FROM (NEW."registered_at") OR OLD."routing" IS DISTINCT FROM (NEW."routing") OR OLD."sealed" IS DISTINCT FROM (NEW."sealed") OR OLD."source" IS DISTINCT FROM (NEW."source"))',
                    func='INSERT INTO "cases_petitionversion" ("channel", "content_category_id", "ended_as", "id", "is_collective", "is_urgent", "known_at", "litigation_related", "next_due_at", "number", "petition_class", "petitioner_count", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "place_path", "purpose", "received_at", "register_level", "register_organ_id", "registered_at", "routing", "sealed", "source") VALUES (NEW."channel", NEW."content_category_id", NEW."ended_as", NEW."id", NEW."is_collective", NEW."is_urgent", NEW."known_at", NEW."litigation_related", NEW."next_due_at", NEW."number", NEW."petition_class", NEW."petitioner_count", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place_id", NEW."place_path", NEW."purpose", NEW."received_at", NEW."register_level", NEW."register_organ_id", NEW."registered_at", NEW."routing", NEW."sealed", NEW."source"); RETURN NULL;',
                    hash="21842f372b1feaaeabbd6b824a16326f3e2d30c0",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3e2e8",
                    table="cases_petition",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="petition",
            constraint=models.CheckConstraint(
                condition=models.Q(("routing__in", ["registered", "routed", "finished", "ended", "void"])),
                name="petition_routing_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="petition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_as__in", ["withdrawn", "died"]), ("routing", "ended")),
                    models.Q(models.Q(("routing", "ended"), _negated=True), ("ended_as", "")),
                    _connector="OR",
                ),
                name="petition_other_end_has_its_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="petition",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="petitioner",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("role__in", ["representative", "accompanying", "agent", "guardian", "former"])
                ),
                name="petitioner_role_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="recusal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("judge", None)), fields=("petition", "user"), name="recusal_declared_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="recusal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn", None)),
                fields=("petition", "user"),
                name="recusal_one_request_waits",
            ),
        ),
        migrations.AddConstraint(
            model_name="recusal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_by", None), ("judge", None), ("post", None), ("withdrawn", True)),
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
        ),
        migrations.AddConstraint(
            model_name="recusal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decider", None), models.Q(("decider", models.F("user")), _negated=True), _connector="OR"
                ),
                name="recusal_decided_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="reporter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("role__in", ["representative", "accompanying", "agent", "guardian", "former"])
                ),
                name="reporter_role_known",
            ),
        ),
        migrations.RunSQL(COUNTERSIGNED_BY_WHOSE_POST_IT_IS, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="route",
            constraint=models.CheckConstraint(
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
        ),
    ]
