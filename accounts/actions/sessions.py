"""Ending sessions: the pages of them at once, their live editing as soon as it hears of it."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from accounts.audit import record
from accounts.models import User
from accounts.signals import announce_access_change


@transaction.atomic
def end(user: User, session_key: str, *, by: User | None, reason: str) -> None:
    """End one session. `reason` is "signed out", "ended", "idle" or "age"; `by` is None where time ended it."""
    _delete({session_key})
    record("session.ended", by=by, obj=user, reason=reason)
    announce_access_change(sessions={session_key})


@transaction.atomic
def end_all(user: User, *, by: User, keep: str | None = None) -> None:
    """Sign a person out everywhere, except where the session with the key `keep` is used."""
    keys = set(UserSession.objects.filter(user=user).values_list("session_key", flat=True)) - {keep}
    _delete(keys)
    record("session.all_ended", by=by, obj=user, count=len(keys), kept_one=keep is not None)
    announce_access_change(users={user.pk}, sessions=keys)


def _delete(keys: set[str]) -> None:
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()
