"""Opening a review."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.audit import record
from accounts.models import User
from partnerships.models import Organisation, TeamRole
from partnerships.people import is_admin_of
from reviews.actions import participants, teams
from reviews.actions.locks import project
from reviews.models import Marking, Review, ReviewKind


@transaction.atomic
def open(  # noqa: A001  # read as reviews.open(...)
    *,
    organisation: Organisation,
    title: str,
    reason: str,
    kind: ReviewKind,
    lead_reason: str,
    by: User,
    marking: Marking = Marking.OFFICIAL_SENSITIVE,
    reference: str = "",
    short_title: str = "",
    is_demonstration: bool = False,
) -> Review:
    """Open a review that the opener's own partnership leads, with the opener as its first lead.

    Which partnership leads is a recorded decision with its reason (`lead_reason`), never computed.
    """
    _check_may_open(by, organisation)
    review = Review.objects.create(
        title=" ".join(title.split()),
        short_title=short_title,
        reference=reference,
        reason=reason.strip(),
        kind=kind,
        marking=marking,
        lead_reason=lead_reason.strip(),
        opened_by=by,
        is_demonstration=is_demonstration,
    )
    record("review.opened", by=by, obj=review, organisation=organisation.pk, review=review.pk, kind=kind, marking=marking)
    lead = participants.join_as_lead(review, organisation, by=by)
    teams.place(lead, by, TeamRole.LEAD, by=by)
    project(review)
    return review


def _check_may_open(user: User, organisation: Organisation) -> None:
    if not organisation.is_partnership:
        raise ValidationError(f"{organisation.name} is an agency. A review is opened by the partnership that leads it.")
    if not is_admin_of(user, organisation):
        raise ValidationError(f"Only an administrator of {organisation.name} can open a review that it leads.")
