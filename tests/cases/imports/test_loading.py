"""A list on its way: looked at, tried out, taken in, carried on after a death, withdrawn, and forgotten."""

import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.timezone import localdate
from openpyxl import load_workbook

from accounts.models import Organ, Post
from accounts.roles import Role
from audit.models import Entry
from cases.actions import imports as deeds
from cases.actions.imports import (
    ask_withdrawal,
    decide_withdrawal,
    discard_import,
    match_list,
    note_tried,
    run_import,
    upload_list,
)
from cases.actions.notes import note_enquiry
from cases.actions.repeating import decide_repeat
from cases.actions.sealing import seal, unseal
from cases.imported import others_of
from cases.imports import sweeps, work
from cases.imports.faults import words_of
from cases.intake import Reported
from cases.models import (
    ImportBatch,
    ImportedRow,
    ImportSource,
    ImportState,
    Involvement,
    Petition,
    PetitionClock,
    PetitionText,
    Stop,
    Verdict,
    VoidProposal,
)
from cases.models.notes import VerifiedBy
from cases.models.voids import VoidGround
from cases.secrets import open_reporter_field
from cases.states import Channel, Purpose, RepeatOutcome, ReportedKind, Routing
from infra.models import StoredFile
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from tests.cases.given import a_petition
from tests.cases.imports.given import LATER, a_csv, a_jsonl, a_row, an_xlsx, imported, matched, worked
from tests.given import MONDAY, a_hat, an_organ

pytestmark = pytest.mark.django_db(transaction=True)

DAY = timedelta(days=1)


def reasons(batch: ImportBatch) -> dict[int, list[str]]:
    """Return what is said of each row that became no petition."""
    return {found.line: [words_of(fault) for fault in found.faults] for found in batch.findings.all()}


def numbers() -> list[str]:
    return sorted(Petition.objects.exclude(routing=Routing.VOID).values_list("external_number", flat=True))


@pytest.mark.parametrize("made", [an_xlsx, a_csv, a_jsonl])
def test_a_list_of_each_format_comes_in_whole(made):
    rows = [a_row(number) for number in (1, 2, 3)]

    batch = imported(made(*rows))

    assert (batch.state, batch.rows, batch.created) == (ImportState.DONE, 3, 3)
    assert numbers() == ["1", "2", "3"]
    texts = set(PetitionText.objects.values_list("text", flat=True))
    assert texts == {row["留言详情"] for row in rows}


def test_headings_below_titles_are_found_and_columns_matched():
    batch = matched(an_xlsx(a_row(), above=("2026 年台账", "截至 3 月 2 日")))

    assert (batch.state, batch.heading_line) == (ImportState.CHECKED, 3)
    assert batch.mapping["留言详情"] == "text"


def test_a_trial_writes_no_petition_and_says_what_would_be():
    batch = matched(an_xlsx(a_row(1), a_row(2, 留言时间="昨天"), a_row(1)))

    assert (batch.state, batch.created, batch.rejected, batch.linked) == (ImportState.CHECKED, 1, 1, 1)
    assert [row["title"] for row in batch.sample] == ["第 1 件：小区停水"]
    assert "留言时间" in reasons(batch)[3][0]
    assert not Petition.objects.exists()


def test_the_run_does_what_the_trial_said():
    batch = imported(an_xlsx(a_row(1), a_row(2, 留言时间="昨天"), a_row(1)))

    assert (batch.state, batch.created, batch.rejected, batch.linked) == (ImportState.DONE, 1, 1, 1)
    assert Petition.objects.count() == 1


def test_a_second_loading_of_the_same_file_adds_nothing():
    registrar, rows = a_hat(Role.REGISTRAR), [a_row(number) for number in range(5)]
    imported(an_xlsx(*rows), by=registrar)

    again = imported(a_csv(*rows, encoding="gb18030"), by=registrar)

    assert (again.created, again.linked) == (0, 5)
    assert Petition.objects.count() == 5


def test_the_same_number_from_another_source_is_another_petition():
    registrar = a_hat(Role.REGISTRAR)
    imported(an_xlsx(a_row()), by=registrar, source="12345")

    imported(an_xlsx(a_row()), by=registrar, source="省网")

    assert Petition.objects.count() == 2


