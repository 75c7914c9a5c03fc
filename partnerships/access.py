"""Loaders of memberships and invitations. They check who asks: an administrator, and only of their own organisation."""

import hashlib
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.models import User
from partnerships import policies
from partnerships.models import Invitation, Membership, MembershipRole, OrganisationKind, Seat, SeatHolder
from partnerships.people import memberships_of

Thing = TypeVar("Thing")


def own_organisation(user: User, slug: str = "") -> Membership:
    """This person's membership of the organisation named, or of the first they joined.

    404 where it is not theirs, 403 for somebody who belongs to no organisation.
    """
    own = memberships_of(user)
    if slug:
        return _found(own.filter(organisation__slug=slug).first())
    return _allowed(own.first())


def own_administration(user: User, slug: str = "") -> Membership:
    """This person's membership as an administrator: of the organisation named, or of the first that they administer.

    404 where the organisation is not theirs, 403 for those who administer none.
    """
    if slug:
        membership = own_organisation(user, slug)
        return _allowed(membership if membership.is_admin else None)
    return _allowed(memberships_of(user).filter(role=MembershipRole.ADMIN).first())


def managed_membership_for(user: User, pk: int) -> Membership:
    """The membership of a colleague whom this administrator manages. Somebody of another organisation is 404."""
    memberships = Membership.objects.select_related("user", "organisation")
    return _found(memberships.filter(pk=pk, organisation__in=_administered(user)).first())


def managed_invitation_for(user: User, pk: UUID) -> Invitation:
    """An invitation of an organisation that this person administers."""
    invitations = Invitation.objects.select_related("organisation")
    return _found(invitations.filter(pk=pk, organisation__in=_administered(user)).first())


def own_partnership(user: User, slug: str = "") -> Membership:
    """The same as `own_administration`, of a partnership: agencies have no seats. 403 for administrators of agencies."""
    if slug:
        membership = own_administration(user, slug)
        return _allowed(membership if membership.organisation.is_partnership else None)
    own = memberships_of(user).filter(role=MembershipRole.ADMIN, organisation__kind=OrganisationKind.PARTNERSHIP)
    return _allowed(own.first())


def managed_seat_for(user: User, pk: UUID) -> Seat:
    """A present seat of a partnership that this person administers."""
    seats = Seat.objects.select_related("partnership", "agency")
    return _found(seats.filter(pk=pk, partnership__in=_administered(user), ended_at__isnull=True).first())


def managed_holder_for(user: User, pk: int) -> SeatHolder:
    """Somebody's place in such a seat."""
    holders = SeatHolder.objects.select_related("seat__partnership", "seat__agency", "user")
    return _found(holders.filter(pk=pk, seat__partnership__in=_administered(user), seat__ended_at__isnull=True).first())


def open_invitation(token: str) -> Invitation | None:
    """The invitation whose link holds this token, while it can still be accepted."""
    invitations = Invitation.objects.select_related("organisation", "invited_by")
    found = invitations.filter(token_hash=token_hash(token)).first()
    return found if found is not None and policies.is_open(found) else None


def token_hash(token: str) -> str:
    """What is stored in the place of a token: its SHA-256, hexadecimal. Tokens are random, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def _administered(user: User) -> list[UUID]:
    """The organisations that this person administers; 403 for those who administer none."""
    own = memberships_of(user).filter(role=MembershipRole.ADMIN)
    administered = list(own.values_list("organisation_id", flat=True))
    if not administered:
        raise PermissionDenied
    return administered


def _found(thing: Thing | None) -> Thing:
    if thing is None:
        raise Http404
    return thing


def _allowed(thing: Thing | None) -> Thing:
    if thing is None:
        raise PermissionDenied
    return thing
