"""Models of documents: one class a file."""

from documents.models.comment import Comment, Mention
from documents.models.comment_round import CommentRound, RoundInvitation
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
from documents.models.sign_off import Decision, RequiredSeat, SignOff, VersionOpening
from documents.models.suggestion import Suggestion, SuggestionState
from documents.models.thread import Disposition, Thread, ThreadKind
from documents.models.version import Version, VersionKind, VersionSection

__all__ = [
    "CoeditWriter",
    "Comment",
    "CommentRound",
    "Decision",
    "Disposition",
    "Image",
    "Mention",
    "Numbering",
    "ReadingSpan",
    "Report",
    "ReportGrant",
    "ReportGroupPermission",
    "ReportKind",
    "ReportState",
    "ReportUserPermission",
    "RequiredSeat",
    "Restriction",
    "RoundInvitation",
    "Section",
    "SectionGrant",
    "SectionGroupPermission",
    "SectionSnapshot",
    "SectionUpdate",
    "SectionUserPermission",
    "SignOff",
    "SnapshotCover",
    "Suggestion",
    "SuggestionState",
    "Thread",
    "ThreadKind",
    "Version",
    "VersionKind",
    "VersionOpening",
    "VersionSection",
]
