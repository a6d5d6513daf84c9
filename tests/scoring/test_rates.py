"""Rates that rules measure: read once when their period is over, put in the ledger, read again and never rewritten."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import InternalError, transaction

from cases.models import Petition
from indicators.models import Mark
from indicators.periods import Period as Days
from indicators.sweeps import follow_history
from indicators.units import Share
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from scoring.actions.readings import read_again
from scoring.arithmetic import earned
from scoring.catalogue import Evidence
from scoring.models import RateReading, ScoreEntry
from scoring.rates import LEAST_RATINGS, periods_over, points_for
from scoring.states import EntryState, FactKind, Period, RuleKind
from scoring.sweeps import close_appeals, read_rates, tell_units
from tests.cases.handling.given import a_unit, at, received
from tests.scoring.given import a_rule, adopt, adopted, drawn

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]

# decided on by 1 April, so that it is of April, known when that ended
RATE = a_rule(
    title="及时受理率",
    kind=RuleKind.RATE,
    evidence=Evidence.I02,
    weight=Decimal(4),
    points=None,
    period=Period.MONTH,
)
MAY = at(5, 1, 4)


@pytest.mark.parametrize(
    ("rate", "facts", "points"),
    [
        pytest.param(Fraction(2, 3), {}, "6.67", id="rate times weight, half up"),
        pytest.param(None, {}, "10", id="no case"),
        pytest.param(
            Fraction(879, 1000), {"kind": RuleKind.STEP, "each": "1", "target": "90"}, "8", id="whole points"
        ),
        pytest.param(
            Fraction(1, 2),
            {"kind": RuleKind.STEP, "each": "1", "target": "90"},
            "0",
            id="no less than nothing",
        ),
        pytest.param(
            Fraction(1), {"kind": RuleKind.STEP, "each": "1", "target": "90"}, "10", id="no more than full"
        ),
        pytest.param(Fraction(85, 100), {"kind": RuleKind.WHOLE, "target": "85"}, "10", id="all"),
        pytest.param(Fraction(84, 100), {"kind": RuleKind.WHOLE, "target": "85"}, "0", id="or nothing"),
        pytest.param(Fraction(99, 100), {"kind": RuleKind.WHOLE}, "0", id="all means all"),
    ],
)
def test_what_a_rule_gives_for_a_rate(rate, facts, points):
    given = {"kind": RuleKind.RATE, "each": None, "target": None, **facts}
    numbers = {name: given[name] and Decimal(given[name]) for name in ("each", "target")}
    assert earned(rate, kind=given["kind"], weight=Decimal(10), **numbers) == Decimal(points)


def read(*rules, now=MAY):
    """Let a unit miss its month, and read the rates when it is over."""
    row, case = adopted(*rules or (RATE,)), received()
    a_unit("CG")
    follow_history()
    read_rates(now=now)
    return row, case


def of_unit(code="ZJ"):
    return RateReading.objects.filter(organ__code=code).order_by("since", "number")


def test_a_rate_is_read_once_when_its_period_is_over_and_what_it_costs_is_an_entry():
    _rules, case = read(now=at(4, 30, 4))
    assert not of_unit().filter(since=date(2026, 4, 1)).exists()
    read_rates(now=MAY)
    assert read_rates(now=MAY) == 0

    march, april = of_unit()
    assert (march.since, march.share, march.points, march.entry) == (
        date(2026, 3, 2),
        Share(0, 0),
        Decimal(4),
        None,
    )
    assert (april.until, april.share, april.points) == (date(2026, 5, 1), Share(0, 1), Decimal(0))
    entry = ScoreEntry.objects.get()
    assert (entry, entry.organ, entry.points) == (april.entry, case.unit.organ, Decimal(-4))
    assert (entry.happened_on, entry.petition, entry.facts.get().kind) == (
        date(2026, 4, 30),
        None,
        FactKind.RATE_READ,
    )
    assert {reading.share for reading in of_unit("CG")} == {Share(0, 0)}
    assert tell_units(now=MAY) == 1


def test_a_rate_is_left_to_the_next_night_while_deeds_wait():
    adopted(RATE)
    case = received()
    follow_history()
    Mark.objects.create(petition_id=case.pk, marked_at=at(4, 30))
    assert (read_rates(now=MAY), RateReading.objects.exists()) == (0, False)
    follow_history()
    assert read_rates(now=MAY) > 0


def test_a_reading_is_never_rewritten():
    read()
    with pytest.raises(InternalError), transaction.atomic():
        RateReading.objects.update(points=Decimal(4))
    with pytest.raises(InternalError), transaction.atomic():
        of_unit().delete()


def test_only_days_on_which_a_version_measured_it_are_counted():
    before = adopted(RATE, now=at(3, 2))
    rule = before.now.rules.get()
    assert list(periods_over(rule, before=date(2026, 5, 1))) == [
        Days(date(2026, 3, 2), date(2026, 4, 1)),
        Days(date(2026, 4, 1), date(2026, 5, 1)),
    ]
    after = drawn(RATE, by=before.by, now=at(4, 10))
    adopt(after, now=at(4, 10))
    assert [days.since.month for days in periods_over(before.now.rules.get(), before=date(2026, 6, 1))] == [3]
    assert list(periods_over(after.now.rules.get(), before=date(2026, 5, 1))) == [
        Days(date(2026, 4, 1), date(2026, 5, 1))
    ]


def test_q38_the_word_of_a_few_is_no_rate():
    rule = adopted(a_rule(kind=RuleKind.RATE, evidence=Evidence.I05, points=None)).now.rules.get()
    assert points_for(rule, Share(0, LEAST_RATINGS - 1)) == rule.weight
    assert points_for(rule, Share(0, LEAST_RATINGS)) == Decimal(0)


def test_how_soon_the_office_routes_is_no_rule_of_units():
    with pytest.raises(Refused) as refused:
        drawn(a_rule(kind=RuleKind.RATE, evidence=Evidence.I01, points=None))
    assert set(refused.value.fields) == {"evidence"}


def test_read_again_after_a_correction_the_difference_is_an_entry_of_its_own():
    rules, case = read()
    entry = ScoreEntry.objects.get()
    for refusal, by in ((NotAllowed, case.unit.head), (Unknown, a_unit("CG").head)):
        tell_units(now=MAY)
        with pytest.raises(refusal):
            read_again(entry.pk, words="数据已更正", by=by, now=MAY)
    with pytest.raises(OutOfTurn):
        read_again(entry.pk, words="数据已更正", by=rules.by.officer, now=MAY)
    assert (RateReading.objects.filter(number=2).exists(), ScoreEntry.objects.count()) == (False, 1)

    Petition.objects.filter(pk=case.pk).update(routing="void", known_at=at(5, 3))
    follow_history()
    made = read_again(entry.pk, words="登记有误，已作废", by=rules.by.officer, now=at(5, 6))

    assert (made.points, made.reading.number, made.reading.share) == (Decimal(4), 2, Share(0, 0))
    assert (made.facts.get().kind, entry.facts.get().kind) == (FactKind.RATE_READ_AGAIN, FactKind.RATE_READ)
    tell_units(now=at(5, 30))
    close_appeals(now=at(6, 20))
    assert {row.state for row in ScoreEntry.objects.standing()} == {EntryState.FINAL}
