"""What a person has chosen to be told by e-mail, and the links in e-mails by which they choose otherwise."""

from collections.abc import Mapping
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from accounts.models import How, Letter, MailChoice, User
from accounts.notification_kinds import GROUPS

_SALT = "accounts.unsubscribe"


def choices_of(user: User) -> Mapping[str, How]:
    """For every group of kinds, in their order."""
    chosen = dict(MailChoice.objects.filter(user=user).values_list("group", "how"))
    return {code: How(chosen.get(code, group.default)) for code, group in GROUPS.items()}


def unsubscribe_link(letter: Letter, group: str) -> str:
    """Where one click ends the e-mails about a group ("": those of the daily e-mail). It names a letter, never a person."""
    token = signing.dumps([letter.pk.hex, group], salt=_SALT)
    return f"{settings.PORTAL_URL}{reverse('unsubscribe', args=[token])}"


def read_token(token: str) -> tuple[Letter, list[str]] | None:
    """The letter that a link came with, and the groups that it ends; None where it is none of ours. It never runs out."""
    try:
        pk, group = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    letter = Letter.objects.select_related("to").filter(pk=UUID(pk)).first()
    if letter is None or (group and group not in GROUPS):
        return None
    return letter, [group] if group else daily_groups(letter.to)


def daily_groups(user: User) -> list[str]:
    """What the daily e-mail tells this person of."""
    return [code for code, how in choices_of(user).items() if how == How.DAILY]
