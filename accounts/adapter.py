"""How allauth is made to fit: nobody signs up, secrets are encrypted, and what happens is put on record."""

# allauth has no types.
# mypy: disallow-subclassing-any=False

import logging
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from qrcode import QRCode  # type: ignore[import-untyped]
from qrcode.image.svg import SvgPathImage  # type: ignore[import-untyped]

from accounts import encryption, post, second_step, single_sign_on
from accounts.actions import sessions
from accounts.audit import record
from accounts.models import User

logger = logging.getLogger(__name__)
WAYS = {
    "reauthenticate": "Use your password",
    "mfa_reauthenticate": "Use your authenticator app or a recovery code",
    "mfa_reauthenticate:webauthn": "Use a passkey",
}


class AccountAdapter(DefaultAccountAdapter):
    """Signing in with e-mail address and password."""

    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The e-mail address or the password is not right. Check both and try again.",
        "incorrect_code": "The code is not right, or has been used. Enter the newest code.",
        "incorrect_password": "The password is not right. Enter the password you sign in with.",
        "enter_current_password": "The current password is not right. Enter the password you sign in with now.",
        "too_many_login_attempts": "There were too many wrong attempts. Wait 5 minutes, then try again.",
        "rate_limited": "There were too many attempts. Wait a few minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: the only door is an invitation."""
        return False

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Record a wrong password. The address is a keyed hash: enough to see that one account is tried again and again."""
        address = str(credentials.get("email", "")).lower()
        record("user.sign_in_failed", by=None, address_hash=salted_hmac("accounts.address", address).hexdigest()[:16])

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Let the password typed just now count when the second step must be set up next."""
        methods = {record["method"] for record in get_authentication_records(request, user)}
        if methods & {"password", "invitation"} and user.pk not in second_step.enrolled([user.pk]):
            reauthenticate_by_password(request)
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def logout(self, request: HttpRequest) -> None:
        """Sign out here; live editing of this session ends too."""
        user, key = request.user, request.session.session_key
        logout(request)
        if isinstance(user, User) and key:
            sessions.end(user, key, by=user, reason="signed out")

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Tell a deactivated person nothing that a stranger would not be told."""
        record("user.sign_in_failed", by=None, obj=user, reason="deactivated")
        self.add_message(request, messages.ERROR, message=self.error_messages["email_password_mismatch"])
        return redirect("account_login")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send in the background: how long an answer takes must not tell whether somebody has that address."""
        everything = {"portal_name": settings.PORTAL_NAME, "portal_url": settings.PORTAL_URL} | context
        post.send_soon(self.render_mail(template_prefix, email, everything))

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, Any]]:
        """The ways to show again who one is, in our words."""
        return [way | {"description": WAYS[way["id"]]} for way in super().get_reauthentication_methods(user)]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")


class SecondStepAdapter(DefaultMFAAdapter):
    """Authenticator apps, passkeys and recovery codes."""

    error_messages: ClassVar[dict[str, Any]] = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "The code is not right, or has been used. Enter the newest code.",
        "cannot_delete_authenticator": "This is your only second step. Add another one first, then remove this one.",
    }

    def encrypt(self, text: str) -> str:
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return encryption.decrypt(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last second step stays where one is required."""
        return not (settings.SECOND_STEP_REQUIRED and second_step.is_last(authenticator))

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002  # allauth's name
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return f"Passkey {number}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """What a browser shows when it asks for the passkey."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": settings.PORTAL_NAME}

    def build_totp_svg(self, url: str) -> str:
        """The code to scan, as markup: no style attributes, and no image address, which the page may not load."""
        code = QRCode(image_factory=SvgPathImage)
        code.add_data(url)
        return str(code.make_image().to_string(encoding="unicode"))


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Signing in through one's organisation."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never: the only door is an invitation."""
        return False

    def get_app(self, request: HttpRequest, provider: str, client_id: str | None = None) -> SocialApp:
        """One registration at Microsoft may serve several organisations.

        allauth asks by its client id alone, and stops where it finds two, when a sign-in goes on after the second step. By
        then who the person is has been found; which of the organisations is named makes no difference any more.
        """
        apps: list[SocialApp] = self.list_apps(request, provider=provider, client_id=client_id) if client_id else []
        return apps[0] if apps else super().get_app(request, provider=provider, client_id=client_id)

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let in whose identity was linked by an invitation, link whose browser holds one, refuse everybody else."""
        if sociallogin.is_existing and not sociallogin.user.is_active:
            record("user.sign_in_failed", by=None, obj=sociallogin.user, reason="deactivated")
            raise ImmediateHttpResponse(_refused(request, single_sign_on.NOT_INVITED))
        if not sociallogin.is_existing:
            self._link(request, sociallogin)
        # What the provider told of the person is not needed again.
        sociallogin.account.extra_data = {}
        sociallogin.account.save(update_fields=["extra_data"])

    def on_authentication_error(self, request: HttpRequest, provider: Any, **kwargs: Any) -> None:
        """Put a refused answer on record; why it was refused is for the log, as it may hold what a stranger sent."""
        record("user.single_sign_on_failed", by=None, provider=provider.app.provider_id)
        logger.warning("Single sign-on failed: %s", type(kwargs.get("exception")).__name__)

    def _link(self, request: HttpRequest, login: SocialLogin) -> None:
        try:
            with transaction.atomic():
                login.connect(request, single_sign_on.accept(request, login))
        except single_sign_on.InvitationRefusedError as refusal:
            record("user.single_sign_on_refused", by=None, provider=login.account.provider)
            raise ImmediateHttpResponse(_refused(request, str(refusal))) from refusal


def _refused(request: HttpRequest, reason: str) -> HttpResponse:
    return render(request, "socialaccount/refused.html", {"reason": reason}, status=403)
