"""Which organisations take part in a review."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.after_commit import follow_up
from accounts.audit import record
from accounts.models import User
from accounts.signals import announce_access_change
from partnerships import grants
from partnerships.models import Organisation, TeamRole
from partnerships.people import active_admins
from reviews import hooks
from reviews.actions import teams
from reviews.actions.locks import check_joined, lock, lock_open, project, read_again
from reviews.models import Participant, ParticipantState, Review, TeamMember
from reviews.notifications import send_invitation_to_take_part
from reviews.people import PRESENT


@transaction.atomic
def invite(review: Review, organisation: Organisation, *, by: User) -> Participant:
    """Ask an organisation to take part. Its administrators get an e-mail; they alone can see what it is about."""
    lock_open(review.pk)
    if Participant.objects.filter(review=review, organisation=organisation, state__in=PRESENT).exists():
        raise ValidationError(f"{organisation.name} has been invited already.")
    participant = Participant.objects.create(review=review, organisation=organisation, invited_by=by)
    _record("participant.invited", participant, by=by)
    addresses = list(active_admins(organisation).values_list("user__email", flat=True))
    follow_up(send_invitation_to_take_part, addresses, participant.pk)
    return participant


@transaction.atomic
def withdraw(participant: Participant, *, by: User) -> None:
    """Take back an invitation that has not been answered."""
    lock(participant.review_id)
    _check_invited(participant)
    _decide(participant, ParticipantState.WITHDRAWN, by=by)
    _record("participant.withdrawn", participant, by=by)


@transaction.atomic
def accept(participant: Participant, *, team: Mapping[User, TeamRole], by: User) -> None:
    """Take part, with at least one person of one's own."""
    review = lock_open(participant.review_id)
    _check_invited(participant)
    if not team:
        raise ValidationError("Choose at least one person of your organisation, with a role.")
    teams.check_own_people(participant, list(team))
    _join(participant, by=by)
    for user, role in team.items():
        teams.place(participant, user, role, by=by)
    _project(review)


@transaction.atomic
def decline(participant: Participant, *, reason: str, by: User) -> None:
    """Say no, and why. The organisation can be asked again."""
    lock(participant.review_id)
    _check_invited(participant)
    _decide(participant, ParticipantState.DECLINED, by=by, reason=_given(reason))
    _record("participant.declined", participant, by=by)


@transaction.atomic
def leave(participant: Participant, *, reason: str, by: User) -> None:
    """Stop taking part: every person of the organisation loses the review at once."""
    review = lock(participant.review_id)
    read_again(participant)
    check_joined(participant)
    if participant.is_lead:
        raise ValidationError(f"{participant.organisation.name} leads this review, so it cannot leave it.")
    for member in TeamMember.objects.select_related("user", "participant").filter(participant=participant, ended_at=None):
        teams.end(member, by=by)
    _decide(participant, ParticipantState.LEFT, by=by, reason=_given(reason))
    _record("participant.left", participant, by=by)
    _project(review)


def join_as_lead(review: Review, organisation: Organisation, *, by: User) -> Participant:
    """Make the lead's own participant, when the review is opened and nobody else can see it yet."""
    participant = Participant(review=review, organisation=organisation, invited_by=by, is_lead=True)
    _join(participant, by=by)
    return participant


def _join(participant: Participant, *, by: User) -> None:
    participant.joined_at = timezone.now()
    _decide(participant, ParticipantState.JOINED, by=by)
    grants.create_principal(participant.pk)
    _record("participant.joined", participant, by=by)


def _decide(participant: Participant, state: ParticipantState, *, by: User, reason: str = "") -> None:
    participant.state, participant.reason = state, reason
    participant.decided_at, participant.decided_by = timezone.now(), by
    participant.save()


def _project(review: Review) -> None:
    project(review)
    hooks.participants_changed(review)
    announce_access_change(reviews={review.pk})


def _check_invited(participant: Participant) -> None:
    read_again(participant)
    if participant.state != ParticipantState.INVITED:
        raise ValidationError(
            f"This invitation has been answered or withdrawn meanwhile: {participant.get_state_display().lower()}."
        )


def _given(reason: str) -> str:
    if not reason.strip():
        raise ValidationError({"reason": "Say why, in a few words."})
    return reason.strip()


def _record(verb: str, participant: Participant, *, by: User) -> None:
    record(verb, by=by, obj=participant, organisation=participant.organisation_id, review=participant.review_id)
