"""Sending a letter, once at the most, whenever its worker dies.

The mail server is greeted first, then the letter is claimed, then it is handed over, then it is marked as sent. Where the
server cannot be reached or refuses the letter, it certainly did not leave: the claim is given back and the job tried
again. Where the process or the connection dies after the claim, nobody can tell, and it is not sent again; what it was
about still waits in the portal.
"""

import logging
import smtplib
from uuid import UUID

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend
from django.utils import timezone
from django_tasks import task

from accounts.models import Letter
from accounts.writing_letters import compose

logger = logging.getLogger(__name__)

# Answers by which a mail server says that it has not taken a letter.
REFUSALS = (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException, smtplib.SMTPNotSupportedError)


class NotSentError(Exception):
    """The letter did not leave. Without the server's words, which may hold an address."""


@task()
def send_letter(pk: str) -> str:
    """Send a letter that waits; the outcome in a word, for whoever looks at the jobs."""
    letter = Letter.objects.select_related("to").filter(pk=UUID(pk)).first()
    if letter is None or letter.sent_at:
        return "done before"
    if letter.claimed_at:
        logger.error("Whether a letter left cannot be told, so it is not sent again: %s", letter.pk)
        return "unknown"
    message = compose(letter)
    if message is None:
        _drop(letter)
        return "not needed"
    server: BaseEmailBackend = get_connection()
    try:
        _greet(server)
        return _hand_over(letter, message, server)
    finally:
        server.close()


def _hand_over(letter: Letter, message: EmailMessage, server: BaseEmailBackend) -> str:
    waiting = Letter.objects.filter(pk=letter.pk, claimed_at__isnull=True)
    if not waiting.update(claimed_at=timezone.now()):
        return "another's"
    try:
        server.send_messages([message])
    except REFUSALS as refusal:
        Letter.objects.filter(pk=letter.pk).update(claimed_at=None)
        raise NotSentError(type(refusal).__name__) from None
    except OSError as error:
        logger.error("Whether a letter left cannot be told: %s (%s)", letter.pk, type(error).__name__)  # noqa: TRY400
        return "unknown"
    Letter.objects.filter(pk=letter.pk).update(sent_at=timezone.now())
    return "sent"


def _greet(server: BaseEmailBackend) -> None:
    """Speak with the server as far as it goes without a letter: what fails after the claim costs the letter."""
    try:
        server.open()
        if isinstance(server, EmailBackend) and server.connection:
            server.connection.ehlo_or_helo_if_needed()
    except OSError as error:  # smtplib's errors are among them
        raise NotSentError(type(error).__name__) from None


def _drop(letter: Letter) -> None:
    """There is nothing to tell any more: it was read, or its reader may not know of it, or is gone."""
    letter.notifications.update(mail_due_at=None)
    letter.delete()
