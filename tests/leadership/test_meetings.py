"""会议: called, its agenda from the facts, minutes of two persons, decisions asked until done (R-24, R-53, Q2, Q6)."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, InternalError, transaction

from accounts.models import OrganKind
from accounts.roles import Role
from assignments.models import Assignment
from assignments.states import State
from audit.models import Entry
from cases.actions import sealing
from cases.intake import Reported
from cases.models import Petition, ReportedParty
from cases.states import ReportedKind
from infra.sweep_runs import Tally
from leadership.actions import answers, meetings, minutes, slips
from leadership.actions.meeting_kinds import KindFacts, end_kind, enter_kind
from leadership.actions.meetings import Call
from leadership.agenda import proposals_for
from leadership.cadence import stretch_before, stretch_of
from leadership.finding import opened_asked
from leadership.meeting_pages import meeting_page
from leadership.meeting_states import AgendaGround, Cadence, DecisionKind, MeetingState
from leadership.models import AgendaLine, Meeting, MeetingDecision, MeetingKind, Slip
from leadership.situation import situation
from leadership.states import SlipKind
from leadership.sweeps import remind_of_asked, watch_meetings
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from lib.stretches import Stretch
from notices.models import Notice
from tests.cases.browsers import signed_in
from tests.cases.handling.given import a_unit, at, disputed, finished, received, settle
from tests.given import MONDAY, a_hat, a_place, an_organ
from tests.leadership.given import issued, says, the_conference
from tests.leadership.leaders import a_leader, sponsored
from tests.leadership.meetings import called, decided, held, taken

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]

TODAY = date(2026, 3, 2)


def grounds(meeting: Meeting, hat) -> dict[object, str]:
    return {
        one.earlier or one.petition_id: one.fact.ground.value
        for one in proposals_for(meeting, hat, now=MONDAY)
    }


def sealed(case) -> None:
    named = [Reported(kind=ReportedKind.UNIT, organ_id=case.unit.organ.pk)]
    sealing.seal(case.pk, reason="反映干部", reported=named, by=case.office.head, now=MONDAY)


def minutes_of(case=None, **facts):
    """Return a case with a conference whose minutes were signed and asked the unit for something."""
    case, _leader, _row = sponsored(case)
    officer, signer = the_conference()
    meeting = called(officer)
    line = taken(meeting, case, officer)
    held(meeting, officer)
    decision = decided(meeting, case.unit.organ.pk, officer, line=line, **facts)
    minutes.issue_minutes(meeting.pk, by=signer, now=MONDAY)
    decision.refresh_from_db()
    return case, officer, decision


def test_the_office_calls_and_chair_and_units_are_told():
    officer, _signer = the_conference()
    chair, unit = a_leader("区委副书记", "QW"), a_unit()

    meeting = called(officer, chair=chair)
    meetings.name_unit(meeting.pk, organ_id=unit.organ.pk, venue="凤山分会场", by=officer, now=MONDAY)

    told = set(Notice.objects.filter(kind="meeting_called").values_list("post", flat=True))
    assert chair.post.pk in told
    assert unit.head.post.pk in told
    assert Entry.objects.get(verb="meeting.call").actor_post_id == officer.post.pk


def test_who_is_no_office_calls_none_and_what_cannot_be_is_refused():
    officer, _signer = the_conference()
    unit, chair = a_unit(), a_leader()
    kind = MeetingKind.objects.get(code="joint_conference").pk
    whole = {"meets_at": MONDAY, "place": "会议室", "chair_id": chair.post.pk}
    with pytest.raises(NotAllowed):
        meetings.call_meeting(kind, Call(**whole), by=unit.head, now=MONDAY)
    for wrong in (
        {"place": " "},
        {"chair_id": None},
        {"outside_chair": "市委副书记"},
        {"chair_id": unit.officer.post.pk},
        {"meets_at": MONDAY - timedelta(days=1)},
    ):
        with pytest.raises(Refused):
            meetings.call_meeting(kind, Call(**{**whole, **wrong}), by=officer, now=MONDAY)
    assert not Meeting.objects.exists()


def test_what_is_proposed_has_its_fact_and_is_taken_or_struck_with_a_reason():
    case, _leader, _row = sponsored()
    other, _leader, _row = sponsored(received())
    officer, _signer = the_conference()
    meeting = called(officer)
    assert grounds(meeting, officer) == {case.pk: "key", other.pk: "key"}

    line = taken(meeting, case, officer)
    with pytest.raises(Refused):
        meetings.strike(meeting.pk, reason=" ", petition_id=other.pk, by=officer, now=MONDAY)
    meetings.strike(meeting.pk, reason="上次已研究", petition_id=other.pk, by=officer, now=MONDAY)

    assert (line.ground, line.fact_on) == (AgendaGround.KEY, TODAY)
    assert grounds(meeting, officer) == {}
    with pytest.raises(Unknown):
        taken(meeting, case, officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaLine.objects.create(
            meeting=meeting, ground="old", petition_id=case.pk, by=officer.post, decided_at=MONDAY
        )


def test_old_ones_promises_and_disputes_are_proposed():
    officer, _signer = the_conference()
    old, dispute = received(), disputed()
    Petition.objects.filter(pk=old.pk).update(received_at=MONDAY - timedelta(days=400))
    meeting = called(officer)
    assert grounds(meeting, officer) == {old.pk: "old", dispute.pk: "dispute"}


def test_minutes_are_written_by_one_person_and_signed_by_another():
    officer, signer = the_conference()
    meeting = called(officer)
    with pytest.raises(OutOfTurn):
        minutes.issue_minutes(meeting.pk, by=signer, now=MONDAY)
    held(meeting, officer)
    with pytest.raises(NotAllowed):
        minutes.issue_minutes(meeting.pk, by=officer, now=MONDAY)
    assert Meeting.objects.get().state == MeetingState.HELD

    minutes.issue_minutes(meeting.pk, by=signer, now=MONDAY)

    row = Meeting.objects.get()
    assert (row.state, row.signer_id, row.number) == (
        MeetingState.ISSUED,
        signer.user.pk,
        "离联席信纪〔2026〕1号",
    )
    with pytest.raises(OutOfTurn):
        held(meeting, officer)
    with pytest.raises(InternalError), transaction.atomic():
        Meeting.objects.update(words="改")


def test_a_task_is_asked_once_the_minutes_are_signed_and_stands_in_the_next_agenda_until_verified():
    case, officer, decision = minutes_of()
    assert decision.assignment.organ_id == case.unit.organ.pk
    following = called(officer, at=MONDAY + timedelta(days=14))
    assert grounds(following, officer) == {decision: "undone"}

    answers.reply(decision.assignment_id, words="方案已报", by=case.unit.officer, now=MONDAY)
    assert grounds(following, officer) == {decision: "undone"}
    answers.verify(decision.assignment_id, words="已核对会议纪要", by=officer, now=MONDAY)

    assert Assignment.objects.get().state == State.VERIFIED
    assert decision not in grounds(following, officer)


def test_a_decision_about_no_petition_is_asked_answered_reminded_and_verified_too():
    officer, signer = the_conference()
    unit = a_unit()
    meeting = called(officer, "special_topic")
    meetings.add_topic(meeting.pk, topic="房地产领域遗留问题", by=officer, now=MONDAY)
    held(meeting, officer)
    decision = decided(meeting, unit.organ.pk, officer)
    assert decision.responsible == unit.head.post
    minutes.issue_minutes(meeting.pk, by=signer, now=MONDAY)
    decision.refresh_from_db()

    assert remind_of_asked(now=MONDAY + timedelta(days=8), tally=Tally()) == 1
    page = signed_in(unit.officer).open("leadership:asked", decision.assignment_id)
    assert "五个工作日内提出化解方案" in page.content.decode()
    answers.receive(decision.assignment_id, by=unit.officer, now=MONDAY)
    answers.reply(decision.assignment_id, words="已梳理", by=unit.officer, now=MONDAY)
    answers.verify(decision.assignment_id, words="已核对会议纪要", by=officer, now=MONDAY)

    assert not MeetingDecision.objects.undone().exists()
    verbs = set(Entry.objects.filter(verb__startswith="assignment.").values_list("verb", flat=True))
    assert verbs >= {"assignment.reply_slip", "assignment.verify_reply", "assignment.remind_of_asked"}
    neighbour = signed_in(a_unit("CG").officer)
    assert neighbour.open("leadership:asked", decision.assignment_id).status_code == 404
    assert neighbour.open("leadership:meeting", meeting.pk).status_code == 404


def test_a_decision_names_a_unit_a_person_of_it_and_a_day_that_can_be():
    case, _leader, _row = sponsored()
    officer, _signer = the_conference()
    meeting = called(officer)
    line = taken(meeting, case, officer)
    with pytest.raises(OutOfTurn):
        decided(meeting, case.unit.organ.pk, officer, line=line)
    held(meeting, officer)
    stranger = a_unit("CG").head.post.pk
    for wrong in (
        {"words": " "},
        {"due_on": TODAY},
        {"responsible_id": stranger},
        {"kind": DecisionKind.JURISDICTION},
        {"kind": DecisionKind.MEASURE, "measure": SlipKind.SUPERVISION},
    ):
        with pytest.raises(Refused):
            decided(meeting, case.unit.organ.pk, officer, line=line, **wrong)
    named = ReportedParty.objects.create(
        petition=case.petition, kind=ReportedKind.UNIT, organ=case.unit.organ
    )
    with pytest.raises(Refused):
        decided(meeting, case.unit.organ.pk, officer, line=line)
    named.delete()
    assert not MeetingDecision.objects.exists()


def test_only_the_joint_conference_takes_measures_and_says_who_accepts():
    case, _leader, _row = sponsored()
    officer, _signer = the_conference()
    weekly = called(officer, "special_topic")
    line = taken(weekly, case, officer)
    held(weekly, officer)
    with pytest.raises(Refused):
        decided(
            weekly,
            case.unit.organ.pk,
            officer,
            line=line,
            kind=DecisionKind.MEASURE,
            measure=SlipKind.LISTED,
        )
    assert not MeetingDecision.objects.exists()


def test_r_24_who_accepts_is_done_when_the_dispute_is_settled_by_its_own_deed():
    case = disputed()
    officer, signer = the_conference()
    meeting = called(officer)
    line = taken(meeting, case, officer)
    held(meeting, officer)
    decision = decided(
        meeting, case.unit.organ.pk, officer, line=line, kind=DecisionKind.JURISDICTION, words="由其受理"
    )
    minutes.issue_minutes(meeting.pk, by=signer, now=MONDAY)
    assert list(MeetingDecision.objects.undone()) == [decision]
    assert not Assignment.objects.exists()

    settle(case, case.unit.organ)

    assert not MeetingDecision.objects.undone().exists()


def test_r_53_a_measure_is_done_when_its_slip_is_out():
    case, _officer, decision = minutes_of(kind=DecisionKind.MEASURE, measure=SlipKind.LISTED)
    assert list(MeetingDecision.objects.undone()) == [decision]
    assert not Slip.objects.exists()
    drawer, signer = the_conference()

    issued(case, SlipKind.SUPERVISION)
    assert MeetingDecision.objects.undone().exists()
    slip = _measure(case, drawer, signer)

    assert slip.kind == SlipKind.LISTED
    assert not MeetingDecision.objects.undone().exists()


def _measure(case, drawer, signer) -> Slip:
    slip = slips.draft_slip(case.pk, says(case, SlipKind.LISTED), by=drawer, now=MONDAY)
    return slips.issue_slip(slip.pk, version=slip.version, by=signer, now=MONDAY)


def test_q2_what_was_sealed_is_in_no_agenda_no_decision_and_is_asked_of_nobody():
    case, officer, decision = minutes_of()
    chair = Meeting.objects.get().chair
    sealed(case)

    assert Assignment.objects.get().state == State.CANCELLED
    assert not MeetingDecision.objects.undone().exists()
    for hat in (officer, case.office.officer, case.unit.head):
        page = signed_in(hat).open("leadership:meeting", decision.meeting_id)
        assert page.status_code == (404 if hat is case.unit.head else 200)
        assert case.petition.number not in page.content.decode()
        assert decision.words not in page.content.decode()
    listed = signed_in(officer).open("leadership:meetings").content.decode()
    assert decision.words not in listed
    assert chair is not None


def test_q2_what_was_sealed_between_minutes_and_signature_is_not_asked():
    case, _leader, _row = sponsored()
    officer, signer = the_conference()
    meeting = called(officer)
    line = taken(meeting, case, officer)
    held(meeting, officer)
    decided(meeting, case.unit.organ.pk, officer, line=line)
    sealed(case)

    minutes.issue_minutes(meeting.pk, by=signer, now=MONDAY)

    assert not Assignment.objects.exists()
    assert grounds(called(officer), officer) == {}


def test_a_unit_reads_what_it_sees_and_what_is_asked_of_it_and_no_more():
    case, _officer, decision = minutes_of()
    other, _leader, _row = sponsored(received(case=None))
    neighbour = a_unit("CG")
    assert signed_in(neighbour.head).open("leadership:meeting", decision.meeting_id).status_code == 404

    page = meeting_page(decision.meeting, case.unit.head, now=MONDAY, bound={})

    assert [line.petition.number for line in page["lines"]] == [case.petition.number]
    assert [task.row for task in page["decisions"]] == [decision]
    assert (page["offers"], page["whole"]) == ([], False)
    shown = signed_in(case.unit.head).open("leadership:meeting", decision.meeting_id).content.decode()
    assert "听取汇报" not in shown
    assert other.petition.number not in shown


def test_a_leader_reads_the_agenda_but_not_what_names_him():
    case, _officer, decision = minutes_of()
    leader = a_leader("宣传部长", "QW2")
    assert (
        case.petition.number
        in signed_in(leader).open("leadership:meeting", decision.meeting_id).content.decode()
    )

    ReportedParty.objects.create(petition=case.petition, kind=ReportedKind.PERSON, user=leader.user)

    shown = signed_in(leader).open("leadership:meeting", decision.meeting_id).content.decode()
    assert case.petition.number not in shown
    assert decision.words not in shown


def test_what_was_decided_leads_whoever_asked_or_is_asked_to_it_and_nobody_else():
    case, officer, decision = minutes_of()
    leader = a_leader("宣传部长", "QW2")
    state = decision.assignment.get_state_display()

    for hat, opens in ((officer, True), (case.unit.head, True), (leader, False)):
        browser = signed_in(hat)
        page = browser.open("leadership:meeting", decision.meeting_id)
        asked = browser.open("leadership:asked", decision.assignment_id)
        assert [(task.row, task.opens) for task in page.context["decisions"]] == [(decision, opens)]
        assert (f"/asked/{decision.assignment_id}/" in page.content.decode()) is opens
        assert (asked.status_code == 200) is opens
        assert state in page.content.decode()


def test_q2_what_was_asked_leads_nowhere_once_it_was_sealed():
    case, officer, decision = minutes_of()
    assert opened_asked(officer, {decision.assignment_id}) == {decision.assignment_id}
    sealed(case)
    assert opened_asked(officer, {decision.assignment_id}) == set()
    assert opened_asked(case.unit.head, {decision.assignment_id}) == set()


def test_an_office_of_another_place_finds_nothing():
    _case, _officer, decision = minutes_of()
    elsewhere = an_organ("WSX", kind=OrganKind.PETITION_OFFICE, place=a_place("141121"))
    hat = a_hat(Role.OFFICE_DIRECTOR, organ=elsewhere)
    assert signed_in(hat).open("leadership:meeting", decision.meeting_id).status_code == 404
    with pytest.raises(Unknown):
        meetings.add_topic(decision.meeting_id, topic="别处", by=hat, now=MONDAY)
    assert not AgendaLine.objects.filter(ground="topic").exists()


@pytest.mark.parametrize(
    ("cadence", "day", "first", "last"),
    [
        (Cadence.WEEK, date(2026, 3, 4), date(2026, 3, 2), date(2026, 3, 8)),
        (Cadence.TEN_DAYS, date(2026, 2, 28), date(2026, 2, 21), date(2026, 2, 28)),
        (Cadence.TEN_DAYS, date(2026, 3, 11), date(2026, 3, 11), date(2026, 3, 20)),
        (Cadence.HALF_MONTH, date(2026, 3, 15), date(2026, 3, 1), date(2026, 3, 15)),
        (Cadence.HALF_MONTH, date(2026, 2, 16), date(2026, 2, 16), date(2026, 2, 28)),
        (Cadence.MONTH, date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31)),
    ],
)
def test_stretches_of_days(cadence, day, first, last):
    assert stretch_of(cadence, day) == Stretch(first, last)
    before = stretch_before(cadence, day)
    assert before is not None
    assert before.last == first - timedelta(days=1)


def test_the_conference_that_was_not_called_in_a_half_month_is_told_of_once():
    officer, signer = the_conference()
    assert watch_meetings(now=at(3, 31), tally=Tally()) == 0
    meeting = called(officer)
    held(meeting, officer)
    minutes.issue_minutes(meeting.pk, by=signer, now=MONDAY)

    assert watch_meetings(now=at(3, 16), tally=Tally()) == 0
    assert watch_meetings(now=at(3, 31), tally=Tally()) == 1
    watch_meetings(now=at(3, 31, 12), tally=Tally())
    assert Notice.objects.filter(kind="meeting_due", post=officer.post).count() == 1
    watch_meetings(now=at(4, 1), tally=Tally())
    assert Notice.objects.filter(kind="meeting_missed", post=officer.post).count() == 1


def test_the_situation_note_counts_what_the_ledger_counts():
    case, officer, _decision = minutes_of()
    received()
    meeting = Meeting.objects.select_related("kind", "organ__place", "called_by__user").get()

    note = situation(meeting, officer, now=MONDAY)

    figures = {figure.query: figure.count for figure in note["standing"]}
    listed = signed_in(officer).open("cases:ledger", query={"view": "open"}).context["rows"]
    assert figures["view=open"] == len(listed) == 2
    assert figures["view=sponsored"] == 1
    assert note["came"][0].count == 2
    assert len(note["undone"]) == 1
    leader = signed_in(a_leader("宣传部长", "QW2")).open("leadership:situation", meeting.pk)
    assert leader.status_code == 200
    assert "view=open" not in leader.content.decode()
    assert signed_in(case.unit.head).open("leadership:situation", meeting.pk).status_code == 403


def test_lessons_are_written_once_of_a_key_petition_that_is_over():
    case, leader, _row = sponsored(finished())
    # what one household asked for is no key petition because a leader sponsored it
    sponsored(finished(), leader)
    Petition.objects.filter(pk=case.pk).update(is_collective=True)
    other = finished()
    officer = case.office.officer
    browser = signed_in(officer)
    assert [one.petition_id for one in browser.open("leadership:lessons").context["waiting"]] == [case.pk]
    for wrong in (other, received()):
        with pytest.raises(OutOfTurn):
            minutes.note_lessons(wrong.pk, helped="提级会商", by=officer, now=MONDAY)
    with pytest.raises(NotAllowed):
        minutes.note_lessons(case.pk, helped="提级会商", by=case.unit.head, now=MONDAY)

    assert signed_in(case.unit.head).open("leadership:lessons_of", case.pk).status_code == 403
    assert signed_in(a_unit("CG").head).open("leadership:lessons_of", case.pk).status_code == 404
    assert browser.send("leadership:on_lessons", case.pk, "note", helped="").status_code == 422
    browser.send("leadership:on_lessons", case.pk, "note", helped="提级会商，一次讲清政策")

    page = browser.open("leadership:lessons")
    assert (page.context["waiting"], len(page.context["written"])) == ([], 1)
    with pytest.raises(OutOfTurn):
        minutes.note_lessons(case.pk, helped="再写", by=officer, now=MONDAY)


def test_the_pages_do_it():
    case, _leader, _row = sponsored()
    officer, signer = the_conference()
    chair = a_leader("区委副书记", "QW")
    browser = signed_in(officer)
    kind = MeetingKind.objects.get(code="joint_conference").pk
    typed = {"kind": kind, "meets_at": "2026-03-02 09:00", "place": "会议室"}
    assert browser.send("leadership:call_meeting", **typed).status_code == 422
    assert browser.send("leadership:call_meeting", **{**typed, "chair": chair.post.pk}).status_code == 302
    meeting = Meeting.objects.get()

    page = browser.open("leadership:meeting", meeting.pk)
    assert case.petition.number in page.content.decode()
    refused = browser.send("leadership:on_meeting", meeting.pk, "strike", petition_id=case.pk, reason=" ")
    assert f"#id-reason-{case.pk}" in refused.content.decode()
    for none_of_it in ([], [uuid4()], [case.pk, uuid4()], ["x"]):
        browser.send("leadership:on_meeting", meeting.pk, "take-several", petitions=none_of_it)
    assert not meeting.lines.exists()
    browser.send("leadership:on_meeting", meeting.pk, "take-several", petitions=[case.pk])
    browser.send("leadership:on_meeting", meeting.pk, "name-unit", organ=case.unit.organ.code, venue="")
    unit = meeting.units.get()
    browser.send(
        "leadership:on_meeting", meeting.pk, "note-presence", unit_id=unit.pk, came="yes", who="局长"
    )
    browser.send("leadership:on_meeting", meeting.pk, "write-minutes", words="逐件研究。")
    line = AgendaLine.objects.get()
    typed = {"line": line.pk, "kind": "task", "words": "一周内报方案", "organ": case.unit.organ.code}
    assert browser.send("leadership:on_meeting", meeting.pk, "decide", **typed).status_code == 422
    browser.send("leadership:on_meeting", meeting.pk, "decide", **typed, due_on="2026-03-09")
    decision = MeetingDecision.objects.get()
    assert signed_in(case.unit.head).send("leadership:on_meeting", meeting.pk, "issue").status_code == 403
    signed_in(signer).send("leadership:on_meeting", meeting.pk, "issue")

    decision.refresh_from_db()
    unit.refresh_from_db()
    assert (unit.came, unit.who) == (True, "局长")
    assert decision.assignment is not None
    shown = signed_in(signer).open("leadership:meeting", meeting.pk).content.decode()
    assert "一周内报方案" in shown


def test_a_decision_may_be_taken_out_before_the_signature_and_not_after():
    case, officer, decision = minutes_of()
    with pytest.raises(OutOfTurn):
        minutes.drop_decision(decision.meeting_id, decision_id=decision.pk, by=officer, now=MONDAY)
    with pytest.raises(InternalError), transaction.atomic():
        decision.delete()
    meeting = called(officer)
    held(meeting, officer)
    second = decided(meeting, case.unit.organ.pk, officer)
    minutes.drop_decision(meeting.pk, decision_id=second.pk, by=officer, now=MONDAY)
    assert list(MeetingDecision.objects.all()) == [decision]


def test_moved_and_called_off():
    officer, _signer = the_conference()
    meeting = called(officer)
    later = Call(meets_at=MONDAY + timedelta(days=1), place="二楼", outside_chair="市委副书记")
    meetings.reschedule(meeting.pk, later, by=officer, now=MONDAY)
    with pytest.raises(OutOfTurn):
        held(meeting, officer)
    with pytest.raises(Refused):
        meetings.call_off(meeting.pk, reason=" ", by=officer, now=MONDAY)
    meetings.call_off(meeting.pk, reason="与区委会议冲突", by=officer, now=MONDAY)
    row = Meeting.objects.get()
    assert (row.state, row.chair_id, row.outside_chair) == (MeetingState.CALLED_OFF, None, "市委副书记")
    with pytest.raises(OutOfTurn):
        meetings.add_topic(meeting.pk, topic="议题", by=officer, now=MONDAY)


class TestKinds:
    pytestmark = pytest.mark.django_db

    def test_a_head_enters_and_ends_kinds(self, db):
        officer, _signer = the_conference()
        facts = KindFacts(name="季度会商", cadence=Cadence.NONE, proposes=[AgendaGround.OLD])
        with pytest.raises(NotAllowed):
            enter_kind("quarter", facts, by=a_unit().head, now=MONDAY)
        kind = enter_kind("quarter", facts, by=officer, now=MONDAY)
        with pytest.raises(Refused):
            enter_kind("quarter", facts, by=officer, now=MONDAY)
        end_kind(kind.pk, by=officer, now=MONDAY)
        with pytest.raises(OutOfTurn):
            end_kind(kind.pk, by=officer, now=MONDAY)
        with pytest.raises(Refused):
            called(officer, "quarter")
        MeetingKind.objects.filter(code="quarter").exists()
