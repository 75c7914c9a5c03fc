"""Pages of comment rounds: opening one, how far it has come, closing it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import AuthenticatedHttpRequest
from documents import policies
from documents.access import managed_report_for, report_for
from documents.actions import rounds
from documents.models import CommentRound, Report, RoundInvitation
from documents.rounds.forms import DateForm, RoundForm
from documents.rounds.standing import blockers_of, can_comment, managed_round_for, round_for, standing_of
from documents.threads.access import threads_for
from partnerships.views.messages import attempt, attempt_form, status_of
from reviews.access import is_lead

BLOCKERS_SHOWN = 50


@require_safe
def listing(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The rounds of a report, the last first."""
    report = report_for(request.user, pk)
    leads = is_lead(request.user, report.review)
    invitations = RoundInvitation.objects.select_related("participant__organisation").order_by("participant")
    listed = list(report.rounds.prefetch_related(Prefetch("invitations", invitations)))
    is_free = all(one.closed_at for one in listed)
    context = {
        "rounds": listed,
        "leads": leads,
        "may_open": leads and is_free and policies.is_open(report),
        **_common(report),
    }
    return render(request, "documents/rounds/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Open a round."""
    report = managed_report_for(request.user, pk)
    form = RoundForm(request.POST or None, able=can_comment(report))
    if request.method == "POST" and form.is_valid():
        made: list[CommentRound] = []
        if attempt_form(form, lambda: made.append(rounds.open(report, **form.facts(), by=request.user))):
            messages.success(request, "The round is open. The organisations have been told.")
            return redirect("round", made[0].pk)
    still_open = report.rounds.filter(closed_at__isnull=True).first()
    context = {"form": form, "still_open": still_open, "is_open": policies.is_open(report), **_common(report)}
    return render(request, "documents/rounds/new.html", context, status=status_of(form))


@require_safe
def show(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """How far a round has come."""
    found = round_for(request.user, pk)
    report = found.report
    context = {
        "round": found,
        "standing": standing_of(found, request.user),
        "leads": is_lead(request.user, report.review),
        "may_change": found.closed_at is None and policies.is_open(report) and is_lead(request.user, report.review),
        "own": _own(request, report),
        **_common(report),
    }
    return render(request, "documents/rounds/round.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def date(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Change the last day."""
    found = managed_round_for(request.user, pk)
    form = DateForm(request.POST or None, comment_round=found)
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["closes_on"]
        if attempt_form(form, lambda: rounds.change_date(found, closes_on=day, by=request.user)):
            messages.success(request, "The last day has been changed.")
            return redirect("round", pk)
    context = {"form": form, "round": found, **_common(found.report)}
    return render(request, "documents/rounds/date.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """End a round, after asking; what stands in the way is listed."""
    found = managed_round_for(request.user, pk)
    if request.method == "POST" and attempt(
        request, lambda: rounds.close(found, by=request.user), done=f"“{found.name}” is closed."
    ):
        return redirect("round", pk)
    standing = standing_of(found, request.user)
    context = {
        "round": found,
        "blockers": blockers_of(found, request.user)[:BLOCKERS_SHOWN],
        "standing": standing,
        "more": max(0, standing.risks - BLOCKERS_SHOWN),
        **_common(found.report),
    }
    return render(request, "documents/rounds/close.html", context)


def _own(request: AuthenticatedHttpRequest, report: Report) -> int:
    """How many comments this person's own organisation keeps to itself: they are in no round."""
    count: int = threads_for(request.user, report).filter(only_for__isnull=False).count()
    return count


def _common(report: Report) -> dict[str, Any]:
    return {"report": report, "review": report.review, "tab": "report", "nav": "reviews"}
