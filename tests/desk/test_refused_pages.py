"""A refusal speaks of what was typed only where something was typed."""

import pytest

from accounts.roles import Role
from cases.models import Petition
from tests.cases.given import a_petition
from tests.given import a_hat

pytestmark = pytest.mark.django_db


def test_a_page_that_cannot_be_opened_does_not_speak_of_a_text(sign_in):
    page = sign_in(a_hat(Role.LEADER)).open("cases:intake")

    assert page.status_code == 403
    assert "无法打开" in page.content.decode()
    assert "您写的内容" not in page.content.decode()


def test_a_form_that_is_refused_says_that_its_text_is_still_there(sign_in):
    leader = a_hat(Role.LEADER)
    petition = a_petition()

    page = sign_in(leader).post(f"/petitions/{petition.pk}/query-code/", {"hat": "0"})

    assert page.status_code == 409
    assert "您写的内容还在" in page.content.decode()
    assert Petition.objects.get().query_codes.count() == 1


def test_an_address_that_only_takes_forms_has_a_page_for_whoever_opens_it(sign_in):
    page = sign_in(a_hat(Role.REGISTRAR)).get("/sign-out/")

    assert page.status_code == 405
    assert page["Allow"] == "POST"
    assert "只接收表单提交的内容" in page.content.decode()
