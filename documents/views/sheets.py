"""The sign-off sheet of one version, on the screen and on paper, and its evidence."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.http import AuthenticatedHttpRequest
from documents.actions.trail import record_on
from documents.models import Version, VersionKind
from documents.sign_off.endings import ending_of
from documents.sign_off.evidence import bundle
from documents.sign_off.sheet import sheet_of
from documents.versions.access import version_for
from documents.versions.reading import read
from documents.views.reading import record_reading


@require_safe
def show(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Who signed a version and what became of it, also after it has ended."""
    version = _frozen(request, pk)
    record_reading(request.user, version.report, "sign-off", [])
    return render(request, "documents/sign_off/sheet.html", _context(request, version))


@require_safe
def printed(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The same for paper."""
    version = _frozen(request, pk)
    record_reading(request.user, version.report, "print", [])
    return render(request, "documents/sign_off/sheet_print.html", _context(request, version))


@require_safe
def evidence(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The evidence bundle, for whoever may read all of the version. Every download is recorded with its fingerprint."""
    version = _frozen(request, pk)
    reading = read(request.user, version)
    if not reading.is_whole:
        raise PermissionDenied
    data, fingerprint = bundle(version)
    record_on(version.report, "evidence.downloaded", version, by=request.user, sha256=version.sha256, bundle=fingerprint)
    response = HttpResponse(data, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="evidence-version-{version.number}.zip"'
    return response


def _frozen(request: AuthenticatedHttpRequest, pk: UUID) -> Version:
    """A version that was out for signature: milestones have no sheet."""
    version = version_for(request.user, pk)
    if version.kind != VersionKind.FROZEN:
        raise Http404
    return version


def _context(request: AuthenticatedHttpRequest, version: Version) -> dict[str, Any]:
    report = version.report
    return {
        "version": version,
        "sheet": sheet_of(version),
        "ending": ending_of(version),
        "is_whole": read(request.user, version).is_whole,
        "now": timezone.now(),
        "report": report,
        "review": report.review,
        "tab": "report",
        "nav": "reviews",
    }
