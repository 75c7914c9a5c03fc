"""Choosing another password. What changes, ends sessions and goes on record does so in one transaction."""

# allauth has no types.
# mypy: disallow-subclassing-any=False

from typing import Any

from allauth.account.views import CompletePasswordResetView, PasswordChangeView
from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from accounts.http import AuthenticatedHttpRequest


class Change(PasswordChangeView):
    """By somebody who knows the old one. Those who sign in through their organisation have none here, and are told so."""

    def dispatch(self, request: AuthenticatedHttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_usable_password():
            return render(request, "account/no_password.html")
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        return response


class Complete(CompletePasswordResetView):
    """By somebody who had the code."""

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        return response
