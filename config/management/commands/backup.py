"""Save database and files into a new folder (Q44)."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from config import archive
from config.services.preparing import own_cluster, own_database
from config.services.programs import Obstacle


class Command(BaseCommand):
    help = "Save database and files into a new folder; the keys stay out of it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, help="default: var/backups/<moment>")

    def handle(self, *args: Any, folder: Path | None, **options: Any) -> None:
        cluster = own_cluster()
        if cluster and not cluster.folder.exists():
            message = f"There is nothing to save: {settings.VAR} holds no database yet."
            raise Obstacle(message)
        now = timezone.now()
        target = folder or settings.VAR / "backups" / timezone.localtime(now).strftime("%Y-%m-%d-%H%M%S")
        with own_database():
            manifest = archive.save(target.absolute(), now=now)
        self.stdout.write(
            f"Saved {sum(manifest.rows.values())} rows and {len(manifest.files)} files in {target}.\n"
            f"The keys are not in it: keep a copy of {settings.VAR / 'keys.env'} at another place, "
            "without it identity numbers and telephones cannot be read again."
        )
