"""The text of sections, read from the log of their updates."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any
from uuid import UUID

from accounts.models import User
from documents.coedit.log import Log, Stamp, read, stamp_of, streams_of
from documents.coedit.log import text_of as log_text
from documents.coedit.store import append_offline
from documents.models import Section
from documents.text.reading import read_section
from documents.text.rendering import plain_text, render
from partnerships.models import Organisation

# Kept in this process's memory only: restricted text belongs in no shared cache.
KEPT_TEXTS = 512

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Text:
    """A section's text, as the editor's document and as HTML for the page."""

    json: Json
    html: str
    is_blank: bool


class _Kept:
    """The texts read last, each with the stamp of the log that it was read from."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._texts: OrderedDict[UUID, tuple[Stamp, Text]] = OrderedDict()

    def get(self, section_id: UUID, stamp: Stamp) -> Text | None:
        with self._lock:
            kept = self._texts.get(section_id)
            if kept is None or kept[0] != stamp:
                return None
            self._texts.move_to_end(section_id)
            return kept[1]

    def put(self, section_id: UUID, stamp: Stamp, text: Text) -> None:
        with self._lock:
            self._texts[section_id] = (stamp, text)
            self._texts.move_to_end(section_id)
            while len(self._texts) > KEPT_TEXTS:
                self._texts.popitem(last=False)


_kept = _Kept()


def texts_of(sections: Sequence[Section]) -> dict[UUID, Text]:
    """The texts of sections by id: three queries at most, however many there are."""
    streams = streams_of([section.pk for section in sections])
    stamps = {pk: stamp_of(each) for pk, each in streams.items()}
    texts = {pk: text for pk, stamp in stamps.items() if (text := _kept.get(pk, stamp))}
    unread = {pk: each for pk, each in streams.items() if pk not in texts}
    for section_id, log in (read(unread) if unread else {}).items():
        texts[section_id] = _read(section_id, log)
        _kept.put(section_id, stamps[section_id], texts[section_id])
    return texts


def text_of(section: Section) -> Json:
    """A section's text as the editor's document (ProseMirror JSON)."""
    return texts_of([section])[section.pk].json


def html_of(section: Section) -> str:
    """A section's text as clean HTML."""
    return texts_of([section])[section.pk].html


def append(section: Section, update: bytes, *, author: User, organisation: Organisation) -> None:
    """Write one update outside live editing (templates, demonstration), in the caller's transaction."""
    append_offline(section.pk, [update], author_id=author.pk, organisation_id=organisation.pk)


def _read(section_id: UUID, log: Log) -> Text:
    json = read_section(log_text(section_id, log).doc)
    return Text(json, render(json, prefix=section_id.hex[:12]), is_blank=not plain_text(json).strip())
