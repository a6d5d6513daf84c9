"""The demo's ground besides its events: what residents told through the grids' codes, rounds weekly and in the flood
season (30 people in 5 groups over 15 grids, 20 problems; seeds-map 76), the diary of one grid, a courtyard, gatherings.
"""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid5

from django.utils import timezone

from accounts.hats import Hat
from accounts.models import Organ
from config.demo.gridding import COMMUNITY, People, people_of
from config.demo.timetable import draw
from grids import sweeps
from grids.actions import gatherings, ground, handling, rounds
from grids.actions.gatherings import GatheringFacts, Held, SeriesFacts
from grids.actions.ground import CourtyardFacts, Given
from grids.actions.reporting import report_event
from grids.actions.rounds import PlanFacts
from grids.diary_steps import NewNote
from grids.event_states import Origin
from grids.filing import NewEvent
from grids.gathering_states import GatheringKind, Repeat
from grids.ground_states import About, Help
from grids.models import EventType, Grid, Round, RoundPlan
from grids.round_states import Rhythm
from portal.actions import VISITOR, tell_of
from portal.models import Telling
from portal.states import Wish

_CONTENT = Path(__file__).with_name("ground.toml")
_ADDRESS = "192.0.2.7"


def work_the_ground(*, today: date, latest: datetime) -> int:
    """Make what is done on the ground besides events, once in a world. Return how much was done."""
    content = tomllib.loads(_CONTENT.read_text(encoding="utf-8"))
    done = _tell(content["told"], today, latest)
    if not RoundPlan.objects.exists():
        people = people_of(Organ.objects.get(code=COMMUNITY), today)
        done += _flood(content["flood"], people, today, latest)
        done += _weekly(content["weekly"], people, today, latest)
        done += _write(content, people, today, latest)
        done += _gather(content["gathering"], people, today, latest)
    return done


def _tell(told: list[Mapping[str, Any]], today: date, latest: datetime) -> int:
    if Telling.objects.exists():
        return 0
    for said in told:
        grid = Grid.objects.get(code=f"YN{said['grid']:02d}")
        tell_of(
            uuid5(grid.pk, f"told {said['title']}"),
            NewEvent(
                type_id=EventType.objects.get(code=said["type"]).pk,
                grid_id=grid.pk,
                origin=Origin.QR,
                title=said["title"],
                text=said["text"],
                spot=said.get("spot", ""),
                contact=said.get("contact", ""),
                is_dangerous=said.get("is_dangerous", False),
            ),
            wish=Wish(said.get("wish", Wish.HERE)),
            names_cadre=said.get("names_cadre", False),
            address=_ADDRESS,
            by=VISITOR,
            now=_moment(said, today, latest),
        )
    return len(told)


def _moment(said: Mapping[str, Any], today: date, latest: datetime) -> datetime:
    day = today - timedelta(days=said["days_ago"])
    minute = draw(said["title"], "minute", 180)
    return min(timezone.make_aware(datetime.combine(day, time(9))) + timedelta(minutes=minute), latest)


def _at(day: date, hour: int, latest: datetime) -> datetime:
    return min(timezone.make_aware(datetime.combine(day, time(hour))), latest)


def _flood(said: Mapping[str, Any], people: People, today: date, latest: datetime) -> int:
    """Let the flood season's round go over all grids, and what was found be seen to, all but one."""
    first = today - timedelta(days=said["days_ago"])
    facts = PlanFacts(
        name=said["name"],
        occasion=said["occasion"],
        rhythm=Rhythm.ONCE,
        checklist=said["checklist"],
        from_on=first,
        until_on=first + timedelta(days=said["days"]),
    )
    plan = rounds.enter_plan(facts, by=people.clerk, now=_at(first, 9, latest))
    grids = list(plan.rounds.order_by("grid__path").values_list("grid__code", flat=True))
    size = len(grids) // len(said["groups"])
    for place, name in enumerate(said["groups"]):
        codes = grids[place * size : (place + 1) * size]
        rounds.enter_group(
            plan.pk,
            name=name,
            members=said["members"],
            codes=codes,
            by=people.clerk,
            now=_at(first, 10, latest),
        )
    for place, found in enumerate(said["found"]):
        row = plan.rounds.select_related("grid").get(grid__code=grids[place % len(grids)])
        day = first + timedelta(days=1 + place % said["days"])
        _find(row, found, people, day, latest, open_=place == 0)
    ended = first + timedelta(days=said["days"])
    for row in plan.rounds.order_by("grid__path"):
        zero = not row.finds.exists()
        rounds.report_round(
            row.pk, looked_at=plan.checklist, zero=zero, by=people.clerk, now=_at(ended, 17, latest)
        )
    return len(said["found"]) + len(grids)


