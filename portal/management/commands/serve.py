"""Start the portal: pages and live editing in one process, on one port."""

import os
import sys
from argparse import ArgumentParser
from typing import Any

import uvicorn
from django.conf import settings
from django.core.management.base import BaseCommand

# Pages and live editing share one interpreter: a busy page must give way to a keystroke sooner than Python's 5 ms.
SWITCH_SECONDS = 0.0005

# A frame that is too big is read to its end where that is bearable: cut off in the middle, its client would not be told why.
MAX_FRAMES_READ = 2


class Command(BaseCommand):
    """`manage.py serve --host 127.0.0.1 --port 8000`."""

    help = "Start the portal (pages and live editing) on one port."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
        sys.setswitchinterval(SWITCH_SECONDS)
        uvicorn.run(
            "portal.asgi:application",
            host=host,
            port=port,
            loop="uvloop",
            http="httptools",
            ws="websockets-sansio",
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
