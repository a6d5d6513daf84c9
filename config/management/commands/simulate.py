"""Let the days go by in a house of its own, with every sweep, and tell what fired."""

import difflib
import os
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

import redis
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from config import catalogues
from config.celery import app
from config.services import house
from config.services.postgres import Cluster
from config.services.preparing import own_broker, own_cluster
from config.services.supervisor import Supervisor
from config.services.valkey import Broker
from config.simulation.days import ROUNDS, SWEEPS, go_through, kills_among
from config.simulation.gateway import Gateway, gateway
from config.simulation.ledger import last_entry, ledger
from config.simulation.world import copy_world
from notices.models import Delivery, DeliveryState

_CLOSING = time(18, 0)
_LONGEST_DIFFERENCE = 40


class Command(BaseCommand):
    help = (
        "Let the days go by in a copy of the demo world, every sweep twice a day through broker and worker, and"
        " tell what fired. With --kills the same days are gone through a second time while programs are killed, and"
        " both have to be equal. Only ./start simulate may call it: it has a house of its own in var/simulation."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, default=120)
        parser.add_argument(
            "--kills", type=int, default=0, help="how often worker, broker or database is killed"
        )
        parser.add_argument(
            "--seed", default="1", help="the same seed gives the same days and the same kills"
        )
        parser.add_argument(
            "--petitions", type=int, default=200, help="how many of the demo's petitions take part"
        )
        parser.add_argument(
            "--from",
            dest="first",
            type=date.fromisoformat,
            help="the day the world stands at, as 2026-06-17; so many days before today unless told",
        )

    def handle(
        self, *args: Any, days: int, kills: int, seed: str, petitions: int, first: date | None, **options: Any
    ) -> None:
        cluster, broker = own_cluster(), own_broker()
        if not settings.SIMULATION or cluster is None or broker is None:
            message = "A simulation has a house of its own: ./start simulate"
            raise CommandError(message)
        first = first or timezone.localdate(timezone.now()) - timedelta(days)
        self._days, self._seed, self._petitions, self._first = days, seed, petitions, first
        # the worker is told by its environment
        os.environ["SIMULATION"] = seed
        catalogues.compile_all()
        undisturbed = self._run(cluster, broker, kills={})
        self._tell(undisturbed)
        if kills:
            drawn = kills_among(days * len(ROUNDS) * len(SWEEPS), kills, seed)
            self._compare(undisturbed, self._run(cluster, broker, kills=drawn), drawn)

    def _run(self, cluster: Cluster, broker: Broker, *, kills: Mapping[int, tuple[str, float]]) -> list[str]:
        """Go through the days once, in a fresh copy of the world. Return the ledger."""
        begins_at = timezone.make_aware(datetime.combine(self._first, _CLOSING))
        with gateway() as its, _services(cluster, broker, its) as supervisor:
            copy_world(cluster, begins_at=begins_at, today=self._first, petitions=self._petitions)
            supervisor.begin(house.worker(settings.BASE_DIR, app))
            before = last_entry()
            go_through(app, supervisor, self._first, self._days, kills)
            told = ledger(begins_at + timedelta(microseconds=1), after_entry=before)
            self._check_gateway(its)
            connection.close()
        return told

    def _check_gateway(self, its: Gateway) -> None:
        """Compare what the gateway had with what the outbox says went out: nothing lost, and each key passed on once.

        :raises CommandError: if they differ
        """
        sent = {
            key.hex for key in Delivery.objects.filter(state=DeliveryState.SENT).values_list("pk", flat=True)
        }
        lost, unknown = sent - set(its.taken), set(its.taken) - sent
        if lost:
            message = f"{len(lost)} deliveries are written down as sent, and the gateway never had them."
            raise CommandError(message)
        self.stdout.write(
            f"Gateway: {len(its.taken)} messages, {its.taken.total() - len(its.taken)} of them taken more than once;"
            f" {len(unknown)} went and wait to be written down."
        )

    def _tell(self, lines: list[str]) -> None:
        file = settings.VAR / f"ledger-{self._seed}.txt"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        self.stdout.write(f"{self._days} days after {self._first}: {len(lines)} lines, in {file.name}.")
        for what, count in sorted(Counter(_what(line) for line in lines).items()):
            self.stdout.write(f"{count:6d} {what}")

    def _compare(
        self, undisturbed: list[str], disturbed: list[str], drawn: Mapping[int, tuple[str, float]]
    ) -> None:
        killed = Counter(victim for victim, _after in drawn.values())
        words = ", ".join(f"{name} {count} times" for name, count in sorted(killed.items()))
        if disturbed == undisturbed:
            self.stdout.write(f"The same {len(disturbed)} lines after killing {words}.")
            return
        changes = [
            line
            for line in difflib.unified_diff(undisturbed, disturbed, lineterm="", n=0)
            if not line.startswith(("---", "+++", "@@"))
        ]
        self.stdout.write("\n".join(changes[:_LONGEST_DIFFERENCE]))
        message = f"{len(changes)} lines differ after killing {words}."
        raise CommandError(message)


@contextmanager
def _services(cluster: Cluster, broker: Broker, its: Gateway) -> Iterator[Supervisor]:
    """Have database and broker running; what was left in the broker is thrown away."""
    os.environ["SMS_GATEWAY_URL"] = its.url
    # a thousand ends in a row are meant here, none of them is waited for
    supervisor = Supervisor(settings.VAR / "log", say=lambda words: None, back_off=(0.0,))
    cluster.make()
    try:
        supervisor.begin(cluster.program())
        supervisor.begin(broker.program())
        with redis.Redis.from_url(broker.url) as client:
            client.flushall()
        yield supervisor
    finally:
        supervisor.end()


def _what(line: str) -> str:
    """Return the kind of a line: what happened, and for a notice or a digest of which kind."""
    _day, _time, *words = line.split(" ")
    return " ".join(words[:2]) if words[0] == "notice" else words[0]
