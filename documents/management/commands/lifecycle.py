"""Print the life of a report, or write its page in the docs."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from documents.lifecycle_page import page


class Command(BaseCommand):
    """`manage.py lifecycle [--write]`."""

    help = "Print the states of a report and the steps between them, as docs/lifecycle.md has them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--write", action="store_true", help="write docs/lifecycle.md instead")

    def handle(self, *args: Any, write: bool, **options: Any) -> None:
        if write:
            (settings.BASE_DIR / "docs" / "lifecycle.md").write_text(page(), encoding="utf-8")
        else:
            self.stdout.write(page())
