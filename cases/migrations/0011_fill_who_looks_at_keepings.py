"""Writes onto each keeping that was drawn before that the heads of its own organ look at it (Q13)."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Subquery


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    sample = apps.get_model("cases", "KeepSample").objects.filter(pk=OuterRef("sample"))
    check = apps.get_model("cases", "KeepCheck")
    check.objects.filter(looks=None).update(looks=Subquery(sample.values("organ")[:1]))


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_who_looks_at_keepings")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
