from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("leadership", "0012_visits_are_journeys")]

    operations = [migrations.DeleteModel(name="SponsorVisit")]
