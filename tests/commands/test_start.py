"""The script `start`, with a Python of its own making: what it makes, what it repairs, what it says."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.given import ROOT

TOOLS = ("sh", "cat", "readlink", "dirname", "id", "df", "awk", "cmp", "cp", "rm", "date", "flock")


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A folder with the script, an empty lock and a `manage.py` that only says what it was asked."""
    folder = tmp_path / "回音 house"
    (folder / "bin").mkdir(parents=True)
    shutil.copy(ROOT / "start", folder)
    (folder / "requirements.txt").write_text("")
    (folder / "manage.py").write_text("import sys\nprint('manage', *sys.argv[1:])\n")
    for tool in TOOLS:
        (folder / "bin" / tool).symlink_to(shutil.which(tool) or tool)
    return folder


def give_python(house: Path, *, without: str = "none") -> None:
    """Put a Python on the path, one that lacks a module if asked."""
    python = house / "bin" / "python3"
    python.write_text(f'#!/bin/sh\ncase "$*" in *"{without}"*) exit 1 ;; esac\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)


def start(house: Path, *arguments: str, cwd: Path = Path("/")) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": str(house / "bin"), "HOME": os.environ.get("HOME", "/")}
    command = [str(house / "start"), *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=120)


def test_without_a_python_it_says_which_one_and_how(house):
    done = start(house)

    assert done.returncode == 1
    assert done.stderr.startswith("Huiyin needs Python 3.11 or newer and found none: apt-get install python3")


def test_an_old_python_is_none(house):
    give_python(house, without="version_info < (3, 11)")

    assert "found none" in start(house).stderr


def test_without_venv_it_prints_the_one_line_to_install_it(house):
    give_python(house, without="import ensurepip")

    done = start(house)

    assert done.returncode == 1
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert done.stderr == f"Python's venv is missing: sudo apt-get install python{version}-venv\n"


def test_a_full_disk_is_named_before_anything_is_made(house):
    give_python(house)
    df = house / "bin" / "df"
    df.unlink()
    df.write_text("#!/bin/sh\necho head\necho /dev/x 100 90 10240 90% /\n")
    df.chmod(0o755)

    done = start(house)

    assert done.returncode == 1
    assert "10 MB are free and 900 MB are needed" in done.stderr
    assert not (house / ".venv").exists()


def test_an_unknown_word_shows_the_help(house):
    done = start(house, "dance")

    assert done.returncode == 2
    assert "./start test [quick]" in done.stderr


@pytest.mark.kill
def test_it_installs_once_repairs_a_half_made_environment_and_hands_over(house):
    give_python(house)
    (house / ".venv" / "bin").mkdir(parents=True)
    (house / ".venv" / "bin" / "python").write_text("half")

    first = start(house, "--https")
    second = start(house)
    (house / "requirements.txt").write_text("# another lock\n")
    third = start(house)
    backup = start(house, "backup", "folder", cwd=house.parent)

    assert first.returncode == 0, first.stderr
    assert "Making the environment" in first.stdout
    assert first.stdout.splitlines()[-1] == "manage up --https"
    assert second.stdout == "manage up\n"
    assert "Installing requirements.txt" in third.stdout
    assert backup.stdout == f"manage backup {house.parent / 'folder'}\n"
