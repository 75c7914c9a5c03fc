"""The sign-off sheet of a report, signing in it, and opening the report again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.confirmation import confirm
from accounts.http import AuthenticatedHttpRequest
from documents.access import managed_report_for, report_for
from documents.actions import sign_offs
from documents.lifecycle import SIGNED
from documents.models import Report, Version, VersionOpening
from documents.sign_off import signatures
from documents.sign_off.forms import ReopenForm, SignForm
from documents.sign_off.sheet import Sheet, planned_sheet, sheet_of
from documents.versions.access import versions_of
from documents.versions.reading import read
from documents.views.reading import record_reading_once
from partnerships.views.messages import attempt_form, status_of
from reviews.access import is_lead


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_off(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The sheet with one's own decisions. What is sent is signed only after the person has shown once more who they are."""
    report = report_for(request.user, pk)
    sheet = _sheet(request, report)
    form = SignForm(request.POST or None, sheet=sheet, user=request.user)
    if request.method == "POST" and form.is_valid() and attempt_form(form, lambda: _sign(request, report, form)):
        messages.success(request, "Your decision has been recorded.")
        return redirect("report_sign_off", pk)
    if request.method != "POST":
        record_reading_once(request.user, report, "sign-off", [])
    return render(
        request, "documents/sign_off/sign_off.html", _context(request, report, sheet, form), status=status_of(form)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Let a report be written again, after asking why."""
    report = managed_report_for(request.user, pk)
    if request.method != "POST" and report.state not in SIGNED:
        return redirect("report_sign_off", pk)
    form = ReopenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt_form(form, lambda: sign_offs.reopen(report, reason=reason, by=request.user)):
            messages.success(request, "The report is being written again. All signatures are void; everybody is told.")
            return redirect("report_sign_off", pk)
    context = {"form": form, "sheet": _sheet(request, report), **_of_report(report)}
    return render(request, "documents/sign_off/reopen.html", context, status=status_of(form))


def _sign(request: AuthenticatedHttpRequest, report: Report, form: SignForm) -> None:
    version = _version_on_the_page(report, form.cleaned_data["version"])
    if report.signed_version_id == version.pk:
        if not form.cells:
            _check_signed(request, version)
            return
        confirm(request, f"sign {version.pk}")
    sign_offs.sign(version, form.answers(), by=request.user)


def _check_signed(request: AuthenticatedHttpRequest, version: Version) -> None:
    """A form that comes a second time finds no open seat: what it said is recorded."""
    if not signatures.standing(version).filter(signed_by=request.user).exists():
        raise ValidationError("There is no seat that you can sign for now. Load the page again to see who can.")


def _version_on_the_page(report: Report, pk: str) -> Version:
    """The version that the form was shown with, which may have ended since."""
    try:
        return report.versions.get(pk=pk)
    except (Version.DoesNotExist, ValidationError) as error:
        raise ValidationError("This page is incomplete. Load it again, and sign on the page that you then see.") from error


def _sheet(request: AuthenticatedHttpRequest, report: Report) -> Sheet:
    version = report.signed_version
    if version is None:
        return planned_sheet(report)
    version.report = report
    return sheet_of(version, request.user)


def _context(request: AuthenticatedHttpRequest, report: Report, sheet: Sheet, form: SignForm) -> dict[str, Any]:
    version = sheet.version
    opened = VersionOpening.objects.filter(version=version, opened_by=request.user) if version else None
    return {
        "sheet": sheet,
        "form": form,
        "is_opened": opened is not None and opened.exists(),
        "is_whole": version is not None and read(request.user, version).is_whole,
        "leads": is_lead(request.user, report.review),
        "can_reopen": report.state in SIGNED,
        "earlier": [one for one in versions_of(report).filter(seats__isnull=False).distinct() if one != version],
        **_of_report(report),
    }


def _of_report(report: Report) -> dict[str, Any]:
    return {"report": report, "review": report.review, "tab": "report", "nav": "reviews"}
