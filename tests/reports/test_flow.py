"""Events of cases: written out masked for whoever sees the place, summed up as ways between steps."""

import csv
import io
import zipfile
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from accounts.models import Post
from accounts.roles import Role
from audit.models import Entry
from cases.models import ExportPurpose, Petition
from indicators import figures
from indicators.figures import Asked
from indicators.measures import Code
from indicators.models import Fact
from indicators.periods import Period
from lib.errors import NotAllowed, Refused, Unknown
from reports.flow.actions import ask_log, fetch_log
from reports.flow.events import steps_between, ways_of
from reports.flow.sweeps import carry_on_logs, remove_log_files
from reports.models import EventLog
from reports.states import LogForm, LogState
from tests.cases.browsers import signed_in
from tests.cases.test_api import a_program
from tests.given import a_hat, an_organ
from tests.indicators.given import LATER, moment
from tests.indicators.random_world import Deed, Do
from tests.reports.given import a_january

pytestmark = pytest.mark.django_db

JANUARY = {"since": date(2026, 1, 1), "until": date(2026, 2, 1)}


@pytest.fixture
def director():
    return a_hat(Role.OFFICE_DIRECTOR)


def asked_for(hat, form=LogForm.CSV) -> EventLog:
    return ask_log(form, **JANUARY, category_id=None, purpose=ExportPurpose.INSPECTION, by=hat, now=LATER)


def written(hat, form=LogForm.CSV) -> EventLog:
    log = asked_for(hat, form)
    carry_on_logs(clock=timezone.now)
    log.refresh_from_db()
    return log


def lines_of(log, hat) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content_of(fetch_log(log.pk, by=hat, now=LATER)))))


def content_of(file) -> str:
    return default_storage.open(file.path).read().decode()


def scope(hat):
    asked = Asked(Period(**JANUARY))
    cohort = figures.cohort(Code.REGISTERED, asked, Fact.objects.visible_to(hat))
    return cohort.values_list("petition", flat=True)


def test_each_event_is_a_line_with_case_step_moment_organ_and_tier(director):
    a_january()

    lines = lines_of(written(director), director)

    first = lines[:3]
    assert len({line["case:concept:name"] for line in lines}) == 8
    assert [(line["concept:name"], line["time:timestamp"], line["tier"]) for line in first] == [
        ("register", "2026-01-05T10:00:00.000+08:00", "county"),
        ("forward", "2026-01-06T10:00:00.000+08:00", "county"),
        ("sign_for", "2026-01-06T10:00:00.000+08:00", "county"),
    ]
    assert first[2]["org:group"] == "HOUSING"


def test_no_number_and_no_key_of_a_petition_is_in_it_and_each_file_has_keys_of_its_own(director):
    doer = a_january()
    logs = [written(director), written(director)]

    texts = [content_of(fetch_log(log.pk, by=director, now=LATER)) for log in logs]

    for number, key in Petition.objects.filter(pk__in=doer.keys.values()).values_list("number", "pk"):
        assert number not in texts[0]
        assert str(key) not in texts[0]
    cases = [{line["case:concept:name"] for line in csv.DictReader(io.StringIO(text))} for text in texts]
    assert not cases[0] & cases[1]


def test_an_xes_log_has_a_trace_for_each_case(director):
    a_january()

    file = fetch_log(written(director, LogForm.XES).pk, by=director, now=LATER)

    log = ElementTree.fromstring(content_of(file))  # noqa: S314 - our own
    space = "{http://www.xes-standard.org/}"
    traces = log.findall(f"{space}trace")
    assert len(traces) == 8
    steps = [
        event.find(f"{space}string[@key='concept:name']").get("value")
        for event in traces[0].iter(f"{space}event")
    ]
    assert steps == ["register", "forward", "sign_for"]


def test_what_is_sealed_is_in_no_log_also_if_it_is_sealed_afterwards(director):
    doer = a_january()
    log = written(director)
    doer.do_all([Deed(LATER, Do.SEAL, 0)])

    assert fetch_log(log.pk, by=director, now=LATER) is None
    carry_on_logs(clock=timezone.now)

    assert len({line["case:concept:name"] for line in lines_of(log, director)}) == 7


def test_who_took_what_out_is_on_record(director):
    a_january()
    log = written(director)
    fetch_log(log.pk, by=director, now=LATER)

    facts = dict(Entry.objects.filter(subject_id=str(log.pk)).values_list("verb", "facts"))
    assert set(facts) == {"event_log.ask", "event_log.write", "event_log.fetch"}
    assert facts["event_log.ask"]["what_for"] == "inspection"


def test_nobody_else_fetches_it_and_a_unit_asks_for_none(director):
    log = written(director)
    unit = a_hat(Role.CASE_OFFICER, organ=an_organ("ZJ"))

    with pytest.raises(Unknown):
        fetch_log(log.pk, by=a_hat(Role.OFFICE_DIRECTOR), now=LATER)
    with pytest.raises(NotAllowed):
        asked_for(unit)

    assert signed_in(a_hat(Role.OFFICE_DIRECTOR)).open("reports:log", log.pk).status_code == 404
    assert EventLog.objects.count() == 1


