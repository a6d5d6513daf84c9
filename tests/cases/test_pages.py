"""The ledger, the case page and its deeds in a browser without a script, for each kind of hat."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import OrganKind, Portfolio
from accounts.roles import Role
from audit.models import Entry
from cases.actions.corrections import decide_void, propose_void
from cases.actions.notes import close_safety_note, note_conduct, note_enquiry, note_safety
from cases.actions.sealing import seal
from cases.intake import FromAbove, Reported
from cases.models import (
    Attachment,
    ConductIncident,
    DataIncident,
    EnquiryNote,
    Petition,
    PetitionClock,
    SafetyNote,
)
from cases.models.notes import ConductArticle, SafetyKind, VerifiedBy
from cases.models.voids import VoidGround
from cases.states import Channel, Purpose, ReportedKind, Routing, Source
from lib.errors import NotAllowed, Unknown
from tests.cases.browsers import Browser, signed_in
from tests.cases.given import a_person, a_petition, an_intake, registered
from tests.given import LONG_AGO, MONDAY, SHANGHAI, a_hat, a_place, an_organ

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(hours=1)
ID_NUMBER = "110101199003070011"


@pytest.fixture(autouse=True)
def own_folder_for_files(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path, "base_url": None},
        },
    }


@pytest.fixture
def officer(sign_in) -> Browser:
    return sign_in(a_hat(Role.PETITION_OFFICER))


def numbers_on(page) -> list[str]:
    return [row.petition.number for row in page.context["rows"]]


def ledger(browser: Browser, **query: object):
    return browser.open("cases:ledger", query=query)


def three_petitions() -> None:
    """Register a letter, a collective visit and an assignment from above, due in this order: 3, 1, 2."""
    registrar = a_hat(Role.REGISTRAR)
    township = an_organ(kind=OrganKind.TOWNSHIP, place=a_place("141102002"), number_prefix="BX")
    a_petition(registrar, channel=Channel.LETTER)
    a_petition(registrar, channel=Channel.VISIT, petitioner_count=9, now=LATER, received_at=LATER)
    a_petition(
        a_hat(Role.REGISTRAR, organ=township),
        source=Source.ASSIGNED_FROM_SUPERIOR,
        from_above=FromAbove("市信访局", "LL-1", date(2026, 3, 1), date(2026, 3, 6)),
        place_id=a_place("141102002").pk,
    )


# The ledger


def test_the_ledger_lists_by_nearest_deadline_and_by_day_of_receipt(officer):
    three_petitions()

    by_deadline, by_date = ledger(officer), ledger(officer, order="received")

    assert numbers_on(by_deadline)[0] == "BX2026-000001"
    assert numbers_on(by_date)[0] == "LS2026-000002"


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({"view": "collective"}, {"LS2026-000002"}),
        ({"view": "from_above"}, {"BX2026-000001"}),
        ({"view": "due_soon"}, {"BX2026-000001"}),
        ({"view": "overdue"}, set()),
        ({"view": "all"}, {"LS2026-000001", "LS2026-000002", "BX2026-000001"}),
        ({"view": "no such view"}, {"LS2026-000001", "LS2026-000002", "BX2026-000001"}),
        ({"channel": "visit"}, {"LS2026-000002"}),
        ({"place": "141102002"}, {"BX2026-000001"}),
        ({"organ": "LS"}, {"LS2026-000001", "LS2026-000002"}),
        ({"routing": "void", "view": "all"}, set()),
        ({"since": "2026-03-03"}, set()),
        ({"until": "2026-03-02"}, {"LS2026-000001", "LS2026-000002", "BX2026-000001"}),
        ({"since": "no day"}, set()),
        ({"q": "ls2026-000001"}, {"LS2026-000001"}),
        ({"q": "\x00"}, set()),
        ({"lamp": "green"}, {"LS2026-000001", "LS2026-000002", "BX2026-000001"}),
        ({"at": "bent"}, {"LS2026-000001", "LS2026-000002", "BX2026-000001"}),
    ],
)
def test_the_ledger_is_narrowed_by_view_and_filter(officer, query, numbers):
    three_petitions()

    page = ledger(officer, **query)

    assert page.status_code == 200
    assert set(numbers_on(page)) == numbers
    assert page.context["count"] == len(numbers)


@pytest.mark.parametrize(
    ("day", "colour", "filter_name"),
    [
        (date(2026, 3, 2), "g", "green"),
        # T1 ends on 17 March; notice has no colour, warn is three days before the end
        (date(2026, 3, 13), "g", "green"),
        (date(2026, 3, 14), "y", "amber"),
        (date(2026, 3, 17), "y", "amber"),
        (date(2026, 3, 18), "r", "red"),
    ],
)
def test_q27_the_lamp_comes_from_the_rules_bands_and_filters_alike(day, colour, filter_name):
    a_petition()
    with time_machine.travel(datetime(day.year, day.month, day.day, 9, tzinfo=SHANGHAI), tick=False):
        browser = signed_in(a_hat(Role.PETITION_OFFICER))

        page = ledger(browser)
        found = {lamp: len(numbers_on(ledger(browser, lamp=lamp))) for lamp in ("green", "amber", "red")}

    assert [row.lamp.css for row in page.context["rows"]] == [colour]
    assert found == {"green": 0, "amber": 0, "red": 0, filter_name: 1}


def test_a_filter_in_force_is_a_chip_with_the_way_out(officer):
    three_petitions()

    page = ledger(officer, view="all", channel="visit", organ="LS")

    chips = {label: url for label, _words, url in page.context["chips"]}
    assert len(chips) == 2
    assert "?view=all&organ=LS" in chips.values()


def test_an_empty_ledger_says_so_and_one_without_a_hit_offers_the_way_on(officer):
    empty = ledger(officer).content.decode()
    a_petition()
    no_hit = ledger(officer, channel="fax").content.decode()

    assert "mood-smile" in empty
    assert "search-off" in no_hit and "?view=all" in no_hit


def test_the_ledger_covers_names_in_titles_too(officer):
    a_petition(title="张大强要求办证", people=(a_person("张大强"),))

    page = ledger(officer).content.decode()

    assert "张大强" not in page
    assert "要求办证" in page


def test_a_units_pages_give_every_petition_once(sign_in):
    """A petition that several organs have part in stands once in each one's list, on every page of it."""
    township = an_organ(kind=OrganKind.TOWNSHIP, number_prefix="FS")
    community = an_organ(kind=OrganKind.COMMUNITY, parent=township, path=f"{township.path}C1/")
    registrar = a_hat(Role.REGISTRAR, organ=community)
    expected = [a_petition(registrar).number for _ in range(52)]
    browser = sign_in(a_hat(Role.CASE_OFFICER, organ=township))

    first = ledger(browser)
    second = ledger(browser, at=first.context["page"].after)

    assert len(numbers_on(first)) == 50
    assert sorted(numbers_on(first) + numbers_on(second)) == expected


