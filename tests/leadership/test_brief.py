"""每日班前必问: what is new, due today, overdue and urgent, and the word of it at eight on working days (Q2, Q6)."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, transaction

from accounts.roles import Role
from cases.actions import sealing
from cases.intake import Reported
from cases.models import Petition
from cases.states import ReportedKind
from leadership.brief import brief_page
from leadership.sweeps import tell_of_briefs
from notices.models import Kind, Notice
from notices.parts import tell
from tests.cases.browsers import signed_in
from tests.cases.handling.given import a_unit, at, received
from tests.given import MONDAY, a_hat
from tests.leadership.leaders import a_leader, sponsored

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]


def counts(hat, now=MONDAY) -> list[int]:
    return [part.count for part in brief_page(hat, now=now)["parts"]]


def test_an_office_reads_what_is_new_due_overdue_and_urgent():
    new, due, overdue = received(), received(), received()
    rows = Petition.objects
    rows.filter(pk=due.pk).update(
        received_at=at(2, 1), registered_at=at(2, 2), next_due_at=MONDAY + timedelta(hours=3)
    )
    rows.filter(pk=overdue.pk).update(
        received_at=at(2, 1),
        registered_at=at(2, 2),
        next_due_at=MONDAY - timedelta(days=1),
        is_urgent=True,
    )

    page = signed_in(new.office.officer).open("leadership:brief")

    assert [part.count for part in page.context["parts"]] == [1, 1, 1, 1]
    assert new.petition.number in page.content.decode()


def test_a_leader_reads_what_he_sponsors_and_another_nothing():
    _case, leader, _row = sponsored()
    received()
    other = a_leader("宣传部长")
    assert (counts(leader), counts(other)) == ([1, 0, 0, 0], [0, 0, 0, 0])
    assert signed_in(a_hat(Role.REGISTRAR)).open("leadership:brief").status_code == 403
    assert signed_in(a_unit("CG").officer).open("leadership:brief").status_code == 403


def test_q2_what_was_sealed_is_in_nobodys_brief():
    case, leader, _row = sponsored()
    sealing.seal(
        case.pk,
        reason="反映干部",
        reported=[Reported(kind=ReportedKind.PERSON, name="某")],
        by=case.office.head,
        now=MONDAY,
    )
    assert counts(leader) == counts(case.office.officer) == [0, 0, 0, 0]
    assert tell_of_briefs(now=MONDAY) == 0
    assert not Notice.objects.filter(kind="morning_brief").exists()


def test_it_is_told_once_from_eight_on_of_a_working_day_to_who_has_something_in_it():
    _case, leader, _row = sponsored()
    other = a_leader("宣传部长")
    early, sunday = at(3, 2, 7), at(3, 1)
    assert tell_of_briefs(now=early) == tell_of_briefs(now=sunday) == 0

    tell_of_briefs(now=at(3, 2, 8))
    tell_of_briefs(now=at(3, 2, 9))

    told = Notice.objects.filter(kind="morning_brief")
    assert told.filter(post=leader.post).count() == 1
    assert not told.filter(post=other.post).exists()
    tell_of_briefs(now=at(3, 3, 8))
    assert Notice.objects.unread().get(kind="morning_brief", post=leader.post).subject_id == "2026-03-03"
    inbox = signed_in(leader).open("notices:inbox")
    assert "晨报" in inbox.content.decode()


def test_the_word_of_a_morning_leads_to_the_brief_and_a_day_that_is_none_nowhere():
    _case, leader, _row = sponsored()
    browser = signed_in(leader)
    assert browser.open("leadership:brief_of", "2026-03-02").status_code == 302
    assert "那天的晨报没有保存" in browser.get("/brief/2026-02-27/", follow=True).content.decode()
    for none in ("2026-03-03", "2026-02-30", "xx"):
        assert browser.open("leadership:brief_of", none).status_code == 404


def test_a_part_that_is_cut_is_shown_whole_on_its_own():
    officer = [received() for _each in range(11)][-1].office.officer
    first = brief_page(officer, now=MONDAY)["parts"][0]
    assert (first.count, len(first.rows), first.is_cut) == (11, 10, True)
    (whole,) = brief_page(officer, now=MONDAY, part="new")["parts"]
    assert (whole.name, len(whole.rows), whole.is_cut) == ("new", 11, False)


def test_two_workers_at_once_tell_everybody_and_take_nothing_back():
    office = received().office
    posts = [office.officer.post.pk, office.head.post.pk]
    late = threading.Thread(target=_in_its_own_connection)

    with transaction.atomic():
        # what the other worker is in the middle of; this one has read already that nobody was told
        tell(posts, Kind.MORNING_BRIEF, key="brief:20260302", subject_id="2026-03-02", now=MONDAY)
        late.start()
        _wait_for_a_blocked_one()
    late.join()

    told = Notice.objects.filter(kind=Kind.MORNING_BRIEF, withdrawn_at=None)
    assert sorted(told.values_list("post", flat=True)) == sorted(posts)


def _in_its_own_connection() -> None:
    try:
        tell_of_briefs(now=MONDAY)
    finally:
        connection.close()


def _wait_for_a_blocked_one() -> None:
    ends = time.monotonic() + 20
    while time.monotonic() < ends:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    pytest.fail("nobody waits for this one")
