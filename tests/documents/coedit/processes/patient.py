"""The portal as `manage.py` starts it, in no hurry: a change of access counts only when it is told, however late."""

import os
import sys

import django
from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from documents.coedit import hub, peers  # noqa: E402

LONG = 3600.0

if __name__ == "__main__":
    # On a busy machine a check may take longer than anybody may go on with old rights.
    hub.RECHECK_SECONDS = LONG
    # Neither what is looked for now and then, nor what is looked for while nothing can be heard.
    hub.SWEEP_SECONDS = peers.DEAF_SECONDS = LONG
    execute_from_command_line(sys.argv)
