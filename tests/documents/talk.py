"""Short ways to comment, for tests."""

from typing import Any
from uuid import UUID

from accounts.models import User
from documents.actions import threads
from documents.coedit.log import read_one, text_of
from documents.models import Section, Thread, ThreadKind
from documents.text.anchors import SectionText, make_for
from documents.threads.drafts import Draft, Mentions, Passage
from tests.documents.helpers import write
from tests.support.checks import fresh

PASSAGE = Passage(b"\1", b"\2", "the words in question", "Before ", " and after")


def opened(
    section: Section,
    by: User,
    text: str = "Is that so?",
    *,
    only_for_us: bool = False,
    kind: str = ThreadKind.GENERAL,
    passage: Passage | None = PASSAGE,
    mentions: Mentions | None = None,
) -> Thread:
    """A thread of somebody of the cast, as it is in the database."""
    draft = Draft(text, kind, only_for_us, passage, mentions=mentions or Mentions())
    return anew(threads.open(Section.objects.get(pk=section.pk), draft, by=fresh(by)))


def suggested(section: Section, by: User, replacement: str = "other words", *, only_for_us: bool = False) -> Thread:
    """A suggestion of somebody of the cast, for words that stand in the text."""
    draft = Draft("", only_for_us=only_for_us, passage=in_text(section, by), replacement=replacement)
    return anew(threads.open(Section.objects.get(pk=section.pk), draft, by=fresh(by)))


def in_text(section: Section, by: User) -> Passage:
    """The place of the words in question in the text, which says them afterwards if it did not before."""
    anchor = make_for(_text(section), PASSAGE.quote)
    if anchor is None:
        write(section, "Before the words in question and after", by=by)
        anchor = make_for(_text(section), PASSAGE.quote)
    assert anchor
    return Passage(*anchor)


def _text(section: Section) -> SectionText:
    return SectionText(text_of(section.pk, read_one(section.pk)).doc)


def anew(thread: Thread) -> Thread:
    """As the next request would load it."""
    return Thread.objects.select_related("section__report__review", "suggestion", "only_for").get(pk=thread.pk)


def sent(**fields: Any) -> dict[str, Any]:
    """What the page's script sends to open a thread."""
    return {"kind": "general", "only_for_us": False, "anchor": None, "text": "Is that so?", "mentions": []} | fields


def user(pk: UUID) -> Mentions:
    return Mentions(users=frozenset({pk}))


def organisation(pk: UUID) -> Mentions:
    return Mentions(organisations=frozenset({pk}))
