"""The demo's community: fifteen grids with their 178 leaders, and events in every state, made by their deeds."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid5

from django.utils import timezone

from accounts.hats import Hat, hats_of
from accounts.models import Organ, User
from assignments.models import Assignment
from config.demo.timetable import draw
from grids.actions import asked, handing_over, handling, hierarchy, lifting, staff
from grids.actions.boundaries import upload_boundaries
from grids.actions.hierarchy import GridFacts
from grids.actions.reporting import report_event
from grids.actions.staff import LiaisonFacts, StaffFacts, TeamFacts
from grids.event_states import Rating
from grids.filing import Location, NewEvent
from grids.map_states import CoordinateSystem
from grids.models import EventType, Grid, GridEvent, GridScheme
from grids.states import Band, LiaisonKind, Part, Skill, StaffKind, TeamKind

_CONTENT = Path(__file__).with_name("grids.toml")
_BOUNDARIES = Path(__file__).with_name("boundaries.geojson")
COMMUNITY, _PLACE = "YNSQ", "141102001009"
_GRIDS, _SECOND, _THIRD = 15, 52, 111
# of the grid whose worker and leader sign in
_OWN = 4
_MIDDLE = (Decimal("37.52573"), Decimal("111.14709"))
_UNIT = "CG"
_BANDS = tuple(Band)
_SKILLS = tuple(Skill)
_KINDS = tuple(StaffKind)
_PHONE = "0358-82{:05d}"


@dataclass(frozen=True)
class People:
    """Who acts: the community's clerk and secretary, the worker and leader of one grid, a unit, the street."""

    clerk: Hat
    secretary: Hat
    worker: Hat
    leader: Hat
    unit: Hat
    street: Hat


def keep_grids(*, today: date, latest: datetime) -> int:
    """Make the grids of the community and what happened in them, once in a world. Return how much was done."""
    if GridScheme.objects.exists():
        return 0
    content = tomllib.loads(_CONTENT.read_text(encoding="utf-8"))
    community = Organ.objects.get(code=COMMUNITY)
    people = people_of(community, today)
    opened_at = timezone.make_aware(datetime.combine(community.valid_from, time(10)))
    hierarchy.enter_scheme(content["levels"], by=people.clerk, now=opened_at)
    grids = [_grid(number, content, people, opened_at) for number in range(1, _GRIDS + 1)]
    drawn = _BOUNDARIES.read_bytes()
    upload_boundaries(drawn, system=CoordinateSystem.CGCS2000, by=people.clerk, now=opened_at)
    for team in content["team"]:
        facts = TeamFacts(**{**team, "kind": TeamKind(team["kind"])})
        staff.enter_team(facts, by=people.clerk, now=opened_at)
    for event in content["event"]:
        _happen(event, grids[event["grid"] - 1], people, today, latest)
    return len(grids) + len(content["event"])


def people_of(community: Organ, today: date) -> People:
    """Return who acts in the community on a day."""

    def of(organ: Organ, *roles: str) -> Hat:
        users = User.objects.filter(posts__organ=organ, posts__role__in=roles).order_by("pk").distinct()
        for user in users:
            for hat in hats_of(user, on=today):
                if hat.organ.pk == organ.pk and hat.role in roles:
                    return hat
        raise User.DoesNotExist(organ.code)

    street = community.parent
    if street is None:
        raise Organ.DoesNotExist(community.code)
    return People(
        clerk=of(community, "registrar"),
        secretary=of(community, "unit_head"),
        worker=of(community, "grid_worker"),
        leader=of(community, "grid_leader"),
        unit=of(Organ.objects.get(code=_UNIT), "case_officer", "unit_head"),
        street=of(street, "case_officer", "unit_head", "registrar"),
    )


def _grid(number: int, content: Mapping[str, Any], people: People, now: datetime) -> Grid:
    """Open a grid with its worker and its leaders of three levels, and post it."""
    facts = GridFacts(
        name=f"永宁第 {number} 网格",
        place_code=_PLACE,
        area=f"永宁社区 {number * 4 - 3} 号院至 {number * 4} 号院",
        band=_BANDS[draw(f"grid {number}", "band", len(_BANDS))],
        complaint_phone="0358-8210000",
    )
    grid = hierarchy.open_grid(f"YN{number:02d}", facts, by=people.clerk, now=now)
    second = _SECOND // _GRIDS + (number <= _SECOND % _GRIDS)
    third = _THIRD // _GRIDS + (number <= _THIRD % _GRIDS)
    stands = [(Part.WORKER, 1, ""), (Part.LEADER, 1, "")]
    stands += [(Part.LEADER, 2, f"{number * 4 - 3 + each} 号院") for each in range(second)]
    stands += [(Part.LEADER, 3, f"{each + 1} 号楼") for each in range(third)]
    for place, (part, level, patch) in enumerate(stands):
        _name(grid, number, place, part, level, patch, content, people, now)
    if number % 3 == 0:
        liaison = LiaisonFacts(
            kind=LiaisonKind.HOUSEHOLDS,
            name=_person(content, number, 99),
            title="楼院党小组组长",
            since=timezone.localdate(now),
            households=3 + number,
            patch=f"{number * 4} 号院",
        )
        staff.enter_liaison(grid.pk, liaison, by=people.clerk, now=now)
    return hierarchy.post_grid(grid.pk, by=people.clerk, now=now)


