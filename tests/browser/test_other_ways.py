"""Other ways of a petition, walked by its people: two claims in two units, not accepted, returned in time or late."""

from datetime import datetime, time

import pytest
from django.utils import timezone

from audit.models import Entry
from cases.models import Claim, Handling, PetitionClock, ReturnRequest
from cases.states import ClaimDecision, ClockCode, HandlingState, Outcome, Receipt, Routing
from deadlines.calendars import working_days_before
from documents.models import Document
from documents.states import DocumentKind
from notices.models import Notice
from tests.browser.walks import assert_axe_clean, picture
from tests.browser.ways import (
    CHECKLIST,
    FINDING,
    as_user,
    case_of,
    do,
    its_people,
    open_deed,
    registered_by_hand,
    serve_all,
)
from tests.cases.given import a_petition
from tests.cases.handling.given import OBJECTION, Case, Unit, received

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CLAIMS = ("尽快办理不动产权证", "补发拖欠的工资")


@pytest.fixture
def people():
    return its_people()


def today():
    return timezone.localdate().isoformat()


def answer(page, petition, *, officer, head):
    """Let a unit accept what it leads, answer it and hand over every paper of it."""
    as_user(page, officer)
    case_of(page, petition)
    do(page, "sign-for")
    do(page, "accept", statutory_route="RT6", decided_on=today(), **CHECKLIST)
    do(page, "find", outcome="not_support", **FINDING)
    do(page, "draft-opinion")
    as_user(page, head)
    case_of(page, petition)
    while page.locator("form[action*='/issue-paper/']").count():
        do(page, "issue-paper")
    as_user(page, officer)
    case_of(page, petition)
    serve_all(page)


def sent_on_working_day(people, day: int) -> Case:
    """Give a petition that the housing bureau received so many working days ago."""
    received_on = working_days_before(timezone.localdate(), day)
    then = timezone.make_aware(datetime.combine(received_on, time(10)))
    petition = a_petition(people["xinfang"], now=then, received_at=then)
    office, unit = people["xinfang"], people["chengban"]
    case = Case(petition, Unit(office.organ, office, office), Unit(unit.organ, unit, people["juzhang"]))
    return received(case, now=then)


def test_two_claims_in_two_units_are_answered_apart_and_finished_together(page_desktop, people):
    """Q10: each unit leads its own claim with its own notice and opinion; the petition is finished when both are."""
    page = page_desktop
    petition = registered_by_hand(page, *CLAIMS)
    assert Claim.objects.filter(petition=petition).count() == len(CLAIMS)

    as_user(page, "xinfang")
    case_of(page, petition)
    do(page, "route", kind="forward", claims="1", organ="ZJ")
    petition.refresh_from_db()
    assert petition.routing == Routing.REGISTERED
    do(page, "route", kind="forward", claims="2", organ="RS")
    petition.refresh_from_db()
    assert petition.routing == Routing.ROUTED

    answer(page, petition, officer="chengban", head="juzhang")
    as_user(page, "xinfang")
    case_of(page, petition)
    assert page.locator("form[action*='/finish/']").count() == 0

    answer(page, petition, officer="renshe", head="renshejuzhang")
    as_user(page, "xinfang")
    case_of(page, petition)
    assert_axe_clean(page)
    picture(page, "way_two_units_1440", whole=True)
    do(page, "finish")

    petition.refresh_from_db()
    handlings = Handling.objects.order_by("sent_at")
    assert petition.routing == Routing.FINISHED
    assert [(one.organ.code, one.state) for one in handlings] == [
        ("ZJ", HandlingState.SERVED),
        ("RS", HandlingState.SERVED),
    ]
    assert [claim.handling_id for claim in petition.claims.order_by("number")] == [
        one.pk for one in handlings
    ]
    assert set(petition.claims.values_list("outcome", flat=True)) == {Outcome.NOT_SUPPORT}
    for organ in ("ZJ", "RS"):
        clocks = PetitionClock.objects.filter(petition=petition, organ__code=organ)
        assert not clocks.filter(code__in=[ClockCode.T3, ClockCode.T5], met_at=None).exists()
        assert Document.objects.filter(kind=DocumentKind.D15, organ__code=organ).count() == 1


