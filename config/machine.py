"""What one machine provides by itself, so that `./start` needs no settings: folders, keys, addresses.

Runs before Django reads its settings. With DATABASE_URL set nothing is invented: a setting that is missing
then stops the process.
"""

import base64
import os
import re
import secrets
import tempfile
from pathlib import Path

from config.services.postgres import address, socket_folder
from config.services.programs import Obstacle
from config.services.valkey import Broker

_LINE = re.compile(r"(?:export\s+)?([A-Z][A-Z0-9_]*)\s*=\s*(.*)")
_KEYS = ("FIELD_KEYS", "REPORTER_KEYS", "BLIND_INDEX_KEYS", "QUERY_CODE_KEYS", "AUDIT_KEYS")


def settle(root: Path) -> None:
    """Complete the environment from `.env` and, on one machine, from what lies in its own folder.

    :raises Obstacle: if `.env` cannot be read as settings
    """
    _fill_in(read_settings(root / ".env"))
    var = Path(os.environ.get("HUIYIN_VAR") or root / "var").absolute()
    _fill_in({"HUIYIN_VAR": str(var)})
    sockets = socket_folder(var / "run")
    if not os.environ.get("DATABASE_URL"):
        _fill_in(own_keys(var / "keys.env"))
        # Nobody but this machine reaches it, so it may speak plain http (Q34).
        _fill_in({"DEMO": "true", "HTTPS_ONLY": "false", "DATABASE_URL": address(sockets)})
    _fill_in({"REDIS_URL": Broker(var / "valkey", sockets).url})


def read_settings(file: Path) -> dict[str, str]:
    """Return the NAME=value lines of a file; without the file there are none.

    :raises Obstacle: naming the line that is something else
    """
    found = {}
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _LINE.fullmatch(line.strip())
        if match is None:
            message = f"Line {number} of {file} is not NAME=value; mend it or put a # before it."
            raise Obstacle(message)
        found[match[1]] = match[2].strip("\"'")
    return found


def own_keys(file: Path) -> dict[str, str]:
    """Return this machine's secrets; the first to ask makes them.

    Lost keys cannot be made again: without them no identity number and no telephone can be read any more.
    """
    if not file.exists():
        key = {name: f"1:{base64.b64encode(secrets.token_bytes(32)).decode()}" for name in _KEYS}
        _write_once(file, {"SECRET_KEY": secrets.token_urlsafe(50), **key})
    return read_settings(file)


def _write_once(file: Path, settings: dict[str, str]) -> None:
    """Write a file whole, for its owner alone, unless somebody else was first."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, unfinished = tempfile.mkstemp(dir=file.parent, prefix=".keys-")
    with os.fdopen(descriptor, "w") as writer:
        writer.write("# Keep a copy apart from the backups: what is encrypted is lost without these.\n")
        writer.writelines(f"{name}={value}\n" for name, value in settings.items())
        writer.flush()
        os.fsync(writer.fileno())
    try:
        os.link(unfinished, file)
    except FileExistsError:
        return
    finally:
        os.unlink(unfinished)


def _fill_in(settings: dict[str, str]) -> None:
    """Set what is not set; an empty value counts as not set, as everywhere."""
    for name, value in settings.items():
        if not os.environ.get(name):
            os.environ[name] = value
