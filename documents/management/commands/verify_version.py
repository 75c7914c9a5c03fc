"""Prove that versions of reports are as they were made."""

from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from documents.models import Version
from documents.versions.verifying import problems


class Command(BaseCommand):
    """`manage.py verify_version <id> | --all`; exit status 1 when something does not hold."""

    help = "Compute the fingerprint of a version, or of all, again from what is stored, and compare."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("pk", nargs="?", type=UUID, help="The id of a version, as its address has it.")
        parser.add_argument("--all", action="store_true", help="Every version of every report.")

    def handle(self, *args: Any, **options: Any) -> None:
        if (options["pk"] is None) == (not options["all"]):
            raise CommandError("Name one version by its id, or say --all.")
        versions = Version.objects.order_by("report", "number")
        broken = self._check(versions.iterator() if options["all"] else [self._one(options["pk"])])
        if broken:
            raise CommandError(f"{broken} version{' is' if broken == 1 else 's are'} not as made.")

    def _one(self, pk: UUID) -> Version:
        version = Version.objects.filter(pk=pk).first()
        if version is None:
            raise CommandError(f"There is no version {pk}.")
        return version

    def _check(self, versions: Iterable[Version]) -> int:
        broken = count = 0
        for version in versions:
            count += 1
            found = problems(version)
            broken += bool(found)
            for sentence in found:
                self.stdout.write(f"{version.pk} (version {version.number}): {sentence}")
            if not found:
                self.stdout.write(f"{version.pk} (version {version.number}): {version.sha256}")
        if not count:
            self.stdout.write("There are no versions yet.")
        elif not broken:
            self.stdout.write("What was made is what is there.")
        return broken
