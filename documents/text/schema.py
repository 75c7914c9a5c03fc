"""The editor's schema, read from the file that the editor's own build writes: one source for both languages."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from documents.text.flat import MOST_ANCESTORS
from documents.text.values import is_sound, is_value

Json = dict[str, Any]

FILE = Path(__file__).with_name("schema.json")
# Deeper nesting is refused or flattened: no report needs it, and every reader of a document recurses. The block itself and
# the words in it lie below its ancestors.
DEEPEST = MOST_ANCESTORS + 2

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class NodeType:
    """A kind of node: what it may hold, and its attributes with the values they have when nothing is said."""

    name: str
    content: str
    groups: frozenset[str]
    is_inline: bool
    allowed_marks: frozenset[str]
    defaults: Json

    @property
    def is_text_block(self) -> bool:
        """Whether it holds words directly."""
        return "inline" in self.content or "text" in _WORD.findall(self.content)

    @property
    def is_leaf(self) -> bool:
        return not self.content


class Schema:
    """What a document may be made of."""

    def __init__(self, spec: Json) -> None:
        self.mark_defaults = {name: _defaults(mark) for name, mark in spec["marks"].items()}
        self.mark_order = {name: place for place, name in enumerate(self.mark_defaults)}
        self.nodes = {name: self._node(name, node) for name, node in spec["nodes"].items()}
        self.top = str(spec.get("topNode", "doc"))
        self._letters = {name: chr(0xE000 + place) for place, name in enumerate(self.nodes)}
        self._children = {name: self._named_in(node.content) for name, node in self.nodes.items()}
        self._patterns = {name: re.compile(self._pattern(node.content)) for name, node in self.nodes.items()}

    def _node(self, name: str, spec: Json) -> NodeType:
        content = spec.get("content") or ""
        marks = spec.get("marks")
        allowed = self._allowed_marks(marks) if isinstance(marks, str) else frozenset(self.mark_defaults)
        groups = frozenset((spec.get("group") or "").split())
        return NodeType(name, content, groups, name == "text" or bool(spec.get("inline")), allowed, _defaults(spec))

    def _allowed_marks(self, marks: str) -> frozenset[str]:
        return frozenset(self.mark_defaults) if marks == "_" else frozenset(marks.split()) & self.mark_defaults.keys()

    def _pattern(self, content: str) -> str:
        """A content expression as a regular expression in which each type of node is one letter."""
        pattern = _WORD.sub(lambda word: f"[{self._letters_of(word[0])}]", content)
        return re.sub(r"\s+", "", pattern).replace("(", "(?:")

    def _letters_of(self, word: str) -> str:
        return "".join(self._letters[name] for name in self._named_in(word))

    def _named_in(self, content: str) -> frozenset[str]:
        """The types that a content expression names, themselves or by their group."""
        words = set(_WORD.findall(content))
        return frozenset(name for name, node in self.nodes.items() if name in words or words & node.groups)

    @cached_property
    def text_blocks(self) -> frozenset[str]:
        return frozenset(name for name, node in self.nodes.items() if node.is_text_block)

    def may_hold(self, name: str, children: list[str]) -> bool:
        """Whether a node of this type may hold exactly these types, in this order."""
        return bool(self._patterns[name].fullmatch("".join(self._letters.get(child, "\0") for child in children)))

    def may_contain(self, name: str, child: str) -> bool:
        """Whether a node of this type may have such a child somewhere."""
        return child in self._children[name]

    def attributes(self, name: str, given: Json) -> Json:
        """All attributes of a node, those not given with their defaults; what the schema does not know is left out."""
        return {key: given.get(key, value) for key, value in self.nodes[name].defaults.items()}

    def mark_attributes(self, name: str, given: Json) -> Json:
        return {key: given.get(key, value) for key, value in self.mark_defaults[name].items()}

    def problem(self, document: Any) -> str | None:
        """Why this is no document of this schema, in a sentence; None if it is one."""
        if not isinstance(document, dict) or document.get("type") != self.top:
            return f"A document is a “{self.top}” at its top."
        return next(self._problems(document, 0, with_values=True), None)

    def fits(self, node: Json) -> bool:
        """Whether a node holds what it may, and so all the way down."""
        return next(self._problems(node, 1, with_values=False), None) is None

    def _problems(self, node: Json, depth: int, *, with_values: bool) -> Iterator[str]:
        if depth > DEEPEST:
            yield f"The text is nested more than {DEEPEST} levels deep."
            return
        name, content = node["type"], node.get("content", [])
        for child in content if isinstance(content, list) else [None]:
            if not isinstance(child, dict) or child.get("type") not in self.nodes:
                yield f"“{name}” holds something that is no part of a text: {str(child)[:60]}."
                return
        if not self.may_hold(name, [child["type"] for child in content]):
            held = ", ".join(child["type"] for child in content[:6]) or "nothing"
            yield f"“{name}” may hold “{self.nodes[name].content}”, but holds {held}."
        if with_values:
            yield from self._own_problems(node)
        for child in content:
            yield from self._problems(child, depth + 1, with_values=with_values)

    def _own_problems(self, node: Json) -> Iterator[str]:
        """What is wrong with a node itself, whatever it holds."""
        name, marks = node["type"], node.get("marks") or []
        yield from _attribute_problems(name, self.attributes(name, {}), node.get("attrs"))
        if name == "text" and not (isinstance(node.get("text"), str) and node["text"] and is_sound(node["text"])):
            yield "A text has no words, or half of a character."
        for mark in marks:
            if not isinstance(mark, dict) or mark.get("type") not in self.mark_defaults:
                yield f"There is no such mark: {str(mark)[:60]}."
                return
            yield from _attribute_problems(mark["type"], self.mark_defaults[mark["type"]], mark.get("attrs"))
        if len({mark["type"] for mark in marks}) < len(marks):
            yield f"“{name}” has the same mark twice."


def _attribute_problems(name: str, known: Json, given: Any) -> Iterator[str]:
    if given is not None and not isinstance(given, dict):
        yield f"The attributes of “{name}” are no names with values."
        return
    said = given or {}
    if unknown := set(said) - set(known):
        yield f"“{name}” has no attribute “{min(map(str, unknown))}”."
    for attribute, value in (known | said).items():
        if not is_value(name, attribute, value):
            yield f"“{name}” cannot have the {attribute} {str(value)[:60]!r}."


def _defaults(spec: Json) -> Json:
    return {name: attribute.get("default") for name, attribute in (spec.get("attrs") or {}).items()}


@cache
def schema() -> Schema:
    """The schema of a section's text."""
    return Schema(json.loads(FILE.read_text(encoding="utf-8")))