def test_the_sealed_ledger_is_the_lanes_officers_own(sign_in):
    lane = a_hat(Role.SEALED_LANE_OFFICER)
    sealed = a_petition(purpose=Purpose.REPORT_ACCUSATION)
    a_petition()

    page = sign_in(lane).open("cases:sealed_ledger")
    others = sign_in(a_hat(Role.SEALED_LANE_OFFICER, organ=an_organ())).open("cases:sealed_ledger")
    refused = sign_in(a_hat(Role.OFFICE_DIRECTOR)).open("cases:sealed_ledger")

    assert numbers_on(page) == [sealed.number]
    assert numbers_on(others) == []
    assert refused.status_code == 403


def test_q25_days_typed_late_stand_on_the_inspectors_list(sign_in):
    a_petition()
    late = a_petition(received_at=MONDAY - timedelta(days=6), backdating_evidence="收文章")

    page = sign_in(a_hat(Role.INSPECTOR)).open("cases:backdated")
    refused = sign_in(a_hat(Role.REGISTRAR)).open("cases:backdated")

    assert numbers_on(page) == [late.number]
    assert "收文章" in page.content.decode()
    assert refused.status_code == 403


# The case page


@pytest.mark.parametrize(
    ("role", "has_eyes"),
    [
        (Role.REGISTRAR, True),
        (Role.PETITION_OFFICER, True),
        (Role.SECTION_HEAD, True),
        (Role.OFFICE_DIRECTOR, False),
        (Role.INSPECTOR, False),
        (Role.JOINT_CONFERENCE_OFFICER, False),
        (Role.HEARING_CLERK, False),
        (Role.SCORE_OFFICER, False),
    ],
)
def test_p_10_the_case_page_covers_every_value_and_gives_eyes_to_those_who_deal_with_it(
    sign_in, role, has_eyes
):
    people = (a_person(id_number=ID_NUMBER),)
    petition = a_petition(text="我叫张大强，电话13800001234，身份证110101199003070011。", people=people)

    page = sign_in(a_hat(role)).open("cases:petition", petition.pk)

    shown = page.content.decode()
    assert page.status_code == 200
    assert not [value for value in ("张大强", "13800001234", ID_NUMBER, "3 号楼 2 单元") if value in shown]
    assert ("data-pii" in shown) is has_eyes
    assert "no-store" in page["Cache-Control"]


