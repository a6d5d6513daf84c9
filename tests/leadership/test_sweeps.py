"""What the clock opens and lifts: each decision once, whoever runs it however often."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import OrganKind
from accounts.roles import Role
from assignments.models import Assignment
from assignments.states import Tier
from audit.models import Entry
from cases.actions import recusing, sealing
from cases.intake import Reported
from cases.models import Petition, PetitionClock, ReportedParty
from cases.states import ReportedKind
from infra.models import SweepRun
from infra.sweep_runs import Tally
from leadership import reminding, tasks
from leadership.actions import slips
from leadership.models import PetitionLift, Slip
from leadership.states import Ground, SlipKind, SlipState
from leadership.sweeps import escalate, open_supervision, remind_of_asked
from lib.errors import NotAllowed
from notices.models import Kind, Notice
from tests.cases.handling.given import a_unit, accepted, at, received, registered
from tests.given import MONDAY, a_hat, an_organ
from tests.leadership.given import issued, replied, says
from tests.leadership.test_lifts import a_leader, a_rule, a_seat

pytestmark = pytest.mark.django_db(transaction=True)


def test_r_50_what_is_overdue_opens_one_draft_that_a_person_signs():
    case = received()

    assert open_supervision(now=at(3, 17)) == 0
    assert open_supervision(now=at(3, 18)) == 1
    assert open_supervision(now=at(3, 21)) == 0

    slip = Slip.objects.get()
    assert (slip.state, slip.ground, slip.addressee_id) == (
        SlipState.OPENED,
        Ground.DELAY,
        case.unit.organ.pk,
    )
    assert not Assignment.objects.exists()
    assert not Notice.objects.filter(post__organ=case.unit.organ, kind="slip_to_sign").exists()
    assert Notice.objects.filter(post=case.office.head.post, kind="slip_to_sign").count() == 1
    assert Entry.objects.get(verb="petition.open_slip").actor_words == "clock"


def test_r_50_a_person_takes_up_what_the_clock_opened_and_another_signs():
    case = received()
    open_supervision(now=at(3, 18))
    slip = Slip.objects.get()
    with pytest.raises(NotAllowed):
        slips.revise_slip(
            slip.pk, says(case, now=at(3, 18)), version=1, by=a_hat(Role.REGISTRAR), now=at(3, 18)
        )

    slips.revise_slip(slip.pk, says(case, now=at(3, 18)), version=1, by=case.office.officer, now=at(3, 18))
    slips.issue_slip(slip.pk, version=2, by=case.office.head, now=at(3, 18))

    assert Slip.objects.get().state == SlipState.ISSUED
    assert open_supervision(now=at(3, 19)) == 0


def test_r_50_one_that_is_not_issued_has_its_reason_and_does_not_come_back():
    received()
    open_supervision(now=at(3, 18))
    slip = Slip.objects.get()

    slips.discard_slip(slip.pk, reason="已电话核实，当日送达", by=a_hat(Role.SECTION_HEAD), now=at(3, 18))

    assert open_supervision(now=at(3, 19)) == 0
    assert Slip.objects.get().state == SlipState.DISCARDED


def test_a_day_that_was_missed_is_made_up_for_and_each_period_opens_its_own():
    accepted()
    received()

    opened = open_supervision(now=at(6, 1))

    assert opened == Slip.objects.values("opened_for").distinct().count() == 3
    assert set(Slip.objects.values_list("kind", flat=True)) == {SlipKind.SUPERVISION}


def test_those_that_cannot_be_supervised_do_not_starve_the_others(monkeypatch):
    monkeypatch.setattr("leadership.sweeps._BATCH", 2)
    named = [received() for _each in range(3)]
    for case in named:
        ReportedParty.objects.create(petition=case.petition, kind=ReportedKind.UNIT, organ=case.unit.organ)
    other = received(registered(unit=a_unit("CG"), now=at(3, 4)), now=at(3, 4))

    assert open_supervision(now=at(3, 21)) == 1

    assert Slip.objects.get().petition_id == other.pk


@pytest.mark.parametrize("acts", [False, True], ids=["proposed", "lifted"])
def test_what_is_lifted_or_supervised_in_one_batch_is_what_one_by_one_would_be(acts, monkeypatch):
    a_seat()
    a_rule(acts=acts)
    a_hat(Role.OFFICE_DIRECTOR)
    named = [received() for _each in range(3)]
    party = named[1]
    ReportedParty.objects.create(petition=party.petition, kind=ReportedKind.UNIT, organ=party.unit.organ)
    tally = Tally()

    done = [
        sweep(now=at(3, 21), tally=tally)
        for sweep in (open_supervision, escalate, open_supervision, escalate)
    ]

    assert done == [2, 3, 0, 0]
    assert tally.skipped["complained_of"] == 2
    told = Notice.objects.filter(kind=Kind.SLIP_TO_SIGN).values_list("subject_id", flat=True).distinct()
    assert set(told) == {str(case.pk) for case in named} - {str(party.pk)}
    assert set(Slip.objects.values_list("petition", "addressee", "issuer")) == {
        (case.pk, case.unit.organ.pk, case.office.organ.pk) for case in named if case is not party
    }
    assert set(PetitionLift.objects.values_list("petition", "from_tier", "to_tier")) == {
        (case.pk, Tier.DEPARTMENT, Tier.DISTRICT_LEADER) for case in named
    }
    verb = "petition.lift" if acts else "petition.propose_lift"
    assert Entry.objects.filter(verb=verb).count() == 3
    assert Entry.objects.filter(verb="petition.open_slip").count() == 2


def test_five_supervised_and_lifted_take_as_many_statements_as_one():
    a_seat()
    a_rule(acts=False)
    received()
    alone = [_statements(sweep) for sweep in (open_supervision, escalate)]
    for _each in range(5):
        received()

    together = [_statements(sweep) for sweep in (open_supervision, escalate)]

    assert [done for done, _asked in alone] == [1, 1]
    assert [done for done, _asked in together] == [5, 5]
    assert [asked for _done, asked in together] == [asked for _done, asked in alone]


def _statements(sweep: Callable[..., int]) -> tuple[int, int]:
    with CaptureQueriesContext(connection) as asked:
        done = sweep(now=at(3, 21))
    return done, len(asked)


@pytest.mark.concurrency
def test_two_runs_at_once_decide_each_thing_once():
    case = received()
    a_leader(case)
    a_seat()
    a_rule()

    def run(sweep):
        try:
            return sweep(now=at(3, 21))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(run, [open_supervision, escalate, open_supervision, escalate]))

    assert sum(done) == 2
    assert (Slip.objects.count(), PetitionLift.objects.count(), Assignment.objects.count()) == (1, 1, 1)


def test_q2_a_sealed_petition_opens_nothing():
    case = received()
    party = Reported(kind=ReportedKind.UNIT, organ_id=case.unit.organ.pk, name="")
    sealing.seal(case.pk, reason="反映该局干部", reported=[party], by=case.office.officer, now=MONDAY)

    assert open_supervision(now=at(6, 1)) == 0
    assert not Slip.objects.exists()


def test_a_petition_that_no_office_looks_after_opens_nothing():
    case = received()
    Petition.objects.filter(pk=case.pk).update(register_organ=an_organ("YZ", kind=OrganKind.TOWNSHIP))
    case.office.organ.kind = OrganKind.DEPARTMENT
    case.office.organ.save(update_fields=["kind"])

    assert open_supervision(now=at(3, 18)) == 0


def told_of(hat, kind: str) -> int:
    return Notice.objects.unread().filter(post=hat.post, kind=kind).count()


def test_what_is_asked_is_told_of_once_near_its_day_and_once_when_it_has_passed():
    case, slip = issued()

    assert remind_of_asked(now=at(3, 3), tally=Tally()) == 0
    assert remind_of_asked(now=at(3, 9), tally=Tally()) == 1
    assert remind_of_asked(now=at(3, 9), tally=Tally()) == 0
    assert (told_of(case.unit.officer, "asked_soon"), told_of(case.office.head, "late_with_reply")) == (1, 0)
    assert remind_of_asked(now=at(3, 12), tally=Tally()) == 1
    assert remind_of_asked(now=at(3, 13), tally=Tally()) == 0

    assert told_of(case.unit.officer, "asked_late") == told_of(case.office.head, "late_with_reply") == 1
    assert Assignment.objects.get(slip=slip).clock.breached_at == at(3, 10, 0)
    assert Entry.objects.filter(verb="petition.remind_of_asked").count() == 2


def test_nobody_is_told_of_the_day_of_what_was_replied_to_or_sealed():
    case, slip = issued()
    replied(case, slip)
    other, _slip = issued(received(registered(unit=a_unit("CG"))))
    party = Reported(kind=ReportedKind.UNIT, organ_id=other.unit.organ.pk, name="")
    sealing.seal(other.pk, reason="反映该局干部", reported=[party], by=other.office.officer, now=at(3, 3))

    assert remind_of_asked(now=at(3, 12), tally=Tally()) == 0

    assert not Notice.objects.filter(kind__in=["asked_soon", "asked_late", "late_with_reply"]).exists()


def an_urged_unit(code: str):
    """Return a case whose unit is asked to answer an order by 10 March."""
    return issued(received(registered(unit=a_unit(code))))


def test_five_that_come_to_their_day_take_as_many_statements_as_one_and_a_batch_ends_nowhere(monkeypatch):
    def remind(day):
        with CaptureQueriesContext(connection) as asked:
            return remind_of_asked(now=at(3, day), tally=Tally()), len(asked)

    an_urged_unit("ZJ")
    alone = remind(12)
    for code in ("CG", "JT", "JY", "WJ", "ZR"):
        an_urged_unit(code)
    together = remind(13)
    for code in ("SW", "NY", "LY"):
        an_urged_unit(code)
    monkeypatch.setattr(reminding, "_BATCH", 2)

    assert (alone[0], together[0], together[1]) == (1, 5, alone[1])
    assert remind(14)[0] == 3
    assert remind(14)[0] == 0
    assert Entry.objects.filter(verb="petition.remind_of_asked").count() == 9
    assert Notice.objects.filter(kind="asked_late").values("key").distinct().count() == 9


def test_each_hears_of_his_own_day_and_who_withdrew_or_is_named_of_none():
    case, slip = an_urged_unit("ZJ")
    other, _slip = an_urged_unit("CG")
    withdrawn = other.unit.officer
    recusing.recuse(other.pk, reason="亲属", by=withdrawn, now=at(3, 3))

    assert remind_of_asked(now=at(3, 12), tally=Tally()) == 2

    assert told_of(case.unit.officer, "asked_late") == told_of(other.unit.head, "asked_late") == 1
    assert told_of(withdrawn, "asked_late") == 0
    told = Notice.objects.get(post=case.unit.officer.post, kind="asked_late")
    assert (told.subject_id, told.key) == (
        str(slip.assignment_id),
        f"assignment:{slip.assignment_id}:asked_late:20260309",
    )


@pytest.mark.concurrency
def test_two_runs_at_once_tell_of_each_day_once():
    for code in ("ZJ", "CG", "JT"):
        an_urged_unit(code)

    def run(_nth):
        try:
            return remind_of_asked(now=at(3, 12), tally=Tally())
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        done = list(pool.map(run, range(3)))

    assert sum(done) == 3
    assert Entry.objects.filter(verb="petition.remind_of_asked").count() == 3
    assert Notice.objects.filter(kind="asked_late").values("subject_id").distinct().count() == 3


def test_a_run_says_why_it_opened_no_draft():
    """deadlines.md §4: each run leaves what it skipped, by reason."""
    named, unsupervised = received(), received(registered(unit=a_unit("CG")))
    ReportedParty.objects.create(petition=named.petition, kind=ReportedKind.UNIT, organ=named.unit.organ)
    PetitionClock.objects.filter(petition=unsupervised.pk, code="T3").update(organ=unsupervised.office.organ)

    with time_machine.travel(at(3, 21), tick=False):
        assert tasks.open_supervision() == 0

    kept = SweepRun.objects.get(sweep="leadership.tasks.open_supervision")
    assert (kept.seen, kept.acted) == (2, 0)
    assert kept.skipped == {"complained_of": 1, "nobody_over_it": 1}


def test_a_run_says_why_it_lifted_nothing():
    case = received()
    a_leader(case)
    a_rule(seat_code="nobody")
    tally = Tally()

    assert escalate(now=at(3, 21), tally=tally) == 0
    assert tally.skipped == {"nobody_named": 1}

    a_seat("nobody", tier=Tier.DEPARTMENT, by_portfolio=False)
    with time_machine.travel(at(3, 21), tick=False):
        assert tasks.escalate() == 0

    assert SweepRun.objects.get(sweep="leadership.tasks.escalate").skipped == {"as_high_already": 1}
    assert not PetitionLift.objects.exists()
