"""When something may be done with an invitation, whoever asks."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from partnerships.models import Invitation

CLOSED = "This invitation cannot be used any more. Ask the person who sent it for a new one."


def is_undecided(invitation: Invitation) -> bool:
    """Neither accepted nor declined nor withdrawn. It may have expired."""
    return invitation.accepted_at is None and invitation.declined_at is None and invitation.revoked_at is None


def is_open(invitation: Invitation) -> bool:
    """May it be accepted or declined now?"""
    return is_undecided(invitation) and invitation.expires_at > timezone.now()


def check_undecided(invitation: Invitation) -> None:
    """Raise ValidationError, in words for the administrator, where the invitation has been answered or withdrawn."""
    if not is_undecided(invitation):
        raise ValidationError("This invitation has been answered or withdrawn meanwhile. The list below is up to date.")


def check_open(invitation: Invitation) -> None:
    """Raise ValidationError, in words for the person invited, unless it may be accepted or declined now."""
    if not is_open(invitation):
        raise ValidationError(CLOSED)
