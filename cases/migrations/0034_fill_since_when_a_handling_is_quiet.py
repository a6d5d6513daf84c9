from django.db import migrations

# the day of acceptance, or the last note if one was written since
FILL = """
UPDATE cases_handling SET quiet_since_at = GREATEST(
    accepted_on::timestamp AT TIME ZONE 'Asia/Shanghai',
    (SELECT max(noted_at) FROM cases_progress WHERE cases_progress.handling_id = cases_handling.id)
) WHERE accepted_on IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0033_since_when_a_handling_is_quiet")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
