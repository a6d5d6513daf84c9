"""What is said of replies counts when the days for it are over, for everybody on the same day (I04–I06; Q28)."""

from datetime import date, timedelta

import pytest

from accounts.models import OrganKind
from accounts.roles import Role
from cases.models import PetitionRating
from documents.models import ServiceCorrection, ServiceRecord
from indicators.differences import differences
from indicators.figures import Asked, figure
from indicators.figures import part as members
from indicators.measures import Code, Part
from indicators.models import Fact
from indicators.periods import Period
from indicators.sweeps import follow_history
from tests.given import a_hat, a_place, an_organ
from tests.indicators.given import a_directors, done, moment, registering, routing
from tests.indicators.random_world import TOWNSHIPS, Deed, Do

pytestmark = pytest.mark.django_db

FEBRUARY = Period(date(2026, 2, 1), date(2026, 3, 1))
# served on 20 January: thirty days end with 19 February
SERVED_AT, LAST_DAY, OVER = moment(1, 20), moment(2, 19, 23, 59), moment(2, 20, 0)


def replied(petition: int = 0, value: str = "", **facts):
    """Return the deeds up to a served reply, and what was said of it five days later."""
    deeds = [
        *(registering(moment(1, 5), petition, **facts), routing(moment(1, 6), petition)),
        *(Deed(moment(1, 7), Do.DECIDE, petition), Deed(SERVED_AT, Do.REPLY, petition)),
    ]
    return [*deeds, Deed(moment(1, 25), Do.RATE, petition, {"value": value})] if value else deeds


def found(code, seen=None, *, now=OVER, **asked):
    return figure(code, Asked(FEBRUARY, **asked), a_directors() if seen is None else seen, now=now)


def test_i04_i05_i06_silence_is_satisfaction_of_nobody_and_stands_by_itself():
    done(*replied(0, "satisfied"), *replied(1, "dissatisfied"), *replied(2))

    taking_part, pleased, both = (found(code) for code in (Code.I04, Code.I05, Code.I06))

    assert (taking_part.counted, taking_part.base, taking_part.parts[Part.SILENT]) == (2, 3, 1)
    assert (pleased.counted, pleased.base) == (1, 2)
    assert both.rate == taking_part.rate * pleased.rate


def test_q28_nobody_counts_what_was_said_before_the_days_are_over():
    done(*replied(0, "dissatisfied"))
    unit = Fact.objects.visible_to(a_hat(Role.UNIT_HEAD, organ=an_organ("HOUSING")))

    for seen in (a_directors(), unit):
        before, after = found(Code.I05, seen, now=LAST_DAY), found(Code.I05, seen)
        assert (before.base, set(before.parts.values())) == (0, {0})
        assert (after.base, after.parts[Part.DISSATISFIED]) == (1, 1)
        assert not members(Code.I05, Part.DISSATISFIED, Asked(FEBRUARY), seen, now=LAST_DAY).exists()
    assert found(Code.I04, now=LAST_DAY).parts[Part.MAY_RATE] == 1


def test_as_of_a_day_counts_what_was_over_by_then():
    done(*replied(0, "basically"))

    assert found(Code.I05, as_of=date(2026, 2, 19), now=moment(5, 1)).base == 0
    assert found(Code.I05, as_of=date(2026, 2, 20), now=moment(5, 1)).counted == 1


def test_what_was_said_otherwise_later_takes_the_place_of_the_first_word():
    done(*replied(0, "satisfied"), Deed(moment(2, 1), Do.RATE, 0, {"value": "dissatisfied"}))

    assert PetitionRating.objects.count() == 2
    assert found(Code.I05).parts[Part.SATISFIED] == 0
    assert found(Code.I05).parts[Part.DISSATISFIED] == 1


def test_of_what_concerns_litigation_and_of_repeats_nobody_is_asked():
    done(
        *replied(0, "satisfied"),
        *replied(1, "satisfied", litigation=True),
        *replied(2, "satisfied"),
        Deed(moment(1, 26), Do.REPEAT, 2, {"earlier": 0}),
    )

    assert found(Code.I04).of == 1


def test_q18_a_service_that_was_none_lets_nobody_rate():
    done(*replied(0, "satisfied"))
    record, hat = ServiceRecord.objects.get(), a_hat()
    correction = ServiceCorrection.objects.create(
        record=record, reason="未送达", proposed_by=hat.post, proposer=hat.user, proposed_at=moment(2, 1)
    )
    other = a_hat(Role.OFFICE_DIRECTOR)
    ServiceCorrection.objects.filter(pk=correction.pk).update(
        confirmed=True, decided_by=other.post, decider=other.user, decided_at=moment(2, 2)
    )
    follow_history()

    assert found(Code.I04).of == 0
    assert found(Code.I04, as_of=date(2026, 2, 1), now=moment(5, 1)).parts[Part.MAY_RATE] == 1


def test_q6_a_neighbour_counts_none_of_it():
    done(*replied(0, "satisfied"))
    street = an_organ("JD2", kind=OrganKind.PETITION_OFFICE, place=a_place(TOWNSHIPS[1]))

    assert found(Code.I04).of == 1
    for hat in (
        a_hat(Role.OFFICE_DIRECTOR, organ=street),
        a_hat(Role.UNIT_HEAD, organ=an_organ("TRANSPORT")),
    ):
        assert found(Code.I04, Fact.objects.visible_to(hat)).of == 0


def test_q28_that_something_was_said_is_no_difference_yet():
    done(*replied(0, "satisfied"), Deed(moment(1, 26), Do.VOID, 0))
    asked = Asked(Period(date(2026, 1, 1), date(2026, 2, 1)), as_of=date(2026, 1, 21))

    def changed(now):
        (row,) = differences(Code.REGISTERED, Part.ALL, asked, a_directors(), now=now)
        return set(row.changed)

    assert "routing" in changed(moment(1, 27)) - {"rating"} == changed(moment(1, 27))
    assert "rating" in changed(OVER + timedelta(days=1))
