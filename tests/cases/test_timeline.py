"""What a petition's timeline still says of its time in the sealed lane once it is open again (Q1; protection §2.5)."""

from datetime import datetime, timedelta

import pytest

from accounts.hats import Hat
from accounts.roles import Role
from cases.actions.attachments import add_to_petition
from cases.actions.looks import look
from cases.actions.people import PersonField, reveal
from cases.actions.sealing import let_in, seal, shut_out, unseal
from cases.intake import Reported
from cases.models import Petition
from cases.states import AttachmentKind, ReportedKind
from cases.timeline import Kind, timeline_of
from infra.files import Checked
from tests.cases.given import a_petition
from tests.given import MONDAY, a_hat, a_user, an_organ

pytestmark = pytest.mark.django_db

REPORTED = [Reported(kind=ReportedKind.PERSON, name="某某")]


def at(minutes: int) -> datetime:
    return MONDAY + timedelta(minutes=minutes)


class Lane:
    """A petition that went through the sealed lane and came out again, and the people of that time."""

    def __init__(self) -> None:
        self.registrar = self._somebody(Role.REGISTRAR, "登记人")
        self.sealer = self._somebody(Role.PETITION_OFFICER, "密封人")
        self.officer = self._somebody(Role.SEALED_LANE_OFFICER, "密件人")
        self.let_in = self._somebody(Role.CASE_OFFICER, "准入人")
        self.petition = a_petition(self.registrar)
        seal(self.petition.pk, reason="点名", reported=REPORTED, by=self.sealer, now=at(1))
        let_in(self.petition.pk, post_id=self.let_in.post.pk, reason="协办", by=self.officer, now=at(2))
        look(self.petition.pk, by=self.let_in, now=at(3))
        self._uncover(self.officer, at(4))
        file = Checked("a.pdf", "application/pdf", b"%PDF-1.4")
        add_to_petition(self.petition.pk, file=file, kind=AttachmentKind.SCAN, by=self.officer, now=at(5))
        shut_out(self.petition.pk, post_id=self.let_in.post.pk, by=self.officer, now=at(6))

    def _somebody(self, role: Role, name: str) -> Hat:
        organ = an_organ() if role is Role.CASE_OFFICER else None
        return a_hat(role, user=a_user(name=name), **({"organ": organ} if organ else {}))

    def _uncover(self, hat: Hat, now: datetime) -> None:
        reporter = self.petition.reporters.get()
        reveal(self.petition.pk, reporter.pk, field=PersonField.NAME, by=hat, now=now)

    def out_again(self) -> Petition:
        return unseal(self.petition.pk, reason="并非检举", by=self.officer, now=at(7))


def words_of(petition: Petition, kind: Kind | None = None) -> list[tuple[str, str]]:
    """Return what stands in the timeline and who is named beside it, newest first."""
    return [
        (line.icon, line.who.split(" ")[0])
        for line in timeline_of(petition, a_hat(Role.OFFICE_DIRECTOR), for_the_team=True, kind=kind)
    ]


def test_q1_the_open_timeline_names_nobody_of_the_time_under_seal():
    petition = Lane().out_again()

    assert words_of(petition) == [("lock", ""), ("paperclip", ""), ("lock", ""), ("users", "登记人")]


def test_q1_the_list_of_looks_does_not_tell_who_read_it_under_seal():
    lane = Lane()
    petition = lane.out_again()
    look(petition.pk, by=lane.sealer, now=at(8))

    assert words_of(petition, Kind.AUDIT) == [("eye", "密封人")]


def test_q1_the_lane_itself_sees_who_was_let_in():
    lane = Lane()

    named = {who for _icon, who in words_of(Petition.objects.get(pk=lane.petition.pk))}

    assert named == {"登记人", "密封人", "密件人"}


def test_q1_what_is_done_after_unsealing_bears_its_name_again():
    lane = Lane()
    petition = lane.out_again()
    file = Checked("b.pdf", "application/pdf", b"%PDF-1.4")
    add_to_petition(petition.pk, file=file, kind=AttachmentKind.SCAN, by=lane.registrar, now=at(8))

    assert words_of(petition)[0] == ("paperclip", "登记人")


def test_q1_a_petition_sealed_from_the_start_and_opened_later_names_its_registrar_only():
    officer = a_hat(Role.SEALED_LANE_OFFICER, user=a_user(name="密件人"))
    petition = a_petition(a_hat(Role.REGISTRAR, user=a_user(name="登记人")), names_a_wrongdoer=True)

    opened = unseal(petition.pk, reason="登记有误", by=officer, now=at(1))

    assert words_of(opened) == [("lock", ""), ("users", "登记人")]
