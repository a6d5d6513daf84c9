"""A month of the ledger is closed: frozen with rules and entries, the same whenever it is worked out again."""

import io
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.db import InternalError, transaction
from openpyxl import load_workbook

from accounts.roles import Role
from audit.models import Entry as AuditEntry
from cases.models import Petition
from indicators.sweeps import follow_history
from infra.models import LocalSetting
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from scoring.actions.closes import close_month, hand_out
from scoring.closing import agrees, recomputed
from scoring.models import CloseEntry, CloseLine, MonthClose
from scoring.rules import volume_class
from scoring.states import LARGE_FROM, MEDIUM_FROM, VolumeClass
from scoring.sweeps import close_appeals, propose_scores, read_rates, tell_units
from tests.cases.browsers import signed_in
from tests.cases.handling.given import a_unit, at, received
from tests.cases.test_api import a_program, post
from tests.given import a_hat
from tests.scoring.given import adopted
from tests.scoring.ledger import late, told
from tests.scoring.test_rates import RATE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("shelf")]

APRIL = at(4, 2, 9)
V1 = "/api/v1/"


@pytest.fixture(autouse=True)
def april():
    """Let the pages' clock stand on the second of April."""
    with time_machine.travel(APRIL, tick=False):
        yield


def final():
    """Return an entry of March that is final: one point for a late notice."""
    row = told()
    a_unit("CG")
    follow_history()
    close_appeals(now=at(3, 30))
    return row


def close(row, *, month=3, by=None, now=APRIL):
    return close_month(year=2026, month=month, by=by or row.by.officer, now=now)


def scores(closed):
    return {line.organ.code: line.score for line in closed.lines.select_related("organ")}


def test_a_month_is_frozen_with_rules_entries_and_who_closed_it():
    row = final()
    closed = close(row)
    line = closed.lines.get(organ__code="ZJ")

    assert scores(closed) == {"CG": Decimal(100), "ZJ": Decimal(99)}
    assert (line.rule_set, line.deducted, line.bonus) == (row.rules.now, Decimal(-1), Decimal(0))
    assert [(one.entry_id, one.points) for one in line.entries.all()] == [(row.pk, Decimal(-1))]
    entry = AuditEntry.objects.about(closed).get()
    assert (entry.verb, entry.facts) == ("score_month.close", {"month": "2026-03"})


def test_what_becomes_final_later_or_is_sealed_leaves_a_closed_month_as_it_was():
    row = final()
    closed = close(row)
    other = received(now=at(3, 3))
    propose_scores(now=APRIL)
    tell_units(now=APRIL)
    close_appeals(now=at(4, 20))
    Petition.objects.filter(pk=row.case.pk).update(sealed=True)
    follow_history()

    again = recomputed(closed)
    assert all(agrees(line, again[line.organ_id]) for line in closed.lines.all())
    assert again[row.case.unit.organ.pk].score == Decimal(99)
    later = close(row, month=4, now=at(5, 4))
    assert scores(later)["ZJ"] == Decimal(99)
    assert [one.entry.petition_id for one in CloseEntry.objects.filter(line__close=later)] == [other.pk]


def test_what_was_frozen_the_database_keeps():
    closed = close(final())
    for rows, facts in (
        (MonthClose.objects.all(), {"month": 2}),
        (CloseLine.objects.all(), {"score": Decimal(100)}),
        (CloseEntry.objects.all(), {"points": Decimal(-2)}),
    ):
        with pytest.raises(InternalError), transaction.atomic():
            rows.update(**facts)
    with pytest.raises(InternalError), transaction.atomic():
        CloseEntry.objects.filter(line__close=closed).delete()


def test_a_month_is_closed_once_when_it_is_over_by_whoever_keeps_the_scores():
    row = final()
    for refusal, facts in (
        (Refused, {"month": 4}),
        (NotAllowed, {"by": row.case.unit.head}),
        (OutOfTurn, {"month": 2}),
    ):
        with pytest.raises(refusal):
            close(row, **facts)
    assert not MonthClose.objects.exists()
    close(row)
    for month in (3, 2):
        with pytest.raises(OutOfTurn):
            close(row, month=month)
    assert MonthClose.objects.count() == 1


def test_a_month_waits_for_its_rates():
    rules = adopted(RATE)
    case = received()
    with pytest.raises(OutOfTurn):
        close_month(year=2026, month=3, by=rules.by.officer, now=APRIL)
    follow_history()
    read_rates(now=APRIL)
    closed = close_month(year=2026, month=3, by=rules.by.officer, now=APRIL)
    assert scores(closed)[case.unit.organ.code] == Decimal(100)


def test_like_stands_beside_like_in_three_classes():
    counts = (0, MEDIUM_FROM - 1, MEDIUM_FROM, LARGE_FROM - 1, LARGE_FROM)
    classes = [
        VolumeClass.SMALL,
        VolumeClass.SMALL,
        VolumeClass.MEDIUM,
        VolumeClass.MEDIUM,
        VolumeClass.LARGE,
    ]
    assert [volume_class(count) for count in counts] == classes


