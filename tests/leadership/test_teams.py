"""一案一专班, 专班, 尖刀班: around a matter, open nothing, keep who was there, pass on with the post (Q2, Q6, Q29)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.actions.posts import end_post
from accounts.models import OrganKind
from accounts.roles import Role
from audit.models import Entry
from cases.actions import sealing
from cases.hanging import Hanging
from cases.intake import Reported
from cases.models import Petition, Petitioner, ReportedParty
from cases.parts import read_head
from cases.states import ReportedKind
from leadership.actions import teams
from leadership.models import (
    ForceMember,
    ForcePetition,
    ListItem,
    Pairing,
    Sponsorship,
    TaskForce,
    TeamMember,
    TeamRole,
)
from leadership.team_pages import section
from leadership.teams import Named, around
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from tests.cases.browsers import signed_in
from tests.cases.handling.given import a_unit, finished, received
from tests.given import MONDAY, a_hat, a_place, an_organ
from tests.leadership.leaders import a_leader, sponsored
from tests.leadership.lists import listed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]


def role(code: str) -> int:
    return TeamRole.objects.get(code=code).pk


def a_lawyer(**facts) -> Named:
    return Named(**{"role_id": role("lawyer"), "outsider": "法律援助中心 冯某", **facts})


def a_team(case=None):
    """Return a case with a leader, the unit's head and a lawyer around it."""
    case, leader, _row = sponsored(case)
    officer = case.office.officer
    for named in (
        Named(role_id=role("leader"), post_id=leader.post.pk),
        Named(role_id=role("department"), post_id=case.unit.head.post.pk),
        a_lawyer(),
    ):
        teams.join_team(case.pk, named, by=officer, now=MONDAY)
    return case, leader


def a_force(case=None) -> tuple:
    case = case or received()
    force = teams.form_force("房地产专班", topic="不动产登记遗留问题", by=case.office.officer, now=MONDAY)
    teams.take_petitions(force.pk, petition_ids=[case.pk], by=case.office.officer, now=MONDAY)
    return case, force


def test_the_office_puts_a_team_around_a_petition():
    case, leader = a_team()

    assert [(one.role, one.who.split()[0]) for one in around(case.petition)] == [
        ("包案领导", leader.user.name),
        ("责任部门", case.unit.head.user.name),
        ("律师、法律工作者", "法律援助中心"),
    ]
    assert Entry.objects.filter(verb="petition.join_team").count() == 3
    page = signed_in(case.office.officer).open("leadership:team", case.pk)
    assert [each.code for each in page.context["lacking"]] == ["township", "community"]
    shown = signed_in(case.unit.officer).open("cases:petition", case.pk).content.decode()
    assert 'id="team"' in shown
    assert "法律援助中心" in shown


def test_a_place_opens_nothing_and_is_given_to_nobody_who_does_not_see_it():
    case = received()
    officer = case.office.officer
    stranger, named_in_it = a_unit("CG"), case.unit.head
    ReportedParty.objects.create(petition=case.petition, kind=ReportedKind.PERSON, user=named_in_it.user)
    for wrong in (
        Named(role_id=role("department"), post_id=stranger.head.post.pk),
        Named(role_id=role("department"), post_id=named_in_it.post.pk),
        Named(role_id=role("department")),
        a_lawyer(post_id=case.unit.officer.post.pk),
        a_lawyer(role_id=0),
    ):
        with pytest.raises(Refused):
            teams.join_team(case.pk, wrong, by=officer, now=MONDAY)
    with pytest.raises(NotAllowed):
        teams.join_team(case.pk, a_lawyer(), by=case.unit.officer, now=MONDAY)
    with pytest.raises(Unknown):
        teams.join_team(case.pk, a_lawyer(), by=stranger.officer, now=MONDAY)
    assert not TeamMember.objects.exists()
    assert not Petition.objects.visible_to(stranger.head).exists()


def test_who_left_stays_in_the_history_and_may_come_again():
    case, _leader = a_team()
    officer = case.office.officer
    lawyer = TeamMember.objects.get(role__code="lawyer")
    with pytest.raises(Refused):
        teams.join_team(case.pk, a_lawyer(), by=officer, now=MONDAY)
    with pytest.raises(Refused):
        teams.leave_team(case.pk, member_id=lawyer.pk, reason=" ", by=officer, now=MONDAY)
    teams.leave_team(case.pk, member_id=lawyer.pk, reason="工作调整", by=officer, now=MONDAY)
    with pytest.raises(Unknown):
        teams.leave_team(case.pk, member_id=lawyer.pk, reason="再", by=officer, now=MONDAY)
    teams.join_team(case.pk, a_lawyer(), by=officer, now=MONDAY)
    page = signed_in(officer).open("leadership:team", case.pk)
    assert [member.end_reason for member in page.context["left"]] == ["工作调整"]
    for broken in (
        lambda: TeamMember.objects.filter(pk=lawyer.pk).delete(),
        lambda: TeamMember.objects.filter(pk=lawyer.pk).update(outsider="别人"),
        lambda: TeamMember.objects.filter(pk=lawyer.pk).update(ended_at=None, end_reason=""),
    ):
        with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
            broken()


