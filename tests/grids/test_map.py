"""The map of grids: boundaries taken in whole or not at all, counts as the ledger has them, places added by hand."""

import json
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InternalError, transaction
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from audit.models import Entry
from grids.actions import handing_over, handling
from grids.actions.boundaries import FaultyBoundaries, upload_boundaries
from grids.actions.hierarchy import close_grid
from grids.actions.reporting import report_cadre
from grids.filing import Location, NewEvent
from grids.map_pages import grids_on_map
from grids.map_states import CoordinateSystem
from grids.models import BoundarySheet, EventLocation, GridBoundary
from lib.errors import NotAllowed, Refused
from tests.cases.browsers import signed_in
from tests.cases.test_api import a_program, post
from tests.given import MONDAY, a_hat, an_organ
from tests.grids.given import (
    NEXT_DOOR,
    a_clerk,
    a_community,
    a_grid,
    a_type,
    a_worker,
    an_event,
    the_street,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]

WGS84 = CoordinateSystem.WGS84
HERE_IT_IS = Location(north=Decimal("37.52510"), east=Decimal("111.14420"), metres=8)


def square(east=111.144, north=37.525, side=0.002):
    """Return the ring of a square."""
    return [
        [east, north],
        [east + side, north],
        [east + side, north + side],
        [east, north + side],
        [east, north],
    ]


def feature(code="YN01", *rings, kind="Polygon", **more):
    """Return a feature with a square, or with the rings given."""
    coordinates = list(rings) or [square()]
    geometry = {"type": kind, "coordinates": [coordinates] if kind == "MultiPolygon" else coordinates}
    return {"type": "Feature", "properties": {"code": code}, "geometry": geometry, **more}


def a_file(*features, **more):
    """Return a GeoJSON file."""
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more}).encode()


def upload(by, *features, system=WGS84, **more):
    return upload_boundaries(a_file(*features, **more), system=system, by=by, now=MONDAY)


def test_boundaries_are_taken_in_by_the_codes_of_grids_and_a_later_file_states_them_anew():
    clerk = a_clerk()
    one, two = a_grid("YN01", by=clerk), a_grid("YN02", by=clerk)

    first = upload(clerk, feature("yn01"), feature("YN02", square(111.15), square(111.1505, 37.5255, 0.0005)))
    assert (first.version, first.system, first.entered_by) == (1, WGS84, clerk.post)
    assert GridBoundary.objects.get(grid=two).polygons[0][0][0] == [111.15, 37.525]

    hill = feature("YN01", square(111.2), kind="MultiPolygon")
    second = upload(clerk, hill, system=CoordinateSystem.CGCS2000)
    assert second.version == 2
    standing = GridBoundary.objects.filter(ended_at=None)
    assert {(row.grid, row.sheet) for row in standing} == {(one, second), (two, first)}
    assert [entry.facts["count"] for entry in Entry.objects.filter(verb="boundaries.upload")] == [2, 1]
    with pytest.raises(InternalError), transaction.atomic():
        GridBoundary.objects.update(polygons=[])


BOW_TIE = [[111.1, 37.5], [111.2, 37.6], [111.2, 37.5], [111.1, 37.6], [111.1, 37.5]]
SPIKE = [[111.1, 37.5], [111.3, 37.5], [111.2, 37.5], [111.2, 37.6], [111.1, 37.5]]
TOUCHES = [[111.1, 37.5], [111.3, 37.5], [111.3, 37.6], [111.2, 37.5], [111.1, 37.6], [111.1, 37.5]]
SWAPPED = [[north, east] for east, north in square()]
METRES = [[east * 100_000, north * 100_000] for east, north in square()]


