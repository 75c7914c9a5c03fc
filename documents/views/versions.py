"""The versions of a report: their list, one to read, its canonical form as a file, and naming a milestone."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import AuthenticatedHttpRequest
from documents import policies
from documents.access import report_for, report_level_on
from documents.actions import versions
from documents.forms import VersionForm
from documents.models import Report, Version
from documents.versions.access import before, version_for, versions_of, writable_report_for
from documents.versions.listing import rows_of, states_of
from documents.versions.reading import Reading, read
from documents.views.reading import record_reading
from partnerships.grants import Level
from partnerships.paging import leaf
from partnerships.views.messages import attempt_form, status_of
from reviews.access import is_lead

VERSIONS_A_PAGE = 20


@require_safe
def listing(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Who made which version, when, why, and what had changed."""
    report = report_for(request.user, pk)
    page = leaf(versions_of(report), request.GET.get("page"), size=VERSIONS_A_PAGE)
    listed = [*page]
    context = {
        "page": page,
        "rows": rows_of(request.user, report, listed, before(report, listed[-1]) if listed else None),
        "may_name": report_level_on(request.user, report) == Level.EDIT and policies.is_open(report),
        "may_freeze": is_lead(request.user, report.review) and policies.is_open(report),
        **_common(report),
    }
    return render(request, "documents/versions/list.html", context)


@require_safe
def show(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The text of a version. Whoever opens it can sign it, so that is put on record."""
    version = version_for(request.user, pk)
    reading = read(request.user, version)
    _record(request, reading, "version")
    versions.opened(version, by=request.user)
    context = {
        "version": version,
        "reading": reading,
        "state": states_of(version.report, [version])[version.pk],
        "before": before(version.report, version),
        **_common(version.report),
    }
    return render(request, "documents/versions/version.html", context)


@require_safe
def canonical(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The canonical form of what the viewer sees of a version, byte for byte what its fingerprint is taken of."""
    version = version_for(request.user, pk)
    reading = read(request.user, version)
    _record(request, reading, "file")
    response = HttpResponse(reading.canonical.encode(), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="version-{version.number}.json"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Keep the text as it is now under a name, and go on writing."""
    report = writable_report_for(request.user, pk)
    form = VersionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made: list[Version] = []
        if attempt_form(form, lambda: made.append(versions.name(report, **form.cleaned_data, by=request.user))):
            messages.success(request, f"The text is kept as version {made[0].number}. Writing goes on.")
            return redirect("report_versions", pk)
    return render(request, "documents/versions/new.html", {"form": form, **_common(report)}, status=status_of(form))


def _record(request: AuthenticatedHttpRequest, reading: Reading, view: str) -> None:
    read_now = [entry.held.section for entry in reading.readable]
    record_reading(request.user, reading.version.report, view, read_now)


def _common(report: Report) -> dict[str, Any]:
    return {"report": report, "review": report.review, "tab": "report", "nav": "reviews"}
