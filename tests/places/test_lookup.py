"""Finding a division from what somebody typed."""

from typing import Any

import pytest

from places.lookup import How, county_of, find
from places.models import Place
from places.names import stem
from tests.places.given import LONG_AGO, a_county, a_place

pytestmark = pytest.mark.django_db

LISHI = "14/1411/141102/"


def suggested(text: str, within: str = LISHI) -> list[tuple[str, How]]:
    return [(found.place.short_name, found.how) for found in find(text, within)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("东关社区", ("东关社区", How.EXACT)),
        ("东关社区居委会", ("东关社区", How.EXACT)),
        (" 东关 社区 ", ("东关社区", How.EXACT)),
        ("上楼桥村村委会", ("上楼桥村", How.EXACT)),
        ("东关居委会", ("东关社区", How.OTHER_KIND)),
        ("界峁村", ("界峁社区", How.OTHER_KIND)),
        ("离石", ("离石区", How.OTHER_KIND)),
        ("141102001001", ("东关社区", How.CODE)),
        ("141102001000", ("滨河街道", How.CODE)),
        ("141102000000", ("离石区", How.CODE)),
        ("dongguan", ("东关社区", How.PINYIN)),
        ("Dong Guan", ("东关社区", How.PINYIN)),
        ("dgsq", ("东关社区", How.PINYIN)),
        ("圪垯", ("圪垯上社区", How.PART)),
        ("guanshequ", ("东关社区", How.PART)),
        ("田家会街道界峁社区", ("界峁社区", How.NAMED)),
        ("界卯", ("界峁社区", How.ONE_CHARACTER)),
        ("界卯居委会", ("界峁社区", How.ONE_CHARACTER)),
        ("六一卷街", ("六一街社区", How.ONE_CHARACTER)),
        ("杨掌社区", ("杨家掌社区", How.ONE_CHARACTER)),
    ],
)
def test_the_first_suggestion_and_how_it_was_found(typed: str, first: tuple[str, How]) -> None:
    assert suggested(typed)[0] == first


def test_a_mistake_after_the_township_is_still_found() -> None:
    assert suggested("田家会街道界卯社区") == [("田家会街道", How.NAMED), ("界峁社区", How.ONE_CHARACTER)]


def test_two_divisions_of_one_name_are_both_suggested() -> None:
    places = {(found.place.short_name, found.place.parent.short_name) for found in find("李家沟", LISHI)}

    assert places == {("李家沟社区", "城北街道"), ("李家沟村", "吴城镇")}


@pytest.mark.parametrize("typed", ["", "   ", "!!", "天安门广场", "%", "_"])
def test_nothing_is_suggested_for(typed: str) -> None:
    assert suggested(typed) == []


def test_two_wrong_characters_are_not_guessed_at() -> None:
    assert suggested("借卯") == []


def test_only_divisions_inside_the_path_are_suggested() -> None:
    assert ("康城村", How.EXACT) not in suggested("康城村")
    assert suggested("康城村", "14/1411/141130/")[0] == ("康城村", How.EXACT)


def test_a_county_that_merely_begins_alike_is_outside() -> None:
    a_place("141102999", "假街道", Place.objects.get(code="141102"))
    Place.objects.filter(code="141102999").update(path="14/1411/1411029/141102999/")

    assert suggested("假街道") == []


def test_an_ended_division_is_not_suggested() -> None:
    place = a_place("990101100", "旧镇", a_county())
    Place.objects.filter(pk=place.pk).update(valid_to=LONG_AGO)

    assert suggested("旧镇", "99/") == []


def test_there_are_no_more_suggestions_than_asked_for() -> None:
    assert len(find("村", LISHI, limit=3)) == 3


@pytest.mark.parametrize("typed", ["界卯", "田家会街道界卯社区", "dg", "李家沟"])
def test_a_search_costs_two_queries_at_most(typed: str, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(2):
        for found in find(typed, LISHI):
            assert found.place.parent.parent is not None


@pytest.mark.parametrize(
    ("path", "county"),
    [
        ("14/1411/141102/141102001/141102001001/", "14/1411/141102/"),
        ("14/1411/141102/", "14/1411/141102/"),
        ("14/1411/", "14/1411/"),
    ],
)
def test_a_township_finds_the_places_of_its_county(path: str, county: str) -> None:
    assert county_of(path) == county


def test_a_single_character_keeps_its_kind() -> None:
    assert (stem("王村"), stem("王家沟村")) == ("王村", "王家沟")
