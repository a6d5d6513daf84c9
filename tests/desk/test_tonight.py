"""What would happen tonight is what does happen at midnight, and looking at it writes nothing."""

import pytest

from accounts.roles import Role
from audit.models import Entry
from cases import sweeps
from cases.actions import sealing
from cases.intake import Reported
from cases.states import ReportedKind
from desk.tonight import tonight
from leadership import sweeps as supervision
from tests.cases.handling import given
from tests.cases.handling.given import at
from tests.given import a_hat
from tests.leadership.given import issued
from tests.leadership.test_lifts import a_rule, a_seat

pytestmark = pytest.mark.django_db


def test_each_line_comes_true_at_midnight():
    a_hat(Role.SECTION_HEAD)
    a_seat()
    a_rule(acts=False)
    given.routed(given.registered(now=at(3, 16)), now=at(3, 16))
    given.received(given.routed(given.registered(now=at(3, 2)), now=at(3, 2)), now=at(3, 2))
    given.received(given.routed(given.registered(now=at(3, 9)), now=at(3, 9)), now=at(3, 10))
    entries = Entry.objects.count()

    shown = {due.sweep: due.count for due in tonight(now=at(3, 17)).due}

    assert Entry.objects.count() == entries
    assert shown == {
        "cases.tasks.deem_received": 1,
        "cases.tasks.presume_handling": 1,
        "cases.tasks.lapse_objections": 2,
        "leadership.tasks.open_supervision": 1,
        "leadership.tasks.escalate": 1,
    }
    midnight = at(3, 18, 0)
    assert sweeps.deem_received(now=midnight) == 1
    assert sweeps.presume_handling(now=midnight) == 1
    assert sweeps.lapse_objections(now=midnight) == 2
    assert supervision.open_supervision(now=midnight) == 1
    assert supervision.escalate(now=midnight) == 1
    assert tonight(now=at(3, 17)).due == []


def test_q2_the_sealed_lane_is_in_no_number():
    case = given.received(given.routed(given.registered(now=at(3, 9)), now=at(3, 9)), now=at(3, 10))
    a_hat(Role.SEALED_LANE_OFFICER)
    party = Reported(kind=ReportedKind.UNIT, organ_id=case.unit.organ.pk, name="")
    sealing.seal(case.pk, reason="反映该局", reported=[party], by=case.office.officer, now=at(3, 11))

    assert tonight(now=at(6, 1)).due == []


def test_q2_what_was_asked_on_a_petition_sealed_since_is_in_no_number():
    case, _slip = issued(now=at(3, 9))
    assert "leadership.tasks.remind_of_asked" in {due.sweep for due in tonight(now=at(3, 17)).due}
    a_hat(Role.SEALED_LANE_OFFICER)
    party = Reported(kind=ReportedKind.PERSON, name="王某")

    sealing.seal(case.pk, reason="反映干部", reported=[party], by=case.office.officer, now=at(3, 11))

    assert [due.sweep for due in tonight(now=at(3, 17)).due] == []
