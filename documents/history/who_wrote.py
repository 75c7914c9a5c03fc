"""Who wrote each passage of a section, as one person may see it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from accounts.models import User
from documents.coedit.log import read, streams_of, text_of
from documents.history.authorship import Passage as Passed
from documents.history.authorship import Traced
from documents.history.claims_kept import Source, claims_of
from documents.spans import Window
from documents.text import flat
from partnerships.models import Organisation

# Whose words they are: person and organisation; None for what was written before the viewer could read the section.
_Key = tuple[UUID | None, UUID | None] | None


@dataclass(frozen=True, slots=True)
class Passage:
    """Words beside each other that one person wrote for one organisation. Neither: from before the viewer's time."""

    words: str
    author: User | None
    organisation: Organisation | None


@dataclass(frozen=True, slots=True)
class WhoWrote:
    """The section's lines in passages; lines of the cells of its tables come after those of the text."""

    lines: Sequence[Sequence[Passage]]
    cells: Sequence[Sequence[Passage]]

    @property
    def shares(self) -> list[tuple[Organisation | None, int]]:
        """How much of the text is whose, in per cent of its letters, the largest first."""
        letters: dict[Organisation | None, int] = {}
        for passage in (passage for line in (*self.lines, *self.cells) for passage in line):
            letters[passage.organisation] = letters.get(passage.organisation, 0) + len(passage.words)
        total = sum(letters.values())
        shares = [(organisation, round(100 * count / total)) for organisation, count in letters.items()]
        return sorted(shares, key=lambda share: share[1], reverse=True)


def who_wrote(section_id: UUID, windows: Sequence[Window]) -> WhoWrote:
    """Six queries at most, however long the log: its extent, snapshot, rows, new claims; people, organisations."""
    traced = _traced(section_id, windows)
    cells = sorted(root for root in traced.doc.keys() if root.count(":") == 3)  # noqa: SIM118
    lines = traced.lines(flat.SECTION)
    in_cells = [line for root in cells for line in traced.lines(root)]
    keys = {passage.author for line in (*lines, *in_cells) for passage in line if passage.author}
    people = User.objects.in_bulk({author for author, _ in keys if author})
    places = Organisation.objects.in_bulk({place for _, place in keys if place})

    def shown(line: Iterable[Passed]) -> list[Passage]:
        return [
            Passage(_plain(words), people.get(key[0]) if key else None, places.get(key[1]) if key else None)
            for words, key in line
        ]

    return WhoWrote([shown(line) for line in lines if line], [shown(line) for line in in_cells if line])


def _traced(section_id: UUID, windows: Sequence[Window]) -> Traced:
    """The text as it is now, and whose it is as the viewer may know it."""
    while True:
        streams = streams_of([section_id])
        doc = text_of(section_id, read(streams)[section_id]).doc
        kept = claims_of(section_id, streams[section_id])
        # A snapshot that was made meanwhile may hold more than the streams told of.
        if kept.claims.covers(doc.get_state()):
            return Traced(doc, kept.claims, [_key(source, windows) for source in kept.sources])


def _key(source: Source, windows: Sequence[Window]) -> _Key:
    if any(window.holds(source.at) for window in windows):
        return source.author_id, source.organisation_id
    return None


def _plain(words: str) -> str:
    return words.replace(flat.BREAK, " ").replace(flat.ATOM, "[footnote]")
