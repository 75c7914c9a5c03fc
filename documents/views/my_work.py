"""The first screen after signing in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.http import AuthenticatedHttpRequest
from documents.waiting.my_work import Desk
from documents.waiting.stages import cards


@require_safe
def my_work(request: AuthenticatedHttpRequest) -> HttpResponse:
    """What is waiting for me?"""
    desk = Desk(request.user)
    context = {
        "tasks": desk.tasks(),
        "cards": cards(desk),
        "changes": desk.changes(),
        "today": timezone.localdate(),
        "nav": "home",
    }
    return render(request, "documents/waiting/my_work.html", context)
