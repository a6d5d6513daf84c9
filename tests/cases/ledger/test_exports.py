"""The ledger as a workbook: exactly what is shown, covered, written by the worker, for whoever asked for it alone."""

import io
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from openpyxl import load_workbook

from accounts.actions import posts
from accounts.hats import Hat
from accounts.roles import Role
from audit.models import Entry
from cases.actions import exports as deeds
from cases.actions.sealing import seal
from cases.exports import work
from cases.exports.sweeps import carry_on_exports, remove_export_files
from cases.intake import Reported
from cases.models import ExportedPetitions, ExportPurpose, ExportState, ExportStop, LedgerExport
from cases.sealed_history import seen_before_sealing
from cases.states import Purpose, ReportedKind
from infra.models import StoredFile
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from tests.cases.browsers import Browser
from tests.cases.given import a_person, a_petition
from tests.given import MONDAY, a_hat, a_place, an_organ

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.wide]

LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
def officer() -> Hat:
    return a_hat(Role.PETITION_OFFICER)


def asked_for(by: Hat, *, columns=(), by_date=False, picked=(), now=MONDAY, **facts: str) -> LedgerExport:
    return deeds.ask_export(
        facts, columns=columns, by_date=by_date, picked=picked, purpose=ExportPurpose.MEETING, by=by, now=now
    )


def written(export: LedgerExport, now=LATER) -> LedgerExport:
    carry_on_exports(clock=lambda: now)
    export.refresh_from_db()
    return export


def book_of(export: LedgerExport):
    return load_workbook(io.BytesIO(default_storage.open(export.file.path).read()))


def lines_of(export: LedgerExport) -> list[dict[str, object]]:
    """Return the rows below the headings."""
    _title, _who, headings, *lines = book_of(export).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(headings, line, strict=True)) for line in lines]


def test_the_workbook_says_what_the_page_shows_and_nothing_uncovered(officer):
    petition = a_petition(people=(a_person("张大强"),), title="张大强的房子 13800001234")

    export = written(asked_for(officer))

    assert export.state == ExportState.DONE and export.rows == 1
    (line,) = lines_of(export)
    assert line["信访件编号"] == petition.number
    assert line["信访人"] == "张*强"
    assert line["事项"] == "张*强的房子 138****1234"
    assert line["期限灯"] == "绿 · 剩 15 天"
    assert (line["最后一日"].date().isoformat(), line["信访形式"], line["状态"]) == (
        "2026-03-17",
        "来信",
        "待分办",
    )
    assert "13800001234" not in str([cell for sheet in book_of(export) for cell in sheet.values])


def test_the_file_is_named_by_unit_ledger_and_day_and_says_so_above_and_beside_the_list(officer):
    a_petition()

    export = written(asked_for(officer, channel="letter"))

    assert export.file.name == f"{officer.organ}_信访台账（全部在办）_2026-03-02.xlsx"
    book = book_of(export)
    first, second = book.worksheets
    assert first["A1"].value == f"{officer.organ}信访台账（全部在办）"
    assert officer.user.name in first["A2"].value and "内部资料" in first["A2"].value
    said = dict(line for line in second.iter_rows(min_row=2, max_col=2, values_only=True) if line[0])
    assert (said["视图"], said["信访形式"], said["用途"], said["信访件"]) == (
        "全部在办",
        "来信",
        "会议研究",
        "1",
    )
    assert "脱敏" in said["脱敏"]
    assert said["急"] == "重大紧急"


def test_filter_order_and_columns_are_those_of_the_page(officer):
    older = a_petition()
    newer = a_petition(received_at=MONDAY + timedelta(minutes=5), now=MONDAY + timedelta(minutes=6))
    visit = a_petition(channel="visit")

    letters = written(asked_for(officer, channel="letter", columns=["state", "category"], by_date=True))

    lines = lines_of(letters)
    assert [line["信访件编号"] for line in lines] == [newer.number, older.number]
    assert list(lines[0])[-2:] == ["内容分类", "状态"] and "信访形式" not in lines[0]
    assert visit.number not in str(lines)


def test_only_what_was_ticked_is_written(officer):
    petitions = [a_petition() for _number in range(3)]

    export = written(asked_for(officer, picked=[petitions[0].pk, petitions[2].pk]))

    assert [line["信访件编号"] for line in lines_of(export)] == [petitions[0].number, petitions[2].number]


