"""The demo's petitions that are with a station: what lies near one that a township keeps, and one that is answered."""

from datetime import datetime, timedelta

from django.utils import timezone

from accounts.hats import Hat, hats_of
from accounts.models import OrganKind, Post, User
from accounts.roles import Role
from cases.models import Petition
from cases.states import OPEN
from config.demo.logins import LOGINS
from leadership.actions import answers, giving
from leadership.actions.giving import Given
from leadership.models import Station, StationPetition
from lib.trees import paths_above

_GIVEN = 3


def give(*, latest: datetime) -> int:
    """Give a few petitions to the stations nearest to them; once in a world. Return how much was done."""
    if StationPetition.objects.exists():
        return 0
    office = _office(latest)
    kept = Station.objects.standing().filter(organ__kind=OrganKind.TOWNSHIP).select_related("organ", "place")
    rows: list[StationPetition] = []
    for station in kept.order_by("place__path"):
        near = Petition.objects.visible_to(office).filter(
            place_path__startswith=paths_above(station.place.path)[-2], routing__in=sorted(OPEN)
        )
        others = near.exclude(handlings__organ=station.organ).filter(handlings__ended_at=None)
        petition = others.order_by("received_at", "pk").first()
        if petition is None or len(rows) == _GIVEN:
            continue
        given = Given(
            station_id=station.pk,
            words="上门听取意见，帮助补齐材料，就近做好政策解释。",
            due_on=timezone.localdate(latest) + timedelta(days=7),
        )
        rows.append(giving.give_to_station(petition.pk, given, by=office, now=latest))
    for row in rows[:1]:
        _answer(row, latest)
    return len(rows)


def _answer(row: StationPetition, latest: datetime) -> None:
    """Let the station's keeper reply; the office has not looked at it yet."""
    post = Post.objects.filter(organ=row.station.organ, role=Role.CASE_OFFICER).select_related("user").first()
    if post is not None:
        words = "已上门两次，材料补齐，信访人愿意等待主办单位答复。"
        answers.reply(row.assignment_id, words=words, by=Hat(post, post.user), now=latest)


def _office(now: datetime) -> Hat:
    user = User.objects.get(username=dict(LOGINS)[Role.PETITION_OFFICER])
    return next(hat for hat in hats_of(user, on=timezone.localdate(now)) if hat.role == Role.PETITION_OFFICER)
