"""Deciding what becomes of comments: a list for the lead, and a page for each."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import AuthenticatedHttpRequest
from documents import policies
from documents.access import managed_report_for
from documents.actions import dispositions
from documents.models import Report, Thread
from documents.rounds.forms import DispositionForm
from documents.rounds.standing import may_dispose, undecided
from documents.threads.access import board_for, thread_to
from documents.threads.cards import cards
from documents.views.reading import record_reading
from partnerships.paging import leaf
from partnerships.views.messages import attempt_form, status_of

THREADS_A_PAGE = 25
ALL = "all"


@require_safe
def listing(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The shared comments of a report, or of one of its rounds, that wait for a decision."""
    report = managed_report_for(request.user, pk)
    board = board_for(request.user, report)
    shared = board.threads.filter(only_for__isnull=True)
    asked, state = request.GET.get("round", ""), request.GET.get("state", "")
    listed = list(report.rounds.all())
    chosen = next((one for one in listed if str(one.pk) == asked), None)
    found = shared.filter(round=chosen) if chosen else shared
    listed_threads = found if state == ALL else undecided(found)
    page = leaf(listed_threads.order_by("created_at", "id"), request.GET.get("page"), size=THREADS_A_PAGE)
    shown = cards(Thread.objects.filter(pk__in=[thread.pk for thread in page]), board)
    record_reading(request.user, report, "dispositions", {card.section for card in shown})
    context = {
        "cards": shown,
        "page": page,
        "rounds": [(one.pk, one.name) for one in listed],
        "states": [(ALL, "All comments")],
        "round": chosen,
        "state": state,
        "waiting": undecided(found).count(),
        "is_open": policies.is_open(report),
        **_common(report),
    }
    return render(request, "documents/rounds/dispositions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Say what becomes of one comment."""
    thread = thread_to(request.user, pk, may_dispose)
    report = thread.section.report
    form = DispositionForm(request.POST or None, thread=thread)
    if request.method == "POST" and form.is_valid() and attempt_form(form, lambda: _decide(request, thread, form)):
        messages.success(request, "What becomes of the comment has been saved. Whoever made it is told.")
        return redirect(_list_url(thread))
    card = cards(Thread.objects.filter(pk=pk), board_for(request.user, report))[0]
    record_reading(request.user, report, "disposition", [card.section])
    context = {"form": form, "card": card, "back": _list_url(thread), **_common(report)}
    return render(request, "documents/rounds/disposition.html", context, status=status_of(form))


def _decide(request: AuthenticatedHttpRequest, thread: Thread, form: DispositionForm) -> None:
    data = form.cleaned_data
    dispositions.dispose(
        thread,
        disposition=data["disposition"],
        reason=data["reason"],
        resolve=data.get("resolve", False),
        by=request.user,
    )


def _list_url(thread: Thread) -> str:
    address = reverse("report_dispositions", args=[thread.section.report_id])
    return f"{address}?{urlencode({'round': thread.round_id})}" if thread.round_id else address


def _common(report: Report) -> dict[str, Any]:
    return {"report": report, "review": report.review, "tab": "report", "nav": "reviews"}
