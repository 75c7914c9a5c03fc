"""Do background jobs: sending e-mails, and what is due by the clock. `serve` does them too, unless told otherwise."""

import logging
import signal
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand

from accounts.jobs.worker import Worker

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """`manage.py worker [--once]`."""

    help = "Do background jobs until told to stop (SIGTERM or Ctrl-C), which ends it after the job in hand."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what waits now, then end")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        worker = Worker()

        def stop(number: int, frame: FrameType | None) -> None:
            worker.stop()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        if once:
            worker.work()
            return
        logger.info("doing jobs")
        worker.run()
