"""Progress by number and query code: one answer for whatever is wrong, limits that hold, and words that tell on nobody
(R-02; protection §2.11, §2.7)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, time, timedelta

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from audit.models import Entry
from cases.actions import sealing
from cases.actions.people import reissue_code
from cases.intake import Reported
from cases.models import Petition, SealedGrant
from cases.states import Outcome, Purpose, ReportedKind
from infra.local_settings import Setting
from infra.models import LocalSetting
from leadership.actions import inviting
from leadership.actions.inviting import Offered
from leadership.reception_states import InvitationState, Told
from portal import sweeps
from portal.actions import VISITOR, look_up
from portal.limits import network_of
from portal.models import Attempts
from portal.progress import progress_of
from portal.views import address_of
from tests.cases.given import a_person
from tests.cases.given import registered as registered_with_codes
from tests.cases.handling.given import (
    accepted,
    declined,
    finished,
    opinion_issued,
    received,
    registered,
    routed,
    served,
    voided,
)
from tests.given import LONG_AGO, MONDAY, a_hat
from tests.leadership.leaders import sponsored

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]

WRONG = "AAAA-BBBB-CCCC"


def with_code(**facts) -> tuple[Petition, str]:
    done = registered_with_codes(**facts)
    return done.petition, done.codes[None]


def tries(number: str, code: str, *, address: str = "203.0.113.7", now=MONDAY):
    return look_up(number, code, address=address, by=VISITOR, now=now)


def asked(number: str, code: str, **facts):
    return Client(**facts).post(reverse("portal:entry"), {"number": number, "code": code})


def limit(setting: Setting, value: int) -> None:
    LocalSetting.objects.create(key=setting, value=value, valid_from=LONG_AGO, basis="试")


def words_of(case) -> str:
    progress = progress_of(case.pk, now=MONDAY)
    units = [(unit.organ, unit.state, [one.words for one in unit.waits]) for unit in progress.units]
    return f"{progress.headline} {progress.waits} {units}"


def test_r_02_number_and_code_show_the_petition_however_they_are_typed():
    petition, code = with_code()

    page = asked(f" {petition.number.lower()} ", code.replace("-", "").lower())

    assert page.status_code == 200
    assert petition.number in page.content.decode()
    assert page.headers["Cache-Control"].count("no-store") == 1
    assert Entry.objects.get(verb="petition.look_up").actor_words == "public_page"
    assert not Attempts.objects.exclude(number=0).exists()


def test_a_wrong_code_and_a_number_that_never_was_answer_to_the_byte_alike():
    petition, code = with_code()
    other, _code = with_code()

    answers = {
        (answer.status_code, _without_token(answer, number, typed))
        for number, typed in ((petition.number, WRONG), ("LS2026-999999", WRONG), (other.number, code))
        for answer in [asked(number, typed)]
    }

    assert [status for status, _content in answers] == [422]
    assert not Entry.objects.filter(verb="petition.look_up").exists()


def _without_token(answer, *typed: str) -> str:
    """Return a page without the form's own token and what was typed into it."""
    lines = [line for line in answer.content.decode().splitlines() if "csrfmiddlewaretoken" not in line]
    page = "\n".join(lines)
    for each in typed:
        page = page.replace(each, "")
    return page