def test_no_table_of_teams_knows_a_petitioner():
    fields = [
        field
        for model in (TeamMember, TaskForce, ForceMember, ForcePetition, Pairing)
        for field in model._meta.concrete_fields
        if field.is_relation
    ]
    assert [field for field in fields if field.related_model is Petitioner] == []


def test_the_case_page_grows_by_one_statement():
    case, _leader = a_team()
    a_force(case)
    petition = read_head(case.pk)
    without = Hanging.on(read_head(received().pk))
    with CaptureQueriesContext(connection) as none:
        assert section(without, case.unit.officer, MONDAY) is None
    hanging = Hanging.on(petition)
    with CaptureQueriesContext(connection) as asked:
        found = section(hanging, case.unit.officer, MONDAY)
    assert len(none) == 0
    assert found is not None
    assert (len(asked), len(found.context["members"]), len(found.context["forces"])) == (1, 3, 1)


def test_q2_what_was_sealed_has_no_team_on_any_page():
    case, leader = a_team()
    _case, force = a_force(case)
    sealing.seal(
        case.pk,
        reason="反映干部",
        reported=[Reported(kind=ReportedKind.PERSON, name="某")],
        by=case.office.head,
        now=MONDAY,
    )
    for hat in (case.office.officer, leader, case.unit.head):
        assert signed_in(hat).open("leadership:team", case.pk).status_code == 404
    office = signed_in(case.office.officer)
    assert case.petition.number not in office.open("leadership:task_force", force.pk).content.decode()
    assert [one.cases for one in office.open("leadership:teams").context["forces"]] == [0]


def test_a_task_force_stands_until_its_petitions_are_over():
    case, force = a_force()
    officer = case.office.officer
    with pytest.raises(OutOfTurn):
        teams.resolve_force(force.pk, result="全部化解", by=officer, now=MONDAY)
    with pytest.raises(Refused):
        teams.give_up_petition(force.pk, petition_id=case.pk, reason=" ", by=officer, now=MONDAY)
    teams.give_up_petition(force.pk, petition_id=case.pk, reason="转主办单位常规办理", by=officer, now=MONDAY)
    over = finished()
    assert teams.take_petitions(force.pk, petition_ids=[over.pk, over.pk], by=officer, now=MONDAY) == 1
    assert teams.take_petitions(force.pk, petition_ids=[over.pk], by=officer, now=MONDAY) == 0

    teams.resolve_force(force.pk, result="遗留问题全部化解", by=officer, now=MONDAY)

    with pytest.raises(OutOfTurn):
        teams.join_force(force.pk, a_lawyer(), by=officer, now=MONDAY)
    with pytest.raises(InternalError), transaction.atomic():
        TaskForce.objects.update(result="改")
    assert ForcePetition.objects.filter(ended_at=None).count() == 1


def test_a_member_reads_his_task_force_and_of_its_petitions_what_he_sees_anyway():
    case, force = a_force()
    officer, outsider = case.office.officer, a_unit("CG")
    assert signed_in(outsider.head).open("leadership:task_force", force.pk).status_code == 404
    named = Named(role_id=role("department"), post_id=outsider.head.post.pk)
    row = teams.join_force(force.pk, named, by=officer, now=MONDAY)

    page = signed_in(outsider.head).open("leadership:task_force", force.pk)

    assert (page.status_code, page.context["petitions"], page.context["offers"]) == (200, [], [])
    assert case.petition.number not in page.content.decode()
    with pytest.raises(NotAllowed):
        teams.leave_force(force.pk, member_id=row.pk, reason="自己走", by=outsider.head, now=MONDAY)
    teams.leave_force(force.pk, member_id=row.pk, reason="调整", by=officer, now=MONDAY + timedelta(days=1))
    assert signed_in(outsider.head).open("leadership:task_force", force.pk).status_code == 404


def test_an_office_of_another_place_finds_nothing():
    _case, force = a_force()
    elsewhere = an_organ("WSX", kind=OrganKind.PETITION_OFFICE, place=a_place("141121"))
    hat = a_hat(Role.OFFICE_DIRECTOR, organ=elsewhere)
    assert signed_in(hat).open("leadership:task_force", force.pk).status_code == 404
    with pytest.raises(Unknown):
        teams.resolve_force(force.pk, result="越界", by=hat, now=MONDAY)
    assert TaskForce.objects.get().resolved_at is None


