"""A sponsor's visit is a journey with the petition he sponsors; one written down in both ways counts once."""

from typing import Any

from django.db import migrations

_TWICE = "同一天同一件的下访已另行登记。"


def fill(apps: Any, _editor: object) -> None:
    visits = apps.get_model("leadership", "SponsorVisit").objects.select_related("sponsorship")
    for visit in visits.order_by("pk").iterator():
        _follow(apps, visit)


def _follow(apps: Any, visit: Any) -> None:
    trips = apps.get_model("leadership", "FieldTrip").objects
    cases = apps.get_model("leadership", "FieldCase").objects
    row = visit.sponsorship
    when = {"post_id": row.post_id, "outsider": row.outsider, "went_on": visit.visited_on}
    where = {"place": visit.place, "companions": visit.companions}
    twice = cases.filter(petition_id=row.petition_id, trip__in=trips.filter(**when, struck_at=None)).exists()
    trip = None if twice else trips.filter(**when, **where, struck_at=None).order_by("pk").first()
    if trip is None:
        struck = {"struck_at": visit.noted_at, "struck_by_id": visit.by_id, "struck_reason": _TWICE}
        trip = trips.create(
            **when,
            **where,
            by_id=visit.by_id,
            person_id=visit.person_id,
            noted_at=visit.noted_at,
            **(struck if twice else {}),
        )
    cases.create(trip=trip, petition_id=row.petition_id, persons_met=visit.persons_met, result=visit.result)


class Migration(migrations.Migration):
    dependencies = [("leadership", "0011_journeys_of_anybody")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
