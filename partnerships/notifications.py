"""E-mails of this room. They carry a link and no content."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import AuditSeal
from partnerships.people import addresses_of_partnership_admins


def send_invitation(email: str, token: str) -> None:
    """Send the link with which somebody joins an organisation."""
    link = settings.PORTAL_URL + reverse("invitation", args=[token])
    text = render_to_string("partnerships/mail/invitation.txt", {"link": link, "portal_name": settings.PORTAL_NAME})
    send_mail(f"Your invitation to the {settings.PORTAL_NAME}", text, settings.DEFAULT_FROM_EMAIL, [email])


def send_seal(seal: AuditSeal) -> None:
    """Send a seal of the audit trail to the administrators of every partnership, so that none can rewrite history unseen."""
    context = {"seal": seal, "portal_name": settings.PORTAL_NAME}
    text = render_to_string("partnerships/mail/seal.txt", context)
    for address in addresses_of_partnership_admins():
        send_mail("A seal to keep", text, settings.DEFAULT_FROM_EMAIL, [address])
