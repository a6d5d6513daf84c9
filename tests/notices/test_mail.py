"""A letter by the district's own mail server, spoken to as a server is."""

import socketserver
import threading
from collections.abc import Iterator
from email import message_from_string
from email.header import decode_header, make_header

import pytest
from apprise.plugins.email.common import SECURE_MODES, SecureMailMode

from notices.models import ChannelKind, Delivery, DeliveryState, Fault
from notices.sweeps import write_digests
from tests.notices.given import a_channel
from tests.notices.test_outbox import HALF_PAST_EIGHT, an_urged_petition, delivery_of, send

pytestmark = pytest.mark.django_db


class Talk(socketserver.StreamRequestHandler):
    """As much of SMTP as one letter takes."""

    def handle(self) -> None:
        self.say("220 ready")
        while line := self.rfile.readline().decode().strip():
            word = line.split(" ")[0].upper()
            if word == "DATA":
                self.say("354 go on")
                lines = []
                while (one := self.rfile.readline().decode().rstrip("\r\n")) != ".":
                    lines.append(one)
                self.server.letters.append("\n".join(lines))
            if word == "QUIT":
                self.say("221 bye")
                return
            self.say("250 OK")

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    letters: list[str]


@pytest.fixture
def mail_server(monkeypatch) -> Iterator[MailServer]:
    with MailServer(("127.0.0.1", 0), Talk) as server:
        server.letters = []
        # in a test without TLS, and where this server listens
        monkeypatch.setattr("notices.gateways._MAIL_SCHEMA", "mailto")
        monkeypatch.setitem(SECURE_MODES[SecureMailMode.INSECURE], "default_port", server.server_address[1])
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server
        server.shutdown()


def text_of(letter: str) -> str:
    parts = message_from_string(letter).walk()
    return "".join(
        part.get_payload(decode=True).decode() for part in parts if part.get_content_type() == "text/plain"
    )


def test_a_letter_names_numbers_and_last_days_and_no_petitioner(mail_server):
    case = an_urged_petition()
    case.office.head.user.email = "juzhang@lishi.gov.cn"
    case.office.head.user.save(update_fields=["email"])
    a_channel(ChannelKind.MAIL, host="127.0.0.1")
    write_digests(now=HALF_PAST_EIGHT)

    send()

    assert delivery_of(case).state == DeliveryState.SENT
    (letter,) = mail_server.letters
    assert "To: juzhang@lishi.gov.cn" in letter
    assert "提醒" in str(make_header(decode_header(message_from_string(letter)["Subject"])))
    text = text_of(letter)
    assert case.petition.number in text
    assert "2026-03-17" in text
    assert "张大强" not in text
    assert "永宁花园" not in text


def test_who_chose_english_is_written_to_in_english(mail_server):
    case = an_urged_petition()
    user = case.office.head.user
    user.email, user.language = "juzhang@lishi.gov.cn", "en"
    user.save(update_fields=["email", "language"])
    a_channel(ChannelKind.MAIL, host="127.0.0.1")
    write_digests(now=HALF_PAST_EIGHT)

    send()

    assert "last day 2026-03-17" in text_of(mail_server.letters[0])


def test_a_mail_server_that_is_away_is_tried_again():
    case = an_urged_petition()
    case.office.head.user.email = "juzhang@lishi.gov.cn"
    case.office.head.user.save(update_fields=["email"])
    a_channel(ChannelKind.MAIL, host="127.0.0.1")
    write_digests(now=HALF_PAST_EIGHT)

    send()

    left = Delivery.objects.get(post=case.office.head.post)
    assert (left.state, left.attempts) == (DeliveryState.WAITING, 1)
    assert left.fault in {Fault.REFUSED, Fault.NO_ANSWER}
