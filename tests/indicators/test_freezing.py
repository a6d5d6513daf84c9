"""A period that was given out stays as it was, and its difference to today is told case by case (trap 7)."""

from datetime import date

import pytest
from django.db import IntegrityError, InternalError, transaction

from accounts.roles import Role
from audit.models import Entry
from cases.models import Petition
from indicators.actions import freeze
from indicators.differences import differences
from indicators.figures import Asked
from indicators.measures import MEASURES, Code, Part
from indicators.models import Fact, FrozenFigure, FrozenPeriod, Mark
from indicators.periods import Period
from indicators.sweeps import follow_history
from indicators.universe import USUAL
from lib.errors import NotAllowed, OutOfTurn, Refused
from tests.given import a_hat
from tests.indicators.given import a_directors, done, moment, registering, routing
from tests.indicators.random_world import TOWNSHIPS, Deed, Do

pytestmark = pytest.mark.django_db

JANUARY = Period(date(2026, 1, 1), date(2026, 2, 1))
FEBRUARY_1 = moment(2, 1, 9)


def frozen(by=None, *, since=JANUARY.since, until=JANUARY.until, now=FEBRUARY_1) -> FrozenPeriod:
    return freeze(since, until, universe=USUAL, by=by or a_hat(Role.OFFICE_DIRECTOR), now=now)


def number(period: FrozenPeriod, code: Code, part: Part) -> int:
    return FrozenFigure.objects.get(period=period, code=code, part=part).count


def test_trap_7_what_was_given_out_stays_when_it_is_corrected_afterwards():
    doer = done(registering(moment(1, 5), count=3), registering(moment(1, 6), 1))
    period = frozen()

    doer.do_all([Deed(moment(2, 3), Do.VOID, 1)])
    follow_history()

    assert (number(period, Code.REGISTERED, Part.ALL), period.persons, period.as_of) == (
        2,
        4,
        date(2026, 1, 31),
    )
    assert set(FrozenFigure.objects.values_list("code", flat=True)) == {code.value for code in MEASURES}
    entry = Entry.objects.about(period).get()
    assert (entry.verb, entry.facts) == (
        "figures.freeze",
        {"since": "2026-01-01", "until": "2026-02-01", "universe": "u1"},
    )


def test_trap_7_the_difference_names_each_case_and_what_changed_in_it():
    doer = done(registering(moment(1, 5)), registering(moment(1, 6), 1), routing(moment(1, 7), 1))
    frozen()
    elsewhere = {"township": TOWNSHIPS[1], "channel": "web", "count": 1, "suggestion": False, "category": 0}
    late = [registering(moment(1, 8), 2)]
    doer.do_all([Deed(moment(2, 2), Do.VOID, 0), Deed(moment(2, 3), Do.CORRECT, 1, elsewhere), *late])
    # entered in February, of January: a list that was taken in
    follow_history()
    asked = Asked(JANUARY, as_of=date(2026, 1, 31))

    whole = differences(Code.REGISTERED, Part.ALL, asked, a_directors(), now=moment(3, 1))
    letters = differences(Code.REGISTERED, Part.LETTER, asked, a_directors(), now=moment(3, 1))

    first, second = doer.keys[0], doer.keys[1]
    assert [(each.petition_id, each.was_counted, each.changed) for each in whole] == [
        (first, True, ["routing"])
    ]
    assert [(each.petition_id, each.changed) for each in letters] == [
        (first, ["routing"]),
        (second, ["place_path", "channel"]),
    ]


def test_what_was_entered_later_of_the_period_is_a_difference_of_its_own():
    doer = done(registering(moment(1, 5)))
    frozen()
    doer.do_all([registering(moment(1, 8), 1)])
    Petition.objects.filter(pk=doer.keys[1]).update(known_at=moment(2, 5))
    # as if it had been taken in on that day
    Fact.objects.filter(petition=doer.keys[1]).delete()
    follow_history()
    Fact.objects.filter(petition=doer.keys[1], known_at__lt=moment(2, 1)).update(known_at=moment(2, 4))

    found = differences(
        Code.REGISTERED, Part.ALL, Asked(JANUARY, as_of=date(2026, 1, 31)), a_directors(), now=moment(3, 1)
    )

    assert [(each.petition_id, each.was_counted, each.changed) for each in found] == [
        (doer.keys[1], False, [])
    ]


def test_q1_one_sealed_since_is_no_difference_and_leaves_no_trace():
    doer = done(registering(moment(1, 5)), registering(moment(1, 6), 1))
    frozen()
    doer.do_all([Deed(moment(2, 3), Do.SEAL, 1)])
    follow_history()
    asked = Asked(JANUARY, as_of=date(2026, 1, 31))

    assert differences(Code.REGISTERED, Part.ALL, asked, a_directors(), now=moment(3, 1)) == []


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.OFFICE_DIRECTOR}))
def test_nobody_else_gives_figures_out(role):
    with pytest.raises(NotAllowed):
        frozen(a_hat(role))

    assert not FrozenPeriod.objects.exists()
    assert not Entry.objects.filter(verb="figures.freeze").exists()


def test_days_that_go_on_are_not_frozen():
    with pytest.raises(Refused):
        frozen(now=moment(1, 31, 23))
    with pytest.raises(Refused):
        frozen(since=JANUARY.until, until=JANUARY.since)

    assert not FrozenPeriod.objects.exists()


def test_as_long_as_deeds_wait_to_be_counted_nothing_is_frozen():
    doer = done(registering(moment(1, 5)))
    doer.do_all([routing(moment(1, 6))])

    # the mark has the moment of the test itself, which lies after the days that are asked about
    assert frozen().figures.exists()
    Mark.objects.update(marked_at=moment(1, 30))
    with pytest.raises(OutOfTurn):
        frozen(since=date(2026, 1, 2))
    assert FrozenPeriod.objects.count() == 1


def test_the_same_days_are_frozen_once_and_the_database_keeps_them():
    period = frozen()

    with pytest.raises(OutOfTurn):
        frozen(now=moment(2, 2))
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        FrozenPeriod.objects.filter(pk=period.pk).update(persons=9)
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        FrozenFigure.objects.all().delete()
    assert FrozenPeriod.objects.get().persons == 0
