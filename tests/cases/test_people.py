"""Covered fields open one at a time and are written down; codes are replaced, not shown again."""

import pytest

from accounts.roles import Role
from audit.models import Entry
from cases.actions.people import PersonField, reissue_code, reveal
from cases.models import QueryCode
from lib.errors import NotAllowed
from tests.cases.given import a_person, a_petition, registered
from tests.given import MONDAY, a_hat

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (PersonField.NAME, "张大强"),
        (PersonField.PHONE, "13800001234"),
        (PersonField.ID_NUMBER, "110101199003070011"),
        (PersonField.ADDRESS, "永宁花园 3 号楼 2 单元"),
    ],
)
def test_p_10_one_field_opens_and_the_look_is_written_down_without_the_value(field, value):
    registrar = a_hat(Role.REGISTRAR)
    petition = a_petition(registrar, people=(a_person(id_number="110101199003070011"),))
    person = petition.people.get()

    shown = reveal(petition.pk, person.pk, field=field, by=registrar, now=MONDAY)

    entry = Entry.objects.about(petition).get(verb="petition.reveal")
    assert shown.value == value
    assert entry.facts == {"person": str(person.pk), "field": field}


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.OFFICE_DIRECTOR, Role.JOINT_CONFERENCE_OFFICER])
def test_p_10_who_only_reads_opens_no_field(role):
    petition = a_petition()

    with pytest.raises(NotAllowed):
        reveal(petition.pk, petition.people.get().pk, field=PersonField.PHONE, by=a_hat(role), now=MONDAY)

    assert not Entry.objects.about(petition).filter(verb="petition.reveal").exists()


def test_a_code_issued_anew_replaces_the_old_one():
    registrar = a_hat(Role.REGISTRAR)
    done = registered(registrar)

    _petition, code = reissue_code(done.petition.pk, by=registrar, now=MONDAY)

    assert code != done.codes[None]
    assert QueryCode.objects.filter(petition=done.petition, replaced_at=None).count() == 1
    assert QueryCode.objects.filter(petition=done.petition).count() == 2