def test_a_leader_reads_the_cases_of_his_portfolio_without_eyes(sign_in):
    leader = a_hat(Role.LEADER, organ=an_organ(kind=OrganKind.LEADING_BODY))
    Portfolio.objects.create(post=leader.post, place=a_place("141102001"), since=LONG_AGO)
    petition = a_petition()

    page = sign_in(leader).open("cases:petition", petition.pk)

    assert page.status_code == 200
    assert "data-pii" not in page.content.decode()
    assert numbers_on(ledger(sign_in(leader))) == [petition.number]


def test_every_date_of_a_clock_says_why(officer):
    petition = a_petition()

    page = officer.open("cases:petition", petition.pk)

    assert [clock.code for clock, _lamp in page.context["clocks"]] == ["T1a", "T1"]
    assert page.content.decode().count('class="why"') == 2


def test_a_look_without_a_script_has_a_page_of_its_own_that_closes(officer):
    petition = a_petition()
    person = petition.people.get()

    page = officer.send("cases:reveal", petition.pk, person.pk, field="phone")

    shown = page.content.decode()
    assert "13800001234" in shown
    assert 'http-equiv="refresh" content="30;' in shown
    assert "no-store" in page["Cache-Control"]
    assert Entry.objects.about(petition).filter(verb="petition.reveal").count() == 1


def test_a_look_by_a_script_answers_value_and_seconds(officer):
    petition = a_petition()
    url = reverse("cases:reveal", args=[petition.pk, petition.people.get().pk])

    answer = officer.post(
        url, {"field": "phone", "hat": officer.hat.key}, headers={"Accept": "application/json"}
    )

    assert answer.json() == {"value": "13800001234", "seconds": 30}


def test_whoever_reloads_a_refused_form_comes_back_to_its_page(officer):
    petition = a_petition()
    url = reverse("cases:deed", args=[petition.pk, "route"])
    refused = officer.post(url, {"hat": officer.hat.key})

    again = officer.get(url)

    assert refused.status_code == 422
    assert again["Location"] == reverse("cases:petition", args=[petition.pk])


def test_a_look_is_never_a_get(officer):
    petition = a_petition()

    answer = officer.open("cases:reveal", petition.pk, petition.people.get().pk)

    assert answer["Location"] == reverse("cases:petition", args=[petition.pk])
    assert not Entry.objects.filter(verb="petition.reveal").exists()


def test_a_code_issued_anew_is_shown_this_once(officer):
    petition = a_petition()

    page = officer.get(officer.send("cases:reissue_code", petition.pk).url)

    assert petition.number in page.content.decode()
    assert petition.query_codes.filter(replaced_at=None).count() == 1
    assert petition.query_codes.count() == 2


def test_printing_the_card_is_written_down_and_the_card_is_covered(officer):
    petition = a_petition()

    page = officer.send("cases:print_card", petition.pk)

    assert "13800001234" not in page.content.decode()
    assert Entry.objects.about(petition).get(verb="petition.print").facts == {"document": "D01"}


# Files on a case


