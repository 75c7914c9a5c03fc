"""Whom an organisation has put on a review, and in which role.

Taking access away is never refused. That a review needs somebody who leads it is said on its page instead.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from accounts.signals import announce_access_change
from partnerships import grants
from partnerships.models import Membership, TeamRole
from reviews.actions.locks import check_joined, lock, lock_open, read_again
from reviews.models import Participant, ParticipantState, TeamMember


@transaction.atomic
def add(participant: Participant, user: User, role: TeamRole, *, by: User) -> TeamMember:
    """Put one of the organisation's own active people on the review."""
    lock_open(participant.review_id)
    read_again(participant)
    check_joined(participant)
    _check_can_be_added(participant, user)
    return place(participant, user, role, by=by)


@transaction.atomic
def change_role(member: TeamMember, role: TeamRole, *, by: User) -> None:
    """Change what a person may do at most. Nothing where they have the role already."""
    lock(member.participant.review_id)
    _read_again(member)
    before = member.role
    if role != before:
        member.role = role
        member.save(update_fields=["role"])
        grants.set_role(member.user, member.participant_id, role)
        _record("team.role_changed", member, by=by, before=before, role=role)
        _announce(member)


@transaction.atomic
def remove(member: TeamMember, *, by: User) -> None:
    """Take a person off the review, at once and wherever they have it open."""
    lock(member.participant.review_id)
    _read_again(member)
    end(member, by=by)


@transaction.atomic
def end_for(membership: Membership, by: User) -> None:
    """Take somebody who leaves an organisation off all its reviews."""
    places = TeamMember.objects.select_related("participant__organisation", "user").filter(
        user=membership.user_id, participant__organisation=membership.organisation_id, ended_at__isnull=True
    )
    for member in places.order_by("participant__review_id"):
        lock(member.participant.review_id)
        end(member, by=by)


def place(participant: Participant, user: User, role: TeamRole, *, by: User) -> TeamMember:
    """Add without asking. For actions that hold the review's row and have checked."""
    member = TeamMember.objects.create(participant=participant, user=user, role=role, added_by=by)
    grants.set_role(user, participant.pk, role)
    _record("team.member_added", member, by=by, role=role)
    _announce(member)
    return member


def end(member: TeamMember, *, by: User) -> None:
    """Remove without asking. For actions that hold the review's row."""
    member.ended_at, member.ended_by = timezone.now(), by
    member.save(update_fields=["ended_at", "ended_by"])
    grants.set_role(member.user, member.participant_id, None)
    _record("team.member_removed", member, by=by)
    _announce(member)


def check_own_people(participant: Participant, users: list[User]) -> None:
    """ValidationError unless all of them belong to the organisation and can sign in. Holds their memberships."""
    own = Membership.objects.select_for_update().filter(
        organisation=participant.organisation_id, user__in=users, user__is_active=True
    )
    found = set(own.values_list("user_id", flat=True))
    if missing := [user.full_name for user in users if user.pk not in found]:
        name = participant.organisation.name
        raise ValidationError(f"{missing[0]} is not an active member of {name}. Choose somebody else, or invite them first.")


def _check_can_be_added(participant: Participant, user: User) -> None:
    check_own_people(participant, [user])
    if TeamMember.objects.filter(participant=participant, user=user, ended_at__isnull=True).exists():
        raise ValidationError(f"{user.full_name} is on this review already. Change their role instead.")


def _read_again(member: TeamMember) -> None:
    member.refresh_from_db(from_queryset=TeamMember.objects.select_related("participant__organisation", "user"))
    if member.ended_at is not None or member.participant.state != ParticipantState.JOINED:
        raise ValidationError(f"{member.user.full_name} is not on this review any more.")


def _record(verb: str, member: TeamMember, *, by: User, **data: Any) -> None:
    participant = member.participant
    record(
        verb,
        by=by,
        obj=member,
        organisation=participant.organisation_id,
        review=participant.review_id,
        person=str(member.user_id),
        **data,
    )


def _announce(member: TeamMember) -> None:
    announce_access_change(users={member.user_id}, reviews={member.participant.review_id})