@pytest.mark.parametrize("begins", ["=1+1", "+86", "@SUM(A1)", "－－", '=HYPERLINK("http://x")'])
def test_no_cell_is_a_formula(officer, begins):
    a_petition(title=f"{begins}之事")

    export = written(asked_for(officer))

    cells = [cell for sheet in book_of(export) for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert lines_of(export)[0]["事项"].startswith(begins)


def test_q1_a_sealed_petition_is_in_no_list(officer):
    a_petition(purpose=Purpose.REPORT_ACCUSATION)

    export = written(asked_for(officer, view="all"))

    assert lines_of(export) == []


def test_whoever_sees_one_place_exports_one_place():
    a_petition()
    elsewhere = a_hat(Role.PETITION_OFFICER, organ=an_organ(place=a_place("140000")))

    export = written(asked_for(elsewhere, view="all"))

    assert export.rows == 0


def test_who_has_no_open_ledger_exports_none(officer):
    for role in (Role.SEALED_LANE_OFFICER, Role.GRID_WORKER, Role.SYSTEM_ADMINISTRATOR):
        with pytest.raises(NotAllowed):
            asked_for(a_hat(role))

    assert not LedgerExport.objects.exists()


def test_three_may_wait_and_the_fourth_is_refused(officer):
    for _number in range(3):
        asked_for(officer)

    with pytest.raises(Refused):
        asked_for(officer)

    assert LedgerExport.objects.count() == 3


def test_the_audit_says_who_took_out_how_many_and_what_for_but_no_number(officer):
    a_petition()
    export = written(asked_for(officer, channel="letter", q="LS2026-000001"))
    deeds.fetch_export(export.pk, by=officer, now=LATER)

    told = {entry.verb: entry.facts for entry in Entry.objects.about(export)}

    assert told["ledger.export"] == {"what_for": "meeting", "channel": "letter"}
    assert (told["ledger.write"]["rows"], told["ledger.fetch"]["rows"]) == (1, 1)
    assert told["ledger.fetch"]["what_for"] == "meeting"
    assert "LS2026" not in str(told)


def test_nobody_else_fetches_it_and_the_answer_is_that_there_is_none(officer):
    a_petition()
    export = written(asked_for(officer))

    for other in (a_hat(Role.PETITION_OFFICER), a_hat(Role.OFFICE_DIRECTOR)):
        with pytest.raises(Unknown):
            deeds.fetch_export(export.pk, by=other, now=LATER)

    assert not Entry.objects.filter(verb="ledger.fetch").exists()


def test_whoever_lost_his_post_before_it_was_written_gets_nothing(officer):
    a_petition()
    export = asked_for(officer)
    posts.end_post(officer.post.pk, by=a_hat(Role.SECURITY_ADMINISTRATOR), now=MONDAY)

    export = written(export, now=MONDAY + timedelta(days=1))

    assert (export.state, export.stopped_by) == (ExportState.STOPPED, ExportStop.NOT_ALLOWED)
    assert not StoredFile.objects.exists()


def test_q1_what_is_sealed_meanwhile_leaves_the_file_before_it_is_fetched(officer):
    stays, goes = a_petition(), a_petition()
    export = written(asked_for(officer))
    deeds.fetch_export(export.pk, by=officer, now=LATER)
    path = export.file.path
    reported = [Reported(kind=ReportedKind.PERSON, name="某某")]
    seal(goes.pk, reason="举报村干部", reported=reported, by=officer, now=LATER)

    assert deeds.fetch_export(export.pk, by=officer, now=LATER) is None

    export.refresh_from_db()
    assert (export.state, export.file) == (ExportState.WAITING, None)
    assert not default_storage.exists(path)
    again = written(export)
    assert [line["信访件编号"] for line in lines_of(again)] == [stays.number]
    assert deeds.fetch_export(export.pk, by=officer, now=LATER) == again.file


def test_q1_the_lane_learns_who_had_saved_a_list_with_the_petition(officer):
    stays, goes = a_petition(), a_petition()
    for _one in (written(asked_for(officer)), written(asked_for(officer, picked=[stays.pk]))):
        deeds.fetch_export(_one.pk, by=officer, now=LATER)
    reported = [Reported(kind=ReportedKind.PERSON, name="某某")]
    seal(goes.pk, reason="举报村干部", reported=reported, by=officer, now=LATER + timedelta(minutes=1))

    saved = [entry for entry in seen_before_sealing(goes) if entry.verb == "ledger.fetch"]

    assert [(entry.actor_user_id, entry.at) for entry in saved] == [(officer.user.pk, LATER)]


def test_a_file_is_removed_a_day_after_it_was_written(officer):
    a_petition()
    export = written(asked_for(officer))
    path = export.file.path

    assert remove_export_files(now=LATER + timedelta(hours=23)) == 0
    assert remove_export_files(now=LATER + timedelta(hours=25)) == 1

    export.refresh_from_db()
    assert (export.state, export.file) == (ExportState.REMOVED, None)
    assert not default_storage.exists(path) and not StoredFile.objects.exists()
    assert ExportedPetitions.objects.get(export=export).petitions
    with pytest.raises(Unknown):
        deeds.fetch_export(export.pk, by=officer, now=LATER + timedelta(hours=25))


def test_a_worker_that_was_killed_leaves_it_to_the_next(officer):
    a_petition()
    export = asked_for(officer)
    deeds.begin_export(export.pk, rows=1, by=officer, now=MONDAY)

    assert carry_on_exports(clock=lambda: MONDAY + timedelta(minutes=1)) == 0
    assert written(export, now=MONDAY + timedelta(minutes=3)).state == ExportState.DONE


def test_of_two_workers_at_one_export_the_second_is_turned_away(officer):
    a_petition()
    export = written(asked_for(officer))

    with pytest.raises(OutOfTurn):
        deeds.note_progress(export.pk, rows_done=1, by=officer, now=LATER)
    work.carry_on(export.pk, clock=lambda: LATER)

    assert StoredFile.objects.count() == 1


def test_too_many_rows_are_told_and_not_cut(officer, monkeypatch):
    monkeypatch.setattr(work, "MOST_ROWS", 1)
    a_petition()
    a_petition()

    export = written(asked_for(officer))

    assert (export.state, export.stopped_by) == (ExportState.STOPPED, ExportStop.TOO_MANY)


def test_a_filter_that_names_nothing_any_more_is_told(officer):
    export = written(asked_for(officer, place="000000"))

    assert (export.state, export.stopped_by) == (ExportState.STOPPED, ExportStop.UNCLEAR)


def test_rows_of_several_thousands_come_in_one_order(officer, monkeypatch):
    monkeypatch.setattr(work, "AT_ONCE", 2)
    petitions = [a_petition() for _number in range(5)]

    export = written(asked_for(officer))

    assert [line["信访件编号"] for line in lines_of(export)] == [petition.number for petition in petitions]
    assert [line["序号"] for line in lines_of(export)] == [1, 2, 3, 4, 5]


# ---- pages --------------------------------------------------------------------------------------


@pytest.fixture
def browser(officer, sign_in, monkeypatch) -> Browser:
    monkeypatch.setattr("cases.views.exports._wake_worker", lambda: None)
    return sign_in(officer)


def test_from_the_ledger_to_the_file_without_any_script(browser):
    a_petition()
    page = browser.open("cases:ledger", query={"channel": "letter"}).content.decode()
    assert f"{reverse('cases:export_ask')}?channel=letter" in page
    ask = f"{reverse('cases:export_ask')}?channel=letter"
    assert "会议研究" in browser.get(ask).content.decode()

    answer = browser.post(ask, {"hat": browser.hat.key, "purpose": "meeting"})

    export = LedgerExport.objects.get()
    assert answer["Location"] == reverse("cases:export", args=[export.pk])
    assert (export.facts, export.purpose, export.asker) == (
        {"channel": "letter"},
        "meeting",
        browser.hat.user,
    )
    waiting = browser.get(answer["Location"]).content.decode()
    assert "可以离开本页" in waiting and "hx-trigger" in waiting
    written(export)
    done = browser.open("cases:export", export.pk).content.decode()
    assert "保存文件" in done
    file = browser.send("cases:export_file", export.pk)
    assert b"".join(file).startswith(b"PK")
    assert file["Content-Disposition"].startswith("attachment")
    assert browser.open("cases:export_progress", export.pk)["HX-Refresh"] == "true"
    assert "会议研究" in browser.open("cases:exports").content.decode()


def test_without_saying_what_for_nothing_is_written(browser):
    answer = browser.post(reverse("cases:export_ask"), {"hat": browser.hat.key, "purpose": ""})

    assert answer.status_code == 422
    assert not LedgerExport.objects.exists()


def test_a_filter_that_cannot_be_read_is_not_exported(browser):
    ask = f"{reverse('cases:export_ask')}?lamp=violet"

    answer = browser.post(ask, {"hat": browser.hat.key, "purpose": "meeting"})

    assert answer.status_code == 422 and "没有查询" in answer.content.decode()
    assert not LedgerExport.objects.exists()


def test_q6_another_ones_export_is_as_one_that_does_not_exist(browser, sign_in):
    export = asked_for(browser.hat)
    other = sign_in(a_hat(Role.PETITION_OFFICER))

    for name in ("export", "export_progress"):
        assert other.open(f"cases:{name}", export.pk).status_code == 404
    assert other.send("cases:export_file", export.pk).status_code == 404


def test_what_changed_meanwhile_is_said_and_written_anew(browser):
    a_petition()
    goes = a_petition()
    export = written(asked_for(browser.hat))
    reported = [Reported(kind=ReportedKind.PERSON, name="某某")]
    seal(goes.pk, reason="举报村干部", reported=reported, by=browser.hat, now=LATER)

    answer = browser.send("cases:export_file", export.pk)

    assert answer["Location"] == reverse("cases:export", args=[export.pk])
    page = browser.get(answer["Location"]).content.decode()
    assert "重新生成" in page and goes.number not in page
