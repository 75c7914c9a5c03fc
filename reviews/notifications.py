"""E-mails of this room. They carry a link and no content."""

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.urls import reverse


def send_invitation_to_take_part(addresses: Sequence[str], participant_pk: UUID) -> None:
    """Tell an organisation's administrators, each in a message of their own, that an invitation waits for them."""
    link = settings.PORTAL_URL + reverse("participation", args=[participant_pk])
    text = render_to_string("reviews/mail/invitation.txt", {"link": link, "portal_name": settings.PORTAL_NAME})
    subject = f"An invitation waits for you in the {settings.PORTAL_NAME}"
    messages = [EmailMessage(subject, text, settings.DEFAULT_FROM_EMAIL, [address]) for address in addresses]
    get_connection().send_messages(messages)
