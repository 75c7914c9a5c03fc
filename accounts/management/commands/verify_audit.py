"""Prove that the sealed part of the audit trail is as it was."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import sealing
from accounts.models import AuditSeal


class Command(BaseCommand):
    """`manage.py verify_audit`; exit status 1 when a seal is broken."""

    help = "Compute every seal of the audit trail again and compare."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = sealing.broken_seal()
        if broken:
            raise CommandError(
                f"Seal {broken.pk} ({broken}) is broken: an event in it was changed, added or taken away later."
            )
        last = AuditSeal.objects.order_by("-id").first()
        self.stdout.write(f"All seals are whole. The last is {last.pk} ({last}) {last.digest}." if last else "No seals yet.")
