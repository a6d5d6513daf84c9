"""An organ that got a report directly tells the reporter in writing where it went; that meets T2 (R-13, R-20; Q24)."""

from datetime import date, timedelta

import pytest
from django.conf import LazySettings

from accounts.models import OrganKind
from accounts.roles import Role
from audit.models import Entry
from cases.actions.sealed_word import fetch_word, tell_reporter
from cases.actions.sealing import hand_to_discipline, let_in, seal, unseal
from cases.backdated import Late, late_days
from cases.intake import Reported
from cases.models import Petition, PetitionDocument, SealedWord
from cases.pages import case_page
from cases.parts import read_head
from cases.states import ClockCode, Purpose, ReportedKind
from documents.models import Document
from infra.files import Checked
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from notices.models import Notice
from tests.cases.browsers import signed_in
from tests.cases.given import a_petition
from tests.cases.handling import given
from tests.given import MONDAY, a_hat, an_organ

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(hours=2)
A_PDF = Checked("告知书.pdf", "application/pdf", b"%PDF-1.4")


@pytest.fixture(autouse=True)
def shelf(settings: LazySettings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path, "base_url": None},
        },
    }


def a_report(**facts):
    """Register a report at a township, which has fifteen days to write to who came directly (T2)."""
    lane = a_hat(Role.SEALED_LANE_OFFICER)
    township = given.a_township()
    return lane, a_petition(township.officer, purpose=Purpose.REPORT_ACCUSATION, **facts)


def hand(petition, lane, *, number="离信移〔2026〕1号"):
    discipline = an_organ("JW", kind=OrganKind.DISCIPLINE_ORGAN, name="离石区纪委监委")
    return hand_to_discipline(
        petition.pk,
        organ_id=discipline.pk,
        authority="区管干部",
        number=number,
        handed_on=LATER.date(),
        signed_by="王某某",
        file=A_PDF,
        by=lane,
        now=LATER,
    )


def tell(petition, lane, **facts):
    given = {
        "number": "离信告〔2026〕1号",
        "dated_on": LATER.date(),
        "told_on": LATER.date(),
        "file": A_PDF,
        "now": LATER,
    }
    return tell_reporter(petition.pk, by=lane, **{**given, **facts})


def t2(petition):
    return petition.clocks.filter(code=ClockCode.T2).latest("pk")


def test_r_20_the_word_to_the_reporter_meets_t2_and_the_handing_over_alone_does_not():
    lane, petition = a_report()
    hand(petition, lane)
    after_handing = t2(petition).is_open

    word = tell(petition, lane)

    assert after_handing
    assert (t2(petition).met_at, word.document.sealed) == (LATER, True)
    assert Entry.objects.filter(verb="petition.tell_reporter").count() == 1


def test_r_20_it_waits_in_the_lane_until_the_reporter_was_told():
    lane, petition = a_report()
    waiting = Petition.objects.sealed_to(lane).waits_in_the_lane()
    called = Notice.objects.unread().filter(post=lane.post, subject_id=str(petition.pk))

    hand(petition, lane)
    owed = (waiting.exists(), called.exists())
    tell(petition, lane)

    assert owed == (True, True)
    assert (waiting.exists(), called.exists()) == (False, False)


def test_r_20_where_nobody_can_be_told_the_handing_over_waives_t2():
    lane, petition = a_report(is_anonymous=True, people=())

    hand(petition, lane)

    assert (t2(petition).is_open, t2(petition).met_at) == (False, None)
    with pytest.raises(OutOfTurn):
        tell(petition, lane)
    assert not SealedWord.objects.exists()


def test_p_2_nothing_of_the_word_stands_outside_the_lane():
    lane, petition = a_report()
    hand(petition, lane)
    director = a_hat(Role.OFFICE_DIRECTOR)
    before = Notice.objects.exclude(post=lane.post).count()

    tell(petition, lane)

    assert not PetitionDocument.objects.exists()
    assert Notice.objects.exclude(post=lane.post).count() == before
    assert all(late_days(director, kind, cursor=None)[0] == [] for kind in Late)
    assert signed_in(director).open("cases:sealed_word_paper", petition.pk).status_code == 404
    with pytest.raises(Unknown):
        tell(petition, director)


def test_p_2_the_word_names_the_reporter_and_is_read_by_who_may_know_him(monday):
    lane, petition = a_report()
    hand(petition, lane)
    tell(petition, lane)
    reader = a_hat(Role.SECTION_HEAD)
    let_in(petition.pk, post_id=reader.post.pk, reason="会办", by=lane, now=LATER)

    shown = case_page(read_head(petition.pk), lane, now=LATER, kind="")

    assert shown["word"].told_on == LATER.date()
    assert "tell_reporter" not in shown["deeds"]
    assert signed_in(lane).open("cases:petition", petition.pk).status_code == 200
    assert fetch_word(petition.pk, by=lane, now=LATER).name == "告知书.pdf"
    with pytest.raises(Unknown):
        fetch_word(petition.pk, by=reader, now=LATER)


def test_r_13_only_the_lanes_officer_tells_once_and_after_the_handing_over():
    lane, petition = a_report()
    reader = a_hat(Role.SECTION_HEAD)
    let_in(petition.pk, post_id=reader.post.pk, reason="会办", by=lane, now=LATER)

    with pytest.raises(OutOfTurn):
        tell(petition, lane)
    hand(petition, lane)
    with pytest.raises(NotAllowed):
        tell(petition, reader)
    still_open = t2(petition).is_open
    tell(petition, lane)
    with pytest.raises(OutOfTurn):
        tell(petition, lane, number="离信告〔2026〕2号")

    assert still_open
    assert Entry.objects.filter(verb="petition.tell_reporter").count() == 1


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"number": " "}, "number"),
        ({"told_on": date(2026, 3, 3)}, "told_on"),
        ({"told_on": date(2026, 3, 1)}, "told_on"),
        ({"dated_on": date(2026, 3, 3)}, "told_on"),
    ],
)
def test_q25_the_word_has_a_number_and_days_that_can_be(facts, field):
    lane, petition = a_report()
    hand(petition, lane)
    papers = Document.objects.count()

    with pytest.raises(Refused) as refusal:
        tell(petition, lane, **facts)

    assert field in refusal.value.fields
    assert t2(petition).is_open
    assert (SealedWord.objects.count(), Document.objects.count()) == (0, papers)


def test_art_23_what_is_no_report_after_all_owes_its_petitioner_a_word_again():
    lane, petition = a_report()
    hand(petition, lane)
    tell(petition, lane)

    unseal(petition.pk, reason="不属检举", purpose=Purpose.REQUEST, by=lane, now=LATER)

    assert (t2(petition).is_open, t2(petition).last_day) == (True, date(2026, 3, 17))


def test_q1_sealed_again_its_word_is_owed_again_and_can_be_given(monday):
    lane, petition = a_report()
    hand(petition, lane)
    tell(petition, lane)
    unseal(petition.pk, reason="不属检举", purpose=Purpose.REQUEST, by=lane, now=LATER)
    seal(
        petition.pk,
        reason="又反映干部问题",
        reported=[Reported(kind=ReportedKind.PERSON, name="某干部")],
        by=given.a_township().officer,
        now=LATER,
    )
    owed = t2(petition).is_open
    with pytest.raises(OutOfTurn):
        tell(petition, lane, number="离信告〔2026〕2号")

    hand(petition, lane, number="离信移〔2026〕2号")
    word = tell(petition, lane, number="离信告〔2026〕2号")

    assert owed
    assert t2(petition).met_at == LATER
    assert fetch_word(petition.pk, by=lane, now=LATER) == word.document.file
