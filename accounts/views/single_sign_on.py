"""Signing in through one's organisation (OpenID Connect): there, and back."""

import secrets

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from requests import RequestException

from accounts import single_sign_on
from accounts.openid import Callback, OpenIDAdapter


@login_not_required
@never_cache
@require_safe
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send the browser to the organisation's sign-in.

    A link, not a form: the page's policy lets forms go nowhere else. allauth's own view would also take the process, the
    scope and more from the address, with which somebody could link a stranger's identity to the person signed in.
    """
    provider = _provider(request, provider_id)
    nonce = secrets.token_urlsafe(24)
    try:
        response: HttpResponse = provider.redirect(
            request,
            AuthProcess.LOGIN,
            next_url=get_next_redirect_url(request),
            auth_params={"nonce": nonce},
            nonce=nonce,
        )
    except (RequestException, ValueError, KeyError) as error:
        response = render_authentication_error(request, provider, exception=error)
    return response


@login_not_required
@never_cache
@require_safe
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take what the organisation's sign-in says of the person."""
    _provider(request, provider_id)
    response: HttpResponse = Callback.adapter_view(OpenIDAdapter(request, provider_id))(request)
    return response


@login_not_required
@never_cache
@require_safe
def cancelled(request: HttpRequest) -> HttpResponse:
    """The person turned back at their organisation's sign-in."""
    return render(request, "socialaccount/login_cancelled.html")


def _provider(request: HttpRequest, provider_id: str) -> OpenIDConnectProvider:
    """404 for a sign-in that the settings do not name, and for "openid_connect", which stands for all of them."""
    if provider_id not in {provider.provider_id for provider in single_sign_on.providers()}:
        raise Http404
    return get_adapter(request).get_provider(request, provider=provider_id)
