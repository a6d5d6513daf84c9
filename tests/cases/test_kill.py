"""kill -9 of the web server in the middle of registering: each petition is there whole, or not at all (R-10)."""

import http.client
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.utils import timezone

from accounts.actions.tokens import make_token
from accounts.roles import Role
from audit.models import Entry
from cases.models import Petition
from config.services import programs
from config.services.house import Door, web
from tests.cases.given import a_category, a_village
from tests.commands.given import ROOT, a_free_port, descendants_of
from tests.given import a_hat, a_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.kill]

KILLS = 4
SENDERS = 3


class Sender(threading.Thread):
    """Registers one submission after another; what got no answer is remembered."""

    def __init__(self, port: int, key: str, body: dict[str, object]) -> None:
        super().__init__(daemon=True)
        self.port, self.key, self.body = port, key, body
        self.answered: dict[UUID, str] = {}
        self.unanswered: set[UUID] = set()
        self.enough = threading.Event()

    def run(self) -> None:
        while not self.enough.is_set():
            submission = uuid4()
            number = register(self.port, self.key, self.body | {"submission_id": str(submission)})
            if number is None:
                self.unanswered.add(submission)
                time.sleep(0.05)
            else:
                self.answered[submission] = number


def register(port: int, key: str, body: dict[str, object]) -> str | None:
    """Return the number a submission was given, nothing if no answer came."""
    asking = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    headers = {"Authorization": f"Token {key}", "Content-Type": "application/json", "Host": "localhost"}
    try:
        asking.request("POST", "/api/v1/petitions/", json.dumps(body), headers)
        answer = asking.getresponse()
        said = json.loads(answer.read())
    except (OSError, http.client.HTTPException, ValueError):
        return None
    finally:
        asking.close()
    assert answer.status == 201, said
    return str(said["number"])


class Server:
    """The product's own web server on the test's database."""

    def __init__(self, folder: Path) -> None:
        self.door, self.log = Door(a_free_port()), folder / "web.log"
        tests_own = f"/{connection.settings_dict['NAME']}"
        address = urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=tests_own))
        self.environment = {**os.environ, "DATABASE_URL": address, "HUIYIN_VAR": str(folder), "DEBUG": "true"}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        program = web(ROOT, self.door, self.environment)
        self.process = programs.start(program, self.log)
        programs.wait_until_ready(program, self.process, self.log, seconds=30)

    def kill(self) -> None:
        """End the server and its workers with no chance to tidy up."""
        for pid in {self.process.pid, *descendants_of(self.process.pid)}:
            os.kill(pid, signal.SIGKILL)
        programs.clear_away(self.process)


def a_body() -> dict[str, object]:
    return {
        "channel": "web",
        "purpose": "request",
        "title": "永宁花园购房多年未办证",
        "text": "2013 年买的房，至今没有办下不动产权证。",
        "received_at": timezone.now().isoformat(),
        "place": a_village().code,
        "content_category": a_category().code,
        "claims": ["办证", "退费"],
        "people": [{"name": "张大强", "phone": "13800001234"}, {"name": "李梅", "role": "accompanying"}],
    }


def wholeness(petition: Petition) -> dict[str, int]:
    """Count everything that belongs to a petition from its first moment."""
    return {
        "text": int(petition.words.text.startswith("2013")),
        "claims": petition.claims.count(),
        "people": petition.people.count(),
        "clocks": petition.clocks.count(),
        "parts": petition.involvements.count(),
        "codes": petition.query_codes.count(),
        "entries": Entry.objects.about(petition).filter(verb="petition.register").count(),
    }


WHOLE = {"text": 1, "claims": 2, "people": 2, "clocks": 2, "parts": 1, "codes": 1, "entries": 1}


def test_r10_q16_a_server_killed_in_the_middle_leaves_whole_petitions_without_a_gap(tmp_path):
    keeper, registrar = a_hat(Role.SECURITY_ADMINISTRATOR, user=a_user("安全员")), a_hat(Role.REGISTRAR)
    made = make_token(registrar.post.pk, label="对接", may_write=True, days=9, by=keeper, now=timezone.now())
    server, body = Server(tmp_path), a_body()
    server.start()
    senders = [Sender(server.door.port, made.key, body) for _ in range(SENDERS)]
    for sender in senders:
        sender.start()

    moments = random.Random(2026)
    for _number in range(KILLS):
        time.sleep(moments.uniform(0.4, 1.2))
        server.kill()
        server.start()
    time.sleep(0.5)
    for sender in senders:
        sender.enough.set()
        sender.join(15)
    answered = {key: number for sender in senders for key, number in sender.answered.items()}
    unanswered = set().union(*(sender.unanswered for sender in senders))
    again = {
        key: register(server.door.port, made.key, body | {"submission_id": str(key)}) for key in unanswered
    }
    server.kill()

    petitions = list(Petition.objects.select_related("words").order_by("number"))
    year = timezone.localdate().year
    assert len(answered) > KILLS and unanswered
    assert {petition.submission_id: petition.number for petition in petitions} == {**answered, **again}
    assert [petition.number for petition in petitions] == [
        f"LS{year}-{number:06}" for number in range(1, len(petitions) + 1)
    ]
    assert [petition.number for petition in petitions if wholeness(petition) != WHOLE] == []


def test_the_server_that_is_killed_is_the_products_own():
    """The command is the one that runs the house, so that what is proven here holds there."""
    assert web(ROOT, Door(1), {}).command[:3] == [sys.executable, "-m", "gunicorn"]
