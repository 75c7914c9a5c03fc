"""The editor's own reader, in a Node process (`editor_reads.mjs`), and what a reader of its HTML sees."""

import base64
import json
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from documents.text.anchors import Anchor

Json = dict[str, Any]

READS = Path(__file__).with_name("editor_reads.mjs")
ANCHORS = Path(__file__).with_name("editor_anchors.mjs")
DOCUMENTS = Path(__file__).resolve().parents[2] / "support" / "node" / "documents.mjs"


def node() -> str:
    path = shutil.which("node")
    assert path, "Node is missing: install Node 20 or newer."
    return path


class Node:
    """A script that answers each line that it is given with a line of JSON."""

    def __init__(self, script: Path) -> None:
        self._process = subprocess.Popen(
            [node(), str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )

    def ask(self, line: str) -> Json:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        answer: Json = json.loads(self._process.stdout.readline())
        return answer

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(timeout=10)
        self._process.stdout.close()


class Editor(Node):
    """Reads updates as the editor does."""

    def __init__(self) -> None:
        super().__init__(READS)

    def read(self, update: bytes) -> Json:
        """`json`, `html` and `problem`, what the editor's schema says against it."""
        return self.ask(_text(update))


class AnchoringEditor(Node):
    """Makes and reads lasting positions as the editor does."""

    def __init__(self) -> None:
        super().__init__(ANCHORS)

    def answer(self, update: bytes, anchors: Iterable[Anchor]) -> Json:
        """What the script says of these: `found`, `places` and `words`."""
        given = [anchor._asdict() | {"start": _text(anchor.start), "end": _text(anchor.end)} for anchor in anchors]
        return self.ask(json.dumps({"update": _text(update), "anchors": given}))


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def documents_of_sessions(count: int, seed: int) -> Iterator[Json]:
    """Documents that random sessions of several people have made: `seed`, `update`, and the editor's `json` and `html`."""
    command = [node(), str(DOCUMENTS), "--count", str(count), "--seed", str(seed)]
    made = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert made.returncode == 0, made.stderr
    for line in made.stdout.splitlines():
        document: Json = json.loads(line)
        yield document | {"update": base64.b64decode(document["update"])}


def seen(html: str) -> list[Any]:
    """What a reader sees of HTML: tags, attributes and words, without what only an editor or only a page has."""
    reader = _Seen()
    reader.feed(html)
    reader.close()
    return reader.parts


# Names of tables' parts, and what the editor's measures do; the page's help for screen readers, keyboards and slow lines.
_UNSEEN = {"data-id", "data-rid", "data-cid", "colwidth", "title", "scope", "loading", "style"}
_UNSAID = {("colspan", "1"), ("rowspan", "1")}


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[Any] = []
        self._skipped = 0
        self._columns: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if self._skipped or attributes.get("class") == "ed-notes" or attributes.get("role") == "doc-noteref":
            self._skipped += tag not in ("br", "img")
        elif tag == "col":
            self._columns.append(_width(attributes))
        elif tag not in ("div", "colgroup"):
            kept = {pair for pair in attributes.items() if pair[0] not in _UNSEEN and pair not in _UNSAID}
            self.parts.append((tag, sorted(kept)))

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif tag == "colgroup":
            self.parts += [self._columns] if any(self._columns) else []
            self._columns = []
        elif tag != "div":
            self.parts.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.parts.append({"words": data})


def _width(attributes: dict[str, str]) -> str:
    """The width of a column, if one is set: the editor writes it as a style."""
    style = attributes.get("style", "")
    return (
        attributes.get("width", "") or style.removeprefix("width: ").removesuffix("px;") if "min-width" not in style else ""
    )
