"""Every night each figure is counted a second time, and both numbers stay to be read."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from indicators.models import DaySum, Fact, Recount
from indicators.sweeps import recount_figures
from infra.sweep_runs import Tally
from tests.indicators.given import done, registering, routing

pytestmark = pytest.mark.django_db


def test_both_counts_of_the_month_are_kept_and_agree():
    now = timezone.now()
    done(registering(now - timedelta(days=1)), routing(now - timedelta(hours=20)))
    tally = Tally()

    differ = recount_figures(now=now, tally=tally)

    yesterday = timezone.localdate(now) - timedelta(days=1)
    assert differ == 0
    assert tally.skipped == {"agree": Recount.objects.count()}
    both = Recount.objects.get(universe="u1", code="registered", part="all")
    assert (both.counted, both.recounted, both.since) == (1, 1, yesterday.replace(day=1))


def test_a_figure_that_is_wrong_is_found():
    now = timezone.now()
    done(registering(now - timedelta(days=1)))
    Fact.objects.update(by_office=False)

    differ = recount_figures(now=now, tally=Tally())

    wrong = {(row.universe, row.code, row.part) for row in Recount.objects.all() if not row.agrees}
    assert differ == len(wrong)
    assert ("u1", "registered", "all") in wrong


def test_sums_that_are_wrong_are_found():
    now = timezone.now()
    done(registering(now - timedelta(days=1)))
    DaySum.objects.update(batches=5)

    recount_figures(now=now, tally=Tally())

    wrong = {(row.code, row.counted, row.recounted) for row in Recount.objects.all() if not row.agrees}
    assert ("registered", 5, 1) in wrong


def test_while_deeds_wait_nothing_is_compared():
    done(registering(timezone.now()))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO indicators_mark (petition_id, marked_at) SELECT id, now() FROM cases_petition"
        )
    tally = Tally()

    assert recount_figures(now=timezone.now(), tally=tally) == 0
    assert (tally.skipped, Recount.objects.count()) == ({"deeds_wait": 1}, 0)


def test_nights_are_kept_for_a_month():
    now = timezone.now()
    kept = {
        "since": date(2026, 1, 1),
        "until": date(2026, 2, 1),
        "universe": "u1",
        "code": "i01",
        "part": "all",
    }
    for days in (29, 31):
        Recount.objects.create(checked_at=now - timedelta(days=days), counted=1, recounted=1, **kept)

    recount_figures(now=now, tally=Tally())

    assert Recount.objects.filter(checked_at__lt=now).count() == 1
