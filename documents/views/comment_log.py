"""Taking the comments on a report out as a file."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from accounts.models import User
from documents.access import report_for
from documents.actions.trail import record_on
from documents.models import CommentRound, Report
from documents.rounds.comment_log import CommentLog, comment_log_of
from documents.rounds.spreadsheets import ODS_TYPE, to_csv, to_ods
from partnerships.views.messages import status_of

CSV, ODS = "csv", "ods"
WRITERS: Mapping[str, tuple[Callable[[CommentLog], bytes], str]] = {
    ODS: (to_ods, ODS_TYPE),
    CSV: (to_csv, "text/csv; charset=utf-8"),
}


class CommentLogForm(forms.Form):
    """Which comments, and as what kind of file."""

    round = forms.ModelChoiceField(
        label="Which comments?",
        queryset=CommentRound.objects.none(),
        required=False,
        empty_label="All comments on the report",
        error_messages={"invalid_choice": "That round is not one of this report. Choose another one."},
    )
    kind = forms.ChoiceField(
        label="What kind of file?",
        choices=[(ODS, "OpenDocument spreadsheet (ODS)"), (CSV, "CSV")],
        initial=ODS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what kind of file you need."},
    )
    ours = forms.BooleanField(label="Also what only your organisation can see. Do not pass such a file on.", required=False)

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["round"]
        field.queryset = report.rounds.all()


@require_http_methods(["GET", "HEAD", "POST"])
def comment_log(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Ask which comments and as what; then give the file."""
    report = report_for(request.user, pk)
    form = CommentLogForm(request.POST or None, report=report, initial={"round": request.GET.get("round")})
    if request.method == "POST" and form.is_valid():
        return _file(request.user, report, form.cleaned_data)
    context = {"form": form, "report": report, "review": report.review, "tab": "report", "nav": "reviews"}
    return render(request, "documents/rounds/comment_log.html", context, status=status_of(form))


def _file(user: User, report: Report, wanted: Mapping[str, Any]) -> HttpResponse:
    comment_round = wanted["round"]
    with transaction.atomic():
        log = comment_log_of(user, report, comment_round, ours=wanted["ours"])
        _record(user, report, log, wanted)
    write, content_type = WRITERS[wanted["kind"]]
    answer = HttpResponse(write(log), content_type=content_type)
    # A file's name is seen by many: it says nothing of the case.
    name = f"comment-log-{timezone.localdate():%Y-%m-%d}.{wanted['kind']}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _record(user: User, report: Report, log: CommentLog, wanted: Mapping[str, Any]) -> None:
    record_on(
        report,
        "comment_log.exported",
        report,
        by=user,
        kind=wanted["kind"],
        round=str(wanted["round"].pk) if wanted["round"] else None,
        ours=wanted["ours"],
        comments=len(log.rows),
        restricted=[str(section.pk) for section in log.sections if section.is_restricted],
    )
