"""What becomes of a section: done, restricted, released, deleted, restored."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from documents.access import (
    deleted_section_for,
    finishable_section_for,
    managed_section_for,
    releasable_section_for,
)
from documents.actions import sections
from documents.forms import RestrictForm
from documents.models import Restriction, Section
from partnerships.views.messages import attempt, attempt_form, status_of
from reviews.models import Participant
from reviews.people import participants


@require_POST
def mark_done(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Say that a section is ready."""
    section = finishable_section_for(request.user, pk)
    attempt(request, lambda: sections.mark_done(section, by=request.user), done=f"“{section}” is marked as done.")
    return redirect(_place(section))


@require_POST
def reopen(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Say that a section is being written again."""
    section = finishable_section_for(request.user, pk)
    attempt(request, lambda: sections.reopen(section, by=request.user), done=f"“{section}” is being written again.")
    return redirect(_place(section))


@require_http_methods(["GET", "HEAD", "POST"])
def restrict(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Let only some organisations see a section's text."""
    section = managed_section_for(request.user, pk)
    form = _restrict_form(request, section)
    if request.method == "POST" and form.is_valid() and attempt_form(form, lambda: _restrict(section, form, request)):
        messages.success(request, "The section is restricted from now on.")
        return redirect("report", section.report_id)
    context = {"form": form, **_common(section)}
    return render(request, "documents/section_restrict.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def release(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """End a restriction, after asking."""
    section = releasable_section_for(request.user, pk)
    if request.method == "POST":
        done = f"“{section}” has been released: everybody who may read the report can read it."
        attempt(request, lambda: sections.release(section, by=request.user), done=done)
        return redirect(_place(section))
    return render(request, "documents/section_release.html", _common(section))


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Take a section out of the report, after asking."""
    section = managed_section_for(request.user, pk)
    if request.method == "POST":
        done = f"“{section}” has been deleted. You can restore it, with its text, from the list below."
        attempt(request, lambda: sections.delete(section, by=request.user), done=done)
        return redirect("report_sections", section.report_id)
    return render(request, "documents/section_delete.html", _common(section))


@require_POST
def restore(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Put a deleted section back."""
    section = deleted_section_for(request.user, pk)
    attempt(request, lambda: sections.restore(section, by=request.user), done=f"“{section}” is back in its place.")
    return redirect("report_sections", section.report_id)


def _restrict_form(request: AuthenticatedHttpRequest, section: Section) -> RestrictForm:
    with_report = set(section.report.grants.values_list("participant_id", flat=True))
    named: list[Participant] = [one for one in participants(section.report.review) if one.pk in with_report]
    return RestrictForm(request.POST or None, section=section, participants=named)


def _restrict(section: Section, form: RestrictForm, request: AuthenticatedHttpRequest) -> None:
    restriction = Restriction(form.cleaned_data["restriction"])
    sections.restrict(section, restriction=restriction, levels=form.named(), by=request.user)


def _place(section: Section) -> str:
    return f"{reverse('report', args=[section.report_id])}#section-{section.pk}"


def _common(section: Section) -> dict[str, Any]:
    report = section.report
    return {"section": section, "report": report, "review": report.review, "tab": "report", "nav": "reviews"}
