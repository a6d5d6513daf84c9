"""First or repeat: what a person decides on two petitions, and what does and does not follow from it
(data-standard §6; Q11, Q14; R-25)."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.roles import Role
from audit.models import Entry
from cases.actions import repeating, sealing
from cases.actions.repeating import Choice
from cases.intake import Reported
from cases.ledger import View, in_view
from cases.models import Claim, JoinedMatter, Petition, PetitionClock, RepeatDecision
from cases.repeats import repeats_among
from cases.states import KeepGround, Purpose, RepeatOutcome, ReportedKind, RouteKind, Routing
from desk.my_work import my_work
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from tests.cases.browsers import signed_in
from tests.cases.given import a_person
from tests.cases.handling.given import (
    Case,
    Unit,
    a_township,
    a_unit,
    at,
    finished,
    join,
    raised_again,
    registered,
    route,
    routed,
)
from tests.given import MONDAY, a_hat

pytestmark = [pytest.mark.django_db, pytest.mark.wide]

LATER_DAY = at(3, 9)
SAME = ("张大强", "永宁花园")


def a_pair(**facts) -> tuple[Case, Case]:
    """Make a petition that is pending and the same raised again a week later at the same office."""
    pending = routed(now=MONDAY)
    return pending, raised_again(pending, now=LATER_DAY, **facts)


def decide(later: Case, earlier: Case, outcome=RepeatOutcome.SAME_PENDING, *, by=None, **facts):
    given = {"same_person": True, "reason": "同一人、同一套房", **facts}
    by = by or later.office.officer
    return repeating.decide_repeat(later.pk, earlier.pk, outcome=outcome, **given, by=by, now=LATER_DAY)


def reverse_it(later: Case, decision: RepeatDecision, *, by=None, reason="核实后不是一件事"):
    by = by or later.office.officer
    return repeating.reverse_repeat(later.pk, decision.pk, reason=reason, by=by, now=LATER_DAY)


def nothing_was_decided() -> bool:
    return (
        not RepeatDecision.objects.exists()
        and not Entry.objects.filter(verb="petition.decide_repeat").exists()
    )


@pytest.mark.parametrize("outcome", [o for o in RepeatOutcome if o != RepeatOutcome.SAME_CONCLUDED])
def test_q14_each_outcome_is_kept_with_reason_who_and_when_and_audited(outcome):
    pending, later = a_pair()

    made = decide(later, pending, outcome)

    assert (made.outcome, made.reason, made.same_person) == (outcome, "同一人、同一套房", True)
    assert (made.decided_by, made.decider) == (later.office.officer.post, later.office.officer.user)
    assert made.decided_at == LATER_DAY
    assert "phone" in made.evidence
    assert made.weight > 0
    entry = Entry.objects.get(verb="petition.decide_repeat")
    assert entry.subject_id == str(later.pk)
    assert entry.facts == {"outcome": outcome, "same_person": True}


def test_q14_what_is_concluded_is_told_from_what_is_pending():
    done = finished()
    later = raised_again(done, now=at(6, 1))

    with pytest.raises(Refused) as refusal:
        decide(later, done, RepeatOutcome.SAME_PENDING)
    assert "outcome" in refusal.value.fields
    assert nothing_was_decided()

    assert decide(later, done, RepeatOutcome.SAME_CONCLUDED).outcome == RepeatOutcome.SAME_CONCLUDED


def test_q14_what_is_pending_is_not_concluded():
    pending, later = a_pair()

    with pytest.raises(Refused):
        decide(later, pending, RepeatOutcome.SAME_CONCLUDED)

    assert nothing_was_decided()


@pytest.mark.parametrize("outcome", [o for o in RepeatOutcome if o != RepeatOutcome.LATER])
def test_q14_a_decision_says_why(outcome):
    pending, later = a_pair()

    with pytest.raises(Refused) as refusal:
        decide(later, pending, outcome, reason="  ")

    assert "reason" in refusal.value.fields
    assert nothing_was_decided()


def test_q14_deciding_later_needs_no_reason_and_gives_way_to_a_decision():
    pending, later = a_pair()
    put_off = decide(later, pending, RepeatOutcome.LATER, reason="", same_person=False)

    made = decide(later, pending)

    put_off.refresh_from_db()
    assert put_off.ended_at == LATER_DAY
    assert list(RepeatDecision.objects.standing()) == [made]


def test_q14_two_petitions_have_one_decision_whichever_is_looked_at():
    pending, later = a_pair()
    decide(later, pending, RepeatOutcome.RELATED)

    with pytest.raises(OutOfTurn):
        decide(later, pending, RepeatOutcome.UNRELATED)

    assert RepeatDecision.objects.get().outcome == RepeatOutcome.RELATED


def test_the_database_itself_keeps_a_second_decision_on_a_pair_out():
    pending, later = a_pair()
    made = decide(later, pending, RepeatOutcome.RELATED)
    turned = RepeatDecision(
        petition=pending.petition,
        earlier=later.petition,
        outcome=RepeatOutcome.RELATED,
        reason="倒过来",
        decided_by=made.decided_by,
        decider=made.decider,
        decided_at=LATER_DAY,
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        turned.save(force_insert=True)


def test_q14_it_is_decided_on_the_later_of_the_two():
    pending, later = a_pair()

    with pytest.raises(Refused) as refusal:
        decide(pending, later)
    with pytest.raises(Refused):
        decide(later, later)

    assert "earlier" in refusal.value.fields
    assert nothing_was_decided()


def test_q14_nothing_moves_before_or_by_a_decision():
    pending, later = a_pair()
    clocks = list(PetitionClock.objects.order_by("pk").values())

    decide(later, pending, RepeatOutcome.LATER)
    decide(later, pending)

    assert later.now.routing == Routing.REGISTERED
    assert list(PetitionClock.objects.order_by("pk").values()) == clocks
    assert later.claim().route is None
    assert not JoinedMatter.objects.exists()
    assert later.now.number != pending.now.number


# ---- is_repeat


def test_a_petition_is_a_repeat_once_a_person_decided_same_person_and_same_matter():
    pending, later = a_pair()
    officer = later.office.officer
    assert repeats_among([later.pk, pending.pk], officer) == set()

    decide(later, pending, RepeatOutcome.LATER)
    assert repeats_among([later.pk, pending.pk], officer) == set()

    made = decide(later, pending)
    assert repeats_among([later.pk, pending.pk], officer) == {later.pk}

    reverse_it(later, made)
    assert repeats_among([later.pk, pending.pk], officer) == set()


@pytest.mark.parametrize(
    "facts",
    [
        {"same_person": False},
        {"outcome": RepeatOutcome.NEW_FACTS},
        {"outcome": RepeatOutcome.RELATED},
        {"outcome": RepeatOutcome.UNRELATED},
    ],
)
def test_another_person_new_facts_or_another_matter_make_no_repeat(facts):
    pending, later = a_pair()

    decide(later, pending, **facts)

    assert repeats_among([later.pk], later.office.officer) == set()


def test_q15_suggestions_and_enquiries_are_never_repeats():
    for purpose in (Purpose.SUGGESTION, Purpose.ENQUIRY):
        pending, later = a_pair(purpose=purpose)

        for outcome in (RepeatOutcome.SAME_PENDING, RepeatOutcome.NEW_FACTS):
            with pytest.raises(Refused) as refusal:
                decide(later, pending, outcome)
            assert "outcome" in refusal.value.fields

    assert nothing_was_decided()


def test_thanks_are_never_repeats():
    pending, later = a_pair(purpose=Purpose.OTHER)
    route(later, kind=RouteKind.KEEP, keep_ground=KeepGround.THANKS, told="电话告知", now=LATER_DAY)

    with pytest.raises(Refused):
        decide(later, pending)

    assert nothing_was_decided()


# ---- taking it back


def test_q14_an_officer_takes_a_decision_back_with_a_reason_and_it_stays_in_the_history():
    pending, later = a_pair()
    made = decide(later, pending, RepeatOutcome.RELATED)

    reverse_it(later, made)

    made.refresh_from_db()
    assert (made.ended_at, made.ender, made.end_reason) == (
        LATER_DAY,
        later.office.officer.user,
        "核实后不是一件事",
    )
    assert Entry.objects.get(verb="petition.reverse_repeat").facts == {"outcome": "related"}
    assert decide(later, pending).pk != made.pk
    assert RepeatDecision.objects.count() == 2


def test_q14_a_registrar_decides_and_does_not_take_back():
    pending, later = a_pair()
    registrar = a_hat(Role.REGISTRAR)
    made = decide(later, pending, RepeatOutcome.RELATED, by=registrar)

    with pytest.raises(NotAllowed):
        reverse_it(later, made, by=registrar)

    made.refresh_from_db()
    assert made.ended_at is None


def test_q14_it_is_not_taken_back_without_a_reason_or_twice():
    pending, later = a_pair()
    made = decide(later, pending, RepeatOutcome.RELATED)

    with pytest.raises(Refused) as refusal:
        reverse_it(later, made, reason=" ")
    assert "reason" in refusal.value.fields
    made.refresh_from_db()
    assert made.ended_at is None

    reverse_it(later, made)
    with pytest.raises(OutOfTurn):
        reverse_it(later, made)
    assert Entry.objects.filter(verb="petition.reverse_repeat").count() == 1


def test_a_decision_is_taken_back_on_its_own_petition_alone():
    pending, later = a_pair()
    made = decide(later, pending, RepeatOutcome.RELATED)

    with pytest.raises(Unknown):
        reverse_it(pending, made)

    made.refresh_from_db()
    assert made.ended_at is None


# ---- joining (Q11)


def test_q11_the_same_matter_pending_at_this_level_leads_on_to_the_joining():
    pending, later = a_pair()
    decide(later, pending)
    page = page_of(later, later.office.officer)

    assert f'name="pending_number" value="{pending.now.number}"' in page


def test_q11_joining_is_itself_the_decision_with_the_person_told_by_the_evidence():
    pending, later = a_pair()

    join(later, pending, now=LATER_DAY)

    made = RepeatDecision.objects.get()
    assert (made.outcome, made.by_joining, made.same_person) == (RepeatOutcome.SAME_PENDING, True, True)
    assert repeats_among([later.pk], later.office.officer) == {later.pk}


def test_q11_joining_another_persons_letter_makes_no_repeat():
    pending, later = a_pair(people=(a_person("别人", phone="13600000000", address="别处 8 号楼"),))

    join(later, pending, now=LATER_DAY)

    assert not RepeatDecision.objects.get().same_person
    assert repeats_among([later.pk], later.office.officer) == set()


def test_q11_a_decision_that_stands_is_joined_upon_and_not_written_twice():
    pending, later = a_pair()
    made = decide(later, pending)

    join(later, pending, now=LATER_DAY)

    assert RepeatDecision.objects.get() == made


def test_q11_what_was_decided_to_be_another_matter_is_not_joined():
    pending, later = a_pair()
    decide(later, pending, RepeatOutcome.UNRELATED)

    with pytest.raises(Refused) as refusal:
        join(later, pending, now=LATER_DAY)

    assert "pending_number" in refusal.value.fields
    assert not JoinedMatter.objects.exists()
    assert Claim.objects.get(petition=later.petition).route is None


def test_q11_a_decision_that_was_joined_upon_is_not_taken_back():
    pending, later = a_pair()
    made = decide(later, pending)
    join(later, pending, now=LATER_DAY)

    with pytest.raises(OutOfTurn):
        reverse_it(later, made)

    made.refresh_from_db()
    assert made.ended_at is None


# ---- what was said while typing


def test_q14_what_was_said_while_typing_is_written_with_the_registration():
    pending, later = a_pair()
    other = raised_again(pending, now=MONDAY)
    choices = {
        pending.pk: Choice(RepeatOutcome.SAME_PENDING, same_person=True, reason="同一套房"),
        other.pk: Choice(),
    }

    waiting = repeating.keep_choices(later.pk, choices, by=later.office.officer, now=LATER_DAY)

    decided = {each.earlier_id: each.outcome for each in RepeatDecision.objects.standing()}
    assert waiting == 1
    assert decided == {pending.pk: RepeatOutcome.SAME_PENDING, other.pk: RepeatOutcome.LATER}


@pytest.mark.parametrize(
    "choice",
    [
        Choice(RepeatOutcome.SAME_PENDING, same_person=True),
        Choice(RepeatOutcome.SAME_CONCLUDED, reason="已办结"),
    ],
)
def test_q14_a_choice_that_cannot_be_is_put_off_and_hinders_nobody(choice):
    pending, later = a_pair()

    assert repeating.keep_choices(later.pk, {pending.pk: choice}, by=later.office.officer, now=LATER_DAY) == 1

    assert RepeatDecision.objects.get().outcome == RepeatOutcome.LATER


def test_sending_the_form_twice_writes_nothing_twice():
    pending, later = a_pair()
    choices = {pending.pk: Choice()}

    for _time in range(2):
        repeating.keep_choices(later.pk, choices, by=later.office.officer, now=LATER_DAY)

    assert RepeatDecision.objects.count() == 1


def test_q6_what_cannot_be_opened_is_not_chosen_while_typing():
    hidden = registered()
    township = a_township()
    own = registered(office=township, now=LATER_DAY)

    assert repeating.keep_choices(own.pk, {hidden.pk: Choice()}, by=township.officer, now=LATER_DAY) == 0

    assert nothing_was_decided()


# ---- who must not see


def neighbour() -> Unit:
    return a_unit("GH")


def test_q6_who_does_not_see_one_of_the_two_decides_nothing_and_learns_nothing():
    hidden = registered()
    township = a_township()
    own = registered(office=township, now=LATER_DAY)
    nobody = replace(hidden, petition=Petition(pk="00000000-0000-7000-8000-000000000000"))

    words = []
    for other in (hidden, nobody):
        with pytest.raises(Refused) as refusal:
            decide(own, other, by=township.officer)
        words.append((str(refusal.value.message), refusal.value.fields))

    assert words[0] == words[1]
    assert nothing_was_decided()


def test_the_organ_that_leads_it_does_not_decide():
    pending, later = a_pair()
    route(later, now=LATER_DAY)

    with pytest.raises(NotAllowed):
        decide(later, pending, by=later.unit.officer)

    assert nothing_was_decided()


def page_of(case: Case, hat) -> str:
    answer = signed_in(hat).get(reverse("cases:petition", args=[case.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_r_25_both_pages_show_the_link_to_who_sees_both():
    pending, later = a_pair()
    decide(later, pending)

    assert pending.now.number in page_of(later, later.office.officer)
    assert later.now.number in page_of(pending, later.office.officer)


def test_q6_who_sees_one_of_the_two_learns_nothing_of_the_other():
    first = registered()
    later = registered(office=first.office, now=LATER_DAY)
    before = page_of(routed(later, now=LATER_DAY), later.unit.officer)
    decide(later, first)

    after = page_of(later, later.unit.officer)

    assert first.now.number not in after
    assert "同一人、同一套房" not in after
    assert after.count('class="tg tg-a"') == before.count('class="tg tg-a"')
    assert repeats_among([later.pk], later.unit.officer) == set()


def test_q1_once_the_earlier_is_sealed_the_later_shows_no_trace_of_it():
    first = registered()
    a_hat(Role.SEALED_LANE_OFFICER)
    later = registered(office=first.office, now=LATER_DAY)
    officer = later.office.officer
    decide(later, first, RepeatOutcome.LATER)
    assert (
        in_view(Petition.objects.visible_to(officer), View.REPEATS, hat=officer, now=LATER_DAY).count() == 1
    )
    decide(later, first)

    sealing.seal(
        first.pk,
        reason="点名举报",
        reported=[Reported(kind=ReportedKind.PERSON, name="某科长")],
        by=officer,
        now=LATER_DAY,
    )

    assert first.now.number not in page_of(later, officer)
    assert repeats_among([later.pk], officer) == set()


# ---- the officers' list


def in_list(hat):
    return set(in_view(Petition.objects.visible_to(hat), View.REPEATS, hat=hat, now=LATER_DAY))


def test_q14_what_was_put_off_stands_on_the_officers_list_until_it_is_decided():
    pending, later = a_pair()
    officer = later.office.officer
    assert in_list(officer) == set()

    decide(later, pending, RepeatOutcome.LATER)
    assert in_list(officer) == {later.petition}
    boxes = {box.query: box.count for box in my_work(officer, now=LATER_DAY)["boxes"]}
    assert boxes["?view=repeats"] == 1

    decide(later, pending)
    assert in_list(officer) == set()


def test_q6_the_list_holds_no_pair_of_which_one_is_out_of_sight():
    hidden = registered()
    township = a_township()
    own = registered(office=township, now=LATER_DAY)
    officer = hidden.office.officer
    RepeatDecision.objects.create(
        petition=own.petition,
        earlier=hidden.petition,
        outcome=RepeatOutcome.LATER,
        decided_by=officer.post,
        decider=officer.user,
        decided_at=LATER_DAY,
    )

    assert in_list(township.officer) == set()
    assert "?view=repeats" not in [box.query for box in my_work(township.officer, now=LATER_DAY)["boxes"]]


def test_the_ledger_shows_the_list():
    pending, later = a_pair()
    decide(later, pending, RepeatOutcome.LATER)

    page = signed_in(later.office.officer).get(reverse("cases:ledger"), {"view": "repeats"}).content.decode()

    assert later.now.number in page
    assert pending.now.number not in page
