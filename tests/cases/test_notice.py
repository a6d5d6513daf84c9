"""The petitioner answers for the truth of what he says; nothing in the house scores it (Art 19(2); R-04)."""

import pytest
from django.apps import apps
from django.urls import reverse

from accounts.roles import Role
from tests.given import a_hat, in_the_demo_world, signed_in

pytestmark = pytest.mark.django_db


def test_r04_the_form_says_what_the_petitioner_answers_for(client, settings):
    in_the_demo_world(settings)
    signed_in(client, a_hat(Role.REGISTRAR))

    page = client.get(reverse("cases:intake"), follow=True).content.decode()

    assert "第十九条、第四十七条" in page


def test_r04_no_field_scores_the_truth_of_a_petitioner():
    fields = {
        field.name for model in apps.get_app_config("cases").get_models() for field in model._meta.fields
    }

    assert not {name for name in fields if "score" in name or "truth" in name or "risk" in name}
