"""Reports of pressure go past who pressed and all who handle the matter, and are looked into (Q2, Q39; P-12)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction

from accounts.models import Organ, OrganKind
from accounts.roles import Role
from audit.models import Entry
from cases.actions import sealing
from cases.intake import Reported
from cases.rating_states import RatingWay
from cases.states import ReportedKind
from leadership.actions import pressure
from leadership.actions.pressure import Pressed
from leadership.models import PressureReport, Slip
from leadership.pressure_pages import reports_for
from leadership.pressure_states import PressureFound
from leadership.states import Ground, SlipState
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from notices.models import Notice
from tests.cases.browsers import signed_in
from tests.cases.handling import given
from tests.given import MONDAY, a_hat, an_organ

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]


def tell(case, about=None, *, words="让我撤回信访", by=None) -> PressureReport:
    told = Pressed(words=words, about_id=about.pk if about else None)
    by = by or case.office.officer
    return pressure.take_down_pressure(case.pk, told, way=RatingWay.PHONE, by=by, now=MONDAY)


def find(report, by, found=PressureFound.UPHELD, *, finding="已核对通话记录"):
    return pressure.find_on_pressure(report.pk, found, finding=finding, by=by, now=MONDAY)


def the_superior(office: Organ) -> Organ:
    above = an_organ("SXF", kind=OrganKind.PETITION_OFFICE, name="吕梁市信访局", short_name="市信访局")
    Organ.objects.filter(pk=office.pk).update(next_higher=above)
    return above


def test_p_12_the_unit_complained_of_learns_nothing():
    case = given.accepted()

    report = tell(case, case.unit.organ)

    assert report.addressee == case.office.organ
    for hat in (case.unit.officer, case.unit.head, given.a_unit("RS").head):
        assert not reports_for(hat).exists()
        with pytest.raises(Unknown):
            find(report, hat)
    page = signed_in(case.unit.head).open("cases:petition", case.pk).content.decode()
    assert "撤回信访" not in page
    assert not Entry.objects.about(case.petition).filter(verb__startswith="pressure").exists()
    assert not Notice.objects.filter(
        post__in=[case.unit.head.post, case.unit.officer.post], kind__contains="slip"
    ).exists()


def test_q2_what_is_about_the_office_goes_to_who_stands_above_it():
    case = given.accepted()
    above = the_superior(case.office.organ)

    report = tell(case, case.office.organ)

    assert report.addressee == above
    assert not reports_for(case.office.head).exists()
    assert reports_for(a_hat(Role.OFFICE_DIRECTOR, organ=above)).get() == report
    with pytest.raises(IntegrityError, match="goes_past_who_pressed"), transaction.atomic():
        PressureReport.objects.create(
            petition=case.petition,
            about=above,
            addressee=above,
            words="有人找我",
            way=RatingWay.PAGE,
            told_at=MONDAY,
        )


def test_q2_where_nobody_outside_is_entered_it_says_where_to_turn():
    case = given.accepted()

    with pytest.raises(OutOfTurn, match="纪委"):
        tell(case, case.office.organ)

    assert not PressureReport.objects.exists()


def test_what_happened_opens_a_draft_with_the_ground_fraud():
    case = given.accepted()
    report = tell(case, case.unit.organ)

    find(report, case.office.head)

    report.refresh_from_db()
    slip = Slip.objects.get()
    assert report.slip == slip
    assert (slip.state, slip.ground, slip.addressee) == (SlipState.OPENED, Ground.FRAUD, case.unit.organ)


@pytest.mark.parametrize("found", [PressureFound.NOT_UPHELD, PressureFound.UNCLEAR])
def test_what_was_not_shown_opens_none(found):
    case = given.accepted()

    find(tell(case, case.unit.organ), case.office.head, found)

    assert not Slip.objects.exists()


def test_what_is_over_opens_no_draft():
    case = given.finished()

    find(tell(case, case.unit.organ), case.office.head)

    assert not Slip.objects.exists()
    assert PressureReport.objects.get().found == PressureFound.UPHELD


def test_it_is_looked_into_once_with_the_facts_and_by_a_head():
    case = given.accepted()
    report = tell(case, case.unit.organ)
    with pytest.raises(Refused):
        find(report, case.office.head, finding=" ")
    with pytest.raises(NotAllowed):
        find(report, case.office.officer)
    report.refresh_from_db()
    assert report.found == ""

    find(report, case.office.head)

    with pytest.raises(OutOfTurn):
        find(report, case.office.head)
    with pytest.raises(InternalError), transaction.atomic():
        PressureReport.objects.update(found=PressureFound.NOT_UPHELD)


def test_the_petition_office_takes_it_down_and_nobody_else():
    case = given.accepted()

    for hat in (case.unit.officer, given.a_unit("RS").officer):
        with pytest.raises((NotAllowed, Unknown)):
            tell(case, by=hat)
    with pytest.raises(Refused):
        tell(case, words=" ")

    assert not PressureReport.objects.exists()


def test_what_was_sealed_since_is_read_by_nobody_here():
    case = given.accepted()
    report = tell(case, case.unit.organ)
    reported = (Reported(kind=ReportedKind.PERSON, name="王某"),)
    sealing.seal(case.pk, reason="反映干部", reported=reported, by=a_hat(), now=MONDAY + timedelta(hours=1))

    assert not reports_for(case.office.head).exists()
    with pytest.raises(Unknown):
        find(report, case.office.head)


def test_on_its_page_it_is_taken_down_and_looked_into():
    case = given.accepted()
    officer, head = signed_in(case.office.officer), signed_in(case.office.head)
    typed = {
        "number": case.petition.number,
        "about": case.unit.organ.code,
        "words": "让我撤回",
        "way": "phone",
    }

    refused = officer.send("leadership:take_down_pressure", **{**typed, "number": "LS2026-999999"})
    taken = officer.send("leadership:take_down_pressure", **typed)

    assert (refused.status_code, taken.status_code) == (422, 302)
    assert "让我撤回" not in officer.open("leadership:pressure").content.decode()
    assert "让我撤回" in head.open("leadership:pressure").content.decode()
    key = PressureReport.objects.get().pk
    assert head.send("leadership:on_pressure", key, "find", found="upheld", finding="").status_code == 422
    done = head.send("leadership:on_pressure", key, "find", found="upheld", finding="属实")
    assert done.status_code == 302
    neighbour = signed_in(case.unit.head)
    assert (
        neighbour.send("leadership:on_pressure", key, "find", found="upheld", finding="无").status_code == 404
    )
