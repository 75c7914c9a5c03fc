"""Notifications: told to people, read by them."""

from collections.abc import Collection, Iterable
from datetime import datetime, time, timedelta
from typing import Protocol

from django.db import transaction
from django.utils import timezone

from accounts.models import How, MailChoice, Notification, User
from accounts.notification_kinds import GROUPS, KINDS
from accounts.notification_scopes import openable

# E-mails "at once" wait so long for others of their group.
BATCH = timedelta(minutes=5)
# When the e-mail of a day is sent, in the portal's time zone.
DIGEST = time(7)


class Named(Protocol):
    """An organisation, as far as a sentence names it."""

    @property
    def short_name(self) -> str: ...


@transaction.atomic
def notify(
    people: Iterable[User],
    kind: str,
    *,
    url: str,
    scope: str = "",
    organisation: Named | None = None,
    by: User | None = None,
) -> None:
    """Tell people that something happened: not whoever did it, nobody who cannot open it, and nobody twice.

    Call it inside the transaction of the act. `url` is where to look, `scope` what one must be able to open
    (`accounts.notification_scopes.scope_of`); e-mail follows later, as each person chose.
    """
    if not url.startswith("/") or url.startswith("//"):
        raise ValueError("A notification leads to a page of the portal")
    told = [user for user in {user.pk: user for user in people}.values() if user != by and user.is_active]
    told = [user for user in told if openable(user, [scope])]
    due = _mail_due(told, KINDS[kind].group)
    Notification.objects.bulk_create(
        Notification(
            to=user,
            kind=kind,
            url=url,
            scope=scope,
            organisation_name=organisation.short_name if organisation else "",
            created_by=by,
            mail_due_at=due[user],
        )
        for user in told
    )


def mark_read(notification: Notification) -> None:
    """Its reader has seen it; e-mail about it is not needed any more."""
    Notification.objects.filter(pk=notification.pk, read_at__isnull=True).update(read_at=timezone.now())


def mark_all_read(user: User) -> int:
    """Everything of a person, also what they can no longer see; how many there were."""
    return Notification.objects.filter(to=user, read_at__isnull=True).update(read_at=timezone.now())


def due_at(how: str, now: datetime) -> datetime | None:
    """When something that happens now is told by e-mail."""
    if how == How.NONE:
        return None
    if how == How.AT_ONCE:
        return now + BATCH
    local = timezone.localtime(now)
    day = local.date() + timedelta(days=local.time() >= DIGEST)
    return timezone.make_aware(datetime.combine(day, DIGEST))


def _mail_due(people: Collection[User], group: str) -> dict[User, datetime | None]:
    chosen = dict(MailChoice.objects.filter(user__in=people, group=group).values_list("user_id", "how"))
    now = timezone.now()
    return {user: due_at(chosen.get(user.pk, GROUPS[group].default), now) for user in people}