def attached(browser: Browser, petition: Petition) -> Attachment:
    upload = SimpleUploadedFile("来信.pdf", b"%PDF-1.4\n%%EOF\n")
    browser.send("cases:deed", petition.pk, "attach", kind="scan", upload=upload)
    return Attachment.objects.get(petition=petition)


def test_a_file_is_saved_never_run(officer):
    petition = a_petition()
    attachment = attached(officer, petition)

    answer = officer.open("cases:file", petition.pk, attachment.pk)

    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in answer["Cache-Control"]
    assert b"".join(answer.streaming_content) == b"%PDF-1.4\n%%EOF\n"
    assert Entry.objects.about(petition).filter(verb="petition.fetch_file").count() == 1


def test_a_program_is_refused_on_a_case_and_the_fault_stands_there(officer):
    petition = a_petition()

    page = officer.send(
        "cases:deed",
        petition.pk,
        "attach",
        kind="scan",
        upload=SimpleUploadedFile("a.exe", b"MZ" + b"\0" * 99),
    )

    assert page.status_code == 422
    assert "a.exe" in page.content.decode()
    assert not Attachment.objects.exists()


def test_q18_a_file_under_quarantine_is_gone_and_the_incident_is_listed(officer):
    petition = a_petition()
    attachment = attached(officer, petition)

    officer.send("cases:deed", petition.pk, "quarantine", attachment=str(attachment.pk), reason="别人的信")

    incident = DataIncident.objects.get(petition=petition)
    page = officer.open("cases:petition", petition.pk).content.decode()
    assert officer.open("cases:file", petition.pk, attachment.pk).status_code == 404
    assert incident.attachment == attachment
    assert "别人的信" in page
    assert "来信.pdf" not in page


def test_a_file_of_one_case_is_not_found_under_another(officer):
    first, second = a_petition(), a_petition()
    attachment = attached(officer, first)

    answer = officer.open("cases:file", second.pk, attachment.pk)

    assert answer.status_code == 404


# Corrections


def test_q18_a_new_day_of_receipt_shows_what_would_move_before_it_moves(officer):
    petition = a_petition(petition_date=date(2026, 2, 26))
    typed = {"value": "2026-02-27 16:00", "reason": "收文章", "seen_version": "1"}

    preview = officer.send("cases:correct", petition.pk, "received_at", do="save", **typed)
    before = PetitionClock.objects.open().get(petition=petition, code="T1").last_day
    officer.send("cases:correct", petition.pk, "received_at", do="confirm", **typed)

    assert preview.status_code == 200
    assert {shown.reckoning.last_day for _clock, shown in preview.context["foreseen"]["moves"]} == {
        date(2026, 3, 14),
        date(2026, 3, 3),
    }
    assert before == date(2026, 3, 17)
    assert PetitionClock.objects.open().get(petition=petition, code="T1").last_day == date(2026, 3, 14)


def test_q18_where_no_period_runs_from_the_receipt_any_more_it_says_so_and_is_corrected(officer):
    petition = a_petition(petition_date=date(2026, 2, 26))
    PetitionClock.objects.filter(petition=petition).update(met_at=MONDAY, next_alarm_at=None)
    typed = {"value": "2026-02-27 16:00", "reason": "收文章", "seen_version": "1"}

    preview = officer.send("cases:correct", petition.pk, "received_at", do="save", **typed)
    done = officer.send("cases:correct", petition.pk, "received_at", do="confirm", **typed)

    assert (preview.status_code, preview.context["foreseen"]["moves"]) == (200, [])
    assert 'value="confirm"' in preview.content.decode()
    assert done.status_code == 302
    assert Petition.objects.get().received_at == datetime(2026, 2, 27, 16, tzinfo=SHANGHAI)
    assert Entry.objects.get(verb="petition.correct").facts["clocks_moved"] == 0


def test_q25_an_impossible_day_of_receipt_is_refused_before_its_effects_are_shown(officer):
    petition = a_petition()

    page = officer.send(
        "cases:correct",
        petition.pk,
        "received_at",
        do="save",
        value="2027-11-18 09:00",
        reason="收文章",
        seen_version="1",
    )

    assert page.status_code == 400
    assert "foreseen" not in page.context
    assert page.context["form"].errors["value"]
    assert Petition.objects.get().received_at == petition.received_at


