"""Start the portal: pages and live editing in one process, on one port, or one of the two."""

import gc
import logging
import os
import sys
from argparse import ArgumentParser
from typing import Any

import uvicorn
from django.conf import settings
from django.core.management.base import BaseCommand

from documents.coedit.fast_check import PLAIN, socket_class

logger = logging.getLogger(__name__)

# Pages and live editing share one interpreter: a busy page must give way to a keystroke sooner than Python's 5 ms.
SWITCH_SECONDS = 0.0005
# Messages come and go without cycles; Python's own numbers would look for cycles after every few hundred of them.
GARBAGE_THRESHOLDS = 20_000, 20, 20

# A frame that is too big is read to its end where that is bearable: cut off in the middle, its client would not be told why.
MAX_FRAMES_READ = 2

_APPLICATIONS = {None: "application", "web": "only_web", "coedit": "only_coedit"}
_WITH_JOBS = "with_jobs"
_CONTENTS = {None: "pages and live editing", "web": "pages only", "coedit": "live editing only"}


class Command(BaseCommand):
    """`manage.py serve [--only web|coedit] [--host 127.0.0.1] [--port 8000 | --unix PATH] [--no-worker]`."""

    help = "Start the portal: pages and live editing in one process, or one of the two."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--only", choices=("web", "coedit"), help="serve only the pages, or only live editing")
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--unix", metavar="PATH", help="listen on a Unix socket instead")
        parser.add_argument("--no-worker", dest="worker", action="store_false", help="do no background jobs beside both")

    def handle(
        self,
        *args: Any,
        host: str,
        port: int,
        only: str | None = None,
        unix: str | None = None,
        worker: bool = True,
        **options: Any,
    ) -> None:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
        sys.setswitchinterval(SWITCH_SECONDS)
        gc.set_threshold(*GARBAGE_THRESHOLDS)
        carrier = socket_class()
        logger.info("serving %s on %s (%s)", _CONTENTS[only], unix or f"{host}:{port}", _described(carrier))
        uvicorn.run(
            f"portal.asgi:{_WITH_JOBS if worker and only is None else _APPLICATIONS[only]}",
            host=host,
            port=port,
            uds=unix,
            loop="uvloop",
            http="httptools",
            ws=carrier,
            ws_max_size=MAX_FRAMES_READ * settings.COEDIT_MAX_FRAME_BYTES,
            ws_per_message_deflate=False,
            lifespan="on",
            log_config=None,
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=5,
        )


def _described(carrier: Any) -> str:
    return "plain sockets" if carrier == PLAIN else f"{settings.COEDIT_SOCKET} sockets"
