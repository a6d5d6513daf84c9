"""The organ of today that carries on one that ended, beside the successions that say what happened when."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="organ",
            name="carried_on_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="carries_on",
                to="accounts.organ",
            ),
        ),
        migrations.AddConstraint(
            model_name="organ",
            constraint=models.CheckConstraint(
                condition=models.Q(("carried_on_by", None), ("valid_to__isnull", False), _connector="OR"),
                name="organ_carried_on_has_ended",
            ),
        ),
    ]