def test_q32_a_stale_correction_keeps_the_typed_text_on_the_page(officer):
    petition = a_petition()
    officer.send("cases:correct", petition.pk, "title", value="第一次", reason="写错", seen_version="1")

    page = officer.send(
        "cases:correct", petition.pk, "title", value="第二次", reason="写错", seen_version="1"
    )

    petition.words.refresh_from_db()
    assert page.status_code == 409
    assert "第二次" in page.content.decode()
    assert petition.words.title == "第一次"


def test_the_present_value_stands_in_the_form_of_a_correction(officer):
    petition = a_petition(title="办证")

    page = officer.open("cases:correct", petition.pk, "title")

    assert "办证" in page.content.decode()


def test_a_place_is_corrected_by_its_name_once_a_person_confirmed_which_is_meant(officer):
    petition = a_petition()
    meant = a_place("141102002001")
    typed = {"place_text": meant.short_name, "reason": "选错", "seen_version": "1"}

    asked = officer.send("cases:correct", petition.pk, "place", **typed)
    unchanged = Petition.objects.get().place
    officer.send("cases:correct", petition.pk, "place", value=meant.code, **typed)

    assert asked.status_code == 422
    assert meant in asked.context["form"].place_candidates
    assert unchanged == petition.place
    assert Petition.objects.get().place == meant


def test_a_place_that_nobody_knows_is_asked_for_again_with_the_words_kept(officer):
    petition = a_petition()

    page = officer.send(
        "cases:correct", petition.pk, "place", place_text="没有的地方", reason="选错", seen_version="1"
    )

    assert page.status_code == 422
    assert "没有的地方" in page.content.decode()
    assert Petition.objects.get().place == petition.place


@pytest.mark.parametrize("field", ["text", "number", "sealed", "register_organ", "no_such_field", "pk"])
def test_what_stays_as_registered_has_no_form(officer, field):
    petition = a_petition()

    page = officer.send("cases:correct", petition.pk, field, value="x", reason="x", seen_version="1")

    assert page.status_code == 404


def test_a_correction_without_a_reason_keeps_what_was_typed(officer):
    petition = a_petition()

    page = officer.send("cases:correct", petition.pk, "title", value="新题目", reason="", seen_version="1")

    assert page.status_code == 422
    assert "新题目" in page.content.decode()


@pytest.mark.parametrize(("field", "first"), [("title", "value"), ("place", "place_text")])
def test_what_to_correct_in_a_correction_is_listed_as_its_form_goes(officer, field, first):
    petition = a_petition()

    page = officer.send("cases:correct", petition.pk, field, value="", reason="", seen_version="1")

    summary = page.content.decode().split("data-errsum")[1].split("</ul>")[0]
    assert [part.split('"')[0] for part in summary.split('href="#id_')[1:]] == [first, "reason"]


def test_what_to_correct_in_a_deed_is_headed_by_its_number_and_not_by_the_petitions_title(officer):
    petition = a_petition(title="回迁房面积比协议少了九平方米")

    page = officer.send("cases:deed", petition.pk, "propose-void", ground="test", reason="", stays_number="")

    summary = page.content.decode().split("data-errsum")[1].split("</h2>")[0]
    assert page.status_code == 422
    assert "还有 1 处要改" in summary and "回迁房" not in summary


def test_q18_a_test_entry_is_voided_on_the_page_by_a_second_person(officer, sign_in):
    petition = a_petition()
    head = sign_in(a_hat(Role.SECTION_HEAD))

    officer.send("cases:deed", petition.pk, "propose-void", ground="test", reason="演练", stays_number="")
    alone = officer.send("cases:deed", petition.pk, "decide-void", decision="confirm")
    between = Petition.objects.get().routing
    head.send("cases:deed", petition.pk, "decide-void", decision="confirm")

    assert (alone.status_code, between) == (403, Routing.REGISTERED)
    assert Petition.objects.get().routing == Routing.VOID
    assert numbers_on(ledger(officer, view="all", routing="void")) == [petition.number]


# Sealing on the page


