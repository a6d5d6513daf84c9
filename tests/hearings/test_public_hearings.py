"""A public hearing on a planned decision: published before, material in time, recorded, each opinion studied."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.utils import timezone

from audit.models import Entry
from hearings.actions import announcing, assessing, hearing_out, planning
from hearings.decision_states import DecisionHearingState, Side, Speech, Studied
from hearings.models import Attendee, DecisionEntry, DecisionHearing
from hearings.records import digest_of
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from tests.cases.handling.given import a_unit, the_office
from tests.given import MONDAY
from tests.hearings.decisions import (
    HEARD_AT,
    an_announcement,
    announced,
    decided,
    drawn,
    listed,
    planned,
    recorded,
    said,
    studied,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]
TODAY = timezone.localdate(MONDAY)


def test_art_16_it_is_announced_with_place_selection_and_where_it_was_published():
    heard = announced()

    row = heard.now
    assert (row.state, row.draft.number, row.chair) == (
        DecisionHearingState.ANNOUNCED,
        1,
        heard.of.unit.head.post,
    )
    entry = Entry.objects.get(verb="decision_hearing.announce")
    assert entry.facts == {"draft": 1, "on": timezone.localdate(HEARD_AT).isoformat()}


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("begins_at", MONDAY + timedelta(days=6)),
        ("published_on", TODAY + timedelta(days=1)),
        ("published_on", TODAY - timedelta(days=1)),
        ("place", " "),
        ("selection", "电话 13800001234"),
        ("published_where", ""),
        ("chair", "who wrote the draft"),
        ("clerk", "the chair"),
    ],
)
def test_art_16_what_does_not_go_is_refused_at_its_field(field, wrong):
    of = planned()
    posts = {"chair": ("chair_id", of.unit.officer.post.pk), "clerk": ("clerk_id", of.unit.head.post.pk)}
    name, value = posts.get(field, (field, wrong))
    with pytest.raises(Refused) as refusal:
        announcing.announce_hearing(
            of.pk, an_announcement(of, **{name: value}), by=of.unit.officer, now=MONDAY
        )
    assert field in refusal.value.fields
    assert not DecisionHearing.objects.exists()
    assert not Entry.objects.filter(verb="decision_hearing.announce").exists()


def test_who_wrote_the_draft_does_not_chair_whoever_writes_to_the_table():
    heard = announced()
    row = heard.now
    row.pk, row._state.adding, row.state = None, True, DecisionHearingState.CALLED_OFF
    row.called_off_why, row.chair, row.clerk = "另定", row.clerk, row.chair
    with pytest.raises(InternalError), transaction.atomic():
        row.save(force_insert=True)
    assert DecisionHearing.objects.count() == 1


def test_a_draft_is_heard_once_and_after_it_was_called_off_again():
    heard = announced()
    with pytest.raises(OutOfTurn):
        announced(heard.of)
    with pytest.raises(NotAllowed):
        announcing.call_off_hearing(heard.pk, called_off_why="场地", by=heard.officer, now=MONDAY)
    with pytest.raises(Refused):
        announcing.call_off_hearing(heard.pk, called_off_why=" ", by=heard.of.unit.head, now=MONDAY)
    assert heard.now.state == DecisionHearingState.ANNOUNCED
    announcing.call_off_hearing(heard.pk, called_off_why="场地检修", by=heard.of.unit.head, now=MONDAY)

    again = announced(heard.of)

    assert (heard.now.called_off_why, again.now.is_announced) == ("场地检修", True)


def test_art_16_the_list_leaves_out_nobody_concerned_and_stays_once_published():
    heard = announced()
    announcing.enter_attendee(
        heard.pk, name="赵敏", side=Side.UNITS, stands_for="商户协会", by=heard.officer, now=MONDAY
    )
    with pytest.raises(OutOfTurn):
        announcing.publish_list(heard.pk, list_published_on=TODAY, by=heard.officer, now=MONDAY)
    assert heard.now.list_published_on is None
    announcing.enter_attendee(
        heard.pk, name="王建国", side=Side.CONCERNED, stands_for="车主", by=heard.officer, now=MONDAY
    )
    for wrong in (TODAY + timedelta(days=1), TODAY - timedelta(days=1)):
        with pytest.raises(Refused):
            announcing.publish_list(heard.pk, list_published_on=wrong, by=heard.officer, now=MONDAY)
    announcing.publish_list(heard.pk, list_published_on=TODAY, by=heard.officer, now=MONDAY)

    with pytest.raises(OutOfTurn):
        announcing.drop_attendee(
            heard.pk, attendee_id=heard.attendee("赵敏").pk, by=heard.officer, now=MONDAY
        )
    with pytest.raises(InternalError), transaction.atomic():
        Attendee.objects.filter(name="赵敏").delete()
    with pytest.raises(InternalError), transaction.atomic():
        Attendee.objects.filter(name="赵敏").update(name="另一人")
    assert Attendee.objects.count() == 2


def test_an_attendee_is_named_for_a_group_without_a_number_and_once():
    heard = announced()

    def enter(name="王建国", group="车主"):
        return announcing.enter_attendee(
            heard.pk, name=name, side=Side.CONCERNED, stands_for=group, by=heard.officer, now=MONDAY
        )

    row = enter()
    for wrong in (
        {"name": "王 13800001234"},
        {"group": " "},
        {},
    ):
        with pytest.raises(Refused):
            enter(**wrong)
    assert Attendee.objects.count() == 1
    announcing.drop_attendee(heard.pk, attendee_id=row.pk, by=heard.officer, now=MONDAY)
    assert not Attendee.objects.exists()
    assert Entry.objects.get(verb="decision_hearing.drop_attendee").facts == {"side": "concerned"}


def test_art_16_without_material_seven_days_before_it_does_not_open():
    heard = announced()
    announcing.enter_attendee(
        heard.pk, name="王建国", side=Side.CONCERNED, stands_for="车主", by=heard.officer, now=MONDAY
    )
    announcing.publish_list(heard.pk, list_published_on=TODAY, by=heard.officer, now=MONDAY)
    late = HEARD_AT - timedelta(days=6)
    with pytest.raises(Refused):
        announcing.deliver_material(
            heard.pk, delivered_on=timezone.localdate(late), by=heard.officer, now=late
        )
    with pytest.raises(OutOfTurn):
        hearing_out.open_decision_hearing(heard.pk, by=heard.officer, now=HEARD_AT)
    past_the_deed = DecisionHearing.objects.filter(pk=heard.pk)
    for material in (None, timezone.localdate(late)):
        Attendee.objects.update(material_on=material)
        with pytest.raises(InternalError), transaction.atomic():
            past_the_deed.update(state=DecisionHearingState.OPEN, opened_at=HEARD_AT)
    assert heard.now.is_announced

    Attendee.objects.update(material_on=timezone.localdate(HEARD_AT) - timedelta(days=7))
    hearing_out.open_decision_hearing(heard.pk, by=heard.officer, now=HEARD_AT)
    assert heard.now.is_open


def test_it_does_not_open_before_its_time():
    heard = listed()
    with pytest.raises(OutOfTurn):
        hearing_out.open_decision_hearing(heard.pk, by=heard.officer, now=HEARD_AT - timedelta(minutes=1))
    assert heard.now.is_announced


def test_art_17_speaks_who_came_and_the_organ_introduces():
    heard = said()
    here, away = heard.attendee("王建国").pk, heard.attendee("赵敏").pk
    count = DecisionEntry.objects.count()
    for speech, key, words in (
        (Speech.STATED, None, "意见"),
        (Speech.STATED, away, "意见"),
        (Speech.INTRODUCED, here, "介绍"),
        (Speech.STATED, here, "我的电话 13800001234"),
        (Speech.DEBATED, here, " "),
    ):
        with pytest.raises(Refused):
            hearing_out.write_down(
                heard.pk, speech=speech, attendee_id=key, words=words, by=heard.officer, now=HEARD_AT
            )
    assert DecisionEntry.objects.count() == count
    with pytest.raises(IntegrityError), transaction.atomic():
        DecisionEntry.objects.create(
            hearing=heard.now,
            speech=Speech.STATED,
            words="无人",
            noted_by=heard.officer.post,
            noted_at=HEARD_AT,
        )


def test_art_17_who_came_confirms_the_record_to_which_nothing_is_added():
    heard = said()
    here, away = heard.attendee("王建国").pk, heard.attendee("赵敏").pk
    with pytest.raises(OutOfTurn):
        hearing_out.close_record(heard.pk, by=heard.officer, now=HEARD_AT)
    with pytest.raises(OutOfTurn):
        hearing_out.confirm_record(heard.pk, attendee_id=away, by=heard.officer, now=HEARD_AT)
    with pytest.raises(InternalError), transaction.atomic():
        DecisionHearing.objects.filter(pk=heard.pk).update(
            state=DecisionHearingState.RECORDED, recorded_at=HEARD_AT, frozen="{}", digest="0"
        )
    hearing_out.confirm_record(
        heard.pk, attendee_id=here, refused_why="记录不全", by=heard.officer, now=HEARD_AT
    )
    with pytest.raises(OutOfTurn):
        hearing_out.write_down(
            heard.pk,
            speech=Speech.STATED,
            attendee_id=here,
            words="再补一句",
            by=heard.officer,
            now=HEARD_AT,
        )

    hearing_out.close_record(heard.pk, by=heard.officer, now=HEARD_AT)

    row = heard.now
    frozen = json.loads(row.frozen)
    assert row.is_recorded and row.digest == digest_of(row.frozen)
    assert [line[2] for line in frozen["entries"]] == ["介绍草案和依据", "过渡期太短"]
    assert [person[-1] for person in frozen["attendees"]] == ["记录不全", ""]
    for write in (
        lambda: DecisionEntry.objects.update(words="另一句"),
        lambda: DecisionEntry.objects.all().delete(),
        lambda: Attendee.objects.update(came=False),
        lambda: DecisionHearing.objects.update(frozen="{}"),
    ):
        with pytest.raises(InternalError), transaction.atomic():
            write()


def test_art_18_each_opinion_is_studied_with_why_before_the_hearing_is_over():
    heard = recorded()
    (opinion,) = heard.opinions()
    introduced = DecisionEntry.objects.get(speech=Speech.INTRODUCED)

    def study(entry, why="过渡期改为六个月"):
        return hearing_out.study_opinion(
            heard.pk,
            entry_id=entry.pk,
            studied=Studied.PARTLY,
            studied_why=why,
            by=heard.officer,
            now=HEARD_AT,
        )

    with pytest.raises(Refused):
        study(opinion, " ")
    with pytest.raises(Unknown):
        study(introduced)
    with pytest.raises(InternalError), transaction.atomic():
        DecisionHearing.objects.filter(pk=heard.pk).update(
            state=DecisionHearingState.STUDIED, studied_at=HEARD_AT
        )
    assert heard.now.is_recorded

    study(opinion)

    opinion.refresh_from_db()
    assert (heard.now.state, opinion.studied) == (DecisionHearingState.STUDIED, Studied.PARTLY)
    assert Entry.objects.get(verb="decision_hearing.study_opinion").facts == {"studied": "partly"}
    with pytest.raises(InternalError), transaction.atomic():
        DecisionHearing.objects.filter(pk=heard.pk).update(place="别处")


def test_art_18_while_it_is_heard_the_draft_stays_and_nothing_is_decided():
    of, _row = decided()
    heard = recorded(listed(announced(of)))
    head, later = of.unit.head, HEARD_AT + timedelta(days=1)
    for deed in (
        lambda: planning.write_draft(of.pk, plan="六个月", changed="过渡", by=heard.officer, now=later),
        lambda: planning.make_decision(
            of.pk, made_on=timezone.localdate(later), made_by_words="常务会", by=head, now=later
        ),
        lambda: planning.give_up(of.pk, given_up_why="不再需要", by=head, now=later),
    ):
        with pytest.raises(OutOfTurn):
            deed()
    with pytest.raises(InternalError), transaction.atomic():
        type(of.now).objects.filter(pk=of.pk).update(
            state="given_up", given_up_why="不再", ended_by=head.post, ended_at=later
        )
    assert of.now.is_prepared and of.now.drafts.count() == 1
    (opinion,) = heard.opinions()
    hearing_out.study_opinion(
        heard.pk,
        entry_id=opinion.pk,
        studied=Studied.NOT_ADOPTED,
        studied_why="期限由上级规定",
        by=heard.officer,
        now=later,
    )

    planning.make_decision(
        of.pk, made_on=timezone.localdate(later), made_by_words="常务会", by=head, now=later
    )

    assert of.now.state == "made"


def test_an_assessment_rests_on_a_studied_hearing_of_its_own_decision():
    heard = studied()
    of, row = drawn(heard.of, now=HEARD_AT, due_on=timezone.localdate(HEARD_AT) + timedelta(days=30))
    foreign = announced(planned(a_unit("CG")))
    submit = {"conclusion": "可控", "by": of.unit.officer, "now": HEARD_AT}
    with pytest.raises(Refused) as refusal:
        assessing.submit_assessment(row.pk, hearing_ids=[foreign.pk], **submit)
    assert set(refusal.value.fields) == {"hearings"}
    row.refresh_from_db()
    assert row.is_drawn

    assessing.submit_assessment(row.pk, hearing_ids=[heard.pk], **submit)

    assert list(row.hearings.all()) == [heard.now]


def test_a_neighbour_does_not_know_of_it_and_the_office_reads_along():
    heard, neighbour, office = announced(), a_unit("CG"), the_office()
    for by, refusal in ((neighbour.head, Unknown), (office.head, NotAllowed)):
        with pytest.raises(refusal):
            announcing.call_off_hearing(heard.pk, called_off_why="不", by=by, now=MONDAY)
        with pytest.raises(refusal):
            announcing.enter_attendee(
                heard.pk, name="甲", side=Side.PUBLIC, stands_for="乙", by=by, now=MONDAY
            )
    assert heard.now.is_announced and not Attendee.objects.exists()
