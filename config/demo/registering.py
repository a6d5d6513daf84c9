"""The demo's petitions, registered one by one through the action the registrar's page calls."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.utils import timezone

from accounts.hats import Hat, hats_of
from accounts.models import Organ, Post
from accounts.roles import Role
from cases.actions.register import register
from cases.models import ContentCategory, Petition
from config.demo.content import DemoPetition
from config.demo.intakes import Directory, intake_of, people_in_order
from config.demo.timetable import Arrival, arrivals, draw
from deadlines.calendars import calendar_of
from places.models import Place

# From this and a title follows the submission's key, so that the same petition is never registered twice.
DEMO_SUBMISSIONS = UUID("5b0a51f2-6a39-5f0a-9d59-1c7b1f1d2026")

AT_THE_DESK = (Role.REGISTRAR, Role.CASE_OFFICER)


def submission_id_of(petition: DemoPetition) -> UUID:
    """Return the key under which a demo petition is handed in."""
    return uuid5(DEMO_SUBMISSIONS, petition.title)


def missing(petitions: tuple[DemoPetition, ...]) -> list[DemoPetition]:
    """Return the demo petitions that are not registered yet."""
    keys = [submission_id_of(petition) for petition in petitions]
    known = set(Petition.objects.filter(submission_id__in=keys).values_list("submission_id", flat=True))
    return [petition for petition in petitions if submission_id_of(petition) not in known]


def register_all(petitions: tuple[DemoPetition, ...], *, today: date, latest: datetime) -> int:
    """Register the petitions that are missing, each at its own moment. Return how many there were."""
    wanted = missing(petitions)
    years = frozenset((today.year - 1, today.year))
    # a year whose notice has not been entered is counted Monday to Friday (Q26)
    calendar = replace(calendar_of(years), years=years)
    timed = arrivals(
        wanted,
        today=today,
        latest=latest,
        last_working_day=lambda day: calendar.before(day + timedelta(days=1)),
    )
    directory = _directory(petitions)
    desks = _desks()
    for arrival in timed:
        register(
            submission_id_of(arrival.petition),
            intake_of(arrival, directory),
            by=_registrar(arrival, desks),
            now=arrival.registered_at,
        )
    return len(timed)


def _directory(petitions: tuple[DemoPetition, ...]) -> Directory:
    codes = {petition.place for petition in petitions}
    return Directory(
        places={place.code: place for place in Place.objects.filter(code__in=codes).select_related("parent")},
        category_ids={
            label.replace(" › ", "/"): pk for pk, label in ContentCategory.objects.values_list("pk", "label")
        },
        organ_ids=dict(Organ.objects.values_list("code", "pk")),
        numbers_of_people=people_in_order(petitions),
    )


def _desks() -> dict[str, list[Post]]:
    """Return the posts that register, by organ code: registrars in the office, case officers elsewhere."""
    desks: dict[str, list[Post]] = {}
    posts = Post.objects.filter(role__in=AT_THE_DESK).select_related("organ", "user").order_by("pk")
    for post in posts:
        desks.setdefault(post.organ.code, []).append(post)
    return desks


def _registrar(arrival: Arrival, desks: Mapping[str, list[Post]]) -> Hat:
    """Return the hat of one of the office's registrars, on the day of the arrival."""
    desk = desks[arrival.petition.office]
    post = desk[draw(arrival.petition.title, "window", len(desk))]
    on = timezone.localdate(arrival.registered_at)
    return next(hat for hat in hats_of(post.user, on=on) if hat.post.pk == post.pk)
