"""D08: what was concluded by re-examination is not accepted again, and the paper finds the opinion itself (R-42)."""

from datetime import date, timedelta

import pytest

from cases.actions import repeating
from cases.models import Acceptance, RepeatDecision
from cases.remedy_states import RemedyOutcome
from cases.states import ClaimDecision, NonAcceptReason, RepeatOutcome
from documents.states import DocumentKind
from lib.errors import Refused
from tests.cases.handling import given as handling
from tests.cases.handling.given import Case, at
from tests.cases.remedies import given

pytestmark = pytest.mark.django_db

CONCLUDED_AT = at(4, 20)
AGAIN_AT = at(4, 27)


def again_after(contested: given.Contested, *, outcome: RepeatOutcome | None) -> Case:
    """Register the matter once more, let the office say what it repeats, and let the same unit receive it."""
    case = handling.registered(office=contested.case.office, unit=contested.case.unit, now=AGAIN_AT)
    if outcome is not None:
        repeating.decide_repeat(
            case.pk,
            contested.pk,
            outcome=outcome,
            same_person=True,
            reason="同一诉求，复核后再次提出",
            by=case.office.officer,
            now=AGAIN_AT,
        )
    return handling.received(handling.routed(case, now=AGAIN_AT), now=AGAIN_AT)


def concluded() -> given.Contested:
    """Let re-examination maintain the opinion, and the office finish the petition."""
    contested = given.decided(given.in_reexamination(), now=CONCLUDED_AT)
    given.serve(contested, now=CONCLUDED_AT)
    handling.finish(contested.case, now=CONCLUDED_AT)
    return contested


def test_r_42_the_opinion_is_found_of_the_petition_that_it_repeats():
    contested = concluded()
    opinion = contested.remedy.opinion
    case = again_after(contested, outcome=RepeatOutcome.SAME_CONCLUDED)

    claim = handling.decline(case, reason=NonAcceptReason.CONCLUDED, now=AGAIN_AT)

    assert opinion is not None
    assert claim.decision == ClaimDecision.NO_LONGER_ACCEPTED
    decided = Acceptance.objects.get(claim=claim)
    assert (decided.reexamination_number, decided.reexamined_on) == (opinion.number, date(2026, 4, 20))
    notice = "".join(case.paper(DocumentKind.D08).paper.paragraphs)
    assert f"已由吕梁市人民政府于2026年4月20日作出复核意见（{opinion.number}）" in notice


@pytest.mark.parametrize("outcome", [None, RepeatOutcome.RELATED])
def test_r_42_of_a_petition_that_it_does_not_repeat_nothing_is_taken(outcome):
    case = again_after(concluded(), outcome=outcome)

    with pytest.raises(Refused) as refusal:
        handling.decline(case, reason=NonAcceptReason.CONCLUDED, now=AGAIN_AT)

    assert set(refusal.value.fields) == {"reexamination_number"}
    assert not Acceptance.objects.filter(claim=case.claim()).exists()


def test_r_43_what_was_sent_back_to_be_handled_anew_is_not_concluded():
    remanded = given.decided(given.in_reexamination(), RemedyOutcome.REMAND, now=CONCLUDED_AT)
    case = again_after(remanded, outcome=None)
    officer = case.office.officer
    RepeatDecision.objects.create(
        petition=case.petition,
        earlier=remanded.case.petition,
        outcome=RepeatOutcome.SAME_CONCLUDED,
        same_person=True,
        reason="同一诉求",
        decided_by=officer.post,
        decider=officer.user,
        decided_at=AGAIN_AT,
    )

    with pytest.raises(Refused):
        handling.decline(case, reason=NonAcceptReason.CONCLUDED, now=AGAIN_AT)


def test_q6_another_unit_that_does_not_see_the_earlier_petition_is_told_nothing_of_it():
    contested = concluded()
    stranger = handling.a_unit("JT")
    case = handling.registered(office=contested.case.office, unit=stranger, now=AGAIN_AT)
    repeating.decide_repeat(
        case.pk,
        contested.pk,
        outcome=RepeatOutcome.SAME_CONCLUDED,
        same_person=True,
        reason="同一诉求",
        by=case.office.officer,
        now=AGAIN_AT,
    )
    case = handling.received(handling.routed(case, now=AGAIN_AT), now=AGAIN_AT + timedelta(hours=1))

    with pytest.raises(Refused) as refusal:
        handling.decline(case, reason=NonAcceptReason.CONCLUDED, now=AGAIN_AT + timedelta(hours=1))

    assert set(refusal.value.fields) == {"reexamination_number"}
