"""Taking in where grids lie, as the office's file states it: the whole file, or nothing of it."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.hats import Hat
from accounts.models import Organ
from audit.parts import record
from grids import permissions as may
from grids.boundaries import Boundary, Fault, read_boundaries
from grids.map_states import TAKEN_IN, CoordinateSystem
from grids.models import BoundarySheet, Grid, GridBoundary
from lib.errors import NotAllowed, Refused


class FaultyBoundaries(Refused):
    """Some boundaries of a file cannot be taken, so none is; `faults` says of each why."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        words = ngettext(
            "%(number)d boundary cannot be taken, so nothing was taken.",
            "%(number)d boundaries cannot be taken, so nothing was taken.",
            len(faults),
        ) % {"number": len(faults)}
        super().__init__(words, fields={"file": "\n".join(map(str, faults))})
        self.faults = faults


@transaction.atomic(durable=True)
def upload_boundaries(content: bytes, *, system: CoordinateSystem, by: Hat, now: datetime) -> BoundarySheet:
    """Take in the boundaries of a GeoJSON file, each for the grid whose code it bears, in place of the one before.

    :raises NotAllowed: if this hat keeps no grids
    :raises Refused: if the file is in a system that is not taken, or is no collection of features
    :raises FaultyBoundaries: if one of them bounds nothing or belongs to no standing grid this hat keeps
    """
    if not may.may_keep(by):
        raise NotAllowed(_("Your post does not keep grids."))
    if system not in TAKEN_IN:
        words = _("It is shifted by hundreds of metres. Have it given out in WGS 84 or CGCS2000.")
        raise Refused(words, fields={"system": words})
    Organ.objects.select_for_update(no_key=True).get(pk=by.organ.pk)
    read = read_boundaries(content, system)
    codes = [one.code for one in read]
    kept = Grid.objects.kept_by(by).standing().select_for_update(of=("self",), no_key=True)
    grids = {grid.code: grid for grid in kept.filter(code__in=codes).order_by("pk")}
    faults = [fault for number, one in enumerate(read, start=1) if (fault := _fault_of(number, one, grids))]
    if faults:
        raise FaultyBoundaries(faults)
    latest = BoundarySheet.objects.filter(organ=by.organ).aggregate(latest=Max("version"))["latest"]
    sheet = BoundarySheet.objects.create(
        organ=by.organ,
        version=(latest or 0) + 1,
        system=system,
        sha256=hashlib.sha256(content).hexdigest(),
        entered_at=now,
        entered_by=by.post,
    )
    GridBoundary.objects.filter(grid__in=grids.values(), ended_at=None).update(ended_at=now)
    GridBoundary.objects.bulk_create(
        GridBoundary(sheet=sheet, grid=grids[one.code], polygons=one.polygons)
        for one in read
        if isinstance(one, Boundary)
    )
    record("boundaries.upload", sheet, by=by.actor, at=now, facts={"count": len(read), "system": system})
    return sheet


def _fault_of(number: int, one: Boundary | Fault, grids: dict[str, Grid]) -> Fault | None:
    if isinstance(one, Fault):
        return one
    if one.code not in grids:
        return Fault(number, one.code, _("No standing grid of yours has this code."))
    return None