@pytest.mark.parametrize(
    "faulty",
    [
        pytest.param(feature("YN02", BOW_TIE), id="crosses itself"),
        pytest.param(feature("YN02", SPIKE), id="folds back"),
        pytest.param(feature("YN02", TOUCHES), id="touches itself"),
        pytest.param(feature("YN02", square()[:-1]), id="not closed"),
        pytest.param(feature("YN02", [square()[0]] * 5), id="a point"),
        pytest.param(feature("YN02", square(), square(111.3)), id="a hole outside"),
        pytest.param(feature("YN02", square(), square(side=0.003)), id="a hole that crosses"),
        pytest.param(feature("YN02", SWAPPED), id="north before east"),
        pytest.param(feature("YN02", METRES), id="projected metres"),
        pytest.param(feature("YN02", [["111", "37"]] * 4), id="no numbers"),
        pytest.param(feature("YN02", [[True, 37.5]] * 4), id="a truth is no number"),
        pytest.param(feature("YN02", [[10**400, 37.5]] * 4), id="beyond all numbers"),
        pytest.param({**feature("YN02"), "geometry": None}, id="no geometry"),
        pytest.param(
            {**feature("YN02"), "geometry": {"type": "Point", "coordinates": [1, 2]}}, id="a point only"
        ),
        pytest.param({**feature("YN02"), "properties": {}}, id="no code"),
        pytest.param(feature("YN01"), id="a code twice"),
        pytest.param(feature("LH01"), id="a neighbour's grid"),
        pytest.param(feature("YN04"), id="a closed grid"),
        pytest.param("nothing", id="no feature"),
    ],
)
def test_one_boundary_that_cannot_be_and_nothing_of_the_file_is_taken(faulty):
    clerk = a_clerk()
    for code in ("YN01", "YN02"):
        a_grid(code, by=clerk)
    close_grid(a_grid("YN04", by=clerk).pk, reason="并入", by=clerk, now=MONDAY)
    a_grid("LH01", by=a_clerk(a_community("LHSQ", NEXT_DOOR)))

    with pytest.raises(FaultyBoundaries) as refused:
        upload(clerk, feature("YN01"), faulty)
    (fault,) = refused.value.faults
    assert fault.number == 2
    assert not BoundarySheet.objects.exists() and not GridBoundary.objects.exists()
    assert not Entry.objects.filter(verb="boundaries.upload").exists()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"code,east,north", id="a list"),
        pytest.param(b"[" * 100_000, id="deeper than can be read"),
        pytest.param(b'{"type": "FeatureCollection", "features": [NaN]}', id="not a number"),
        pytest.param(a_file(), id="empty"),
        pytest.param(json.dumps(feature()).encode(), id="a feature alone"),
        pytest.param(
            a_file(feature(), crs={"properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}), id="says CGCS2000"
        ),
        pytest.param(a_file(feature(), crs={"properties": {"name": "EPSG:3857"}}), id="says metres"),
    ],
)
def test_what_is_no_collection_in_the_stated_system_is_refused(content):
    clerk = a_clerk()
    a_grid("YN01", by=clerk)

    with pytest.raises(Refused):
        upload_boundaries(content, system=WGS84, by=clerk, now=MONDAY)
    assert not BoundarySheet.objects.exists()

    upload(clerk, feature(), crs={"properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}})
    assert BoundarySheet.objects.count() == 1


def test_a_shifted_system_is_refused_and_so_is_who_keeps_no_grids():
    clerk = a_clerk()
    grid = a_grid("YN01", by=clerk)

    for shifted in (CoordinateSystem.GCJ02, CoordinateSystem.BD09):
        with pytest.raises(Refused):
            upload(clerk, feature(), system=shifted)
    for stranger in (a_worker(grid, by=clerk), a_hat(Role.CASE_OFFICER, organ=an_organ("ZJ"))):
        with pytest.raises(NotAllowed):
            upload(stranger, feature())
    assert not BoundarySheet.objects.exists()

    upload(a_clerk(the_street()), feature())
    assert GridBoundary.objects.get().grid == grid


def test_the_page_lists_every_fault_and_takes_nothing():
    clerk = a_clerk()
    a_grid("YN01", by=clerk)
    page, address = signed_in(clerk), reverse("grids:on_map", args=[clerk.organ.pk, "upload-boundaries"])

    def sends(*features, system="wgs84"):
        file = SimpleUploadedFile("grids.geojson", a_file(*features))
        return page.post(address, {"system": system, "file": file})

    refused = sends(feature("YN01", BOW_TIE), feature("YN09"))
    assert refused.status_code == 422
    said = refused.context["offers"][0].form.errors["file"]
    assert [code in line for code, line in zip(("", "YN01", "YN09"), said, strict=True)] == [True] * 3
    assert sends(feature(), system="gcj02").status_code == 422
    assert not BoundarySheet.objects.exists()

    assert sends(feature()).status_code == 302
    assert "grid-map" in page.open("grids:map").content.decode()
    neighbour = signed_in(a_clerk(a_community("LHSQ", NEXT_DOOR)))
    assert neighbour.post(address, {"system": "wgs84"}).status_code == 404
    assert "YN01" not in neighbour.open("grids:map").content.decode()


def test_a_program_uploads_and_reads_what_the_page_shows():
    clerk = a_clerk()
    grid = a_grid("YN01", by=clerk)
    an_event(grid, clerk)
    program = a_program(clerk)
    file = SimpleUploadedFile("grids.geojson", a_file(feature()))

    sent = program.post(
        f"/api/v1/grid-keepers/{clerk.organ.pk}/upload-boundaries/", {"system": "wgs84", "file": file}
    )
    assert sent.status_code == 200
    (row,) = program.get("/api/v1/grid-map/").json()
    assert (row["code"], row["open"], row["late"], row["system"]) == ("YN01", 1, 0, "wgs84")
    assert a_program(a_clerk(a_community("LHSQ", NEXT_DOOR))).get("/api/v1/grid-map/").json() == []


def test_each_grid_counts_what_its_ledger_lists_for_the_same_hat():
    clerk = a_clerk()
    above = a_grid("YN01", by=clerk)
    below = a_grid("YN011", by=clerk, parent=above, name="片区")
    other = a_grid("YN02", by=clerk)
    worker = a_worker(below, by=clerk, level=2)
    neighbour = a_clerk(a_community("LHSQ", NEXT_DOOR))
    an_event(a_grid("LH01", by=neighbour), neighbour)
    for grid in (above, below, below, other):
        an_event(grid, clerk)
    over = an_event(below, clerk)
    handling.return_event(over.pk, reason="不属本社区", version=1, by=clerk, now=MONDAY)
    named = NewEvent(type_id=a_type().pk, title="反映干部", text="某干部", grid_id=below.pk)
    report_cadre(uuid4(), named, by=clerk, now=MONDAY)

    def counted(hat):
        return {row.grid.code: row.open for row in grids_on_map(hat, now=MONDAY)}

    assert counted(clerk) == {"YN01": 3, "YN011": 2, "YN02": 1}
    assert counted(worker) == {"YN011": 2}
    assert counted(neighbour) == {"LH01": 1}
    assert counted(a_clerk(the_street())) == {"LH01": 1, "YN01": 3, "YN011": 2, "YN02": 1}
    for hat in (clerk, worker, neighbour):
        for row in grids_on_map(hat, now=MONDAY):
            listed = signed_in(hat).get(row.url).context["rows"]
            assert len(listed) == row.open, (hat, row)


def test_where_an_event_is_stands_on_the_map_if_whoever_saw_it_added_it():
    clerk = a_clerk()
    grid = a_grid("YN01", by=clerk)
    worker = a_worker(grid, by=clerk)
    event = an_event(grid, worker, location=HERE_IT_IS, keep=False)
    an_event(grid, worker)

    def points(hat):
        return signed_in(hat).open("grids:map").context["map"]["points"]

    assert [point["url"] for point in points(worker)] == [reverse("grids:event", args=[event.pk])]
    assert len(points(clerk)) == 1
    assert points(a_clerk(a_community("LHSQ", NEXT_DOOR))) == []
    assert signed_in(clerk).open("grids:event", event.pk).context["location"].metres == 8
    with pytest.raises(InternalError), transaction.atomic():
        EventLocation.objects.update(metres=1)

    # once it is the petition office's, the ground reads its state alone
    handing_over.hand_over_event(event.pk, wished=True, version=event.version, by=clerk, now=MONDAY)
    assert points(worker) == []


def test_the_map_asks_for_as_much_with_many_grids_as_with_one(django_assert_max_num_queries):
    clerk = a_clerk()
    for number in range(8):
        an_event(a_grid(f"YN{number}", by=clerk), clerk, location=HERE_IT_IS)
    upload(clerk, *(feature(f"YN{number}", square(111.1 + number / 100)) for number in range(8)))

    with django_assert_max_num_queries(3):
        assert len(grids_on_map(clerk, now=MONDAY)) == 8


def test_nobody_without_a_post_reads_the_map():
    assert Client().get(reverse("grids:map")).status_code == 302
    assert Client().get("/api/v1/grid-map/").status_code == 401


def test_a_place_comes_whole_and_within_the_country_or_not_at_all():
    clerk = a_clerk()
    grid = a_grid("YN01", by=clerk)
    typed = {
        "event_id": str(uuid4()), "grid": str(grid.pk), "type": a_type().pk, "origin": "worker",
        "names_cadre": "no", "title": "井盖松动", "text": "院门口井盖松动。",
    }  # fmt: skip
    program = a_program(clerk)

    assert post(program, "/api/v1/grid-events/report/", {**typed, "north": "37.525"}).status_code == 201
    assert not EventLocation.objects.exists()
    beyond = {"north": "137.5", "east": "111.1", "metres": 5}
    assert (
        post(
            program, "/api/v1/grid-events/report/", {**typed, "event_id": str(uuid4()), **beyond}
        ).status_code
        == 400
    )
    whole = {"north": "37.52500", "east": "111.14400", "metres": 5}
    assert (
        post(program, "/api/v1/grid-events/report/", {**typed, "event_id": str(uuid4()), **whole}).status_code
        == 201
    )
    assert EventLocation.objects.get().north == Decimal("37.52500")
