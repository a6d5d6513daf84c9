"""Who receives in the demo, what leaders did, the stations, and what the public page says: the newspaper's figures.

Journeys, stations and what was counted there are written in bulk, as they would be taken over from books.
"""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.hats import Hat, hats_of
from accounts.models import Organ, OrganKind, Post, User
from accounts.roles import Role
from audit.parts import record_each
from cases.models import Petition
from cases.states import OPEN
from config.demo.content import PETITION_OFFICE
from config.demo.logins import LOGINS
from deadlines.calendars import calendar_around
from leadership.actions import inviting, receptions, roster
from leadership.actions.inviting import Offered
from leadership.actions.receptions import Talk
from leadership.actions.roster import Order
from leadership.models import (
    DutyDay,
    FieldCase,
    FieldTrip,
    Mediator,
    Rotation,
    ServiceDay,
    Sponsorship,
    Station,
)
from leadership.reception_states import (
    Came,
    Counted,
    MediatorKind,
    Outcome,
    ServiceKind,
    StationKind,
    Told,
    Weekday,
)
from leadership.rosters import knows_holidays_of
from lib.trees import paths_above
from places.models import Level, Place
from portal.actions import publish
from portal.states import Topic

_CONTENT = Path(__file__).with_name("receiving.toml")
_LEADERS = ("quzhang", "fushuji", "lingdao", "renda", "zhengxie")
_SECRETARY = "shuji"
# 下访: 书记 62 批 88 人次, 区长 60 批 90 人次
TAKEN_DOWN = {"shuji": (62, 88), "quzhang": (60, 90)}
_CASES_A_TRIP = 2
_STATIONS = 42
_MEDIATED, _SETTLED = 200, 163
_BEFORE = timedelta(days=40)
_RECEIVED_DAYS = 8


def receive(*, latest: datetime) -> int:
    """Let leaders receive in turn and go down with petitions, and the office publish it; once in a world.

    Return how much was done.
    """
    if Rotation.objects.exists():
        return 0
    office, director = _hat(Role.PETITION_OFFICER, latest), _hat(Role.OFFICE_DIRECTOR, latest)
    content = tomllib.loads(_CONTENT.read_text(encoding="utf-8"))
    for said in content["published"]:
        topic = Topic(said["topic"])
        publish(topic, text=said["text"], text_en=said["text_en"], by=director, now=latest - _BEFORE)
    done = len(content["published"]) + _roster(office, latest) + _queues(content["talk"], office, latest)
    done += (
        _trips(office, latest) + _stations(content["mediator"], office, latest) + _services(office, latest)
    )
    return done + _invite(office, latest)


def _roster(office: Hat, latest: datetime) -> int:
    began_at = latest - _BEFORE
    roster.enter_rotation(
        Order(
            since=timezone.localdate(began_at),
            post_ids=[_leader(username).pk for username in _LEADERS],
            place="区信访接待大厅一楼 1 号接访室",
            begins=time(9),
            ends=time(11, 30),
            fixed_weekday=Weekday.MONDAY,
            fixed_post_id=_leader(_SECRETARY).pk,
        ),
        by=office,
        now=began_at,
    )
    roster.set_target(Counted.TRIPS, weekly=3, since=timezone.localdate(began_at), by=office, now=began_at)
    first, last = timezone.localdate(began_at), timezone.localdate(latest) + timedelta(days=31)
    month, planned = first.replace(day=1), 0
    while month <= last and knows_holidays_of(month.year):
        planned += roster.plan_month(month, by=office, now=began_at)
        month = (month + timedelta(days=31)).replace(day=1)
    coming = DutyDay.objects.filter(day__gt=timezone.localdate(latest), post=_leader("quzhang"))
    for row in coming.order_by("day")[:1]:
        other = _leader("lingdao").pk
        roster.substitute(row.pk, post_id=other, reason="参加市政府全体会议。", by=office, now=latest)
    return planned


