"""What allauth and Django announce, put on record. Signals, because they offer nothing else."""

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.signals import password_changed, password_reset, password_set, user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_removed
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.signals import social_account_added
from django.contrib.auth.signals import user_logged_in as session_begun
from django.db import transaction
from django.db.models.signals import post_save
from django.http import HttpRequest

from accounts import second_step
from accounts.actions import sessions
from accounts.audit import record
from accounts.models import User
from accounts.sessions import row_of


def connect() -> None:
    """Called once, when the room is ready."""
    for signal, receiver in {
        session_begun: note_session,
        user_logged_in: record_sign_in,
        password_changed: record_new_password,
        password_set: record_new_password,
        password_reset: record_reset_password,
        authenticator_removed: record_second_step_removed,
        authentication_failed: record_second_step_failed,
        social_account_added: record_single_sign_on,
    }.items():
        signal.connect(receiver, dispatch_uid=f"accounts.receivers.{receiver.__name__}")
    # Not allauth's own signal of this, which comes after the transaction.
    post_save.connect(record_second_step_added, sender=Authenticator, dispatch_uid="accounts.receivers.second_step_added")


def note_session(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Every session has a row from its first moment, so that its limits and its end are known."""
    row_of(request, user)


def record_sign_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    methods = [item["method"] for item in get_authentication_records(request, user)]
    record("user.signed_in", by=user, obj=user, methods=sorted(set(methods)))


@transaction.atomic
def record_new_password(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """The other sessions of the person end: whoever knew the old password is out."""
    record("password.changed", by=user, obj=user)
    sessions.end_all(user, by=user, keep=request.session.session_key)


@transaction.atomic
def record_reset_password(user: User, **kwargs: Any) -> None:
    """As for a new password; there is no session to keep."""
    record("password.reset", by=user, obj=user)
    sessions.end_all(user, by=user)


def record_second_step_added(instance: Authenticator, created: bool, **kwargs: Any) -> None:
    """A second step, or the codes that help where it is lost."""
    if not created:
        return
    if instance.type == Authenticator.Type.RECOVERY_CODES:
        record("second_step.recovery_codes_made", by=instance.user, obj=instance.user)
    else:
        record("second_step.added", by=instance.user, obj=instance.user, kind=str(instance.type))


def record_second_step_removed(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    request.session.pop(second_step.SESSION_KEY, None)
    record("second_step.removed", by=user, obj=user, kind=str(authenticator.type))


def record_second_step_failed(user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    record("second_step.failed", by=None, obj=user, kind=str(authenticator.type))


def record_single_sign_on(sociallogin: SocialLogin, **kwargs: Any) -> None:
    user = sociallogin.user
    record("user.single_sign_on_linked", by=user, obj=user, provider=sociallogin.account.provider)
