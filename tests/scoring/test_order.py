"""Any order of events, repeats and restarts gives the same ledger."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from scoring.catalogue import Evidence
from scoring.models import EntryStep, ScoreEntry
from scoring.states import EntryState
from scoring.sweeps import close_appeals, propose_scores, tell_units
from tests.cases.handling.given import received
from tests.conftest import empty_all_but_reference
from tests.scoring.given import a_rule, adopted
from tests.scoring.ledger import LATE, again

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]

# days after the last day of the first notice, on which the clock or a person does something
_SWEEPS = {"propose": propose_scores, "tell": tell_units, "close": close_appeals}
_DAYS = 30


@pytest.mark.wide
@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_any_order_repeats_and_restarts_give_the_same_ledger(data):
    """Sweeps run, run again, or miss their nights; each matter comes again on any day and is matched on any later one.

    Once everything has happened and each sweep has come once more, the same is entered, once, and final alike.
    """
    empty_all_but_reference()
    adopted(a_rule(), a_rule(title="再次反映", evidence=Evidence.RAISED_AGAIN, needs_human=True))
    cases = [received(), received()]
    days = [data.draw(st.integers(0, 5), label="came again") for _case in cases]
    runs = data.draw(st.lists(st.tuples(st.integers(0, 9), st.sampled_from(sorted(_SWEEPS))), max_size=8))
    for day in range(10):
        now = LATE + timedelta(days=day)
        for case in (case for case, came in zip(cases, days, strict=True) if came == day):
            again(case, now=now)
        for sweep in (name for on, name in runs if on == day):
            _SWEEPS[sweep](now=now)
    for name in ("propose", "tell"):
        _SWEEPS[name](now=LATE + timedelta(days=10))
    _SWEEPS["close"](now=LATE + timedelta(days=_DAYS))

    rows = ScoreEntry.objects.standing().values_list("rule__evidence", "petition", "points", "state")
    assert sorted(rows) == sorted(
        (evidence, case.pk, Decimal(-1), state)
        for evidence, state in (
            ("accepted_late", EntryState.FINAL),
            ("raised_again", EntryState.PROPOSED),
        )
        for case in cases
    )
    assert EntryStep.objects.count() == 2 * 3 + 2