def _find(
    row: Round, said: Mapping[str, str], people: People, day: date, latest: datetime, *, open_: bool
) -> None:
    """Report one problem within its round; a unit does it, somebody else verifies it and strikes it off."""
    new = NewEvent(
        type_id=EventType.objects.get(code=said["type"]).pk,
        grid_id=row.grid_id,
        title=said["title"],
        text=said["text"],
        round_id=row.pk,
    )
    event = report_event(uuid5(row.pk, said["title"]), new, by=people.clerk, now=_at(day, 10, latest))

    def take(deed: Callable[..., object], by: Hat, hour: int, **facts: Any) -> None:
        event.refresh_from_db()
        deed(event.pk, version=event.version, by=by, now=_at(day, hour, latest), **facts)

    take(handling.accept_event, people.clerk, 11)
    if open_:
        due_on = timezone.localdate(latest) + timedelta(days=2)
        act = "加固并反馈。"
        take(handling.ask_unit, people.clerk, 12, organ_id=people.unit.organ.pk, act=act, due_on=due_on)
        return
    take(handling.feed_back, people.clerk, 14, words="已组织整改。")
    take(handling.verify_event, people.secretary, 15, words="到现场看过，已整改。")
    take(handling.close_event, people.secretary, 16, words="")


def _weekly(said: Mapping[str, Any], people: People, today: date, latest: datetime) -> int:
    """Let the weekly rounds run for two weeks: last week's reported but for two, this week's waiting."""
    monday = today - timedelta(days=today.weekday() + 7)
    facts = PlanFacts(name=said["name"], rhythm=Rhythm.WEEK, checklist=said["checklist"], from_on=monday)
    plan = rounds.enter_plan(facts, by=people.clerk, now=_at(monday, 9, latest))
    reported = list(plan.rounds.order_by("grid__path"))[: -said["missed"]]
    for row in reported:
        friday = _at(monday + timedelta(days=4), 16, latest)
        rounds.report_round(row.pk, looked_at=plan.checklist, zero=True, by=people.clerk, now=friday)
    sweeps.open_rounds(now=_at(monday + timedelta(days=7), 1, latest))
    sweeps.tell_of_missed_rounds(now=_at(monday + timedelta(days=7), 1, latest))
    return len(reported)


def _write(content: Mapping[str, Any], people: People, today: date, latest: datetime) -> int:
    """Let the worker write the diary of his grid, and enter a courtyard with what a household gave for a service."""
    grid = Grid.objects.get(code=content["courtyard"]["grid"])
    for said in content["note"]:
        new = NewNote(grid_id=grid.pk, about=About(said["about"]), subject=said["subject"], text=said["text"])
        key = uuid5(grid.pk, f"note {said['subject']}")
        ground.write_note(
            key, new, by=people.worker, now=_at(today - timedelta(days=said["days_ago"]), 17, latest)
        )
    facts = {name: value for name, value in content["courtyard"].items() if name != "grid"}
    row = ground.enter_courtyard(grid.pk, CourtyardFacts(**facts), by=people.clerk, now=latest)
    given = Given(
        **{**content["card"], "help": Help(content["card"]["help"])},
        agreed=True,
        expires_on=timezone.localdate(latest) + timedelta(days=180),
    )
    ground.enter_card(row.pk, given, by=people.worker, now=latest)
    return len(content["note"]) + 2


def _gather(said: Sequence[Mapping[str, Any]], people: People, today: date, latest: datetime) -> int:
    """Let the community meet: some gatherings are over and followed up, some stand in the calendar."""
    for one in said:
        day = today + timedelta(days=one["in_days"])
        facts = GatheringFacts(
            kind=GatheringKind(one["kind"]), topic=one["topic"], place=one["place"], held_on=day
        )
        entered_at = min(_at(day - timedelta(days=3), 9, latest), latest)
        row = gatherings.enter_gathering(facts, by=people.clerk, now=entered_at)
        if "attendance" not in one:
            continue
        due_on = day + timedelta(days=30) if one.get("agreement") else None
        held = Held(
            attendance=one["attendance"],
            agreement=one.get("agreement", ""),
            follow_up_on=due_on,
            matters=one.get("matters"),
            settled=one.get("settled"),
        )
        gatherings.note_gathering(row.pk, held, by=people.clerk, now=_at(day, 17, latest))
        if "effect" in one:
            gatherings.follow_up(row.pk, effect=one["effect"], by=people.secretary, now=latest)
    weekly = SeriesFacts(
        kind=GatheringKind.OPEN_DOOR,
        topic="周五走访接待日",
        place="永宁社区服务大厅",
        repeat=Repeat.WEEK,
        first_on=today + timedelta(days=(4 - today.weekday()) % 7),
    )
    gatherings.enter_series(weekly, by=people.clerk, now=latest)
    return len(said) + 1
