"""The seven traps that were found in the code of others (indicators §3)."""

from datetime import date

import pytest

from indicators.figures import Asked, percent, volume
from indicators.measures import MEASURES, Code, Part
from indicators.periods import Period
from indicators.universe import UNIVERSES, Universe
from tests.given import a_place
from tests.indicators.given import LATER, THIS_YEAR, a_directors, done, figure, moment, registering, routing
from tests.indicators.random_world import TOWNSHIPS, Deed, Do

pytestmark = pytest.mark.django_db


def test_trap_1_who_was_registered_in_december_belongs_to_january_by_the_day_it_was_due():
    done(registering(moment(12, 20, year=2025)), routing(moment(12, 22, year=2025)))

    december = figure(Code.I01, since=date(2025, 12, 1), until=date(2026, 1, 1))
    january = figure(Code.I01, since=date(2026, 1, 1), until=date(2026, 2, 1))

    assert (december.of, january.of, january.counted) == (0, 1, 1)


def test_trap_2_what_was_due_and_is_still_open_stands_in_the_denominator():
    answered = [registering(moment(1, 5), 0), routing(moment(1, 6), 0), Deed(moment(1, 7), Do.DECIDE, 0)]
    answered += [Deed(moment(2, 1), Do.REPLY, 0), Deed(moment(2, 2), Do.FINISH, 0)]
    open_still = [registering(moment(1, 5), 1), routing(moment(1, 6), 1), Deed(moment(1, 7), Do.DECIDE, 1)]
    done(*answered, *open_still)

    before = figure(Code.I03, since=date(2026, 3, 1), until=date(2026, 4, 1), now=moment(3, 5))
    after = figure(Code.I03, since=date(2026, 3, 1), until=date(2026, 4, 1))

    assert (before.counted, before.of, before.parts[Part.NOT_YET_DUE]) == (1, 2, 1)
    assert (after.counted, after.of, after.parts[Part.OVERDUE]) == (1, 2, 1)


@pytest.mark.parametrize(
    ("given_a_way", "late", "late_by_law"),
    [
        (moment(1, 20, 10), 0, 0),
        (moment(1, 20, 10, 0, 1), 1, 0),
        (moment(1, 20, 23, 59, 59), 1, 0),
        (moment(1, 21, 0), 1, 1),
    ],
    ids=["to the second", "a second later", "the last second of the day", "the day is over"],
)
def test_trap_3_the_superiors_count_keeps_the_time_of_day_and_the_laws_day_ends_at_midnight(
    given_a_way, late, late_by_law
):
    done(registering(moment(1, 5, 10)), routing(given_a_way))

    found = figure(Code.I01, since=date(2026, 1, 1), until=date(2026, 2, 1))

    assert (found.parts[Part.LATE], found.parts[Part.LATE_BY_LAW]) == (late, late_by_law)
    assert found.parts[Part.IN_TIME] == 1 - late


def test_trap_4_silence_is_no_figure_of_satisfaction():
    deeds = [registering(moment(1, 5)), routing(moment(1, 6)), Deed(moment(1, 7), Do.DECIDE, 0)]
    done(*deeds, Deed(moment(1, 20), Do.REPLY, 0))

    found = {code: figure(code, since=THIS_YEAR.since, until=THIS_YEAR.until) for code in MEASURES}

    assert (found[Code.I05].counted, found[Code.I05].rate) == (0, None)
    assert (found[Code.I04].counted, found[Code.I04].base, found[Code.I04].parts[Part.SILENT]) == (0, 1, 1)
    assert found[Code.I06].rate == 0


def test_trap_5_a_period_begins_with_its_first_moment_and_ends_before_the_next_ones():
    done(registering(moment(2, 1, 0)), registering(moment(1, 31, 23, 59, 59), 1))
    january, february = Period(date(2026, 1, 1), date(2026, 2, 1)), Period(date(2026, 2, 1), date(2026, 3, 1))

    assert volume(Asked(january), a_directors()).batches == 1
    assert volume(Asked(february), a_directors()).batches == 1
    assert volume(Asked(Period(january.since, february.until)), a_directors()).batches == 2


def test_trap_6_of_nothing_there_is_neither_none_nor_all_but_a_dash():
    found = figure(Code.I01, since=date(2026, 1, 1), until=date(2026, 2, 1))

    assert (found.of, found.rate, percent(found.rate)) == (0, None, "—")


def test_trap_7_what_was_attributed_elsewhere_later_stays_where_it_was_known_to_be():
    elsewhere = {
        "township": TOWNSHIPS[1],
        "channel": "letter",
        "count": 1,
        "suggestion": False,
        "category": 0,
    }
    done(registering(moment(1, 5)), Deed(moment(2, 10), Do.CORRECT, 0, elsewhere))
    here = a_place(TOWNSHIPS[0]).path
    there = a_place(TOWNSHIPS[1]).path

    def counted(place: str, as_of: date | None) -> int:
        return volume(Asked(THIS_YEAR, place_path=place, as_of=as_of), a_directors()).batches

    assert [counted(here, date(2026, 2, 9)), counted(there, date(2026, 2, 9))] == [1, 0]
    assert [counted(here, date(2026, 2, 10)), counted(there, date(2026, 2, 10))] == [0, 1]
    assert [counted(here, None), counted(there, None)] == [0, 1]


def test_trap_7_every_figure_names_the_version_of_what_it_counts():
    assert set(UNIVERSES) == set(Universe)
    done(registering(moment(1, 5)), registering(moment(1, 6), 1, litigation=True))

    one, two = (volume(Asked(THIS_YEAR, universe), a_directors()) for universe in Universe)

    assert (one.batches, two.batches) == (2, 1)


def test_persons_are_counted_by_the_petition_and_rates_by_petitions():
    done(
        registering(moment(1, 5), count=7),
        registering(moment(1, 6), 1),
        registering(moment(1, 7), 2, count=10_000),
    )

    found = volume(Asked(THIS_YEAR), a_directors())

    assert (found.batches, found.persons) == (2, 8)
    assert figure(Code.I13, since=THIS_YEAR.since, until=THIS_YEAR.until, now=LATER).of == 2
