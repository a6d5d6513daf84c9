"""The demo world the days go by in: made once, kept as a template, and copied for each run."""

from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.core.management import call_command
from django.db import connection

from config.demo.content import read_world
from config.demo.making import make_world
from config.services.postgres import DATABASE, Cluster
from notices.models import ChannelKind, MessageChannel
from notices.secrets import seal_secret

TEMPLATE = f"{DATABASE}_world"
_CHANNEL = UUID("0192f3a0-7c1e-7d52-9b0a-51a01a7e0001")


def copy_world(cluster: Cluster, *, begins_at: datetime, today: date, petitions: int) -> None:
    """Have the product's database be a fresh copy of the world as it stands on a day, made anew if it is another one.

    Each copy has the keys of the template, so that two runs walk the same rows in the same order.
    """
    wanted = f"{today} {petitions}"
    connection.close()
    if _template(cluster) != wanted:
        cluster.create_database()
        _make(begins_at=begins_at, today=today, petitions=petitions)
        connection.close()
        _do(cluster, f"DROP DATABASE IF EXISTS {TEMPLATE} WITH (FORCE)")
        _do(cluster, f"ALTER DATABASE {DATABASE} RENAME TO {TEMPLATE}")
        _do(cluster, f"COMMENT ON DATABASE {TEMPLATE} IS '{wanted}'")
    _do(cluster, f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
    _do(cluster, f"CREATE DATABASE {DATABASE} TEMPLATE {TEMPLATE}")


def _template(cluster: Cluster) -> str:
    """Return which world is kept, an empty text if none is; one half made before has no name yet."""
    with closing(cluster.connect("postgres")) as server, server.cursor() as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [TEMPLATE]
        )
        row = cursor.fetchone()
    return row[0] or "" if row else ""


def _make(*, begins_at: datetime, today: date, petitions: int) -> None:
    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_reference", verbosity=0)
    world = read_world()
    make_world(replace(world, petitions=world.petitions[:petitions]), today=today, latest=begins_at)
    MessageChannel.objects.create(
        id=_CHANNEL,
        kind=ChannelKind.SMS,
        name="gateway",
        secret_sealed=seal_secret(_CHANNEL, {"token": "of no use elsewhere"}),
        on_since_at=begins_at,
    )


def _do(cluster: Cluster, statement: str) -> None:
    with closing(cluster.connect("postgres")) as server, server.cursor() as cursor:
        cursor.execute(statement)