def test_three_wait_at_most(director):
    for _ in range(3):
        asked_for(director)

    with pytest.raises(Refused):
        asked_for(director)

    assert EventLog.objects.count() == 3


def test_whoever_lost_his_post_gets_nothing(director):
    log = asked_for(director)
    Post.objects.filter(pk=director.post.pk).update(held_to=date(2026, 12, 1))

    carry_on_logs(clock=timezone.now)

    log.refresh_from_db()
    assert (log.state, log.file) == (LogState.STOPPED, None)


def test_a_file_is_removed_after_a_day(director):
    log = written(director)

    assert remove_log_files(now=LATER + timedelta(hours=23)) == 0
    assert remove_log_files(now=LATER + timedelta(hours=25)) == 1

    log.refresh_from_db()
    assert (log.state, log.file) == (LogState.REMOVED, None)


def test_a_page_asks_for_it_and_shows_how_far_it_is(director):
    a_january()
    browser = signed_in(director)

    answer = browser.send(
        "reports:out", since="2026-01-01", until="2026-01-31", form="csv", purpose="meeting", category=""
    )
    carry_on_logs(clock=timezone.now)

    log = EventLog.objects.get()
    assert answer.url.endswith(f"/{log.pk}/")
    assert (log.until, log.cases_done) == (date(2026, 2, 1), 8)
    assert browser.send("reports:log_file", log.pk).status_code == 200


def test_steps_are_counted_with_half_and_nine_tenths_of_the_waits(director):
    a_january()

    steps = {(step.activity, step.to_activity): step for step in steps_between(scope(director))}

    assert set(steps) == {("register", "forward"), ("forward", "sign_for")}
    waited = steps["register", "forward"]
    assert (waited.cases, waited.median, waited.ninetieth) == (6, timedelta(days=1), timedelta(days=1))


def test_a_way_that_few_went_is_left_out(director):
    doer = a_january()
    doer.do_all([Deed(moment(1, 20), Do.DECIDE, 0)])

    ways = ways_of(scope(director), most=10)

    # two were only registered: fewer than five
    assert [(list(way.activities), way.cases) for way in ways] == [(["register", "forward", "sign_for"], 6)]


def test_the_page_of_ways_shows_them_and_opens_the_petitions_they_are_of(director):
    a_january()
    browser = signed_in(director)

    page = browser.open("reports:flow", query={"since": "2026-01-01", "until": "2026-01-31"})
    ledger = browser.get(page.context["cases_url"])

    assert [(step.before, step.after, step.cases, step.median) for step in page.context["steps"]] == [
        ("转送", "签收", 6, "0.0"),
        ("登记", "转送", 6, "1.0"),
    ]
    assert page.context["cases"] == ledger.context["count"] == 8


def test_a_category_narrows_the_ways(director):
    doer = a_january()
    category = doer.categories[1]
    while category.parent is not None:
        category = category.parent
    browser = signed_in(director)

    page = browser.open("reports:flow", query={"since": "2026-01-01", "category": category.pk})

    assert page.context["cases"] == sum(
        one.content_category.path.startswith(category.path)
        for one in Petition.objects.filter(pk__in=doer.keys.values()).select_related("content_category")
    )


def test_a_unit_reads_no_ways():
    unit = signed_in(a_hat(Role.UNIT_HEAD, organ=an_organ("ZJ")))

    assert unit.open("reports:flow").status_code == 403


def test_a_workbook_holds_every_figure_and_what_it_counts(director):
    a_january()

    answer = signed_in(director).open(
        "reports:workbook", query={"since": "2026-01-01", "until": "2026-01-31", "universe": "u1"}
    )

    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as packed:
        sheets = [packed.read(f"xl/worksheets/sheet{number}.xml").decode() for number in (1, 2)]
    assert "按期答复率" in sheets[0]
    assert "<v>8</v>" in sheets[0]
    assert "u1: " in sheets[1]
    assert (
        Entry.objects.get(verb="figures.take")
        .facts["figure"]
        .startswith("registered.all.u1.2026-01-01.2026-02-01")
    )


def test_a_program_reads_the_figures_that_its_post_may_know_of(director):
    a_january()
    query = {"since": "2026-01-01", "until": "2026-01-31"}

    read = a_program(director).get("/api/v1/figures/", query).json()
    unit = a_program(a_hat(Role.UNIT_HEAD, organ=an_organ("ZJ"))).get("/api/v1/figures/", query).json()
    registered = next(one for one in read["indicators"] if one["code"] == "registered")

    assert (read["batches"], registered["of"], registered["parts"]["visit"]) == (8, 8, 2)
    assert unit["batches"] == 0


def test_a_program_is_told_what_is_wrong_with_its_days(director):
    answer = a_program(director).get("/api/v1/figures/", {"since": "2026-02-01", "until": "2026-01-01"})

    assert answer.status_code == 400
