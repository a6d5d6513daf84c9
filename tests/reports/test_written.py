"""Reports of figures: drawn up once for a period, written in by one, approved by another, issued and frozen (R-54)."""

from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, InternalError, transaction

from accounts.models import OrganKind
from accounts.roles import Role
from audit.models import Entry
from documents.models import Document
from documents.states import State
from indicators.models import Mark
from indicators.sweeps import follow_history
from lib.errors import NotAllowed, OutOfTurn, Refused, Stale, Unknown
from notices.models import Notice
from reports.models import Report, ReportFigure
from reports.states import ReportKind, ReportState
from reports.written.actions import (
    Topic,
    approve_report,
    begin_analysis,
    fetch_report,
    hand_in_report,
    issue_report,
    return_report,
    write_report,
)
from reports.written.cells import folded
from reports.written.periods import last_over
from reports.written.wording import paper_of
from tests.cases.browsers import signed_in
from tests.cases.test_api import a_program, post
from tests.documents.docx import text_of as word_of
from tests.documents.pdf import text_of
from tests.given import a_hat, a_place, an_organ
from tests.indicators.given import moment, registering
from tests.indicators.random_world import TOWNSHIPS, Deed, Do
from tests.reports.given import DRAWN_AT, a_january, draw, drawn, figures_of

pytestmark = pytest.mark.django_db

SOON = DRAWN_AT + timedelta(hours=2)
WORDS = {"causes": "征收补偿不及时", "recommendations": "按期拨付", "other": ""}


@pytest.fixture
def officer():
    return a_hat()


@pytest.fixture
def director():
    return a_hat(Role.OFFICE_DIRECTOR)


def handed_in(report, officer):
    written = write_report(report.pk, version=report.version, **WORDS, by=officer, now=SOON)
    return hand_in_report(report.pk, version=written.version, by=officer, now=SOON)


def issued(report, officer, director):
    waiting = handed_in(report, officer)
    approved = approve_report(report.pk, version=waiting.version, by=director, now=SOON)
    return issue_report(report.pk, version=approved.version, by=officer, now=SOON)


def test_a_week_a_month_and_a_year_are_drawn_up_once_on_the_first_working_day_after():
    a_january()

    draw(DRAWN_AT - timedelta(days=1))
    assert not Report.objects.filter(kind=ReportKind.MONTHLY).exists()
    assert draw() > 0
    assert draw() == 0

    mine = Report.objects.filter(office=a_hat().organ, until__gt=date(2026, 1, 26)).order_by("kind")
    assert [(one.kind, one.since, one.until) for one in mine] == [
        (ReportKind.MONTHLY, date(2026, 1, 1), date(2026, 2, 1)),
        (ReportKind.WEEKLY, date(2026, 1, 26), date(2026, 2, 2)),
    ]
    assert Report.objects.get(office=a_hat().organ, kind=ReportKind.YEARLY).since == date(2025, 1, 1)
    assert Entry.objects.filter(verb="figures.draw_up", facts__kind="monthly").exists()


def test_while_deeds_wait_to_be_counted_nothing_is_drawn_up():
    doer = a_january()
    doer.do_all([registering(moment(1, 30), 8)])
    Mark.objects.update(marked_at=moment(1, 30))

    assert draw() == 0
    follow_history()
    assert draw() > 0


def test_a_period_has_one_report_of_a_kind():
    report = drawn()

    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.create(
            office=report.office,
            kind=report.kind,
            since=report.since,
            until=report.until,
            as_of=report.as_of,
            universe="u1",
            drawn_at=SOON,
        )


def test_its_numbers_are_those_of_the_indicators_and_small_ones_are_not_told_apart():
    report = drawn()

    assert figures_of(report, "volume") == {"batches": 8, "persons": 8}
    assert figures_of(report, "indicator")["registered.visit"] == 2
    # six and two: the two would stand alone, and so would what the sum leaves
    assert figures_of(report, "place") == {"": 8}
    assert sum(figures_of(report, "category").values()) == 8
    assert "来访2批" not in "".join(paper_of(report, by=a_hat()).paragraphs)


def test_what_changes_afterwards_changes_no_number_of_a_draft():
    doer = a_january()
    draw()
    report = Report.objects.get(kind="monthly", office=a_hat().organ)
    before = figures_of(report, "volume")
    doer.do_all([Deed(SOON, Do.VOID, 1)])
    follow_history()

    assert figures_of(report, "volume") == before
    with pytest.raises(InternalError), transaction.atomic():
        ReportFigure.objects.filter(report=report).update(count=1)


