"""Seal the audit trail; to be run every minute or so."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts import sealing


class Command(BaseCommand):
    """`manage.py seal_audit`."""

    help = "Seal the audit events since the last seal and print the seal, to be kept somewhere else."

    def handle(self, *args: Any, **options: Any) -> None:
        made = sealing.seal()
        self.stdout.write(f"{made.pk} {made} {made.digest}" if made else "Nothing to seal.")
