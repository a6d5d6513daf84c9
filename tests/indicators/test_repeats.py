"""Repeats in figures are what people decided, while it stood, and nothing of mere thanks (data-standard §6; Q14)."""

from datetime import timedelta

import pytest

from cases.states import PetitionClass, Purpose, Routing
from indicators.arithmetic import ClaimState, Decision, History, Own, PetitionState, stretches
from tests.indicators.given import moment

FIRST, AGAIN = moment(1, 5), moment(3, 2)


def own(at, **facts) -> Own:
    """Make a petition registered at a moment, with one claim."""
    usual = {
        "known_at": at,
        "routing": Routing.REGISTERED,
        "place_path": "14/",
        "content_category_id": 1,
        "channel": "letter",
        "purpose": Purpose.REQUEST,
        "petition_class": PetitionClass.APPEAL_REQUEST,
        "register_level": "0300",
        "by_office": True,
        "petitioner_count": 1,
        "is_collective": False,
        "litigation_related": False,
        "registered_at": at,
        "next_due_at": None,
    }
    claim = ClaimState(at, to_unit=False, is_decided=False, thanks_until=None)
    return Own([PetitionState(**usual | facts)], {1: [claim]})


def is_repeat(mine: Own, *decisions: Decision) -> list[bool]:
    """Return whether it was a repeat, stretch by stretch."""
    return [stretch.picture.is_repeat for stretch in stretches(History(own=mine, repeats=list(decisions)))]


def test_it_is_a_repeat_while_the_decision_stands():
    decided, reversed_at = AGAIN + timedelta(days=1), AGAIN + timedelta(days=9)

    found = stretches(History(own=own(AGAIN), repeats=[Decision(decided, reversed_at, own(FIRST))]))

    assert [(stretch.known_at, stretch.picture.is_repeat) for stretch in found] == [
        *((AGAIN, False), (decided, True), (reversed_at, False))
    ]


@pytest.mark.parametrize(
    "facts",
    [
        {"purpose": Purpose.SUGGESTION},
        {"purpose": Purpose.ENQUIRY},
        {"petition_class": PetitionClass.SUGGESTION},
        {"routing": Routing.VOID},
    ],
)
def test_what_may_be_said_as_often_as_one_likes_is_no_repeat(facts):
    assert is_repeat(own(AGAIN, **facts), Decision(AGAIN, None, own(FIRST))) == [False]


def test_mere_thanks_are_no_repeat_and_become_one_once_they_are_kept_as_thanks_no_longer():
    thanks = own(AGAIN)
    until = AGAIN + timedelta(days=3)
    thanks.claims[1] = [ClaimState(AGAIN, to_unit=False, is_decided=False, thanks_until=until)]

    assert is_repeat(thanks, Decision(AGAIN, None, own(FIRST))) == [False, True]


def test_nothing_repeats_what_became_void():
    before = own(FIRST)
    before.states.append(before.states[0]._replace(known_at=AGAIN + timedelta(days=2), routing=Routing.VOID))

    assert is_repeat(own(AGAIN), Decision(AGAIN, None, before)) == [True, False]
