"""A petition of the open lane, asked for by the kind of hat: what is prepared says what `visible_to` says."""

import pytest
from django.db import transaction

from accounts.models import OrganKind
from accounts.roles import Role
from cases.models import Petition
from cases.open_lane import hold_if_open_to, is_open_to
from tests.cases.given import a_petition
from tests.given import a_hat, an_organ

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", list(Role))
def test_each_kind_of_hat_sees_alone_what_it_may_know_of(role):
    petition = a_petition()
    office = petition.register_organ
    hats = [
        a_hat(role, organ=organ)
        for organ in (office, an_organ("ZJ"), an_organ("LZB", kind=OrganKind.TOWNSHIP))
    ]

    for hat in hats:
        may_know = Petition.objects.visible_to(hat).filter(pk=petition.pk).exists()
        assert is_open_to(hat, petition.pk) is may_know
        with transaction.atomic():
            held = hold_if_open_to(hat, petition.pk)
        assert held == (petition if may_know else None)


def test_a_sealed_petition_is_open_to_nobody():
    petition = a_petition()
    hat = a_hat(Role.REGISTRAR, organ=petition.register_organ)
    seen = is_open_to(hat, petition.pk)

    Petition.objects.filter(pk=petition.pk).update(sealed=True)

    assert seen
    assert not is_open_to(hat, petition.pk)
    assert hold_if_open_to(hat, petition.pk) is None
