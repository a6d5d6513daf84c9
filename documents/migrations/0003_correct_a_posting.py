"""A mistyped posting is put right as a mistyped service is: it stays, and another one replaces it (Q18)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_political_legal_organs"),
        ("documents", "0002_correct_a_service"),
    ]

    operations = [
        migrations.AddField(
            model_name="posting",
            name="corrects",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrected_by",
                to="documents.posting",
            ),
        ),
        migrations.AddField(
            model_name="servicecorrection",
            name="posting",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrections",
                to="documents.posting",
            ),
        ),
        migrations.AlterField(
            model_name="servicecorrection",
            name="record",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrections",
                to="documents.servicerecord",
            ),
        ),
        migrations.AddConstraint(
            model_name="servicecorrection",
            constraint=models.CheckConstraint(
                condition=models.Q(("posting__isnull", False), ("record", None))
                | models.Q(("posting", None), ("record__isnull", False)),
                name="service_correction_of_one_record",
            ),
        ),
        migrations.AddConstraint(
            model_name="servicecorrection",
            constraint=models.UniqueConstraint(
                condition=models.Q(("confirmed", None), ("confirmed", True), _connector="OR"),
                fields=("posting",),
                name="posting_correction_one_standing",
            ),
        ),
    ]
