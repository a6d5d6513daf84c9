"""Each field of a staff form says what it is for; the button's words are the button's."""

import re

import pytest
from django.urls import reverse

from accounts.roles import Role
from tests.given import a_hat, in_the_demo_world, signed_in

pytestmark = pytest.mark.django_db


def test_the_fields_of_a_staff_form_have_labels_of_their_own(client, settings):
    in_the_demo_world(settings)
    signed_in(client, a_hat(Role.SECURITY_ADMINISTRATOR))

    page = client.get(reverse("accounts:open_account")).content.decode()

    labels = re.findall(r'<label class="form-label[^>]*>([^<]+)</label>', page)
    assert len(labels) > 1
    assert len(set(labels)) == len(labels)
