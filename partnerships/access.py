"""Loaders of memberships and invitations. They check who asks: an administrator, and only of their own organisation."""

import hashlib
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.models import User
from partnerships import policies
from partnerships.models import Invitation, Membership
from partnerships.people import memberships_of

Thing = TypeVar("Thing")


def own_organisation(user: User) -> Membership:
    """This person's membership; 403 for somebody who belongs to no organisation."""
    membership = memberships_of(user).first()
    if membership is None:
        raise PermissionDenied
    return membership


def own_administration(user: User) -> Membership:
    """This person's membership as an administrator; 403 for others."""
    membership = own_organisation(user)
    if not membership.is_admin:
        raise PermissionDenied
    return membership


def admin_membership_for(user: User, organisation_slug: str) -> Membership:
    """The administrator's membership of the organisation named; 404 for those outside it, 403 for its other members."""
    membership = memberships_of(user).filter(organisation__slug=organisation_slug).first()
    if membership is None:
        raise Http404
    if not membership.is_admin:
        raise PermissionDenied
    return membership


def managed_membership_for(user: User, person_id: UUID) -> Membership:
    """The membership of a colleague whom this administrator manages. Somebody of another organisation is 404."""
    own = own_administration(user)
    colleagues = Membership.objects.select_related("user", "organisation").filter(organisation=own.organisation)
    return _found(colleagues.filter(user_id=person_id).first())


def managed_invitation_for(user: User, pk: UUID) -> Invitation:
    """An invitation of this administrator's own organisation."""
    own = own_administration(user)
    return _found(Invitation.objects.select_related("organisation").filter(organisation=own.organisation, pk=pk).first())


def open_invitation(token: str) -> Invitation | None:
    """The invitation whose link holds this token, while it can still be accepted."""
    invitations = Invitation.objects.select_related("organisation", "invited_by")
    found = invitations.filter(token_hash=token_hash(token)).first()
    return found if found is not None and policies.is_open(found) else None


def token_hash(token: str) -> str:
    """What is stored in the place of a token: its SHA-256, hexadecimal. Tokens are random, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def _found(thing: Thing | None) -> Thing:
    if thing is None:
        raise Http404
    return thing
