"""A leader's own page of what he instructed: by when, answered, checked; his secretary reads it, nobody else does."""

from datetime import timedelta

import pytest

from accounts.roles import Role
from cases.states import Channel
from leadership.actions import answers, letters
from leadership.instructions import seconds_left
from leadership.models import LetterReading
from tests.cases.browsers import signed_in
from tests.cases.handling.given import received, registered
from tests.given import MONDAY, a_hat
from tests.leadership.leaders import LATER, a_leader, a_secretary, given, signed, sponsored

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]


def test_it_says_what_came_of_each_and_to_whom_it_is_shown():
    case, leader, _row = sponsored()
    row = given(case, leader)
    (asked,) = [task.assignment for task in row.tasks.all()]
    answers.reply(asked.pk, words="已兑现", by=case.unit.officer, now=LATER)

    for hat in (leader, a_secretary(leader)):
        page = signed_in(hat).open("leadership:instructions")
        (line,) = page.context["lines"]
        (one,) = line.asked
        assert (one.answered_on, one.checked_on) == (MONDAY.date(), None)
        assert (line.waits_for_the_office, page.context["closed"]) == (False, False)
        assert case.unit.organ.short_name in page.content.decode()
    assert signed_in(a_leader("宣传部长")).open("leadership:instructions").context["lines"] == []
    assert signed_in(a_hat(Role.REGISTRAR)).open("leadership:instructions").status_code == 403


def test_the_seconds_run_down_and_the_button_goes():
    case, leader, _row = sponsored()
    row = signed(case, leader)
    left = [seconds_left(row, now=MONDAY + timedelta(seconds=passed)) for passed in (0, 9.5, 10, 60)]
    assert left == [10, 1, 0, 0]
    (one,) = signed_in(leader).open("leadership:instructed", case.pk).context["given"]
    assert [offer.deed.slug for offer in one.offers] == ["undo"]


def test_whoever_instructs_has_read_the_letter_and_what_came_before_it_is_no_mark():
    case, leader, _row = sponsored(received(registered(channel=Channel.LETTER)))
    given(case, leader)
    tomorrow = MONDAY + timedelta(days=1)
    letters.choose_letter(case.pk, leader_id=leader.post.pk, by=case.office.officer, now=tomorrow)
    (letter,) = signed_in(leader).open("leadership:instructed", case.pk).context["letters"]
    assert (letter.row.read_at, letter.assigned_at) == (None, None)

    given(case, leader, now=tomorrow)

    assert LetterReading.objects.get().read_at is not None
