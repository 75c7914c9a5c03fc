"""One's own sessions and notifications, and the audit trail as querysets.

Who may read which part of the trail is checked by the rooms further on.
"""

from collections.abc import Collection
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import AuditEvent, Notification, User
from accounts.notification_scopes import openable


def own_session(user: User, pk: int) -> UserSession:
    """One of a person's own sessions; 404 for anybody else's."""
    return get_object_or_404(UserSession, pk=pk, user=user)


def own_notification(user: User, pk: UUID) -> Notification:
    """One of a person's own notifications, about something that they may open now."""
    notification = get_object_or_404(Notification, pk=pk, to=user)
    if not openable(user, [notification.scope]):
        raise Http404
    return notification


def organisation_trail(organisation_id: UUID, *, people: Collection[UUID] = ()) -> QuerySet[AuditEvent]:
    """What happened in an organisation's name; with `people`, also their sign-ins, which name no organisation."""
    signing_in = Q(organisation_id=None, review_id=None, actor_id__in=people)
    return AuditEvent.objects.filter(Q(organisation_id=organisation_id) | signing_in)


def review_trail(review_id: UUID) -> QuerySet[AuditEvent]:
    """What happened on a review."""
    return AuditEvent.objects.filter(review_id=review_id)
