"""A report is handed over to the discipline organ in the lane alone (Art 22(2), 30; R-13; D27; Q1, Q2)."""

from datetime import date, timedelta

import pytest
from django.conf import LazySettings
from django.urls import reverse

from accounts.models import OrganKind
from accounts.roles import Role
from audit.models import Entry
from cases.actions.sealing import fetch_handover, hand_to_discipline, let_in, seal, unseal
from cases.backdated import Late, late_days
from cases.intake import Reported
from cases.ledger import View, in_view
from cases.models import Petition, PetitionDocument, SealedGrant, SealedHandover
from cases.pages import case_page
from cases.parts import read_head
from cases.rows import rows_of
from cases.states import ClockCode, Purpose, ReportedKind
from deadlines.lamps import Colour
from desk.my_work import my_work
from documents.models import Document
from documents.states import DocumentKind
from infra.files import Checked
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from notices.models import Notice
from tests.cases.browsers import signed_in
from tests.cases.given import a_petition
from tests.documents.given import an_uploaded
from tests.given import MONDAY, a_hat, a_user, an_organ

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(hours=2)
A_PDF = Checked("移送单.pdf", "application/pdf", b"%PDF-1.4")


@pytest.fixture(autouse=True)
def shelf(settings: LazySettings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path, "base_url": None},
        },
    }


def discipline():
    return an_organ("JW", kind=OrganKind.DISCIPLINE_ORGAN, name="离石区纪委监委", short_name="区纪委监委")


def a_report(**facts):
    officer = a_hat(Role.SEALED_LANE_OFFICER)
    return officer, a_petition(purpose=Purpose.REPORT_ACCUSATION, **facts)


def hand(petition, by, **facts):
    given = {
        "organ_id": discipline().pk,
        "authority": "区管干部",
        "number": "离信移〔2026〕1号",
        "handed_on": LATER.date(),
        "signed_by": "王某某",
        "file": A_PDF,
        "now": LATER,
    }
    return hand_to_discipline(petition.pk, by=by, **{**given, **facts})


def test_r_13_handing_it_over_meets_t1_and_leaves_nothing_outside_the_lane():
    officer, petition = a_report()
    director = a_hat(Role.OFFICE_DIRECTOR)
    before = Notice.objects.exclude(post=officer.post).count()

    handover = hand(petition, officer)

    t1 = petition.clocks.get(code=ClockCode.T1)
    assert (t1.met_at, handover.signed_by) == (LATER, "王某某")
    assert (handover.document.kind, handover.document.sealed) == (DocumentKind.D27, True)
    assert not PetitionDocument.objects.exists()
    assert Notice.objects.exclude(post=officer.post).count() == before
    assert not Petition.objects.visible_to(director).exists()
    assert all(late_days(director, kind, cursor=None)[0] == [] for kind in Late)


def test_r_13_the_discipline_organs_own_lane_officer_reads_it_from_then_on():
    officer, petition = a_report()
    receiver = a_hat(Role.SEALED_LANE_OFFICER, organ=discipline())
    other = a_hat(Role.CASE_OFFICER, organ=discipline())
    before = Petition.objects.sealed_to(receiver).exists()

    hand(petition, officer)

    assert not before
    assert Petition.objects.sealed_to(receiver).get() == petition
    assert not Petition.objects.sealed_to(other).exists()
    assert Notice.objects.filter(post=receiver.post).exists()
    assert not Notice.objects.filter(post=other.post).exists()


def test_art_30_the_accused_himself_is_not_let_in_by_it():
    accused = a_user("高不明")
    a_hat(Role.SEALED_LANE_OFFICER, organ=discipline(), user=accused)
    colleague = a_hat(Role.SEALED_LANE_OFFICER, organ=discipline())
    party = Reported(kind=ReportedKind.PERSON, name="高不明")
    officer, petition = a_report(reported=(party,))

    hand(petition, officer)

    granted = SealedGrant.objects.filter(petition=petition)
    assert set(granted.values_list("post", flat=True)) == {officer.post.pk, colleague.post.pk}


