"""Leaders' pages as people meet them, wide and narrow, and a leader's journey on a telephone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from accounts.hats import Hat
from accounts.roles import Role
from leadership.actions import deciding, instructing, sponsoring
from leadership.actions.deciding import Asked
from leadership.actions.secretaries import name_secretary
from leadership.instructions import Order
from leadership.models import DecisionRequest, FieldCase, Instruction, Sponsorship
from leadership.states import DecisionState, Duty, InstructionState, SponsorKind
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


PAPER = {"name": "会议纪要.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n"}


def do_on(page: Page, address: str, slug: str, typed: dict[str, str], *, paper: bool = False) -> None:
    """Fill the form of a deed on a page as a thumb does, opening it first, and send it."""
    page.goto(address)
    form = page.locator(f"form[action$='/{slug}/']").first
    if not form.is_visible():
        page.locator("details", has=form).last.locator("summary").first.click()
    for name, value in typed.items():
        field = form.locator(f"[name={name}]")
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    if paper:
        form.locator("input[type=file]").set_input_files(PAPER)
    assert_no_sideways_scroll(page)
    form.locator("button.btn-primary").last.click()
    page.wait_for_selector(".alert-success, [role=status]")


def test_on_a_telephone_from_the_naming_of_the_sponsor_to_the_result(page_phone):
    """包案 → 请领导决定 → 批示 → 单位反馈 → 走访 → 结果, each by the one whose step it is."""
    now, page = timezone.now(), page_phone
    today = timezone.localdate(now)
    unit = Unit(
        a_unit().organ,
        somebody("chengban", "郭永强", Role.CASE_OFFICER, organ=a_unit().organ),
        somebody("juzhang", "王建军", Role.UNIT_HEAD, organ=a_unit().organ),
    )
    office = Unit(
        the_petition_office(),
        somebody("xinfang", "李文斌", Role.PETITION_OFFICER),
        somebody("zhuren", "张主任", Role.OFFICE_DIRECTOR),
    )
    leader = somebody("lingdao", "高志远", Role.LEADER, organ=the_district(), title="副区长")
    case = received(registered(office=office, unit=unit, now=now - timedelta(days=20)), now=now)
    sponsors = f"/sponsors/petitions/{case.pk}/"
    instructed = f"/instructions/petitions/{case.pk}/"

    def as_(username: str) -> None:
        page.context.clear_cookies()
        sign_in(page, username, PASSWORD)

    as_("xinfang")
    named = {"kind": "district_leader", "post": str(leader.post.pk), "reason": "多年未办证"}
    do_on(page, sponsors, "sponsor", named)

    as_("juzhang")
    asked = {
        "leader": str(leader.post.pk),
        "stuck": "出让金欠缴三百万元，企业无力缴纳。",
        "question": "资金由谁先出",
        "choices": "财政先行垫付\n列入明年预算",
        "due_on": (today + timedelta(days=2)).isoformat(),
    }
    do_on(page, instructed, "ask-decision", asked)

    as_("lingdao")
    assert page.locator("h1").inner_text() == "高志远，有 1 件等您定"
    page.click("button:has-text('财政先行垫付')")
    page.wait_for_selector("form[action$='/undo/']")
    # the worker's work, once the ten seconds are over
    give_instructions(now=timezone.now() + timedelta(seconds=11))

    as_("chengban")
    page.goto("/")
    page.click("main a[href^='/asked/0'] >> visible=true")
    page.wait_for_url("**/asked/*/")
    do_on(page, page.url, "reply", {"words": "资金已垫付，登记资料已报送。"})
    asked_at = page.url

    as_("zhuren")
    do_on(page, asked_at, "verify", {"words": "看了付款凭证"})
    do_on(page, instructed, "complete", {"words": "答复与凭证一致"})

    as_("lingdao")
    page.click(f"#sponsored a[href='/petitions/{case.pk}/']")
    page.wait_for_selector("#sponsors")
    page.click("#sponsors a[href^='/sponsors/']")
    page.wait_for_url(f"**{sponsors}")
    visited = {"place": "永宁花园", "persons_met": "3", "result": "当面说明办证时间"}
    do_on(page, sponsors, "note-visit", visited)
    assert page.locator("text=四包每一项都有记录后").count() == 1
    for duty in Duty:
        do_on(page, sponsors, "note-duty", {"duty": duty, "words": "已落实"})
    do_on(page, sponsors, "complete", {"result": "全部住户已办证"}, paper=True)
    picture(page, "leaders-journey-result", whole=True)

    row = Sponsorship.objects.get()
    assert (row.end, row.end_reason) == ("completed", "全部住户已办证")
    instruction = Instruction.objects.get()
    assert (instruction.state, instruction.text) == (InstructionState.COMPLETED, "财政先行垫付。")
    assert FieldCase.objects.get().persons_met == 3
