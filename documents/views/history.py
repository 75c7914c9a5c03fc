"""Who wrote what, and bringing back what was written."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import AuthenticatedHttpRequest
from accounts.models import User
from documents import policies
from documents.access import level_on, report_for, section_for
from documents.actions.history import restore_text
from documents.history.accepted import accepted_in
from documents.history.as_seen import edit_history_of, time_of
from documents.history.sessions import moment_of, work_between
from documents.history.texts import changes_of, text_at, wrote_meanwhile
from documents.history.who_wrote import who_wrote
from documents.models import Section
from documents.section_text import text_of
from documents.spans import windows_of
from documents.text.comparing import compare
from documents.text.comparing_html import stretches
from documents.views.reading import record_reading
from partnerships.grants import Level
from partnerships.models import Organisation
from partnerships.views.messages import attempt


@require_safe
def edits(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The sessions of work on a report, the latest first."""
    report = report_for(request.user, pk)
    asked = {name: request.GET.get(name, "") for name in ("section", "organisation", "person", "page")}
    history = edit_history_of(request.user, report, asked)
    context = {
        "history": history,
        "page": history.page,
        "asked": asked,
        "report": report,
        "review": report.review,
        "tab": "report",
        "nav": "reviews",
    }
    return render(request, "documents/history/list.html", context)


@require_safe
def change(request: AuthenticatedHttpRequest, pk: UUID, first: int, last: int) -> HttpResponse:
    """What one session of work changed in a section."""
    section = section_for(request.user, pk)
    windows = windows_of(request.user, section.report, [pk]).get(pk, [])
    work = work_between(pk, windows, first, last)
    if work is None:
        raise Http404
    record_reading(request.user, section.report, "history", [section])
    comparison = changes_of([work])[work]
    organisation = Organisation.objects.filter(pk=work.organisation_id).first() if work.organisation_id else None
    context = {
        "work": work,
        "time": time_of(work),
        "author": User.objects.in_bulk([work.author_id]).get(work.author_id) if work.author_id else None,
        "organisation": organisation,
        "accepted": accepted_in(work, request.user, section.report),
        "others": wrote_meanwhile(work),
        "comparison": comparison,
        "stretches": stretches(comparison, prefix=section.pk.hex[:12]),
        "may_restore": _may_write(request.user, section),
        **_common(section),
    }
    return render(request, "documents/history/change.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: AuthenticatedHttpRequest, pk: UUID, row: int) -> HttpResponse:
    """Make a section say what it said before, after showing what that would change."""
    section = section_for(request.user, pk, at_least=Level.EDIT)
    windows = windows_of(request.user, section.report, [pk]).get(pk, [])
    at = moment_of(pk, windows, row)
    if at is None:
        raise Http404
    if request.method == "POST":
        done = f"“{section}” says again what it said then. The text from before is in the history, and can be brought back."
        attempt(request, lambda: restore_text(section, row=row, at=at, by=request.user), done=done)
        return redirect(f"{reverse('report_history', args=[section.report_id])}?section={section.pk}")
    record_reading(request.user, section.report, "history", [section])
    comparison = compare(text_of(section), text_at(pk, row))
    context = {"at": at, "comparison": comparison, "stretches": stretches(comparison, prefix=section.pk.hex[:12])}
    return render(request, "documents/history/restore.html", {**context, **_common(section)})


@require_safe
def authors(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Who wrote each passage of a section."""
    section = section_for(request.user, pk)
    record_reading(request.user, section.report, "authors", [section])
    wrote = who_wrote(pk, windows_of(request.user, section.report, [pk]).get(pk, []))
    return render(request, "documents/history/authors.html", {"wrote": wrote, **_common(section)})


def _may_write(user: User, section: Section) -> bool:
    return level_on(user, section) == Level.EDIT and policies.is_open(section.report)


def _common(section: Section) -> dict[str, Any]:
    report = section.report
    return {"section": section, "report": report, "review": report.review, "tab": "report", "nav": "reviews"}