def test_q1_sealing_on_the_page_leads_away_from_the_case(officer, sign_in):
    lane = a_hat(Role.SEALED_LANE_OFFICER)
    petition = a_petition()

    answer = officer.send(
        "cases:deed", petition.pk, "seal", reason="反映干部", reported_kind="person", reported_name="某某"
    )

    assert answer.url == reverse("cases:ledger")
    assert officer.open("cases:petition", petition.pk).status_code == 404
    assert numbers_on(ledger(officer, view="all")) == []
    assert numbers_on(sign_in(lane).open("cases:sealed_ledger")) == [petition.number]


def test_sealing_without_saying_who_is_reported_is_refused_beside_the_field(officer):
    petition = a_petition()

    page = officer.send("cases:deed", petition.pk, "seal", reason="反映干部", reported_kind="person")

    assert page.status_code == 422
    assert "反映干部" in page.content.decode()
    assert not Petition.objects.get().sealed


def test_the_lanes_page_names_who_is_reported_who_reads_it_and_who_had_seen_it(sign_in):
    lane = sign_in(a_hat(Role.SEALED_LANE_OFFICER))
    registrar = a_hat(Role.REGISTRAR)
    petition = a_petition(
        registrar, now=MONDAY - timedelta(minutes=9), received_at=MONDAY - timedelta(hours=1)
    )
    reported = [Reported(kind=ReportedKind.PERSON, name="某主任")]
    seal(petition.pk, reason="反映干部", reported=reported, by=registrar, now=MONDAY)

    page = lane.open("cases:petition", petition.pk)

    shown = page.content.decode()
    assert "某主任" in shown
    assert lane.hat.user.name in shown
    assert [(line.who, line.at) for line in page.context["seen_before"]] == [
        (registrar.words, petition.registered_at)
    ]
    assert "张大强" not in shown


def test_a_report_stays_sealed_until_its_purpose_is_corrected(sign_in):
    lane = sign_in(a_hat(Role.SEALED_LANE_OFFICER))
    petition = a_petition(purpose=Purpose.REPORT_ACCUSATION)

    page = lane.send("cases:deed", petition.pk, "unseal", reason="不是举报")

    assert page.status_code == 422
    assert "不是举报" in page.content.decode()
    assert Petition.objects.get().sealed


def test_the_lanes_officer_lets_in_and_shuts_out_on_the_page(sign_in):
    lane, reader = sign_in(a_hat(Role.SEALED_LANE_OFFICER)), a_hat(Role.SECTION_HEAD)
    petition = a_petition(purpose=Purpose.REPORT_ACCUSATION)

    lane.send("cases:deed", petition.pk, "let-in", post=str(reader.post.pk), reason="会办")
    granted = petition.grants.filter(post=reader.post, ended_at=None).exists()
    lane.send("cases:deed", petition.pk, "shut-out", post=str(reader.post.pk))

    assert granted
    assert not petition.grants.filter(post=reader.post, ended_at=None).exists()


# Enquiries (Q15)


def test_q15_an_enquiry_is_a_note_on_the_case_and_no_petition(officer):
    petition = a_petition()

    officer.send(
        "cases:deed", petition.pk, "enquiry", verified_by="query_code", told="已告知去向", by_phone="on"
    )

    note = EnquiryNote.objects.get(petition=petition)
    assert (note.told, note.by_phone) == ("已告知去向", True)
    assert Petition.objects.count() == 1
    assert petition.involvements.count() == 1


def test_q15_the_case_of_whoever_asks_is_found_by_its_whole_number_only(officer):
    petition = a_petition()

    found = officer.open("cases:enquire", query={"number": petition.number.lower()})
    part = officer.open("cases:enquire", query={"number": petition.number[:-1]})

    assert found.url == reverse("cases:petition", args=[petition.pk])
    assert part.status_code == 404


def test_q15_there_is_a_short_text_to_read_aloud(officer):
    petition = a_petition()

    words = str(officer.open("cases:petition", petition.pk).context["enquiry_words"])

    assert petition.number in words
    assert "2026年3月17日" in words


