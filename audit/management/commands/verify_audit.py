"""Check the chain of the audit."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.chain import breaks
from audit.models import Block, Entry


class Command(BaseCommand):
    help = "Walk the audit's chain of blocks and name every block that does not fit its entries."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = list(breaks())
        for found in broken:
            self.stderr.write(f"block {found.block}: {found.expected} entries closed, {found.found} found")
        if broken:
            message = f"The audit is broken in {len(broken)} of {Block.objects.count()} blocks."
            raise CommandError(message)
        last = Block.objects.order_by("-number").first()
        waiting = Entry.objects.filter(seq__gt=last.upto_seq if last else 0).count()
        self.stdout.write(f"unbroken: {Block.objects.count()} blocks, {waiting} entries not yet closed")
        if last:
            # Kept outside the database, this is what shows later that whole blocks were cut off the end.
            self.stdout.write(f"block {last.number}: {bytes(last.digest).hex()}")
