"""Which organs are political-legal ones, to which litigation-related petitions go (Art 22(2); R-12)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_fill_carried_on_by")]

    operations = [
        migrations.AddField(
            model_name="organ",
            name="political_legal",
            field=models.BooleanField(default=False, verbose_name="political-legal organ"),
        ),
    ]