def _queues(talks: Sequence[Mapping[str, Any]], office: Hat, latest: datetime) -> int:
    """Let visitors be received on the last days, and some hold numbers for the next one."""
    today = timezone.localdate(latest)
    past = DutyDay.objects.filter(day__lt=today).order_by("-day")[:_RECEIVED_DAYS]
    done = 0
    for number, row in enumerate(past):
        at = timezone.make_aware(datetime.combine(row.day, time(9, 20)))
        for heard in talks[number % 3 : number % 3 + 2]:
            persons = heard["persons"]
            ticket = receptions.take_number(row.pk, Came.HALL, persons=persons, by=office, now=at).ticket
            receptions.call(ticket.pk, by=office, now=at)
            talk = Talk(outcome=Outcome.ANSWERED, persons=persons, words=heard["words"])
            receptions.note_talk(ticket.pk, talk, by=office, now=at + timedelta(minutes=20))
            done += 1
    coming = DutyDay.objects.sat().filter(day__gt=today).order_by("day")[:1]
    for row in coming:
        for persons in (1, 3):
            receptions.take_number(row.pk, Came.PHONE, persons=persons, by=office, now=latest)
            done += 1
    return done


@transaction.atomic(durable=True)
def _trips(office: Hat, latest: datetime) -> int:
    """Write the journeys of secretary and district head, two petitions each, three in a week."""
    keys = list(
        Petition.objects.visible_to(office)
        .filter(routing__in=sorted(OPEN))
        .order_by("registered_at", "pk")
        .values_list("pk", flat=True)[: sum(cases for cases, _persons in TAKEN_DOWN.values())]
    )
    if len(keys) < _CASES_A_TRIP:
        return 0
    trips: list[FieldTrip] = []
    cases: list[FieldCase] = []
    for username, (batches, persons) in TAKEN_DOWN.items():
        leader = _leader(username)
        sponsors = set(Sponsorship.objects.standing().filter(post=leader).values_list("petition", flat=True))
        # what he sponsors first, and so on the latest days
        petitions = cycle(sorted(keys, key=lambda key: key not in sponsors))
        keys = keys[batches:] + keys[:batches]
        days = _journey_days(latest, batches // _CASES_A_TRIP)
        own = [_trip(leader, day, number, office, latest) for number, day in enumerate(days)]
        for number, petition in enumerate(islice(petitions, batches)):
            # the first of them met two, so that the persons come to their sum
            met = 2 if number < persons - batches else 1
            trip = own[number // _CASES_A_TRIP]
            cases.append(
                FieldCase(
                    trip=trip, petition_id=petition, persons_met=met, result="当面听取诉求，商定办理次序。"
                )
            )
        trips += own
    FieldTrip.objects.bulk_create(trips)
    FieldCase.objects.bulk_create(cases)
    noted = [(trip.pk, {"on": trip.went_on.isoformat(), "number": _CASES_A_TRIP}) for trip in trips]
    record_each("trip.note", FieldTrip, noted, by=office.actor, at=latest)
    taken = [
        (case.petition_id, {"on": case.trip.went_on.isoformat(), "to_post": case.trip.post_id})
        for case in cases
    ]
    record_each("petition.take_down", Petition, taken, by=office.actor, at=latest)
    return len(trips)


def _journey_days(latest: datetime, count: int) -> Sequence[date]:
    """Return the last working days of which three lie in each week."""
    day, found = timezone.localdate(latest), list[date]()
    while len(found) < count:
        day -= timedelta(days=1)
        if day.weekday() in {1, 2, 4} and calendar_around(day).by_weekday().is_workday(day):
            found.append(day)
    return found


def _trip(leader: Post, day: date, number: int, office: Hat, latest: datetime) -> FieldTrip:
    places = ("村（社区）会议室", "乡镇（街道）信访接待室", "项目现场")
    return FieldTrip(
        post=leader,
        went_on=day,
        place=places[number % len(places)],
        companions="主办单位、属地乡镇（街道）",
        result="逐件听取诉求，明确牵头单位和答复时间。",
        by=office.post,
        person=office.user,
        noted_at=latest,
    )


@transaction.atomic(durable=True)
def _stations(people: Sequence[Mapping[str, Any]], office: Hat, latest: datetime) -> int:
    """Open stations in communities and villages of the whole district, and enter who mediates there."""
    within = Place.objects.current().filter(path__startswith=office.organ.place.path, level=Level.VILLAGE)
    places = list(within.order_by("code"))
    step = max(len(places) // _STATIONS, 1)
    keepers = Organ.objects.current().select_related("place")
    kept = {organ.place_id: organ for organ in keepers.filter(kind=OrganKind.COMMUNITY)}
    # a township keeps the first station in it, which can be given petitions
    townships = {organ.place.path: organ for organ in keepers.filter(kind=OrganKind.TOWNSHIP)}
    opened_at = latest - timedelta(days=300)
    rows = [
        Station(
            office=office.organ,
            kind=StationKind.STATION,
            name=f"{place.name}信访工作站",
            place=place,
            address="便民服务站",
            organ=kept.get(place.pk) or townships.pop(paths_above(place.path)[-2], None),
            staff="站长（村、社区书记）、专职网格员各一名",
            hours="工作日 8:30—12:00，14:30—18:00",
            lawyer_hours=f"每月第 {number % 4 + 1} 个星期三上午" if number % 2 else "",
            opened_at=opened_at,
            opened_by=office.post,
        )
        for number, place in enumerate(places[::step][:_STATIONS])
    ]
    Station.objects.bulk_create(rows)
    record_each(
        "station.open",
        Station,
        [(row.pk, {"place": row.place.code}) for row in rows],
        by=office.actor,
        at=opened_at,
    )
    mediators = [
        Mediator(
            office=office.organ,
            station=rows[number % len(rows)] if rows else None,
            name=person["name"],
            kind=MediatorKind(person["kind"]),
            entered_at=opened_at,
            entered_by=office.post,
        )
        for number, person in enumerate(people)
    ]
    Mediator.objects.bulk_create(mediators)
    record_each(
        "mediator.enter", Mediator, [(row.pk, {}) for row in mediators], by=office.actor, at=opened_at
    )
    return len(rows) + len(mediators)


@transaction.atomic(durable=True)
def _services(office: Hat, latest: datetime) -> int:
    """Write what the court mediated before litigation this year, and what lawyers advised at the stations."""
    today = timezone.localdate(latest)
    first = today.replace(month=1, day=1)
    span = max((today - first).days, 1)
    stations = list(Station.objects.filter(lawyer_hours__gt="").order_by("name"))
    common = {"office": office.organ, "noted_at": latest, "by": office.post}
    rows = [
        ServiceDay(
            kind=ServiceKind.MEDIATION,
            day=first + timedelta(days=number * span // _MEDIATED),
            matters=1,
            persons=2 + number % 3,
            settled=int(number < _SETTLED),
            **common,
        )
        for number in range(_MEDIATED)
    ]
    rows += [
        ServiceDay(
            station=station,
            kind=ServiceKind.LEGAL_ADVICE,
            day=first + timedelta(days=number * span // len(stations)),
            matters=3 + number % 4,
            persons=4 + number % 5,
            **common,
        )
        for number, station in enumerate(stations)
    ]
    ServiceDay.objects.bulk_create(rows)
    facts = [(row.pk, {"service": row.kind, "on": row.day.isoformat(), "count": row.matters}) for row in rows]
    record_each("service.note", ServiceDay, facts, by=office.actor, at=latest)
    return len(rows)


def _invite(office: Hat, latest: datetime) -> int:
    standing = Sponsorship.objects.standing().filter(
        post=_leader("lingdao"), petition__routing__in=sorted(OPEN)
    )
    row = standing.order_by("begun_at", "pk").first()
    if row is None:
        return 0
    offered = Offered(
        day=timezone.localdate(latest) + timedelta(days=3),
        begins=time(15),
        place="区信访接待大厅",
        told=Told.PHONE,
    )
    inviting.invite(row.petition_id, offered, leader_id=_leader("lingdao").pk, by=office, now=latest)
    return 1


def _leader(username: str) -> Post:
    return Post.objects.get(user__username=username, role=Role.LEADER)


def _hat(role: Role, now: datetime) -> Hat:
    user = User.objects.get(username=dict(LOGINS)[role])
    hats = hats_of(user, on=timezone.localdate(now))
    return next(hat for hat in hats if hat.role == role and hat.organ.code == PETITION_OFFICE)
