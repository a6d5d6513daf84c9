"""Grids to start from, made by the deeds themselves."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from accounts.hats import Hat
from accounts.models import Organ, OrganKind
from accounts.roles import Role
from grids.actions import ground, hierarchy, rounds, staff
from grids.actions.ground import CourtyardFacts, Given
from grids.actions.hierarchy import GridFacts
from grids.actions.reporting import report_event
from grids.actions.rounds import PlanFacts
from grids.actions.staff import StaffFacts
from grids.filing import NewEvent
from grids.ground_states import Help
from grids.models import (
    Courtyard,
    EventType,
    Grid,
    GridEvent,
    GridScheme,
    GridStaff,
    HouseholdCard,
    RoundPlan,
)
from grids.round_states import Rhythm
from grids.states import Band, Part, StaffKind
from infra.files import Checked
from places.models import Place
from tests.given import MONDAY, a_hat, an_organ, the_petition_office

LEVELS = ("网格", "片区", "楼栋")
# 滨河街道 and two of its communities, as shipped
STREET, HERE, NEXT_DOOR = "141102001", "141102001009", "141102001001"


def the_street() -> Organ:
    """Return 滨河街道."""
    place = Place.objects.get(code=STREET)
    return an_organ(
        "BHJD", kind=OrganKind.TOWNSHIP, place=place, parent=the_petition_office(), short_name="滨河街道"
    )


def a_community(code: str = "YNSQ", place: str = HERE) -> Organ:
    """Return a community of the street."""
    return an_organ(
        code,
        kind=OrganKind.COMMUNITY,
        place=Place.objects.get(code=place),
        parent=the_street(),
        short_name=f"{code}社区",
    )


def a_clerk(organ: Organ | None = None) -> Hat:
    """Make whoever keeps the grids of a community."""
    return a_hat(Role.CASE_OFFICER, organ=organ or a_community(), title="社区专干")


def facts(**given: Any) -> GridFacts:
    usual = {
        "name": "第一网格",
        "place_code": HERE,
        "area": "东至滨河路，西至永宁路，南至三号楼，北至小学",
        "band": Band.UP_TO_1000,
        "complaint_phone": "0358-8200000",
    }
    return GridFacts(**{**usual, **given})


def stands(**given: Any) -> StaffFacts:
    usual = {
        "part": Part.WORKER,
        "kind": StaffKind.HIRED,
        "level": 1,
        "name": "郝爱萍",
        "phone": "0358-8200001",
        "since": timezone.localdate(MONDAY),
    }
    return StaffFacts(**{**usual, **given})


def a_grid(
    code: str = "YN01",
    *,
    by: Hat | None = None,
    now: datetime = MONDAY,
    parent: Grid | None = None,
    **given: Any,
) -> Grid:
    """Open a grid, its scheme first if there is none."""
    by = by or a_clerk()
    if not GridScheme.objects.filter(organ=by.organ).exists():
        hierarchy.enter_scheme(LEVELS, by=by, now=now)
    given.setdefault("place_code", by.organ.place.code)
    if parent is None:
        given.setdefault("name", f"网格{code}")
    return hierarchy.open_grid(code, facts(**given), parent_id=parent.pk if parent else None, by=by, now=now)


def a_worker(grid: Grid, *, by: Hat | None = None, **given: Any) -> Hat:
    """Let somebody with an account stand for a grid as its worker."""
    hat = a_hat(given.pop("role", Role.GRID_WORKER), organ=grid.organ, title="网格员")
    named(grid, by=by, name=hat.user.name, post_id=hat.post.pk, **given)
    return hat


def named(grid: Grid, *, by: Hat | None = None, now: datetime = MONDAY, **given: Any) -> GridStaff:
    """Let somebody stand for a grid."""
    return staff.name_staff(grid.pk, stands(**given), by=by or a_clerk(grid.organ), now=now)


def a_plan(by: Hat, *, now: datetime = MONDAY, **given: Any) -> RoundPlan:
    """Plan weekly rounds over the grids of a hat's place."""
    usual = {
        "name": "每周排查",
        "rhythm": Rhythm.WEEK,
        "checklist": ["消防通道", "燃气管线"],
        "from_on": timezone.localdate(now),
    }
    return rounds.enter_plan(PlanFacts(**{**usual, **given}), by=by, now=now)


def courtyard_facts(**given: Any) -> CourtyardFacts:
    usual = {
        "name": "三号院",
        "buildings": 4,
        "stairwells": 12,
        "contact": "永宁物业",
        "phone": "0358-8220001",
    }
    return CourtyardFacts(**{**usual, **given})


def a_courtyard(grid: Grid, by: Hat, *, plan: Checked | None = None, **given: Any) -> Courtyard:
    """Enter a courtyard of a grid."""
    return ground.enter_courtyard(grid.pk, courtyard_facts(**given), plan=plan, by=by, now=MONDAY)


def a_card(row: Courtyard, by: Hat, *, now: datetime = MONDAY, **given: Any) -> HouseholdCard:
    """Keep what a household gives to have medicine brought."""
    usual = {
        "help": Help.MEDICINE,
        "purpose": "每周送药上门",
        "agreed": True,
        "expires_on": timezone.localdate(now) + timedelta(days=60),
        "door": "2 号楼 1 单元 302 室",
        "words": "腿脚不便，需送药",
        "contact": "13900000000",
    }
    return ground.enter_card(row.pk, Given(**{**usual, **given}), by=by, now=now)


def a_type(code: str = "dispute_neighbour") -> EventType:
    """Return a type as shipped."""
    return EventType.objects.get(code=code)


def an_event(
    grid: Grid, by: Hat, *, now: datetime = MONDAY, key: UUID | None = None, **given: Any
) -> GridEvent:
    """Report an event of a grid."""
    usual = {
        "type_id": a_type(given.pop("type", "dispute_neighbour")).pk,
        "title": "楼道堆放杂物起争执",
        "text": "三号楼二单元楼道堆放杂物，\n　邻里为此争执。",
        "grid_id": grid.pk,
    }
    return report_event(key or uuid4(), NewEvent(**{**usual, **given}), by=by, now=now)