def _name(
    grid: Grid,
    number: int,
    place: int,
    part: Part,
    level: int,
    patch: str,
    content: Mapping[str, Any],
    people: People,
    now: datetime,
) -> None:
    own = {0: people.worker, 1: people.leader}.get(place) if number == _OWN else None
    key = f"grid {number} {place}"
    facts = StaffFacts(
        part=part,
        kind=StaffKind.HIRED if part is Part.WORKER else _KINDS[draw(key, "kind", len(_KINDS))],
        level=level,
        name=own.user.name if own else _person(content, number, place),
        phone=_PHONE.format(number * 100 + place) if level == 1 else "",
        patch=patch,
        skills=[_SKILLS[draw(key, "skill", len(_SKILLS))]] if part is Part.WORKER else [],
        post_id=own.post.pk if own else None,
        since=timezone.localdate(now),
    )
    staff.name_staff(grid.pk, facts, by=people.clerk, now=now)


def _person(content: Mapping[str, Any], number: int, place: int) -> str:
    key, surnames, given = f"{number}/{place}", content["surnames"], content["given"]
    return f"{surnames[draw(key, 'surname', len(surnames))]}{given[draw(key, 'given', len(given))]}"


def _location(title: str) -> Location:
    """Return a place in the grid whose worker signs in, within sixty metres of its middle."""
    north, east = (draw(title, axis, 120) - 60 for axis in ("north", "east"))
    return Location(
        north=_MIDDLE[0] + Decimal(north) / 100_000, east=_MIDDLE[1] + Decimal(east) / 100_000, metres=12
    )


class _Steps:
    """The steps on one event, an hour after each other and none after the demo's last moment."""

    def __init__(self, event: GridEvent, people: People, began_at: datetime, latest: datetime) -> None:
        self._event, self._now, self._latest = event, began_at, latest
        self.people = people

    @property
    def key(self) -> Any:
        return self._event.pk

    def next_moment(self) -> datetime:
        """Return when the next step is taken."""
        self._now = min(self._now + timedelta(hours=1), self._latest)
        return self._now

    def wait_until_now(self) -> None:
        """Let the following steps be taken at the demo's last moment."""
        self._now = self._latest

    def take(self, deed: Any, by: Hat, **facts: Any) -> None:
        """Take a step on the event as it stands now."""
        self._event.refresh_from_db()
        deed(self._event.pk, version=self._event.version, by=by, now=self.next_moment(), **facts)


def _happen(said: Mapping[str, Any], grid: Grid, people: People, today: date, latest: datetime) -> None:
    """Let one event happen as far as it went."""
    day, way = today - timedelta(days=said["days_ago"]), said["way"]
    minute = draw(said["title"], "minute", 180)
    at = min(timezone.make_aware(datetime.combine(day, time(8, 40))) + timedelta(minutes=minute), latest)
    own = grid.code == f"YN{_OWN:02d}"
    by = people.worker if own else people.clerk
    new = NewEvent(
        type_id=EventType.objects.get(code=said["type"]).pk,
        title=said["title"],
        text=said["text"],
        grid_id=grid.pk,
        location=_location(said["title"]) if own else None,
        is_dangerous=way == "danger",
        keep=own and way in {"discovered", "closed", "rated", "fed_back"},
    )
    event = report_event(uuid5(grid.pk, said["title"]), new, by=by, now=at)
    steps = _Steps(event, people, at, latest)
    if way in {"discovered", "reported", "danger"}:
        return
    if way == "joined":
        twin = GridEvent.objects.open().filter(grid=grid, type=event.type_id).exclude(pk=event.pk)
        steps.take(handling.join_event, people.clerk, number=twin.order_by("-received_at")[0].number)
    elif way == "handed_over":
        steps.take(handing_over.hand_over_event, people.clerk, wished=True)
    elif way == "returned":
        steps.take(
            handling.return_event, people.clerk, reason="绿地属业主共有，须由业主大会决定，已向居民说明。"
        )
    elif way in {"closed", "rated", "fed_back"}:
        _settle(steps, by, way)
    else:
        _handle(steps, way, today)


def _settle(steps: _Steps, by: Hat, way: str) -> None:
    people = steps.people
    steps.take(handling.settle_event, by, words="当场协调，双方认可，问题已经解决。")
    if way == "fed_back":
        return
    steps.take(handling.verify_event, people.secretary, words="到现场看过，情况属实。")
    steps.take(handling.close_event, people.secretary, words="")
    if way == "rated":
        steps.take(handling.evaluate_event, people.secretary, rating=Rating.SOLVED, words="解决得及时。")


def _handle(steps: _Steps, way: str, today: date) -> None:
    people = steps.people
    steps.take(handling.accept_event, people.clerk)
    if way == "accepted":
        return
    if way == "lifted":
        # whoever answers at the tiers was entered today
        steps.wait_until_now()
        steps.take(lifting.lift_event, people.clerk, reason="涉及多个小区，超出社区能力。")
        return
    due_on = today + timedelta(days=3)
    facts = {"organ_id": people.unit.organ.pk, "act": "到现场处置并反馈。", "due_on": due_on}
    steps.take(handling.ask_unit, people.clerk, **facts)
    if way == "handling":
        return
    waiting = Assignment.objects.get(subject_id=str(steps.key), organ=people.unit.organ)
    asked.receive_event(waiting.pk, by=people.unit, now=steps.next_moment())
    asked.reply_event(waiting.pk, words="已到现场处置完毕。", by=people.unit, now=steps.next_moment())
    steps.take(handling.verify_event, people.secretary, words="现场核验，已处置。")
    steps.take(handling.close_event, people.secretary, words="")
