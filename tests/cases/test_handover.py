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
from cases.handover import ORGANS_PARTS, PARTS
from cases.intake import Reported
from cases.models import Draft, Involvement, Petition, PetitionClock, SealedGrant
from cases.states import Basis, Purpose, ReportedKind
from lib.errors import OutOfTurn, Refused
from notices.models import Kind, Notice
from notices.parts import tell
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
    # what he looks after is no work of his: it goes with the portfolio
    assert open_work(leader.post) == {"notices": 1}
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


def test_q29_a_part_that_is_work_passes_and_what_a_leader_looks_after_stays_with_his_portfolio():
    body = an_organ(kind=OrganKind.LEADING_BODY)
    leader, taking, neighbour = (a_hat(Role.LEADER, organ=body) for _number in range(3))
    petition = a_petition()
    of_work = ["another", Basis.PORTFOLIO]
    Involvement.objects.create(
        petition=petition,
        post=leader.post,
        bases=of_work,
        since=MONDAY,
        sealed=False,
        routing=petition.routing,
        place_path=petition.place_path,
        received_at=MONDAY,
    )
    assert open_work(leader.post) == {"petitions": 1}

    with transaction.atomic():
        PARTS.move(leader.post, taking.post, the_security_administrator(), LATER)

    bases = Involvement.objects.filter(ended_at=None, post__isnull=False).values_list("post", "bases")
    assert dict(bases) == {leader.post.pk: [Basis.PORTFOLIO], taking.post.pk: ["another"]}
    assert not Petition.objects.visible_to(neighbour).exists()


@pytest.fixture
def unit():
    return an_organ("ZJ", number_prefix="ZJ", name="离石区住房和城乡建设局", short_name="区住建局")


@pytest.fixture
def office():
    """The organ above the unit, whose registrars may take its work."""
    return an_organ("QZF", kind=OrganKind.LEADING_BODY, number_prefix="QZF")


@pytest.fixture
def leaver(unit, office):
    unit.parent, unit.path = office, "QZF/ZJ/"
    unit.save(update_fields=["parent", "path"])
    return a_hat(Role.REGISTRAR, organ=unit)


def a_sealed_draft(by, **reported):
    content = {"text": ["索要红包"]} | {f"reported_{name}": [value] for name, value in reported.items()}
    return save_draft(
        uuid4(),
        content=content,
        received_at=MONDAY,
        seals=True,
        seals_whole=True,
        seen_version=0,
        by=by,
        now=MONDAY,
    )


def keeper_of(draft):
    return Draft.objects.get(pk=draft.pk).post


def pass_on(leaver, taking):
    return hand_over(leaver.post.pk, to_post_id=taking.post.pk, by=the_security_administrator(), now=LATER)


def test_q1_a_sealed_draft_passes_to_a_successor_it_does_not_name(leaver, unit):
    successor, neighbour = a_hat(Role.REGISTRAR, organ=unit), a_hat(Role.REGISTRAR, organ=unit)
    draft = a_sealed_draft(leaver, kind="person", name="高建国")

    pass_on(leaver, successor)

    assert keeper_of(draft) == successor.post
    assert not Draft.objects.filter(post=neighbour.post).exists()


def test_inv_8_a_sealed_draft_never_passes_to_the_person_it_names(leaver, unit):
    accused = a_hat(Role.REGISTRAR, organ=unit, user=a_user("高建国"))
    other = a_hat(Role.REGISTRAR, organ=unit, user=a_user("任静"))
    named = a_sealed_draft(leaver, kind="person", name="高建国")
    plain = save_draft(
        uuid4(), content={}, received_at=MONDAY, seals=False, seen_version=0, by=leaver, now=MONDAY
    )
    tell([leaver.post.pk], Kind.DRAFT_WAITS, key="draft", subject_id=str(named.pk), now=MONDAY)

    moved = pass_on(leaver, accused)

    assert (keeper_of(named), keeper_of(plain)) == (other.post, accused.post)
    assert moved["drafts"] == 2
    assert not Notice.objects.standing().filter(post=accused.post).exists()


@pytest.mark.parametrize("typed", ["organ", "name", "name without kind"])
def test_inv_8_a_sealed_draft_never_passes_to_the_unit_it_names(leaver, unit, office, typed):
    successor = a_hat(Role.REGISTRAR, organ=unit)
    above = a_hat(Role.REGISTRAR, organ=office)
    said = {
        "organ": {"kind": "unit", "organ": str(unit.pk)},
        "name": {"kind": "unit", "name": "区住建局"},
        "name without kind": {"name": "区住建局"},
    }
    draft = a_sealed_draft(leaver, **said[typed])

    pass_on(leaver, successor)

    assert keeper_of(draft) == above.post


def test_inv_8_a_sealed_draft_never_passes_below_the_unit_that_the_person_it_names_leads(
    leaver, unit, office
):
    head = a_hat(Role.UNIT_HEAD, organ=unit, user=a_user("高建国"))
    successor, above = a_hat(Role.REGISTRAR, organ=unit), a_hat(Role.REGISTRAR, organ=office)
    draft = a_sealed_draft(leaver, kind="person", name=head.user.name)

    pass_on(leaver, successor)

    assert keeper_of(draft) == above.post


def test_a_sealed_draft_passes_to_nobody_who_does_not_register(leaver, unit):
    director, clerk = a_hat(Role.OFFICE_DIRECTOR, organ=unit), a_hat(Role.CASE_OFFICER, organ=unit)
    draft = a_sealed_draft(leaver, kind="person", name="高建国")

    pass_on(leaver, director)

    assert keeper_of(draft) == clerk.post


def test_inv_8_where_nobody_can_take_a_sealed_draft_it_stays_and_the_words_name_nobody(leaver, unit):
    accused = a_hat(Role.REGISTRAR, organ=unit, user=a_user("高建国"))
    director = a_hat(Role.OFFICE_DIRECTOR, organ=unit)
    draft = a_sealed_draft(leaver, kind="person", name="高建国", organ="999999999999999999999")
    words = set()

    for taker in (accused, director):
        with pytest.raises(Refused) as refusal:
            pass_on(leaver, taker)
        words.add(str(refusal.value))

    assert len(words) == 1
    assert keeper_of(draft) == leaver.post
    assert open_work(leaver.post) == {"drafts": 1}
