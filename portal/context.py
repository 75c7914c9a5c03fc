"""What every template may use besides what its view gives it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from partnerships.models import Membership

VERSION = "0.1.0"


def portal(request: HttpRequest) -> dict[str, Any]:
    """The portal's name and version, the notice of the demonstration, and where the viewer belongs (asked only if shown)."""
    return {
        "portal": {"name": settings.PORTAL_NAME, "version": VERSION},
        "demo_notice": settings.PORTAL_DEMO,
        "viewed_at": timezone.now(),
        "own_membership": SimpleLazyObject(lambda: _membership(request)),
    }


def _membership(request: HttpRequest) -> Membership | None:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    return Membership.objects.select_related("organisation").filter(user=user).order_by("joined_at", "pk").first()
