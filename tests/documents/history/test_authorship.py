"""Whose each passage is, by the log alone."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pycrdt import Doc, Text

from documents.history.authorship import Traced, trace

pytestmark = pytest.mark.no_database
Row = tuple[str, bytes]


class Writer:
    """Somebody with a copy of the text."""

    def __init__(self, name: str, client: int | None = None) -> None:
        self.name = name
        self.doc: Doc[Any] = Doc(client_id=client) if client else Doc()

    def hears(self, *rows: Row) -> None:
        for _, update in rows:
            self.doc.apply_update(update)

    def types(self, words: str, at: int = 0, root: str = "default") -> Row:
        before = self.doc.get_state()
        self.doc.get(root, type=Text).insert(at, words)
        return self.name, self.doc.get_update(before)

    def deletes(self, start: int, end: int) -> Row:
        before = self.doc.get_state()
        del self.doc.get("default", type=Text)[start:end]
        return self.name, self.doc.get_update(before)


def told(traced: Traced, root: str = "default") -> list[tuple[str, str]]:
    """Words and their authors."""
    found = [tuple(passage) for passage in traced.passages(root)]
    assert "".join(words for words, _ in found) == str(traced.doc.get(root, type=Text))
    return found


def test_words_belong_to_whoever_typed_them() -> None:
    ned, bella = Writer("ned"), Writer("bella")
    one = ned.types("Nobody knew.")
    bella.hears(one)
    two = bella.types("really ", len("Nobody "))

    assert told(trace([one, two])) == [("Nobody ", "ned"), ("really ", "bella"), ("knew.", "ned")]


def test_what_is_deleted_is_nobodys() -> None:
    ned, bella = Writer("ned"), Writer("bella")
    one = ned.types("Nobody knew.")
    bella.hears(one)

    assert told(trace([one, bella.deletes(0, 7)])) == [("knew.", "ned")]


def test_letters_of_more_than_one_byte_are_counted_right() -> None:
    ned, bella = Writer("ned"), Writer("bella")
    one = ned.types("Café 😀 ")
    bella.hears(one)

    assert told(trace([one, bella.types("naïve", len("Café ".encode()))])) == [
        ("Café ", "ned"),
        ("naïve", "bella"),
        ("😀 ", "ned"),
    ]


def test_who_sends_again_what_another_wrote_does_not_own_it() -> None:
    ned, bella = Writer("ned"), Writer("bella")
    one = ned.types("Mine.")
    bella.hears(one)
    again = "bella", bella.doc.get_update()

    assert told(trace([one, again])) == [("Mine.", "ned")]


def test_whose_client_number_it_is_does_not_matter() -> None:
    ned, forger = Writer("ned", client=7), Writer("forger", client=7)
    one = ned.types("Mine.")
    forger.hears(one)

    assert told(trace([one, forger.types(" Not mine.", 5)])) == [("Mine.", "ned"), (" Not mine.", "forger")]


def test_words_that_wait_for_anothers_are_not_that_others() -> None:
    """Somebody hangs words on what another has not sent yet; they appear when it comes, and are still their own."""
    ned, forger = Writer("ned"), Writer("forger")
    before = forger.types("Hello. ")
    ned.hears(before)
    one = ned.types("Mine.", 7)
    forger.hears(one)
    hanging = forger.types(" Said by Ned, would you believe it.", 12)
    later = ned.types(" And mine.", 12)

    traced = trace([before, hanging, one, later])

    assert [author for words, author in told(traced) if "would" in words] == ["forger"]
    assert "".join(words for words, author in told(traced) if author == "ned") == "Mine. And mine."


def test_what_waits_for_ever_is_no_part_of_the_text() -> None:
    ned, forger = Writer("ned"), Writer("forger")
    forger.hears(ned.types("Never sent."))

    assert told(trace([forger.types("Hanging.", 5), Writer("bella").types("Hers.")])) == [("Hers.", "bella")]


def test_cells_of_tables_have_their_authors_too() -> None:
    ned, bella = Writer("ned"), Writer("bella")
    one = ned.types("July", root="t:a:b:c")
    bella.hears(one)

    traced = trace([one, bella.types(" and May", 4, root="t:a:b:c")])

    assert told(traced, "t:a:b:c") == [("July", "ned"), (" and May", "bella")]


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 30), st.text("ab😀é", min_size=1, max_size=4)), max_size=25))
def test_every_unit_has_the_author_who_typed_it(edits: list[tuple[int, int, str]]) -> None:
    people = [Writer(name) for name in ("0", "1", "2")]
    rows: list[Row] = []
    model: list[tuple[str, str]] = []
    for who, place, words in edits:
        at = min(place, len(model))
        row = people[who].types(words, len("".join(letter for letter, _ in model[:at]).encode()))
        model[at:at] = [(letter, str(who)) for letter in words]
        rows.append(row)
        for person in people:
            person.hears(row)

    traced = trace(rows)

    assert [(letter, author) for words, author in told(traced) for letter in words] == model
