"""Invitations: the only door into the portal. Single use, seven days, never accepted without the person's own act."""

import secrets
from datetime import timedelta
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.actions import users
from accounts.after_commit import follow_up
from accounts.audit import record
from accounts.models import User
from accounts.single_sign_on import Identity, InvitationRefusedError
from partnerships import policies
from partnerships.access import token_hash
from partnerships.actions import memberships
from partnerships.models import Invitation, Membership, MembershipRole, Organisation
from partnerships.notifications import send_invitation

LIFETIME = timedelta(days=7)
NOT_FOR_YOU = "This invitation was sent to another e-mail address than yours."


class Issued(NamedTuple):
    """An invitation and the token of its link, which is stored nowhere."""

    invitation: Invitation
    token: str


@transaction.atomic
def invite(organisation: Organisation, *, email: str, role: MembershipRole, by: User) -> Issued:
    """Invite somebody and send them the link. An earlier invitation that has expired is withdrawn."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    email = email.strip().lower()
    _check_no_member(organisation, email)
    _clear_expired(organisation, email, by)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=email,
        role=role,
        token_hash=token_hash(token),
        invited_by=by,
        expires_at=timezone.now() + LIFETIME,
    )
    _record("invitation.sent", invitation, by=by, role=role)
    _send(invitation, token)
    return Issued(invitation, token)


@transaction.atomic
def resend(invitation: Invitation, *, by: User) -> Issued:
    """Send a new link, for another seven days. The link sent before stops working."""
    locked = _lock(invitation)
    policies.check_undecided(locked)
    token = secrets.token_urlsafe(32)
    locked.token_hash, locked.expires_at = token_hash(token), timezone.now() + LIFETIME
    locked.save(update_fields=["token_hash", "expires_at"])
    _record("invitation.sent_again", locked, by=by)
    _send(locked, token)
    return Issued(locked, token)


@transaction.atomic
def revoke(invitation: Invitation, *, by: User) -> None:
    """Withdraw an invitation: its link stops working."""
    locked = _lock(invitation)
    policies.check_undecided(locked)
    _mark_revoked(locked, by)


@transaction.atomic
def decline(invitation: Invitation) -> None:
    """Say no, by whoever holds the link."""
    locked = _lock(invitation)
    policies.check_open(locked)
    locked.declined_at = timezone.now()
    locked.save(update_fields=["declined_at"])
    _record("invitation.declined", locked, by=None)


@transaction.atomic
def accept(invitation: Invitation, *, user: User) -> Membership:
    """Accept as a person who is signed in. ValidationError unless the invitation was sent to their own address."""
    locked = _lock(invitation)
    policies.check_open(locked)
    if user.email.lower() != locked.email:
        raise ValidationError(NOT_FOR_YOU)
    return _join(locked, user)


@transaction.atomic
def accept_as_new(invitation: Invitation, *, full_name: str, password: str | None) -> User:
    """Accept as a new person, whose account is made now. ValidationError where the address has an account already."""
    locked = _lock(invitation)
    policies.check_open(locked)
    user = users.create_from_invitation(email=locked.email, full_name=full_name, password=password)
    _join(locked, user)
    return user


def accept_by_identity(key: str, identity: Identity) -> User:
    """Accept as somebody whom their organisation's own sign-in names; `key` is the invitation's id.

    Never for an address that has an account: its owner signs in and accepts.
    """
    invitation = Invitation.objects.select_related("organisation").filter(pk=key).first()
    if invitation is None or invitation.organisation.slug != identity.organisation:
        raise InvitationRefusedError(policies.CLOSED)
    if invitation.email not in identity.addresses:
        raise InvitationRefusedError(NOT_FOR_YOU)
    try:
        return accept_as_new(invitation, full_name=identity.full_name or invitation.email, password=None)
    except ValidationError as refusal:
        raise InvitationRefusedError(" ".join(refusal.messages)) from refusal


def _join(invitation: Invitation, user: User) -> Membership:
    membership = memberships.add(invitation.organisation, user, MembershipRole(invitation.role), by=user)
    invitation.accepted_at, invitation.accepted_by = timezone.now(), user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    _record("invitation.accepted", invitation, by=user)
    return membership


def _lock(invitation: Invitation) -> Invitation:
    """The invitation as it is now, held until the transaction ends: of two who act at once, one comes second."""
    rows = Invitation.objects.select_related("organisation").select_for_update(of=("self",))
    return rows.get(pk=invitation.pk)


def _check_no_member(organisation: Organisation, email: str) -> None:
    member = Membership.objects.select_related("user").filter(organisation=organisation, user__email__iexact=email).first()
    if member is None:
        return
    if member.user.is_active:
        raise ValidationError({"email": f"{member.user.full_name} already belongs to {organisation.name}."})
    raise ValidationError(
        {"email": f"{member.user.full_name} belonged to {organisation.name} and was deactivated. Reactivate them instead."}
    )


def _clear_expired(organisation: Organisation, email: str, by: User) -> None:
    undecided = Invitation.objects.filter(accepted_at=None, declined_at=None, revoked_at=None)
    earlier = undecided.filter(organisation=organisation, email=email).first()
    if earlier is None:
        return
    if policies.is_open(earlier):
        raise ValidationError({"email": "This person has been invited already. Send the invitation again, or withdraw it."})
    _mark_revoked(earlier, by)


def _mark_revoked(invitation: Invitation, by: User) -> None:
    invitation.revoked_at, invitation.revoked_by = timezone.now(), by
    invitation.save(update_fields=["revoked_at", "revoked_by"])
    _record("invitation.revoked", invitation, by=by)


def _send(invitation: Invitation, token: str) -> None:
    # Robust: where the mail server is away, the invitation stands and can be sent again.
    follow_up(send_invitation, invitation.email, token)


def _record(verb: str, invitation: Invitation, *, by: User | None, **data: Any) -> None:
    record(verb, by=by, obj=invitation, organisation=invitation.organisation_id, **data)
