"""Report templates: headings, numbering and guidance, kept as data beside the code."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from documents.models import Numbering, ReportKind

FOLDER = Path(__file__).parent / "templates_data"


@dataclass(frozen=True, slots=True)
class TemplateSection:
    """One heading of a template."""

    title: str
    numbering: Numbering
    guidance: str


@dataclass(frozen=True, slots=True)
class ReportTemplate:
    """The headings that a report of a kind starts with."""

    key: str
    name: str
    description: str
    kind: ReportKind
    sections: tuple[TemplateSection, ...]


@lru_cache(maxsize=1)
def templates() -> dict[str, ReportTemplate]:
    """All templates by key, in the order of their file names."""
    found = [_read(path) for path in sorted(FOLDER.glob("*.json"))]
    return {template.key: template for template in found}


def _read(path: Path) -> ReportTemplate:
    data = json.loads(path.read_text(encoding="utf-8"))
    sections = tuple(
        TemplateSection(title=item["title"], numbering=Numbering(item["numbering"]), guidance=item["guidance"])
        for item in data["sections"]
    )
    return ReportTemplate(path.stem, data["name"], data["description"], ReportKind(data["kind"]), sections)