def test_a_petition_that_is_not_accepted_ends_with_its_served_notice(page_desktop, people):
    """Art 23, R-25, Q12: the reason is of the closed list, the head issues the notice, its service meets T3."""
    page = page_desktop
    petition = registered_by_hand(page)
    as_user(page, "xinfang")
    case_of(page, petition)
    do(page, "route", kind="forward", organ="ZJ")

    as_user(page, "chengban")
    case_of(page, petition)
    do(page, "sign-for")
    facts = {**CHECKLIST, "power_fact": "不属于本单位职权范围，由开发区管委会管理"}
    do(
        page,
        "decline",
        decided_on=today(),
        reason="outside_power_redirect",
        where_to_go="开发区管委会",
        **facts,
    )
    assert Claim.objects.get().decision == ClaimDecision.NOT_ACCEPTED
    assert PetitionClock.objects.get(code=ClockCode.T3).met_at is None
    assert page.locator("form[action*='/issue-paper/']").count() == 0

    as_user(page, "juzhang")
    case_of(page, petition)
    do(page, "issue-paper")
    as_user(page, "chengban")
    case_of(page, petition)
    serve_all(page)
    assert PetitionClock.objects.get(code=ClockCode.T3).met_at is not None
    assert not PetitionClock.objects.filter(code=ClockCode.T5).exists()

    as_user(page, "xinfang")
    case_of(page, petition)
    picture(page, "way_not_accepted_1440", whole=True)
    do(page, "finish")

    petition.refresh_from_db()
    assert (petition.routing, Handling.objects.get().state) == (
        Routing.FINISHED,
        HandlingState.NOT_ACCEPTED,
    )
    notice = Document.objects.get(kind=DocumentKind.D07)
    assert notice.number
    assert notice.services.count() == 1


def test_a_petition_is_returned_on_the_fifth_working_day(page_desktop, people):
    """Art 23(3), R-22: with detailed reasons, decided by the sender."""
    page = page_desktop
    case = sent_on_working_day(people, 5)

    as_user(page, "chengban")
    case_of(page, case.petition)
    do(page, "object", reason=OBJECTION, proper_organ="开发区管委会")
    assert Handling.objects.get().receipt == Receipt.OBJECTION_PENDING
    as_user(page, "xinfang")
    case_of(page, case.petition)
    picture(page, "way_objected_1440", whole=True)
    do(page, "decide-return", decision="agree", finding="经核实，该小区由开发区管委会管理。")

    handling, petition = Handling.objects.get(), case.now
    assert (handling.receipt, handling.ended_at is None) == (Receipt.RETURNED, False)
    assert petition.routing == Routing.REGISTERED
    assert page.locator("form[action*='/route/']").count() == 1
    assert ReturnRequest.objects.get().agreed is True


def test_a_return_is_refused_on_the_sixth_working_day_and_nothing_happened(page_desktop, people):
    """Art 23(3): five working days and no more; the unit goes on."""
    page = page_desktop
    case = sent_on_working_day(people, 6)
    before = (case.now.version, Notice.objects.count())

    as_user(page, "chengban")
    case_of(page, case.petition)
    entries = Entry.objects.count()
    assert page.locator("form[action*='/object/']").count() == 0
    assert "5 个工作日已过" in page.locator("ul.blocked").first.inner_text()
    # whoever kept the form open since yesterday, or writes one himself, is refused by the deed
    form = open_deed(page, "note-progress")
    address = form.get_attribute("action").replace("/note-progress/", "/object/").split("#")[0]
    sent = {name: form.locator(f"[name={name}]").input_value() for name in ("csrfmiddlewaretoken", "hat")}
    answer = page.context.request.post(
        address,
        form={**sent, "handling": str(case.handling_id), "reason": OBJECTION, "proper_organ": "开发区管委会"},
        headers={"Referer": page.url},
    )

    assert "5 个工作日" in answer.text()
    assert (Handling.objects.get().receipt, case.now.routing) == (Receipt.RECEIVED, Routing.ROUTED)
    assert not ReturnRequest.objects.exists()
    assert PetitionClock.objects.get(code=ClockCode.T4).met_at is None
    assert (case.now.version, Notice.objects.count()) == before
    assert Entry.objects.count() == entries
    as_user(page, "xinfang")
    case_of(page, case.petition)
    assert page.locator("form[action*='/decide-return/']").count() == 0
