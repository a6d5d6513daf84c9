"""The month's bulletin: drawn up once from the facts at the month's end, issued by a person, sealed matters nowhere."""

import pytest
from django.db import IntegrityError, InternalError, transaction

from accounts.models import OrganKind
from accounts.roles import Role
from audit.models import Entry
from cases.actions import sealing
from cases.intake import Reported
from cases.models import PetitionClock, ReportedParty
from cases.states import ReportedKind
from documents.models import Document
from infra.sweep_runs import Tally
from leadership.actions.bulletins import (
    draw_bulletin_anew,
    fetch_bulletin,
    issue_bulletin,
    leave_out,
    withdraw_bulletin,
    write_in_bulletin,
)
from leadership.bulletin_pages import doubts_about
from leadership.models import Bulletin, BulletinLine
from leadership.states import Adopted, BulletinState, Part, SlipKind
from leadership.sweeps import draw_bulletins
from lib.errors import NotAllowed, OutOfTurn, Refused, Stale, Unknown
from notices.models import Notice
from tests.cases.browsers import signed_in
from tests.cases.handling.given import a_unit, at, received, registered
from tests.given import MONDAY, a_hat, an_organ
from tests.leadership.given import issued, replied, the_conference

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]

# 2026-04-01 is a Wednesday, 2026-05-01 begins the holiday, 2026-05-06 is worked again
FIRST_OF_APRIL = at(4, 1, 7)


def draw(now=FIRST_OF_APRIL) -> int:
    return draw_bulletins(now=now, tally=Tally())


def drawn(now=FIRST_OF_APRIL):
    """Make a unit's acceptance (T3) pass on 17 March, and draw March up."""
    case = received()
    draw(now)
    return case, Bulletin.objects.get(office=case.office.organ)


def parts_of(bulletin) -> list[tuple[str, str]]:
    return [(line.part, line.organ.code) for line in bulletin.lines.order_by("pk")]


def test_what_is_overdue_at_the_months_end_is_drawn_up_once_on_the_first_working_day():
    case = received()

    assert draw(at(3, 31, 23)) == 0
    assert draw() == 1
    assert draw(at(4, 2)) == 0

    line = BulletinLine.objects.get()
    assert (line.part, line.organ, line.clock.code) == (Part.OVERDUE, case.unit.organ, "T3")
    assert (f"{line.bulletin.month:%Y-%m}", line.bulletin.state) == ("2026-03", BulletinState.DRAWN)
    assert Notice.objects.filter(post=case.office.head.post, kind="bulletin_drawn").count() == 1
    assert not Notice.objects.filter(post=case.unit.officer.post, kind__startswith="bulletin").exists()
    drawn_up = Entry.objects.filter(verb="bulletin.draw_up", facts__month="2026-03")
    assert [entry.facts["lines"] for entry in drawn_up] == [1]


def test_a_first_working_day_after_a_holiday_is_waited_for_and_a_missed_one_made_up_for():
    received()

    assert draw(at(5, 4)) == 0
    assert draw(at(5, 9)) == 1
    assert f"{Bulletin.objects.get().month:%Y-%m}" == "2026-04"


def test_what_was_done_late_within_the_month_is_listed_as_repaired_and_as_overdue_if_done_after_it():
    late, later, in_time = received(), received(), received()
    for case, day in ((late, at(3, 20)), (later, at(4, 1, 6)), (in_time, at(3, 10))):
        PetitionClock.objects.filter(petition=case.pk, code="T3").update(
            met_at=day, next_alarm_at=None, breached_at=None if case is in_time else at(3, 18, 0)
        )

    draw()

    found = {line.petition_id: (line.part, line.done_on) for line in BulletinLine.objects.all()}
    assert found == {late.pk: (Part.LATE, at(3, 20).date()), later.pk: (Part.OVERDUE, None)}


def test_slips_without_an_answer_and_answered_recommendations_are_listed_with_what_was_said():
    _unanswered, slip = issued()
    answered, advice = issued(received(registered(unit=a_unit("CG"))), SlipKind.IMPROVE_WORK)
    replied(answered, advice, adopted=Adopted.PARTLY, now=at(3, 3))

    draw()

    slips = {line.slip_id: (line.part, line.done_on) for line in BulletinLine.objects.exclude(slip=None)}
    assert slips == {
        slip.pk: (Part.UNANSWERED, None),
        advice.pk: (Part.RECOMMENDED, at(3, 3).date()),
    }


def test_an_office_with_nothing_to_say_has_an_empty_one_and_nobody_is_told():
    case = received(registered(now=at(3, 30)), now=at(3, 30))
    tally = Tally()

    assert draw_bulletins(now=FIRST_OF_APRIL, tally=tally) == 0

    assert tally.skipped == {"nothing_to_list": 1}
    bulletin = Bulletin.objects.get()
    assert not Notice.objects.filter(kind="bulletin_drawn").exists()
    with pytest.raises(OutOfTurn):
        issue_bulletin(bulletin.pk, version=1, by=case.office.head, now=FIRST_OF_APRIL)


