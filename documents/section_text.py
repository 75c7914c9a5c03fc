"""The text of sections, read from the log of their updates."""

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any
from uuid import UUID

from django.db.models import Count, Max

from accounts.models import User
from documents.coedit.store import append_offline
from documents.models import Section, SectionUpdate
from documents.text.reading import read_section, replay
from documents.text.rendering import plain_text, render
from partnerships.models import Organisation

# Kept in this process's memory only: restricted text belongs in no shared cache.
KEPT_TEXTS = 512

Json = dict[str, Any]
# The last row and how many rows: a row may become visible after a later one when several processes write.
Stamp = tuple[int, int]


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
    """The texts of sections by id: two queries however many there are."""
    stamps = _stamps([section.pk for section in sections])
    texts = {pk: text for pk, stamp in stamps.items() if (text := _kept.get(pk, stamp))}
    for section_id, updates in _updates([pk for pk in stamps if pk not in texts]).items():
        texts[section_id] = _read(section_id, updates)
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


def _stamps(section_ids: Iterable[UUID]) -> dict[UUID, Stamp]:
    stamps: dict[UUID, Stamp] = dict.fromkeys(section_ids, (0, 0))
    rows = (
        SectionUpdate.objects.filter(section_id__in=stamps).values("section_id").annotate(last=Max("pk"), rows=Count("pk"))
    )
    stamps.update({row["section_id"]: (row["last"], row["rows"]) for row in rows})
    return stamps


def _updates(section_ids: Sequence[UUID]) -> dict[UUID, list[bytes]]:
    updates: dict[UUID, list[bytes]] = defaultdict(list, {pk: [] for pk in section_ids})
    rows = SectionUpdate.objects.filter(section_id__in=section_ids).order_by("pk").values_list("section_id", "data")
    for section_id, data in rows:
        updates[section_id].append(bytes(data))
    return updates


def _read(section_id: UUID, updates: list[bytes]) -> Text:
    json = read_section(replay(updates))
    return Text(json, render(json, prefix=section_id.hex[:12]), is_blank=not plain_text(json).strip())
