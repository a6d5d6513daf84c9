"""Bring a backup back into an empty installation (Q44)."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from config import archive
from config.services.preparing import FirstRun, own_cluster, own_database
from config.services.programs import Obstacle
from config.services.turn import AlreadyRuns, take_turn


class Command(BaseCommand):
    help = "Bring a backup back into an empty installation and prove that nothing is missing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        manifest = archive.read(folder)
        try:
            with take_turn(settings.VAR, "a restore"), own_database():
                self._fill(folder, manifest)
        except AlreadyRuns as other:
            message = f"Huiyin runs here ({other}); stop it first."
            raise Obstacle(message) from other
        self.stdout.write(
            f"Restored {sum(manifest.rows.values())} rows and {len(manifest.files)} files "
            f"of {manifest.made_at}; rows, files and audit are equal to what was saved."
        )

    def _fill(self, folder: Path, manifest: archive.Manifest) -> None:
        first_run, cluster = FirstRun(), own_cluster()
        if cluster and not first_run.begins(cluster):
            message = (
                f"There is already a database in {settings.VAR}; a backup is restored into an empty "
                "installation only. Set HUIYIN_VAR to a new folder."
            )
            raise Obstacle(message)
        archive.restore(folder, manifest)
        first_run.is_done()
