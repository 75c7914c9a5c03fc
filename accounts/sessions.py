"""How long a session lasts: allauth's row of a session says when it began and when it was last used."""

from datetime import timedelta
from typing import Literal
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.models import User

# One write a minute is exact enough, and keeps page views from queueing for the database's write lock.
ACTIVITY_STEP = timedelta(minutes=1)
UNKNOWN_ADDRESS = "::"
USER_AGENT_LENGTH = 200


def live_user(session_key: str, user_id: UUID) -> User | None:
    """This person, if they are active and this session is still theirs, within its limits. Always asks the database."""
    rows = UserSession.objects.select_related("user").filter(session_key=session_key, user_id=user_id)
    row = rows.filter(user__is_active=True).first()
    if row is None or passed_limit(row) is not None:
        return None
    user: User = row.user
    return user if _belongs_to(session_key, user) else None


def is_live(session_key: str, user_id: UUID) -> bool:
    """Whether this session is still this active person's, within its limits. Always asks the database."""
    return live_user(session_key, user_id) is not None


def live_rows(user: User) -> list[UserSession]:
    """A person's sessions that can still be used."""
    rows = UserSession.objects.filter(user=user)
    return [row for row in rows if passed_limit(row) is None and _belongs_to(row.session_key, user)]


def passed_limit(row: UserSession) -> Literal["idle", "age"] | None:
    """Which limit the session has passed: unused for too long, or begun too long ago."""
    now = timezone.now()
    if now - row.created_at > timedelta(hours=settings.SESSION_ABSOLUTE_HOURS):
        return "age"
    return "idle" if now - row.last_seen_at > timedelta(minutes=settings.SESSION_IDLE_MINUTES) else None


def record_activity(session_key: str) -> None:
    """Note that the person did something. Pages do so by themselves; live editing calls it when somebody writes."""
    now = timezone.now()
    UserSession.objects.filter(session_key=session_key, last_seen_at__lt=now - ACTIVITY_STEP).update(last_seen_at=now)


def is_stale(row: UserSession) -> bool:
    """Whether what the person does now is worth a write."""
    return bool(timezone.now() - row.last_seen_at > ACTIVITY_STEP)


def row_of(request: HttpRequest, user: User) -> UserSession:
    """The row of a request's session; made now if there is none, as after Django has changed a session's key."""
    facts = {
        "user": user,
        "ip": _address(request),
        "user_agent": request.META.get("HTTP_USER_AGENT", "")[:USER_AGENT_LENGTH],
    }
    row: UserSession
    row, _ = UserSession.objects.get_or_create(session_key=request.session.session_key, defaults=facts)
    return row


def _address(request: HttpRequest) -> str:
    """The visitor's address, as rate limits and the audit trail see it: behind a proxy not the proxy's."""
    try:
        return str(get_adapter(request).get_client_ip(request))
    except PermissionDenied:
        return UNKNOWN_ADDRESS


def _belongs_to(session_key: str, user: User) -> bool:
    """Whether the session was begun by this person with the password they have now."""
    data = SessionStore(session_key).load()
    if data.get(SESSION_KEY) != str(user.pk):
        return False
    found = data.get(HASH_SESSION_KEY, "")
    hashes = [user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()]
    return any(constant_time_compare(found, wanted) for wanted in hashes)
