"""One more kind of notice: a parked draft that waits (Q31). Going back takes such notices away."""

from django.db import migrations, models


def take_away(apps, schema_editor):
    """The older list does not know them; what they were about is still among the drafts."""
    apps.get_model("notices", "Notice").objects.filter(kind="draft_waits").delete()


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="notice", name="notice_kind_known"),
        migrations.RunPython(migrations.RunPython.noop, take_away),
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("sealed_here", "A sealed petition waits for you"),
                    ("registered_for_you", "A petition was registered in your portfolio"),
                    ("draft_waits", "A parked draft waits to be finished"),
                ],
                max_length=30,
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["sealed_here", "registered_for_you", "draft_waits"])),
                name="notice_kind_known",
            ),
        ),
    ]
