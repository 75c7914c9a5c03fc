"""Making a report, and saying what each organisation may do with it."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from documents.access import managed_report_for
from documents.actions import grants, reports
from documents.forms import AccessForm, ReportForm
from documents.models import Report
from partnerships.views.messages import attempt_form, status_of
from reviews.access import lead_review_for
from reviews.models import Participant, Review
from reviews.people import participants


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: AuthenticatedHttpRequest, review_pk: UUID) -> HttpResponse:
    """Make a report from a template, or blank."""
    review = lead_review_for(request.user, review_pk)
    initial = {"start_from": request.GET.get("start_from", "")}
    form = ReportForm(request.POST or None, participants=_others(review), levels={}, initial=initial)
    if request.method == "POST" and form.is_valid():
        made: list[Report] = []
        if attempt_form(form, lambda: made.append(_create(review, form, request))):
            messages.success(request, "The report has been made.")
            return redirect("report", made[0].pk)
    context = {"form": form, "review": review, "lead": _lead(review), "tab": "report", "nav": "reviews"}
    return render(request, "documents/new.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def access(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Set what each organisation may do with a report."""
    report = managed_report_for(request.user, pk)
    levels = dict(report.grants.values_list("participant_id", "level"))
    form = AccessForm(request.POST or None, participants=_others(report.review), levels=levels)
    if request.method == "POST" and form.is_valid() and attempt_form(form, lambda: _set(report, form, request)):
        messages.success(request, "Who may do what has been saved. It holds from now on.")
        return redirect("report_access", pk)
    context = {
        "form": form,
        "report": report,
        "review": report.review,
        "lead": _lead(report.review),
        "tab": "report",
        "nav": "reviews",
    }
    return render(request, "documents/access.html", context, status=status_of(form))


def _create(review: Review, form: ReportForm, request: AuthenticatedHttpRequest) -> Report:
    return reports.create(
        review,
        title=form.cleaned_data["title"],
        kind=form.chosen_kind,
        levels=form.named(),
        template=form.template,
        by=request.user,
    )


@transaction.atomic
def _set(report: Report, form: AccessForm, request: AuthenticatedHttpRequest) -> None:
    """All of them or none."""
    for participant, level in form.levels().items():
        grants.set_report_level(report, participant, level, by=request.user)


def _others(review: Review) -> list[Participant]:
    """The lead organisation always writes: there is nothing to ask."""
    return [participant for participant in participants(review) if not participant.is_lead]


def _lead(review: Review) -> Participant:
    return next(participant for participant in participants(review) if participant.is_lead)
