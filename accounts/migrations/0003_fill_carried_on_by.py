"""Writes onto each organ that ended the organ of today that carries it on, as its successions say."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    organ = apps.get_model("accounts", "Organ")
    succession = apps.get_model("accounts", "OrganSuccession")
    ended = set(organ.objects.exclude(valid_to=None).values_list("pk", flat=True))
    steps = succession.objects.order_by("since", "pk").values_list("predecessor", "successor")
    next_of = {predecessor: successor for predecessor, successor in steps if predecessor in ended}
    for first in next_of:
        last, seen = first, set()
        while last in next_of and last not in seen:
            seen.add(last)
            last = next_of[last]
        if last not in ended:
            organ.objects.filter(pk=first).update(carried_on_by=last)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_organ_carried_on_by")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
