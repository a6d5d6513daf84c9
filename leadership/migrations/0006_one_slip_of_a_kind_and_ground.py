from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("leadership", "0005_kinds_roles_and_old_slips")]

    operations = [
        migrations.AddConstraint(
            model_name="slip",
            constraint=models.UniqueConstraint(
                condition=Q(adopted="", again_because="", state="issued"),
                fields=("petition", "addressee", "kind", "ground"),
                name="slip_second_one_says_why",
            ),
        ),
    ]
