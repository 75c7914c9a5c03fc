"""What `make run` starts: the database made ready, the demonstration loaded once, then the portal."""

import os
import socket
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from portal.demo import loader
from portal.demo.sign_ins import table


class Command(BaseCommand):
    """`manage.py start --port 8000`."""

    help = "Make the database ready, load the demonstration on first start, and serve."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        _refuse_taken_port(host, port)
        self.stdout.write("→ Making the database ready")
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        if not loader.is_loaded():
            self.stdout.write("→ Loading the demonstration case")
            loader.load()
        address = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"  # noqa: S104 (only compared)
        self.stdout.write(table(address))
        # Links in e-mails lead to where it listens.
        os.environ["PORTAL_URL"] = settings.PORTAL_URL = address
        call_command("serve", host=host, port=port)


def _refuse_taken_port(host: str, port: int) -> None:
    """Raise CommandError where something else listens there already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} is in use ({error.strerror}). Choose another, for example: make run PORT=9000"
            ) from error