def test_a_wrong_code_asks_as_much_of_the_database_as_a_number_that_never_was():
    petition, _code = with_code()
    counted = []
    for number in (petition.number, "LS2026-999999"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            tries(number, WRONG)
        counted.append([query["sql"].split("WHERE")[0] for query in queries if "cases_" in query["sql"]])

    assert counted[0] == counted[1]
    assert len(counted[0]) == 1


def test_a_code_that_was_issued_anew_ends_the_old_one():
    case, code = (done := registered_with_codes()).petition, done.codes[None]
    _petition, new = reissue_code(case.pk, by=a_hat(Role.REGISTRAR), now=MONDAY)

    assert tries(case.number, code).petition_id is None
    assert tries(case.number, new).petition_id == case.pk


def test_each_person_with_a_code_of_his_own_sees_the_matter_and_no_other_person():
    done = registered_with_codes(
        title="张大强、李小红反映办证",
        people=(a_person("张大强"), a_person("李小红", wants_code=True)),
    )
    own = next(code for key, code in done.codes.items() if key is not None)

    page = asked(done.petition.number, own).content.decode()

    assert "张大强" not in page
    assert "13800001234" not in page


def test_too_many_wrong_ones_at_one_number_stop_it_even_for_the_right_one():
    limit(Setting.LOOKUPS_PER_NUMBER, 3)
    petition, code = with_code()
    for turn in range(3):
        assert not tries(petition.number, WRONG, address=f"203.0.113.{turn}").blocked

    assert tries(petition.number, code, address="198.51.100.1").blocked
    assert asked(petition.number, code).status_code == 429
    assert not Entry.objects.filter(verb="petition.look_up").exists()
    other, other_code = with_code()
    assert tries(other.number, other_code).petition_id == other.pk
    later = MONDAY + timedelta(minutes=15)
    assert tries(petition.number, code, now=later).petition_id == petition.pk


def test_one_source_cannot_close_a_number_to_its_owner_nor_the_door_to_all():
    petition, code = with_code()
    limit(Setting.LOOKUPS_PER_NUMBER, 6)
    limit(Setting.LOOKUPS_IN_ALL, 6)
    neighbour = [tries(petition.number, WRONG).blocked for _turn in range(10)]

    assert neighbour == [False] * 5 + [True] * 5
    assert tries(petition.number, code).blocked
    assert tries(petition.number, code, address="198.51.100.1").petition_id == petition.pk
    # his other questions go on until the address as a whole is stopped
    assert not tries("LS2026-999999", WRONG, address="203.0.113.7").blocked


def test_a_number_that_never_was_is_stopped_like_any_other():
    limit(Setting.LOOKUPS_PER_NUMBER, 1)
    assert [tries("LS2026-999999", WRONG).blocked for _turn in range(2)] == [False, True]


def test_too_many_from_one_address_or_in_all_stop_what_comes_from_there():
    limit(Setting.LOOKUPS_PER_ADDRESS, 2)
    petition, code = with_code()
    for turn in range(2):
        tries(f"LS2026-90000{turn}", WRONG)
    assert tries(petition.number, code).blocked
    assert tries(petition.number, code, address="198.51.100.1").petition_id == petition.pk
    # of the sixth version the network is counted
    for turn in range(2):
        tries(f"LS2026-90001{turn}", WRONG, address=f"2001:db8::{turn}")
    assert tries(petition.number, code, address="2001:db8::ffff").blocked
    limit(Setting.LOOKUPS_IN_ALL, 4)
    assert tries(petition.number, code, address="198.51.100.1").blocked


def test_behind_a_proxy_the_address_is_what_the_trusted_one_saw(rf, settings):
    request = rf.get("/", headers={"X-Forwarded-For": "198.51.100.9, 203.0.113.7"}, REMOTE_ADDR="10.0.0.1")
    assert address_of(request) == "10.0.0.1"
    settings.TRUSTED_PROXIES = 1
    assert address_of(request) == "203.0.113.7"
    assert address_of(rf.get("/", REMOTE_ADDR="10.0.0.1")) == "10.0.0.1"
    assert network_of("unknown") == "unknown"


def test_what_is_counted_names_neither_number_nor_address():
    tries("LS2026-004127", WRONG)

    rows = list(Attempts.objects.values_list("scope", "subject"))

    assert {scope for scope, _subject in rows} == {"source", "number", "address", "all"}
    assert not any("4127" in subject or "203" in subject.split(".") for _scope, subject in rows)


@pytest.mark.concurrency
def test_many_at_once_do_not_get_past_the_limit():
    limit(Setting.LOOKUPS_PER_NUMBER, 4)

    def one(turn: int) -> bool:
        try:
            return tries("LS2026-000001", WRONG, address=f"203.0.113.{turn}").blocked
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        blocked = list(pool.map(one, range(12)))

    assert blocked.count(False) == 4


def test_old_counts_are_removed():
    tries("LS2026-000001", WRONG)
    assert sweeps.remove_old_attempts(now=MONDAY + timedelta(hours=1)) == 0
    assert sweeps.remove_old_attempts(now=MONDAY + timedelta(days=3)) == 4
    assert not Attempts.objects.exists()


def test_a_sealed_one_says_received_or_forwarded_and_nothing_else():
    sealed, code = with_code(
        purpose=Purpose.REPORT_ACCUSATION,
        title="举报某干部",
        reported=(Reported(kind=ReportedKind.PERSON, name="王某"),),
    )
    page = asked(sealed.number, code).content.decode()

    assert progress_of(sealed.pk, now=MONDAY).headline == "已收到"
    for told in ("举报", "王某", "张大强", "区信访局", "纪委", "2026-03-02"):
        assert told not in page.replace("吕梁市离石区信访局", "")
    # nor is anybody in the lane told on
    assert not SealedGrant.objects.filter(reason__contains="public").exists()


def test_what_is_sealed_later_says_no_more_than_that():
    case, code = (done := registered_with_codes()).petition, done.codes[None]
    reported = (Reported(kind=ReportedKind.PERSON, name="王某"),)
    sealing.seal(case.pk, reason="反映干部", reported=reported, by=a_hat(), now=MONDAY)

    found = progress_of(tries(case.number, code).petition_id, now=MONDAY)

    assert (found.headline, found.title, found.units, found.done) == ("已收到", "", (), ())


def test_each_step_is_told_in_plain_words_with_who_and_until_when():
    said = {
        "registered": words_of(registered()),
        "routed": words_of(routed()),
        "received": words_of(received()),
        "accepted": words_of(accepted()),
        "issued": words_of(opinion_issued()),
        "served": words_of(served()),
        "finished": words_of(finished()),
        "void": words_of(voided()),
    }

    assert "由信访部门决定承办单位" in said["registered"]
    assert "尚未签收" in said["routed"]
    assert "书面告知您是否受理" in said["received"]
    assert "正在调查办理" in said["accepted"]
    assert "给您书面答复" in said["accepted"]
    assert "已作出书面答复，正在送达" in said["issued"]
    assert "书面答复已送达" in said["served"]
    assert "已办结" in said["finished"]
    assert "登记已撤销" in said["void"]


def test_what_was_not_handed_over_yet_is_told_of_as_on_its_way():
    outcome = words_of(opinion_issued(outcome=Outcome.NOT_SUPPORT))
    assert "不予支持" not in outcome
    assert "书面通知" in words_of(declined())


def test_a_day_that_passed_is_said_to_have_passed():
    case = accepted()
    late = progress_of(case.pk, now=MONDAY + timedelta(days=90))

    (unit,) = late.units
    assert {one.late for one in unit.waits} == {True}
    assert case.clock("T5").last_day in {one.until for one in unit.waits}


def test_after_the_reply_it_says_who_reviews_it():
    (unit,) = progress_of(served().pk, now=MONDAY).units
    assert "吕梁市离石区人民政府" in unit.rights[0]
    (before,) = progress_of(accepted().pk, now=MONDAY).units
    assert before.rights == []


def test_an_offered_talk_stands_there_until_it_is_declined():
    case, leader, _row = sponsored()
    offered = Offered(day=date(2026, 3, 3), begins=time(15), place="接访大厅", told=Told.PHONE)
    row = inviting.invite(case.pk, offered, leader_id=leader.post.pk, by=leader, now=MONDAY)
    assert [one.pk for one in progress_of(case.pk, now=MONDAY).invitations] == [row.pk]

    inviting.answer_invitation(row.pk, InvitationState.DECLINED, by=leader, now=MONDAY)

    assert progress_of(case.pk, now=MONDAY).invitations == []


def test_the_page_costs_the_same_for_one_unit_and_for_more():
    one = accepted()
    with CaptureQueriesContext(connection) as queries:
        progress_of(one.pk, now=MONDAY)
    assert len(queries) <= 8
