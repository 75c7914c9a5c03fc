"""The only way to obtain a review, a participant or a place on a team: loaders that check.

404 for those who may not know that it exists, 403 for those who may see it but not do this.
"""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from accounts.models import User
from partnerships.access import own_administration
from partnerships.models import MembershipRole, Organisation, OrganisationKind, TeamRole
from partnerships.people import is_admin_of, memberships_of
from reviews.models import Participant, ParticipantState, Review, TeamMember
from reviews.people import administered_by, present_members


def review_for(user: User, pk: UUID) -> Review:
    """A review that this person is on."""
    review = Review.objects.visible_to(user).filter(pk=pk).first()
    if review is None:
        raise Http404
    return review


def lead_review_for(user: User, pk: UUID) -> Review:
    """A review that this person leads: a lead on the team of the organisation that leads it."""
    review = review_for(user, pk)
    if not is_lead(user, review):
        raise PermissionDenied
    return review


def is_lead(user: User, review: Review) -> bool:
    """Whether this person manages the review and its reports. A lead of another organisation only leads its team."""
    places = _places(user, review).filter(role=TeamRole.LEAD, participant__is_lead=True)
    return bool(user.is_active) and places.exists()


def team_member_for(user: User, review: Review) -> TeamMember:
    """This person's place on a review; that of the lead organisation where they have several."""
    place = _places(user, review).order_by("-participant__is_lead", "added_at").first()
    if place is None or not user.is_active:
        raise Http404
    return place


def participant_for_admin(user: User, participant_pk: UUID) -> Participant:
    """The part that this administrator's own organisation takes (or is asked to take) in a review."""
    participant = _participant(participant_pk)
    if participant is None or not is_admin_of(user, participant.organisation):
        raise Http404
    return participant


def managed_participant_for(user: User, participant_pk: UUID) -> Participant:
    """A participant whose team this person chooses: as its organisation's administrator, or as its team's lead.

    403 for the others on the review, 404 for everybody else.
    """
    participant = _participant(participant_pk)
    if participant is None or participant.state != ParticipantState.JOINED:
        raise Http404
    if not may_manage_team(user, participant):
        review_for(user, participant.review_id)
        raise PermissionDenied
    return participant


def managed_member_for(user: User, pk: int) -> TeamMember:
    """A present place on a team that this person chooses."""
    member = present_members().select_related("participant__organisation", "participant__review").filter(pk=pk).first()
    if member is None:
        raise Http404
    managed_participant_for(user, member.participant_id)
    return member


def invited_participant_for_lead(user: User, pk: UUID) -> Participant:
    """An invitation to take part that the lead of the review has sent and may withdraw."""
    participant = _participant(pk)
    if participant is None:
        raise Http404
    lead_review_for(user, participant.review_id)
    return participant


def may_manage_team(user: User, participant: Participant) -> bool:
    """May this person add people of this organisation to the review, change their roles and remove them?"""
    leads_team = present_members().filter(participant=participant, user=user, role=TeamRole.LEAD).exists()
    return is_admin_of(user, participant.organisation) or (bool(user.is_active) and leads_team)


def managed_teams(user: User, review: Review) -> set[UUID]:
    """The participants of a review whose teams this person chooses, in two queries."""
    administered = administered_by(user).filter(review=review, state=ParticipantState.JOINED)
    led = _places(user, review).filter(role=TeamRole.LEAD) if user.is_active else TeamMember.objects.none()
    return {*administered.values_list("pk", flat=True), *led.values_list("participant_id", flat=True)}


def opening_organisation(user: User, slug: str = "") -> Organisation:
    """The partnership for which this administrator opens a review: the one named, or their first; 403 for others."""
    if slug:
        own_administration(user, slug)
    organisation = next((one for one in may_open_for(user) if slug in {"", one.slug}), None)
    if organisation is None:
        raise PermissionDenied
    return organisation


def may_open_for(user: User) -> list[Organisation]:
    """The partnerships that this person administers, and which can therefore lead a review that they open."""
    administered = memberships_of(user).filter(role=MembershipRole.ADMIN, organisation__kind=OrganisationKind.PARTNERSHIP)
    return [membership.organisation for membership in administered]


def _places(user: User, review: Review) -> QuerySet[TeamMember]:
    return TeamMember.objects.select_related("participant__organisation").filter(
        user=user, ended_at__isnull=True, participant__review=review, participant__state=ParticipantState.JOINED
    )


def _participant(pk: UUID) -> Participant | None:
    return Participant.objects.select_related("organisation", "review", "invited_by").filter(pk=pk).first()
