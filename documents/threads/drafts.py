"""What somebody wants to say, as it came in, made fit to be stored or refused field by field in words."""

import re
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from documents.models import ThreadKind

COMMENT_MAX = 10_000
QUOTE_MAX = 5_000
REPLACEMENT_MAX = 10_000
POSITION_MAX_BYTES = 400
CONTEXT_MAX = 80
MENTIONS_MAX = 50
# What neither database nor page can hold: control characters but tab and newline, and halves of characters.
_UNUSABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Passage:
    """The words that a thread is about, and where they are: Yjs relative positions, made by the page."""

    start: bytes
    end: bytes
    quote: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Mentions:
    """People and organisations whom a comment calls, by id."""

    users: frozenset[UUID] = frozenset()
    organisations: frozenset[UUID] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.users or self.organisations)


@dataclass(frozen=True, slots=True)
class Draft:
    """A comment or a suggestion that is to open a thread. Without a passage it is about the whole section."""

    text: str
    kind: str = ThreadKind.GENERAL
    only_for_us: bool = False
    passage: Passage | None = None
    replacement: str | None = None
    mentions: Mentions = field(default_factory=Mentions)


def clean_comment(text: str) -> str:
    """Plain text of a comment; ValidationError (under "text") where it is too long."""
    return _clean(text, "text", "comment", COMMENT_MAX).strip()


def clean_draft(draft: Draft) -> Draft:
    """The draft as it can be stored. ValidationError with every field that cannot."""
    errors: dict[str, str] = {}
    text, replacement = draft.text, draft.replacement
    try:
        text = clean_comment(draft.text)
    except ValidationError as refusal:
        errors["text"] = refusal.messages[0]
    if replacement is None and not text and "text" not in errors:
        errors["text"] = "Enter a comment."
    if draft.kind not in ThreadKind.values:
        errors["kind"] = "Choose what kind of comment this is."
    try:
        replacement = None if replacement is None else _clean(replacement, "replacement", "text", REPLACEMENT_MAX)
    except ValidationError as refusal:
        errors["replacement"] = refusal.messages[0]
    errors |= _passage_errors(draft, replacement)
    if errors:
        raise ValidationError(errors)
    return Draft(text, draft.kind, draft.only_for_us, draft.passage, replacement, draft.mentions)


def _passage_errors(draft: Draft, replacement: str | None) -> dict[str, str]:
    passage = draft.passage
    if passage is None:
        return {} if replacement is None else {"anchor": "Select the words that you want to change first."}
    if len(passage.quote) > QUOTE_MAX:
        length = len(passage.quote)
        return {"anchor": f"You have selected {length:,} characters. Select {QUOTE_MAX:,} or fewer."}
    unusable = _UNUSABLE.search(passage.quote + passage.before + passage.after)
    sizes = (len(passage.start), len(passage.end))
    if not passage.quote or unusable or min(sizes) < 1 or max(sizes) > POSITION_MAX_BYTES:
        return {"anchor": "The words that you selected cannot be found again. Select them once more."}
    if replacement == passage.quote:
        return {"replacement": "This is what the text says now. Change it, or write a comment instead."}
    return {}


def _clean(text: str, name: str, what: str, most: int) -> str:
    text = _UNUSABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) > most:
        raise ValidationError({name: f"The {what} has {len(text):,} characters. Shorten it to {most:,} or fewer."})
    return text


# What the page sends as JSON.


class MalformedError(ValueError):
    """Not what any page of ours sends; the text says what it is."""


def read_draft(data: Mapping[str, Any]) -> Draft:
    """A draft from JSON. Raises MalformedError."""
    replacement = data.get("replacement")
    return Draft(
        text=read_text(data, "text"),
        kind=read_text(data, "kind") or ThreadKind.GENERAL,
        only_for_us=data.get("only_for_us") is True,
        passage=_passage(data.get("anchor")),
        replacement=None if replacement is None else read_text(data, "replacement"),
        mentions=read_mentions(data.get("mentions")),
    )


def read_text(data: Mapping[str, Any], name: str) -> str:
    """A text, "" where there is none. Raises MalformedError."""
    value = data.get(name) or ""
    if not isinstance(value, str):
        raise MalformedError(f"“{name}” is not text.")
    return value


def read_mentions(listed: Any) -> Mentions:
    """Who is mentioned. Raises MalformedError."""
    users, organisations = set(), set()
    for one in _list(listed):
        try:
            if one.get("user"):
                users.add(UUID(str(one["user"])))
            else:
                organisations.add(UUID(str(one["organisation"])))
        except (AttributeError, KeyError, ValueError) as error:
            raise MalformedError("“mentions” names nobody.") from error
    return Mentions(frozenset(users), frozenset(organisations))


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list) or len(value) > MENTIONS_MAX:
        raise MalformedError(f"“mentions” is not a list of {MENTIONS_MAX} or fewer.")
    return value


def _passage(data: Any) -> Passage | None:
    if data is None:
        return None
    if not isinstance(data, dict):
        raise MalformedError("“anchor” is not an object.")
    try:
        start, end = (b64decode(read_text(data, name), validate=True) for name in ("start", "end"))
    except (Base64Error, ValueError) as error:
        raise MalformedError("“anchor” has no positions.") from error
    before, after = read_text(data, "before")[-CONTEXT_MAX:], read_text(data, "after")[:CONTEXT_MAX]
    return Passage(start, end, read_text(data, "quote"), before, after)
