"""Facts follow what was done: each deed of the product, in its own transaction and in no other."""

from datetime import date, timedelta

import pytest
from django.db import connection

from accounts.roles import Role
from cases.actions.sealing import seal
from cases.intake import Reported
from cases.models import Petition
from cases.states import ReportedKind
from indicators.figures import Asked, figure
from indicators.measures import Code, Part
from indicators.models import Fact, Mark
from indicators.recounting import recount
from indicators.sweeps import complete_until, follow_history
from indicators.universe import USUAL
from tests.cases.given import a_petition
from tests.cases.handling import given as handling
from tests.given import MONDAY, a_hat
from tests.indicators.given import LATER, THIS_YEAR, a_directors, done, moment, registering, routing
from tests.indicators.random_world import Deed, Do

pytestmark = pytest.mark.django_db

EVERY_WAY = [
    *(handling.registered, handling.routed, handling.received, handling.objected, handling.returned),
    *(handling.accepted, handling.declined, handling.opinion_issued, handling.served),
    *(handling.executed, handling.finished, handling.voided, handling.withdrawn, handling.bereaved),
    *(handling.suggestion, handling.guided, handling.by_a_township, handling.served_by_itself),
    *(handling.assigned_and_answered, handling.reported, handling.reported_upward, handling.disputed),
    *(handling.raised_again, handling.repeat_decided),
]


def test_after_every_deed_of_the_product_figures_equal_plain_sql():
    for way in EVERY_WAY:
        way()
    follow_history()

    for code, counts in recount(THIS_YEAR, USUAL, now=LATER).items():
        found = figure(code, Asked(THIS_YEAR), Fact.objects.open_lane(), now=LATER)
        assert (code, {Part.ALL: found.of, **found.parts}) == (code, counts)
    assert figure(Code.REGISTERED, Asked(THIS_YEAR), a_directors(), now=LATER).of > len(EVERY_WAY) - 3


def test_a_deed_marks_its_petition_and_following_it_touches_no_other():
    a_petition()
    other = a_petition()
    follow_history()
    before = set(Fact.objects.exclude(petition=other).values_list("pk", flat=True))

    Petition.objects.filter(pk=other.pk).update(petitioner_count=3, known_at=moment(3, 4))
    assert set(Mark.objects.values_list("petition_id", flat=True)) == {other.pk}
    follow_history()

    assert set(Fact.objects.exclude(petition=other).values_list("pk", flat=True)) == before
    assert list(
        Fact.objects.filter(petition=other).order_by("known_at").values_list("petitioner_count", flat=True)
    ) == [
        1,
        3,
    ]


def test_followed_twice_nothing_is_written_anew():
    done(registering(moment(1, 5)), routing(moment(1, 6)))
    facts = list(Fact.objects.order_by("pk").values())
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO indicators_mark (petition_id, marked_at) SELECT id, now() FROM cases_petition"
        )

    follow_history()

    assert list(Fact.objects.order_by("pk").values()) == facts
    assert not Mark.objects.exists()


def test_what_was_known_of_a_petition_has_no_gap_and_no_overlap():
    deeds = [registering(moment(1, 5)), routing(moment(1, 6)), Deed(moment(1, 9), Do.DECIDE, 0)]
    done(*deeds, Deed(moment(2, 1), Do.REPLY, 0), Deed(moment(2, 2), Do.FINISH, 0))

    rows = list(Fact.objects.order_by("known_at").values_list("known_at", "replaced_at"))

    assert [known_at for known_at, _replaced in rows] == [
        *(moment(1, 5), moment(1, 6), moment(1, 9), moment(2, 1), moment(2, 2))
    ]
    assert [replaced for _known, replaced in rows] == [*(known_at for known_at, _replaced in rows[1:]), None]


def test_figures_say_up_to_when_they_hold_every_deed():
    follow_history()
    assert complete_until(LATER) == LATER

    petition = a_petition()
    waits_since = Mark.objects.order_by("marked_at").first().marked_at
    later = waits_since + timedelta(minutes=5)

    assert Mark.objects.filter(petition_id=petition.pk).exists()
    assert complete_until(later) == waits_since


def test_q1_what_is_sealed_is_in_no_figure_from_that_moment_on_and_of_no_day_before():
    petition = a_petition(now=MONDAY)
    follow_history()
    asked, then = Asked(THIS_YEAR), Asked(THIS_YEAR, as_of=date(2026, 3, 2))
    assert [figure(Code.REGISTERED, each, a_directors(), now=LATER).of for each in (asked, then)] == [1, 1]

    director = a_hat(Role.OFFICE_DIRECTOR)
    seal(
        petition.pk,
        reason="反映干部",
        reported=(Reported(kind=ReportedKind.PERSON, name="高不明"),),
        by=director,
        now=moment(3, 3),
    )

    # not even until the sweep comes
    assert [figure(Code.REGISTERED, each, a_directors(), now=LATER).of for each in (asked, then)] == [0, 0]
    follow_history()
    assert [figure(Code.REGISTERED, each, a_directors(), now=LATER).of for each in (asked, then)] == [0, 0]


def test_as_of_a_day_deeds_of_the_product_count_up_to_its_midnight():
    case = handling.served(now=handling.at(3, 2))
    handling.notified(case, now=handling.at(3, 20))
    handling.finish(case, now=handling.at(3, 20))
    follow_history()

    def finished(as_of: date | None) -> int:
        return figure(Code.I07, Asked(THIS_YEAR, as_of=as_of), a_directors(), now=LATER).of

    assert [finished(date(2026, 3, 19)), finished(date(2026, 3, 20)), finished(None)] == [0, 1, 1]
