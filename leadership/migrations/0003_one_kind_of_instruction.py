"""What a lift asked for stays as it was asked, in the assignment; leaders' own instructions take the name."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("leadership", "0002_urgings_are_the_senders")]

    operations = [migrations.DeleteModel(name="Instruction")]