def test_art_30_it_goes_to_no_discipline_organ_that_is_reported_and_to_no_other_kind_of_organ():
    party = Reported(kind=ReportedKind.UNIT, organ_id=discipline().pk)
    officer, petition = a_report(reported=(party,))

    with pytest.raises(NotAllowed):
        hand(petition, officer)
    with pytest.raises(Refused) as refusal:
        hand(petition, officer, organ_id=an_organ("ZJ").pk)

    assert set(refusal.value.fields) == {"organ"}
    assert petition.clocks.get(code=ClockCode.T1).is_open
    assert not SealedHandover.objects.exists()


def test_r_13_only_the_lanes_officer_hands_it_over_and_once():
    officer, petition = a_report()
    reader = a_hat(Role.SECTION_HEAD)
    let_in(petition.pk, post_id=reader.post.pk, reason="会办", by=officer, now=LATER)

    with pytest.raises(NotAllowed):
        hand(petition, reader)
    with pytest.raises(Unknown):
        hand(petition, a_hat(Role.OFFICE_DIRECTOR))
    hand(petition, officer)
    with pytest.raises(OutOfTurn):
        hand(petition, officer, number="离信移〔2026〕2号")

    assert Entry.objects.filter(verb="petition.hand_to_discipline").count() == 1


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"authority": " "}, "authority"),
        ({"signed_by": ""}, "signed_by"),
        ({"number": ""}, "number"),
        ({"handed_on": date(2026, 3, 3)}, "handed_on"),
        ({"handed_on": date(2026, 3, 1)}, "handed_on"),
    ],
)
def test_d27_it_says_to_whom_by_which_letter_and_on_a_day_that_can_be(facts, field):
    officer, petition = a_report()

    with pytest.raises(Refused) as refusal:
        hand(petition, officer, **facts)

    assert field in refusal.value.fields
    assert petition.clocks.get(code=ClockCode.T1).is_open
    assert not Document.objects.exists()


def test_q1_an_open_paper_may_bear_the_same_number_so_that_no_refusal_tells_of_it():
    officer, petition = a_report()
    handover = hand(petition, officer)

    taken_in = an_uploaded(organ=officer.organ, number=handover.document.number)

    assert (taken_in.sealed, taken_in.number) == (False, handover.document.number)


def test_p_2_the_signed_letter_and_the_page_are_the_lanes_alone(monday):
    officer, petition = a_report()
    hand(petition, officer)
    director = a_hat(Role.OFFICE_DIRECTOR)

    shown = case_page(read_head(petition.pk), officer, now=LATER, kind="")

    assert shown["handover"].organ == discipline()
    assert "hand_to_discipline" not in shown["deeds"]
    assert signed_in(officer).open("cases:petition", petition.pk).status_code == 200
    assert fetch_handover(petition.pk, by=officer, now=LATER).name == "移送单.pdf"
    with pytest.raises(Unknown):
        fetch_handover(petition.pk, by=director, now=LATER)
    assert signed_in(director).open("cases:handover_paper", petition.pk).status_code == 404


def test_art_22_what_is_no_report_after_all_is_routed_within_the_first_days():
    officer, petition = a_report()
    hand(petition, officer)

    unseal(petition.pk, reason="不属检举", purpose=Purpose.REQUEST, by=officer, now=LATER)

    running = petition.clocks.filter(code=ClockCode.T1).latest("pk")
    assert (running.is_open, running.last_day) == (True, date(2026, 3, 17))


