import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assignments", "0002_a_file_with_a_reply"),
        ("leadership", "0003_monthly_bulletins"),
    ]

    operations = [
        migrations.RenameModel(old_name="Instruction", new_name="LiftInstruction"),
        migrations.AlterField(
            model_name="liftinstruction",
            name="assignment",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lift_instruction",
                to="assignments.assignment",
            ),
        ),
    ]
