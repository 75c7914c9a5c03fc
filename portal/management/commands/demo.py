"""The demonstration: load it, load it anew, or print its sign-ins."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.demo import loader
from portal.demo.sign_ins import as_json, table


class Command(BaseCommand):
    """`manage.py demo [--reset] [--json]`."""

    help = "Load the demonstration case (fictional people; real organisation names) and print its sign-ins."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reset", action="store_true", help="throw away everything in the database first")
        parser.add_argument("--json", action="store_true", help="print the sign-ins and addresses as JSON")

    def handle(self, *args: Any, reset: bool, json: bool, **options: Any) -> None:
        if not (settings.PORTAL_DEMO or settings.MODE == "test"):
            raise CommandError("The demonstration has printed passwords. It loads only with PORTAL_MODE=demo.")
        if reset:
            loader.reset()
        if not loader.is_loaded():
            loader.load()
        self.stdout.write(_dump() if json else table(settings.PORTAL_URL))


def _dump() -> str:
    return json.dumps(as_json(), indent=2, ensure_ascii=False)
