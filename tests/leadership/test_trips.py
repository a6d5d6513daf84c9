"""带案下访 and 约访: what leaders did, counted of them alone, and an offer that may be declined (Q2, Q35)."""

import io
from datetime import date, time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, InternalError, transaction
from PIL import Image

from accounts.roles import Role
from audit.models import Entry
from cases.actions import sealing
from cases.intake import Reported
from cases.models import ReportedParty
from cases.states import ReportedKind
from infra.files import Checked
from leadership.actions import inviting, roster, trips
from leadership.actions.inviting import Offered
from leadership.actions.trips import Taken
from leadership.models import FieldCase, FieldPhoto, FieldTrip, Invitation
from leadership.reception_figures import figures
from leadership.reception_states import Counted, InvitationState, Told
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from tests.cases.browsers import signed_in
from tests.cases.handling.given import finished, received
from tests.given import MONDAY, a_hat, an_organ
from tests.leadership.leaders import a_leader, a_secretary, sponsored
from tests.leadership.rosters import TODAY, went

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]

A_PICTURE = Checked("现场.jpg", "image/jpeg", b"\xff\xd8\xff")


def counted(office, **facts):
    given = {"since": date(2026, 1, 1), "until": TODAY, "today": TODAY}
    return {one.post.pk: one for one in figures(office, **{**given, **facts})}


def invited(case, leader, **facts) -> Invitation:
    offered = Offered(day=TODAY, begins=time(15), place="接访大厅", told=Told.PHONE)
    by = facts.pop("by", case.office.officer)
    return inviting.invite(case.pk, offered, leader_id=leader.post.pk, by=by, now=MONDAY)


def test_a_journey_is_counted_in_batches_and_persons_of_its_leader():
    case, leader, _row = sponsored()
    other = received()
    trip = went(case, leader, persons=3)
    trips.add_case(trip.pk, Taken(other.petition.number, 2, "已说明政策"), by=case.office.officer, now=MONDAY)

    found = counted(case.office.organ)[leader.post.pk]

    assert (found.done.trips, found.done.field, found.week.trips) == (1, (2, 5), 0)
    assert Entry.objects.filter(verb="petition.take_down").count() == 2
    assert Entry.objects.get(verb="trip.note").facts == {"on": "2026-03-01", "number": 1}


def test_the_leader_and_his_secretary_write_down_what_they_see_and_nobody_else():
    case, leader, _row = sponsored()
    secretary = a_secretary(leader)
    foreign = received()
    for by in (a_leader("宣传部长"), case.unit.head, a_hat(Role.REGISTRAR)):
        with pytest.raises(NotAllowed):
            went(case, leader, by=by)
    for wrong in (
        {"place": " "},
        {"result": ""},
        {"went_on": TODAY + timedelta(days=1)},
        {"cases": []},
        {"cases": [Taken(foreign.petition.number, 1, "说明")]},
        {"cases": [Taken(case.petition.number, 1, " ")]},
        {"cases": [Taken(case.petition.number, 1, "说明"), Taken(case.petition.number, 1, "说明")]},
    ):
        with pytest.raises(Refused):
            went(case, leader, by=leader, **wrong)
    assert not FieldTrip.objects.exists()
    went(case, leader, by=secretary)
    assert FieldTrip.objects.get().by_id == secretary.post.pk


def test_a_journey_stays_and_is_struck_out_with_its_reason():
    case, leader, _row = sponsored()
    trip = went(case, leader)
    for write in (
        lambda: FieldTrip.objects.update(place="别处"),
        lambda: FieldCase.objects.update(persons_met=99),
        lambda: FieldCase.objects.all().delete(),
    ):
        with pytest.raises(InternalError), transaction.atomic():
            write()
    with pytest.raises(Refused):
        trips.strike_trip(trip.pk, reason="", by=leader, now=MONDAY)

    trips.strike_trip(trip.pk, reason="日期写错", by=leader, now=MONDAY)

    assert counted(case.office.organ)[leader.post.pk].done.field == (0, 0)
    with pytest.raises(OutOfTurn):
        trips.add_case(trip.pk, Taken(case.petition.number, 1, "说明"), by=leader, now=MONDAY)
    assert signed_in(leader).open("leadership:trip", trip.pk).status_code == 200


def test_q2_what_is_sealed_later_counts_no_more_and_is_not_shown():
    case, leader, _row = sponsored()
    trip = went(case, leader)
    reported = (Reported(kind=ReportedKind.PERSON, name="某"),)
    sealing.seal(case.pk, reason="反映干部", reported=reported, by=case.office.head, now=MONDAY)

    assert counted(case.office.organ)[leader.post.pk].done.field == (0, 0)
    page = signed_in(case.office.officer).open("leadership:trip", trip.pk).content.decode()
    assert case.petition.number not in page
    assert "约定十日内答复" not in page


