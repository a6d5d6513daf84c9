"""一票否优: a listed ground, the unit heard, decided and lifted by the joint conference alone."""

from datetime import date

import pytest
from django.db import IntegrityError, InternalError, transaction

from accounts.models import OrganKind
from accounts.roles import Role
from audit.models import Entry
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from scoring.actions import vetoes
from scoring.models import Veto
from scoring.states import VetoGround, VetoState
from tests.cases.browsers import signed_in
from tests.cases.handling.given import a_unit
from tests.cases.test_api import a_program, post
from tests.given import MONDAY, a_hat, an_organ
from tests.scoring.given import adopted, scorers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]

V1 = "/api/v1/score-vetoes/"
DAY = date(2026, 3, 2)


def propose(by, unit, **facts):
    given = {"year": 2026, "ground": VetoGround.FORGED, "words": "办理档案中的签名系伪造", **facts}
    return vetoes.propose_veto(organ_id=unit.organ.pk, **given, by=by, now=MONDAY)


def proposed():
    by, unit = scorers(), a_unit()
    return propose(by.officer, unit), by, unit


def heard():
    row, by, unit = proposed()
    vetoes.hear_unit(row.pk, heard_on=DAY, heard_words="单位负责人到场，承认属实", by=by.officer, now=MONDAY)
    return row, by, unit


def decided():
    row, by, unit = heard()
    vetoes.decide_veto(row.pk, decision_words="联席会议纪要第 5 号", by=by.conference, now=MONDAY)
    return row, by, unit


def state_of(row):
    return Veto.objects.get(pk=row.pk).state


def test_it_is_decided_by_the_joint_conference_after_the_unit_was_heard_and_lifted_by_it_alone():
    row, by, _unit = decided()
    assert state_of(row) == VetoState.DECIDED
    with pytest.raises(NotAllowed):
        vetoes.lift_veto(row.pk, end_words="查无实据", by=by.director, now=MONDAY)
    with pytest.raises(InternalError), transaction.atomic():
        Veto.objects.update(state="lifted", ended_by=by.director.post, ended_at=MONDAY, end_words="查无实据")
    assert state_of(row) == VetoState.DECIDED
    vetoes.lift_veto(row.pk, end_words="经复查签名属实", by=by.conference, now=MONDAY)
    assert state_of(row) == VetoState.LIFTED
    verbs = [entry.verb for entry in Entry.objects.about(row).order_by("seq")]
    assert verbs == [f"score_veto.{deed}" for deed in ("propose", "hear", "decide", "lift")]


def test_nothing_is_decided_before_the_unit_was_heard():
    row, by, _unit = proposed()
    with pytest.raises(OutOfTurn):
        vetoes.decide_veto(row.pk, decision_words="纪要", by=by.conference, now=MONDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Veto.objects.update(state="heard")
    for day in (date(2026, 3, 1), date(2026, 3, 3)):
        with pytest.raises(Refused):
            vetoes.hear_unit(row.pk, heard_on=day, heard_words="到场", by=by.officer, now=MONDAY)
    assert state_of(row) == VetoState.PROPOSED


def test_who_proposed_it_decides_nothing_and_nobody_else_than_the_joint_conference_does():
    by, unit = scorers(), a_unit()
    row = propose(by.conference, unit)
    vetoes.hear_unit(row.pk, heard_on=DAY, heard_words="到场", by=by.officer, now=MONDAY)
    for hat in (by.conference, by.director, unit.head):
        with pytest.raises(NotAllowed):
            vetoes.decide_veto(row.pk, decision_words="纪要", by=hat, now=MONDAY)
    with pytest.raises(Unknown):
        vetoes.decide_veto(row.pk, decision_words="纪要", by=a_unit("CG").head, now=MONDAY)
    assert state_of(row) == VetoState.HEARD


def test_there_is_no_other_ground_and_each_stands_once_a_year():
    row, by, unit = proposed()
    for facts in ({}, {"words": "联系人 13800001234", "ground": VetoGround.LEAKED}):
        with pytest.raises(Refused):
            propose(by.director, unit, **facts)
    with pytest.raises(NotAllowed):
        propose(unit.head, a_unit("CG"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Veto.objects.create(
            organ=unit.organ,
            year=2026,
            ground="many_petitions",
            words="多",
            proposed_by=by.officer.post,
            proposer=by.officer.user,
            proposed_at=MONDAY,
        )
    assert Veto.objects.count() == 1
    vetoes.drop_veto(row.pk, end_words="证据不足", by=by.director, now=MONDAY)
    assert propose(by.director, unit).pk != row.pk


def test_another_conference_office_lifts_nothing():
    row, _by, _unit = decided()
    other = an_organ("LXB2", kind=OrganKind.JOINT_CONFERENCE_OFFICE, name="另一联席会议办公室")
    with pytest.raises(NotAllowed):
        vetoes.lift_veto(
            row.pk, end_words="查无实据", by=a_hat(Role.JOINT_CONFERENCE_OFFICER, organ=other), now=MONDAY
        )
    assert state_of(row) == VetoState.DECIDED


def test_from_the_proposal_to_the_mark_beside_the_unit_by_its_pages():
    by, unit = adopted().by, a_unit()
    officer, conference, head = (signed_in(hat) for hat in (by.officer, by.conference, unit.head))
    typed = {"organ": "ZJ", "year": "2026", "ground": "forged", "words": "签名系伪造"}
    assert officer.send("scoring:propose_veto", **{**typed, "ground": "many"}).status_code == 422
    assert officer.send("scoring:propose_veto", **typed).status_code == 302
    key = Veto.objects.get().pk
    assert "请陈述意见" in head.open("desk:my_work").content.decode()
    said = {"heard_on": "2026-03-02", "heard_words": "到场"}
    assert head.send("scoring:on_veto", key, "hear-unit", **said).status_code == 403
    assert officer.send("scoring:on_veto", key, "hear-unit", **said).status_code == 302
    assert conference.send("scoring:on_veto", key, "decide-veto", decision_words="纪要").status_code == 302

    (group,) = officer.open("scoring:ledger").context["groups"]
    assert [one.organ.code for one in group.rows if one.is_withheld] == ["ZJ"]
    assert "一票否优" in head.open("scoring:card", "ZJ").content.decode()
    neighbour = signed_in(a_unit("CG").head)
    assert not neighbour.open("scoring:vetoes").context["rows"]
    assert neighbour.send("scoring:on_veto", key, "lift-veto", end_words="否").status_code == 404


def test_programs_do_the_same_deeds():
    by, unit = scorers(), a_unit()
    officer, head, neighbour = (a_program(hat) for hat in (by.officer, unit.head, a_unit("CG").head))
    made = post(
        officer, f"{V1}propose/", {"organ": "ZJ", "year": "2026", "ground": "forged", "words": "签名系伪造"}
    ).json()
    said = {"heard_on": "2026-03-02", "heard_words": "到场"}
    assert post(officer, f"{V1}{made['id']}/hear-unit/", said).json()["state"] == "heard"
    assert head.get(f"{V1}{made['id']}/").json()["heard_words"] == "到场"
    assert neighbour.get(f"{V1}{made['id']}/").status_code == 404
    assert neighbour.get(V1).json()["results"] == []
