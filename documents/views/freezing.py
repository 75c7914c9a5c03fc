"""Freezing a report: what it means, who will sign, and what has to be settled first."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from documents import policies
from documents.access import managed_report_for
from documents.actions import versions
from documents.forms import VersionForm
from documents.models import Version
from documents.sign_off.sheet import planned_sheet
from documents.versions.blockers import blockers_of, by_obstacle
from documents.versions.contents import left_out
from partnerships.views.messages import attempt_form, status_of


@require_http_methods(["GET", "HEAD", "POST"])
def freeze(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Put the text out for signature, unless something stands in the way."""
    report = managed_report_for(request.user, pk)
    form = VersionForm(request.POST or None, initial={"name": "For signature"})
    if request.method == "POST" and form.is_valid():
        made: list[Version] = []
        if attempt_form(form, lambda: made.append(versions.freeze(report, **form.cleaned_data, by=request.user))):
            messages.success(request, f"The text is frozen as version {made[0].number}. Everybody who signs has been asked.")
            return redirect("version", made[0].pk)
    blockers = blockers_of(report, request.user)
    context = {
        "form": form,
        "is_open": policies.is_open(report),
        "count": len(blockers),
        "obstacles": by_obstacle(blockers),
        "sheet": planned_sheet(report),
        "left_out": left_out(request.user, report),
        "report": report,
        "review": report.review,
        "tab": "report",
        "nav": "reviews",
    }
    return render(request, "documents/versions/freeze.html", context, status=status_of(form))
