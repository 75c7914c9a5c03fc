"""HTML as a small tree, read leniently with what the standard library has."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Union

from documents.text.schema import DEEPEST

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
# Their content is no text of the document.
UNREAD = frozenset(["script", "style", "title", "template", "noscript", "iframe", "object", "svg", "math", "head"])
# A start of one of these ends an open one of the same kind, as browsers have it.
CLOSES_ITSELF = frozenset(["p", "li", "td", "th", "tr"])


@dataclass
class Element:
    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Union["Element", str]] = field(default_factory=list)

    def text(self) -> str:
        """All words inside."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)

    def find(self, **wanted: str) -> Iterator["Element"]:
        """The elements inside with these attributes."""
        for child in self.children:
            if isinstance(child, Element):
                if all(child.attributes.get(name) == value for name, value in wanted.items()):
                    yield child
                yield from child.find(**wanted)


def parse_markup(html: str) -> Element:
    """The tree of an HTML fragment; scripts, styles and comments are left out."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("body")
        self._open = [self.root]
        self._unread: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._unread or tag in UNREAD:
            self._unread += [tag] if tag in UNREAD else []
            return
        if tag in CLOSES_ITSELF and self._open[-1].name == tag:
            self._open.pop()
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        # Deeper elements become children of this depth, so that hand-made input cannot exhaust the stack.
        if tag not in VOID and len(self._open) < 3 * DEEPEST:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._unread:
            if tag in self._unread:
                del self._unread[self._unread.index(tag) :]
            return
        places = [place for place, element in enumerate(self._open) if element.name == tag and place]
        if places:
            del self._open[places[-1] :]

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self._open[-1].children.append(data)
