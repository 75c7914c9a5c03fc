"""E-mails that leave in the background, so that how long an answer takes does not tell whether one was sent."""

import logging
from concurrent.futures import ThreadPoolExecutor

from django.core.mail import EmailMessage

logger = logging.getLogger(__name__)
# One thread: letters leave in the order in which they were written.
_postman = ThreadPoolExecutor(max_workers=1, thread_name_prefix="post")


def send_soon(letter: EmailMessage) -> None:
    """Hand over a finished e-mail. That the mail server is away is logged; the person can ask again."""
    _postman.submit(_send, letter)


def wait_until_sent() -> None:
    """Return when everything that was handed over before has left (for tests and for commands that end)."""
    _postman.submit(int).result()


def _send(letter: EmailMessage) -> None:
    try:
        letter.send()
    except OSError as error:  # smtplib's errors are among them
        logger.error("An e-mail was not sent: %s", type(error).__name__)  # noqa: TRY400  # its text may name the person
