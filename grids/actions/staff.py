"""Naming who stands for a grid, its service teams and who looks after it (包联); each ends with a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ, Post
from audit.parts import record
from grids import permissions as may
from grids.models import Grid, GridStaff, Liaison, ServiceTeam
from grids.parts import hold_grid
from grids.states import LiaisonKind, Part, Skill, StaffKind, TeamKind
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown

Row = TypeVar("Row", GridStaff, Liaison)


@dataclass(frozen=True, kw_only=True)
class StaffFacts:
    """Who stands for a grid: work particulars alone."""

    part: Part
    kind: StaffKind
    level: int
    name: str
    since: date
    phone: str = ""
    patch: str = ""
    skills: Sequence[Skill] = ()
    post_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class TeamFacts:
    """A service team and whom to call."""

    kind: TeamKind
    name: str
    contact: str
    phone: str
    members: int
    grid_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class LiaisonFacts:
    """Who looks after a grid, or after how many households without smartphones and where."""

    kind: LiaisonKind
    name: str
    title: str
    since: date
    phone: str = ""
    households: int | None = None
    patch: str = ""


@transaction.atomic(durable=True)
def name_staff(grid_id: UUID, facts: StaffFacts, *, by: Hat, now: datetime) -> GridStaff:
    """Let somebody stand for a grid from a day on.

    :raises Unknown: if this hat keeps no such grid
    :raises OutOfTurn: if the grid was closed, or somebody heads it on that day
    :raises Refused: if the level is none of the grid's, he stands there already, it begins later than tomorrow, or the
        post is of another organ
    """
    grid = hold_grid(grid_id, by)
    _refuse_impossible(grid, facts, today=timezone.localdate(now))
    heads = facts.part is Part.LEADER and facts.level == grid.level
    others = GridStaff.objects.filter(grid=grid, heads=True).exclude(until__lt=facts.since)
    if heads and others.exists():
        raise OutOfTurn(_("Somebody heads this grid on that day: end that first, and begin the day after."))
    row = GridStaff.objects.create(
        grid=grid,
        part=facts.part,
        kind=facts.kind,
        level=facts.level,
        heads=heads,
        name=facts.name.strip(),
        phone=facts.phone.strip(),
        patch=facts.patch.strip(),
        skills=list(facts.skills),
        post_id=facts.post_id,
        since=facts.since,
        entered_at=now,
        entered_by=by.post,
    )
    record("grid.name_staff", grid, by=by.actor, at=now, facts={"grid_part": facts.part, "code": grid.code})
    return row


@transaction.atomic(durable=True)
def end_staff(staff_id: UUID, *, by: Hat, now: datetime) -> GridStaff:
    """Let somebody stand for his grid no longer; he keeps no part in it from this moment on.

    :raises Unknown: if this hat keeps no such grid
    :raises OutOfTurn: if that ended
    """
    row = _ended(GridStaff.objects.all(), staff_id, by=by, now=now)
    record("grid.end_staff", row.grid, by=by.actor, at=now, facts={"grid_part": row.part})
    return row


@transaction.atomic(durable=True)
def enter_team(facts: TeamFacts, *, by: Hat, now: datetime) -> ServiceTeam:
    """Enter a service team of all grids of the hat's organ, or of one of them.

    :raises NotAllowed: if this hat keeps no grids
    :raises Unknown: if this hat keeps no such grid
    :raises Refused: if something is missing or the name is taken
    """
    if not may.may_keep(by):
        raise NotAllowed(_("Your post does not keep grids."))
    grid = hold_grid(facts.grid_id, by) if facts.grid_id else None
    organ = grid.organ if grid else by.organ
    faults = {
        name: _("Fill this in.") for name in ("name", "contact", "phone") if not getattr(facts, name).strip()
    }
    if facts.members < 1:
        faults["members"] = _("One at least.")
    if ServiceTeam.objects.filter(organ=organ, name=facts.name.strip(), ended_at=None).exists():
        faults["name"] = _("A team of this name stands already.")
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)
    row = ServiceTeam.objects.create(
        organ=organ,
        grid=grid,
        kind=facts.kind,
        name=facts.name.strip(),
        contact=facts.contact.strip(),
        phone=facts.phone.strip(),
        members=facts.members,
        entered_at=now,
        entered_by=by.post,
    )
    record("service_team.enter", row, by=by.actor, at=now, facts={"team": facts.kind})
    return row


@transaction.atomic(durable=True)
def end_team(team_id: UUID, *, by: Hat, now: datetime) -> ServiceTeam:
    """End a service team.

    :raises Unknown: if there is none standing of an organ whose grids this hat keeps
    """
    organs = Organ.objects.filter(place__path__startswith=by.organ.place.path)
    rows = ServiceTeam.objects.select_for_update(of=("self",)).filter(organ__in=organs, ended_at=None)
    row = rows.filter(pk=team_id).first() if may.may_keep(by) else None
    if row is None:
        raise Unknown(_("There is no such team."))
    row.ended_at = now
    row.save(update_fields=["ended_at"])
    record("service_team.end", row, by=by.actor, at=now)
    return row


@transaction.atomic(durable=True)
def enter_liaison(grid_id: UUID, facts: LiaisonFacts, *, by: Hat, now: datetime) -> Liaison:
    """Enter who looks after a grid, or after households without smartphones: how many and where, never who.

    :raises Unknown: if this hat keeps no such grid
    :raises OutOfTurn: if the grid was closed
    :raises Refused: if something is missing, it stands already, or the day lies ahead
    """
    grid = hold_grid(grid_id, by)
    faults = {name: _("Fill this in.") for name in ("name", "title") if not getattr(facts, name).strip()}
    if facts.kind is LiaisonKind.HOUSEHOLDS and not facts.households:
        faults["households"] = _("Say how many.")
    if facts.kind is LiaisonKind.HOUSEHOLDS and not facts.patch.strip():
        faults["patch"] = _("Say where, by courtyard or building.")
    if facts.kind is LiaisonKind.GRID and facts.households:
        faults["households"] = _("A cadre looks after the whole grid.")
    if facts.since > timezone.localdate(now):
        faults["since"] = _("The day lies in the future.")
    standing = Liaison.objects.filter(grid=grid, kind=facts.kind, until=None)
    if standing.filter(name=facts.name.strip(), patch=facts.patch.strip()).exists():
        faults["name"] = _("This is entered already.")
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)
    row = Liaison.objects.create(
        grid=grid,
        kind=facts.kind,
        name=facts.name.strip(),
        title=facts.title.strip(),
        phone=facts.phone.strip(),
        households=facts.households,
        patch=facts.patch.strip(),
        since=facts.since,
        entered_at=now,
        entered_by=by.post,
    )
    record("grid.enter_liaison", grid, by=by.actor, at=now, facts={"liaison": facts.kind})
    return row


@transaction.atomic(durable=True)
def end_liaison(liaison_id: UUID, *, by: Hat, now: datetime) -> Liaison:
    """End a liaison.

    :raises Unknown: if this hat keeps no such grid
    :raises OutOfTurn: if it ended
    """
    row = _ended(Liaison.objects.all(), liaison_id, by=by, now=now)
    record("grid.end_liaison", row.grid, by=by.actor, at=now, facts={"liaison": row.kind})
    return row


def _ended(rows: "models.QuerySet[Row]", key: UUID, *, by: Hat, now: datetime) -> Row:
    """Write today as the last day of a row of a grid that the hat keeps, and return it."""
    kept = Grid.objects.kept_by(by)
    row: Any = rows.select_for_update(of=("self",)).select_related("grid").filter(pk=key).first()
    if row is None or not kept.filter(pk=row.grid_id).exists():
        raise Unknown(_("There is no such line."))
    if row.until is not None:
        raise OutOfTurn(_("This ended already."))
    row.until = max(timezone.localdate(now), row.since)
    row.save(update_fields=["until"])
    ended: Row = row
    return ended


def _refuse_impossible(grid: Grid, facts: StaffFacts, *, today: date) -> None:
    faults: dict[str, str] = {}
    if not facts.name.strip():
        faults["name"] = _("Fill this in.")
    if not grid.level <= facts.level <= len(grid.scheme.levels):
        faults["level"] = _("This grid has no such level.")
    if facts.since > today + timedelta(days=1):
        faults["since"] = _("It begins tomorrow at the latest.")
    same = GridStaff.objects.filter(
        grid=grid, part=facts.part, name=facts.name.strip(), patch=facts.patch.strip()
    )
    if same.exclude(until__lt=facts.since).exists():
        faults["name"] = _("He stands there already.")
    if facts.post_id is not None:
        held = Post.objects.held_on(today).filter(
            pk=facts.post_id, organ__in=Organ.objects.of_today(grid.organ)
        )
        if not held.exists():
            faults["post"] = _("Choose a post of this organ that somebody holds today.")
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)
