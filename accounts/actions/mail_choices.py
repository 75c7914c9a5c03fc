"""Choosing which e-mails one gets, on the page or by the link in one of them."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from accounts.actions.notifications import due_at
from accounts.audit import record
from accounts.mail_choices import choices_of
from accounts.models import How, Letter, MailChoice, Notification, User
from accounts.notification_kinds import codes_of


@transaction.atomic
def choose(user: User, wanted: Mapping[str, How]) -> None:
    """What a person wants of each group from now on; it holds for what waits to be sent, too."""
    for group, how in _change(user, wanted).items():
        record("mail.chosen", by=user, obj=user, group=group, how=how)


@transaction.atomic
def unsubscribe(letter: Letter, groups: Iterable[str]) -> None:
    """End the e-mails about these groups for whoever got the letter. Nobody has signed in for it."""
    for group in _change(letter.to, dict.fromkeys(groups, How.NONE)):
        record("mail.unsubscribed", by=None, obj=letter.to, group=group)


def _change(user: User, wanted: Mapping[str, How]) -> dict[str, How]:
    """Store what differs from what was chosen before; what did."""
    User.objects.select_for_update().get(pk=user.pk)
    before = choices_of(user)
    changed = {group: how for group, how in wanted.items() if before[group] != how}
    for group, how in changed.items():
        MailChoice.objects.update_or_create(user=user, group=group, defaults={"how": how})
        waiting = Notification.objects.filter(to=user, kind__in=codes_of(group), letter__isnull=True, read_at__isnull=True)
        waiting.filter(mail_due_at__isnull=False).update(mail_due_at=due_at(how, timezone.now()))
    return changed
