"""From the editor's document to one Yjs update, as if it had been typed."""

from typing import Any

from pycrdt import Doc, Text

from documents.text import flat
from documents.text.flattening import flatten, write_runs
from documents.text.schema import Json, schema
from documents.text.table_building import TableBuilder


def build_update(document: Json) -> bytes:
    """An update that makes an empty section exactly this document. ValueError where it is none, with what is wrong."""
    if problem := schema().problem(document):
        raise ValueError(problem)
    doc: Doc[Any] = Doc()
    text = doc.get(flat.SECTION, type=Text)
    with doc.transaction():
        write_runs(text, TableBuilder(doc).embed(flatten(document["content"])))
    return doc.get_update()
