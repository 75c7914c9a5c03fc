"""Models of documents: one class a file."""

from documents.models.image import Image
from documents.models.reading_span import ReadingSpan
from documents.models.report import (
    Report,
    ReportGrant,
    ReportGroupPermission,
    ReportKind,
    ReportState,
    ReportUserPermission,
)
from documents.models.section import (
    Numbering,
    Restriction,
    Section,
    SectionGrant,
    SectionGroupPermission,
    SectionUserPermission,
)
from documents.models.section_update import CoeditWriter, SectionSnapshot, SectionUpdate, SnapshotCover

__all__ = [
    "CoeditWriter",
    "Image",
    "Numbering",
    "ReadingSpan",
    "Report",
    "ReportGrant",
    "ReportGroupPermission",
    "ReportKind",
    "ReportState",
    "ReportUserPermission",
    "Restriction",
    "Section",
    "SectionGrant",
    "SectionGroupPermission",
    "SectionSnapshot",
    "SectionUpdate",
    "SectionUserPermission",
    "SnapshotCover",
]
