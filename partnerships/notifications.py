"""E-mails of this room. They carry a link and no content."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse


def send_invitation(email: str, token: str) -> None:
    """Send the link with which somebody joins an organisation."""
    link = settings.PORTAL_URL + reverse("invitation", args=[token])
    text = render_to_string("partnerships/mail/invitation.txt", {"link": link, "portal_name": settings.PORTAL_NAME})
    send_mail(f"Your invitation to the {settings.PORTAL_NAME}", text, settings.DEFAULT_FROM_EMAIL, [email])
