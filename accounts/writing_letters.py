"""What an e-mail about notifications says: how many there are of which group, and a link. Never what they are about."""

from collections import Counter
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.mail_choices import unsubscribe_link
from accounts.models import Letter
from accounts.notification_kinds import GROUPS, KINDS
from accounts.notification_scopes import openable

SUBJECT = "There is something for you in the {portal}"
DIGEST_SUBJECT = "Your day in the {portal}"


def compose(letter: Letter) -> EmailMessage | None:
    """The letter as its reader's choices and rights are now; None where there is nothing left to tell."""
    counts = _counts(letter)
    if not counts or not letter.to.is_active:
        return None
    subject = (SUBJECT if letter.group else DIGEST_SUBJECT).format(portal=settings.PORTAL_NAME)
    parts = [(GROUPS[code], number, unsubscribe_link(letter, code)) for code, number in counts.items()]
    context = {
        "parts": parts,
        "digest": not letter.group,
        "link": settings.PORTAL_URL + reverse("notifications"),
        "choices": settings.PORTAL_URL + reverse("mail_choices"),
        "portal_name": settings.PORTAL_NAME,
    }
    text = render_to_string("accounts/mail/notifications.txt", context)
    return EmailMessage(subject, text, settings.DEFAULT_FROM_EMAIL, [letter.to.email], headers=_headers(letter))


def _counts(letter: Letter) -> dict[str, int]:
    """How many unread notifications of each group the letter tells of that its reader may open, in the order of groups."""
    rows = list(letter.notifications.filter(read_at__isnull=True).values_list("kind", "scope"))
    scopes = openable(letter.to, {scope for _, scope in rows})
    counted = Counter(KINDS[kind].group for kind, scope in rows if scope in scopes and kind in KINDS)
    return {code: counted[code] for code in GROUPS if counted[code]}


def _headers(letter: Letter) -> dict[str, str]:
    """One-click unsubscribing (RFC 8058) ends the letter's own group, or the daily e-mail.

    The Message-ID is the letter's, so that a mail server that is handed it again can tell.
    """
    host = urlsplit(settings.PORTAL_URL).hostname or "localhost"
    return {
        "Message-ID": f"<{letter.pk}@{host}>",
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{unsubscribe_link(letter, letter.group)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
