"""Other words in the place of quoted ones: an edit of the log as if it had been typed."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from pycrdt import Doc, Text

from documents.text import flat
from documents.text.anchors import Anchor, Place, SectionText, find
from documents.text.schema import Json


class ChangedError(Exception):
    """The text does not say what was quoted; `present` is what it says there now, "" where that is gone."""

    def __init__(self, present: str) -> None:
        super().__init__("the text has changed")
        self.present = present


class _Letter(NamedTuple):
    """One character of a stored text, its formats, and the bytes before which it stands."""

    formats: Json
    at: int
    size: int


def rewording_update(doc: "Doc[Any]", anchor: Anchor, replacement: str) -> bytes:
    """Put `replacement` in the place of what an anchor quotes; the update that does so.

    Raises ChangedError unless the text is the quote to the letter, in one paragraph. What the two have in common at their
    edges is not touched, so that it keeps its comments and its author.
    """
    section = SectionText(doc)
    place = _quoted(section, anchor, replacement)
    old, new = section.text[place.start : place.end], replacement.replace(flat.END, flat.BREAK)
    head, tail = _alike(old, new)
    root, unit = section.places.stored_at(place.start)
    text: Text = doc.get(root, type=Text)
    letters = list(islice(_letters(text, unit), len(old)))
    gone, added = letters[head : len(old) - tail], new[head : len(new) - tail]
    at = letters[head].at if head < len(letters) else letters[-1].at + letters[-1].size
    before = doc.get_state()
    with doc.transaction():
        if gone:
            del text[at : gone[-1].at + gone[-1].size]
        if added:
            _insert(text, at, added, _common(gone or letters[max(0, head - 1) : head + 1]))
    return doc.get_update(before)


def _quoted(section: SectionText, anchor: Anchor, replacement: str) -> Place:
    place = find(section, anchor)
    present = section.text[place.start : place.end] if place else ""
    if place is None or flat.END in present or _shown(present) != anchor.quote:
        raise ChangedError(_shown(present))
    # Where the new words hold the old ones, these are still there once it is done: it is not done twice.
    start = place.start - max(0, replacement.find(anchor.quote))
    if anchor.quote in replacement and _shown(section.text[start : start + len(replacement)]) == replacement:
        raise ChangedError(replacement)
    return place


def _shown(text: str) -> str:
    return text.replace(flat.BREAK, "\n").replace(flat.ATOM, "")


def _alike(old: str, new: str) -> tuple[int, int]:
    """How many characters the two begin and end with alike."""
    most = min(len(old), len(new))
    head = next((at for at in range(most) if old[at] != new[at]), most)
    most -= head
    tail = next((at for at in range(most) if old[-1 - at] != new[-1 - at]), most)
    return head, tail


def _letters(text: Text, unit: int) -> Iterator[_Letter]:
    """The characters of a text from one of its units on: Yjs counts in UTF-16, the library below us in bytes."""
    units = at = 0
    for inserted, formats in text.diff():
        for character in inserted if isinstance(inserted, str) else [None]:
            size = len(character.encode()) if character else 1
            if units >= unit:
                yield _Letter(formats or {}, at, size)
            units += 2 if character and character > "\uffff" else 1
            at += size


def _common(letters: Sequence[_Letter]) -> Json:
    """The formats that all of these have."""
    first, *others = (letter.formats for letter in letters)
    shared = {name: value for name, value in first.items() if all(other.get(name) == value for other in others)}
    return {name: value for name, value in shared.items() if not name.startswith(flat.NODE)}


def _insert(text: Text, at: int, words: str, formats: Json) -> None:
    """With these formats and no others, whatever stands to the left."""
    left = next((letter.formats for letter in _letters(text, 0) if letter.at + letter.size == at), {})
    text.insert(at, words, dict.fromkeys(left) | formats or None)
