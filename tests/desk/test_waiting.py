"""Each number of the day leads to a list of exactly as many; a duty that is done calls nobody any longer."""

from datetime import timedelta

import pytest
import time_machine

from accounts.hats import Hat
from accounts.models import Post
from accounts.roles import Role
from cases.actions.corrections import propose_void
from cases.actions.routing import countersign_keep
from cases.actions.sealing import seal
from cases.intake import Reported
from cases.ledger import LampColour
from cases.models.voids import VoidGround
from cases.recusals import judging_posts
from cases.states import KeepGround, ReportedKind, RouteKind
from cases.sweeps import sample_keeps
from documents.states import DocumentKind
from notices.models import Kind, Notice
from tests.cases.browsers import signed_in
from tests.cases.given import a_petition
from tests.cases.handling.given import (
    a_unit,
    accepted,
    ask_extension,
    decide_return,
    drafted,
    extend,
    issue,
    note_withdrawal,
    notified,
    objected,
    opinion_issued,
    received,
    recusal_asked,
    registered,
    route,
    routed,
    served,
    withdrawal_noted,
)
from tests.given import MONDAY, a_hat

pytestmark = pytest.mark.django_db


def boxes(page) -> dict[str, int]:
    return {box.query: box.count for box in page.context["boxes"] if box.url_name == "cases:ledger"}


def listed(browser, query: str) -> int:
    return browser.get(f"/petitions/{query}").context["count"]


def unread(kind: Kind) -> int:
    return Notice.objects.unread().filter(kind=kind).count()


def hat_of(post: Post) -> Hat:
    return Hat(post, post.user)


def an_objection():
    case = objected()
    return case, case.office.officer, "?view=objections"


def a_paper():
    case = drafted()
    return case, case.unit.head, "?view=papers"


def a_service():
    case = opinion_issued()
    return case, case.unit.officer, "?view=to_serve"


def a_finish():
    case = notified(served())
    return case, case.office.officer, "?view=to_finish"


def an_extension():
    case = accepted()
    ask_extension(case)
    return case, case.unit.head, "?view=extensions"


def a_proposal():
    case = received()
    petition = a_petition(case.office.officer)
    propose_void(petition.pk, ground=VoidGround.TEST, reason="演练", by=case.office.officer, now=MONDAY)
    return case, a_hat(Role.SECTION_HEAD), "?view=voids"


def a_withdrawal():
    case = withdrawal_noted()
    return case, case.office.head, "?view=withdrawals"


def a_recusal():
    case = recusal_asked()
    recusal = case.petition.recusals.select_related("judge").get()
    return case, hat_of(judging_posts(recusal.judge, recusal.user_id, MONDAY)[0]), "?view=recusals"


def a_keeping():
    case, section_head = registered(), a_hat(Role.SECTION_HEAD)
    made = route(case, kind=RouteKind.KEEP, keep_ground=KeepGround.THANKS, told="已电话告知")
    countersign_keep(case.pk, made.pk, agree=True, by=section_head, now=MONDAY)
    sample_keeps(now=MONDAY + timedelta(days=31))
    return case, case.office.head, "?view=keeps"


@pytest.mark.parametrize(
    "given",
    [
        *(an_objection, a_paper, a_service, a_finish, an_extension),
        *(a_proposal, a_withdrawal, a_recusal, a_keeping),
    ],
)
def test_every_box_leads_to_a_list_of_exactly_its_number(sign_in, given):
    _case, hat, query = given()
    a_petition()
    browser = sign_in(hat)

    counted = boxes(browser.get("/"))

    assert counted[query] == 1
    assert all(listed(browser, each) == count for each, count in counted.items())


@pytest.mark.parametrize(
    "given",
    [an_objection, a_paper, a_service, a_finish, an_extension, a_withdrawal, a_recusal, a_keeping],
)
def test_q1_what_is_sealed_since_waits_in_no_box_and_no_list(sign_in, given):
    case, hat, query = given()
    seal(
        case.pk,
        reason="反映干部问题",
        reported=[Reported(kind=ReportedKind.PERSON, name="某干部")],
        by=case.office.officer,
        now=MONDAY,
    )
    browser = sign_in(hat)

    assert query not in boxes(browser.get("/"))
    assert listed(browser, query) == 0


def test_q19_a_second_person_confirms_so_that_it_waits_for_no_box_of_who_noted_it(sign_in):
    case, query = received(), "?view=withdrawals"
    note_withdrawal(case, by=case.office.officer)
    noter = sign_in(case.office.officer)

    assert query not in boxes(noter.get("/"))
    assert listed(noter, query) == 0


