"""Leaders' pages as people meet them, wide and narrow, and a leader's journey on a telephone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.hats import Hat
from accounts.roles import Role
from leadership.actions import deciding, instructing, sponsoring
from leadership.actions.deciding import Asked
from leadership.actions.secretaries import name_secretary
from leadership.instructions import Order
from leadership.models import DecisionRequest, Instruction
from leadership.states import DecisionState, InstructionState, SponsorKind
from leadership.sweeps import give_instructions
from tests.accounts.given import PASSWORD
from tests.browser.walks import assert_axe_clean, assert_no_sideways_scroll, picture, sign_in
from tests.cases.handling.given import Case, Unit, a_unit, received, registered, the_district
from tests.given import a_hat, a_user, the_petition_office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def somebody(username: str, name: str, role: Role, **facts: object) -> Hat:
    return a_hat(role, user=a_user(name, username=username, password=PASSWORD), **facts)


@pytest.fixture
def case() -> Case:
    """A petition that a leader sponsors, with an instruction, an oral one, and a question that waits."""
    now, organ = timezone.now(), a_unit().organ
    unit = Unit(
        organ,
        somebody("chengban", "郭永强", Role.CASE_OFFICER, organ=organ),
        somebody("juzhang", "王建军", Role.UNIT_HEAD, organ=organ),
    )
    office = Unit(
        the_petition_office(),
        somebody("xinfang", "李文斌", Role.PETITION_OFFICER),
        somebody("zhuren", "张主任", Role.OFFICE_DIRECTOR),
    )
    leader = somebody("lingdao", "高志远", Role.LEADER, organ=the_district(), title="副区长")
    secretary = somebody("mishu", "张书凡", Role.LEADER_SECRETARY, organ=the_district(), title="秘书")
    begun = now - timedelta(days=20)
    case = received(registered(office=office, unit=unit, now=begun), now=begun)
    row = sponsoring.sponsor(
        case.pk,
        SponsorKind.DISTRICT_LEADER,
        post_id=leader.post.pk,
        reason="多年未办证",
        by=office.officer,
        now=begun,
    )
    name_secretary(secretary.post.pk, by=leader, now=begun)
    today = timezone.localdate(now)
    sponsoring.plan_step(row.pk, words="召开协调会", due_on=today + timedelta(days=3), by=leader, now=now)
    order = Order(text="请倒排时间，三日内报进展。", organ_ids=(organ.pk,), due_on=today + timedelta(days=3))
    instructing.sign_instruction(case.pk, order, by=leader, now=now - timedelta(hours=1))
    give_instructions(now=now)
    instructing.note_oral(
        case.pk,
        Order(text="先听一听群众怎么说。"),
        leader_id=leader.post.pk,
        heard_at=now - timedelta(hours=2),
        heard_where="调度会",
        by=office.officer,
        now=now,
    )
    question = Asked(
        stuck="出让金欠缴三百万元，企业无力缴纳。",
        question="资金由谁先出",
        choices=("财政先行垫付", "列入明年预算"),
        due_on=today + timedelta(days=2),
    )
    deciding.ask_decision(case.pk, question, leader_id=leader.post.pk, by=unit.head, now=now)
    return case


@pytest.mark.parametrize("size", ["page_desktop", "page_phone"])
def test_leaders_pages_are_read_wide_and_narrow(case, size, request):
    page = request.getfixturevalue(size)
    instructed = f"/instructions/petitions/{case.pk}/"
    walks = {
        "lingdao": ["/", instructed, f"/sponsors/petitions/{case.pk}/", f"/petitions/{case.pk}/"],
        "mishu": ["/", instructed],
        "zhuren": ["/sponsors/", instructed, f"/sponsors/petitions/{case.pk}/"],
        "juzhang": [instructed],
    }
    for username, addresses in walks.items():
        page.context.clear_cookies()
        sign_in(page, username, PASSWORD)
        for number, address in enumerate(addresses):
            page.goto(address)
            assert_no_sideways_scroll(page)
            assert_axe_clean(page)
            picture(page, f"leaders-{username}-{number}-{size}")


def test_on_a_telephone_he_decides_undoes_decides_again_and_reaches_his_case(case, page_phone):
    page = page_phone
    sign_in(page, "lingdao", PASSWORD)

    page.click("button:has-text('财政先行垫付')")
    page.wait_for_url(f"**/instructions/petitions/{case.pk}/")
    page.click("form[action$='/undo/'] button")
    page.wait_for_selector("button:has-text('列入明年预算')")
    assert DecisionRequest.objects.get().state == DecisionState.WAITING
    page.click("button:has-text('列入明年预算')")
    page.wait_for_selector("form[action$='/undo/']")
    decided = DecisionRequest.objects.get()
    assert (decided.state, decided.instruction.state) == (DecisionState.DECIDED, InstructionState.HELD)

    # from his home any case of his is one tap away
    page.goto("/")
    page.click(f"#sponsored a[href='/petitions/{case.pk}/']")
    page.wait_for_selector("#sponsors")
    assert Instruction.objects.filter(text="列入明年预算。").count() == 1
