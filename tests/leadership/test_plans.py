"""What sweeps and views of supervision ask costs what is due, not what is open: the database is asked how it reads."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from assignments.models import Assignment, EscalationRule
from assignments.states import Trigger
from cases.models import Handling, Petition
from leadership import escalating
from tests.cases.handling.given import accepted, at
from tests.copies import copies
from tests.given import MONDAY
from tests.leadership.given import issued
from tests.leadership.test_lifts import a_rule, a_seat

pytestmark = pytest.mark.django_db(transaction=True)

MANY = 5_000


def way_of(rows: QuerySet[Any]) -> str:
    """Return how the database reads the first hundred rows of a question."""
    sql, values = rows[:100].query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}", values)
        return "\n".join(line for (line,) in cursor.fetchall())


def test_what_was_left_without_progress_is_read_from_its_index_alone():
    case = accepted(now=MONDAY)
    a_rule(Trigger.NO_PROGRESS, days=15)
    handling = Handling.objects.get(petition=case.pk)
    lately = "timestamptz '2026-03-30'"
    copies(
        handling,
        MANY,
        id="md5(n::text)::uuid",
        route_id="1000000 + n",
        organ_id="1000000 + n",
        quiet_since_at=lately,
    )

    rule, seat = EscalationRule.objects.get(), a_seat()
    (fact,) = escalating._FACTS[Trigger.NO_PROGRESS]

    ((found,),) = escalating._batches(rule, seat, fact, now=at(4, 1))

    assert found["lifted"] == case.pk
    way = way_of(escalating._to_lift(rule, seat, fact, now=at(4, 1)).order_by("row_at", "row_key"))
    assert "handling_quiet_since" in way
    assert "Seq Scan on cases_handling" not in way


def test_what_is_supervised_is_found_from_what_is_asked_and_not_petition_by_petition():
    case, _slip = issued(accepted(now=MONDAY))
    row = Petition.objects.get(pk=case.pk)
    copies(row, MANY, id="md5(n::text)::uuid", number="'ZZ-' || n", submission_id="md5(n::text)::uuid")

    supervised = Petition.objects.visible_to(case.office.officer).filter(
        pk__in=Assignment.objects.supervised()
    )

    assert [one.pk for one in supervised.order_by("next_due_at", "pk")] == [case.pk]
    way = way_of(supervised.order_by("next_due_at", "pk"))
    assert "Index Cond: (id = (u0.subject_id)::uuid)" in way, way
    assert "petition_open_by_due" not in way
    assert "Seq Scan on cases_petition" not in way
