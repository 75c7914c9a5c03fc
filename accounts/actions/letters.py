"""E-mails about notifications: gathered from what is due, then handed to a job that sends them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.delivery import send_letter
from accounts.mail_choices import choices_of
from accounts.models import How, Letter, Notification, User
from accounts.notification_kinds import KINDS
from accounts.notification_scopes import openable

DIGEST = ""


def prepare(now: datetime) -> int:
    """Write the letters that are due, each with a job that sends it; how many there are."""
    due = Notification.objects.filter(mail_due_at__lte=now, letter__isnull=True, read_at__isnull=True)
    return sum(_prepare_for(pk, now) for pk in due.order_by("to_id").values_list("to_id", flat=True).distinct())


@transaction.atomic
def _prepare_for(user_id: UUID, now: datetime) -> int:
    """All of it or nothing. The lock keeps two workers from telling the same thing in two letters."""
    user = User.objects.select_for_update().get(pk=user_id)
    waiting = list(
        Notification.objects.filter(to=user, mail_due_at__isnull=False, letter__isnull=True, read_at__isnull=True)
    )
    wanted = _still_wanted(user, waiting)
    dropped = {row.pk for row in waiting} - {row.pk for row in wanted}
    Notification.objects.filter(pk__in=dropped).update(mail_due_at=None)
    letters = _by_letter(wanted, choices_of(user), now)
    for group, rows in letters.items():
        letter = Letter.objects.create(to=user, group=group)
        Notification.objects.filter(pk__in=[row.pk for row in rows]).update(letter=letter)
        send_letter.enqueue(str(letter.pk))
    return len(letters)


def _still_wanted(user: User, rows: Sequence[Notification]) -> list[Notification]:
    """Without what the person can no longer open; nothing at all where their account is closed."""
    if not user.is_active:
        return []
    scopes = openable(user, {row.scope for row in rows})
    return [row for row in rows if row.scope in scopes and row.kind in KINDS]


def _by_letter(rows: Iterable[Notification], chosen: Mapping[str, How], now: datetime) -> dict[str, list[Notification]]:
    """A letter a group, which takes along what would be due in a few minutes; and one digest of the day."""
    gathered: dict[str, list[Notification]] = defaultdict(list)
    for row in rows:
        group = KINDS[row.kind].group
        if chosen[group] == How.DAILY:
            if row.mail_due_at and row.mail_due_at <= now:
                gathered[DIGEST].append(row)
        else:
            gathered[group].append(row)
    return {group: found for group, found in gathered.items() if any(r.mail_due_at and r.mail_due_at <= now for r in found)}
