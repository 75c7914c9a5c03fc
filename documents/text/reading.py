"""From the log of updates to the editor's document."""

import logging
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from pycrdt import Doc, Text, merge_updates

from documents.text import flat
from documents.text.laying import Layer
from documents.text.schema import Json
from documents.text.table_reading import TableReader

# Merging is quadratic in the number of updates, so it is done in small lots.
LOT = 100

logger = logging.getLogger(__name__)


def replay(updates: Iterable[bytes]) -> "Doc[Any]":
    """The document that these updates make. The order matters little; an update may come before those it builds on."""
    doc: Doc[Any] = Doc()
    for lot in _lots(updates):
        _apply(doc, lot)
    return doc


def read_section(doc: "Doc[Any]") -> Json:
    """A section's text as the editor's document (ProseMirror JSON)."""
    runs = doc.get(flat.SECTION, type=Text).diff() if flat.SECTION in doc.keys() else []  # noqa: SIM118
    return {"type": "doc", "content": Layer("doc", TableReader(doc).read).lay(runs)}


def _apply(doc: "Doc[Any]", lot: list[bytes]) -> None:
    try:
        doc.apply_update(merge_updates(*lot) if len(lot) > 1 else lot[0])
    except ValueError:
        for update in lot:
            _apply_alone(doc, update)


def _apply_alone(doc: "Doc[Any]", update: bytes) -> None:
    """Whatever is in the log, the rest of the text must stay readable."""
    try:
        doc.apply_update(update)
    except ValueError:
        logger.exception("An update of %d bytes could not be read and was left out.", len(update))


def _lots(updates: Iterable[bytes]) -> Iterator[list[bytes]]:
    rest = iter(updates)
    while lot := list(islice(rest, LOT)):
        yield lot