def test_the_board_the_card_the_month_and_the_workbook_say_the_same():
    row = final()
    officer = signed_in(row.by.officer)
    sent = officer.send("scoring:close_month", year="2026", month="3")
    closed = MonthClose.objects.get()
    assert (sent.status_code, str(closed.pk) in sent["Location"]) == (302, True)

    (group,) = officer.open("scoring:ledger").context["groups"]
    (of_month,) = officer.open("scoring:month", closed.pk).context["groups"]
    card = officer.open("scoring:card", "ZJ").context
    book = officer.send("scoring:hand_out", closed.pk, note="送组织部门年度考核参考")

    assert group.volume == of_month.volume == VolumeClass.SMALL
    assert [(one.organ.code, one.total.score) for one in group.rows] == [
        ("CG", Decimal(100)),
        ("ZJ", Decimal(99)),
    ]
    assert [one.total for one in group.rows] == [one.total for one in of_month.rows]
    assert card["standing"].total == group.rows[1].total
    units, entries = load_workbook(io.BytesIO(b"".join(book.streaming_content))).worksheets
    assert units["A2"].value == "送组织部门年度考核参考"
    assert [row[7] for row in units.iter_rows(min_row=5, values_only=True)] == [100, 99]
    assert sum(row[3] for row in entries.iter_rows(min_row=2, values_only=True)) == -1


def test_a_unit_reads_itself_alone_until_the_district_says_so():
    row = final()
    closed = close(row)
    unit, neighbour = signed_in(row.case.unit.head), signed_in(a_unit("CG").head)

    def read(browser):
        pages = (browser.open("scoring:ledger"), browser.open("scoring:month", closed.pk))
        return [{one.organ.code for group in page.context["groups"] for one in group.rows} for page in pages]

    assert read(unit) == [{"ZJ"}, {"ZJ"}]
    assert neighbour.open("scoring:card", "ZJ").status_code == 404
    LocalSetting.objects.create(
        key="units_read_all_scores", value=1, valid_from=date(2026, 4, 1), basis="联席会议纪要"
    )
    try:
        assert read(neighbour) == [{"CG", "ZJ"}, {"CG", "ZJ"}]
        assert not neighbour.open("scoring:ledger").context["rows"]
        assert neighbour.open("scoring:card", "ZJ").status_code == 404
    finally:
        LocalSetting.objects.filter(key="units_read_all_scores").delete()


def test_a_month_is_handed_out_with_a_note_and_to_nobody_of_another_place():
    row = final()
    closed = close(row)
    with pytest.raises(Refused):
        hand_out(closed.pk, note="联系人 13800001234", by=row.by.officer, now=APRIL)
    with pytest.raises(Unknown):
        hand_out(closed.pk, note="参考", by=a_hat(Role.REGISTRAR), now=APRIL)
    assert AuditEntry.objects.about(closed).count() == 1
    refused = signed_in(row.by.officer).send("scoring:hand_out", closed.pk, note="")
    assert refused.status_code == 422
    assert signed_in(a_hat(Role.REGISTRAR)).open("scoring:months").status_code == 403


def test_what_became_final_since_stands_beside_the_frozen_month():
    row = final()
    closed = close(row)
    received(now=at(3, 3))
    propose_scores(now=APRIL)
    tell_units(now=APRIL)
    close_appeals(now=at(4, 20))
    page = signed_in(row.by.officer).open("scoring:month", closed.pk)
    ((organ, frozen, today),) = page.context["since"]
    assert (organ.code, frozen, today, page.context["agrees"]) == ("ZJ", Decimal(99), Decimal(98), True)


def test_a_card_marks_rates_of_few_cases():
    rules, case = adopted(RATE), received()
    follow_history()
    read_rates(now=at(5, 1, 4))
    (shown,) = signed_in(rules.by.officer).open("scoring:card", case.unit.organ.code).context["rules"]
    march, april = shown.rates
    assert (march.percent, march.is_small, april.percent, april.is_small) == ("—", False, "0.0 %", True)


def test_programs_close_and_read_months_by_the_same_deed():
    row = final()
    officer, unit = a_program(row.by.officer), a_program(row.case.unit.head)
    made = post(officer, f"{V1}score-months/close/", {"year": "2026", "month": "3"}).json()
    assert {line["organ"]: line["score"] for line in made["lines"]} == {"CG": "100.00", "ZJ": "99.00"}
    read = unit.get(f"{V1}score-months/{made['id']}/").json()
    assert [line["organ"] for line in read["lines"]] == ["ZJ"]
    assert [one["id"] for one in unit.get(f"{V1}score-months/").json()["results"]] == [made["id"]]
    assert post(unit, f"{V1}score-months/close/", {"year": "2026", "month": "3"}).status_code == 403


def test_the_ledger_shows_one_state_alone():
    row = final()
    late(row.rules, case=received())
    browser = signed_in(row.by.officer)
    listed = {
        state: len(browser.open("scoring:ledger", query={"state": state}).context["rows"])
        for state in ("", "final", "proposed")
    }
    assert listed == {"": 2, "final": 1, "proposed": 1}
