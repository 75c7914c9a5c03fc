"""The canonical form of a report's text: bytes that are the same wherever and whenever they are made from the same text.

`docs/versions.md` describes it for whoever wants to recompute a fingerprint. A change to what is said here is a new FORM.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from documents.text.addresses import is_own_picture
from documents.text.schema import Json

FORM = "joint-review-report/1"
# What only the editor and its merging need. Two texts that read the same are the same without them.
_OWN = frozenset({"id", "rid", "cid"})
_NEVER = "\0"

Pictures = Mapping[str, str]  # address of a picture -> SHA-256 of its file


@dataclass(frozen=True, slots=True)
class Part:
    """A section as it counts: its number and title, and its text as the editor's document."""

    number: str
    title: str
    content: Json


class UnstableError(ValueError):
    """A text holds what has no one way to be written down."""


def canonical_report(title: str, kind: str, parts: Sequence[Part], pictures: Pictures) -> str:
    """The canonical form of a whole text."""
    sections = [_part(part, pictures) for part in parts]
    return _written({"form": FORM, "kind": kind, "title": clean(title), "sections": sections})


def canonical_part(part: Part, pictures: Pictures) -> str:
    """The same of one section without its number, which changes with those before it."""
    return _written({name: value for name, value in _part(part, pictures).items() if name != "number"})


def fingerprint(canonical: str) -> str:
    """The SHA-256 of the form's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(canonical.encode()).hexdigest()


def clean(value: Any) -> Any:
    """Without the one character that a database cannot keep. Nothing else is changed, and nothing is normalised."""
    if isinstance(value, str):
        return value.replace(_NEVER, "")
    if isinstance(value, Mapping):
        return {clean(key): clean(one) for key, one in value.items()}
    return [clean(one) for one in value] if isinstance(value, list) else value


def pictures_in(node: Json) -> set[str]:
    """The addresses of the pictures in a document."""
    found = {str(_attributes(node).get("src"))} if node.get("type") == "image" else set()
    return found.union(*(pictures_in(child) for child in node.get("content", [])))


def _part(part: Part, pictures: Pictures) -> Json:
    content = [_node(node, pictures) for node in part.content.get("content", [])]
    return {"number": clean(part.number), "title": clean(part.title), "content": content}


def _node(node: Json, pictures: Pictures) -> Json:
    made: Json = {"type": node["type"]}
    if attributes := _meaningful(node):
        made["attrs"] = _with_picture(attributes, pictures) if node["type"] == "image" else attributes
    if marks := node.get("marks"):
        made["marks"] = sorted(map(_mark, marks), key=lambda mark: str(mark["type"]))
    if "text" in node:
        made["text"] = clean(node["text"])
    if node.get("content"):
        made["content"] = [_node(child, pictures) for child in node["content"]]
    return made


def _mark(mark: Json) -> Json:
    attributes = _meaningful(mark)
    return {"type": mark["type"], **({"attrs": attributes} if attributes else {})}


def _with_picture(attributes: Json, pictures: Pictures) -> Json:
    """What a picture shows counts, not where it lies: one that is not among the pictures keeps its address."""
    address = attributes.pop("src", None)
    if is_own_picture(address) and address in pictures:
        return attributes | {"sha256": pictures[address]}
    return attributes | {"src": address}


def _meaningful(node: Json) -> Json:
    return {name: _value(value) for name, value in _attributes(node).items() if value is not None and name not in _OWN}


def _value(value: Any) -> Any:
    """Words as they are, numbers as integers."""
    if isinstance(value, list):
        return [_value(one) for one in value]
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool) or (isinstance(value, int | float) and value == int(value)):
        return value if isinstance(value, bool) else int(value)
    raise UnstableError(f"{str(value)[:40]!r} cannot be written in one way only.")


def _attributes(node: Json) -> Json:
    return node.get("attrs") or {}


def _written(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
