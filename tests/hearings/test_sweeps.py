"""No hearing stands on a petition that is over or sealed: its room and its persons are free again."""

import pytest

from audit.models import Entry
from cases.actions import sealing
from cases.intake import Reported
from cases.models import Petition
from cases.states import EndKind, ReportedKind, Routing
from hearings.actions import asking
from hearings.models import Booking
from hearings.states import HearingState
from hearings.sweeps import call_off_hearings
from notices.models import Kind, Notice
from tests.given import MONDAY
from tests.hearings.given import Held, asked, called, concluded, opened

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]


def seal(held: Held) -> None:
    reported = [Reported(kind=ReportedKind.UNIT, organ_id=held.case.unit.organ.pk)]
    sealing.seal(held.case.pk, reason="反映干部", reported=reported, by=held.head, now=MONDAY)


def end(held: Held, routing: Routing) -> None:
    """Write that the petition ended: how it came to that is tested in its own room."""
    ended_as = EndKind.WITHDRAWN if routing == Routing.ENDED else ""
    Petition.objects.filter(pk=held.case.pk).update(routing=routing, ended_as=ended_as)


def told(held: Held) -> set[int]:
    rows = Notice.objects.filter(kind=Kind.HEARING_OFF, subject_id=str(held.pk))
    return set(rows.values_list("post", flat=True))


def test_q2_a_sealed_petition_is_heard_no_more_and_frees_room_and_persons():
    held, other = called(), called()
    seal(held)

    assert (call_off_hearings(now=MONDAY), call_off_hearings(now=MONDAY)) == (1, 0)

    assert held.now.state == HearingState.CALLED_OFF
    assert not Booking.objects.filter(hearing=held.pk).exists()
    assert told(held) == {held.chair.post.pk, held.clerk.post.pk}
    assert Entry.objects.filter(verb="petition.call_off_hearing", subject_id=str(held.case.pk)).count() == 1
    # its neighbour stands as it was
    assert (other.now.state, other.now.bookings.count(), told(other)) == (HearingState.CALLED, 3, set())


@pytest.mark.parametrize("routing", [Routing.VOID, Routing.ENDED])
def test_what_ended_is_heard_no_more(routing):
    held = opened()
    end(held, routing)

    assert call_off_hearings(now=MONDAY) == 1

    assert held.now.state == HearingState.CALLED_OFF
    assert held.now.called_off_why


def test_a_hearing_that_nobody_was_called_to_ends_without_a_word_to_anybody():
    held = asked()
    end(held, Routing.VOID)

    assert call_off_hearings(now=MONDAY) == 1

    assert (held.now.state, told(held)) == (HearingState.CALLED_OFF, set())


def test_what_was_concluded_before_the_petition_ended_is_signed_and_kept():
    held = concluded()
    end(held, Routing.ENDED)

    assert call_off_hearings(now=MONDAY) == 0
    assert held.now.state == HearingState.CONCLUDED


def test_whoever_was_called_is_told_when_a_head_calls_it_off():
    held = called()
    asking.call_off_hearing(held.pk, reason="信访人撤回听证申请", by=held.head, now=MONDAY)

    assert told(held) == {held.chair.post.pk, held.clerk.post.pk}
