"""The check of the whole database: silent on what deeds wrote, and one line for each kind of planted fault."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from accounts.roles import Role
from audit.models import Block
from audit.sweeps import close_block
from cases.checks import CHECKS
from cases.intake import Reported
from cases.models import Involvement, Petition, PetitionClock, PetitionDocument, Petitioner
from cases.parts import excluded_organs
from cases.states import Basis, Purpose, ReportedKind, Routing
from infra.models import NumberSeries
from tests.cases.given import a_petition
from tests.cases.handling.given import accepted, finished, routed
from tests.given import MONDAY, a_hat

pytestmark = pytest.mark.django_db
NOW = MONDAY + timedelta(days=1)


def _faults(name: str) -> list[str]:
    return list(CHECKS[name](NOW))


def _without_triggers(statement: str, *parameters: object) -> None:
    """Write what no deed writes: past the triggers that keep history."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, parameters)
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_what_deeds_wrote_passes():
    a_petition()
    routed()
    said = StringIO()

    call_command("check_world", stdout=said)

    assert said.getvalue().splitlines() == [f"{name}: no faults" for name in CHECKS]


def test_a_fault_is_a_line_and_the_command_fails():
    petition = a_petition()
    NumberSeries.objects.filter(key="petition/LS/2026").update(last=7)
    said, faults = StringIO(), StringIO()

    with pytest.raises(CommandError, match="1 faults"):
        call_command("check_world", stdout=said, stderr=faults)

    assert faults.getvalue() == "series LS2026: 7 given, the last one found is 1\n"
    assert petition.number == "LS2026-000001"


@pytest.mark.parametrize("column", ["last_day", "due_at"])
def test_a_clock_that_its_rule_and_the_calendar_do_not_give_is_named(column):
    petition = a_petition()
    clock = petition.clocks.get(code="T1")
    PetitionClock.objects.filter(pk=clock.pk).update(**{column: getattr(clock, column) + timedelta(days=1)})

    (fault,) = _faults("clocks")

    assert fault.startswith(f"clock T1 of {petition.number}: {column} is ")


def test_a_clock_met_late_is_breached_and_a_breach_has_the_due_moment():
    petition = a_petition()
    met, breached = petition.clocks.order_by("code")
    late = met.due_at + timedelta(days=1)
    PetitionClock.objects.filter(pk=met.pk).update(met_at=late, next_alarm_at=None)
    PetitionClock.objects.filter(pk=breached.pk).update(breached_at=MONDAY)

    faults = _faults("clocks")

    assert len(faults) == 2
    assert "not marked as breached" in faults[0]
    assert "never was its due moment" in faults[1]


def test_q16_a_gap_and_a_number_of_no_series_are_named():
    first, second, third = (a_petition() for _one in range(3))
    Petition.objects.filter(pk=second.pk).update(number="XX2026-000001")

    assert _faults("numbers") == [
        f"number {third.number}: follows {first.number}",
        "number XX2026-000001: of no series",
    ]


def test_an_open_petition_without_its_organ_or_its_leading_unit_is_named():
    petition = routed().petition
    unit = petition.handlings.get().organ
    Involvement.objects.filter(petition=petition, organ__isnull=False).delete()

    assert _faults("involvement") == [
        f"{petition.number}: the organ that registered it has no part in it",
        f"{petition.number}: {unit.code} leads it and has no part in it",
    ]


def test_q1_a_part_of_whoever_a_sealed_petition_reports_is_named():
    reported = a_hat(Role.UNIT_HEAD)
    petition = a_petition(purpose=Purpose.REPORT_ACCUSATION, reported=(_a_unit(reported),))
    Involvement.objects.create(
        petition=petition,
        organ=reported.organ,
        bases=[Basis.LEADS],
        since=MONDAY,
        sealed=True,
        routing=petition.routing,
        place_path=petition.place_path,
        next_due_at=petition.next_due_at,
        received_at=petition.received_at,
    )

    assert reported.organ.pk in excluded_organs(petition)
    assert _faults("involvement") == [f"{petition.number}: somebody whom it reports has part in it (leads)"]


def _a_unit(hat):
    return Reported(kind=ReportedKind.UNIT, organ_id=hat.organ.pk)


def test_copied_columns_that_differ_are_named():
    petition = a_petition()
    Involvement.objects.filter(petition=petition, organ__isnull=False).update(received_at=NOW, sealed=True)
    Petition.objects.filter(pk=petition.pk).update(next_due_at=NOW)

    faults = _faults("copies")

    assert sum(": sealed is False, in a part True" in fault for fault in faults) == 1
    assert sum(": received_at is " in fault for fault in faults) == 1
    assert faults[-1].startswith(f"{petition.number}: next due at ")


def test_a_paper_whose_copied_columns_differ_is_named():
    case = accepted()
    papers = PetitionDocument.objects.filter(petition=case.pk)
    moved, told = papers.filter(to_petitioners=False), papers.filter(to_petitioners=True)
    assert _faults("copies") == []

    moved.update(routing=Routing.FINISHED)
    told.update(to_petitioners=False)

    assert sum(": paper " in fault for fault in _faults("copies")) == papers.count() > 1


def test_papers_follow_the_state_of_their_petition():
    case = finished()

    papers = PetitionDocument.objects.filter(petition=case.pk)

    assert {paper.routing for paper in papers} == {Routing.FINISHED}
    assert _faults("copies") == []


def test_a_place_that_moved_away_from_its_petition_is_named():
    petition = a_petition()
    Petition.objects.filter(pk=petition.pk).update(place_path="/14/")

    assert f"{petition.number}: its place has another path" in _faults("copies")


def test_a_petition_without_its_entry_and_a_block_that_was_changed_are_named():
    petition = a_petition()
    close_block(now=NOW)
    close_block(now=NOW)
    assert Block.objects.exists()
    _without_triggers("DELETE FROM audit_entry WHERE verb = 'petition.register'")

    broken, unwritten = _faults("audit")

    assert broken.startswith("audit block 1: ")
    assert unwritten == f"{petition.number}: no audit entry of its registration"


def test_a_row_that_its_history_does_not_know_is_named():
    petition = a_petition()
    _without_triggers("UPDATE cases_petition SET petitioner_count = 2 WHERE id = %s", petition.pk)

    assert _faults("audit") == [f"cases.petition {petition.pk}: its history does not end with what it is"]


def test_fewer_persons_than_are_named_are_named():
    petition = a_petition()
    person = petition.people.get()
    Petitioner.objects.create(
        petition=petition, position=2, role=person.role, name="李建", name_key="li jian", representative_no=2
    )

    assert _faults("sums") == [f"{petition.number}: 1 persons, 2 named"]


def test_a_petition_that_falls_out_of_a_division_breaks_its_sum():
    petition = a_petition()
    a_petition()
    # as a table that was loaded in part: its category is gone
    _without_triggers("UPDATE cases_petition SET content_category_id = 999999 WHERE id = %s", petition.pk)

    faults = _faults("sums")

    assert faults == ["by category: 1 petitions of 1 persons, 2 of 2 in all"]
    _without_triggers(
        "UPDATE cases_petition SET content_category_id = %s WHERE id = %s",
        petition.content_category_id,
        petition.pk,
    )


def test_nothing_is_a_fault_of_the_day_it_is_asked():
    a_petition()

    assert [fault for check in CHECKS.values() for fault in check(timezone.now())] == []