def test_a_journey_is_unknown_to_others():
    case, leader, _row = sponsored()
    trip = went(case, leader)
    for hat in (a_leader("宣传部长"), case.unit.head, a_hat(Role.REGISTRAR)):
        browser = signed_in(hat)
        assert browser.open("leadership:trip", trip.pk).status_code == 404
        assert browser.send("leadership:on_trip", trip.pk, "strike", reason="不对").status_code == 404
        with pytest.raises(Unknown):
            trips.strike_trip(trip.pk, reason="不对", by=hat, now=MONDAY)
    # the unit that has part in the petition reads what came of it there
    assert "约定十日内答复" in signed_in(case.unit.head).open("leadership:heard", case.pk).content.decode()
    assert FieldTrip.objects.get().struck_at is None


def test_q35_a_picture_needs_the_word_that_nobody_is_on_it_without_consent():
    case, leader, _row = sponsored()
    trip = went(case, leader)
    with pytest.raises(Refused):
        trips.add_photo(trip.pk, file=A_PICTURE, nobody_without_consent=False, by=leader, now=MONDAY)
    paper = Checked("文件.pdf", "application/pdf", b"%PDF-1.4")
    with pytest.raises(Refused):
        trips.add_photo(trip.pk, file=paper, nobody_without_consent=True, by=leader, now=MONDAY)
    assert not FieldPhoto.objects.exists()

    photo = trips.add_photo(trip.pk, file=A_PICTURE, nobody_without_consent=True, by=leader, now=MONDAY)

    assert signed_in(leader).open("leadership:trip_photo", trip.pk, photo.pk).status_code == 200
    assert signed_in(case.unit.head).open("leadership:trip_photo", trip.pk, photo.pk).status_code == 404
    with pytest.raises(InternalError), transaction.atomic():
        FieldPhoto.objects.update(nobody_without_consent=False)


def test_targets_of_a_week_stand_beside_what_was_done():
    case, leader, _row = sponsored()
    roster.set_target(Counted.TRIPS, weekly=3, since=TODAY, by=case.office.officer, now=MONDAY)
    own = {"weekly": 1, "since": TODAY, "post_id": leader.post.pk}
    roster.set_target(Counted.SITTINGS, **own, by=case.office.officer, now=MONDAY)
    other = a_leader("宣传部长")
    went(case, leader, went_on=TODAY)

    found = counted(case.office.organ)

    assert (found[leader.post.pk].week.trips, found[leader.post.pk].trips_wanted) == (1, 3)
    assert (found[leader.post.pk].sittings_wanted, found[other.post.pk].sittings_wanted) == (1, None)


def test_an_invitation_that_is_declined_leaves_no_reason_no_figure_and_no_sign():
    case, leader, _row = sponsored()
    row = invited(case, leader)

    inviting.answer_invitation(row.pk, InvitationState.DECLINED, by=leader, now=MONDAY)

    kept = Invitation.objects.get()
    assert (kept.state, kept.words, kept.persons) == (InvitationState.DECLINED, "", None)
    assert Entry.objects.get(verb="petition.answer_invitation").facts == {}
    assert counted(case.office.organ)[leader.post.pk].done.hall == (0, 0)
    page = signed_in(leader).open("leadership:heard", case.pk)
    assert page.context["invitations"] == []
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.update(words="不配合")
    invited(case, leader)


def test_a_held_talk_counts_as_a_group_received():
    case, leader, _row = sponsored()
    row = invited(case, leader)
    inviting.answer_invitation(row.pk, InvitationState.ACCEPTED, by=leader, now=MONDAY)
    for wrong in ({"persons": 0, "words": "已谈"}, {"persons": 2, "words": " "}):
        with pytest.raises(Refused):
            inviting.note_invited_talk(row.pk, **wrong, by=leader, now=MONDAY)

    inviting.note_invited_talk(row.pk, persons=2, words="已说明政策", by=leader, now=MONDAY)

    assert counted(case.office.organ)[leader.post.pk].done.hall == (1, 2)
    with pytest.raises(OutOfTurn):
        inviting.withdraw_invitation(row.pk, by=leader, now=MONDAY)


def test_who_may_invite_and_whom():
    case, leader, _row = sponsored()
    named = a_leader("宣传部长", "QW")
    ReportedParty.objects.create(petition=case.petition, kind=ReportedKind.PERSON, user=named.user)
    with pytest.raises(NotAllowed):
        invited(case, leader, by=case.unit.head)
    with pytest.raises(Unknown):
        invited(case, leader, by=a_hat(Role.CASE_OFFICER, organ=an_organ("CG")))
    with pytest.raises(Refused):
        invited(case, named)
    assert not Invitation.objects.exists()
    invited(case, leader)
    with pytest.raises(OutOfTurn):
        invited(case, leader)
    with pytest.raises(OutOfTurn):
        invited(finished(), leader)


