"""Drafts keep what was typed and the day it came in; they are nobody else's (Q31)."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from accounts.roles import Role
from cases.actions.drafts import discard_draft, save_draft
from cases.actions.register import register
from cases.models import Draft
from lib.errors import NotAllowed, Stale, Unknown
from tests.cases.given import an_intake
from tests.given import MONDAY, SHANGHAI, a_hat

pytestmark = pytest.mark.django_db


def a_draft(by, **facts):
    facts = {
        "content": {"title": ["办证"]},
        "received_at": MONDAY,
        "seals": False,
        "seen_version": 0,
        "now": MONDAY,
        **facts,
    }
    return save_draft(facts.pop("pk", uuid4()), by=by, **facts)


def test_q31_a_draft_alarms_at_the_end_of_the_next_working_day():
    friday = datetime(2026, 3, 6, 16, tzinfo=SHANGHAI)

    draft = a_draft(a_hat(Role.REGISTRAR), now=friday)

    assert draft.alarm_at == datetime(2026, 3, 10, tzinfo=SHANGHAI)


def test_q31_a_draft_keeps_its_day_of_receipt_when_it_is_registered_later():
    registrar, key = a_hat(Role.REGISTRAR), uuid4()
    a_draft(registrar, pk=key)

    petition = register(key, an_intake(), by=registrar, now=MONDAY + timedelta(hours=5)).petition

    assert petition.received_at == MONDAY
    assert not Draft.objects.exists()


def test_what_is_typed_is_not_readable_in_the_database():
    draft = a_draft(a_hat(Role.REGISTRAR), content={"people-0-id_number": ["110101199003070011"]})

    assert b"110101199003070011" not in bytes(Draft.objects.get(pk=draft.pk).content_sealed)


def test_q32_a_save_from_an_older_window_is_refused_and_changes_nothing():
    registrar = a_hat(Role.REGISTRAR)
    draft = a_draft(registrar)
    a_draft(registrar, pk=draft.pk, seen_version=1)
    before = bytes(Draft.objects.get(pk=draft.pk).content_sealed)

    with pytest.raises(Stale):
        a_draft(registrar, pk=draft.pk, seen_version=1, content={"title": ["别的"]})

    assert bytes(Draft.objects.get(pk=draft.pk).content_sealed) == before


def test_a_draft_is_nobody_elses():
    draft = a_draft(a_hat(Role.REGISTRAR))
    colleague = a_hat(Role.REGISTRAR)

    with pytest.raises(Unknown):
        a_draft(colleague, pk=draft.pk, seen_version=1)
    with pytest.raises(Unknown):
        discard_draft(draft.pk, by=colleague, now=MONDAY)

    assert Draft.objects.filter(pk=draft.pk).exists()


def test_a_post_that_does_not_register_keeps_no_draft():
    with pytest.raises(NotAllowed):
        a_draft(a_hat(Role.INSPECTOR))

    assert not Draft.objects.exists()