def test_q15_who_only_reads_takes_no_enquiry():
    petition = a_petition()

    with pytest.raises(NotAllowed):
        note_enquiry(
            petition.pk,
            by_phone=True,
            verified_by=VerifiedBy.QUERY_CODE,
            told="x",
            by=a_hat(Role.INSPECTOR),
            now=LATER,
        )

    assert not EnquiryNote.objects.exists()


# Safety and conduct (Q7)


def a_safety_note(petition: Petition, by=None, now: datetime = MONDAY) -> SafetyNote:
    return note_safety(
        petition.pk,
        kind=SafetyKind.SELF_HARM,
        observed_fact="说要跳楼",
        action_taken="已拨 120",
        by=by or a_hat(Role.SECTION_HEAD),
        now=now,
    )


def test_q7_a_safety_note_is_reviewed_within_7_days():
    note = a_safety_note(a_petition())

    assert note.review_on == date(2026, 3, 9)
    assert note.expires_on == date(2026, 4, 1)


@pytest.mark.parametrize(("day", "in_view"), [(date(2026, 3, 31), True), (date(2026, 4, 1), False)])
def test_q7_a_safety_note_is_gone_from_view_after_30_days(day, in_view):
    petition = a_petition()
    a_safety_note(petition)
    with time_machine.travel(datetime(day.year, day.month, day.day, 9, tzinfo=SHANGHAI), tick=False):
        page = signed_in(a_hat(Role.OFFICE_DIRECTOR)).open("cases:petition", petition.pk)

    assert ("说要跳楼" in page.content.decode()) is in_view


@pytest.mark.parametrize(
    ("role", "reads"),
    [
        (Role.REGISTRAR, True),
        (Role.PETITION_OFFICER, True),
        (Role.SECTION_HEAD, True),
        (Role.OFFICE_DIRECTOR, True),
        (Role.INSPECTOR, False),
        (Role.JOINT_CONFERENCE_OFFICER, False),
        (Role.HEARING_CLERK, False),
        (Role.SCORE_OFFICER, False),
    ],
)
def test_q7_only_the_case_team_and_the_duty_leader_read_and_write_safety_and_conduct(sign_in, role, reads):
    petition = a_petition()
    a_safety_note(petition)
    note_conduct(
        petition.pk,
        article=ConductArticle.STAYING_ON,
        what_happened="滞留大厅",
        by=a_hat(Role.SECTION_HEAD),
        now=MONDAY,
    )
    browser = sign_in(a_hat(role))

    page = browser.open("cases:petition", petition.pk)
    written = browser.send(
        "cases:deed", petition.pk, "safety-note", kind="medical", observed_fact="心慌", action_taken="已送医"
    )

    shown = page.content.decode()
    assert ("说要跳楼" in shown) is ("滞留大厅" in shown) is reads
    verbs = [line.icon for line in page.context["timeline"]]
    assert ("shield-exclamation" in verbs) is reads
    assert (written.status_code == 302) is reads
    assert SafetyNote.objects.count() == (2 if reads else 1)


def test_q7_a_leader_of_the_portfolio_sees_no_safety_note(sign_in):
    leader = a_hat(Role.LEADER, organ=an_organ(kind=OrganKind.LEADING_BODY))
    Portfolio.objects.create(post=leader.post, place=a_place("141102001"), since=LONG_AGO)
    petition = a_petition()
    a_safety_note(petition)

    assert "说要跳楼" not in sign_in(leader).open("cases:petition", petition.pk).content.decode()


def test_q7_a_conduct_record_names_the_article_and_who_saw_it(officer):
    petition = a_petition()

    officer.send("cases:deed", petition.pk, "conduct", article="26.4", what_happened="滞留大厅")

    incident = ConductIncident.objects.get(petition=petition)
    assert (incident.article, incident.seen_by) == ("26.4", officer.hat.post)
    assert "滞留大厅" not in str(list(Entry.objects.values_list("facts", flat=True)))


def test_q7_a_closed_safety_note_is_gone_from_view(officer):
    petition = a_petition()
    note = a_safety_note(petition)

    officer.send("cases:deed", petition.pk, "close-safety-note", note=str(note.pk))

    assert "说要跳楼" not in officer.open("cases:petition", petition.pk).content.decode()


