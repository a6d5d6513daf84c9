from django.db import migrations

# The first runs of the sweep work out of what is there already until when it may be rated, and what was said.
MARK_SERVED = """
INSERT INTO indicators_mark (petition_id, marked_at)
SELECT DISTINCT hung.petition_id, now()
FROM cases_petitiondocument AS hung JOIN documents_servicerecord AS record USING (document_id)
"""


class Migration(migrations.Migration):
    dependencies = [("indicators", "0003_what_was_said_of_replies")]

    operations = [migrations.RunSQL(MARK_SERVED, migrations.RunSQL.noop)]
