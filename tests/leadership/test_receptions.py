"""接访: numbers without names, what a talk came to, who takes it on, and what nobody may learn (Q1, Q2, Q35)."""

from datetime import timedelta

import pytest
import time_machine
from django.db import InternalError, transaction

from accounts.models import OrganKind
from accounts.roles import Role
from audit.models import Entry
from cases.actions import sealing
from cases.actions.register import register
from cases.intake import Reported
from cases.models import Draft, Petition, ReportedParty
from cases.states import Channel, Purpose, ReportedKind
from infra.local_settings import Setting
from infra.models import LocalSetting
from leadership.actions import receptions
from leadership.models import Sponsorship, Ticket
from leadership.reception_figures import figures
from leadership.reception_states import Came, Outcome, TicketState
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from tests.cases.browsers import signed_in, typed
from tests.cases.given import an_intake
from tests.cases.handling.given import received
from tests.given import LONG_AGO, MONDAY, a_hat, a_place, an_organ
from tests.leadership.leaders import a_leader, a_secretary, sponsored
from tests.leadership.rosters import TODAY, a_talk, sitting, took_number

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]


def at_the_talk(ticket: Ticket, **facts) -> Petition:
    """Register what a visitor says under the number's own key."""
    intake = an_intake(channel=Channel.VISIT, **facts)
    return register(ticket.pk, intake, by=a_hat(Role.REGISTRAR), now=MONDAY).petition


def seen(ticket: Ticket, **facts) -> Ticket:
    facts = {"outcome": Outcome.REGISTERED, **facts}
    return receptions.note_talk(ticket.pk, a_talk(**facts), by=a_hat(Role.REGISTRAR), now=MONDAY)


def test_q35_numbers_count_up_through_the_day_and_bear_no_name():
    _leader, day = sitting()
    window = a_hat(Role.REGISTRAR)

    first = receptions.take_number(day.pk, Came.HALL, persons=2, by=window, now=MONDAY)
    second = receptions.take_number(day.pk, Came.PHONE, persons=1, by=window, now=MONDAY)

    assert [first.ticket.number, second.ticket.number] == [1, 2]
    assert (first.code, len(second.code) > 0) == ("", True)
    assert (first.ticket.digest, second.code in str(second.ticket.digest)) == (None, False)
    assert f"{second.ticket.expected:%H:%M}" == "09:00"
    assert not {"name", "phone", "text"} & {field.name for field in Ticket._meta.get_fields()}
    assert Entry.objects.filter(verb="reception.take_number").count() == 2


def test_bookings_end_where_the_office_says_and_walking_in_does_not():
    _leader, day = sitting()
    LocalSetting.objects.create(key=Setting.BOOKINGS_A_DAY, value=1, valid_from=LONG_AGO, basis="试")
    receptions.take_number(day.pk, Came.PHONE, persons=1, by=a_hat(), now=MONDAY)

    with pytest.raises(OutOfTurn):
        receptions.take_number(day.pk, Came.PHONE, persons=1, by=a_hat(), now=MONDAY)
    took_number(day)

    assert [ticket.came for ticket in Ticket.objects.order_by("number")] == ["phone", "hall"]


def test_only_the_window_gives_numbers_and_only_while_the_day_lasts():
    leader, day = sitting()
    for by in (leader, a_secretary(leader)):
        with pytest.raises(NotAllowed):
            receptions.take_number(day.pk, Came.HALL, persons=1, by=by, now=MONDAY)
    for persons in (0, 501):
        with pytest.raises(Refused):
            receptions.take_number(day.pk, Came.HALL, persons=persons, by=a_hat(), now=MONDAY)
    with pytest.raises(OutOfTurn):
        receptions.take_number(day.pk, Came.HALL, persons=1, by=a_hat(), now=MONDAY + timedelta(hours=3))
    assert not Ticket.objects.exists()


def test_nobody_is_received_before_the_day():
    _leader, day = sitting(now=MONDAY + timedelta(days=1))
    ticket = took_number(day)
    window = signed_in(a_hat(Role.REGISTRAR))
    with pytest.raises(OutOfTurn):
        receptions.call(ticket.pk, by=a_hat(), now=MONDAY)
    with pytest.raises(OutOfTurn):
        receptions.let_go(ticket.pk, TicketState.ABSENT, by=a_hat(), now=MONDAY)
    talk = {"outcome": "answered", "persons": "1", "words": "已解释"}
    page = window.open("leadership:duty_day", day.pk).content.decode()

    assert window.send("leadership:on_ticket", ticket.pk, "note-talk", **talk).status_code == 409
    assert window.send("leadership:register_visitor", ticket.pk).url.endswith(f"/roster/days/{day.pk}/")
    assert Ticket.objects.get().state == TicketState.WAITING
    assert [name in page for name in ("/call/", "/note-talk/", "/let-go/")] == [False, False, True]
    # whoever telephones beforehand that he does not come is taken out
    receptions.let_go(ticket.pk, TicketState.CANCELLED, by=a_hat(), now=MONDAY)


