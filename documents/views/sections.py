"""The list of a report's sections: adding, changing, ordering."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import AuthenticatedHttpRequest
from accounts.models import User
from documents import policies
from documents.access import edited_section_for, managed_report_for, managed_section_for, restorable_sections
from documents.actions import sections
from documents.forms import FIRST, AddSectionForm, EditSectionForm
from documents.models import Numbering, Report, Section
from documents.numbering import numbers
from documents.outline import known_sections
from partnerships.views.messages import attempt, attempt_form, status_of


@require_safe
def listing(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """All sections that this lead may know of, to be put in order; and those deleted, to be restored."""
    report = managed_report_for(request.user, pk)
    context = {
        "rows": _rows(request.user, report),
        "deleted": restorable_sections(request.user, report),
        "is_open": policies.is_open(report),
        **_common(report),
    }
    return render(request, "documents/sections.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Add a section."""
    report = managed_report_for(request.user, pk)
    initial = {"after": request.GET.get("after", "")}
    form = AddSectionForm(request.POST or None, known=_numbered(request.user, report), initial=initial)
    if request.method == "POST" and form.is_valid():
        made: list[Section] = []
        if attempt_form(form, lambda: made.append(_add(report, form, request))):
            messages.success(request, f"“{made[0]}” has been added.")
            return redirect(f"{reverse('report', args=[pk])}#section-{made[0].pk}")
    context = {"form": form, **_common(report)}
    return render(request, "documents/section_new.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Change a section's title, number, note, writer, date and place."""
    section = (edited_section_for if request.method == "POST" else managed_section_for)(request.user, pk)
    known = _numbered(request.user, section.report, section)
    form = EditSectionForm(request.POST or None, section=section, known=known)
    if request.method == "POST" and form.is_valid() and attempt_form(form, lambda: _save(section, form, request)):
        messages.success(request, "The section has been changed.")
        return redirect(f"{reverse('report', args=[section.report_id])}#section-{pk}")
    context = {"form": form, "section": section, **_common(section.report)}
    return render(request, "documents/section_edit.html", context, status=status_of(form))


@require_POST
def move(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Put a section after the one named in `after` ("first": at the top). Asking twice moves it once."""
    section = managed_section_for(request.user, pk)
    place = request.POST.get("after", "")
    if place == FIRST:
        attempt(request, lambda: sections.move(section, after=None, by=request.user), done=f"“{section}” is now first.")
    elif after := _neighbour(request.user, section, place):
        done = f"“{section}” now comes after “{after}”."
        attempt(request, lambda: sections.move(section, after=after, by=request.user), done=done)
    else:
        messages.error(request, "That place is not in this report any more. The list below is up to date: try again.")
    return redirect(f"{reverse('report_sections', args=[section.report_id])}#move-{pk}")


def _neighbour(user: User, section: Section, place: str) -> Section | None:
    known, _ = known_sections(user, section.report)
    return next((other for other in known if str(other.pk) == place and other != section), None)


def _numbered(user: User, report: Report, edited: Section | None = None) -> list[tuple[str, Section]]:
    """The sections that this lead may know of. The one that they are changing is there even if it has been deleted."""
    known, _ = known_sections(user, report)
    if edited is not None and edited not in known:
        known = sorted([*known, edited], key=lambda section: section.position)
    number = numbers(known)
    return [(number[section.pk], section) for section in known]


def _rows(user: User, report: Report) -> list[dict[str, Any]]:
    """Each section with its number, and the values of its two buttons ("" where it is already there)."""
    known, levels = known_sections(user, report)
    number = numbers(known)
    places = [FIRST, *(str(section.pk) for section in known)]
    return [
        {
            "section": section,
            "number": number[section.pk],
            "level": levels[section.pk],
            "up": places[index - 1] if index else "",
            "down": places[index + 2] if index + 1 < len(known) else "",
        }
        for index, section in enumerate(known)
    ]


@transaction.atomic
def _add(report: Report, form: AddSectionForm, request: AuthenticatedHttpRequest) -> Section:
    data, user = form.cleaned_data, request.user
    at_top = data["after"] == FIRST
    section = sections.add(
        report,
        title=data["title"],
        numbering=Numbering(data["numbering"]),
        guidance=data["guidance"],
        after=None if at_top else data["after"],
        by=user,
    )
    if at_top:
        sections.move(section, after=None, by=user)
    return section


@transaction.atomic
def _save(section: Section, form: EditSectionForm, request: AuthenticatedHttpRequest) -> None:
    """All of it or nothing."""
    data, user = form.cleaned_data, request.user
    sections.rename(section, title=data["title"], by=user)
    sections.describe(section, numbering=Numbering(data["numbering"]), guidance=data["guidance"], by=user)
    sections.assign(section, organisation=data["organisation"], due_on=data["due_on"], by=user)
    # Put where it is already, it could pass a section that this lead does not know of.
    if "after" in form.changed_data and data["after"]:
        sections.move(section, after=None if data["after"] == FIRST else data["after"], by=user)


def _common(report: Report) -> dict[str, Any]:
    return {"report": report, "review": report.review, "tab": "report", "nav": "reviews"}
