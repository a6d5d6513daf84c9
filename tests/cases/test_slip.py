"""The slip: a page of its own that shows each code once, in the session of whoever registered and nowhere else."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.roles import Role
from cases.models import Petition
from cases.states import Purpose
from tests.cases.browsers import Browser, typed
from tests.cases.given import a_petition
from tests.given import a_hat, an_organ

pytestmark = pytest.mark.django_db

CODE = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}")


def codes_on(page) -> list[str]:
    return CODE.findall(page.content.decode())


def slip_after_registering(browser: Browser, **facts: object) -> str:
    """Register and return the address of the slip."""
    answer = browser.send("cases:draft", uuid4(), do="register", **typed(**facts))
    assert answer.status_code == 302
    return answer.url


def test_registering_leads_to_a_page_that_can_be_loaded_again(registrar):
    slip = slip_after_registering(registrar)

    first, again = registrar.get(slip), registrar.get(slip)

    assert len(codes_on(first)) == 1
    assert (again.status_code, codes_on(again)) == (200, [])
    assert Petition.objects.get().number in again.content.decode()
    assert "查询码只显示一次" in again.content.decode()
    assert "no-store" in again["Cache-Control"]


def test_a_form_sent_twice_before_the_slip_was_seen_still_shows_the_code(registrar):
    draft = uuid4()
    registrar.send("cases:draft", draft, do="register", **typed())

    second = registrar.send("cases:draft", draft, do="register", **typed())

    assert len(codes_on(registrar.get(second.url))) == 1


def test_the_code_waits_encrypted_and_is_gone_once_seen(registrar):
    slip = slip_after_registering(registrar)
    waiting = str(dict(registrar.session))

    (code,) = codes_on(registrar.get(slip))

    assert code not in waiting
    assert code not in str(dict(registrar.session))
    assert len(str(dict(registrar.session))) < len(waiting)


def test_a_slip_is_for_the_hat_that_registered(registrar, sign_in):
    slip = slip_after_registering(registrar)

    colleague = sign_in(a_hat(Role.REGISTRAR)).get(slip)
    stranger = sign_in(a_hat(Role.CASE_OFFICER, organ=an_organ())).get(slip)

    assert codes_on(colleague) == []
    assert stranger.status_code == 404
    assert len(codes_on(registrar.get(slip))) == 1


def test_a_sealed_petitions_slip_is_shown_once_and_then_says_nothing_of_it(registrar):
    """Q1, protection §2.5."""
    unit = an_organ()
    slip = slip_after_registering(
        registrar, purpose=Purpose.REPORT_ACCUSATION, reported_kind="unit", reported_organ=str(unit.pk)
    )
    number = Petition.objects.get().number

    first, again = registrar.get(slip), registrar.get(slip)

    assert number in first.content.decode() and len(codes_on(first)) == 1
    assert again.status_code == 200
    assert number not in again.content.decode()


def test_the_slip_says_where_to_ask_and_leaves_room_for_the_seal(sign_in):
    hat = a_hat(Role.REGISTRAR)
    type(hat.user).objects.filter(pk=hat.user.pk).update(phone="0358-8221234")

    browser = sign_in(hat)
    html = browser.get(slip_after_registering(browser)).content.decode()

    assert "0358-8221234" in html
    assert "slip-seal" in html


def test_a_code_issued_anew_is_shown_once(sign_in):
    officer, petition = sign_in(a_hat(Role.PETITION_OFFICER)), a_petition()

    answer = officer.send("cases:reissue_code", petition.pk)
    first, again = officer.get(answer.url), officer.get(answer.url)

    assert answer.url == reverse("cases:slip", args=[petition.pk])
    assert len(codes_on(first)) == 1
    assert codes_on(again) == []


def test_there_is_no_slip_of_what_was_never_registered(registrar):
    assert registrar.open("cases:slip", uuid4()).status_code == 404
