"""Grids go with the division they lie in (Q29)."""

import pytest
from django.utils import timezone

from places.actions import replace
from places.models import Place
from tests.given import MONDAY, a_hat
from tests.grids.given import HERE, NEXT_DOOR, a_clerk, a_community, a_grid

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def test_q29_a_grid_lies_where_its_division_is_carried_on():
    grid, other = a_grid(), a_grid("LH01", by=a_clerk(a_community("LHSQ", NEXT_DOOR)))
    old = Place.objects.get(code=HERE)

    (new,) = replace(
        [old.pk],
        successors=[("141102001998", "永宁新社区居委会")],
        since=timezone.localdate(MONDAY),
        basis="吕政函〔2026〕1号",
        by=a_hat().actor,
        now=MONDAY,
    )

    grid.refresh_from_db()
    assert grid.place_path == new.path != old.path
    path = other.place_path
    other.refresh_from_db()
    assert other.place_path == path
