"""Whoever was asked alone is the one a lift was put before."""

from django.db import migrations

_FILL = """
INSERT INTO leadership_liftaddressee (lift_id, assignment_id, chosen, state)
SELECT lift.id, lift.assignment_id, lift.chosen,
    CASE
        WHEN lift.state = 'returned' THEN 'returned'
        WHEN lift.state = 'accepted' OR asked.reply = '接收办理' THEN 'accepted'
        ELSE 'waiting'
    END
FROM leadership_petitionlift AS lift
JOIN assignments_assignment AS asked ON asked.id = lift.assignment_id
ORDER BY lift.raised_at, lift.id
"""


class Migration(migrations.Migration):
    dependencies = [("leadership", "0007_put_before_several")]

    operations = [migrations.RunSQL(_FILL, "DELETE FROM leadership_liftaddressee")]