def test_a_commissioner_stands_at_one_leaders_side():
    case = received()
    officer, first, second = case.office.officer, a_leader(), a_leader("常务副区长")
    commissioner = case.unit.officer.post.pk
    row = teams.pair(first.post.pk, commissioner_id=commissioner, by=officer, now=MONDAY)
    with pytest.raises(Refused):
        teams.pair(second.post.pk, commissioner_id=commissioner, by=officer, now=MONDAY)
    with pytest.raises(Refused):
        teams.pair(case.unit.head.post.pk, commissioner_id=commissioner, by=officer, now=MONDAY)
    with pytest.raises(NotAllowed):
        teams.pair(second.post.pk, commissioner_id=commissioner, by=first, now=MONDAY)
    assert Pairing.objects.count() == 1
    teams.end_pairing(row.pk, reason="分工调整", by=officer, now=MONDAY)
    teams.pair(second.post.pk, commissioner_id=commissioner, by=officer, now=MONDAY)
    sides = signed_in(first).open("leadership:teams").context["sides"]
    assert [(side.leader, len(side.pairings)) for side in sides] == [(second.post, 1)]


def test_q29_places_pairings_and_what_one_answers_for_pass_to_the_successor():
    case, _leader = a_team()
    _case, force = a_force(case)
    officer, head = case.office.officer, case.unit.head
    teams.join_force(
        force.pk, Named(role_id=role("department"), post_id=head.post.pk), by=officer, now=MONDAY
    )
    teams.pair(a_leader("常务副区长").post.pk, commissioner_id=head.post.pk, by=officer, now=MONDAY)
    listed(case, responsible_id=head.post.pk)
    successor = a_hat(Role.UNIT_HEAD, organ=case.unit.organ)
    security = a_hat(Role.SECURITY_ADMINISTRATOR)
    with pytest.raises(OutOfTurn):
        end_post(head.post.pk, by=security, now=MONDAY)

    end_post(head.post.pk, taken_over_by=successor.post.pk, by=security, now=MONDAY)

    standing = {"post": successor.post, "ended_at": None}
    assert (
        TeamMember.objects.filter(**standing).count() == ForceMember.objects.filter(**standing).count() == 1
    )
    assert Pairing.objects.get(ended_at=None).commissioner == successor.post
    assert ListItem.objects.get().responsible == successor.post
    assert not TeamMember.objects.filter(post=head.post, ended_at=None).exists()


def test_q29_nothing_passes_to_whom_a_petition_is_to_be_kept_from():
    case, _leader = a_team()
    head = case.unit.head
    Sponsorship.objects.all()
    successor = a_hat(Role.UNIT_HEAD, organ=case.unit.organ)
    ReportedParty.objects.create(petition=case.petition, kind=ReportedKind.PERSON, user=successor.user)
    security = a_hat(Role.SECURITY_ADMINISTRATOR)
    with pytest.raises(Refused):
        end_post(head.post.pk, taken_over_by=successor.post.pk, by=security, now=MONDAY)
    assert TeamMember.objects.filter(post=head.post, ended_at=None).exists()


def test_the_pages_do_it():
    case = received()
    browser = signed_in(case.office.officer)
    typed = {"role": role("lawyer")}
    assert browser.send("leadership:on_team", case.pk, "join", **typed).status_code == 422
    browser.send("leadership:on_team", case.pk, "join", **typed, outsider="法律援助中心 冯某")
    member = TeamMember.objects.get()
    browser.send("leadership:on_team", case.pk, "leave", member_id=member.pk, reason="调整")
    assert browser.send("leadership:form_force", name="专班", topic="").status_code == 422
    browser.send("leadership:form_force", name="专班", topic="欠薪")
    force = TaskForce.objects.get()
    wrong = browser.send("leadership:on_force", force.pk, "take", number="LS2026-999999")
    assert wrong.status_code == 422
    browser.send("leadership:on_force", force.pk, "take", number=case.petition.number)
    leader = a_leader()
    browser.send("leadership:pair", leader=leader.post.pk, commissioner=case.unit.officer.post.pk)
    browser.send("leadership:end_pairing", Pairing.objects.get().pk, reason="调整")
    page = browser.open("leadership:task_force", force.pk).content.decode()
    assert case.petition.number in page
    member.refresh_from_db()
    assert (member.end_reason, Pairing.objects.get().end_reason) == ("调整", "调整")
    assert (
        signed_in(case.unit.officer).send("leadership:form_force", name="另", topic="另").status_code == 403
    )
