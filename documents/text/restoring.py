"""Making a text what it was, as an edit like any other: only what differs is touched, so what others type stays."""

import json
import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from pycrdt import Doc, Map, Text

from documents.text import flat
from documents.text.schema import Json
from documents.text.table_reading import fingerprint

_TOKENS = re.compile(f"{flat.SPECIAL.pattern}|\\w+|.", re.DOTALL)


class Token(NamedTuple):
    """A word, a sign or an embed with its formats, and how many units of the text it takes."""

    key: tuple[str, str]
    value: Any
    formats: Json
    size: int


def restoring_update(doc: "Doc[Any]", target: "Doc[Any]") -> bytes:
    """Make `doc` read as `target` does; the update that does so, empty where nothing differs."""
    before = doc.get_state()
    restorer = _Restorer(doc, target)
    with doc.transaction():
        restorer.restore()
    return doc.get_update(before) if restorer.has_changed else b""


class _Restorer:
    def __init__(self, doc: "Doc[Any]", target: "Doc[Any]") -> None:
        self._doc, self._target = doc, target
        self._ours, self._theirs = frozenset(doc.keys()), frozenset(target.keys())
        self.has_changed = False

    def restore(self) -> None:
        self._restore_text(flat.SECTION)
        for root in sorted(self._ours | self._theirs):
            match root.split(":"):
                case ["t", table]:
                    self._restore_table(table, root)

    def _restore_table(self, table: str, root: str) -> None:
        shape = self._doc.get(root, type=Map)
        now: Json = shape.to_py() or {} if root in self._ours else {}
        then: Json = (self._target.get(root, type=Map).to_py() or {}) if root in self._theirs else {}
        if "at0" not in then:
            self._set(
                shape, now, {"x": self._gone(table, now, _names(now, "r:"), _names(now, "c:"))} if "at0" in now else {}
            )
            return
        rows, columns = _names(then, "r:"), _names(then, "c:")
        for row in rows:
            for column in columns:
                self._restore_text(flat.cell_root(table, row, column))
        wanted = {"at": then["at0"]} | then
        for line in _names(now, "r:"):
            if line not in rows:
                wanted[f"x:{line}"] = self._gone(table, now, [line], _names(now, "c:"))
        for line in _names(now, "c:"):
            if line not in columns:
                wanted[f"x:{line}"] = self._gone(table, now, _names(now, "r:"), [line])
        self._set(shape, now, wanted)
        self._forget(shape, [key for key in now if key not in wanted and key[:2] in ("k:", "w:")])

    def _gone(self, table: str, now: Json, rows: Sequence[str], columns: Sequence[str]) -> Json:
        """The mark of what was deleted: it comes back where somebody is writing in it meanwhile."""
        words = ""
        for row in rows:
            for column in columns:
                root = flat.cell_root(table, row, column)
                runs = self._doc.get(root, type=Text).diff() if root in self._ours else []
                text = "".join(inserted for inserted, _ in runs if isinstance(inserted, str))
                words += "" if flat.is_blank(text) else f"{row}:{column}={text}\0"
        return {"h": fingerprint(words)}

    def _set(self, shape: "Map[Any]", now: Json, wanted: Json) -> None:
        for key, value in wanted.items():
            if key not in now or now[key] != value:
                shape[key] = value
                self.has_changed = True

    def _forget(self, shape: "Map[Any]", keys: Iterable[str]) -> None:
        for key in keys:
            del shape[key]
            self.has_changed = True

    def _restore_text(self, root: str) -> None:
        if root not in self._ours and root not in self._theirs:
            return
        text = self._doc.get(root, type=Text)
        ours = _tokens(text.diff()) if root in self._ours else []
        theirs = _tokens(self._target.get(root, type=Text).diff()) if root in self._theirs else []
        _Rewriting(text, ours, theirs).write()
        self.has_changed = self.has_changed or [one.key for one in ours] != [one.key for one in theirs]


class _Rewriting:
    """Makes one text from the other, from its end to its start, so that places before a change stay what they are."""

    def __init__(self, text: Text, ours: list[Token], theirs: list[Token]) -> None:
        self._text, self._ours, self._theirs = text, ours, theirs
        self._wanted = {token.key for token in theirs if not isinstance(token.value, str)}

    def write(self) -> None:
        starts = [0]
        for token in self._ours:
            starts.append(starts[-1] + token.size)
        for tag, low, high, from_, to in reversed(_differences(self._ours, self._theirs)):
            if tag == "equal":
                continue
            for token in reversed(self._theirs[from_:to]):
                self._insert(starts[high], token)
            for place in range(high - 1, low - 1, -1):
                if self._goes(self._ours[place]):
                    del self._text[starts[place] : starts[place + 1]]

    def _goes(self, token: Token) -> bool:
        """A table's embed stays, hidden by the table's own mark: somebody may be writing in the table."""
        return isinstance(token.value, str) or token.key in self._wanted

    def _insert(self, at: int, token: Token) -> None:
        if isinstance(token.value, str):
            self._text.insert(at, token.value, token.formats)
        else:
            self._text.insert_embed(at, token.value, token.formats)


def _differences(ours: Sequence[Token], theirs: Sequence[Token]) -> list[tuple[str, int, int, int, int]]:
    one, other = [token.key for token in ours], [token.key for token in theirs]
    start, most = 0, min(len(one), len(other))
    while start < most and one[start] == other[start]:
        start += 1
    end = 0
    while end < most - start and one[-1 - end] == other[-1 - end]:
        end += 1
    codes = SequenceMatcher(None, one[start : len(one) - end], other[start : len(other) - end]).get_opcodes()
    return [(tag, a + start, b + start, c + start, d + start) for tag, a, b, c, d in codes]


def _tokens(runs: Iterable[tuple[Any, Json | None]]) -> list[Token]:
    tokens = []
    for inserted, formats in runs:
        said = json.dumps(formats or {}, sort_keys=True)
        if isinstance(inserted, str):
            words = (found[0] for found in _TOKENS.finditer(inserted))
            tokens += [Token((word, said), word, formats or {}, len(word.encode())) for word in words]
        else:
            tokens.append(Token((f"\0{json.dumps(inserted, sort_keys=True)}", ""), inserted, formats or {}, 1))
    return tokens


def _names(shape: Json, prefix: str) -> list[str]:
    return sorted(key[2:] for key in shape if key.startswith(prefix))
