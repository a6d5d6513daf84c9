"""One runner at a time for one folder."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyRuns(Exception):  # noqa: N818 - a state of things, not a fault
    """Another runner has this folder; the message is the address it gave."""


@contextmanager
def take_turn(folder: Path, address: str) -> Iterator[None]:
    """Hold a folder until the block ends or the process does, however it ends.

    :raises AlreadyRuns: if another process holds it
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "start.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise AlreadyRuns(lock.read()) from None
        lock.truncate(0)
        lock.write(address)
        lock.flush()
        yield