def test_of_a_day_that_is_over_nothing_is_left_to_book():
    _leader, day = sitting()
    registrar = a_hat(Role.REGISTRAR)
    before = signed_in(registrar).open("leadership:duty_day", day.pk).content.decode()
    with time_machine.travel(MONDAY + timedelta(hours=4), tick=False):
        after = signed_in(registrar).open("leadership:duty_day", day.pk).content.decode()

    assert ["可预约" in page for page in (before, after)] == [True, False]
    assert ["已结束" in page for page in (before, after)] == [False, True]


def test_what_was_registered_at_the_talk_stands_on_the_number():
    leader, day = sitting()
    ticket = took_number(day)
    receptions.call(ticket.pk, by=a_hat(), now=MONDAY)
    petition = at_the_talk(ticket)

    seen(ticket, persons=3)

    row = Ticket.objects.get()
    assert (row.state, row.petition_id, row.received_by_id) == (
        TicketState.SEEN,
        petition.pk,
        leader.post.pk,
    )
    for write in (lambda: Ticket.objects.update(persons=9), lambda: Ticket.objects.all().delete()):
        with pytest.raises(InternalError), transaction.atomic():
            write()


def test_nothing_registered_is_no_petition_and_a_registered_one_is_no_answer_on_the_spot():
    _leader, day = sitting()
    ticket = took_number(day)
    with pytest.raises(Refused):
        seen(ticket)
    with pytest.raises(Refused):
        seen(ticket, outcome=Outcome.ANSWERED, words=" ")
    at_the_talk(ticket)
    with pytest.raises(Refused):
        seen(ticket, outcome=Outcome.ANSWERED)
    assert Ticket.objects.get().state == TicketState.WAITING


def test_a_talk_about_a_petition_in_hand_names_one_the_window_sees():
    _leader, day = sitting()
    case, ticket = received(), took_number(day)
    with pytest.raises(Refused):
        seen(ticket, outcome=Outcome.IN_HAND, number="LS2026-999999")

    seen(ticket, outcome=Outcome.IN_HAND, number=case.petition.number)

    assert Ticket.objects.get().petition_id == case.pk


def test_q1_a_report_told_at_a_talk_stands_on_no_number():
    leader, day = sitting()
    ticket = took_number(day)
    sealed = at_the_talk(
        ticket,
        purpose=Purpose.REPORT_ACCUSATION,
        reported=(Reported(kind=ReportedKind.PERSON, name="某"),),
    )
    assert sealed.sealed

    seen(ticket)

    assert Ticket.objects.get().petition_id is None
    with pytest.raises(OutOfTurn):
        receptions.take_on(ticket.pk, reason="亲自过问", by=leader, now=MONDAY)
    page = signed_in(leader).open("leadership:duty_day", day.pk)
    assert sealed.number not in page.content.decode()


def test_q1_what_is_sealed_later_leaves_the_queue_with_what_was_said():
    leader, day = sitting()
    ticket = took_number(day)
    petition = at_the_talk(ticket)
    seen(ticket, persons=2)
    window = signed_in(a_hat(Role.REGISTRAR))
    assert petition.number in window.open("leadership:duty_day", day.pk).content.decode()

    reported = (Reported(kind=ReportedKind.PERSON, name="某"),)
    sealing.seal(petition.pk, reason="反映干部", reported=reported, by=a_hat(), now=MONDAY)

    left = window.open("leadership:duty_day", day.pk).content.decode()
    assert petition.number not in left
    assert "已当面解释政策" not in left
    with pytest.raises(Unknown):
        receptions.take_on(ticket.pk, reason="亲自过问", by=leader, now=MONDAY)
    assert not Sponsorship.objects.exists()


def test_the_leader_takes_on_what_he_heard_and_sponsors_it():
    leader, day = sitting()
    ticket = took_number(day)
    petition = at_the_talk(ticket)
    seen(ticket)
    with pytest.raises(NotAllowed):
        receptions.take_on(ticket.pk, reason="过问", by=a_leader("宣传部长"), now=MONDAY)
    with pytest.raises(Refused):
        receptions.take_on(ticket.pk, reason=" ", by=leader, now=MONDAY)
    assert not Sponsorship.objects.exists()

    row = receptions.take_on(ticket.pk, reason="当面承诺", by=leader, now=MONDAY)

    assert (row.petition_id, row.post_id) == (petition.pk, leader.post.pk)
    assert Ticket.objects.get().sponsorship_id == row.pk
    assert Petition.objects.visible_to(leader).filter(pk=petition.pk).exists()
    with pytest.raises(OutOfTurn):
        receptions.take_on(ticket.pk, reason="再次", by=leader, now=MONDAY)


