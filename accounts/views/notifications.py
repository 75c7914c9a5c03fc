"""What a person is told of: the list, opening, marking as read."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from accounts import inbox
from accounts.access import own_notification
from accounts.actions import notifications as actions
from accounts.http import AuthenticatedHttpRequest
from accounts.notification_kinds import GROUPS

PAGE = 30
NAV = "notifications"


@require_safe
def listing(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The newest first; only the new ones, or one group, where that is asked for."""
    unread, group = _filter(request)
    page = Paginator(inbox.items(request.user, unread=unread, group=group), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "unread": unread, "group": group, "groups": GROUPS.values(), "nav": NAV}
    return render(request, "accounts/notifications.html", context)


@require_safe
def follow(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Go to what it is about; that is what reading it means."""
    notification = own_notification(request.user, pk)
    if request.method == "GET":
        actions.mark_read(notification)
    return redirect(notification.url)


@require_POST
def mark_read(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    actions.mark_read(own_notification(request.user, pk))
    return _back(request)


@require_POST
def mark_all_read(request: AuthenticatedHttpRequest) -> HttpResponse:
    count = actions.mark_all_read(request.user)
    messages.success(request, "Everything is marked as read." if count else "There was nothing new.")
    return redirect("notifications")


def _filter(request: AuthenticatedHttpRequest) -> tuple[bool, str]:
    """Whether only new ones are asked for, and which group; what is nonsense counts as not asked."""
    group = request.GET.get("about", "")
    return request.GET.get("show") == "new", group if group in GROUPS else ""


def _back(request: AuthenticatedHttpRequest) -> HttpResponse:
    """To the list as it was filtered."""
    kept = {name: request.GET[name] for name in ("show", "about", "page") if name in request.GET}
    return redirect(f"{reverse('notifications')}{'?' if kept else ''}{urlencode(kept)}")