def test_the_columns_of_a_source_are_remembered_as_they_were_confirmed():
    registrar = a_hat(Role.REGISTRAR)
    row = {"序": "7", "何时": "2026-02-27", "说了什么": "停水三天"}
    meant = {"序": "external_number", "何时": "received_at", "说了什么": "text"}
    imported(an_xlsx(row), by=registrar, source="镇台账", mapping=meant, channel=Channel.PHONE)

    batch = matched(an_xlsx({**row, "序": "8"}), by=registrar, source="镇台账", channel=Channel.PHONE)

    assert batch.mapping == meant
    assert ImportSource.objects.get().stated["channel"] == Channel.PHONE
    assert batch.created == 1


def test_what_fills_no_field_is_kept_beside_the_petition():
    imported(an_xlsx(a_row(点赞数=3, 备注=" 原件\n在档案室 ")))

    assert others_of(Petition.objects.get()) == {"点赞数": "3", "备注": " 原件\n在档案室 "}


def test_what_fills_no_field_lies_encrypted_because_it_may_be_anything():
    imported(an_xlsx(a_row(备注="家住东街，电话 13800138000")))

    lying = bytes(ImportedRow.objects.get().others_sealed)
    assert "东街".encode() not in lying
    assert b"13800138000" not in lying


def test_protection_2_7_what_a_list_says_goes_under_the_lanes_own_key_with_the_petition():
    registrar = a_hat(Role.REGISTRAR)
    imported(an_xlsx(a_row(备注="家住东街")), by=registrar)
    (petition,) = Petition.objects.all()
    lane = a_hat(Role.SEALED_LANE_OFFICER)
    named = (Reported(ReportedKind.PERSON, name="王某"),)

    sealed = seal(petition.pk, reason="反映干部", reported=named, by=registrar, now=LATER)
    lying = bytes(ImportedRow.objects.get().others_sealed)

    assert open_reporter_field(petition.pk, "others", lying) == '{"备注": "家住东街"}'
    assert others_of(sealed) == {}
    unsealed = unseal(petition.pk, reason="没有反映干部", by=lane, now=LATER)
    assert others_of(unsealed) == {"备注": "家住东街"}


def test_rejected_rows_come_back_as_excel_and_can_be_corrected_and_taken_in():
    registrar = a_hat(Role.REGISTRAR)
    bad = a_row(2, 留言时间="昨天", 留言主题="=HYPERLINK(1)")
    batch = imported(an_xlsx(a_row(1), bad), by=registrar)
    content = default_storage.open(batch.rejects.path).read()
    sheet = load_workbook(io.BytesIO(content)).active
    head, row = ([cell.value for cell in line] for line in sheet.iter_rows())
    assert head == [*bad, "退回原因"]
    assert row[:5] == [str(value) for value in bad.values()]
    assert sheet["C2"].data_type == "s"
    sheet["D2"] = "2026-02-26"
    out = io.BytesIO()
    sheet.parent.save(out)

    corrected = imported(ContentFile(out.getvalue(), name="退回.xlsx"), by=registrar)

    assert (corrected.created, corrected.rejected) == (1, 0)
    assert numbers() == ["1", "2"]
    assert others_of(Petition.objects.get(imported_row__batch=corrected)) == {}


def test_q1_reports_are_rejected_and_nothing_of_them_is_registered():
    batch = imported(an_xlsx(a_row(1, 信访目的="检举控告"), a_row(2, 信访目的="求决")))

    assert (batch.created, batch.rejected) == (1, 1)
    assert "Q1" in reasons(batch)[2][0]
    assert not Petition.objects.filter(sealed=True).exists()
    assert batch.sample == []


def test_what_was_sealed_since_does_not_come_back_open():
    registrar = a_hat(Role.REGISTRAR)
    imported(an_xlsx(a_row()), by=registrar)
    named = (Reported(ReportedKind.PERSON, name="王某"),)
    seal(Petition.objects.get().pk, reason="反映干部", reported=named, by=registrar, now=LATER)

    again = imported(an_xlsx(a_row()), by=registrar)

    assert (again.created, again.linked) == (0, 1)
    assert Petition.objects.get().sealed


class Killed(BaseException):
    """The worker dies."""