def test_q_2_nothing_sealed_and_no_unit_that_is_complained_of():
    sealed, named = received(), received(registered(unit=a_unit("CG")))
    reported = [Reported(kind=ReportedKind.UNIT, organ_id=sealed.unit.organ.pk, name="")]
    sealing.seal(sealed.pk, reason="反映该局干部", reported=reported, by=sealed.office.officer, now=MONDAY)
    ReportedParty.objects.create(petition=named.petition, kind=ReportedKind.UNIT, organ=named.unit.organ)

    draw()

    assert not BulletinLine.objects.exists()


def test_a_person_issues_it_on_numbered_paper_and_the_unit_is_told():
    case, bulletin = drawn()

    write_in_bulletin(
        bulletin.pk, version=1, words="请对照整改。", by=case.office.officer, now=FIRST_OF_APRIL
    )
    issue_bulletin(bulletin.pk, version=2, by=case.office.head, now=FIRST_OF_APRIL)

    bulletin.refresh_from_db()
    said = "\n".join(bulletin.document.paper.paragraphs)
    assert bulletin.document.number.endswith("通〔2026〕1号")
    for words in (
        "2026年3月31日24时",
        case.unit.organ.name,
        case.petition.number,
        "逾期14天",
        "请对照整改。",
    ):
        assert words in said
    assert "张大强" not in said
    assert Notice.objects.unread().filter(post=case.unit.officer.post, kind="bulletin_names_you").count() == 1
    assert not Notice.objects.unread().filter(kind="bulletin_drawn").exists()
    assert Entry.objects.get(verb="bulletin.issue").facts["organs"] == [case.unit.organ.code]


def test_the_joint_conferences_office_issues_it_too_and_nobody_else_does():
    case, bulletin = drawn()
    officer, _second = the_conference()
    elsewhere = an_organ("QX", kind=OrganKind.PETITION_OFFICE, name="邻区信访局", short_name="邻区信访局")

    with pytest.raises(NotAllowed):
        issue_bulletin(bulletin.pk, version=1, by=case.office.officer, now=FIRST_OF_APRIL)
    for stranger in (case.unit.head, a_hat(Role.OFFICE_DIRECTOR, organ=elsewhere), a_hat(Role.REGISTRAR)):
        with pytest.raises(Unknown):
            issue_bulletin(bulletin.pk, version=1, by=stranger, now=FIRST_OF_APRIL)
    assert not Document.objects.filter(kind="bulletin").exists()

    issue_bulletin(bulletin.pk, version=1, by=officer, now=FIRST_OF_APRIL)
    with pytest.raises(OutOfTurn):
        issue_bulletin(bulletin.pk, version=1, by=case.office.head, now=FIRST_OF_APRIL)

    assert Document.objects.get(kind="bulletin").organ == officer.organ


def test_a_matter_is_left_out_with_a_reason_and_who_had_not_seen_it_reads_again():
    case, bulletin = drawn()
    line = bulletin.lines.get()
    with pytest.raises(Refused):
        leave_out(bulletin.pk, line_id=line.pk, reason=" ", by=case.office.head, now=FIRST_OF_APRIL)
    with pytest.raises(NotAllowed):
        leave_out(bulletin.pk, line_id=line.pk, reason="误列", by=case.office.officer, now=FIRST_OF_APRIL)
    assert BulletinLine.objects.get().left_out == ""

    leave_out(bulletin.pk, line_id=line.pk, reason="误列", by=case.office.head, now=FIRST_OF_APRIL)

    with pytest.raises(Stale):
        issue_bulletin(bulletin.pk, version=1, by=case.office.head, now=FIRST_OF_APRIL)
    with pytest.raises(OutOfTurn):
        issue_bulletin(bulletin.pk, version=2, by=the_conference()[0], now=FIRST_OF_APRIL)
    assert Entry.objects.get(verb="bulletin.leave_out").facts == {"organ": line.organ.code, "part": "overdue"}


def test_q_1_what_is_sealed_after_the_issue_is_read_no_more_and_the_paper_is_handed_out_no_more():
    case, bulletin = drawn()
    issue_bulletin(bulletin.pk, version=1, by=case.office.head, now=FIRST_OF_APRIL)
    assert fetch_bulletin(bulletin.pk, by=case.office.head, now=FIRST_OF_APRIL)
    reported = [Reported(kind=ReportedKind.UNIT, organ_id=case.unit.organ.pk, name="")]
    sealing.seal(case.pk, reason="反映该局干部", reported=reported, by=case.office.officer, now=at(4, 2))

    with pytest.raises(Unknown):
        fetch_bulletin(bulletin.pk, by=case.office.head, now=at(4, 2))
    page = signed_in(case.office.head).open("leadership:bulletin", bulletin.pk)
    assert case.petition.number not in page.content.decode()
    assert signed_in(case.unit.officer).open("leadership:bulletin", bulletin.pk).status_code == 404


