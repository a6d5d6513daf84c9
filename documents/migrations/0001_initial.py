import datetime

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import lib.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0005_addresses_for_calendars"),
        ("infra", "0002_keep_runs_of_sweeps"),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("d01", "Registration form"),
                            ("d02", "Forwarding letter"),
                            ("d03", "Assignment letter"),
                            ("d05", "Notice of acceptance"),
                            ("d06", "Notice of the statutory route"),
                            ("d07", "Notice of non-acceptance"),
                            ("d08", "Notice that the matter is not accepted again"),
                            ("d09", "Letter of objection and return"),
                            ("d10", "Approval form of an extension"),
                            ("d11", "Notice of extension"),
                            ("d14", "Mediation or settlement agreement"),
                            ("d15", "Handling opinion"),
                            ("d16", "Proof of service"),
                            ("d17_yes", "Notice that a review is accepted"),
                            ("d17_no", "Notice that a review is not accepted"),
                            ("d18", "Review opinion"),
                            ("d19_yes", "Notice that a re-examination is accepted"),
                            ("d19_no", "Notice that a re-examination is not accepted"),
                            ("d20", "Re-examination opinion"),
                            ("urge", "Urging notice"),
                            ("d22", "Supervision order"),
                            ("d23a", "Recommendation to improve work"),
                            ("d23b", "Recommendation to complete a policy"),
                            ("d23c", "Recommendation to pursue liability"),
                            ("d24", "Completion report"),
                            ("d25", "Notice of the end of the remedies"),
                            ("d28", "Report of a grave and urgent matter"),
                            ("d30_listed", "Notice of listed supervision"),
                            ("d30_rect", "Order to rectify within a time"),
                            ("d30_talk", "Notice of an interview"),
                            ("d30_circ", "Circular"),
                            ("bulletin", "Monthly bulletin of supervision"),
                            ("d27", "Handing over of a report"),
                            ("notice", "Other written notice"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("sealed", models.BooleanField(default=False)),
                ("number", models.CharField(blank=True, max_length=40, verbose_name="document number")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("approved", "Approved"),
                            ("issued", "Issued"),
                            ("returned", "Sent back for revision"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("parts", models.JSONField(default=dict)),
                ("uploaded", models.BooleanField(default=False)),
                ("dated_on", models.DateField(null=True, verbose_name="date of the document")),
                ("backdated", models.BooleanField(default=False)),
                ("drafted_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(null=True)),
                ("issued_at", models.DateTimeField(null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approved_documents",
                        to="accounts.post",
                    ),
                ),
                (
                    "approver",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafted_documents",
                        to="accounts.post",
                    ),
                ),
                (
                    "drafter",
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
                        related_name="documents",
                        to="infra.storedfile",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="issued_documents",
                        to="accounts.post",
                    ),
                ),
                (
                    "issuer",
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
                        related_name="documents",
                        to="accounts.organ",
                        verbose_name="issuing organ",
                    ),
                ),
                (
                    "supersedes",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="documents.document",
                    ),
                ),
                ("remark", models.CharField(blank=True, max_length=500, verbose_name="remark")),
                ("returned_at", models.DateTimeField(null=True)),
                (
                    "returned_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returned_documents",
                        to="accounts.post",
                    ),
                ),
                (
                    "returner",
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
                            models.Q(("state", "draft"), _negated=True),
                            models.Q(
                                ("approved_at", None),
                                ("approved_by", None),
                                ("approver", None),
                                ("dated_on", None),
                                ("file", None),
                                ("issued_at", None),
                                ("issued_by", None),
                                ("issuer", None),
                                ("number", ""),
                            ),
                            _connector="OR",
                        ),
                        name="document_draft_is_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "approved"), _negated=True),
                            models.Q(
                                ("approved_at__isnull", False),
                                ("approved_by__isnull", False),
                                ("approver__isnull", False),
                                ("dated_on", None),
                                ("file", None),
                                ("issued_at", None),
                                ("issued_by", None),
                                ("issuer", None),
                                ("number", ""),
                            ),
                            _connector="OR",
                        ),
                        name="document_approved_has_approver",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "issued"), _negated=True),
                            models.Q(
                                models.Q(("number", ""), _negated=True),
                                ("dated_on__isnull", False),
                                ("file__isnull", False),
                                ("issued_at__isnull", False),
                                ("issued_by__isnull", False),
                                ("issuer__isnull", False),
                                models.Q(
                                    models.Q(
                                        ("approved_at__isnull", False),
                                        ("approved_by__isnull", False),
                                        ("approver__isnull", False),
                                    ),
                                    ("uploaded", True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="document_issued_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("uploaded", False),
                            models.Q(
                                ("state", "issued"),
                                ("approved_at", None),
                                ("approved_by", None),
                                ("approver", None),
                            ),
                            _connector="OR",
                        ),
                        name="document_uploaded_is_issued",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("supersedes", None),
                            models.Q(("supersedes", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="document_supersedes_another",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("organ", "number", "sealed"),
                        name="document_number_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "approved", "issued", "returned"])),
                        name="document_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "returned"),
                                ("returned_at__isnull", False),
                                ("returned_by__isnull", False),
                                ("returner__isnull", False),
                                models.Q(("remark", ""), _negated=True),
                                ("approved_at", None),
                                ("approved_by", None),
                                ("approver", None),
                                ("dated_on", None),
                                ("file", None),
                                ("issued_at", None),
                                ("issued_by", None),
                                ("issuer", None),
                                ("number", ""),
                            ),
                            models.Q(
                                models.Q(("state", "returned"), _negated=True),
                                ("remark", ""),
                                ("returned_at", None),
                                ("returned_by", None),
                                ("returner", None),
                            ),
                            _connector="OR",
                        ),
                        name="document_returned_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("returner", None),
                            models.Q(("returner", models.F("drafter")), _negated=True),
                            _connector="OR",
                        ),
                        name="document_returned_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "d01",
                                    "d02",
                                    "d03",
                                    "d05",
                                    "d06",
                                    "d07",
                                    "d08",
                                    "d09",
                                    "d10",
                                    "d11",
                                    "d14",
                                    "d15",
                                    "d16",
                                    "d17_yes",
                                    "d17_no",
                                    "d18",
                                    "d19_yes",
                                    "d19_no",
                                    "d20",
                                    "urge",
                                    "d22",
                                    "d23a",
                                    "d23b",
                                    "d23c",
                                    "d24",
                                    "d25",
                                    "d28",
                                    "d30_listed",
                                    "d30_rect",
                                    "d30_talk",
                                    "d30_circ",
                                    "bulletin",
                                    "d27",
                                    "notice",
                                ],
                            )
                        ),
                        name="document_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approver", None),
                            models.Q(("approver", models.F("drafter")), _negated=True),
                            (
                                "kind__in",
                                ["bulletin", "d01", "d02", "d03", "d16", "d25", "d28", "notice", "urge"],
                            ),
                            _connector="OR",
                        ),
                        name="document_approved_by_another",
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["approved", "draft"])),
                        fields=["organ"],
                        name="document_not_yet_out",
                    ),
                    models.Index(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "d05",
                                    "d06",
                                    "d07",
                                    "d08",
                                    "d11",
                                    "d15",
                                    "d17_no",
                                    "d17_yes",
                                    "d18",
                                    "d19_no",
                                    "d19_yes",
                                    "d20",
                                    "d25",
                                    "notice",
                                ],
                            ),
                            ("state", "issued"),
                        ),
                        fields=["organ"],
                        name="document_to_petitioners",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="document_issued_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.\"state\" = 'issued')",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="8a009adf7d38ccc5c127853a94baac249841b78d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_document_issued_stays_c3128",
                            table="documents_document",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="document_returned_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.\"state\" = 'returned')",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="082cc8b02a4649e93624fe7cdb81c60e8bfea651",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_document_returned_stays_25e06",
                            table="documents_document",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                ("petitioner_ref", models.UUIDField()),
                ("backdated", models.BooleanField(default=False)),
                ("evidence_note", models.CharField(blank=True, max_length=200, verbose_name="evidence")),
                ("recorded_at", models.DateTimeField()),
                ("posted_on", models.DateField(verbose_name="posted on")),
                (
                    "mail_number",
                    models.CharField(blank=True, max_length=40, verbose_name="number of the mail"),
                ),
                (
                    "document",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="documents.document"),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="infra.storedfile"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="accounts.post"),
                ),
                (
                    "recorder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="documents.posting",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_related_name": "postings",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("backdated", False),
                            ("evidence__isnull", False),
                            models.Q(("evidence_note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="posting_backdated_has_evidence",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="delivery_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="7f5e3d053be0b0aa0348437fa83b73a69569f950",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_delivery_stays_f9b3e",
                            table="documents_posting",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ServiceRecord",
            fields=[
                ("id", models.UUIDField(default=lib.ids.uuid7, primary_key=True, serialize=False)),
                ("petitioner_ref", models.UUIDField()),
                ("backdated", models.BooleanField(default=False)),
                ("evidence_note", models.CharField(blank=True, max_length=200, verbose_name="evidence")),
                ("recorded_at", models.DateTimeField()),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("in_person", "In person"),
                            ("adult_family", "To an adult of the same household"),
                            ("post", "By post"),
                            ("electronic", "Electronically, with consent"),
                            ("left_with_witness", "Left there before a witness"),
                            ("announcement", "By announcement"),
                        ],
                        max_length=20,
                        verbose_name="method of service",
                    ),
                ),
                ("served_on", models.DateField(verbose_name="received on")),
                ("served_by", models.CharField(blank=True, max_length=60, verbose_name="served by")),
                ("received_by", models.CharField(blank=True, max_length=60, verbose_name="received by")),
                (
                    "relation",
                    models.CharField(blank=True, max_length=40, verbose_name="relation to the addressee"),
                ),
                ("refused", models.BooleanField(default=False, verbose_name="refused")),
                (
                    "refusal_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="reason for refusing"),
                ),
                (
                    "witnesses",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100),
                        default=list,
                        size=None,
                        verbose_name="witnesses",
                    ),
                ),
                ("consent_ref", models.CharField(blank=True, max_length=100, verbose_name="consent")),
                ("announced_on", models.DateField(null=True, verbose_name="announced on")),
                (
                    "view",
                    models.CharField(
                        blank=True,
                        choices=[("agree", "Agrees"), ("disagree", "Disagrees"), ("unclear", "Not clear")],
                        max_length=10,
                        verbose_name="the petitioner's view",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="documents.document"),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="infra.storedfile"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="accounts.post"),
                ),
                (
                    "recorder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="documents.servicerecord",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_related_name": "services",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("backdated", False),
                            ("evidence__isnull", False),
                            models.Q(("evidence_note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="servicerecord_backdated_has_evidence",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "method__in",
                                [
                                    "in_person",
                                    "adult_family",
                                    "post",
                                    "electronic",
                                    "left_with_witness",
                                    "announcement",
                                ],
                            )
                        ),
                        name="service_method_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("view__in", ["", "agree", "disagree", "unclear"])),
                        name="service_view_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("method", "left_with_witness"), ("refused", True)),
                            models.Q(
                                models.Q(("method", "left_with_witness"), _negated=True), ("refused", False)
                            ),
                            _connector="OR",
                        ),
                        name="service_left_only_when_refused",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("refused", False),
                            models.Q(
                                models.Q(("refusal_reason", ""), _negated=True),
                                models.Q(
                                    models.Q(("witnesses", []), _negated=True),
                                    ("evidence__isnull", False),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="service_refusal_is_witnessed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("method", "adult_family"), _negated=True),
                            models.Q(
                                models.Q(("received_by", ""), _negated=True),
                                models.Q(("relation", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="service_family_is_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("method", "electronic"), _negated=True),
                            models.Q(("consent_ref", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="service_electronic_by_consent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("method", "announcement"), _negated=True), ("announced_on", None)
                            ),
                            models.Q(
                                ("announced_on__isnull", False),
                                ("method", "announcement"),
                                (
                                    "served_on",
                                    models.ExpressionWrapper(
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("announced_on"),
                                            "+",
                                            models.Value(datetime.timedelta(days=30)),
                                        ),
                                        output_field=models.DateField(),
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="service_announced_for_its_days",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("corrects", None)),
                        fields=("document", "petitioner_ref"),
                        name="service_once_for_each",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="delivery_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="b58f01e5c2753269a44b9f57203d19f068cab169",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_delivery_stays_730b8",
                            table="documents_servicerecord",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ServiceCorrection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("facts", models.JSONField(null=True)),
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
                    "record",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="documents.servicerecord",
                    ),
                ),
                (
                    "posting",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="documents.posting",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="service_correction_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("confirmed", None),
                                ("decided_at", None),
                                ("decided_by", None),
                                ("decider", None),
                            ),
                            models.Q(
                                ("confirmed__isnull", False),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("decider__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="service_correction_decided_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decider", None),
                            models.Q(("decider", models.F("proposer")), _negated=True),
                            _connector="OR",
                        ),
                        name="service_correction_by_two_persons",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("confirmed", None), ("confirmed", True), _connector="OR"),
                        fields=("record",),
                        name="service_correction_one_standing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("posting__isnull", False), ("record", None)),
                            models.Q(("posting", None), ("record__isnull", False)),
                            _connector="OR",
                        ),
                        name="service_correction_of_one_record",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("confirmed", None), ("confirmed", True), _connector="OR"),
                        fields=("posting",),
                        name="posting_correction_one_standing",
                    ),
                ],
            },
        ),
    ]