def test_q7_a_note_is_closed_on_its_own_case_only():
    head = a_hat(Role.SECTION_HEAD)
    note = a_safety_note(a_petition())
    other = a_petition()

    with pytest.raises(Unknown):
        close_safety_note(other.pk, note.pk, by=head, now=LATER)

    assert SafetyNote.objects.get().closed_at is None


# Hats


def test_a_write_under_another_hat_is_refused_and_writes_nothing(officer):
    petition = a_petition()
    before = Entry.objects.count()

    answer = officer.post(
        reverse("cases:reissue_code", args=[petition.pk]), {"hat": str(a_hat(Role.REGISTRAR).post.pk)}
    )

    assert answer.status_code == 409
    assert Entry.objects.count() == before
    assert petition.query_codes.count() == 1


def test_whoever_is_not_signed_in_is_sent_to_the_door_and_his_writing_is_not_done(client):
    petition = a_petition()

    read = client.get(reverse("cases:petition", args=[petition.pk]))
    written = client.post(reverse("cases:reissue_code", args=[petition.pk]))

    assert read.url.startswith(reverse("accounts:sign_in"))
    assert written.status_code == 401
    assert petition.query_codes.count() == 1


# Reference data


def test_the_system_administrator_adds_and_ends_categories(sign_in):
    """DS-4.4."""
    browser = sign_in(a_hat(Role.SYSTEM_ADMINISTRATOR))
    parent = an_intake().content_category_id

    page = browser.open("cases:categories")
    refused = sign_in(a_hat(Role.OFFICE_DIRECTOR)).open("cases:categories")

    assert page.status_code == 200
    assert parent in [category.pk for category in page.context["categories"]]
    assert refused.status_code == 403


def test_a_code_that_is_taken_is_refused_beside_its_field(sign_in):
    """DS-4.4."""
    browser = sign_in(a_hat(Role.SYSTEM_ADMINISTRATOR))
    taken = browser.open("cases:categories").context["categories"][1]

    page = browser.send("cases:categories", do="add", parent_code="010000", code=taken.code, name="新类")

    assert page.status_code == 422
    assert "code" in page.context["form"].errors


def test_the_collective_threshold_is_set_from_a_day_on(sign_in):
    browser = sign_in(a_hat(Role.SYSTEM_ADMINISTRATOR))

    browser.send(
        "cases:local_settings",
        key="collective_threshold",
        value="10",
        valid_from="2026-03-02",
        basis="办字〔2026〕1 号",
    )

    assert not registered(channel=Channel.VISIT, petitioner_count=9).petition.is_collective


def test_a_setting_for_a_past_day_is_refused(sign_in):
    browser = sign_in(a_hat(Role.SYSTEM_ADMINISTRATOR))

    page = browser.send(
        "cases:local_settings", key="collective_threshold", value="10", valid_from="2026-03-01", basis="x"
    )

    assert page.status_code == 422
    assert "valid_from" in page.context["form"].errors


def test_a_proposal_to_void_a_double_entry_names_the_one_that_stays(officer):
    first, second = a_petition(), a_petition()

    unnamed = officer.send("cases:deed", second.pk, "propose-void", ground="double_entry", reason="重复")
    officer.send(
        "cases:deed",
        second.pk,
        "propose-void",
        ground="double_entry",
        reason="重复",
        stays_number=first.number,
    )
    shown = officer.open("cases:petition", second.pk).content.decode()

    assert unnamed.status_code == 422
    assert first.number in shown


def test_a_void_petition_offers_no_further_steps(officer):
    petition = a_petition()
    propose_void(petition.pk, ground=VoidGround.TEST, reason="演练", by=officer.hat, now=LATER)
    decide_void(petition.pk, confirm=True, by=a_hat(Role.SECTION_HEAD), now=LATER)

    page = officer.open("cases:petition", petition.pk)

    assert not page.context["way"]
    assert reverse("cases:deed", args=[petition.pk, "propose-void"]) not in page.content.decode()


def test_no_address_of_a_case_takes_another_kind_of_key(officer):
    assert officer.get("/petitions/1/").status_code == 404
    assert officer.open("cases:petition", uuid4()).status_code == 404
