"""Changing one's password."""

from allauth.account.views import PasswordChangeView
from django.http import HttpResponse
from django.shortcuts import render

from accounts.forms import ChangePasswordForm
from accounts.http import AuthenticatedHttpRequest

_change = PasswordChangeView.as_view(form_class=ChangePasswordForm)


def change(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Change the password; those who sign in through their organisation have none here, and are told so."""
    if not request.user.has_usable_password():
        return render(request, "account/no_password.html")
    response: HttpResponse = _change(request)
    return response
