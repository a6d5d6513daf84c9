"""The bench's own database, files and services."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg2
from django.conf import settings
from django.db import connection
from django.test.utils import override_settings

from config.services.preparing import own_broker, own_database
from config.services.supervisor import Supervisor

DATABASE = "huiyin_bench"


class Foreign(Exception):  # noqa: N818 - a state of things, not a fault
    """A database of the bench's name stands there that the bench did not make."""


@contextmanager
def services() -> Iterator[None]:
    """Have this machine's database and broker running for a while; what runs already is left alone."""
    with own_database():
        broker = own_broker()
        if broker is None or broker.answers():
            yield
            return
        supervisor = Supervisor(settings.VAR / "log", say=lambda words: None)
        try:
            supervisor.begin(broker.program())
            yield
        finally:
            supervisor.end()


def is_there() -> bool:
    """Test if the bench's database has been made.

    :raises Foreign: if one of its name stands there without its mark
    """
    with _server() as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [DATABASE]
        )
        row = cursor.fetchone()
    if row is not None and row[0] != DATABASE:
        message = f"A database {DATABASE} stands there that the bench did not make. Rename it first."
        raise Foreign(message)
    return row is not None


def make_empty() -> None:
    """Make the bench's database without a table in it; one that it made before is thrown away."""
    drop()
    with _server() as cursor:
        cursor.execute(f"CREATE DATABASE {DATABASE}")
        cursor.execute(f"COMMENT ON DATABASE {DATABASE} IS '{DATABASE}'")


def drop() -> bool:
    """Remove the bench's database. Return False if there was none."""
    if not is_there():
        return False
    with _server() as cursor:
        cursor.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")
    return True


@contextmanager
def connected() -> Iterator[None]:
    """Work in the bench's database instead of the product's, and keep the files that are made apart."""
    product = connection.settings_dict["NAME"]
    folder = settings.VAR / "bench" / "files"
    folder.mkdir(parents=True, exist_ok=True)
    shelf = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": folder, "base_url": None},
    }
    connection.close()
    connection.settings_dict["NAME"] = DATABASE
    try:
        with override_settings(STORAGES={**settings.STORAGES, "default": shelf}):
            yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = product


@contextmanager
def _server() -> Iterator[Any]:
    """Speak to the server itself, where each statement stands for itself."""
    wanted = connection.get_connection_params() | {"dbname": "postgres"}
    known = {name: wanted[name] for name in ("dbname", "user", "password", "host", "port") if name in wanted}
    with closing(psycopg2.connect(**known)) as server:
        server.autocommit = True
        with server.cursor() as cursor:
            yield cursor
