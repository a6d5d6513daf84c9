"""A new calendar is told of to whoever keeps the days it moves, once, and nobody reads of others' (Q2, Q26)."""

from datetime import date

import pytest

from accounts.roles import Role
from cases.actions import sealing
from cases.intake import Reported
from cases.states import ReportedKind
from deadlines import actions
from deadlines.years import preview_year
from leadership.states import SlipKind
from notices.matters import to_tell_outside
from notices.models import Notice
from tests.cases.handling.given import a_unit, at, received, registered
from tests.deadlines.given import NOTICE_2027
from tests.given import a_hat
from tests.leadership.given import drafted, slips

pytestmark = pytest.mark.django_db

BEFORE, LOADED, AGAIN = at(12, 28), at(12, 29), at(12, 30)
MOVES = "/calendar/2027/moves/"


def load(text: str = NOTICE_2027, *, now=LOADED):
    return actions.load_year(text, source="国办", by=a_hat(Role.SYSTEM_ADMINISTRATOR), now=now)


def told(hat):
    return Notice.objects.unread().filter(post=hat.post, kind="calendar_moved")


def a_case(unit=None):
    """Make one whose days for an objection (T4) wait for the calendar of 2027."""
    return received(registered(unit=unit or a_unit(), now=BEFORE), now=BEFORE)


def test_q_26_whoever_keeps_moved_periods_is_told_once_for_all_of_them(sign_in):
    unit = a_unit()
    first, second = a_case(unit), a_case(unit)
    neighbour = a_unit("CG")

    loaded = load()

    notice = told(unit.officer).get()
    assert (notice.key, notice.subject_id) == (f"calendar:2027:{int(LOADED.timestamp())}", "2027")
    assert not told(neighbour.officer).exists()
    assert not told(first.office.officer).exists()
    assert loaded.moved.total == 2
    page = sign_in(unit.officer).get(MOVES).content.decode()
    assert (first.petition.number in page, second.petition.number in page) == (True, True)
    assert page.count("2027-01-05") == 2


def test_q_6_a_neighbour_finds_none_of_it_on_his_page(sign_in):
    case = a_case()
    load()

    page = sign_in(a_unit("CG").officer).get(MOVES)

    assert page.status_code == 200
    assert case.petition.number not in page.content.decode()
    assert sign_in(case.unit.officer).get("/calendar/2031/moves/").status_code == 404


def test_a_year_entered_anew_is_told_of_anew_and_shows_the_day_that_stood_before(sign_in):
    case = a_case()
    load()
    later = NOTICE_2027.replace(
        "一、元旦：2027年1月1日（周五）至3日（周日）放假，共3天。",
        "一、元旦：2027年1月1日（周五）至4日（周一）放假，共4天。",
    )

    load(later, now=AGAIN)

    assert [notice.key for notice in told(case.unit.officer)] == [f"calendar:2027:{int(AGAIN.timestamp())}"]
    page = sign_in(case.unit.officer).get(MOVES).content.decode()
    assert ("2027-01-05" in page, "2027-01-06" in page) == (True, True)


def test_a_year_that_moves_nothing_for_them_tells_nobody():
    received(registered(now=at(3, 2)), now=at(3, 2))

    load()

    assert not Notice.objects.filter(kind="calendar_moved").exists()


def test_q_2_of_a_sealed_petition_the_lane_alone_is_told_and_in_the_house_alone(sign_in):
    case = a_case()
    lane = a_hat(Role.SEALED_LANE_OFFICER)
    reported = [Reported(kind=ReportedKind.UNIT, organ_id=case.unit.organ.pk, name="")]
    sealing.seal(case.pk, reason="反映该局干部", reported=reported, by=case.office.officer, now=BEFORE)

    load()

    assert not told(case.unit.officer).exists()
    notice = Notice.objects.get(kind="calendar_moved")
    assert (notice.post, notice.ways) == (lane.post, [])
    assert case.petition.number in sign_in(lane).get(MOVES).content.decode()
    assert case.petition.number not in sign_in(case.unit.officer).get(MOVES).content.decode()


def test_it_goes_out_with_the_days_letter():
    case = a_case()
    load()

    going = to_tell_outside(told(case.unit.officer), case.unit.officer, now=LOADED)

    assert [(one.notice.kind, one.matter) for one in going] == [("calendar_moved", None)]


def test_t_14_whoever_is_asked_is_told_when_the_day_of_his_answer_moves(sign_in):
    rolls = {"roll": "forward"}
    administrator = a_hat(Role.SYSTEM_ADMINISTRATOR)
    actions.add_rule_version(
        "T14", valid_from=date(2026, 3, 1), changed=rolls, by=administrator, now=at(2, 2)
    )
    case = received(now=at(12, 3))
    _case, slip = drafted(case, SlipKind.IMPROVE_WORK, now=at(12, 3), due_on=None)
    slips.issue_slip(slip.pk, version=slip.version, by=case.office.head, now=at(12, 3))
    foreseen = preview_year(NOTICE_2027)

    loaded = load(now=at(12, 4))

    assert loaded.moved == foreseen.moves
    assert {kind.code for kind in loaded.moved.kinds if kind.last_days} == {"T14"}
    assert told(case.unit.officer).count() == 1
    assert "2027-01-04" in sign_in(case.unit.officer).get(MOVES).content.decode()
