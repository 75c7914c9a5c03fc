"""Seal the audit trail; to be run every minute or so, and once a day with --send."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from accounts import hooks, sealing
from accounts.models import AuditSeal


class Command(BaseCommand):
    """`manage.py seal_audit`."""

    help = "Seal the audit events since the last seal and print the seal, to be kept somewhere else."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--send", action="store_true", help="also send the newest seal to those who are to keep it")

    def handle(self, *args: Any, **options: Any) -> None:
        made = sealing.seal()
        self.stdout.write(f"{made.pk} {made} {made.digest}" if made else "Nothing to seal.")
        # Each seal covers those before it, so the newest says all.
        newest = AuditSeal.objects.order_by("-id").first()
        if options["send"] and newest:
            for keep in hooks.on_seal:
                keep(newest)
