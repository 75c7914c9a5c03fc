"""Models of partnerships: one class a file."""

from partnerships.models.affiliation import Affiliation
from partnerships.models.invitation import Invitation
from partnerships.models.membership import Membership, MembershipRole
from partnerships.models.organisation import Organisation, OrganisationColour, OrganisationKind
from partnerships.models.role_group import RoleGroup, TeamRole
from partnerships.models.seat import Seat, SeatHolder

__all__ = [
    "Affiliation",
    "Invitation",
    "Membership",
    "MembershipRole",
    "Organisation",
    "OrganisationColour",
    "OrganisationKind",
    "RoleGroup",
    "Seat",
    "SeatHolder",
    "TeamRole",
]
