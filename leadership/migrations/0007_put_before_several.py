import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assignments", "0005_one_answers_by_portfolio"),
        ("leadership", "0006_one_slip_of_a_kind_and_ground"),
    ]

    operations = [
        migrations.CreateModel(
            name="LiftAddressee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "chosen",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("holder", "Holder of the post"),
                            ("deputy", "His deputy, the holder being absent"),
                            ("next", "The next one named, the first post being vacant"),
                            ("fallback", "The office named for that case"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("waiting", "Waits for the leader"),
                            ("accepted", "Accepted"),
                            ("returned", "Returned"),
                            ("lifted_on", "Lifted further"),
                            ("lowered", "Sent down again"),
                            ("declined", "Proposal declined"),
                            ("over", "Ended with the matter"),
                            ("taken_back", "Taken back before anybody took it"),
                            ("overtaken", "Overtaken: it stands as high by another way"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "assignment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assignments.assignment",
                    ),
                ),
                (
                    "lift",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="addressees",
                        to="leadership.petitionlift",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "accepted", "returned"])),
                        name="lift_addressee_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("chosen__in", ["", "holder", "deputy", "next", "fallback"])),
                        name="lift_addressee_chosen_known",
                    ),
                ],
            },
        ),
    ]