def test_a_unit_reads_its_own_matters_once_issued_and_not_the_whole_paper():
    case, other = received(), received(registered(unit=a_unit("CG")))
    draw()
    bulletin = Bulletin.objects.get(office=case.office.organ)
    unit = signed_in(case.unit.officer)
    assert unit.open("leadership:bulletin", bulletin.pk).status_code == 404
    issue_bulletin(bulletin.pk, version=1, by=case.office.head, now=FIRST_OF_APRIL)

    page = unit.open("leadership:bulletin", bulletin.pk).content.decode()

    assert (case.petition.number in page, other.petition.number in page) == (True, False)
    assert unit.open("leadership:bulletin_file", bulletin.pk).status_code == 404
    assert unit.open("leadership:bulletin_working_copy", bulletin.pk).status_code == 404
    assert str(bulletin.pk) in unit.open("leadership:bulletins").content.decode()
    neighbour = signed_in(a_unit("JT").officer)
    assert neighbour.open("leadership:bulletin", bulletin.pk).status_code == 404
    assert str(bulletin.pk) not in neighbour.open("leadership:bulletins").content.decode()


def test_a_leader_reads_what_was_issued_in_his_place_and_no_draft():
    case, bulletin = drawn()
    leader = signed_in(
        a_hat(Role.LEADER, organ=an_organ("QW", kind=OrganKind.LEADING_BODY, name="区委区政府"))
    )
    assert leader.open("leadership:bulletin", bulletin.pk).status_code == 404
    issue_bulletin(bulletin.pk, version=1, by=case.office.head, now=FIRST_OF_APRIL)

    assert case.petition.number in leader.open("leadership:bulletin", bulletin.pk).content.decode()
    assert leader.open("leadership:bulletin_file", bulletin.pk).status_code == 200
    assert leader.open("leadership:bulletin_working_copy", bulletin.pk).status_code == 200


def test_the_page_issues_and_leaves_out_and_a_refusal_keeps_what_was_typed():
    case, bulletin = drawn()
    second = received(registered(unit=a_unit("CG")))
    head = signed_in(case.office.head)
    page = head.open("leadership:bulletin", bulletin.pk)
    assert [offer.deed.slug for offer in page.context["offers"]] == ["issue", "write", "leave-out"]
    assert second.petition.number not in page.content.decode()

    officer = signed_in(case.office.officer)
    wrong = officer.send("leadership:on_bulletin", bulletin.pk, "write", version=9, words="请对照整改")
    assert (wrong.status_code, "请对照整改" in wrong.content.decode()) == (409, True)
    officer.send("leadership:on_bulletin", bulletin.pk, "write", version=1, words="请对照整改")
    assert "请对照整改" in "\n".join(
        head.open("leadership:bulletin", bulletin.pk).context["preview"].paragraphs
    )
    done = head.send("leadership:on_bulletin", bulletin.pk, "issue", version=2)

    assert done.status_code == 302
    assert Bulletin.objects.get().is_issued
    assert signed_in(case.office.officer).open("leadership:bulletins").status_code == 200


def test_whoever_wrote_in_it_or_left_something_out_last_does_not_issue_it():
    case, bulletin = drawn()
    conference, _second = the_conference()
    write_in_bulletin(bulletin.pk, version=1, words="请整改。", by=conference, now=FIRST_OF_APRIL)

    with pytest.raises(NotAllowed):
        issue_bulletin(bulletin.pk, version=2, by=conference, now=FIRST_OF_APRIL)
    assert not Document.objects.filter(kind="bulletin").exists()
    page = signed_in(conference).open("leadership:bulletin", bulletin.pk)
    assert [offer.deed.slug for offer in page.context["offers"]] == ["write", "leave-out"]

    issue_bulletin(bulletin.pk, version=2, by=case.office.head, now=FIRST_OF_APRIL)
    assert Bulletin.objects.get().is_issued


def test_units_and_registrars_write_in_no_bulletin_and_no_number_stands_in_it():
    case, bulletin = drawn()

    for hat in (case.unit.head, a_hat(Role.REGISTRAR, organ=case.office.organ)):
        with pytest.raises(Unknown):
            write_in_bulletin(bulletin.pk, version=1, words="请整改", by=hat, now=FIRST_OF_APRIL)
    with pytest.raises(Refused):
        write_in_bulletin(
            bulletin.pk, version=1, words="电话13800001234", by=case.office.officer, now=FIRST_OF_APRIL
        )
    assert (Bulletin.objects.get().words, Bulletin.objects.get().version) == ("", 1)