def test_r_13_once_handed_over_it_says_so_in_the_list_and_at_its_head_and_waits_for_nobody_here(monday):
    officer, petition = a_report()
    before = my_work(officer, now=LATER)
    waited = [box.count for box in before["boxes"] if box.query == f"?view={View.OPEN}"]

    hand(petition, officer)

    lane = Petition.objects.sealed_to(officer)
    after = my_work(officer, now=LATER)
    [row] = rows_of(list(lane.for_list()), now=LATER)
    head = case_page(read_head(petition.pk), officer, now=LATER, kind="")
    assert (row.state, row.lamp.colour) == (head["state"], Colour.DONE)
    assert row.state == "已移送纪检监察机关"
    assert head["lamp"].words == "已移送 2026-03-02"
    assert waited == [1]
    assert [box.count for box in after["boxes"] if box.query == f"?view={View.OPEN}"] == [0]
    assert set(after["lamps"].values()) == {0}
    assert not in_view(lane, View.OPEN, hat=officer, now=LATER).exists()
    assert in_view(lane, View.ALL, hat=officer, now=LATER).get() == petition


def test_r_13_the_call_to_it_stands_no_longer_but_for_the_discipline_organ():
    officer, petition = a_report()
    receiver = a_hat(Role.SEALED_LANE_OFFICER, organ=discipline())
    called = Notice.objects.unread().filter(subject_id=str(petition.pk))
    before = list(called.values_list("post", flat=True))

    hand(petition, officer)

    assert before == [officer.post.pk]
    assert list(called.values_list("post", flat=True)) == [receiver.post.pk]


def test_r_13_the_lanes_list_shows_what_waits_and_on_demand_everything(monday):
    officer, petition = a_report()
    hand(petition, officer)
    page = signed_in(officer)

    waiting = page.get(reverse("cases:sealed_ledger") + "?view=open").content.decode()
    everything = page.get(reverse("cases:sealed_ledger")).content.decode()

    assert petition.number not in waiting
    assert petition.number in everything
    assert "已移送纪检监察机关" in everything


def test_r_13_the_bar_names_the_next_steps_of_the_lane_for_its_officer_alone(monday):
    officer, petition = a_report()
    reader = a_hat(Role.SECTION_HEAD)
    let_in(petition.pk, post_id=reader.post.pk, reason="会办", by=officer, now=LATER)

    def bar(hat):
        page = case_page(read_head(petition.pk), hat, now=LATER, kind="")
        return [offer.deed.name for offer, _words in page["next_steps"]]

    before = (bar(officer), bar(reader))
    shown = signed_in(officer).open("cases:petition", petition.pk).content.decode()
    hand(petition, officer)

    assert before == (["hand_to_discipline", "let_in", "unseal"], [])
    assert 'href="#do-hand-to-discipline"' in shown
    assert "D27" not in shown
    assert bar(officer)[0] == "tell_reporter"


def test_q1_what_is_sealed_again_was_not_handed_over_under_this_sealing_and_can_be(monday):
    officer, petition = a_report()
    hand(petition, officer)
    unseal(petition.pk, reason="不属检举", purpose=Purpose.REQUEST, by=officer, now=LATER)
    seal(
        petition.pk,
        reason="又反映干部问题",
        reported=[Reported(kind=ReportedKind.PERSON, name="某干部")],
        by=a_hat(Role.PETITION_OFFICER),
        now=LATER,
    )

    [row] = rows_of(list(Petition.objects.sealed_to(officer).for_list()), now=LATER)
    page = case_page(read_head(petition.pk), officer, now=LATER, kind="")
    waits = in_view(Petition.objects.sealed_to(officer), View.OPEN, hat=officer, now=LATER).exists()
    with pytest.raises(Unknown):
        fetch_handover(petition.pk, by=officer, now=LATER)
    again = hand(petition, officer, number="离信移〔2026〕2号")

    assert (row.state, page["state"], page["handover"]) == ("待分办", "待分办", None)
    assert "hand_to_discipline" in page["deeds"]
    assert waits
    assert (again.ended_at, SealedHandover.objects.filter(petition=petition).count()) == (None, 2)
    [row] = rows_of(list(Petition.objects.sealed_to(officer).for_list()), now=LATER)
    assert row.state == "已移送纪检监察机关"
