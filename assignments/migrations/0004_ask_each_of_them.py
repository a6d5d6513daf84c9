import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assignments", "0003_decisions_and_items_of_lists")]

    operations = [
        pgtrigger.migrations.RemoveTrigger(model_name="seat", name="version_is_followed_not_changed"),
        migrations.RenameField(model_name="seat", old_name="tells_all", new_name="asks_all"),
        migrations.AlterField(
            model_name="seat",
            name="asks_all",
            field=models.BooleanField(default=False, verbose_name="asks each of them"),
        ),
    ]
