"""A superior's list held against what stands here: each difference with its cause, gone once it is put right."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.models import Post
from accounts.roles import Role
from audit.models import Entry
from cases.actions.corrections import correct, decide_void, propose_void
from cases.actions.reconciling import (
    compare_again,
    discard_reconciliation,
    explain_differences,
    stop_reconciliation,
)
from cases.models import (
    Difference,
    ReconciledRow,
    Reconciliation,
    ReconciliationState,
    ReconciliationStop,
)
from cases.models.voids import VoidGround
from cases.reconciling import page
from cases.reconciling.work import MOST_ROWS, _read_and_compare
from cases.states import Outcome, Source
from infra.models import StoredFile
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from tests.cases.handling import given
from tests.cases.imports.given import a_csv, a_jsonl, an_xlsx
from tests.cases.reconciling.given import (
    CITY,
    LATER,
    SENT,
    a_listed,
    found,
    from_above,
    reconciled,
    seen,
    sent_down,
    uploaded,
    worked,
)
from tests.given import MONDAY, a_hat, an_organ

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.wide]


@pytest.fixture
def officer():
    return a_hat(Role.PETITION_OFFICER)


def causes(reconciliation, hat) -> list[str]:
    return [cause for line in seen(reconciliation, hat) for cause in line.causes]


@pytest.mark.parametrize("made", [an_xlsx, a_csv, a_jsonl])
def test_q43_a_list_of_each_format_that_says_the_same_has_no_difference(officer, made):
    sent_down("LL-1")
    sent_down("LL-2")

    one = reconciled(by=officer, file=made(a_listed("LL-1"), a_listed("LL-2")))

    assert (one.state, one.theirs, found(one)) == (ReconciliationState.COMPARED, 2, [])
    counts = page.figures(one, page.kinds_shown(one, officer))
    assert (counts.theirs, counts.ours, counts.alike, counts.different) == (2, 2, 2, 0)


def test_q43_what_stands_on_one_side_only_is_shown_with_its_side(officer):
    sent_down("LL-1")
    only_here = sent_down("LL-2")

    one = reconciled(a_listed("LL-1"), a_listed("LL-9"), by=officer)

    assert found(one) == [("not_here", "LL-9"), ("not_there", "LL-2")]
    lines = seen(one, officer)
    assert [(line.line, line.petition) for line in lines] == [(3, None), (None, only_here.petition)]
    counts = page.figures(one, page.kinds_shown(one, officer))
    assert (counts.theirs, counts.ours, counts.alike, counts.different) == (2, 2, 1, 2)


def test_q43_numbers_are_the_same_in_any_width_and_case(officer):
    sent_down("LL-1")

    assert found(reconciled(a_listed(" ｌｌ-１ "), by=officer)) == []


def test_q43_what_differs_says_theirs_and_ours_field_by_field(officer):
    sent_down("LL-1")
    row = a_listed(
        转送日期="2026-02-25",
        收到日期="2026/3/1",
        办理期限="2026年4月21日",
        办理状态="已办结",
        承办单位="区水务局",
    )

    one = reconciled(row, by=officer)

    (difference,) = Difference.objects.filter(reconciliation=one)
    assert difference.kind == "differs"
    assert {fact["field"]: (fact["theirs"], fact["ours"]) for fact in difference.facts} == {
        "sent_on": ("2026-02-25", "2026-02-26"),
        "received_on": ("2026-03-01", "2026-03-02"),
        "due_on": ("2026-04-21", "2026-04-20"),
        "state": ("finished", "registered"),
        "unit": ("区水务局", ""),
    }


def test_q43_what_both_sides_say_of_a_finished_petition_is_alike(officer):
    accepted = given.accepted(given.received(sent_down("LL-1")))
    opinion = given.opinion_issued(given.drafted(given.investigated(accepted, outcome=Outcome.NOT_SUPPORT)))
    case = given.notified(given.served(opinion))
    given.report_up(case)
    given.finish(case)
    row = a_listed(办理状态="办结", 办结日期=MONDAY.date().isoformat(), 承办单位=case.unit.organ.name)

    assert found(reconciled(row, by=officer)) == []

    late = reconciled(row | {"办结日期": "2026-03-01"}, by=officer)
    (difference,) = Difference.objects.filter(reconciliation=late)
    assert difference.facts == [{"field": "finished_on", "theirs": "2026-03-01", "ours": "2026-03-02"}]


def test_q43_what_the_list_does_not_say_is_not_compared(officer):
    sent_down("LL-1")

    assert found(reconciled({"编号": "LL-1", "备注": "……"}, by=officer)) == []


def test_q43_a_day_of_sending_outside_of_the_lists_period_is_a_difference(officer):
    sent_down("LL-1", dated=date(2026, 1, 30))

    one = reconciled({"编号": "LL-1", "备注": "……"}, by=officer)

    assert [fact["field"] for fact in Difference.objects.get(reconciliation=one).facts] == ["period"]


def test_q43_a_number_twice_on_the_list_is_compared_once_and_shown_with_both_lines(officer):
    sent_down("LL-1")

    one = reconciled(a_listed("LL-1"), a_listed("LL-1", 办理期限="2026-04-01"), by=officer)

    assert found(one) == [("twice_there", "LL-1")]
    assert "2" in causes(one, officer)[0]
    assert seen(one, officer)[0].line == 3


def test_q43_a_number_twice_here_under_two_sources_is_shown(officer):
    first = sent_down("LL-1")
    assigned = from_above("LL-1") | {"source": Source.ASSIGNED_FROM_SUPERIOR}
    again = given.registered(office=first.office, **assigned)

    one = reconciled(a_listed("LL-1"), by=officer, source="")

    assert [line.petition for line in seen(one, officer)] in ([again.petition], [first.petition])
    assert found(one) == [("twice_here", "LL-1")]


def test_q43_what_was_assigned_here_and_forwarded_there_differs_in_its_source(officer):
    given.registered(**from_above("LL-1") | {"source": Source.ASSIGNED_FROM_SUPERIOR})

    one = reconciled(a_listed("LL-1"), by=officer)

    assert [fact["field"] for fact in Difference.objects.get(reconciliation=one).facts] == ["source"]


def test_q43_q18_a_void_petition_is_shown_as_void_and_missed_by_nobody(officer):
    case = sent_down("LL-1")
    propose_void(case.pk, ground=VoidGround.TEST, reason="试录", by=officer, now=LATER)
    decide_void(case.pk, confirm=True, by=a_hat(Role.SECTION_HEAD), now=LATER)

    assert found(reconciled(a_listed("LL-1"), by=officer)) == [("void_here", "LL-1")]
    assert found(reconciled(a_listed("LL-2"), by=officer)) == [("not_here", "LL-2")]


@pytest.mark.parametrize(
    ("cells", "fault", "column"),
    [
        ({"信访件编号": ""}, "no_number", "信访件编号"),
        ({"信访件编号": "1" * 61}, "long_number", "信访件编号"),
        ({"转送日期": "上月底"}, "wrong_date", "转送日期"),
        ({"办理状态": "领导已阅"}, "wrong_state", "办理状态"),
        ({"承办单位": "局" * 121}, "long_unit", "承办单位"),
    ],
)
def test_q43_a_row_that_cannot_be_read_stands_there_with_the_reason(officer, cells, fault, column):
    sent_down("LL-1")

    one = reconciled(a_listed("LL-1", **cells), a_listed("LL-1"), by=officer)

    unreadable = Difference.objects.get(reconciliation=one, kind="unreadable")
    assert (unreadable.line, unreadable.facts) == (2, [{"fault": fault, "column": column}])
    assert column in causes(one, officer)[0]
    assert ("not_there", "LL-1") not in found(one)


def test_q43_only_the_superior_asked_for_is_missed_on_its_list(officer):
    sent_down("LL-1", organ=CITY)
    sent_down("SX-1", organ="山西省信访局")

    assert found(reconciled(a_listed("LL-1"), by=officer, superior_organ=CITY)) == []
    assert found(reconciled(a_listed("LL-1"), by=officer)) == [("not_there", "SX-1")]


def test_q43_of_the_list_nothing_is_kept_but_numbers_days_state_and_unit(officer):
    one = uploaded(a_listed("LL-1", 承办单位="区住建局"), by=officer)
    path = StoredFile.objects.get().path
    worked()

    one.refresh_from_db()
    row = ReconciledRow.objects.get(reconciliation=one)
    kept = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    assert "张大强" not in str(kept) and "永宁花园" not in str(kept)
    assert (kept["number"], kept["sent_on"], kept["unit"]) == ("LL-1", SENT, "区住建局")
    assert one.file is None and len(one.list_sha256) == 64
    assert not StoredFile.objects.exists() and not default_storage.exists(path)
    assert "张大强" not in str(list(Entry.objects.values_list("facts", flat=True)))


@pytest.mark.parametrize(
    ("file", "stop"),
    [
        (lambda: an_xlsx({"姓名": "张三", "电话": "1"}), ReconciliationStop.NO_NUMBERS),
        (lambda: ContentFile(b"PK\x03\x04" + bytes(40), name="x.xlsx"), ReconciliationStop.NOT_A_LIST),
    ],
)
def test_q43_a_file_that_cannot_be_compared_says_why_and_goes(officer, file, stop):
    one = reconciled(by=officer, file=file())

    assert (one.state, one.stopped_by, one.file) == (ReconciliationState.STOPPED, stop, None)
    assert not StoredFile.objects.exists()


def test_q43_a_list_of_too_many_rows_is_not_compared(officer, monkeypatch):
    monkeypatch.setattr("cases.reconciling.work.MOST_ROWS", 2)

    one = reconciled(*(a_listed(f"LL-{number}") for number in range(3)), by=officer)

    assert one.stopped_by == ReconciliationStop.TOO_MANY_ROWS
    assert not ReconciledRow.objects.exists()
    assert MOST_ROWS >= 10_000


def test_q43_a_list_that_two_workers_read_is_written_once(officer):
    one = uploaded(a_listed("LL-9"), by=officer)
    worked()
    Entry.objects.get(verb="reconciliation.compare")

    _read_and_compare(one.pk, lambda: LATER)
    with pytest.raises(OutOfTurn):
        stop_reconciliation(one.pk, stop=ReconciliationStop.NOT_A_LIST, by=None, now=LATER)

    assert ReconciledRow.objects.count() == Difference.objects.count() == 1


def test_q43_whoever_lost_the_post_meanwhile_has_nothing_compared(officer):
    one = uploaded(a_listed("LL-9"), by=officer)
    Post.objects.filter(pk=officer.post.pk).update(held_to=MONDAY.date() - timedelta(days=1))

    worked()

    one.refresh_from_db()
    assert (one.state, one.stopped_by) == (ReconciliationState.STOPPED, ReconciliationStop.NOT_ALLOWED)
    assert not ReconciledRow.objects.exists()


def test_q43_what_was_put_right_goes_away_and_the_rest_keeps_its_explanation(officer):
    case = sent_down("LL-1")
    one = reconciled(a_listed("LL-1", 收到日期="2026-03-01"), a_listed("LL-9"), by=officer)
    ids = {line.number: line.key for line in seen(one, officer)}
    for number in ids:
        explain_differences(
            one.pk, differences=[ids[number]], explanation=f"因 {number}", by=officer, now=LATER
        )
    correct(
        case.pk,
        field="received_at",
        value=MONDAY - timedelta(days=1),
        reason="写错",
        seen_version=case.now.version,
        by=officer,
        now=LATER,
    )

    compare_again(one.pk, by=officer, now=LATER)

    (left,) = seen(one, officer)
    assert (left.number, left.explanation, left.explainer) == ("LL-9", "因 LL-9", officer.user.name)


def test_q43_a_difference_that_is_another_one_now_is_explained_anew(officer):
    case = sent_down("LL-1")
    one = reconciled(a_listed("LL-1", 收到日期="2026-02-27"), by=officer)
    keys = [line.key for line in seen(one, officer)]
    explain_differences(one.pk, differences=keys, explanation="邮路耽搁", by=officer, now=LATER)
    correct(
        case.pk,
        field="received_at",
        value=MONDAY - timedelta(days=1),
        reason="写错",
        seen_version=case.now.version,
        by=officer,
        now=LATER,
    )

    compare_again(one.pk, by=officer, now=LATER)

    assert [line.explanation for line in seen(one, officer)] == [""]


@pytest.mark.parametrize(
    ("facts", "wrong"),
    [
        ({"to_on": date(2026, 1, 31)}, "to_on"),
        ({"to_on": date(2026, 3, 3)}, "to_on"),
        ({"source": Source.SELF_RECEIVED.value}, "source"),
    ],
)
def test_q43_what_no_superiors_list_can_be_of_is_refused(officer, facts, wrong):
    with pytest.raises(Refused) as caught:
        uploaded(a_listed(), by=officer, **facts)

    assert set(caught.value.fields) == {wrong}
    assert not Reconciliation.objects.exists() and not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("facts", "wrong"),
    [({"explanation": "  "}, "explanation"), ({"differences": []}, "differences")],
)
def test_q43_an_explanation_has_words_and_something_to_explain(officer, facts, wrong):
    one = reconciled(a_listed("LL-9"), by=officer)
    whole = {"differences": [seen(one, officer)[0].key], "explanation": "已电话核实", **facts}

    with pytest.raises(Refused) as caught:
        explain_differences(one.pk, **whole, by=officer, now=LATER)

    assert set(caught.value.fields) == {wrong}
    assert not Difference.objects.exclude(explanation="").exists()


def test_q43_a_difference_of_another_reconciliation_is_unknown_here(officer):
    one, other = (reconciled(a_listed(f"LL-{number}"), by=officer) for number in (8, 9))

    with pytest.raises(Unknown):
        explain_differences(
            one.pk, differences=[seen(other, officer)[0].key], explanation="核实", by=officer, now=LATER
        )

    assert not Difference.objects.exclude(explanation="").exists()


def test_q43_a_list_thrown_away_leaves_no_row(officer):
    one = reconciled(a_listed("LL-9"), by=officer)

    discard_reconciliation(one.pk, by=officer, now=LATER)

    one.refresh_from_db()
    assert (one.state, one.stopped_by) == (ReconciliationState.STOPPED, ReconciliationStop.DISCARDED)
    assert not ReconciledRow.objects.exists() and not Difference.objects.exists()


def test_q43_registrars_read_along_and_change_nothing(officer):
    registrar = a_hat(Role.REGISTRAR)
    one = reconciled(a_listed("LL-9"), by=officer)

    assert len(seen(one, registrar)) == 1
    for deed in (compare_again, discard_reconciliation):
        with pytest.raises(NotAllowed):
            deed(one.pk, by=registrar, now=LATER)
    with pytest.raises(NotAllowed):
        uploaded(a_listed("LL-9"), by=registrar)
    one.refresh_from_db()
    assert one.state == ReconciliationState.COMPARED and Reconciliation.objects.count() == 1


def test_q6_a_neighbours_reconciliation_is_unknown_and_his_petitions_are_no_difference(officer):
    neighbour = a_hat(Role.PETITION_OFFICER, organ=an_organ(number_prefix="SW"))
    sent_down("SW-1", office=replace(given.the_office(), officer=neighbour))

    one = reconciled(a_listed("SW-1"), by=officer)

    assert found(one) == [("not_here", "SW-1")]
    with pytest.raises(Unknown):
        compare_again(one.pk, by=neighbour, now=LATER)
    assert not Reconciliation.objects.visible_to(neighbour).exists()
