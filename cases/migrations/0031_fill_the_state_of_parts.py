"""Tell each part so far the state of its petition, which from then on is one of those there are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0030_know_the_state_from_a_part")]

    operations = [
        migrations.RunSQL(
            "UPDATE cases_involvement AS part SET routing = petition.routing"
            " FROM cases_petition AS petition WHERE petition.id = part.petition_id",
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name="involvement",
            constraint=models.CheckConstraint(
                condition=models.Q(("routing__in", ["registered", "routed", "finished", "ended", "void"])),
                name="involvement_routing_known",
            ),
        ),
    ]
