"""Every address of the portal."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http.response import HttpResponseBase
from django.urls import include, path
from django.views.generic import TemplateView

from portal.views import health


def _page(template: str) -> Callable[..., HttpResponseBase]:
    return login_not_required(TemplateView.as_view(template_name=template))


urlpatterns = [
    path("", _page("portal/front.html"), name="front"),
    path("accessibility/", _page("portal/accessibility.html"), name="accessibility"),
    path("privacy/", _page("portal/privacy.html"), name="privacy"),
    path("cookies/", _page("portal/cookies.html"), name="cookies"),
    path("help/", _page("portal/help.html"), name="help"),
    path("health/", health, name="health"),
    path("accounts/", include("accounts.urls")),
    path("", include("accounts.urls_notifications")),
    path("", include("partnerships.urls")),
    path("", include("reviews.urls")),
    path("", include("documents.urls")),
]
