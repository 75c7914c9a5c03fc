"""Who belongs where. Plain questions; what somebody may see of it is decided in `access.py`."""

from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from partnerships.models import Membership, MembershipRole, Organisation, OrganisationKind


def memberships_of(user: User) -> QuerySet[Membership]:
    """A person's memberships, the first joined first. Most people have one."""
    return Membership.objects.select_related("organisation").filter(user=user).order_by("joined_at", "pk")


def organisation_of(user: User) -> Organisation | None:
    """The organisation that a person works for."""
    membership = memberships_of(user).first()
    return membership.organisation if membership else None


def leaves_second_step_to_single_sign_on(user_id: UUID) -> bool:
    """Whether every organisation of this person says that its own sign-in is enough."""
    asks = set(Membership.objects.filter(user=user_id).values_list("organisation__require_second_step", flat=True))
    return asks == {False}


def members(organisation: Organisation) -> QuerySet[Membership]:
    """Everybody in an organisation, deactivated people last."""
    return (
        Membership.objects.select_related("user", "organisation")
        .filter(organisation=organisation)
        .order_by("-user__is_active", "user__full_name", "pk")
    )


def active_members(organisation: Organisation) -> QuerySet[Membership]:
    """Those who can sign in."""
    return members(organisation).filter(user__is_active=True)


def active_admins(organisation: Organisation) -> QuerySet[Membership]:
    """Those who manage the organisation's people."""
    return active_members(organisation).filter(role=MembershipRole.ADMIN)


def is_admin_of(user: User, organisation: Organisation) -> bool:
    """Whether this person manages the organisation's people now."""
    return active_admins(organisation).filter(user=user).exists()


def addresses_of_partnership_admins() -> list[str]:
    """Where something goes that every partnership is to keep."""
    rows = Membership.objects.filter(
        organisation__kind=OrganisationKind.PARTNERSHIP, role=MembershipRole.ADMIN, user__is_active=True
    )
    return sorted(set(rows.values_list("user__email", flat=True)))