def test_a_killed_run_continues_and_adds_nothing_twice(monkeypatch):
    monkeypatch.setattr(work, "MOST_AT_ONCE", 10)
    registrar = a_hat(Role.REGISTRAR)
    batch = matched(an_xlsx(*[a_row(number) for number in range(35)]), by=registrar)
    run_import(batch.pk, by=registrar, now=LATER)
    written, write = [], deeds.import_rows

    def dies_after_two(*args, **facts):
        if len(written) == 2:
            raise Killed
        written.append(facts["upto_line"])
        return write(*args, **facts)

    monkeypatch.setattr(deeds, "import_rows", dies_after_two)
    with pytest.raises(Killed):
        worked()
    assert Petition.objects.count() == 20
    monkeypatch.setattr(deeds, "import_rows", write)

    worked(LATER)
    assert Petition.objects.count() == 20, "another worker takes over only when the first is taken for dead"
    worked(LATER + timedelta(minutes=3))

    batch.refresh_from_db()
    assert (batch.state, batch.created, batch.rows_done) == (ImportState.DONE, 35, 35)
    assert sorted(Petition.objects.values_list("number", flat=True)) == [
        f"LS2026-{serial:06}" for serial in range(1, 36)
    ]


def test_two_workers_on_one_list_write_no_row_twice():
    batch = matched(an_xlsx(a_row()))

    with pytest.raises(OutOfTurn):
        note_tried(
            batch.pk, after_line=0, upto_line=2, ready=[], findings={}, by=a_hat(Role.REGISTRAR), now=LATER
        )


def test_whoever_lost_his_post_meanwhile_takes_nothing_in():
    registrar = a_hat(Role.REGISTRAR)
    batch = matched(an_xlsx(a_row()), by=registrar)
    run_import(batch.pk, by=registrar, now=LATER)
    Post.objects.filter(pk=registrar.post.pk).update(held_to=date(2026, 2, 1))

    worked()

    batch.refresh_from_db()
    assert (batch.state, batch.stopped_by) == (ImportState.STOPPED, Stop.NOT_ALLOWED)
    assert not Petition.objects.exists()


@pytest.mark.parametrize(
    ("content", "stop"),
    [
        (b"PK\x03\x04 broken", Stop.NOT_A_LIST),
        (b'a,b\n1,"' + b"x" * 200_000, Stop.LONG_CELL),
        ('{"内容": "停水"}\n{'.encode(), Stop.BROKEN_LINE),
        (b" \n ", None),
    ],
)
def test_a_file_that_cannot_be_read_is_told_why(content, stop):
    file = ContentFile(content, name="x.csv")
    if stop is None:
        with pytest.raises(Refused):
            upload_list("来源", file, by=a_hat(Role.REGISTRAR), now=LATER)
        return

    batch = matched(file)

    assert (batch.state, batch.stopped_by) == (ImportState.STOPPED, stop)


def test_a_picture_is_no_list():
    with pytest.raises(Refused):
        upload_list(
            "来源",
            ContentFile(b"\x89PNG\r\n\x1a\n" + bytes(99), name="x.csv"),
            by=a_hat(Role.REGISTRAR),
            now=LATER,
        )

    assert not ImportBatch.objects.exists() and not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("facts", "wrong"),
    [
        ({"mapping": {"留言详情": ""}}, "mapping"),
        ({"mapping": {"留言用户": "text"}}, "mapping"),
        ({"mapping": {"留言时间": ""}}, "received_on"),
        ({"received_on": date(2026, 4, 1)}, "received_on"),
        ({"purpose": Purpose.REPORT_ACCUSATION}, "purpose"),
    ],
)
def test_columns_that_make_no_petitions_are_refused(facts, wrong):
    registrar = a_hat(Role.REGISTRAR)
    batch = upload_list("留言板", an_xlsx(a_row()), by=registrar, now=LATER)
    worked()
    batch.refresh_from_db()
    given = {"channel": Channel.WEB, "purpose": Purpose.REQUEST, "category_id": None, "received_on": None}

    with pytest.raises(Refused) as caught:
        match_list(
            batch.pk,
            **given | facts | {"mapping": batch.mapping | facts.get("mapping", {})},
            by=registrar,
            now=LATER,
        )

    assert set(caught.value.fields) == {wrong}
    batch.refresh_from_db()
    assert batch.state == ImportState.TO_MATCH


def test_a_stated_day_is_marked_unknown_and_starts_no_period():
    row = {"留言详情": "停水三天", "一级标签": "城乡建设"}

    batch = imported(a_csv(row), received_on=date(2026, 2, 20))

    petition = Petition.objects.get()
    assert batch.created == 1
    assert petition.day_unknown and petition.next_due_at is None
    assert petition.content_category.name == "城乡建设"
    assert not PetitionClock.objects.exists()


