"""Boundaries of grids as a file states them (RFC 7946), judged one by one; a calculation, without a database."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grids.map_states import CoordinateSystem
from lib.errors import Refused, Words

_NO_COLLECTION = gettext_lazy("This is no GeoJSON file with a collection of features (RFC 7946).")

Position = tuple[float, float]
Ring = list[Position]
# each polygon is its outer ring and the holes in it
Polygons = list[list[Ring]]

_MOST_FEATURES = 500
_MOST_POSITIONS = 2000
# a tenth of a metre
_DECIMALS = 6
# more is no length on earth in any unit
_MOST = 10**12
# where the country lies: what is beyond is not in degrees, or has north before east
EASTS, NORTHS = (73.0, 136.0), (3.0, 54.0)
# how files from before RFC 7946 name the two systems that are kept
_NAMED = {"4326": CoordinateSystem.WGS84, "CRS84": CoordinateSystem.WGS84, "4490": CoordinateSystem.CGCS2000}


@dataclass(frozen=True)
class Boundary:
    """The boundary of the grid with this code, rounded to a tenth of a metre."""

    code: str
    polygons: Polygons


@dataclass(frozen=True)
class Fault:
    """What is wrong with the nth feature of a file; its code if it has one."""

    number: int
    code: str
    reason: str

    def __str__(self) -> str:
        if not self.code:
            return _("No. %(number)d: %(reason)s") % {"number": self.number, "reason": self.reason}
        facts = {"number": self.number, "code": self.code, "reason": self.reason}
        return _("No. %(number)d (%(code)s): %(reason)s") % facts


def read_boundaries(content: bytes, system: CoordinateSystem) -> list[Boundary | Fault]:
    """Return for each feature of a file, in its order, the boundary it states or what is wrong with it.

    :raises Refused: if the file is no collection of features, or says itself that it is in another system
    """
    collection = _collection(content)
    _refuse_other_system(collection, system)
    read: list[Boundary | Fault] = []
    for number, feature in enumerate(collection["features"], start=1):
        code = _code_of(feature)
        try:
            if not code:
                raise Refused(_("It has no property “code” with the code of its grid."))
            if any(isinstance(one, Boundary) and one.code == code for one in read):
                raise Refused(_("The code stands in the file twice."))
            read.append(Boundary(code, _polygons_of(feature.get("geometry"))))
        except Refused as fault:
            read.append(Fault(number, code, str(fault.message)))
    return read


def _collection(content: bytes) -> dict[str, Any]:
    try:
        said = json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError) as fault:
        raise _not_taken(_NO_COLLECTION) from fault
    if not isinstance(said, dict) or said.get("type") != "FeatureCollection":
        raise _not_taken(_NO_COLLECTION)
    features = said.get("features")
    if not isinstance(features, list):
        raise _not_taken(_NO_COLLECTION)
    if not 0 < len(features) <= _MOST_FEATURES:
        raise _not_taken(_("One boundary at least and %(most)d at most.") % {"most": _MOST_FEATURES})
    return said


def _no_number(_word: str) -> float:
    raise ValueError


def _refuse_other_system(collection: Mapping[str, Any], system: CoordinateSystem) -> None:
    """Refuse a file that names a system which is not the one the office stated; most name none."""
    if "crs" not in collection:
        return
    named = json.dumps(collection["crs"])
    if not any(known is system for name, known in _NAMED.items() if name in named):
        raise _not_taken(_("The file says itself that it is in another coordinate system."))


def _not_taken(words: Words) -> Refused:
    return Refused(words, fields={"file": words})


def _code_of(feature: Any) -> str:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    code = properties.get("code") if isinstance(properties, dict) else None
    return code.strip().upper()[:20] if isinstance(code, str) else ""


def _polygons_of(geometry: Any) -> Polygons:
    """Return the polygons of one feature.

    :raises Refused: if it has none, or they bound no ground
    """
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    said = geometry.get("coordinates") if kind in {"Polygon", "MultiPolygon"} else None
    if not isinstance(said, list) or not said:
        raise Refused(_("It is no polygon."))
    polygons = [_rings_of(one) for one in (said if kind == "MultiPolygon" else [said])]
    rings = [ring for polygon in polygons for ring in polygon]
    if sum(map(len, rings)) > _MOST_POSITIONS:
        raise Refused(_("More than %(most)d positions: simplify it.") % {"most": _MOST_POSITIONS})
    if any(abs(_area(ring)) < 10 ** -(2 * _DECIMALS) for ring in rings):
        raise Refused(_("It encloses no ground."))
    if _crosses(rings):
        raise Refused(_("Its line crosses or touches itself."))
    if any(not _lies_in(hole[0], polygon[0]) for polygon in polygons for hole in polygon[1:]):
        raise Refused(_("A hole lies outside of it."))
    return polygons


def _rings_of(said: Any) -> list[Ring]:
    if not isinstance(said, list) or not said:
        raise Refused(_("It is no polygon."))
    return [_ring_of(ring) for ring in said]


def _ring_of(said: Any) -> Ring:
    positions = [_position_of(one) for one in said] if isinstance(said, list) else []
    # what falls together after rounding is one position
    ring = [here for before, here in pairwise([None, *positions]) if here != before and here is not None]
    if len(ring) < 4 or ring[0] != ring[-1]:
        raise Refused(_("A line is not closed: at least four positions, the last one as the first."))
    return ring


def _position_of(said: Any) -> Position:
    numbers = said[:2] if isinstance(said, list) else []
    if len(numbers) < 2 or not all(type(one) in (int, float) and abs(one) < _MOST for one in numbers):
        raise Refused(_("A position is no pair of numbers."))
    east, north = (round(float(one), _DECIMALS) for one in numbers)
    if not (EASTS[0] <= east <= EASTS[1] and NORTHS[0] <= north <= NORTHS[1]):
        raise Refused(
            _("A position lies outside the country: degrees are taken, longitude first, no projected metres.")
        )
    return east, north


def _area(ring: Ring) -> float:
    """Return the area within a ring in square degrees, negative if it runs clockwise."""
    return (
        sum(
            east * next_north - next_east * north for (east, north), (next_east, next_north) in pairwise(ring)
        )
        / 2
    )


def _lies_in(position: Position, ring: Ring) -> bool:
    """Test if a position that is not on a ring lies within it, by how often a line to the east crosses the ring."""
    east, north = position
    inside = False
    for (east_a, north_a), (east_b, north_b) in pairwise(ring):
        if (north_a > north) != (north_b > north):
            inside ^= east < east_a + (north - north_a) / (north_b - north_a) * (east_b - east_a)
    return inside


Line = tuple[Position, Position]


def _crosses(rings: Sequence[Ring]) -> bool:
    """Test if any two lines of some rings meet, other than where one goes on from the other.

    Lines are taken from the west to the east, each beside those that have not ended west of it.
    """
    running: list[Line] = []
    for line in sorted((line for ring in rings for line in pairwise(ring)), key=min):
        running = [other for other in running if max(other)[0] >= min(line)[0]]
        if any(_meet(line, other) for other in running):
            return True
        running.append(line)
    return False


def _meet(one: Line, other: Line) -> bool:
    """Test if two lines have more in common than the end of one that is the beginning of the other."""
    shared = set(one) & set(other)
    if len(shared) == 1 and (one[1] == other[0] or other[1] == one[0]):
        (corner,) = shared
        return any(_on(end, other) for end in one if end != corner) or any(
            _on(end, one) for end in other if end != corner
        )
    if any(_on(end, other) for end in one) or any(_on(end, one) for end in other):
        return True
    return (_side(one, other[0]) > 0) != (_side(one, other[1]) > 0) and (_side(other, one[0]) > 0) != (
        _side(other, one[1]) > 0
    )


def _side(line: Line, position: Position) -> float:
    """Return on which side of a line a position lies: positive left of it, zero on it."""
    (east_a, north_a), (east_b, north_b) = line
    return (east_b - east_a) * (position[1] - north_a) - (north_b - north_a) * (position[0] - east_a)


def _on(position: Position, line: Line) -> bool:
    """Test if a position lies on a line."""
    within = all(
        min(line[0][axis], line[1][axis]) <= position[axis] <= max(line[0][axis], line[1][axis])
        for axis in (0, 1)
    )
    return within and math.isclose(_side(line, position), 0.0, abs_tol=1e-15)
