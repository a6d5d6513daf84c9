"""Levels and grids: entering, changing, posting for everybody, closing ([L08] Art 6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ
from audit.parts import record
from grids import permissions as may
from grids.models import Grid, GridScheme, GridStaff
from grids.models.grids import DEEPEST
from grids.parts import hold_grid, need
from grids.states import Band, Part
from lib.errors import NotAllowed, OutOfTurn, Refused
from lib.trees import child_path
from places.models import Place


@dataclass(frozen=True, kw_only=True)
class GridFacts:
    """What a grid is: what it covers, roughly how many live there, and where one may complain."""

    name: str
    place_code: str
    area: str
    band: Band
    complaint_phone: str = ""


@transaction.atomic(durable=True)
def enter_scheme(levels: Sequence[str], *, by: Hat, now: datetime) -> GridScheme:
    """Say how many levels the grids of the hat's organ have and what each is called, from the top.

    :raises NotAllowed: if this hat keeps no grids
    :raises OutOfTurn: if it is said already
    :raises Refused: without a level, with too many, or with a name twice
    """
    if not may.may_keep(by):
        raise NotAllowed(_("Your post does not keep grids."))
    names = [level.strip() for level in levels if level.strip()]
    if not 0 < len(names) <= DEEPEST or len(set(names)) != len(names):
        words = _("Between one level and seven, each with a name of its own.")
        raise Refused(words, fields={"levels": words})
    Organ.objects.select_for_update(no_key=True).get(pk=by.organ.pk)
    if GridScheme.objects.filter(organ=by.organ).exists():
        raise OutOfTurn(_("The levels of your grids are entered already."))
    row = GridScheme.objects.create(organ=by.organ, levels=names, entered_at=now, entered_by=by.post)
    record("grid_scheme.enter", row, by=by.actor, at=now, facts={"count": len(names)})
    return row


@transaction.atomic(durable=True)
def open_grid(code: str, facts: GridFacts, *, parent_id: UUID | None = None, by: Hat, now: datetime) -> Grid:
    """Open a grid on the first level of the organ's scheme, or one level below another grid.

    A township opens grids of its own; those of a community are opened by the community.

    :raises NotAllowed: if this hat keeps no grids
    :raises OutOfTurn: if no levels are entered, or the parent lies on the last one
    :raises Unknown: if there is no such grid above
    :raises Refused: if something is missing, a code or name is taken, or the place is none of the organ's
    """
    if not may.may_keep(by):
        raise NotAllowed(_("Your post does not keep grids."))
    parent = hold_grid(parent_id, by) if parent_id else None
    scheme = parent.scheme if parent else GridScheme.objects.filter(organ=by.organ).first()
    if scheme is None:
        raise OutOfTurn(_("Enter first how many levels your grids have."))
    level = parent.level + 1 if parent else 1
    if level > len(scheme.levels):
        raise OutOfTurn(_("There is no level below this grid."))
    code = code.strip().upper()
    if not code.isascii() or not code.isalnum() or Grid.objects.filter(code=code).exists():
        words = _("A code of letters and digits that no other grid has or had.")
        raise Refused(words, fields={"code": words})
    organ = parent.organ if parent else by.organ
    place = _checked(facts, organ)
    row = Grid.objects.create(
        scheme=scheme,
        organ=organ,
        level=level,
        parent=parent,
        code=code,
        path=child_path(parent.path if parent else "", code),
        name=facts.name.strip(),
        place=place,
        place_path=place.path,
        area=facts.area.strip(),
        band=facts.band,
        complaint_phone=facts.complaint_phone.strip(),
        opened_at=now,
        opened_by=by.post,
    )
    record("grid.open", row, by=by.actor, at=now, facts={"code": code, "place": place.code})
    return row


@transaction.atomic(durable=True)
def change_grid(grid_id: UUID, facts: GridFacts, *, by: Hat, now: datetime) -> Grid:
    """Change what a grid covers or where one may complain; what is posted is changed with it ([L08] Art 6).

    :raises Unknown: if this hat keeps no such grid
    :raises OutOfTurn: if it was closed
    :raises Refused: if something is missing, the name is taken, or a posted grid would lose its complaint telephone
    """
    row = hold_grid(grid_id, by)
    place = _checked(facts, row.organ, of=row)
    if row.posted_at is not None:
        need(facts.complaint_phone, "complaint_phone")
    row.name, row.area, row.band = facts.name.strip(), facts.area.strip(), facts.band
    row.place, row.place_path = place, place.path
    row.complaint_phone = facts.complaint_phone.strip()
    row.save(update_fields=["name", "area", "band", "place", "place_path", "complaint_phone"])
    record("grid.change", row, by=by.actor, at=now, facts={"code": row.code, "place": place.code})
    return row


@transaction.atomic(durable=True)
def post_grid(grid_id: UUID, *, by: Hat, now: datetime) -> Grid:
    """Post a grid for everybody: name, area, its worker's name and telephone, where one may complain ([L08] Art 6).

    :raises Unknown: if this hat keeps no such grid
    :raises OutOfTurn: if it was closed or is posted
    :raises Refused: if nobody with a work telephone stands for it, or it has no complaint telephone
    """
    row = hold_grid(grid_id, by)
    if row.posted_at is not None:
        raise OutOfTurn(_("This grid is posted already."))
    if not row.complaint_phone:
        raise Refused(_("Enter the complaint telephone first: it is posted with the grid."))
    reachable = GridStaff.objects.standing().filter(grid=row).exclude(phone="")
    if not reachable.filter(part=Part.WORKER).exists():
        raise Refused(_("Name a grid worker with a work telephone first."))
    row.posted_at, row.posted_by = now, by.post
    row.save(update_fields=["posted_at", "posted_by"])
    record("grid.post", row, by=by.actor, at=now, facts={"code": row.code})
    return row


@transaction.atomic(durable=True)
def close_grid(grid_id: UUID, *, reason: str, by: Hat, now: datetime) -> Grid:
    """Close a grid on which nothing stands any more; its code is never used again.

    :raises Unknown: if this hat keeps no such grid
    :raises OutOfTurn: if it was closed, grids lie below it or somebody stands for it
    :raises Refused: without a reason
    """
    row = hold_grid(grid_id, by)
    need(reason, "reason")
    if row.children.filter(ended_at=None).exists():
        raise OutOfTurn(_("Close the grids below it first."))
    if GridStaff.objects.standing().filter(grid=row).exists():
        raise OutOfTurn(_("Somebody still stands for it: end that first."))
    row.ended_at, row.end_reason = now, reason.strip()
    row.save(update_fields=["ended_at", "end_reason"])
    record("grid.close", row, by=by.actor, at=now, facts={"code": row.code})
    return row


def _checked(facts: GridFacts, organ: Organ, *, of: Grid | None = None) -> Place:
    """Return the place of a grid.

    :raises Refused: if something is missing, the name is taken, or the place is none of the organ's
    """
    faults: dict[str, str] = {}
    for name in ("name", "area"):
        if not getattr(facts, name).strip():
            faults[name] = _("Fill this in.")
    within = Place.objects.current().filter(path__startswith=organ.place.path)
    place = within.filter(code=facts.place_code.strip()).first()
    if place is None:
        faults["place"] = _("There is no such division in the place of your organ.")
    twins = Grid.objects.standing().filter(organ=organ, name=facts.name.strip())
    if of is not None:
        twins = twins.exclude(pk=of.pk)
    if twins.exists():
        faults["name"] = _("A grid of this name stands already.")
    if faults or place is None:
        raise Refused(next(iter(faults.values())), fields=faults)
    return place