def test_only_the_post_that_uploaded_goes_on_and_other_offices_see_nothing():
    batch = matched(an_xlsx(a_row()))
    colleague, stranger = (
        a_hat(Role.PETITION_OFFICER),
        a_hat(Role.REGISTRAR, organ=an_organ(number_prefix="SW")),
    )

    with pytest.raises(NotAllowed):
        run_import(batch.pk, by=colleague, now=LATER)
    with pytest.raises(Unknown):
        run_import(batch.pk, by=stranger, now=LATER)
    for role in (Role.CASE_OFFICER, Role.INSPECTOR, Role.SYSTEM_ADMINISTRATOR, Role.SEALED_LANE_OFFICER):
        assert not ImportBatch.objects.visible_to(a_hat(role)).exists()
        with pytest.raises(NotAllowed):
            upload_list("来源", an_xlsx(a_row()), by=a_hat(role), now=LATER)

    assert not Petition.objects.exists()


def test_q29_the_loadings_of_an_office_are_those_of_whoever_carries_it_on():
    former, successor = an_organ(number_prefix="SW"), a_hat(Role.OFFICE_DIRECTOR)
    batch = matched(an_xlsx(a_row()), by=a_hat(Role.REGISTRAR, organ=former))
    assert not ImportBatch.objects.visible_to(successor).exists()

    ended = {"carried_on_by": successor.organ, "valid_to": localdate(MONDAY)}
    Organ.objects.filter(pk=former.pk).update(**ended)

    assert list(ImportBatch.objects.visible_to(successor)) == [batch]


def test_thrown_away_before_the_run_nothing_is_written():
    registrar = a_hat(Role.REGISTRAR)
    batch = matched(an_xlsx(a_row()), by=registrar)

    discard_import(batch.pk, by=registrar, now=LATER)

    with pytest.raises(OutOfTurn):
        run_import(batch.pk, by=registrar, now=LATER)
    assert not Petition.objects.exists()


def withdrawn(batch: ImportBatch) -> ImportBatch:
    """Withdraw a loading by two persons."""
    ask_withdrawal(batch.pk, reason="表选错了", by=a_hat(Role.REGISTRAR), now=LATER + DAY)
    decide_withdrawal(batch.pk, confirm=True, by=a_hat(Role.SECTION_HEAD), now=LATER + DAY)
    worked(LATER + DAY)
    batch.refresh_from_db()
    return batch


def test_q18_a_withdrawn_list_leaves_void_petitions_with_number_and_record_and_frees_its_numbers():
    registrar = a_hat(Role.REGISTRAR)
    rows = [a_row(1), a_row(2, 答复意见="经核实，已修好。", 答复时间="2026-03-01")]
    batch = imported(an_xlsx(*rows), by=registrar)

    batch = withdrawn(batch)

    assert batch.state == ImportState.WITHDRAWN
    assert set(Petition.objects.values_list("routing", "next_due_at")) == {(Routing.VOID, None)}
    assert Petition.objects.filter(number__startswith="LS2026-").count() == 2
    assert not PetitionClock.objects.open().exists()
    assert not Involvement.objects.exclude(next_due_at=None).exists()
    assert set(VoidProposal.objects.values_list("ground", "reason", "confirmed")) == {
        (VoidGround.IMPORT_WITHDRAWN, "表选错了", True)
    }
    assert Entry.objects.filter(verb="petition.void").count() == 2
    assert Entry.objects.filter(verb="import.withdraw").count() == 1
    again = imported(an_xlsx(*rows), by=registrar, now=LATER + DAY)
    assert again.created == 2


def test_q18_a_list_of_which_something_was_touched_is_not_withdrawn_at_all():
    batch = imported(an_xlsx(a_row(1), a_row(2)))
    ask_withdrawal(batch.pk, reason="表选错了", by=a_hat(Role.REGISTRAR), now=LATER)
    decide_withdrawal(batch.pk, confirm=True, by=a_hat(Role.SECTION_HEAD), now=LATER)
    touched = Petition.objects.first()
    Petition.objects.filter(pk=touched.pk).update(version=touched.version + 1)

    worked()

    batch.refresh_from_db()
    assert (batch.state, batch.stopped_by) == (ImportState.DONE, Stop.TOUCHED)
    assert not Petition.objects.filter(routing=Routing.VOID).exists()
    with pytest.raises(OutOfTurn):
        ask_withdrawal(batch.pk, reason="表选错了", by=a_hat(Role.REGISTRAR), now=LATER)


