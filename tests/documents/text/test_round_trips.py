"""Whatever document the editor may hold comes back the same, stored and read, rendered and parsed."""

import pytest
from hypothesis import given, settings

from documents.text.building import build_update
from documents.text.parsing import parse
from documents.text.reading import read_section, replay
from documents.text.rendering import render
from documents.text.schema import schema
from tests.documents.text.helpers import Json, same
from tests.documents.text.strategies import documents

pytestmark = pytest.mark.no_database

many = settings(max_examples=50, deadline=None)


@many
@given(documents)
def test_a_built_document_is_read_as_the_same(document: Json) -> None:
    assert same(read_section(replay([build_update(document)]))) == same(document)


@many
@given(documents)
def test_what_is_read_is_built_again_with_the_same_names(document: Json) -> None:
    once = read_section(replay([build_update(document)]))

    assert read_section(replay([build_update(once)])) == once


@many
@given(documents)
def test_rendered_html_is_parsed_as_the_same_document(document: Json) -> None:
    html = render(document, "s1")

    parsed = parse(html)

    assert same(parsed) == same(document)
    assert render(parsed, "s1") == html
    assert schema().problem(parsed) is None
