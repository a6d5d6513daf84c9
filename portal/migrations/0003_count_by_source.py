from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="attempts",
            name="attempts_scope_known",
        ),
        migrations.AlterField(
            model_name="attempts",
            name="scope",
            field=models.CharField(
                choices=[
                    ("source", "One number from one network address"),
                    ("number", "One petition number"),
                    ("address", "One network address"),
                    ("all", "All together"),
                    ("booking", "Bookings of one network address"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="attempts",
            constraint=models.CheckConstraint(
                condition=models.Q(("scope__in", ["source", "number", "address", "all", "booking"])),
                name="attempts_scope_known",
            ),
        ),
    ]
