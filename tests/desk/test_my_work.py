"""Where everybody's day begins: what is first today, for the hat worn."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from accounts.actions.organs import replace_organ
from accounts.models import OrganKind
from accounts.roles import ADMINISTRATORS, Role
from cases.actions.corrections import propose_void
from cases.actions.drafts import save_draft
from cases.actions.imports import ask_withdrawal
from cases.actions.sealing import seal
from cases.intake import Reported
from cases.models.voids import VoidGround
from cases.states import Channel, Purpose, ReportedKind
from leadership.sweeps import open_supervision
from tests.cases.browsers import signed_in
from tests.cases.given import a_petition
from tests.cases.handling.given import a_unit, drafted, received, routed
from tests.cases.imports.given import a_csv, a_row, imported
from tests.given import MONDAY, a_hat, an_organ
from tests.leadership import given as supervision

pytestmark = pytest.mark.django_db


def box(page, url_name: str, query: str = "") -> int | None:
    """Return the number in a box, nothing if there is no such box."""
    return next(
        (each.count for each in page.context["boxes"] if (each.url_name, each.query) == (url_name, query)),
        None,
    )


def numbers(page) -> list[str]:
    rows = [*(one.row for one in page.context["first"]), *page.context["rows"]]
    return [row.petition.number for row in rows]


def test_the_nearest_deadline_is_first():
    registrar = a_hat(Role.REGISTRAR)
    first = a_petition(registrar, now=MONDAY - timedelta(days=4), received_at=MONDAY - timedelta(days=4))
    second = a_petition(registrar)
    with time_machine.travel(MONDAY, tick=False):
        page = signed_in(registrar).open("desk:my_work")

    assert numbers(page) == [first.number, second.number]
    assert box(page, "cases:ledger", "?view=open") == 2


def test_what_comes_next_names_nothing_that_is_overdue_already():
    registrar = a_hat(Role.REGISTRAR)
    long_ago = MONDAY - timedelta(days=30)
    late = [a_petition(registrar, now=long_ago, received_at=long_ago) for _each in range(5)]
    coming = a_petition(registrar)
    with time_machine.travel(MONDAY, tick=False):
        page = signed_in(registrar).open("desk:my_work")

    assert {one.row.petition.number for one in page.context["first"]} <= {each.number for each in late}
    assert [row.petition.number for row in page.context["rows"]] == [coming.number]
    assert box(page, "cases:ledger", "?view=overdue") == 5


def test_what_is_overdue_is_counted_apart():
    registrar = a_hat(Role.REGISTRAR)
    a_petition(registrar)
    with time_machine.travel(MONDAY + timedelta(days=20), tick=False):
        page = signed_in(registrar).open("desk:my_work")

    assert box(page, "cases:ledger", "?view=overdue") == 1
    assert page.context["lamps"] == {"red": 1, "amber": 0, "green": 0, "dark": 0}


def test_todays_registrations_are_counted_in_petitions_and_persons(sign_in):
    registrar = a_hat(Role.REGISTRAR)
    a_petition(registrar, channel=Channel.VISIT, petitioner_count=12)
    a_petition(registrar, now=MONDAY - timedelta(days=1), received_at=MONDAY - timedelta(days=1))

    page = sign_in(registrar).open("desk:my_work")

    assert page.context["today"] == {"batches": 1, "persons": 12}


def test_a_unit_sees_its_own_work_only(sign_in):
    township = an_organ(kind=OrganKind.TOWNSHIP, number_prefix="FS")
    own = a_petition(a_hat(Role.REGISTRAR, organ=township))
    a_petition()

    page = sign_in(a_hat(Role.CASE_OFFICER, organ=township)).open("desk:my_work")

    assert numbers(page) == [own.number]


@pytest.mark.parametrize("role", sorted(ADMINISTRATORS))
def test_administrators_see_no_petition(sign_in, role):
    petition = a_petition()

    page = sign_in(a_hat(role)).open("desk:my_work")

    assert page.context["administrator"]
    assert petition.number not in page.content.decode()


def test_the_lanes_officer_sees_the_lane_and_nothing_of_the_open_one(sign_in):
    officer = a_hat(Role.SEALED_LANE_OFFICER)
    a_petition()
    sealed = a_petition(purpose=Purpose.REPORT_ACCUSATION)

    page = sign_in(officer).open("desk:my_work")

    assert numbers(page) == [sealed.number]
    assert box(page, "cases:sealed_ledger", "?view=open") == 1
    assert [told.notice.subject_id for told in page.context["notices"]] == [str(sealed.pk)]


def test_parked_drafts_are_counted_for_their_owner(sign_in):
    registrar, colleague = a_hat(Role.REGISTRAR), a_hat(Role.REGISTRAR)
    save_draft(uuid4(), content={}, received_at=MONDAY, seals=False, seen_version=0, by=registrar, now=MONDAY)

    assert box(sign_in(registrar).open("desk:my_work"), "cases:drafts") == 1
    assert box(sign_in(colleague).open("desk:my_work"), "cases:drafts") == 0
    assert box(sign_in(a_hat(Role.INSPECTOR)).open("desk:my_work"), "cases:drafts") is None


def test_q18_a_proposal_to_void_waits_for_the_head(sign_in):
    registrar = a_hat(Role.REGISTRAR)
    petition = a_petition(registrar)
    propose_void(petition.pk, ground=VoidGround.TEST, reason="演练", by=registrar, now=MONDAY)

    for_head = sign_in(a_hat(Role.SECTION_HEAD)).open("desk:my_work")
    for_registrar = sign_in(registrar).open("desk:my_work")

    assert box(for_head, "cases:ledger", "?view=voids") == 1
    assert box(for_registrar, "cases:ledger", "?view=voids") is None


def test_q25_days_typed_late_wait_for_the_inspector(sign_in):
    a_petition(received_at=MONDAY - timedelta(days=9), backdating_evidence="收文章")

    assert box(sign_in(a_hat(Role.INSPECTOR)).open("desk:my_work"), "cases:backdated") == 1


def test_a_day_without_work_says_so(sign_in):
    page = sign_in(a_hat(Role.REGISTRAR)).open("desk:my_work")

    assert numbers(page) == []
    assert "mood-smile" in page.content.decode()


def test_q29_what_was_sent_to_a_merged_unit_waits_on_its_successors_desk(sign_in):
    case = routed()
    taking = a_unit("XZ")
    by = a_hat(Role.SYSTEM_ADMINISTRATOR)
    replace_organ(
        [case.unit.organ.pk],
        successor=taking.organ.pk,
        since=MONDAY.date(),
        basis="离编发〔2026〕3 号",
        by=by,
        now=MONDAY,
    )

    page = sign_in(taking.officer).get("/")

    assert [row.handling.petition_id for row in page.context["inbox"]] == [case.pk]
    neighbour = sign_in(a_unit("LZ").officer).get("/")
    assert not neighbour.context["inbox"]


def test_q29_a_merged_units_draft_waits_for_the_successors_head(sign_in):
    case = drafted()
    waiting = box(sign_in(case.unit.head).get("/"), "cases:ledger", "?view=papers")
    taking = a_unit("XZ")
    by = a_hat(Role.SYSTEM_ADMINISTRATOR)
    replace_organ(
        [case.unit.organ.pk],
        successor=taking.organ.pk,
        since=MONDAY.date(),
        basis="离编发〔2026〕3 号",
        by=by,
        now=MONDAY,
    )

    assert waiting
    assert box(sign_in(taking.head).get("/"), "cases:ledger", "?view=papers") == waiting
    assert box(sign_in(a_unit("LZ").head).get("/"), "cases:ledger", "?view=papers") is None


def test_q18_the_withdrawal_of_a_list_calls_those_who_decide_on_it_and_not_who_asked(sign_in):
    batch = imported(a_csv(a_row()))
    asking = a_hat(Role.SECTION_HEAD)
    ask_withdrawal(batch.pk, reason="表选错了", by=asking, now=MONDAY + timedelta(days=2))

    assert box(sign_in(a_hat(Role.OFFICE_DIRECTOR)).get("/"), "cases:imports") == 1
    assert box(sign_in(asking).get("/"), "cases:imports") is None
    assert box(sign_in(a_hat(Role.REGISTRAR)).get("/"), "cases:imports") is None
    elsewhere = a_hat(Role.SECTION_HEAD, organ=an_organ("BH", kind=OrganKind.TOWNSHIP))
    assert box(sign_in(elsewhere).get("/"), "cases:imports") is None


def test_supervision_that_waits_for_a_person_is_on_his_day():
    case, _slip = supervision.drafted()
    _case, asked = supervision.issued(case, addressee_id=case.unit.organ.pk, again_because="另有一节")
    supervision.replied(case, asked)
    received()
    open_supervision(now=MONDAY + timedelta(days=20))
    hats = (case.office.officer, case.office.head, case.unit.head)
    officer, head, unit = (signed_in(hat).open("desk:my_work") for hat in hats)

    page = "leadership:supervision"
    assert box(officer, page, "#asked") == box(head, page, "#asked") == 1
    assert [str(each.label) for each in head.context["boxes"] if each.url_name == page] == [
        "待拟制的督办件",
        "待签发的督办件",
        "待核验的反馈",
    ]
    assert "待签发的督办件" not in officer.content.decode()
    assert [each for each in unit.context["boxes"] if each.url_name == page] == []


def test_the_office_may_order_what_a_unit_is_late_with_and_the_unit_may_not():
    case = received()
    with time_machine.travel(MONDAY + timedelta(days=20), tick=False):
        office, unit = (
            signed_in(hat).open("desk:my_work") for hat in (case.office.officer, case.unit.officer)
        )
    with time_machine.travel(MONDAY + timedelta(days=1), tick=False):
        early = signed_in(case.office.officer).open("desk:my_work")

    address = f"/supervision/petitions/{case.pk}/?kind=supervision"
    assert [one.supervise for one in office.context["first"]] == [True]
    assert address in office.content.decode()
    assert not any(one.supervise for one in [*unit.context["first"], *early.context["first"]])


def test_q2_a_reply_on_a_petition_that_was_sealed_is_in_no_number():
    case, asked = supervision.issued()
    supervision.replied(case, asked)
    seen = signed_in(case.office.head).open("desk:my_work")
    a_hat(Role.SEALED_LANE_OFFICER)
    party = Reported(kind=ReportedKind.PERSON, name="王某")

    seal(case.pk, reason="反映干部", reported=[party], by=case.office.officer, now=MONDAY)

    after = signed_in(case.office.head).open("desk:my_work")
    assert box(seen, "leadership:supervision", "#asked") == 1
    assert box(after, "leadership:supervision", "#asked") is None
