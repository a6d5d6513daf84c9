"""A parked draft that waits too long is told to whoever keeps it, once, without a word of what it is about (Q31)."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.actions.posts import hand_over
from accounts.roles import Role
from cases import sweeps
from cases.actions.drafts import discard_draft, save_draft
from cases.actions.register import register
from cases.sweeps import tell_of_waiting_drafts
from notices.models import Kind, Notice
from tests.cases.given import an_intake
from tests.given import MONDAY, SHANGHAI, a_hat

pytestmark = pytest.mark.django_db

# begun on Monday, so it asks to be finished by the end of Tuesday
ALARM = datetime(2026, 3, 4, tzinfo=SHANGHAI)


def a_draft(by, *, now=MONDAY, seals=False):
    return save_draft(
        uuid4(),
        content={"title": ["张大强"]},
        received_at=MONDAY,
        seals=seals,
        seen_version=0,
        by=by,
        now=now,
    )


def test_q31_the_writer_is_told_when_the_alarm_rings_and_not_before():
    registrar = a_hat(Role.REGISTRAR)
    draft = a_draft(registrar)

    assert tell_of_waiting_drafts(now=ALARM - timedelta(seconds=1)) == 0
    assert tell_of_waiting_drafts(now=ALARM) == 1
    notice = Notice.objects.get()
    assert (notice.post, notice.kind, notice.subject_id) == (registrar.post, Kind.DRAFT_WAITS, str(draft.pk))


def test_q31_a_draft_is_told_of_once_even_after_the_notice_was_read():
    a_draft(a_hat(Role.REGISTRAR))
    tell_of_waiting_drafts(now=ALARM)
    Notice.objects.update(read_at=ALARM)

    assert tell_of_waiting_drafts(now=ALARM + timedelta(days=3)) == 0
    assert Notice.objects.count() == 1


def test_drafts_are_told_of_in_batches_and_a_run_broken_off_is_carried_on(monkeypatch):
    monkeypatch.setattr(sweeps, "_BATCH", 2)
    registrar = a_hat(Role.REGISTRAR)
    for _ in range(5):
        a_draft(registrar)
    sweeps._tell_of_drafts(now=ALARM)

    assert tell_of_waiting_drafts(now=ALARM) == 3
    assert Notice.objects.filter(post=registrar.post).count() == 5


def test_q1_the_notice_of_a_sealed_draft_says_what_every_other_says(sign_in):
    registrar = a_hat(Role.REGISTRAR)
    a_draft(registrar)
    a_draft(registrar, seals=True)
    tell_of_waiting_drafts(now=ALARM)

    page = sign_in(registrar).open("notices:inbox")

    assert len({notice.get_kind_display() for notice in page.context["page"].rows}) == 1
    assert "张大强" not in page.content.decode()


@pytest.mark.parametrize("page", ["notices:inbox", "desk:my_work"])
def test_the_notice_leads_to_the_draft(sign_in, page):
    registrar = a_hat(Role.REGISTRAR)
    draft = a_draft(registrar)
    tell_of_waiting_drafts(now=ALARM)
    browser = sign_in(registrar)

    assert reverse("cases:draft", args=[draft.pk]) in browser.open(page).content.decode()
    assert browser.open("cases:draft", draft.pk).status_code == 200


def test_the_notice_goes_with_the_draft_that_is_thrown_away():
    registrar = a_hat(Role.REGISTRAR)
    draft = a_draft(registrar)
    tell_of_waiting_drafts(now=ALARM)

    discard_draft(draft.pk, by=registrar, now=ALARM)

    assert not Notice.objects.standing().exists()


def test_the_notice_goes_with_the_draft_that_is_registered():
    registrar = a_hat(Role.REGISTRAR)
    draft = a_draft(registrar)
    tell_of_waiting_drafts(now=ALARM)

    register(draft.pk, an_intake(received_at=ALARM), by=registrar, now=ALARM)

    assert not Notice.objects.standing().filter(kind=Kind.DRAFT_WAITS).exists()


def test_q29_whoever_takes_a_waiting_draft_over_has_its_notice_and_no_second_one():
    registrar, successor = a_hat(Role.REGISTRAR), a_hat(Role.REGISTRAR)
    a_draft(registrar)
    tell_of_waiting_drafts(now=ALARM)
    hand_over(
        registrar.post.pk, to_post_id=successor.post.pk, by=a_hat(Role.SECURITY_ADMINISTRATOR), now=ALARM
    )

    assert tell_of_waiting_drafts(now=ALARM) == 0
    assert Notice.objects.standing().get().post == successor.post
