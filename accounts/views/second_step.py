"""The second step of signing in: its pages, where allauth's views need a word more."""

# allauth has no types.
# mypy: disallow-subclassing-any=False

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.internal import auth, flows
from allauth.mfa.webauthn.views import AddWebAuthnView, LoginWebAuthnView, ReauthenticateWebAuthnView, RemoveWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.views.generic.edit import FormView

from accounts import second_step
from accounts.adapter import SecondStepAdapter
from accounts.forms import PASSKEY_REFUSED


class Overview(IndexView):
    """Password, second step and sessions: how a person signs in."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "app": context["authenticators"].get("totp"),
            "passkeys": context["authenticators"].get("webauthn", []),
            "recovery_codes": context["authenticators"].get("recovery_codes"),
            "is_missing": second_step.is_missing(self.request),
            "is_required": settings.SECOND_STEP_REQUIRED,
        }


class Authenticate(AuthenticateView):
    """Asks for the second step; the page offers only what the person has."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        kinds = set(Authenticator.objects.filter(user=self.stage.login.user).values_list("type", flat=True))
        if Authenticator.Type.TOTP not in kinds:
            context["form"].fields["code"].label = "Recovery code"
        return context | {"has_app": Authenticator.Type.TOTP in kinds, "has_passkey": Authenticator.Type.WEBAUTHN in kinds}


class SetUpApp(ActivateTOTPView):
    """Sets up an authenticator app. The secret is also shown in groups, to be typed."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        secret = str(context["form"].secret)
        return context | {"secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))}


class RemoveApp(DeactivateTOTPView):
    """Removes the authenticator app."""

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        return response


class AddPasskey(AddWebAuthnView):
    """Adds a passkey that a device keeps and guards, so that it does both steps."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = FormView.get_context_data(self, **kwargs)
        return context | {"options": auth.begin_registration(self.request.user, True)["publicKey"]}

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        return response


class RemovePasskey(RemoveWebAuthnView):
    """Removes a passkey, but not somebody's only second step where one is required (allauth asks that of apps alone)."""

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        if not SecondStepAdapter().can_delete_authenticator(self.object):
            form.add_error(None, SecondStepAdapter.error_messages["cannot_delete_authenticator"])
            refused: HttpResponse = self.form_invalid(form)
            return refused
        response: HttpResponse = super().form_valid(form)
        return response


class SignInWithPasskey(LoginWebAuthnView):
    """Signs in with a passkey alone, and goes on where the person was."""

    def form_valid(self, form: Any) -> HttpResponse:
        authenticator = form.cleaned_data["credential"]
        login = Login(user=authenticator.user, redirect_url=get_next_redirect_url(self.request))
        response: HttpResponse = flows.perform_passwordless_login(self.request, authenticator, login)
        return response


class ConfirmWithPasskey(ReauthenticateWebAuthnView):
    """A passkey once more, before something that matters."""

    def form_invalid(self, form: Any) -> HttpResponse:
        get_adapter(self.request).add_message(self.request, messages.ERROR, message=PASSKEY_REFUSED)
        return HttpResponseRedirect(self.request.get_full_path())
