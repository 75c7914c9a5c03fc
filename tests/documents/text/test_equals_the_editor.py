"""What Python reads and renders is what the editor shows, whatever people have done and whatever somebody has stored."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from documents.text.building import build_update
from documents.text.reading import read_section, replay
from documents.text.rendering import render
from documents.text.schema import schema
from tests.documents.text.editor import Editor, documents_of_sessions, seen
from tests.documents.text.helpers import Json, same, stored
from tests.documents.text.odd_runs import odd_sections
from tests.documents.text.strategies import documents

pytestmark = pytest.mark.no_database

# The editor shows an empty line to write in, a page what it says of an empty section.
BLANK: Json = {"type": "doc", "content": [{"type": "paragraph"}]}

many = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def editor() -> Iterator[Editor]:
    with Editor() as running:
        yield running


@many
@given(document=documents)
def test_the_editor_reads_what_python_builds_and_shows_what_python_renders(editor: Editor, document: Json) -> None:
    update = build_update(document)

    shown, json = editor.read(update), read_section(replay([update]))

    assert shown["problem"] is None
    assert same(shown["json"]) == same(document)
    assert json == shown["json"]
    assert seen(render(json, "s1")) == seen(shown["html"]) or json == BLANK


@many
@given(section=odd_sections)
def test_both_read_the_same_from_runs_that_nobody_would_write(editor: Editor, section: dict[str, Any]) -> None:
    update = stored(*section["runs"], tables=section["tables"], cells=section["cells"]).get_update()

    shown, json = editor.read(update), read_section(replay([update]))

    assert shown["problem"] is None
    assert schema().problem(json) is None
    assert json == shown["json"]


def test_python_reads_and_renders_what_people_wrote_together_as_their_editors() -> None:
    for document in documents_of_sessions(count=60, seed=1):
        json = read_section(replay([document["update"]]))

        assert same(json, names=True) == same(document["json"], names=True), f"session {document['seed']}"
        assert seen(render(json, "s1")) == seen(document["html"]) or json == BLANK, f"session {document['seed']}"
