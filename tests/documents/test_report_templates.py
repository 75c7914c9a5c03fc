"""The report templates that come with the product."""

import json
from typing import Any

import jsonschema
import pytest

from documents.models import Numbering, ReportKind, Section
from documents.numbering import numbers
from documents.report_templates import FOLDER, templates
from documents.titles import clean_title

pytestmark = pytest.mark.no_database

SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["name", "description", "kind", "sections"],
    "additionalProperties": False,
    "properties": {
        "name": {"type": "string", "minLength": 1},
        "description": {"type": "string", "minLength": 1},
        "kind": {"enum": ReportKind.values},
        "sections": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["title", "numbering", "guidance"],
                "additionalProperties": False,
                "properties": {
                    "title": {"type": "string"},
                    "numbering": {"enum": Numbering.values},
                    "guidance": {"type": "string", "minLength": 1, "maxLength": 2000},
                },
            },
        },
    },
}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_every_template_file_is_well_formed(path: Any) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))

    jsonschema.validate(data, SCHEMA)
    assert [clean_title(item["title"]) for item in data["sections"]] == [item["title"] for item in data["sections"]]


def test_the_joint_report_is_numbered_from_the_introduction_to_the_recommendations() -> None:
    headings = templates()["joint_report"].sections

    found = numbers([Section(numbering=heading.numbering) for heading in headings]).values()

    assert list(found) == ["", *(str(number) for number in range(1, 15)), "A", "B", "C"]
    assert headings[14].title == "Recommendations"
