"""The demo world made as a whole, or completed: accounts, petitions, and what was done on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection

from accounts.models import Organ
from cases.models import Petition
from config.demo.conferring import confer
from config.demo.content import PETITION_OFFICE, DemoPetition, DemoWorld
from config.demo.contesting import contest
from config.demo.crowd import Crowd, plan
from config.demo.crowd_content import CrowdContent
from config.demo.deciding import decide
from config.demo.giving import give
from config.demo.gridding import keep_grids
from config.demo.grounding import work_the_ground
from config.demo.guiding import guide
from config.demo.hearing import hear
from config.demo.house import DAYS_SINCE_FOUNDING, is_staffed, make_house
from config.demo.leading import lead
from config.demo.listing import list_up
from config.demo.pacing import Workdays
from config.demo.receiving import receive
from config.demo.registering import missing, park_drafts, register_all, submission_id_of
from config.demo.scores import keep_scores
from config.demo.scoring import score
from config.demo.supervising import supervise
from config.demo.teaming import team_up
from config.demo.tiers import make_tiers
from config.demo.timetable import arrivals
from config.demo.ways import walk_all
from deadlines.calendars import calendar_of

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Made:
    """How much of the demo world was missing and was made."""

    accounts: int
    petitions: int
    deeds: int
    crowd: int = 0


def make_world(
    world: DemoWorld,
    crowd: CrowdContent | None = None,
    *,
    today: date,
    latest: datetime,
    percent: int = 100,
) -> Made:
    """Make what is missing of the demo world, nothing in it after `latest`. Return how much that was.

    With a crowd, the petitions that are written down stand among so many others that both together are `percent` of the
    district's figures.
    """
    workdays = _workdays(today)
    whole = is_staffed(world) and not missing(world.petitions)
    # What the machine would lose by stopping now is done again at the next start, so nobody waits for the disk.
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    accounts = 0 if whole else make_house(world, today=today)
    make_tiers(today=today)
    many = _crowd(world, crowd, today, latest, workdays, percent) if crowd else None
    petitions = register_all(
        world.petitions,
        today=today,
        latest=latest,
        last_working_day=workdays.last_until,
        before_each=many.register_until if many else None,
    )
    if many:
        many.register_until()
    deeds = walk_all(world, today=today, latest=latest, workdays=workdays)
    deeds += park_drafts(world, latest=latest)
    deeds += supervise(latest=latest)
    deeds += lead(latest=latest)
    deeds += team_up(latest=latest)
    deeds += list_up(latest=latest)
    deeds += confer(latest=latest)
    deeds += hear(latest=latest)
    deeds += contest(latest=latest)
    deeds += decide(latest=latest)
    deeds += score(latest=latest)
    deeds += keep_scores(latest=latest)
    deeds += receive(latest=latest)
    deeds += guide(latest=latest)
    deeds += give(latest=latest)
    deeds += keep_grids(today=today, latest=latest)
    deeds += work_the_ground(today=today, latest=latest)
    with connection.cursor() as cursor:
        cursor.execute("RESET synchronous_commit")
    return Made(accounts, petitions, deeds, many.registered if many else 0)


def _crowd(
    world: DemoWorld,
    content: CrowdContent,
    today: date,
    latest: datetime,
    workdays: Workdays,
    percent: int,
) -> Crowd:
    """Return the crowd around the petitions written down, as it was on the day the world was founded for.

    So a world that is whole stays as it is on every later day.
    """
    founded_on = Organ.objects.get(code=PETITION_OFFICE).valid_from
    shown = min(today, founded_on + timedelta(days=DAYS_SINCE_FOUNDING))
    return Crowd(
        world,
        content,
        plan(
            content,
            _written_down(world, today, latest, workdays),
            today=shown,
            latest=latest,
            workdays=_workdays(shown),
            percent=percent,
        ),
    )


def _written_down(
    world: DemoWorld, today: date, latest: datetime, workdays: Workdays
) -> Sequence[tuple[DemoPetition, datetime]]:
    """Return the petitions written down, each with the moment at which it was or will be registered."""
    registered = dict(
        Petition.objects.filter(
            submission_id__in=[submission_id_of(petition) for petition in world.petitions]
        ).values_list("submission_id", "registered_at")
    )
    timed = arrivals(world.petitions, today=today, latest=latest, last_working_day=workdays.last_until)
    return [
        (one.petition, registered.get(submission_id_of(one.petition), one.registered_at)) for one in timed
    ]


def _workdays(today: date) -> Workdays:
    """Return the office days around the demo; a year not entered yet counts Monday to Friday (Q26)."""
    calendar = calendar_of((today.year - 1, today.year, today.year + 1)).by_weekday()
    return Workdays(
        first_from=lambda day: calendar.after(day - _ONE_DAY, 1),
        last_until=lambda day: calendar.before(day + _ONE_DAY),
    )
