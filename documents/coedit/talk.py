"""News of threads of comments, for pages that have their section open."""

import json
from uuid import UUID

from django.dispatch import Signal

from documents.coedit.announce import say
from documents.coedit.notices import Talked

# Sent with `news` (`Talked`), in whatever thread made the change, after the commit.
talked = Signal()


def spread(news: Talked) -> None:
    """Tell this process and the others. Call it after the commit: the change stands, whatever becomes of the news."""
    talked.send_robust(sender=None, news=news)
    say(news)


def words(section_id: UUID) -> str:
    """What the page is told: the section, and nothing of what was said or who said it."""
    return json.dumps({"type": "threads", "section": str(section_id)}, separators=(",", ":"))
