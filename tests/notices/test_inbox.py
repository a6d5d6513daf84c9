"""What a post was told: its own, until it is taken back."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.hats import Hat
from accounts.models import OrganKind, Portfolio
from accounts.roles import Role
from audit.models import Entry
from cases.actions.sealing import unseal
from cases.states import Purpose
from notices.models import Kind, Notice
from tests.cases.given import a_petition
from tests.given import LONG_AGO, MONDAY, a_hat, a_place, an_organ

pytestmark = pytest.mark.django_db


def a_leader_of(place: str) -> Hat:
    leader = a_hat(Role.LEADER, organ=an_organ(kind=OrganKind.LEADING_BODY))
    Portfolio.objects.create(post=leader.post, place=a_place(place), since=LONG_AGO)
    return leader


def told(browser) -> list[Notice]:
    return list(browser.open("notices:inbox").context["page"].rows)


def test_a_post_reads_its_own_notices_and_nobody_elses(sign_in):
    leader, colleague = a_leader_of("141102001"), a_leader_of("141102002")

    petition = a_petition()

    assert [notice.subject_id for notice in told(sign_in(leader))] == [str(petition.pk)]
    assert told(sign_in(colleague)) == []


def test_a_person_with_two_hats_reads_the_notices_of_the_one_worn(sign_in):
    leader = a_leader_of("141102001")
    other_hat = a_hat(Role.INSPECTOR, user=leader.user)
    a_petition()

    assert told(sign_in(other_hat)) == []


def shown_on(page) -> str:
    """Return the ids that the page's form carries."""
    found = re.search(r'name="shown" value="([\d,]+)"', page.content.decode())
    return found[1] if found else ""


def test_reading_marks_ones_own_notices_only_and_is_written_down(sign_in):
    leader, colleague = a_leader_of("141102001"), a_leader_of("141102001")
    a_petition()
    everybodys = ",".join(str(notice.pk) for notice in Notice.objects.order_by("pk"))

    sign_in(leader).send("notices:mark_read", shown=everybodys)

    assert list(Notice.objects.unread().values_list("post", flat=True)) == [colleague.post.pk]
    assert Entry.objects.get(verb="notices.read").facts == {"count": 1}


def test_what_was_told_after_the_page_was_drawn_stays_unread(sign_in):
    leader = a_leader_of("141102001")
    seen = a_petition()
    browser = sign_in(leader)
    page = browser.open("notices:inbox")
    missed = a_petition()

    browser.send("notices:mark_read", shown=shown_on(page))

    read = dict(Notice.objects.values_list("subject_id", "read_at"))
    assert read[str(seen.pk)] is not None
    assert read[str(missed.pk)] is None


def test_a_page_with_nothing_unread_offers_nothing_to_mark(sign_in):
    leader = a_leader_of("141102001")
    a_petition()
    browser = sign_in(leader)
    browser.send("notices:mark_read", shown=shown_on(browser.open("notices:inbox")))

    assert shown_on(browser.open("notices:inbox")) == ""


@pytest.mark.parametrize("shown", ["", "1,", "x", "9" * 30])
def test_a_form_bent_on_its_way_marks_nothing(sign_in, shown):
    leader = a_leader_of("141102001")
    a_petition()

    answer = sign_in(leader).send("notices:mark_read", shown=shown)

    assert answer.status_code == 302
    assert Notice.objects.unread().exists()
    assert not Entry.objects.filter(verb="notices.read").exists()


def test_marking_as_read_is_never_a_get(sign_in):
    leader = a_leader_of("141102001")
    a_petition()

    answer = sign_in(leader).get(reverse("notices:mark_read"))

    assert answer.status_code == 405
    assert Notice.objects.unread().exists()


def test_a_notice_says_which_petition_it_concerns_and_names_no_petitioner(sign_in):
    leader = a_leader_of("141102001")
    petition = a_petition(title="张大强要求办证")

    page = sign_in(leader).open("notices:inbox").content.decode()

    assert petition.number in page
    assert "要求办证" in page
    assert "张大强" not in page


def test_a_notice_about_what_its_reader_lost_says_nothing_of_it(sign_in):
    leader = a_leader_of("141102001")
    petition = a_petition(title="要求办证")
    petition.involvements.filter(post=leader.post).update(ended_at=MONDAY)

    page = sign_in(leader).open("notices:inbox")

    assert [told.matter for told in page.context["told"]] == [None]
    assert petition.number not in page.content.decode()
    assert "办证" not in page.content.decode()


def test_a_notice_taken_back_is_gone_from_the_inbox(sign_in):
    officer = a_hat(Role.SEALED_LANE_OFFICER)
    petition = a_petition(names_a_wrongdoer=True, purpose=Purpose.REQUEST, now=MONDAY)

    before = told(sign_in(officer))
    unseal(petition.pk, reason="登记有误", by=officer, now=MONDAY + timedelta(minutes=1))

    assert len(before) == 1
    assert told(sign_in(officer)) == []


def test_an_empty_inbox_says_so(sign_in):
    page = sign_in(a_hat(Role.REGISTRAR)).open("notices:inbox")

    assert page.status_code == 200
    assert "mood-smile" in page.content.decode()


def test_the_badge_counts_to_a_hundred_and_no_further(sign_in):
    hat = a_hat(Role.INSPECTOR)
    browser = sign_in(hat)
    assert b"99+" not in browser.open("notices:inbox").content

    Notice.objects.bulk_create(
        Notice(
            post=hat.post,
            kind=Kind.REGISTERED_FOR_YOU,
            key=str(number),
            subject_id=str(uuid4()),
            decided_at=MONDAY,
        )
        for number in range(99)
    )
    assert '<span class="tg tg-p">99</span>' in browser.open("notices:inbox").content.decode()

    Notice.objects.create(
        post=hat.post,
        kind=Kind.REGISTERED_FOR_YOU,
        key="one more",
        subject_id=str(uuid4()),
        decided_at=MONDAY,
    )
    page = browser.open("notices:inbox").content.decode()
    assert '<span class="tg tg-p">99+</span>' in page and "超过 99 条未读" in page
