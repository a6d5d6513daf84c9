"""The demo's petitions, registered one by one through the action the registrar's page calls, and what is parked."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.utils import timezone

from accounts.hats import Hat, hats_of
from accounts.models import Organ, Post
from accounts.roles import Role
from audit.models import Entry
from cases.actions.drafts import save_draft
from cases.actions.register import register
from cases.models import ContentCategory, Draft, Petition
from config.demo.content import DemoDraft, DemoPetition, DemoWorld
from config.demo.intakes import Directory, intake_of, people_in_order
from config.demo.timetable import Arrival, arrivals, draw
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


def register_all(
    petitions: tuple[DemoPetition, ...],
    *,
    today: date,
    latest: datetime,
    last_working_day: Callable[[date], date],
    before_each: Callable[[datetime], None] | None = None,
) -> int:
    """Register the petitions that are missing, each at its own moment. Return how many there were.

    `before_each` is told the moment of each, and registers what came before it.
    """
    wanted = missing(petitions)
    if not wanted:
        return 0
    timed = arrivals(wanted, today=today, latest=latest, last_working_day=last_working_day)
    directory = _directory(petitions)
    desks = _desks()
    for arrival in timed:
        if before_each is not None:
            before_each(arrival.registered_at)
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


def park_drafts(world: DemoWorld, *, latest: datetime) -> int:
    """Park the forms that are missing, unless one was registered or thrown away. Return how many there were."""
    parked = 0
    for demo in world.drafts:
        draft_id = uuid5(DEMO_SUBMISSIONS, f"draft/{demo.username}")
        begun = Entry.objects.filter(subject_kind=Draft._meta.label_lower, subject_id=str(draft_id))
        if not begun.exists():
            _park(demo, draft_id, latest - timedelta(minutes=demo.minutes_ago))
            parked += 1
    return parked


def _park(demo: DemoDraft, draft_id: UUID, moment: datetime) -> None:
    post = Post.objects.select_related("organ", "user").get(user__username=demo.username)
    hat = next(hat for hat in hats_of(post.user, on=timezone.localdate(moment)) if hat.post.pk == post.pk)
    save_draft(
        draft_id,
        content=demo.content,
        received_at=moment,
        seals=False,
        seen_version=0,
        by=hat,
        now=moment,
    )