def test_q18_a_note_on_one_petition_is_something_done():
    registrar = a_hat(Role.REGISTRAR)
    batch = imported(an_xlsx(a_row(1), a_row(2)), by=registrar)
    asked = {"by_phone": True, "verified_by": VerifiedBy.QUERY_CODE, "told": "正在办理"}
    note_enquiry(Petition.objects.first().pk, **asked, by=registrar, now=LATER)

    with pytest.raises(OutOfTurn):
        ask_withdrawal(batch.pk, reason="表选错了", by=registrar, now=LATER)

    assert not Petition.objects.filter(routing=Routing.VOID).exists()


def test_q18_a_petition_that_another_was_held_against_is_not_withdrawn():
    registrar = a_hat(Role.REGISTRAR)
    batch = imported(an_xlsx(a_row(1)), by=registrar)
    later = a_petition(registrar, now=LATER, received_at=LATER)
    decide_repeat(
        later.pk,
        Petition.objects.get(external_number="1").pk,
        outcome=RepeatOutcome.RELATED,
        reason="同一小区",
        by=registrar,
        now=LATER,
    )

    with pytest.raises(OutOfTurn):
        ask_withdrawal(batch.pk, reason="表选错了", by=registrar, now=LATER)

    assert not Petition.objects.filter(routing=Routing.VOID).exists()


def test_q18_nobody_withdraws_alone_and_not_everybody_decides():
    head = a_hat(Role.SECTION_HEAD)
    batch = imported(an_xlsx(a_row()))
    with pytest.raises(Refused):
        ask_withdrawal(batch.pk, reason=" ", by=head, now=LATER)
    ask_withdrawal(batch.pk, reason="表选错了", by=head, now=LATER)

    for hat in (head, replace(a_hat(Role.OFFICE_DIRECTOR), user=head.user), a_hat(Role.REGISTRAR)):
        with pytest.raises(NotAllowed):
            decide_withdrawal(batch.pk, confirm=True, by=hat, now=LATER)
    decide_withdrawal(batch.pk, confirm=False, by=a_hat(Role.OFFICE_DIRECTOR), now=LATER)

    batch.refresh_from_db()
    assert batch.state == ImportState.DONE
    assert not Petition.objects.filter(routing=Routing.VOID).exists()


def test_files_are_removed_a_day_after_the_last_thing_that_happened():
    done = imported(an_xlsx(a_row(1), a_row(2, 留言时间="昨天")))
    left = matched(an_xlsx(a_row(3)), source="没人管的")
    assert sweeps.remove_import_files(now=LATER + timedelta(hours=23)) == 0
    paths = list(StoredFile.objects.values_list("path", flat=True))
    assert len(paths) == 3

    assert sweeps.remove_import_files(now=LATER + timedelta(hours=25)) == 2

    assert not StoredFile.objects.exists()
    assert not any(default_storage.exists(path) for path in paths)
    done.refresh_from_db()
    left.refresh_from_db()
    assert (done.state, done.rejects) == (ImportState.DONE, None)
    assert (left.state, left.stopped_by, left.sample) == (ImportState.STOPPED, Stop.EXPIRED, [])


def test_who_loaded_what_is_on_record_without_names_or_texts():
    imported(an_xlsx(a_row(留言用户="欧阳丽", 留言详情="绝密原话")))

    entries = Entry.objects.filter(verb__startswith="import.")
    assert list(entries.order_by("at", "seq").values_list("verb", flat=True)) == [
        "import.upload",
        "import.match",
        "import.run",
        "import.end",
    ]
    assert not any("欧阳丽" in str(one.facts) or "绝密" in str(one.facts) for one in Entry.objects.all())
    assert MONDAY < LATER


def test_linked_rows_name_no_petition_that_could_not_be_seen():
    registrar = a_hat(Role.REGISTRAR)
    imported(an_xlsx(a_row()), by=registrar)

    again = matched(an_xlsx(a_row()), by=registrar)

    (found,) = again.findings.all()
    assert found.verdict == Verdict.LINKED
    assert "LS2026" not in str(found.faults)
