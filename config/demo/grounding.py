"""The demo's ground besides its events: what residents told through the grids' codes."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid5

from django.utils import timezone

from config.demo.timetable import draw
from grids.event_states import Origin
from grids.filing import NewEvent
from grids.models import EventType, Grid
from portal.actions import VISITOR, tell_of
from portal.models import Telling
from portal.states import Wish

_CONTENT = Path(__file__).with_name("ground.toml")
_ADDRESS = "192.0.2.7"


def work_the_ground(*, today: date, latest: datetime) -> int:
    """Make what is done on the ground besides events, once in a world. Return how much was done."""
    content = tomllib.loads(_CONTENT.read_text(encoding="utf-8"))
    return _tell(content["told"], today, latest)


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
