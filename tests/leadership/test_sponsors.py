"""包案: who sponsors what, what he may read, plan, duties and result, and how it passes on (Q2, Q29, R-56)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.db.models import Count

from accounts.actions.posts import end_post, hand_over
from accounts.models import Portfolio, Post
from accounts.roles import Role
from audit.models import Entry
from cases.actions import recusing, sealing
from cases.intake import Reported
from cases.marks import Mark
from cases.models import Involvement, Petition, ReportedParty, Resolution
from cases.states import Basis, ReportedKind
from leadership.actions import sponsoring, trips
from leadership.actions.secretaries import dismiss_secretary, name_secretary
from leadership.actions.trips import Taken
from leadership.models import DutyNote, FieldCase, FieldTrip, PlanStep, Secretary, Sponsorship
from leadership.reception_figures import figures
from leadership.sponsor_pages import answering, covered
from leadership.sponsoring import Fits, suggestions
from leadership.states import Duty, SponsorEnd, SponsorKind
from leadership.sweeps import close_sponsorships
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from notices.models import Notice
from tests.cases.browsers import signed_in
from tests.cases.handling.given import a_unit, received, registered
from tests.given import LONG_AGO, MONDAY, a_hat
from tests.leadership.leaders import A_SCAN, a_leader, a_secretary, a_visit, all_duties, sponsored
from tests.leadership.rosters import went

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]

TODAY = date(2026, 3, 2)


def sees(hat, case) -> bool:
    return Petition.objects.visible_to(hat).filter(pk=case.pk).exists()


def test_r_56_a_leader_sponsors_reads_and_is_told():
    case, leader, row = sponsored()

    assert (row.kind, row.post_id, row.ended_at) == (SponsorKind.DISTRICT_LEADER, leader.post.pk, None)
    assert sees(leader, case)
    assert Notice.objects.unread().get(post=leader.post).kind == "sponsor_named"
    entry = Entry.objects.get(verb="petition.sponsor")
    assert entry.actor_post_id == case.office.officer.post.pk


@pytest.mark.parametrize(
    ("kind", "field", "words"),
    [
        ("district_leader", "post", "请选择由哪位领导包案"),
        ("higher_leader", "outsider", "请填写领导的姓名和职务"),
    ],
)
def test_a_form_that_names_nobody_says_who_is_missing_beside_all_else(kind, field, words):
    case = received()

    page = signed_in(case.office.officer).send("leadership:on_sponsored", case.pk, "sponsor", kind=kind)

    (offer,) = page.context["offers"]
    assert (page.status_code, set(offer.form.errors)) == (422, {field, "reason"})
    assert words in page.content.decode()
    assert not Sponsorship.objects.exists()


def test_another_leader_sees_and_writes_nothing():
    case, _leader, row = sponsored()
    other = a_leader("宣传部长")

    assert not sees(other, case)
    with pytest.raises(Unknown):
        sponsoring.note_duty(row.pk, Duty.KNOW, done_on=TODAY, words="已了解", by=other, now=MONDAY)
    browser = signed_in(other)
    assert browser.open("leadership:sponsored", case.pk).status_code == 404
    assert browser.open("leadership:sponsorship", row.pk).status_code == 404
    assert case.petition.number not in browser.open("leadership:sponsors").content.decode()
    assert signed_in(case.unit.head).open("leadership:sponsors").status_code == 403
    assert not DutyNote.objects.exists()


def test_one_sponsor_of_a_kind_by_deed_and_by_database():
    case, _leader, row = sponsored()
    other = a_leader("常务副区长")

    with pytest.raises(OutOfTurn):
        sponsored(case, other)
    with pytest.raises(IntegrityError), transaction.atomic():
        Sponsorship.objects.create(
            petition=case.petition,
            kind=row.kind,
            post=other.post,
            reason="另",
            begun_at=MONDAY,
            begun_by=other.post,
        )
    assert not sees(other, case)
    sponsoring.sponsor(
        case.pk,
        SponsorKind.HIGHER_LEADER,
        outsider="市委书记 某",
        reason="市级包联",
        by=case.office.head,
        now=MONDAY,
    )
    sponsoring.sponsor(
        case.pk,
        SponsorKind.UNIT_HEAD,
        post_id=case.unit.head.post.pk,
        reason="主办",
        by=case.office.head,
        now=MONDAY,
    )
    assert Sponsorship.objects.standing().count() == 3


def test_only_office_and_conference_name_and_only_whom_the_matter_allows():
    case = received()
    leader, unit_head = a_leader(), a_unit("CG").head
    for by, post, error in [
        (case.unit.head, leader.post.pk, NotAllowed),
        (case.office.officer, unit_head.post.pk, Refused),
        (case.office.officer, None, Refused),
    ]:
        with pytest.raises(error):
            sponsoring.sponsor(
                case.pk, SponsorKind.DISTRICT_LEADER, post_id=post, reason="久拖", by=by, now=MONDAY
            )
    with pytest.raises(Refused):
        sponsoring.sponsor(
            case.pk,
            SponsorKind.UNIT_HEAD,
            post_id=unit_head.post.pk,
            reason="久拖",
            by=case.office.head,
            now=MONDAY,
        )
    with pytest.raises(Refused):
        sponsoring.sponsor(
            case.pk,
            SponsorKind.DISTRICT_LEADER,
            post_id=leader.post.pk,
            reason=" ",
            by=case.office.officer,
            now=MONDAY,
        )
    assert not Sponsorship.objects.exists()
    assert not sees(leader, case)


def test_suggestions_are_by_portfolio_then_by_load_and_leave_out_whom_it_names():
    case = received()
    by_organ, by_place, idle, busy = (a_leader(f"副区长{n}") for n in range(4))
    named = a_leader("区委常委", "QW")
    Portfolio.objects.create(post=by_organ.post, organ=case.unit.organ, since=LONG_AGO)
    Portfolio.objects.create(post=by_place.post, place=case.petition.place, since=LONG_AGO)
    sponsored(registered(), busy)
    ReportedParty.objects.create(petition=case.petition, kind=ReportedKind.PERSON, user=named.user)

    found = suggestions(case.petition, SponsorKind.DISTRICT_LEADER, on=TODAY)

    assert [(one.post.pk, one.fits, one.load) for one in found] == [
        (by_organ.post.pk, Fits.ORGAN, 0),
        (by_place.post.pk, Fits.PLACE, 0),
        (idle.post.pk, Fits.OTHER, 0),
        (busy.post.pk, Fits.OTHER, 1),
    ]


def test_q2_a_sealed_petition_is_in_no_load_and_no_list_and_the_sponsorship_ends():
    case, leader, _row = sponsored()
    office = case.office.head
    sealing.seal(
        case.pk,
        reason="反映干部",
        reported=[Reported(kind=ReportedKind.UNIT, organ_id=case.unit.organ.pk)],
        by=office,
        now=MONDAY,
    )

    fresh = received()
    loads = {
        one.post.pk: one.load for one in suggestions(fresh.petition, SponsorKind.DISTRICT_LEADER, on=TODAY)
    }
    assert loads[leader.post.pk] == 0
    assert not sees(leader, case)
    assert case.petition.number not in signed_in(office).open("leadership:sponsors").content.decode()
    assert signed_in(leader).open("leadership:sponsored", case.pk).status_code == 404
    assert (close_sponsorships(now=MONDAY), close_sponsorships(now=MONDAY)) == (1, 0)
    assert Sponsorship.objects.get().end == SponsorEnd.OVER


def test_duties_plan_visits_and_the_result_with_evidence():
    case, leader, row = sponsored()
    step = sponsoring.plan_step(
        row.pk, words="召开协调会", due_on=TODAY + timedelta(days=3), by=leader, now=MONDAY
    )
    sponsoring.note_visit(row.pk, a_visit(), by=leader, now=MONDAY)
    with pytest.raises(OutOfTurn):
        sponsoring.complete(row.pk, result="已化解", file=A_SCAN, by=leader, now=MONDAY)
    all_duties(row, leader)
    with pytest.raises(OutOfTurn, match="召开协调会"):
        sponsoring.complete(row.pk, result="已化解", file=A_SCAN, by=leader, now=MONDAY)
    assert not Sponsorship.objects.filter(ended_at__isnull=False).exists()
    sponsoring.end_step(row.pk, step.pk, done_on=TODAY, outcome="形成方案", by=leader, now=MONDAY)
    with pytest.raises(OutOfTurn):
        sponsoring.end_step(row.pk, step.pk, done_on=None, outcome="再改", by=leader, now=MONDAY)

    sponsoring.complete(row.pk, result="首批证书已发放", file=A_SCAN, by=leader, now=MONDAY)

    row.refresh_from_db()
    assert (row.end, row.end_reason, row.evidence.name) == (
        SponsorEnd.COMPLETED,
        "首批证书已发放",
        "批示.pdf",
    )
    assert (PlanStep.objects.get().done_on, FieldCase.objects.get().persons_met) == (TODAY, 3)
    assert not sees(leader, case)
    kept = signed_in(case.office.officer).open("leadership:sponsorship", row.pk).content.decode()
    for words in ("首批证书已发放", "召开协调会", "形成方案", a_visit().result):
        assert words in kept
    assert signed_in(a_unit("CG").head).open("leadership:sponsorship", row.pk).status_code == 404
    with pytest.raises(Unknown):
        sponsoring.note_duty(row.pk, Duty.KNOW, done_on=TODAY, words="再", by=leader, now=MONDAY)


def test_a_visit_is_a_journey_that_is_entered_once_and_counted_everywhere():
    case, leader, row = sponsored()
    _case, _leader, second = sponsored(leader=leader)
    office = case.office
    sponsoring.note_visit(row.pk, a_visit(), by=leader, now=MONDAY)
    sponsoring.note_visit(second.pk, a_visit(persons_met=2, result="请区里协调"), by=leader, now=MONDAY)
    sponsoring.note_visit(second.pk, a_visit(visited_on=TODAY - timedelta(days=1)), by=leader, now=MONDAY)

    found = figures(office.organ, since=TODAY, until=TODAY, today=TODAY)

    assert [(one.week.trips, one.done.trips, one.done.field) for one in found] == [(1, 1, (2, 5))]
    batches = FieldTrip.objects.annotate(number=Count("cases")).order_by("went_on")
    assert [trip.number for trip in batches] == [1, 2]
    for name in ("leadership:heard", "leadership:sponsored"):
        assert "商定办证次序" in signed_in(leader).open(name, case.pk).content.decode()
    page = signed_in(leader).open("leadership:receptions")
    assert [one.words for one in page.context["trips"]] == ["商定办证次序 请区里协调", "商定办证次序"]


def test_a_journey_with_what_he_sponsors_is_his_visit_until_it_is_struck_out():
    case, leader, row = sponsored()
    trip = went(case, leader, went_on=TODAY)
    own = [Taken(case.petition.number, 1, "再去")]
    with pytest.raises(Refused):
        sponsoring.note_visit(row.pk, a_visit(), by=leader, now=MONDAY)
    with pytest.raises(Refused):
        went(case, leader, went_on=TODAY, cases=own)
    yesterday = went(case, leader)
    other = went(received(), leader)
    with pytest.raises(Refused):
        trips.add_case(other.pk, own[0], by=case.office.officer, now=MONDAY)
    assert FieldCase.objects.count() == 3

    shown = answering(row, on=TODAY)
    assert [visit.trip_id for visit in shown.visits] == [trip.pk, yesterday.pk]
    assert covered(Sponsorship.objects.all(), now=MONDAY)[0].visited_on == TODAY

    trips.strike_trip(trip.pk, reason="日期写错", by=leader, now=MONDAY)

    assert [visit.trip_id for visit in answering(row, on=TODAY).visits] == [yesterday.pk]
    assert covered(Sponsorship.objects.all(), now=MONDAY)[0].visited_on == TODAY - timedelta(days=1)


def test_a_visit_of_a_leader_of_a_higher_level_stands_on_the_petition_and_in_nobodys_figures():
    case = received()
    head = case.office.head
    row = sponsoring.sponsor(
        case.pk, SponsorKind.HIGHER_LEADER, outsider="某某 市委书记", reason="积案", by=head, now=MONDAY
    )
    case, leader, _row = sponsored(case)

    sponsoring.note_visit(row.pk, a_visit(), by=head, now=MONDAY)

    assert (FieldTrip.objects.get().post, FieldTrip.objects.get().who) == (None, "某某 市委书记")
    assert len(answering(row, on=TODAY).visits) == 1
    assert "某某 市委书记" in signed_in(head).open("leadership:heard", case.pk).content.decode()
    counted = figures(case.office.organ, since=TODAY, until=TODAY, today=TODAY)
    assert [one.done.trips for one in counted] == [0]
    assert signed_in(head).open("leadership:trip", FieldTrip.objects.get().pk).status_code == 200
    assert signed_in(leader).open("leadership:trip", FieldTrip.objects.get().pk).status_code == 404


def test_what_was_noted_stays_in_the_database():
    _case, leader, row = sponsored()
    all_duties(row, leader)
    step = sponsoring.plan_step(row.pk, words="走访", due_on=TODAY, by=leader, now=MONDAY)

    for broken in (
        lambda: DutyNote.objects.update(words="改"),
        lambda: PlanStep.objects.filter(pk=step.pk).update(words="改"),
        lambda: Sponsorship.objects.filter(pk=row.pk).update(post=None),
        lambda: Sponsorship.objects.filter(pk=row.pk).delete(),
    ):
        with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
            broken()


def test_passing_on_keeps_the_plan_and_takes_the_sight_from_the_first():
    case, leader, row = sponsored()
    step = sponsoring.plan_step(row.pk, words="协调资金", due_on=TODAY, by=leader, now=MONDAY)
    second = a_leader("常务副区长")
    with pytest.raises(NotAllowed):
        sponsoring.pass_on(row.pk, post_id=second.post.pk, reason="分工调整", by=leader, now=MONDAY)

    new = sponsoring.pass_on(
        row.pk, post_id=second.post.pk, reason="分工调整", by=case.office.officer, now=MONDAY
    )

    assert (new.continues_id, sees(second, case), sees(leader, case)) == (row.pk, True, False)
    sponsoring.end_step(new.pk, step.pk, done_on=TODAY, outcome="已落实", by=second, now=MONDAY)
    assert PlanStep.objects.get().done_on == TODAY


def test_releasing_needs_a_reason_and_ends_the_sight():
    case, leader, row = sponsored()
    with pytest.raises(Refused):
        sponsoring.release(row.pk, reason=" ", by=case.office.officer, now=MONDAY)
    assert sees(leader, case)
    sponsoring.release(row.pk, reason="已转由市级包联", by=case.office.officer, now=MONDAY)
    assert not sees(leader, case)


def test_what_a_portfolio_shows_stays_when_the_sponsorship_ends():
    case = received()
    leader = a_leader()
    Portfolio.objects.create(post=leader.post, organ=case.unit.organ, since=LONG_AGO)
    Involvement.objects.create(
        petition=case.petition,
        post=leader.post,
        bases=[Basis.PORTFOLIO],
        since=MONDAY,
        sealed=False,
        routing=case.now.routing,
        place_path=case.petition.place_path,
        received_at=MONDAY,
    )
    _case, _leader, row = sponsored(case, leader)
    sponsoring.release(row.pk, reason="调整", by=case.office.officer, now=MONDAY)
    assert sees(leader, case)


def test_q29_a_leader_who_leaves_hands_all_over_in_one_act():
    case, leader, _row = sponsored()
    second_case, _leader, _other = sponsored(received(), leader)
    successor = a_leader("新任副区长")
    security = a_hat(Role.SECURITY_ADMINISTRATOR)
    with pytest.raises(OutOfTurn):
        end_post(leader.post.pk, by=security, now=MONDAY)

    end_post(leader.post.pk, taken_over_by=successor.post.pk, by=security, now=MONDAY)

    assert Sponsorship.objects.standing().filter(post=successor.post).count() == 2
    assert not Sponsorship.objects.standing().filter(post=leader.post).exists()
    assert sees(successor, case)
    assert sees(successor, second_case)
    assert Post.objects.get(pk=leader.post.pk).held_to == TODAY


def test_q29_what_the_successor_may_not_have_is_not_forgotten_either():
    case, leader, _row = sponsored()
    successor = a_leader("新任副区长")
    ReportedParty.objects.create(petition=case.petition, kind=ReportedKind.PERSON, user=successor.user)

    with pytest.raises(Refused):
        hand_over(leader.post.pk, to_post_id=successor.post.pk, by=leader, now=MONDAY)

    assert Sponsorship.objects.standing().get().post_id == leader.post.pk
    assert sees(leader, case)


def test_r_33_who_withdraws_sponsors_no_more_and_the_office_is_told_to_name_another():
    case = received()
    head = case.unit.head
    sponsoring.sponsor(
        case.pk,
        SponsorKind.UNIT_HEAD,
        post_id=head.post.pk,
        reason="主办",
        by=case.office.officer,
        now=MONDAY,
    )
    recusing.recuse(case.pk, reason="近亲属", by=head, now=MONDAY)

    assert not Involvement.objects.filter(post=head.post, ended_at=None).exists()
    assert (close_sponsorships(now=MONDAY), close_sponsorships(now=MONDAY)) == (1, 0)
    assert not Sponsorship.objects.standing().exists()
    assert Notice.objects.unread().filter(post=case.office.officer.post, kind="sponsor_missing").exists()


def test_a_secretary_reads_what_her_leader_sponsors_as_long_as_she_works_for_him():
    case, leader, row = sponsored()
    secretary = a_secretary(leader)
    another, _other_leader, _other = sponsored(received(), a_leader("另一位"))

    assert (sees(secretary, case), sees(secretary, another)) == (True, False)
    sponsoring.note_duty(row.pk, Duty.KNOW, done_on=TODAY, words="已阅卷", by=secretary, now=MONDAY)
    dismiss_secretary(Secretary.objects.get().pk, by=leader, now=MONDAY)
    assert not sees(secretary, case)


def test_only_the_leader_himself_says_who_his_secretary_is():
    leader = a_leader()
    secretary = a_hat(Role.LEADER_SECRETARY, organ=leader.organ)
    for by in (secretary, a_hat(Role.OFFICE_DIRECTOR)):
        with pytest.raises(NotAllowed):
            name_secretary(secretary.post.pk, by=by, now=MONDAY)
    with pytest.raises(Refused):
        name_secretary(a_hat(Role.REGISTRAR).post.pk, by=leader, now=MONDAY)
    assert not Secretary.objects.exists()


def test_a_secretarys_work_passes_to_the_next_secretary():
    case, leader, _row = sponsored()
    secretary = a_secretary(leader)
    successor = a_hat(Role.LEADER_SECRETARY, organ=leader.organ)
    security = a_hat(Role.SECURITY_ADMINISTRATOR)

    end_post(secretary.post.pk, taken_over_by=successor.post.pk, by=security, now=MONDAY)

    assert (sees(successor, case), sees(secretary, case)) == (True, False)


def test_what_is_sponsored_is_marked_and_has_its_view():
    case, _leader, row = sponsored()
    registered()
    office = signed_in(case.office.officer)

    listed = office.open("cases:ledger", query={"view": "sponsored"})
    assert [each.petition.pk for each in listed.context["rows"]] == [case.pk]
    marked = {each.petition.pk: each.marks for each in office.open("cases:ledger").context["rows"]}
    assert [pk for pk, marks in marked.items() if Mark.SPONSORED in marks] == [case.pk]
    sponsoring.release(row.pk, reason="调整", by=case.office.officer, now=MONDAY)
    assert office.open("cases:ledger", query={"view": "sponsored"}).context["rows"] == []


def test_the_office_names_on_the_page_and_the_leader_works_on_it():
    case, leader = received(), a_leader()
    office, browser = signed_in(case.office.officer), signed_in(leader)
    typed = {"kind": "district_leader", "post": leader.post.pk}
    refused = office.send("leadership:on_sponsored", case.pk, "sponsor", **typed, reason="")
    assert (refused.status_code, Sponsorship.objects.count()) == (422, 0)
    done = office.send("leadership:on_sponsored", case.pk, "sponsor", **typed, reason="久拖未决")
    assert done.status_code == 302
    row = Sponsorship.objects.get()

    page = browser.open("leadership:sponsored", case.pk)
    assert [offer.deed.slug for offer in page.context["sponsors"][0].offers] == [
        "note-duty",
        "plan-step",
        "note-visit",
    ]
    browser.send("leadership:on_sponsorship", row.pk, "plan-step", words="协调", due_on="2026-03-05")
    step = PlanStep.objects.get()
    bad = browser.send("leadership:on_sponsorship", row.pk, "end-step", step=step.pk, outcome="")
    assert bad.status_code == 422
    browser.send(
        "leadership:on_sponsorship", row.pk, "note-duty", duty="know", done_on="2026-03-02", words="已阅卷"
    )
    assert DutyNote.objects.count() == 1
    assert 'id="sponsors"' in browser.open("cases:petition", case.pk).content.decode()
    assert leader.user.name in office.open("leadership:sponsors").content.decode()
    assert browser.send("leadership:on_sponsorship", row.pk, "release", reason="不想包").status_code == 403


def test_coverage_stands_in_the_order_of_organs_and_counts_what_was_completed_and_resolved():
    first, last = a_leader("主任", "AA"), a_leader("副区长", "QZF")
    case, _leader, row = sponsored(leader=last)
    sponsored(received(), last)
    sponsored(received(), first)
    Resolution.objects.create(
        petition=case.petition,
        evidence="executed",
        words="已兑现",
        proposed_by=case.unit.head.post,
        proposer=case.unit.head.user,
        proposed_at=MONDAY,
        confirmed_by=case.office.head.post,
        confirmed_at=MONDAY,
    )
    all_duties(row, last)
    sponsoring.complete(row.pk, result="已办理", file=A_SCAN, by=last, now=MONDAY)

    page = signed_in(case.office.officer).open("leadership:sponsors")
    his, hers = (signed_in(hat).open("leadership:sponsors") for hat in (first, a_secretary(first)))

    assert page.context["opens_all"]
    for mine in (his, hers):
        assert [(one.standing, len(one.shown)) for one in mine.context["leaders"]] == [(1, 1), (1, 0)]
        assert "以下只列您可以打开的信访件" in mine.content.decode()
    shown = [
        (leader.name.split()[-1], leader.standing, leader.completed, leader.resolved)
        for leader in page.context["leaders"]
    ]
    assert shown == [("主任", 1, 0, 0), ("副区长", 1, 1, 1)]
    assert signed_in(last).open("leadership:evidence", row.pk).status_code == 404
    assert signed_in(case.office.officer).open("leadership:evidence", row.pk).status_code == 200
