"""The crowd's figures: the sums that were printed, and what is left of them beside the petitions written down."""

from collections import Counter
from datetime import date

from config.demo.crowd_content import read_crowd
from config.demo.figures import MONTHS, Counted, slots

CONTENT = read_crowd()
THIS_YEAR, LAST_YEAR = CONTENT.years
AUTUMN = date(2026, 10, 12)


def _persons(planned):
    return sum(slot.persons for slot in planned)


def test_the_sums_are_those_that_were_printed():
    assert (sum(THIS_YEAR.petitions.values()), sum(THIS_YEAR.persons.values())) == (1823, 2580)
    assert (sum(LAST_YEAR.petitions.values()), sum(LAST_YEAR.persons.values())) == (2048, 3217)
    for year in CONTENT.years:
        assert sum(year.cells.values()) == sum(year.petitions.values())
    groups = Counter()
    for (_place, group), wanted in THIS_YEAR.cells.items():
        groups[group] += wanted
    assert sorted(groups.values()) == [115, 122, 139, 158, 219, 249, 310, 511]


def test_alone_the_crowd_is_all_of_them_by_month_place_and_group():
    planned = slots(THIS_YEAR, [], today=AUTUMN)

    assert (len(planned), _persons(planned)) == (1823, 2580)
    assert Counter(slot.month for slot in planned) == dict(THIS_YEAR.petitions)
    assert Counter((slot.place, slot.group) for slot in planned) == Counter(
        {cell: wanted for cell, wanted in THIS_YEAR.cells.items() if wanted}
    )
    assert len({slot.key for slot in planned}) == 1823


def test_what_others_count_is_taken_off_even_where_it_is_more_than_there_should_be():
    # more of one cell, and more persons in a month, than the figures have
    written_down = [Counted("141102202", "traffic", 9, 40) for _one in range(10)]

    planned = slots(THIS_YEAR, written_down, today=AUTUMN)

    assert (len(planned) + 10, _persons(planned) + 400) == (1823, 2580)
    assert not [slot for slot in planned if (slot.place, slot.group) == ("141102202", "traffic")]
    assert {slot.persons for slot in planned if slot.month == 9} == {1}


def test_of_a_year_that_goes_on_there_is_what_lies_before_today():
    planned = slots(THIS_YEAR, [], today=date(2026, 3, 11))

    # ten of 31 days of March
    assert Counter(slot.month for slot in planned) == {1: 176, 2: 142, 3: 231 * 10 // 31}
    assert slots(THIS_YEAR, [], today=date(2026, 1, 1)) == []


def test_a_smaller_world_has_its_share_of_each_month():
    planned = slots(LAST_YEAR, [], today=AUTUMN, percent=10)

    assert Counter(slot.month for slot in planned) == {
        month: LAST_YEAR.petitions[month] // 10 for month in MONTHS
    }
    assert {slot.year for slot in planned} == {2025}


def test_the_same_day_plans_the_same():
    assert slots(THIS_YEAR, [], today=AUTUMN) == slots(THIS_YEAR, [], today=AUTUMN)
