from django.db import migrations

from lib.likeness import fingerprint

AT_A_TIME = 1000


def fill(apps, schema_editor):
    """Tell which letters registered so far are the same to the character."""
    words = apps.get_model("cases", "PetitionText").objects.using(schema_editor.connection.alias)
    batch = []
    for row in words.filter(text_hash="").only("petition_id", "text").iterator(AT_A_TIME):
        row.text_hash = fingerprint(row.text)
        batch.append(row)
        if len(batch) == AT_A_TIME:
            words.bulk_update(batch, ["text_hash"])
            batch = []
    words.bulk_update(batch, ["text_hash"])


class Migration(migrations.Migration):
    dependencies = [("cases", "0017_decide_on_repeats")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
