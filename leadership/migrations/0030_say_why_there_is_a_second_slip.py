from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("leadership", "0021_stations_in_reach")]

    operations = [
        migrations.AddField(
            model_name="slip",
            name="again_because",
            field=models.CharField(blank=True, max_length=300, verbose_name="why a second one"),
        ),
        migrations.AddField(
            model_name="slip",
            name="delay_because",
            field=models.CharField(blank=True, max_length=300, verbose_name="why it is delay"),
        ),
    ]