def test_journeys_are_turned_by_the_page_and_counted():
    case, leader, _row = sponsored()
    for days in range(51):
        went(case, leader, went_on=TODAY - timedelta(days=days))
    trips.strike_trip(went(received(), leader).pk, reason="写错", by=leader, now=MONDAY)
    browser = signed_in(case.office.officer)

    first = browser.open("leadership:receptions")
    second = browser.open("leadership:receptions", query={"page": 2})

    shown = [[one.trip.pk for one in page.context["trips"]] for page in (first, second)]
    assert [len(keys) for keys in shown] == [50, 2]
    assert not set(shown[0]) & set(shown[1])
    # one that was struck out stays to be read, and counts no more
    assert first.context["standing"] == 51
    assert "page=2" in first.content.decode()


def test_a_leader_reads_his_own_journeys_below_the_figures_of_all():
    case, leader, _row = sponsored()
    other = a_leader("宣传部长")
    went(case, leader)

    page = signed_in(other).open("leadership:receptions")

    assert (page.context["trips"], page.context["leaders"][0].done.trips) == ([], 1)
    assert "下面的数是全体领导的" in page.content.decode()


def test_what_he_sponsors_is_offered_for_a_journey_and_nothing_else():
    case, leader, _row = sponsored()
    other, neighbour, _other = sponsored(leader=a_leader("宣传部长"))
    browser = signed_in(leader)

    (offer,) = browser.open("leadership:receptions").context["offers"]
    offered = dict(offer.form.fields["sponsored"].widget.choices)
    typed = {
        "leader": leader.post.pk,
        "went_on": "2026-03-02",
        "place": "永宁社区",
        "result": "现场会商",
        "persons_met": "3",
        "case_result": "十日内答复",
    }
    office = case.office.organ.pk
    both = {"sponsored": case.petition.number, "number": other.petition.number}
    for named in ({}, both):
        assert (
            browser.send("leadership:on_receptions", office, "note-trip", **typed, **named).status_code == 422
        )
    assert not FieldTrip.objects.exists()
    browser.send("leadership:on_receptions", office, "note-trip", **typed, sponsored=case.petition.number)

    assert set(offered) == {"", case.petition.number}
    assert FieldCase.objects.get().petition_id == case.pk
    trip = FieldTrip.objects.get()
    added = browser.open("leadership:trip", trip.pk).context["offers"][0].form
    assert set(dict(added.fields["sponsored"].widget.choices)) == {"", case.petition.number}
    (office_offer, _target) = signed_in(case.office.head).open("leadership:receptions").context["offers"]
    (_empty, *groups) = office_offer.form.fields["sponsored"].widget.choices
    assert {name for name, _few in groups} == {leader.user.name, neighbour.user.name}


def test_a_leader_writes_a_journey_down_on_his_page():
    case, leader, _row = sponsored()
    browser = signed_in(leader)
    typed = {
        "leader": leader.post.pk,
        "went_on": "2026-03-02",
        "place": "永宁社区",
        "result": "现场会商",
        "number": case.petition.number,
        "persons_met": "3",
        "case_result": "十日内答复",
    }
    office = case.office.organ.pk
    bad = browser.send("leadership:on_receptions", office, "note-trip", **{**typed, "number": "LS1"})
    assert (bad.status_code, FieldTrip.objects.count()) == (422, 0)

    done = browser.send("leadership:on_receptions", office, "note-trip", **typed)

    trip = FieldTrip.objects.get()
    assert done.url.endswith(f"/receptions/trips/{trip.pk}/")
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8)).save(drawn, "JPEG")
    upload = SimpleUploadedFile("现场.jpg", drawn.getvalue(), "image/jpeg")
    sent = browser.send(
        "leadership:on_trip", trip.pk, "add-photo", upload=upload, nobody_without_consent="on"
    )
    assert (sent.status_code, FieldPhoto.objects.count()) == (302, 1)
    page = browser.open("leadership:receptions")
    assert [one.trip.pk for one in page.context["trips"]] == [trip.pk]
    assert page.context["leaders"][0].week.field == (1, 3)
    unit = signed_in(case.unit.head)
    assert unit.open("leadership:receptions").status_code == 403
    sent = browser.send(
        "leadership:on_heard",
        case.pk,
        "invite",
        leader=leader.post.pk,
        day="2026-03-02",
        begins="15:00",
        place="大厅",
        told="phone",
    )
    assert sent.status_code == 302
    row = Invitation.objects.get()
    assert browser.send("leadership:on_invitation", row.pk, "answer", answer="accepted").status_code == 302
    assert Invitation.objects.get().state == InvitationState.ACCEPTED
