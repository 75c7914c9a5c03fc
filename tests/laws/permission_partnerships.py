"""The addresses of the partnerships room, and what each of the cast gets there."""

from collections.abc import Callable

from accounts.models import User
from partnerships.actions import invitations
from partnerships.actions.invitations import Issued
from partnerships.models import Membership, MembershipRole
from tests.laws.permission_matrix import OFF_REVIEW, ON_REVIEW, SIGNED_OUT, Arguments, Route
from tests.support.cast import Cast

ADMINS = {"amira", "bella", "gwen", "piet"}
STAFF = ON_REVIEW | {"olive"}
OTHERS = (ON_REVIEW | OFF_REVIEW) - ADMINS


def _invite(cast: Cast) -> Issued:
    role = MembershipRole.MEMBER
    return invitations.invite(cast.north_somerset, email="new@cast.example", role=role, by=cast.amira)


def _invitation(cast: Cast) -> dict[str, object]:
    return {"pk": _invite(cast).invitation.pk}


def _token(cast: Cast) -> dict[str, object]:
    return {"token": _invite(cast).token}


def _place_of(person: Callable[[Cast], User]) -> Arguments:
    return lambda cast: {"pk": Membership.objects.get(user=person(cast)).pk}


def administration(name: str, status: int = 200, **options: object) -> Route:
    """A page for every administrator, about their own organisation."""
    return Route(name, {status: ADMINS, 403: OTHERS}, **options)  # type: ignore[arg-type]


def north_somersets(name: str, arguments: Arguments, status: int = 200, method: str = "GET") -> Route:
    """A page about somebody or something of North Somerset: for its administrator; nothing for those of the others."""
    return Route(name, {status: {"amira"}, 403: OTHERS}, arguments=arguments, method=method)


def link(name: str) -> Route:
    """The link of an invitation to somebody new: whoever is signed in is somebody else."""
    return Route(name, {200: SIGNED_OUT, 403: ON_REVIEW | OFF_REVIEW}, arguments=_token, public=True)


PARTNERSHIPS = [
    Route("organisation", {200: STAFF, 403: {"sid"}}),
    administration("organisation_history"),
    administration("invitation_new"),
    north_somersets("membership_role", _place_of(lambda cast: cast.ned)),
    north_somersets("membership_second_step", _place_of(lambda cast: cast.ned)),
    north_somersets("membership_deactivate", _place_of(lambda cast: cast.ned)),
    north_somersets("membership_deactivate", _place_of(lambda cast: cast.olive), 302, "POST"),
    north_somersets("membership_reactivate", _place_of(lambda cast: cast.ned), 302, "POST"),
    north_somersets("invitation_resend", _invitation, 302, "POST"),
    north_somersets("invitation_revoke", _invitation),
    north_somersets("invitation_revoke", _invitation, 302, "POST"),
    link("invitation"),
    link("invitation_decline"),
]
