"""Rates of units: of what each led by itself, as known on the day; nothing of what is sealed."""

from dataclasses import replace
from datetime import date

import pytest

from cases.models import Claim, Handling
from indicators.figures import Asked
from indicators.measures import Code
from indicators.periods import Period
from indicators.units import Share, led_by_unit, rates_by_place, rates_by_unit
from leadership.states import Adopted, SlipKind
from tests.cases.handling.given import a_unit, at, received, registered
from tests.given import a_place
from tests.indicators.given import LATER, THIS_YEAR, done, moment, registering, routing
from tests.indicators.random_world import TOWNSHIPS, Deed, Do
from tests.leadership import lists
from tests.leadership.given import issued, replied

pytestmark = pytest.mark.django_db

YEAR = Asked(THIS_YEAR)


def by_unit(code, asked=YEAR):
    return rates_by_unit(code, asked, now=LATER)


def decided(petition, *, unit="housing", day=9):
    """Make a petition of January that a unit leads and decides on; it is due on 4 February."""
    sent = routing(moment(1, 6), petition)
    return [
        registering(moment(1, 5), petition),
        Deed(sent.at, sent.do, petition, {"unit": unit}),
        Deed(moment(3 if day > 9 else 1, day), Do.DECIDE, petition),
    ]


def test_a_unit_is_measured_by_what_it_led_and_its_neighbour_by_its_own():
    doer = done(*decided(0), *decided(1, day=20), *decided(2, unit="transport"), registering(moment(1, 5), 3))
    housing, transport = (doer.units[name].pk for name in ("housing", "transport"))

    assert by_unit(Code.I02) == {housing: Share(1, 2), transport: Share(1, 1)}
    assert led_by_unit(YEAR, now=LATER) == {housing: 2, transport: 1}


def test_what_two_units_lead_together_is_in_the_rate_of_neither():
    doer = done(
        registering(moment(1, 5), claims=2),
        *(Deed(moment(1, 6), Do.ROUTE, 0, {"unit": unit}) for unit in ("transport", "housing")),
    )
    assert by_unit(Code.I02) == {doer.units["housing"].pk: Share(0, 1)}

    earlier = Handling.objects.get(organ=doer.units["transport"])
    Claim.objects.filter(number=2).update(handling=earlier, known_at=moment(2, 1))

    assert by_unit(Code.I02) == {}
    january = replace(YEAR, as_of=date(2026, 1, 31))
    assert led_by_unit(january, now=LATER) == {doer.units["housing"].pk: 1}


def test_as_of_a_day_counts_what_was_known_then_and_nothing_that_is_sealed_now():
    deeds = [*decided(0), *decided(1, day=20)]
    doer = done(*deeds)
    housing = doer.units["housing"].pk
    assert by_unit(Code.I02, replace(YEAR, as_of=date(2026, 1, 8))) == {housing: Share(0, 2)}

    doer.do_all([Deed(moment(4, 1), Do.SEAL, 0)])

    assert by_unit(Code.I02, replace(YEAR, as_of=date(2026, 1, 8))) == {housing: Share(0, 1)}


def test_a_place_is_measured_by_what_lies_there():
    done(
        registering(moment(1, 5)), routing(moment(1, 6)), registering(moment(1, 5), 1, township=TOWNSHIPS[1])
    )
    inner, outer = a_place(TOWNSHIPS[0]).path, a_place(TOWNSHIPS[0]).path.rsplit("/", 2)[0] + "/"

    found = rates_by_place(Code.I01, YEAR, [inner, outer], now=LATER)

    assert found == {inner: Share(1, 1), outer: Share(0, 1)}


def test_of_what_no_numbers_are_kept_there_is_no_rate():
    done(*decided(0))
    assert by_unit(Code.I12) == {}


def test_i09_and_i15_are_told_of_each_unit():
    lists.struck(now=at(3, 2))
    other = received(registered(unit=a_unit("CG")))
    lists.listed(other, now=at(3, 4))
    _one, advice = issued(kind=SlipKind.IMPROVE_WORK, now=at(3, 2))
    replied(_one, advice, adopted=Adopted.PARTLY, now=at(3, 20))
    issued(other, SlipKind.IMPROVE_WORK, now=at(3, 3))
    unit, neighbour = a_unit("ZJ").organ.pk, a_unit("CG").organ.pk

    assert by_unit(Code.I09) == {unit: Share(1, 1), neighbour: Share(0, 1)}
    assert by_unit(Code.I09, Asked(Period(date(2026, 3, 1), date(2026, 3, 2)))) == {}
    assert by_unit(Code.I15, Asked(Period(date(2026, 4, 1), date(2026, 5, 1)))) == {
        unit: Share(1, 1),
        neighbour: Share(0, 1),
    }
