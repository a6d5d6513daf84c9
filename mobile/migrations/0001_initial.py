import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("mobile", "0001_what_came_from_phones"),
        ("mobile", "0002_rounds_and_notes_of_phones"),
    ]

    dependencies = [
        ("accounts", "0005_addresses_for_calendars"),
        ("grids", "0001_initial"),
        ("infra", "0002_keep_runs_of_sweeps"),
    ]

    operations = [
        migrations.CreateModel(
            name="PhoneKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key_sealed", models.BinaryField()),
                ("made_at", models.DateTimeField()),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="phone_key",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="phone_key_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="efe8878523768acee0081cf2aa74923f54f0e75d",
                            operation="DELETE",
                            pgid="pgtrigger_phone_key_stays_e9a86",
                            table="mobile_phonekey",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("report", "New event"),
                            ("progress", "How it goes"),
                            ("settle", "Settled on the spot"),
                            ("send_up", "To be sent up to the community"),
                            ("verify", "Verified"),
                            ("round", "Round (排查)"),
                            ("diary", "Note of the diary"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("applied", "Taken"),
                            ("soft", "Taken; somebody wrote meanwhile"),
                            ("hard", "Kept beside what somebody wrote meanwhile"),
                        ],
                        max_length=8,
                        verbose_name="answer",
                    ),
                ),
                ("seen_version", models.PositiveIntegerField(null=True)),
                ("observed_at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                ("clock_behind", models.IntegerField()),
                (
                    "event",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="grids.gridevent",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
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
                    "round",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="grids.round",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("answer__in", ["applied", "soft", "hard"])),
                        name="receipt_answer_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["report", "progress", "settle", "send_up", "verify", "round", "diary"],
                            )
                        ),
                        name="receipt_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind__in", ["progress", "send_up", "settle", "verify"]),
                                ("seen_version__isnull", False),
                            ),
                            models.Q(
                                models.Q(
                                    ("kind__in", ["progress", "send_up", "settle", "verify"]), _negated=True
                                ),
                                ("seen_version", None),
                            ),
                            _connector="OR",
                        ),
                        name="receipt_of_a_step_saw_a_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("event__isnull", False),
                                ("kind__in", ["progress", "report", "send_up", "settle", "verify"]),
                                ("round", None),
                            ),
                            models.Q(("event", None), ("kind", "round"), ("round__isnull", False)),
                            models.Q(("event", None), ("kind", "diary"), ("round", None)),
                            _connector="OR",
                        ),
                        name="receipt_is_about_one_thing",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="receipt_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="524c29a97666653bb9c013ed82b08d8870e17c1c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_receipt_stays_00379",
                            table="mobile_receipt",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Conflict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.TextField(max_length=2000)),
                ("version", models.PositiveIntegerField()),
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
                    ),
                ),
                (
                    "choice",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("note", "Keep both: it stands as it is, my words go into the record"),
                            ("mine", "Take my step now"),
                            ("theirs", "Leave it as it is"),
                        ],
                        max_length=6,
                    ),
                ),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "receipt",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conflict",
                        to="mobile.receipt",
                    ),
                ),
            ],
            options={
                "constraints": [
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
                        name="conflict_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("choice", ""), ("settled_at", None), ("settled_by", None)),
                            models.Q(
                                ("choice__in", ["note", "mine", "theirs"]),
                                ("settled_at__isnull", False),
                                ("settled_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="conflict_settled_by_somebody",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="conflict_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="6cb45c8fd8c188c2c9727e0ff5789d71f9d8a2a9",
                            operation="DELETE",
                            pgid="pgtrigger_conflict_stays_875e7",
                            table="mobile_conflict",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="conflict_words_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."receipt_id" IS DISTINCT FROM (NEW."receipt_id") OR OLD."words" IS DISTINCT FROM (NEW."words") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."state" IS DISTINCT FROM (NEW."state"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="5ee10a854f9a3264503f3380a2f6869eca8c5f0d",
                            operation="UPDATE",
                            pgid="pgtrigger_conflict_words_stay_0b5ed",
                            table="mobile_conflict",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReceiptPhoto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("is_hung", models.BooleanField()),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="infra.storedfile"
                    ),
                ),
                (
                    "receipt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to="mobile.receipt",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("receipt", "number"), name="receipt_photo_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1), ("number__lte", 6)),
                        name="receipt_photo_at_most_six",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="receipt_photo_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="cfc13f666767d23114dd659c3de70fdc10c5118f",
                            operation="DELETE",
                            pgid="pgtrigger_receipt_photo_stays_d2466",
                            table="mobile_receiptphoto",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="receipt_photo_facts_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."receipt_id" IS DISTINCT FROM (NEW."receipt_id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."file_id" IS DISTINCT FROM (NEW."file_id"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="7a0a6001799b49f910cd0e9a59bc837ebf420273",
                            operation="UPDATE",
                            pgid="pgtrigger_receipt_photo_facts_stay_51bf3",
                            table="mobile_receiptphoto",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
    ]
