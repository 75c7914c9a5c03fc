"""Prove that what guardian grants is what the domain's tables say."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from partnerships import verification
from partnerships.actions import repair


class Command(BaseCommand):
    """`manage.py verify_grants [--repair]`; exit status 1 while something differs."""

    help = "Compare every grant and role group with the tables of organisations, teams and documents."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="Make what differs right, then compare again.")

    def handle(self, *args: Any, **options: Any) -> None:
        found = self._print_differences()
        if found and options["repair"]:
            self._repair()
        elif found:
            raise CommandError(f"{found} grants or places differ. With --repair they are made right.")
        self.stdout.write("Every grant is what the tables say.")

    def _repair(self) -> None:
        repair.everything()
        self.stdout.write("Repaired. Comparing again.")
        if self._print_differences():
            raise CommandError("Something still differs. It may have changed meanwhile: run the command again.")

    def _print_differences(self) -> int:
        found = 0
        for difference in verification.differences():
            self.stdout.write(str(difference))
            found += 1
        return found