def test_q19_the_unit_that_leads_has_no_withdrawal_to_confirm(sign_in):
    case, _head, query = a_withdrawal()
    unit = sign_in(case.unit.head)

    assert query not in boxes(unit.get("/"))
    assert listed(unit, query) == 0


def test_r_33_whoever_it_is_about_has_no_recusal_to_decide(sign_in):
    case, _head, query = a_recusal()
    about = hat_of(case.petition.recusals.get().post)
    browser = sign_in(about)

    assert query not in boxes(browser.get("/"))
    assert listed(browser, query) == 0


@pytest.mark.parametrize("given", [a_paper, a_service, a_finish, an_extension, a_withdrawal, a_keeping])
def test_what_waits_for_one_organ_waits_for_no_other(sign_in, given):
    _case, _hat, query = given()
    browser = sign_in(a_unit("LY").head)

    assert query not in boxes(browser.get("/"))
    assert listed(browser, query) == 0


def test_q27_the_lamps_and_what_no_period_runs_on_are_all_that_is_open():
    officer = a_hat(Role.PETITION_OFFICER)
    a_petition(officer, now=MONDAY - timedelta(days=20), received_at=MONDAY - timedelta(days=20))
    a_petition(officer)
    dark = a_petition(officer)
    dark.next_due_at = dark.next_amber_at = None
    dark.save(update_fields=["next_due_at", "next_amber_at"])
    with time_machine.travel(MONDAY, tick=False):
        browser = signed_in(officer)
        page = browser.get("/")
        lists = {lamp.value: listed(browser, f"?view=open&lamp={lamp}") for lamp in LampColour}

    assert page.context["lamps"] == lists
    assert lists["dark"] == 1 and lists["red"] == 1
    assert sum(lists.values()) == boxes(page)["?view=open"] == 3


def test_a_notice_to_sign_goes_with_the_signing():
    case = routed()
    before = unread(Kind.SENT_TO_YOU)

    received(case)

    assert before > 0
    assert unread(Kind.SENT_TO_YOU) == 0


def test_signing_for_one_petition_leaves_the_call_of_another():
    one, _other = routed(), routed()
    before = unread(Kind.SENT_TO_YOU)

    received(one)

    assert Notice.objects.unread().filter(subject_id=str(one.pk)).count() == 0
    assert 0 < unread(Kind.SENT_TO_YOU) < before


def test_an_objection_decided_calls_nobody():
    case = objected()
    before = unread(Kind.OBJECTION_TO_DECIDE)

    decide_return(case, agree=False)

    assert before > 0
    assert unread(Kind.OBJECTION_TO_DECIDE) == 0
    assert unread(Kind.OBJECTION_REFUSED) > 0


def test_an_extension_decided_calls_nobody():
    case = accepted()
    ask_extension(case)
    before = unread(Kind.EXTENSION_TO_DECIDE)

    extend(case)

    assert before > 0
    assert unread(Kind.EXTENSION_TO_DECIDE) == 0
    assert unread(Kind.EXTENSION_DECIDED) > 0


def test_a_paper_issued_calls_nobody():
    case = drafted()
    opinion = case.paper(DocumentKind.D15)
    told = Notice.objects.unread().filter(key__contains=f":approve:{opinion.pk}")
    before = told.count()

    issue(case, DocumentKind.D15)

    assert before > 0
    assert told.count() == 0


def test_the_first_of_a_unit_says_why_and_what_comes_next(sign_in):
    case = received()

    first = sign_in(case.unit.officer).get("/").context["first"]

    assert first[0].reason
    assert str(first[0].step) == "决定受理"


def test_who_only_reads_is_told_what_is_nearest_and_given_no_step(sign_in):
    a_petition()

    page = sign_in(a_hat(Role.INSPECTOR)).get("/")

    assert page.context["reads_only"]
    assert [str(one.step) for one in page.context["first"]] == [""]
    assert "先办" not in page.content.decode()


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.SYSTEM_ADMINISTRATOR, "工作日历"),
        (Role.SECURITY_ADMINISTRATOR, "锁定账号"),
        (Role.AUDIT_ADMINISTRATOR, "审计链"),
    ],
)
def test_an_administrator_sees_what_needs_him(sign_in, role, words):
    page = sign_in(a_hat(role)).get("/")

    assert page.context["doors"]
    assert words in page.content.decode()
