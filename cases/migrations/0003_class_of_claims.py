from django.db import migrations

OF_THE_PETITION = """
UPDATE cases_claim SET petition_class = petition.petition_class, known_at = petition.known_at
FROM cases_petition petition WHERE petition.id = cases_claim.petition_id
"""


class Migration(migrations.Migration):
    """Claims registered before had no class of their own: they are of their petition's (Q10)."""

    dependencies = [("cases", "0002_handling")]
    operations = [migrations.RunSQL(OF_THE_PETITION, migrations.RunSQL.noop)]
