"""The notifications that a person sees: those about what they may open now. A constant number of queries."""

from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import Notification, User
from accounts.notification_kinds import GROUPS, KINDS, Group, codes_of
from accounts.notification_scopes import openable

# Who has more sees the newest of them.
MOST = 500
MOST_COUNTED = 100


@dataclass(frozen=True, slots=True)
class Item:
    """A notification in words."""

    row: Notification
    sentence: str
    icon: str
    group: Group


def items(user: User, *, unread: bool = False, group: str = "") -> list[Item]:
    """The newest first; of one group only where one is named."""
    rows = _unread(user) if unread else Notification.objects.filter(to=user)
    kinds = codes_of(group) if group else list(KINDS)
    found = list(rows.filter(kind__in=kinds).order_by("-created_at", "-id")[:MOST])
    scopes = openable(user, {row.scope for row in found})
    return [_item(row) for row in found if row.scope in scopes]


def unread_count(user: User) -> int:
    """How many are new; one query where there are none, and never more than a hundred counted."""
    scopes = list(_unread(user).filter(kind__in=KINDS).values_list("scope", flat=True)[:MOST_COUNTED])
    if not scopes:
        return 0
    open_ones = openable(user, set(scopes))
    return sum(scope in open_ones for scope in scopes)


def _unread(user: User) -> QuerySet[Notification]:
    return Notification.objects.filter(to=user, read_at__isnull=True)


def _item(row: Notification) -> Item:
    kind = KINDS[row.kind]
    sentence = kind.sentence.format(organisation=row.organisation_name or "Somebody")
    return Item(row, sentence, kind.icon, GROUPS[kind.group])
