"""All the suggestions of one person, for whoever may decide them. The page's script accepts them one by one."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from accounts.models import User
from documents.access import report_for
from documents.actions import suggestions
from documents.models import Thread
from documents.threads.listing import waiting_of
from partnerships.views.messages import attempt

JSON = "application/json"


@require_http_methods(["GET", "HEAD", "POST"])
def suggestions_of(request: AuthenticatedHttpRequest, pk: UUID, person: UUID) -> HttpResponse:
    """Those that wait; posting declines all of them. JSON for who asks for it, else a page that asks first."""
    report = report_for(request.user, pk)
    waiting = waiting_of(request.user, report, person)
    if not waiting:
        raise Http404
    if JSON in (request.content_type, request.get_preferred_type(["text/html", JSON])):
        return _answer(request, waiting)
    if request.method == "POST":
        done = f"{_counted(len(waiting))} declined. The text stays as it is."
        attempt(request, lambda: suggestions.decline_all(waiting, by=request.user), done=done)
        return redirect("report_comments", pk)
    context = {"waiting": _counted(len(waiting)), "author": User.objects.get(pk=person), "report": report}
    return render(
        request,
        "documents/threads/decline.html",
        {**context, "review": report.review, "tab": "report", "nav": "reviews"},
    )


def _answer(request: AuthenticatedHttpRequest, waiting: list[Thread]) -> JsonResponse:
    named = {"threads": [str(thread.pk) for thread in waiting]}
    if request.method != "POST":
        return JsonResponse(named)
    try:
        return JsonResponse({"declined": suggestions.decline_all(waiting, by=request.user), **named})
    except ValidationError as refusal:
        return JsonResponse({"errors": {"": " ".join(refusal.messages)}}, status=409)


def _counted(number: int) -> str:
    return f"{number} suggestion{'' if number == 1 else 's'}"