def test_names_and_counts_in_its_words_are_warned_of():
    case, bulletin = drawn()
    words = "本月信访总量上升20%，李四反复上访，张大强一事请抓紧。"
    write_in_bulletin(bulletin.pk, version=1, words=words, by=case.office.officer, now=FIRST_OF_APRIL)

    page = signed_in(case.office.head).open("leadership:bulletin", bulletin.pk)
    said = "\n".join(page.context["doubts"])
    for found in ("总量", "上升", "20%", "李四", "张大强"):
        assert f"“{found}”" in said
    assert doubts_about("请各单位对照期限抓紧办理，按时反馈。", ["张大强"]) == []


def test_an_issued_bulletin_is_withdrawn_with_a_reason_and_kept_by_its_office():
    case, bulletin = drawn()
    issue_bulletin(bulletin.pk, version=1, by=case.office.head, now=FIRST_OF_APRIL)
    with pytest.raises(Refused):
        withdraw_bulletin(bulletin.pk, reason=" ", by=case.office.head, now=at(4, 2))
    with pytest.raises(NotAllowed):
        withdraw_bulletin(bulletin.pk, reason="误列", by=case.office.officer, now=at(4, 2))
    with pytest.raises(NotAllowed):
        withdraw_bulletin(bulletin.pk, reason="误列", by=case.unit.head, now=at(4, 2))
    assert Bulletin.objects.get().is_issued

    withdraw_bulletin(bulletin.pk, reason="误列", by=case.office.head, now=at(4, 2))

    assert signed_in(case.unit.officer).open("leadership:bulletin", bulletin.pk).status_code == 404
    assert not Notice.objects.standing().filter(kind="bulletin_names_you").exists()
    page = signed_in(case.office.officer).open("leadership:bulletin", bulletin.pk).content.decode()
    assert "误列" in page
    assert fetch_bulletin(bulletin.pk, by=case.office.head, now=at(4, 2))
    assert Entry.objects.filter(verb="bulletin.withdraw").count() == 1
    with pytest.raises(OutOfTurn):
        withdraw_bulletin(bulletin.pk, reason="误列", by=case.office.head, now=at(4, 2))
    with pytest.raises(InternalError), transaction.atomic():
        Bulletin.objects.update(state=BulletinState.ISSUED, withdrawn_at=None, withdrawn_because="")


def test_the_month_of_a_withdrawn_bulletin_gets_another_from_the_facts_as_they_stand():
    case, bulletin = drawn()
    head = case.office.head
    with pytest.raises(OutOfTurn):
        draw_bulletin_anew(bulletin.pk, by=head, now=at(4, 2))
    issue_bulletin(bulletin.pk, version=1, by=head, now=FIRST_OF_APRIL)
    withdraw_bulletin(bulletin.pk, reason="误列", by=head, now=at(4, 2))
    with pytest.raises(NotAllowed):
        draw_bulletin_anew(bulletin.pk, by=case.office.officer, now=at(4, 2))
    for neighbour in (case.unit.head, a_unit("CG").head):
        with pytest.raises(Unknown):
            draw_bulletin_anew(bulletin.pk, by=neighbour, now=at(4, 2))
    assert Bulletin.objects.count() == 1

    page = signed_in(head).send("leadership:on_bulletin", bulletin.pk, "draw-anew")

    another = Bulletin.objects.exclude(pk=bulletin.pk).get()
    assert page["Location"].endswith(f"/{another.pk}/")
    assert (another.month, another.state) == (bulletin.month, BulletinState.DRAWN)
    assert [line.petition_id for line in another.lines.all()] == [
        line.petition_id for line in bulletin.lines.all()
    ]
    assert Bulletin.objects.get(pk=bulletin.pk).withdrawn_because == "误列"
    with pytest.raises(OutOfTurn):
        draw_bulletin_anew(bulletin.pk, by=head, now=at(4, 3))
    assert draw(at(4, 3)) == 0
    assert Bulletin.objects.count() == 2
    assert issue_bulletin(another.pk, version=1, by=head, now=at(4, 3)).is_issued


def test_what_was_issued_stays_as_it_is():
    case, bulletin = drawn()
    issue_bulletin(bulletin.pk, version=1, by=case.office.head, now=FIRST_OF_APRIL)

    with pytest.raises(InternalError), transaction.atomic():
        Bulletin.objects.filter(pk=bulletin.pk).update(words="另一句")
    with pytest.raises(IntegrityError), transaction.atomic():
        Bulletin.objects.create(
            office=case.office.organ, month=bulletin.month, state=BulletinState.DRAWN, drawn_at=MONDAY
        )
