"""Which seats have to sign a version, and which of them have. Plain questions; the acts are in `actions/sign_offs.py`."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from documents.models import Decision, Report, RequiredSeat, SignOff, Version
from partnerships.models import OrganisationKind
from reviews.models import Participant, ParticipantState


def signing_participants(report: Report) -> QuerySet[Participant]:
    """The partnerships that take part in the review of a report now: all of them sign it. Agencies do not."""
    return Participant.objects.select_related("organisation").filter(
        review=report.review_id, state=ParticipantState.JOINED, organisation__kind=OrganisationKind.PARTNERSHIP
    )


def standing(version: Version) -> QuerySet[SignOff]:
    """The decisions on a version that have not been voided."""
    return SignOff.objects.select_related("required_seat__participant__organisation").filter(
        required_seat__version=version, voided_at__isnull=True
    )


def unsigned(version: Version) -> QuerySet[RequiredSeat]:
    """The seats that have not approved a version."""
    approved = standing(version).exclude(decision=Decision.DECLINED)
    return RequiredSeat.objects.filter(version=version).exclude(pk__in=approved.values("required_seat"))


def without_seats(report: Report, version: Version | None) -> list[Participant]:
    """The partnerships for which no seat has to sign this version."""
    required = RequiredSeat.objects.filter(version=version) if version else RequiredSeat.objects.none()
    return list(signing_participants(report).exclude(pk__in=required.values("participant")))


def is_complete(report: Report, version: Version | None) -> bool:
    """Whether every seat of every partnership that takes part has approved the version."""
    return version is not None and not without_seats(report, version) and not unsigned(version).exists()


def has_declined(user: User, version: Version) -> bool:
    """Whether a refusal of this person stands."""
    return standing(version).filter(signed_by=user, decision=Decision.DECLINED).exists()


def has_lost_a_partnership(version: Version) -> bool:
    """Whether one that had to sign does not take part any more."""
    return RequiredSeat.objects.filter(version=version).filter(~Q(participant__state=ParticipantState.JOINED)).exists()


def void(sign_off: SignOff, *, by: User, reason: str) -> None:
    """Write who ended a signature, when and why; nothing else of it can change."""
    sign_off.voided_at, sign_off.voided_by, sign_off.void_reason = timezone.now(), by, reason
    sign_off.save(update_fields=["voided_at", "voided_by", "void_reason"])
