"""Lets the search find what was registered before it: words of open petitions, last digits of telephones."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

from cases.searchable import findable, month_number
from cases.secrets import open_field, phone_tail_index

_AT_ONCE = 500


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    petition, search_text = apps.get_model("cases", "Petition"), apps.get_model("cases", "SearchText")
    petitioner = apps.get_model("cases", "Petitioner")
    without = petition.objects.filter(sealed=False, search_text=None).order_by("pk")
    while rows := list(without.select_related("words").prefetch_related("people", "claims")[:_AT_ONCE]):
        search_text.objects.bulk_create(
            search_text(
                petition=row,
                month=month_number(timezone.localdate(row.received_at)),
                words=findable(
                    [
                        row.words.title,
                        row.words.summary,
                        row.words.text,
                        *(claim.wording for claim in sorted(row.claims.all(), key=lambda one: one.number)),
                    ],
                    [one.name for one in row.people.all()],
                ),
            )
            for row in rows
        )
    called = petitioner.objects.exclude(phone_sealed=None).order_by("pk")
    last = None
    while people := list((called.filter(pk__gt=last) if last else called)[:_AT_ONCE]):
        for person in people:
            phone = open_field("petitioner", person.pk, "phone", person.phone_sealed)
            person.phone_tail_index = phone_tail_index(phone)
        petitioner.objects.bulk_update(people, ["phone_tail_index"])
        last = people[-1].pk


class Migration(migrations.Migration):
    dependencies = [("cases", "0015_search")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
