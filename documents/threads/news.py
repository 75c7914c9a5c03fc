"""Telling open pages that threads of a section have changed: never those who may not see the thread."""

from functools import partial

from django.db import transaction

from documents.coedit.notices import Talked
from documents.coedit.talk import spread
from documents.models import Thread


def tell(thread: Thread) -> None:
    """Call it inside the transaction of the change."""
    transaction.on_commit(partial(spread, Talked(thread.section_id, thread.only_for_id)))
