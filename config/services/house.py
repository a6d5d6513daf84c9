"""The programs that are Huiyin itself: web server, worker and beat."""

import http.client
import signal
import ssl
import sys
from dataclasses import dataclass
from pathlib import Path

from celery import Celery

from config.services.programs import Program


@dataclass(frozen=True)
class Door:
    """Where the web server listens: this machine alone, or every address of it under a certificate."""

    port: int
    # A name that Django takes as its own.
    host: str = "localhost"
    certificate: Path | None = None
    key: Path | None = None
    # What a phone has to trust, where the certificate is our own.
    authority: Path | None = None

    @property
    def url(self) -> str:
        return f"{'https' if self.certificate else 'http'}://{self.host}:{self.port}/"

    @property
    def bind(self) -> str:
        return f"{'0.0.0.0' if self.certificate else '127.0.0.1'}:{self.port}"  # noqa: S104 - asked for

    def answers(self) -> bool:
        """Test if the whole house is ready behind this door."""
        if self.certificate:
            # It is our own server on this machine; what is asked is whether it lives, not who it is.
            context = ssl._create_unverified_context()  # noqa: S323
            asking: http.client.HTTPConnection = http.client.HTTPSConnection(
                "127.0.0.1", self.port, timeout=3, context=context
            )
        else:
            asking = http.client.HTTPConnection("127.0.0.1", self.port, timeout=3)
        try:
            asking.request("GET", "/readyz", headers={"Host": self.host})
            return asking.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            asking.close()


def web(root: Path, door: Door, environment: dict[str, str]) -> Program:
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--chdir", str(root), "--bind", door.bind]
    command += ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--graceful-timeout", "1"]
    # Its control socket would lie in the home folder.
    command += ["--no-control-socket"]
    if door.certificate and door.key:
        command += ["--certfile", str(door.certificate), "--keyfile", str(door.key)]
    return Program(
        name="web",
        command=command,
        is_ready=door.answers,
        stop_seconds=2.0,
        tier=2,
        environment=_at(root) | environment,
    )


def worker(root: Path, app: Celery) -> Program:
    name = f"worker@{root.name}"
    command = [sys.executable, "-m", "celery", "--app", "config", "--workdir", str(root), "worker"]
    command += ["--hostname", name, "--concurrency", "2", "--without-gossip", "--without-mingle"]
    command += ["--loglevel", "WARNING"]

    def is_ready() -> bool:
        # a connection of its own: one that was kept may lead to a broker that has gone
        with app.connection_for_read() as broker:
            return bool(app.control.ping(destination=[name], timeout=0.5, connection=broker))

    return Program(
        name="worker",
        command=command,
        is_ready=is_ready,
        # A broker that is going too would keep it waiting for ever; what it held comes back to the next one.
        death_signal=signal.SIGKILL,
        stop_seconds=2.0,
        tier=2,
        # Asked to stop, it finishes what takes a second and gives the rest back to the broker at once.
        environment=_at(root) | {"REMAP_SIGTERM": "SIGQUIT"},
    )


def beat(root: Path) -> Program:
    """Return the clock. Two of them agree through the broker which one strikes."""
    command = [sys.executable, "-m", "celery", "--app", "config", "--workdir", str(root), "beat"]
    command += ["--pidfile", "", "--loglevel", "WARNING"]
    return Program(name="beat", command=command, is_ready=lambda: True, tier=2, environment=_at(root))


def _at(root: Path) -> dict[str, str]:
    return {"PYTHONPATH": str(root), "DJANGO_SETTINGS_MODULE": "config.settings"}
