"""Figures one by one, on a few deeds that can be counted on fingers."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from accounts.models import OrganKind
from accounts.roles import Role
from indicators.catalogue import CATALOGUE, part_words
from indicators.figures import Asked, Mean, change, cycles, percent, volume
from indicators.measures import MEASURES, Code, Part
from indicators.models import Fact
from indicators.periods import Period
from tests.given import a_hat, a_place, an_organ
from tests.indicators.given import LATER, THIS_YEAR, a_directors, done, figure, moment, registering, routing
from tests.indicators.random_world import TOWNSHIPS, Deed, Do

pytestmark = pytest.mark.django_db


def answered(petition: int, *, month: int = 1) -> list[Deed]:
    """Make a petition that is registered, decided on after four days, answered and finished after twenty."""
    return [
        *(registering(moment(month, 5), petition), routing(moment(month, 6), petition)),
        Deed(moment(month, 9), Do.DECIDE, petition),
        Deed(moment(month, 20), Do.REPLY, petition),
        Deed(moment(month, 25), Do.FINISH, petition),
    ]


def parts(code: Code, **asked) -> dict[str, int]:
    found = figure(code, since=THIS_YEAR.since, until=THIS_YEAR.until, **asked)
    return {name.value: count for name, count in found.parts.items() if count}


def test_i01_i01b_i02_i03_tell_what_was_in_time_late_and_not_done():
    late = [registering(moment(1, 5), 1), routing(moment(3, 1), 1), Deed(moment(3, 9), Do.DECIDE, 1)]
    done(*answered(0), *late, registering(moment(1, 5), 2))

    assert parts(Code.I01) == {"in_time": 1, "late": 1, "overdue": 1, "late_by_law": 2}
    assert parts(Code.I02) == {"in_time": 1, "late": 1, "late_by_law": 2}
    assert parts(Code.I03) == {"in_time": 1, "overdue": 1, "late_by_law": 1}


def test_i12_is_defined_and_has_no_number_until_it_is_kept():
    declared = {code for code, indicator in CATALOGUE.items() if not indicator.is_kept}

    assert declared == {Code.I12}
    assert declared.isdisjoint(MEASURES)


def test_i07_i08_what_came_again_within_180_days_was_not_resolved_the_first_time():
    again = Deed(moment(6, 2), Do.REPEAT, 1, {"earlier": 0})
    done(*answered(0), registering(moment(6, 1), 1), again, *answered(2, month=2), *answered(3, month=12))

    assert parts(Code.I07) == {"came_again": 1, "settled": 1, "settled_so_far": 1}
    assert figure(Code.I07, since=THIS_YEAR.since, until=THIS_YEAR.until).counted == 2
    assert parts(Code.I08) == {"repeat": 1, "first": 3}


def test_i10_days_are_the_mean_of_cases_and_none_of_none():
    slow = [
        *(registering(moment(1, 5), 1), routing(moment(1, 6), 1), Deed(moment(1, 8), Do.DECIDE, 1)),
        *(Deed(moment(2, 1), Do.REPLY, 1), Deed(moment(2, 4), Do.FINISH, 1)),
    ]
    done(*answered(0), *slow)

    assert cycles(Asked(THIS_YEAR), a_directors()) == (Mean(2, Decimal("3.5")), Mean(2, Decimal("25.0")))
    nothing = cycles(Asked(Period(date(2027, 1, 1), date(2027, 2, 1))), a_directors())
    assert nothing == (Mean(0, None), Mean(0, None))


def test_i11_counts_first_petitions_of_units_whose_petitioner_was_spoken_to():
    done(*answered(0), Deed(moment(1, 10), Do.CONTACT, 0), *answered(1), registering(moment(1, 5), 2))

    assert parts(Code.I11) == {"contacted": 1, "not_contacted": 1}


def test_i13_online_is_everything_that_is_neither_letter_visit_nor_call():
    channels = ["web", "wechat", "letter", "fax", "visit", "phone"]
    done(*(registering(moment(1, 5), number, channel=channel) for number, channel in enumerate(channels)))

    assert parts(Code.I13) == {"online": 2, "letter": 2, "visit": 1, "phone": 1}
    assert percent(figure(Code.I13, since=THIS_YEAR.since, until=THIS_YEAR.until).rate) == "33.3 %"


def test_i14_the_change_is_of_the_same_days_a_year_before():
    done(
        registering(moment(1, 5)),
        registering(moment(1, 5, year=2025), 1),
        registering(moment(2, 5, year=2025), 2),
    )
    january = Period(date(2026, 1, 1), date(2026, 2, 1))

    now, before = (volume(Asked(period), a_directors()) for period in (january, january.a_year_before()))

    assert (now.batches, before.batches) == (1, 1)
    assert change(1823, 2048) == Fraction(-225, 2048)
    assert (percent(change(1823, 2048)), percent(change(2580, 3217))) == ("−11.0 %", "−19.8 %")
    assert (change(3, 0), percent(change(3, 0))) == (None, "—")


def test_i14_the_leap_day_is_held_against_the_28th():
    leap = Period(date(2028, 2, 29), date(2028, 3, 1))
    before_it = Period(date(2028, 2, 1), date(2028, 2, 29))

    assert leap.a_year_before() == Period(date(2027, 2, 28), date(2027, 3, 1))
    assert before_it.a_year_before() == Period(date(2027, 2, 1), date(2027, 3, 1))


def test_i16_of_what_is_open_is_overdue_whose_period_has_passed():
    done(*answered(0), registering(moment(1, 5), 1), registering(moment(12, 30), 2))

    assert parts(Code.I16) == {"overdue": 1, "not_yet_due": 1}
    assert parts(Code.I16, as_of=date(2026, 1, 20)) == {"due_soon": 2}


def test_q6_whoever_sees_one_place_counts_what_lies_there_today():
    done(registering(moment(1, 5)), registering(moment(1, 5), 1, township=TOWNSHIPS[1]))
    street = an_organ("JD2", kind=OrganKind.PETITION_OFFICE, place=a_place(TOWNSHIPS[1]))

    seen = Fact.objects.visible_to(a_hat(Role.OFFICE_DIRECTOR, organ=street))

    assert volume(Asked(THIS_YEAR), seen).batches == 1
    assert (
        volume(Asked(THIS_YEAR), Fact.objects.visible_to(a_hat(Role.CASE_OFFICER, organ=an_organ()))).batches
        == 0
    )


def test_every_indicator_has_its_words_and_every_part_its_name():
    assert set(CATALOGUE) == set(Code)
    assert all(str(part_words(part)) for part in Part)


def test_the_parts_of_a_figure_come_to_the_whole():
    done(*answered(0), *answered(1, month=12), registering(moment(1, 5), 2))

    for code, measure in MEASURES.items():
        if measure.of is not Part.ALL:
            continue
        found = figure(code, since=THIS_YEAR.since, until=THIS_YEAR.until, now=LATER)
        whole = sum(count for name, count in found.parts.items() if name is not Part.LATE_BY_LAW)
        assert (code, whole) == (code, found.of if measure.parts(LATER) else 0)
