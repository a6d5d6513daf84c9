"""Slips that were issued beside one like them before a reason was asked for say so, and the next one is asked."""

from typing import Any

from django.db import migrations

_OF_OLD = "此前已签发，当时未要求填写理由。"


def say_so(apps: Any, _editor: Any) -> None:
    slips = apps.get_model("leadership", "Slip").objects.filter(state="issued", adopted="")
    seen = set()
    for slip in slips.order_by("opened_at", "pk").iterator():
        alike = (slip.petition_id, slip.addressee_id, slip.kind, slip.ground)
        if alike in seen:
            slip.again_because = _OF_OLD
            slip.save(update_fields=["again_because"])
        seen.add(alike)


class Migration(migrations.Migration):
    dependencies = [("leadership", "0030_say_why_there_is_a_second_slip")]

    operations = [migrations.RunPython(say_so, migrations.RunPython.noop)]
