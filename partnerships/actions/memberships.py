"""Who belongs to an organisation. An organisation always keeps an active administrator."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.actions import second_steps, users
from accounts.audit import record
from accounts.models import User
from accounts.signals import announce_access_change
from partnerships import hooks
from partnerships.models import Membership, MembershipRole, Organisation
from partnerships.people import active_admins


@transaction.atomic
def add(organisation: Organisation, user: User, role: MembershipRole, *, by: User | None) -> Membership:
    """Make a person a member. ValidationError where they are one already."""
    _lock(organisation)
    if Membership.objects.filter(organisation=organisation, user=user).exists():
        raise ValidationError(f"{user.full_name} already belongs to {organisation.name}.")
    membership = Membership.objects.create(organisation=organisation, user=user, role=role)
    _record("membership.added", membership, by=by, role=role)
    return membership


@transaction.atomic
def change_role(membership: Membership, role: MembershipRole, *, by: User) -> None:
    """Make a member an administrator, or the other way round. Nothing where it is so already."""
    _lock_and_read(membership)
    before = membership.role
    if role == before:
        return
    if role != MembershipRole.ADMIN:
        _check_another_admin(membership)
    membership.role = role
    membership.save(update_fields=["role"])
    _record("membership.role_changed", membership, by=by, before=before, role=role)
    announce_access_change(users={membership.user_id})


@transaction.atomic
def deactivate(membership: Membership, *, by: User) -> None:
    """Close a colleague's account: sessions and live editing end at once. Their places on reviews are kept.

    Somebody who also works for another organisation keeps the account, and only leaves this organisation: its
    administrator has no say in the other one.
    """
    _lock_and_read(membership)
    if membership.user_id == by.pk:
        raise ValidationError("You cannot deactivate yourself. Ask another administrator of your organisation.")
    if membership.is_admin:
        _check_another_admin(membership)
    if works_elsewhere(membership):
        _end(membership, by=by)
    elif membership.user.is_active:
        users.deactivate(membership.user, by=by)
        _record("membership.deactivated", membership, by=by)


@transaction.atomic
def reactivate(membership: Membership, *, by: User) -> None:
    """Open a colleague's account again, with the places on reviews that they still have."""
    _lock_and_read(membership)
    if not membership.user.is_active:
        users.reactivate(membership.user, by=by)
        _record("membership.reactivated", membership, by=by)


@transaction.atomic
def reset_second_step(membership: Membership, *, by: User) -> None:
    """Let a colleague who has lost their second sign-in step set it up anew."""
    _lock_and_read(membership)
    if membership.user_id == by.pk:
        raise ValidationError("You cannot take away your own. Ask another administrator of your organisation.")
    second_steps.reset(membership.user, by=by)
    _record("membership.second_step_reset", membership, by=by)


def works_elsewhere(membership: Membership) -> bool:
    """Whether the person also belongs to another organisation, so that deactivating here leaves the account open."""
    return Membership.objects.filter(user=membership.user_id).exclude(pk=membership.pk).exists()


def _end(membership: Membership, *, by: User) -> None:
    for hook in hooks.on_membership_ended:
        hook(membership, by)
    _record("membership.ended", membership, by=by)
    user_id = membership.user_id
    membership.delete()
    announce_access_change(users={user_id})


def _lock(organisation: Organisation) -> None:
    """One at a time: of two administrators who demote each other, one must be told no."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)


def _lock_and_read(membership: Membership) -> None:
    _lock(membership.organisation)
    try:
        membership.refresh_from_db(from_queryset=Membership.objects.select_related("user", "organisation"))
    except Membership.DoesNotExist as error:
        raise ValidationError("This person does not belong to your organisation any more.") from error


def _check_another_admin(membership: Membership) -> None:
    if not active_admins(membership.organisation).exclude(pk=membership.pk).exists():
        raise ValidationError(
            f"{membership.user.full_name} is the only administrator of {membership.organisation.name}. "
            "Make somebody else an administrator first."
        )


def _record(verb: str, membership: Membership, *, by: User | None, **data: Any) -> None:
    person = str(membership.user_id)
    record(verb, by=by, obj=membership, organisation=membership.organisation_id, person=person, **data)
