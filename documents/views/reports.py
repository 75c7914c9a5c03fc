"""Reading and writing a report."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.activity import not_activity
from accounts.http import AuthenticatedHttpRequest
from documents.access import report_for, report_level_on
from documents.coedit.tokens import make_token
from documents.models import Report
from documents.outline import Entry, Outline, known_sections, outline_of
from documents.versions.standing import standing_of
from documents.views.reading import record_reading
from partnerships.grants import Level
from partnerships.paging import leaf

REPORTS_A_PAGE = 25
# What the page's script and the socket call the levels.
LIVE_LEVEL = {Level.VIEW: "read", Level.COMMENT: "comment", Level.EDIT: "write"}


@require_safe
def listing(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The reports that this person may read, the newest first."""
    reports = Report.objects.visible_to(request.user).select_related("review")
    page = leaf(reports, request.GET.get("page"), size=REPORTS_A_PAGE)
    context = {"page": page, "nav": "home"}
    return render(request, "documents/list.html", context)


@require_safe
def live(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The report as one live document."""
    outline = _outline(request, pk)
    _record(request, outline, "live")
    context = {"outline": outline, "config": _config(request, outline), **_common(outline)}
    return render(request, "documents/report.html", context)


@require_safe
def read(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The report as a page to read, without tools."""
    outline = _outline(request, pk)
    _record(request, outline, "read")
    return render(request, "documents/read.html", {"outline": outline, **_common(outline)})


@require_safe
def printed(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The report for paper: a cover with the marking, contents and text."""
    outline = _outline(request, pk)
    _record(request, outline, "print")
    return render(request, "documents/print.html", {"outline": outline, "now": timezone.now(), **_common(outline)})


@not_activity
@require_safe
def token(request: AuthenticatedHttpRequest, pk: UUID) -> JsonResponse:
    """A new token for a socket, through which all that this person may read of the report can be read."""
    report = report_for(request.user, pk)
    known, levels = known_sections(request.user, report)
    record_reading(request.user, report, "token", [section for section in known if levels[section.pk] is not None])
    return JsonResponse({"token": _token(request, report)})


def _outline(request: AuthenticatedHttpRequest, pk: UUID) -> Outline:
    report = report_for(request.user, pk)
    level = report_level_on(request.user, report) or Level.VIEW
    return outline_of(request.user, report, level)


def _common(outline: Outline) -> dict[str, Any]:
    report = outline.report
    return {
        "report": report,
        "review": report.review,
        "standing": standing_of(report),
        "tab": "report",
        "nav": "reviews",
    }


def _record(request: AuthenticatedHttpRequest, outline: Outline, view: str) -> None:
    read = [entry.section for entry in outline.entries if entry.text is not None]
    record_reading(request.user, outline.report, view, read)


def _token(request: AuthenticatedHttpRequest, report: Report) -> str:
    session_key = request.session.session_key or ""
    return make_token(user_id=request.user.pk, session_key=session_key, report_id=report.pk)


def _config(request: AuthenticatedHttpRequest, outline: Outline) -> dict[str, Any]:
    """What any client of live editing needs to join: address, token, documents."""
    organisation = outline.organisation
    scheme = "wss" if request.is_secure() else "ws"
    return {
        "url": f"{scheme}://{request.get_host()}/coedit/{outline.report.pk}",
        "token": _token(request, outline.report),
        "tokenUrl": reverse("report_token", args=[outline.report.pk]),
        "user": {
            "name": request.user.full_name,
            "initials": request.user.initials,
            "organisation": organisation.short_name if organisation else "",
            "colour": organisation.colour if organisation else "",
        },
        "sections": [_document(entry) for entry in outline.entries if entry.level is not None],
    }


def _document(entry: Entry) -> dict[str, str]:
    section = entry.section
    return {
        "document": section.document_name,
        "id": str(section.pk),
        "title": f"{entry.number} {section.title}".strip(),
        "level": LIVE_LEVEL[entry.level or Level.VIEW],
        "imageUrl": reverse("section_images", args=[section.pk]),
    }
