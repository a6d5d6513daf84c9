"""Divisions that are renamed, merged, split, closed or added (Q29)."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from audit.models import Entry
from lib.errors import OutOfTurn, Refused, Unknown
from places import actions
from places.models import Level, Place, PlaceSuccession
from tests.places.given import CLERK, NOW, a_county, a_place, a_township, path_of

pytestmark = pytest.mark.django_db

FIRST = date(2026, 3, 1)
LAST = date(2026, 2, 28)


def replace(*old: Place, successors: list[tuple[str, str]], since: date = FIRST) -> list[Place]:
    ids = [place.pk for place in old]
    return actions.replace(
        ids, successors=successors, since=since, basis="政发〔2026〕1号", by=CLERK, now=NOW
    )


def test_a_renamed_township_keeps_its_code_and_its_villages_and_the_old_name_stays() -> None:
    old = a_township()

    (new,) = replace(old, successors=[("990101100", "东新镇")])

    old.refresh_from_db()
    assert (old.name, old.valid_to) == ("东镇", LAST)
    assert (new.name, new.code, new.path, new.valid_from) == ("东新镇", old.code, old.path, FIRST)
    assert Place.objects.current().filter(parent=new).count() == 2
    assert Place.objects.valid_on(LAST).get(code="990101100") == old
    assert Place.objects.valid_on(FIRST).get(code="990101100") == new
    assert PlaceSuccession.objects.get(predecessor=old).successor == new


def test_merged_townships_pass_their_villages_on_under_the_new_path() -> None:
    county = a_county()
    east, west = a_township(county=county), a_township("990101200", "西乡", county)

    (new,) = replace(east, west, successors=[("990101300", "东西镇")])

    assert Place.objects.current().filter(parent=new).count() == 4
    assert path_of("990101200002") == "99/9901/990101/990101300/990101200002/"
    assert set(PlaceSuccession.objects.filter(successor=new).values_list("predecessor", flat=True)) == {
        east.pk,
        west.pk,
    }


def test_a_township_merged_into_one_that_stays_leaves_that_one_as_it_was() -> None:
    county = a_county()
    east, west = a_township(county=county), a_township("990101200", "西乡", county)

    (kept,) = replace(west, successors=[("990101100", "东镇")])

    east.refresh_from_db()
    assert kept == east
    assert (east.valid_to, east.valid_from) == (None, date(2004, 1, 1))
    assert Place.objects.current().filter(parent=east).count() == 4


def test_the_one_that_stays_may_be_named_among_the_merged() -> None:
    county = a_county()
    east, west = a_township(county=county), a_township("990101200", "西乡", county)

    replace(east, west, successors=[("990101100", "东镇")])

    east.refresh_from_db()
    west.refresh_from_db()
    assert (east.valid_to, west.valid_to) == (None, LAST)
    assert not PlaceSuccession.objects.filter(predecessor=east).exists()


def test_a_deeper_path_moves_along_and_a_neighbour_does_not() -> None:
    county = a_county()
    other = a_place("990102", "邻县", county.parent)
    a_township(county=county)
    a_township("990102100", "邻镇", other)

    replace(county, successors=[("990103", "新区")])

    assert path_of("990101100001") == "99/9901/990103/990101100/990101100001/"
    assert path_of("990102100001") == "99/9901/990102/990102100/990102100001/"


def test_a_village_is_split_in_two() -> None:
    a_township()
    village = Place.objects.get(code="990101100001")

    new = replace(
        village, successors=[("990101100011", "东一社区居委会"), ("990101100012", "东二社区居委会")]
    )

    assert [place.short_name for place in new] == ["东一社区", "东二社区"]
    assert [place.pinyin_initials for place in new] == ["dysq", "desq"]
    assert village.successions.count() == 2


def test_a_closed_village_ends_without_a_successor() -> None:
    a_township()
    village = Place.objects.get(code="990101100001")

    replace(village, successors=[])

    village.refresh_from_db()
    assert village.valid_to == LAST
    assert Entry.objects.about(village).get().verb == "place.close"


def test_the_audit_tells_who_replaced_what_and_on_which_ground() -> None:
    old = a_township()

    replace(old, successors=[("990101100", "东新镇")])

    entry = Entry.objects.about(old).get()
    assert (entry.verb, entry.actor_words, entry.at) == ("place.replace", CLERK.words, NOW)
    assert entry.facts == {
        "code": "990101100",
        "successors": ["990101100"],
        "since": "2026-03-01",
        "basis": "政发〔2026〕1号",
        "moved": {"organs": 0, "grids": 0, "petitions": 0},
    }


@pytest.mark.parametrize(
    ("successors", "since"),
    [
        pytest.param([("990101100", "东镇")], FIRST, id="nothing would change"),
        pytest.param([], FIRST, id="villages would stand without a township"),
        pytest.param([("990101101", "一镇"), ("990101102", "二镇")], FIRST, id="whose are the villages"),
        pytest.param([("990102100", "东新镇")], FIRST, id="a code of another county"),
        pytest.param([("99010110", "东新镇")], FIRST, id="a code too short"),
        pytest.param([("990101200", "东新镇")], FIRST, id="a code that is taken"),
        pytest.param([("990101100", "东新镇")], date(2026, 3, 3), id="a day that has not come"),
        pytest.param([("990101100", "东新镇")], date(2004, 1, 1), id="before it began"),
    ],
)
def test_a_change_that_does_not_fit_is_refused_and_changes_nothing(
    successors: list[tuple[str, str]], since: date
) -> None:
    county = a_county()
    old = a_township(county=county)
    a_place("990101200", "西乡", county)
    before = list(Place.objects.order_by("pk").values())

    with pytest.raises(Refused):
        replace(old, successors=successors, since=since)

    assert list(Place.objects.order_by("pk").values()) == before
    assert not Entry.objects.about(old).exists()


def test_a_division_that_has_ended_is_not_replaced_again() -> None:
    old = a_township()
    replace(old, successors=[("990101100", "东新镇")])

    with pytest.raises(OutOfTurn):
        replace(old, successors=[("990101100", "东更新镇")])

    assert PlaceSuccession.objects.filter(predecessor=old).count() == 1


def test_divisions_of_two_counties_are_not_merged() -> None:
    county = a_county()
    east = a_township(county=county)
    far = a_township("990102100", "邻镇", a_place("990102", "邻县", county.parent))

    with pytest.raises(Refused):
        replace(east, far, successors=[("990101300", "东西镇")])

    assert Place.objects.current().filter(pk__in=[east.pk, far.pk]).count() == 2


def test_an_unknown_division_is_not_replaced() -> None:
    with pytest.raises(Unknown):
        actions.replace([0], successors=[], since=FIRST, basis="", by=CLERK, now=NOW)

    assert not PlaceSuccession.objects.exists()


def test_a_village_is_added_and_can_be_found_by_its_letters() -> None:
    township = a_township()

    village = actions.add(
        parent_id=township.pk, code="990101100009", name="新苑社区居委会", since=FIRST, by=CLERK, now=NOW
    )

    village.refresh_from_db()
    assert (village.level, village.short_name, village.pinyin_initials) == (Level.VILLAGE, "新苑社区", "xysq")
    assert village.path == f"{township.path}990101100009/"
    assert Entry.objects.about(village).get().facts == {"code": "990101100009", "since": "2026-03-01"}


def test_nothing_is_added_below_a_village() -> None:
    a_township()
    village = Place.objects.get(code="990101100001")

    with pytest.raises(Refused):
        actions.add(parent_id=village.pk, code="990101100001001", name="组", since=FIRST, by=CLERK, now=NOW)

    assert not Place.objects.filter(parent=village).exists()


def test_the_database_lets_no_two_existing_divisions_share_a_code() -> None:
    county = a_county()
    a_place("990101100", "东镇", county)

    with pytest.raises(IntegrityError), transaction.atomic():
        a_place("990101100", "另一镇", county)
