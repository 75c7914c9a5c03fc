"""People: made by an invitation, deactivated and brought back by an administrator."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.account.utils import perform_login
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.actions import sessions
from accounts.audit import record
from accounts.models import User
from accounts.signals import announce_access_change


@transaction.atomic
def create_from_invitation(*, email: str, full_name: str, password: str | None) -> User:
    """Make the person whom an invitation reached, which proves the address. Without a password they sign in elsewhere.

    ValidationError when the address has an account already, or the password is too easy to guess.
    """
    if User.objects.filter(email__iexact=email.strip()).exists():
        raise ValidationError(
            {"email": "Somebody with this e-mail address has an account. Sign in to accept the invitation."}
        )
    if password is not None:
        _check_password(password, User(email=email, full_name=full_name))
    user = User.objects.create_user(email=email, full_name=full_name, password=password)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    record("user.created", by=user, obj=user)
    return user


def sign_in(request: HttpRequest, user: User) -> HttpResponse:
    """Sign in somebody who has just proved who they are; the answer leads to their work, or to their second step."""
    record_authentication(request, user, method="invitation")
    response: HttpResponse = perform_login(request, user)
    return response


@transaction.atomic
def deactivate(user: User, *, by: User) -> None:
    """Close an account: every session and socket ends at once. What the person did stays theirs."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    if locked.is_active:
        _set_active(user, active=False)
        sessions.end_all(user, by=by)
        record("user.deactivated", by=by, obj=user)
        announce_access_change(users={user.pk})


@transaction.atomic
def reactivate(user: User, *, by: User) -> None:
    """Open a closed account again, with the memberships and the second step it had."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    if not locked.is_active:
        _set_active(user, active=True)
        record("user.reactivated", by=by, obj=user)
        announce_access_change(users={user.pk})


def _set_active(user: User, *, active: bool) -> None:
    user.is_active = active
    user.deactivated_at = None if active else timezone.now()
    user.save(update_fields=["is_active", "deactivated_at"])


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from error
