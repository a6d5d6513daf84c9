"""What differs between places is in the environment, and `.env.example` is its whole list."""

import re

from tests.architecture.source import ROOT

READ = re.compile(r"env\.(?:text|flag|number|words|keys)\(\s*\"([A-Z_]+)\"")
LISTED = re.compile(r"^#?([A-Z_]+)=", re.MULTILINE)


def test_every_switch_is_listed_and_every_listed_switch_is_read():
    read = set(READ.findall((ROOT / "config" / "settings.py").read_text(encoding="utf-8")))
    listed = set(LISTED.findall((ROOT / ".env.example").read_text(encoding="utf-8")))
    launchers = [ROOT / "start", *(ROOT / "config").rglob("*.py")]
    launched = "\n".join(path.read_text(encoding="utf-8") for path in launchers if path.exists())

    assert read - listed == set()
    assert {name for name in listed - read if name not in launched} == set()