def test_nothing_sealed_is_counted():
    doer = a_january()
    doer.do_all([Deed(moment(1, 29), Do.SEAL, 0)])
    follow_history()

    draw()

    assert figures_of(Report.objects.get(kind="monthly", office=a_hat().organ), "volume")["batches"] == 7


def test_a_year_says_its_four_parts(officer):
    report = drawn(ReportKind.YEARLY)

    said = paper_of(report, by=officer).paragraphs

    assert [line for line in said if line[1:2] == "、"] == [
        "一、数据统计、涉及领域和被投诉较多的机关单位",
        "二、转送、交办、督办情况",
        "三、提出三项建议以及被采纳情况",
        "四、其他应当报告的事项",
    ]


def test_units_stand_in_the_order_of_organs_with_what_is_raised_and_few_are_left_out(officer):
    a_january(2025)
    draw()
    report = Report.objects.get(kind="yearly", office=officer.organ)

    assert figures_of(report, "organ") == {"HOUSING": 6}
    assert sum(figures_of(report, "cause").values()) == 6
    assert figures_of(report, "work")["forward"] == 6
    assert not ReportFigure.objects.filter(group="organ").exclude(report__kind="yearly").exists()


def test_one_writes_another_approves_and_the_paper_stays(officer, director):
    leader = a_hat(Role.LEADER, organ=an_organ("QW", kind=OrganKind.LEADING_BODY))
    report = issued(drawn(), officer, director)

    paper = Document.objects.get(report=report)
    printed = text_of(default_storage.open(fetch_report(report.pk, by=leader, now=SOON).path).read())
    assert (paper.state, paper.drafter, paper.approver) == (State.ISSUED, officer.user, director.user)
    assert "情〔2026〕1号" in paper.number
    assert "按期拨付" in printed
    assert "指标数值和口径" in printed
    assert Notice.objects.filter(post=leader.post, kind="figures_issued").count() == 1
    with pytest.raises(InternalError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(causes="别的")
    entry = Entry.objects.get(verb="figures.issue")
    assert entry.facts["sha256"] == paper.file.sha256
    assert "按期拨付" not in str(entry.facts)


def test_whoever_handed_it_in_does_not_approve_it(director):
    report = handed_in(drawn(), director)

    with pytest.raises(NotAllowed):
        approve_report(report.pk, version=report.version, by=director, now=SOON)

    assert Report.objects.get(pk=report.pk).state == ReportState.HANDED_IN
    assert not Entry.objects.filter(verb="figures.approve").exists()


def test_an_officer_does_not_approve_and_a_year_is_the_directors(officer, director):
    report = handed_in(drawn(ReportKind.YEARLY), officer)

    for hat in (a_hat(), a_hat(Role.SECTION_HEAD)):
        with pytest.raises(NotAllowed):
            approve_report(report.pk, version=report.version, by=hat, now=SOON)

    approve_report(report.pk, version=report.version, by=director, now=SOON)
    assert Report.objects.get(pk=report.pk).state == ReportState.APPROVED


def test_what_is_sent_back_says_why_and_is_handed_in_again(officer, director):
    report = handed_in(drawn(), officer)
    returned = return_report(report.pk, version=report.version, remark="原因再写实", by=director, now=SOON)

    again = hand_in_report(report.pk, version=returned.version, by=officer, now=SOON)

    assert Notice.objects.filter(post=officer.post, kind="figures_returned").count() == 1
    assert again.state == ReportState.HANDED_IN
    assert Document.objects.filter(kind="fig_month").count() == 2


def test_nothing_is_written_once_it_is_handed_in_nor_over_a_newer_version(officer):
    report = drawn()
    write_report(report.pk, version=1, **WORDS, by=officer, now=SOON)

    with pytest.raises(Stale):
        write_report(report.pk, version=1, causes="别的", recommendations="", other="", by=officer, now=SOON)
    hand_in_report(report.pk, version=2, by=officer, now=SOON)
    with pytest.raises(OutOfTurn):
        write_report(report.pk, version=3, causes="别的", recommendations="", other="", by=officer, now=SOON)

    assert Report.objects.get(pk=report.pk).causes == WORDS["causes"]


def test_a_persons_number_is_not_written_into_a_report(officer):
    report = drawn()

    with pytest.raises(Refused):
        write_report(
            report.pk, version=1, causes="联系13800001234", recommendations="", other="", by=officer, now=SOON
        )

    assert Report.objects.get(pk=report.pk).causes == ""


def test_before_it_is_issued_only_its_office_knows_of_it(officer, director):
    report = drawn()
    township = a_place(TOWNSHIPS[0])
    neighbours = [
        a_hat(organ=an_organ("NBXF", kind=OrganKind.PETITION_OFFICE, place=township)),
        a_hat(Role.LEADER, organ=an_organ("QW", kind=OrganKind.LEADING_BODY)),
        a_hat(Role.UNIT_HEAD, organ=an_organ("ZJ")),
    ]

    for hat in neighbours:
        with pytest.raises(Unknown):
            fetch_report(report.pk, by=hat, now=SOON)
        assert signed_in(hat).open("reports:report", report.pk).status_code == 404
    issued(report, officer, director)

    assert [signed_in(hat).open("reports:report", report.pk).status_code for hat in neighbours] == [
        404,
        200,
        200,
    ]


def test_a_unit_reads_no_annual_report(officer, director):
    report = issued(drawn(ReportKind.YEARLY), officer, director)

    assert (
        signed_in(a_hat(Role.UNIT_HEAD, organ=an_organ("ZJ"))).open("reports:report", report.pk).status_code
        == 404
    )


def test_an_analysis_needs_its_causes_and_recommendations(officer):
    a_january()
    topic = Topic("征地", date(2026, 1, 1), date(2026, 2, 1))
    report = begin_analysis(topic, by=officer, now=SOON)

    with pytest.raises(Refused):
        hand_in_report(report.pk, version=1, by=officer, now=SOON)

    assert list(figures_of(report, "hot").values()) == [6]
    assert not Document.objects.filter(kind="fig_topic").exists()


@pytest.mark.parametrize(
    ("topic", "field"),
    [
        pytest.param(Topic("征地", date(2026, 2, 1), date(2026, 2, 1)), "until", id="no day"),
        pytest.param(Topic("征地", date(2026, 1, 1), date(2026, 2, 3)), "until", id="today"),
        pytest.param(Topic(" ", date(2026, 1, 1), date(2026, 2, 1)), "subject", id="about nothing"),
    ],
)
def test_an_analysis_is_of_days_that_are_over(topic, field, officer):
    with pytest.raises(Refused) as refusal:
        begin_analysis(topic, by=officer, now=SOON)

    assert set(refusal.value.fields) == {field}
    assert not Report.objects.exists()


def test_a_refused_text_is_kept_on_the_page(officer):
    report = drawn()
    browser = signed_in(officer)

    page = browser.send(
        "reports:on_report",
        report.pk,
        "write",
        version=1,
        causes="电话13800001234",
        recommendations="",
        other="",
    )

    assert page.status_code == 422
    assert "电话13800001234" in page.content.decode()


def test_a_number_on_the_page_opens_the_list_it_counts(officer):
    report = drawn()
    browser = signed_in(officer)
    page = browser.open("reports:report", report.pk)
    rows = {row.name: row for _label, group in page.context["groups"] for row in group}

    ledger = browser.get(rows["批"].url)

    assert rows["批"].count == "8"
    assert ledger.context["count"] == 8


def test_the_working_copy_has_the_tables_too(officer, director):
    report = issued(drawn(), officer, director)

    answer = signed_in(director).open("reports:report_working_copy", report.pk)

    assert "指标数值和口径" in word_of(b"".join(answer.streaming_content))


def test_a_program_reads_writes_and_is_refused_alike(officer):
    report = drawn()
    program = a_program(officer)
    address = f"/api/v1/reports/{report.pk}/"

    read = program.get(address).json()
    done = post(program, f"{address}write/", {"version": 1, **WORDS})
    neighbour = a_program(a_hat(Role.UNIT_HEAD, organ=an_organ("ZJ"))).get(address)

    assert {"group": "volume", "key": "batches", "count": "8", "before": "0"} in read["figures"]
    assert (done.status_code, Report.objects.get(pk=report.pk).causes) == (200, WORDS["causes"])
    assert neighbour.status_code == 404


@pytest.mark.parametrize(
    ("counts", "kept"),
    [
        pytest.param({"a": 9, "b": 6, "c": 2}, {"a": 9, "": 8}, id="one small takes another along"),
        pytest.param({"a": 9, "b": 3, "c": 2}, {"a": 9, "": 5}, id="small ones together are enough"),
        pytest.param({"a": 9, "b": 0}, {"a": 9}, id="nothing is not small"),
        pytest.param({"a": 3}, {"": 3}, id="all there is"),
        pytest.param({}, {}, id="none"),
    ],
)
def test_small_counts_are_folded(counts, kept):
    assert folded(counts) == kept


def test_last_week_begins_on_monday():
    assert last_over(ReportKind.WEEKLY, date(2026, 3, 4)).since == date(2026, 2, 23)
    assert last_over(ReportKind.YEARLY, date(2026, 3, 4)).until == date(2026, 1, 1)
