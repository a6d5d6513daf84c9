"""Run the whole house on one machine; `./start` calls this."""

import errno
import os
import socket
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError
from django.utils import timezone

from config import env
from config.celery import app
from config.demo.logins import LOGINS, PASSWORD
from config.services import house, preparing, tls
from config.services.house import Door
from config.services.programs import Obstacle
from config.services.stopping import WishToStop
from config.services.supervisor import Supervisor
from config.services.turn import AlreadyRuns, take_turn


class Command(BaseCommand):
    help = "Start database, broker, web server, worker and beat, and keep them running until Ctrl-C."
    # The tables the checks might ask for are not there before the first start.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--https",
            action="store_true",
            help="serve every address of this machine under HTTPS_CERT and HTTPS_KEY, or its own certificate",
        )

    def handle(self, *args: Any, https: bool, **options: Any) -> None:
        began = time.monotonic()
        door, environment = _door(https, timezone.now())
        try:
            with take_turn(settings.VAR, door.url):
                self._run(door, environment, began)
        except AlreadyRuns as other:
            self._say(f"Huiyin already runs here: {other}")
        except (OSError, OperationalError) as error:
            if "No space left on device" not in str(error):
                raise
            message = f"The disk of {settings.VAR} is full; make room and start again."
            raise Obstacle(message) from error

    def _run(self, door: Door, environment: dict[str, str], began: float) -> None:
        preparing.refuse_full_disk(settings.VAR)
        _refuse_busy_port(door)
        wish = WishToStop()
        supervisor = Supervisor(settings.VAR / "log", self._say)
        try:
            with suppress(KeyboardInterrupt):
                self._begin(supervisor, door, environment, began)
                wish.breaks_off = False
            supervisor.watch(until=lambda: wish.is_there)
            self._say("Stopping …")
        finally:
            # Whoever is impatient must not leave half of it running.
            wish.is_not_heard_again()
            supervisor.end()
        self._say("Everything has stopped; nothing is lost.")

    def _begin(self, supervisor: Supervisor, door: Door, environment: dict[str, str], began: float) -> None:
        cluster, broker = preparing.own_cluster(), preparing.own_broker()
        first_run, is_first = preparing.FirstRun(), False
        if cluster:
            cluster.make()
            supervisor.begin(cluster.program())
            is_first = first_run.begins(cluster)
        if broker:
            supervisor.begin(broker.program())
        preparing.prepare(with_demo=is_first and settings.DEMO, say=self._say)
        first_run.is_done()
        root = Path(settings.BASE_DIR)
        if settings.DEMO and not settings.PUBLIC_PAGE_URL:
            environment = {**environment, "PUBLIC_PAGE_URL": f"{door.url}public/"}
        supervisor.begin(house.web(root, door, environment))
        supervisor.begin(house.worker(root, app))
        supervisor.begin(house.beat(root))
        took = round(time.monotonic() - began)
        self._say(f"{'The first run' if is_first else 'Starting'} took {took} s.")
        self._greet(door)

    def _greet(self, door: Door) -> None:
        self._say(f"\nHuiyin runs at {door.url}  (logs in {settings.VAR / 'log'}, Ctrl-C stops it)")
        if settings.DEMO:
            self._say(_demo_logins())
        if door.authority:
            self._say(
                f"A phone trusts this machine once it has installed {door.url}authority.crt "
                f"(the file {door.authority}) as a trusted authority; docs/operations.md says where."
            )

    def _say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()


def _demo_logins() -> str:
    lines = [f"  {username:<12} {role.label}" for role, username in LOGINS]
    return "\n".join([f"Sign in with the password {PASSWORD} as:", *lines])


def _door(https: bool, now: datetime) -> tuple[Door, dict[str, str]]:
    """Return where the web server listens and what it must be told besides (Q34)."""
    port = env.number("WEB_PORT", 8000)
    plain_names = [name for name in settings.ALLOWED_HOSTS if name[0] not in "*.["]
    certificate, key = os.environ.get("HTTPS_CERT"), os.environ.get("HTTPS_KEY")
    if bool(certificate) != bool(key):
        message = "HTTPS_CERT and HTTPS_KEY go together; set both or neither."
        raise Obstacle(message)
    if certificate and key:
        for file in (certificate, key):
            if not os.access(file, os.R_OK):
                message = f"{file} cannot be read; HTTPS_CERT and HTTPS_KEY must name files in PEM form."
                raise Obstacle(message)
        return Door(port, plain_names[0], Path(certificate), Path(key)), {"HTTPS_ONLY": "true"}
    if not https:
        return Door(port, plain_names[0] if plain_names else "localhost"), {}
    names = tls.names_of_this_machine()
    names += [name for name in plain_names if name not in names]
    own = tls.own_certificate(settings.VAR / "tls", names, now)
    # Browsers would remember for a year that this name speaks HTTPS, on every port.
    told = {"HTTPS_ONLY": "true", "HSTS_SECONDS": "0", "ALLOWED_HOSTS": ",".join(names)}
    return Door(port, names[0], own.certificate, own.key, own.authority), told


def _refuse_busy_port(door: Door) -> None:
    address, port = door.bind.rsplit(":", 1)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, int(port)))
        except OSError as error:
            why = (
                "is taken by another program"
                if error.errno == errno.EADDRINUSE
                else f"fails: {error.strerror}"
            )
            message = f"Port {port} {why}; take another one: WEB_PORT={door.port + 1} ./start"
            raise Obstacle(message) from error
