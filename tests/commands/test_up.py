"""The house on one machine: it refuses in one sentence, comes back after a kill, and leaves nobody behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509

from config.services import tls
from config.services.stopping import WishToStop
from tests.commands.given import (
    ROOT,
    House,
    a_machine,
    alive,
    descendants_of,
    everything_in,
    manage,
    until,
)


@pytest.fixture
def handlers_kept():
    """Give the process its own handlers of signals back."""
    kept = {number: signal.getsignal(number) for number in WishToStop.SIGNALS}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


def test_a_busy_port_is_named_with_a_way_on(tmp_path):
    machine = a_machine(tmp_path)
    with socket.socket() as other:
        other.bind(("127.0.0.1", int(machine["WEB_PORT"])))
        other.listen()

        done = manage(machine, "up")

    port = int(machine["WEB_PORT"])
    assert done.returncode == 1
    assert done.stderr == (
        f"Port {port} is taken by another program; take another one: WEB_PORT={port + 1} ./start\n"
    )
    assert not (tmp_path / "postgres").exists()


def test_half_a_certificate_is_refused(tmp_path):
    done = manage(a_machine(tmp_path, HTTPS_CERT="/etc/hostname"), "up")

    assert done.returncode == 1
    assert done.stderr == "HTTPS_CERT and HTTPS_KEY go together; set both or neither.\n"


def test_an_own_certificate_names_the_machine_and_is_made_anew_for_another_address(tmp_path):
    now = datetime(2026, 11, 20, 8, tzinfo=UTC)
    first = tls.own_certificate(tmp_path, ["192.168.1.5", "office"], now).certificate.read_bytes()
    authority = (tmp_path / "authority.crt").read_bytes()

    again = tls.own_certificate(tmp_path, ["192.168.1.5", "office"], now).certificate.read_bytes()
    moved = tls.own_certificate(tmp_path, ["192.168.1.9", "office"], now).certificate.read_bytes()

    assert again == first
    assert moved != first
    leaf = x509.load_pem_x509_certificate(moved)
    leaf.verify_directly_issued_by(x509.load_pem_x509_certificate(authority))
    names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert [str(name.value) for name in names] == ["192.168.1.9", "office"]
    assert (tmp_path / "authority.crt").read_bytes() == authority
    assert (tmp_path / "authority.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_wish_to_stop_is_kept_where_python_drops_its_exception(handlers_kept):
    wish = WishToStop()

    class TidiedUp:
        def __del__(self) -> None:
            signal.raise_signal(signal.SIGINT)

    TidiedUp()

    assert wish.is_there


def test_once_the_house_is_open_a_wish_to_stop_breaks_nothing_off(handlers_kept):
    wish = WishToStop()
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGTERM)
    wish = WishToStop()
    wish.breaks_off = False

    signal.raise_signal(signal.SIGTERM)

    assert wish.is_there


@pytest.mark.kill
def test_the_house_opens_refuses_a_second_beside_it_and_closes_in_five_seconds(tmp_path):
    machine = a_machine(tmp_path)
    with House(machine) as house:
        second = manage(machine, "up")
        below = descendants_of(house.runner.pid)
        began = time.monotonic()
        house.runner.send_signal(signal.SIGINT)
        code = house.runner.wait(20)
        took = time.monotonic() - began

    assert (second.returncode, second.stdout) == (
        0,
        f"Huiyin already runs here: http://localhost:{house.port}/\n",
    )
    assert code == 0
    assert took < 5
    assert len(below) >= 8
    assert not alive(below)


@pytest.mark.kill
def test_killed_programs_are_started_again_and_rows_stay(tmp_path):
    machine = a_machine(tmp_path)
    with House(machine) as house:
        for name in ("gunicorn", "bin/postgres", "valkey-server", "celery --app config --workdir"):
            killed = house.program(name)
            os.kill(killed, signal.SIGKILL)

            until(lambda name=name, killed=killed: house.program(name) not in {0, killed}, seconds=10)
            until(house.is_ready, seconds=30)


@pytest.mark.kill
def test_nobody_outlives_a_killed_runner_and_the_next_one_goes_on(tmp_path):
    machine = a_machine(tmp_path)
    with House(machine) as house:
        below = descendants_of(house.runner.pid)
        house.runner.kill()
        house.runner.wait()

        until(lambda: not alive(below), seconds=10)

    assert not everything_in(tmp_path)
    with House(machine) as again:
        assert again.is_ready()


@pytest.mark.kill
def test_an_interrupted_first_run_begins_anew(tmp_path):
    machine = a_machine(tmp_path)
    runner = subprocess.Popen(
        [sys.executable, "manage.py", "up"], cwd=ROOT, env=machine, stdout=subprocess.PIPE
    )
    until((tmp_path / "first-run").exists, seconds=60)
    runner.kill()
    runner.communicate()
    until(lambda: not everything_in(tmp_path), seconds=10)

    with House(machine) as house:
        said = house.said.read_text()

    assert "The first run took" in said
    assert not Path(tmp_path / "first-run").exists()