def test_q2_nobody_takes_on_what_names_himself():
    leader, day = sitting()
    ticket = took_number(day)
    petition = at_the_talk(ticket)
    seen(ticket)
    ReportedParty.objects.create(petition=petition, kind=ReportedKind.PERSON, user=leader.user)

    with pytest.raises(Refused):
        receptions.take_on(ticket.pk, reason="过问", by=leader, now=MONDAY)
    assert not Sponsorship.objects.exists()


def test_what_has_a_sponsor_is_not_taken_on_by_another():
    leader, day = sitting()
    case, _other, _row = sponsored(leader=a_leader("常务副区长"))
    ticket = took_number(day)
    seen(ticket, outcome=Outcome.IN_HAND, number=case.petition.number)

    with pytest.raises(OutOfTurn):
        receptions.take_on(ticket.pk, reason="过问", by=leader, now=MONDAY)
    assert Ticket.objects.get().sponsorship is None


def test_who_did_not_come_leaves_the_queue_and_counts_nowhere():
    leader, day = sitting()
    ticket = took_number(day, persons=4)
    receptions.let_go(ticket.pk, TicketState.ABSENT, by=a_hat(), now=MONDAY)

    with pytest.raises(OutOfTurn):
        receptions.call(ticket.pk, by=a_hat(), now=MONDAY)
    counted = figures(day.office, since=TODAY, until=TODAY, today=TODAY)
    assert [(one.post.pk, one.done.hall, one.done.sittings) for one in counted] == [
        (leader.post.pk, (0, 0), 1)
    ]


def test_groups_and_persons_are_counted_for_who_sat():
    leader, day = sitting()
    for persons in (2, 3):
        seen(took_number(day), outcome=Outcome.ANSWERED, persons=persons)

    (counted,) = figures(day.office, since=TODAY, until=TODAY, today=TODAY)

    assert (counted.post.pk, counted.done.hall, counted.done.batches) == (leader.post.pk, (2, 5), 2)


def test_a_number_of_another_district_is_unknown():
    _leader, day = sitting()
    ticket = took_number(day)
    elsewhere = an_organ(
        "FSX", kind=OrganKind.PETITION_OFFICE, place=a_place("141121", "汾阳"), number_prefix="FSX"
    )
    stranger = a_hat(Role.PETITION_OFFICER, organ=elsewhere)

    with pytest.raises(Unknown):
        receptions.call(ticket.pk, by=stranger, now=MONDAY)
    browser = signed_in(stranger)
    assert browser.open("leadership:ticket", ticket.pk).status_code == 404
    assert browser.send("leadership:on_ticket", ticket.pk, "call").status_code == 404
    assert Ticket.objects.get().state == TicketState.WAITING


def test_another_leader_reads_who_sits_and_not_the_queue():
    leader, day = sitting()
    took_number(day)

    mine, other = (
        signed_in(hat).open("leadership:duty_day", day.pk) for hat in (leader, a_leader("宣传部长"))
    )

    assert (len(mine.context["queue"]), mine.context["reads"]) == (1, True)
    assert (other.context["queue"], other.context["reads"]) == ([], False)


def test_the_window_works_through_the_queue_on_the_page():
    leader, day = sitting()
    window = signed_in(a_hat(Role.REGISTRAR))
    window.send("leadership:on_duty_day", day.pk, "take-number", came="hall", persons="2")
    ticket = Ticket.objects.get()
    assert window.send("leadership:on_ticket", ticket.pk, "call").status_code == 302
    form = window.send("leadership:register_visitor", ticket.pk)
    assert form.url.endswith(f"/drafts/{ticket.pk}/?persons=2")
    assert window.get(form.url).context["form"].main["petitioner_count"].value() == 2
    window.post(form.url, {"hat": window.hat.key, "do": "register", **typed(channel="visit")})
    petition = Petition.objects.get()
    assert (petition.submission_id, Draft.objects.count()) == (ticket.pk, 0)

    bad = window.send(
        "leadership:on_ticket", ticket.pk, "note-talk", outcome="registered", persons="2", words=""
    )
    assert bad.status_code == 422
    window.send(
        "leadership:on_ticket", ticket.pk, "note-talk", outcome="registered", persons="2", words="十日内答复"
    )
    page = signed_in(leader).open("leadership:duty_day", day.pk)
    assert (page.context["batches"], page.context["persons"]) == (1, 2)
    # he does not see the petition until he takes it on
    assert petition.number not in page.content.decode()
    office = signed_in(a_hat())
    assert office.send("leadership:on_ticket", ticket.pk, "take-on", reason="当面承诺").status_code == 302
    assert petition.number in signed_in(leader).open("leadership:duty_day", day.pk).content.decode()
    case_page = office.open("cases:petition", petition.pk).content.decode()
    assert "十日内答复" in case_page
