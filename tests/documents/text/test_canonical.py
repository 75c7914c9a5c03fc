"""The canonical form: the same text is the same bytes, and nothing else is."""

import json
from copy import deepcopy

import pytest
from hypothesis import HealthCheck, given, settings

from documents.text.canonical import Part, UnstableError, canonical_part, canonical_report, fingerprint, pictures_in
from tests.documents.text.helpers import Json, node, text
from tests.documents.text.strategies import documents

pytestmark = pytest.mark.no_database

PICTURE = "/images/0a0a0a0a-0b0b-4c0c-8d0d-0e0e0e0e0e0e/"


def document(*blocks: Json) -> Json:
    return {"type": "doc", "content": list(blocks)}


def form(*blocks: Json, pictures: dict[str, str] | None = None) -> str:
    return canonical_report("A report", "joint_report", [Part("1", "Findings", document(*blocks))], pictures or {})


def backwards(value: object) -> object:
    """The same JSON with the keys of everything the other way round."""
    if isinstance(value, dict):
        return {key: backwards(one) for key, one in reversed(list(value.items()))}
    return [backwards(one) for one in value] if isinstance(value, list) else value


def test_this_is_what_it_looks_like() -> None:
    """Written out: whoever changes these bytes changes every fingerprint that was ever signed."""
    words = text("Ren\u00e9 \u201csaid\u201d: \\\n\u2028", {"type": "bold"})
    made = form(node("heading", words, level=2), node("paragraph"))

    assert made == (
        '{"form":"joint-review-report/1","kind":"joint_report","sections":[{"content":['
        '{"attrs":{"level":2},"content":[{"marks":[{"type":"bold"}],'
        '"text":"Ren\u00e9 \u201csaid\u201d: \\\\\\n\u2028","type":"text"}],"type":"heading"},'
        '{"type":"paragraph"}],"number":"1","title":"Findings"}],"title":"A report"}'
    )
    assert fingerprint(made) == "7f4f084d9a1ecedb68ab6057360d0c4679e6a43d136ecb77b9be1a68bc8c7913"


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents)
def test_it_does_not_depend_on_the_order_of_keys(one: Json) -> None:
    assert form(*one["content"]) == form(*backwards(deepcopy(one))["content"])  # type: ignore[index]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents)
def test_it_is_canonical_itself(one: Json) -> None:
    """Whoever reads it and writes it again in the same way has the same bytes, and they are UTF-8."""
    made = form(*one["content"])
    again = json.dumps(json.loads(made), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    assert again.encode() == made.encode()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents, documents)
def test_two_texts_have_the_same_form_only_if_they_are_the_same(one: Json, other: Json) -> None:
    if form(*one["content"]) == form(*other["content"]):
        assert _bare(one) == _bare(other)


def test_ids_of_the_editor_are_left_out() -> None:
    def table(name: str) -> Json:
        cell = node("tableCell", node("paragraph", text("July")), cid=name, colspan=1)
        return node("table", node("tableRow", cell, rid=name), id=name)

    note = [node("footnote", id=name, text="Seen.") for name in ("a", "b")]

    assert form(table("a")) == form(table("b"))
    assert form(node("paragraph", note[0])) == form(node("paragraph", note[1]))


def test_the_order_of_marks_says_nothing() -> None:
    bold, italic = {"type": "bold"}, {"type": "italic"}

    assert form(node("paragraph", text("so", bold, italic))) == form(node("paragraph", text("so", italic, bold)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (node("paragraph", text("so")), node("paragraph", text("So"))),
        (node("paragraph", text("so")), node("paragraph", text("so "))),
        (node("paragraph", text("so")), node("paragraph", text("so", {"type": "bold"}))),
        (node("paragraph", text("so")), node("heading", text("so"), level=2)),
        (node("heading", text("so"), level=3), node("heading", text("so"), level=2)),
        # The same letter to the eye, stored in two ways: nothing is normalised.
        (node("paragraph", text("\u00e9")), node("paragraph", text("e\u0301"))),
    ],
)
def test_what_reads_differently_is_different(one: Json, other: Json) -> None:
    assert form(one) != form(other)


def test_a_picture_counts_by_what_it_shows() -> None:
    other = PICTURE.replace("0a0a", "1a1a")
    made = form(node("image", src=PICTURE, alt="A map"), pictures={PICTURE: "f" * 64})

    assert pictures_in(document(node("image", src=PICTURE))) == {PICTURE}
    assert PICTURE not in made
    assert made == form(node("image", src=other, alt="A map"), pictures={other: "f" * 64})
    assert made != form(node("image", src=PICTURE, alt="A map"), pictures={PICTURE: "0" * 64})
    assert PICTURE in form(node("image", src=PICTURE, alt="A map"))


def test_numbers_are_integers() -> None:
    assert form(node("orderedList", start=3.0)) == form(node("orderedList", start=3))
    with pytest.raises(UnstableError):
        form(node("orderedList", start=3.5))


def test_what_no_database_keeps_is_left_out() -> None:
    assert form(node("paragraph", text("a\0b"))) == form(node("paragraph", text("ab")))


def test_the_form_of_a_section_does_not_know_its_number() -> None:
    content = document(node("paragraph", text("so")))

    assert canonical_part(Part("1", "T", content), {}) == canonical_part(Part("2", "T", content), {})
    assert canonical_part(Part("1", "T", content), {}) != canonical_part(Part("1", "U", content), {})


def _bare(value: object) -> object:
    """Without what does not count."""
    if isinstance(value, dict):
        attributes = {k: v for k, v in (value.get("attrs") or {}).items() if v is not None and k not in ("id", "rid", "cid")}
        rest = {key: _bare(one) for key, one in value.items() if key != "attrs" and one not in ([], {})}
        return rest | ({"attrs": attributes} if attributes else {})
    return [_bare(one) for one in value] if isinstance(value, list) else value
