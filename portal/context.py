"""What every template may use besides what its view gives it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accounts.inbox import unread_count
from partnerships.models import Membership

VERSION = "0.1.0"


def portal(request: HttpRequest) -> dict[str, Any]:
    """The portal's name and version, the notice of the demonstration; where the viewer belongs and what is new, if shown."""
    return {
        "portal": {"name": settings.PORTAL_NAME, "version": VERSION},
        "demo_notice": settings.PORTAL_DEMO,
        "viewed_at": timezone.now(),
        "own_membership": SimpleLazyObject(lambda: _membership(request)),
        "unread_notifications": SimpleLazyObject(lambda: _unread(request)),
    }


def _unread(request: HttpRequest) -> int:
    user = getattr(request, "user", None)
    return unread_count(user) if user is not None and user.is_authenticated else 0


def _membership(request: HttpRequest) -> Membership | None:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    return Membership.objects.select_related("organisation").filter(user=user).order_by("joined_at", "pk").first()
