"""A leaver's petitions pass on in one act that cannot forget one (Q29)."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from accounts.actions.people import close_account
from accounts.actions.posts import hand_over
from accounts.handover import open_work
from accounts.models import OrganKind, Portfolio
from accounts.roles import Role
from cases.actions.drafts import save_draft
from cases.handover import ORGANS_PARTS
from cases.intake import Reported
from cases.models import Draft, Involvement, Petition, PetitionClock, SealedGrant
from cases.states import Purpose, ReportedKind
from lib.errors import OutOfTurn, Refused
from tests.cases.given import a_petition
from tests.given import LONG_AGO, MONDAY, a_hat, a_place, a_user, an_organ

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(days=1)


def the_security_administrator():
    return a_hat(Role.SECURITY_ADMINISTRATOR)


def test_q29_every_kind_of_work_of_a_post_is_counted():
    registrar = a_hat(Role.REGISTRAR)
    save_draft(uuid4(), content={}, received_at=MONDAY, seals=False, seen_version=0, by=registrar, now=MONDAY)
    leader = a_hat(Role.LEADER, organ=an_organ(kind=OrganKind.LEADING_BODY))
    Portfolio.objects.create(post=leader.post, place=a_place("141102001"), since=LONG_AGO)
    officer = a_hat(Role.SEALED_LANE_OFFICER)

    a_petition(registrar)
    a_petition(registrar, purpose=Purpose.REPORT_ACCUSATION)

    assert open_work(registrar.post) == {"drafts": 1}
    assert open_work(leader.post) == {"petitions": 1, "notices": 1}
    assert open_work(officer.post) == {"sealed": 1, "notices": 1}


def test_q29_an_account_does_not_close_while_work_is_his():
    registrar = a_hat(Role.REGISTRAR)
    save_draft(uuid4(), content={}, received_at=MONDAY, seals=False, seen_version=0, by=registrar, now=MONDAY)

    with pytest.raises(OutOfTurn):
        close_account(registrar.user.pk, by=the_security_administrator(), now=LATER)

    registrar.user.refresh_from_db()
    assert registrar.user.is_active


def test_q29_a_leaders_petitions_and_a_registrars_drafts_pass_on():
    registrar, colleague = a_hat(Role.REGISTRAR), a_hat(Role.REGISTRAR)
    draft = save_draft(
        uuid4(), content={}, received_at=MONDAY, seals=False, seen_version=0, by=registrar, now=MONDAY
    )

    hand_over(registrar.post.pk, to_post_id=colleague.post.pk, by=the_security_administrator(), now=LATER)

    assert Draft.objects.get(pk=draft.pk).post == colleague.post
    assert open_work(registrar.post) == {}


def test_q29_sealed_petitions_pass_to_an_officer_of_the_lane_only():
    officer, clerk, successor = (
        a_hat(Role.SEALED_LANE_OFFICER),
        a_hat(Role.PETITION_OFFICER),
        a_hat(Role.SEALED_LANE_OFFICER),
    )
    petition = a_petition(purpose=Purpose.REPORT_ACCUSATION)
    SealedGrant.objects.filter(post=successor.post).update(ended_at=MONDAY)
    security = the_security_administrator()

    with pytest.raises(Refused):
        hand_over(officer.post.pk, to_post_id=clerk.post.pk, by=security, now=LATER)
    assert Petition.objects.sealed_to(officer).get() == petition

    hand_over(officer.post.pk, to_post_id=successor.post.pk, by=security, now=LATER)

    assert Petition.objects.sealed_to(successor).get() == petition
    assert not Petition.objects.sealed_to(officer).exists()


def test_inv_8_a_sealed_petition_never_passes_to_the_person_it_names():
    officer = a_hat(Role.SEALED_LANE_OFFICER)
    petition = a_petition(
        purpose=Purpose.REPORT_ACCUSATION, reported=(Reported(kind=ReportedKind.PERSON, name="李文斌"),)
    )
    SealedGrant.objects.filter(petition=petition).update(ended_at=MONDAY)
    SealedGrant.objects.create(petition=petition, post=officer.post, reason="", granted_at=MONDAY)
    accused = a_hat(Role.SEALED_LANE_OFFICER)
    petition.reported_parties.update(user=accused.user)

    third = a_hat(Role.SEALED_LANE_OFFICER, user=a_user("任静"))

    hand_over(officer.post.pk, to_post_id=accused.post.pk, by=the_security_administrator(), now=LATER)

    assert not SealedGrant.objects.filter(petition=petition, post=accused.post).exists()
    assert Petition.objects.sealed_to(third).get() == petition


def test_q29_an_organs_open_petitions_and_clocks_pass_to_its_successor_and_papers_keep_its_name():
    township = an_organ(kind=OrganKind.TOWNSHIP, number_prefix="TJH")
    successor = an_organ(kind=OrganKind.TOWNSHIP, number_prefix="TJX")
    petition = a_petition(a_hat(Role.REGISTRAR, organ=township))

    with transaction.atomic():
        ORGANS_PARTS.move(township, successor, a_hat(Role.SYSTEM_ADMINISTRATOR), LATER)

    assert Involvement.objects.get(petition=petition, ended_at=None).organ == successor
    assert PetitionClock.objects.open().get(petition=petition).organ == successor
    petition.refresh_from_db()
    assert (petition.register_organ, petition.number) == (township, "TJH2026-000001")
    assert PetitionClock.objects.get(petition=petition).last_day == date(2026, 3, 17)
