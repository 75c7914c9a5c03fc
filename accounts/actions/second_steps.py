"""Taking away a second step that its owner has lost."""

from functools import partial

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts.actions import sessions
from accounts.audit import record
from accounts.models import User


@transaction.atomic
def reset(user: User, *, by: User) -> None:
    """Let somebody set up a second step anew, after an administrator has made sure who they are.

    Every session of theirs ends: whoever found the lost phone is out too. They still need their password.
    """
    Authenticator.objects.filter(user=user).delete()
    sessions.end_all(user, by=by)
    record("second_step.reset", by=by, obj=user)
    tell = partial(get_adapter().send_mail, "accounts/mail/second_step_reset", user.email, {})
    transaction.on_commit(tell, robust=True)
