"""Moving a report from one state to another, by the table of `documents/lifecycle.py`."""

from collections.abc import Callable, Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from accounts.signals import announce_access_change
from documents.access import organisation_on
from documents.actions import signing_notices
from documents.actions.locks import lock
from documents.lifecycle import FREEZE, Guard, Notice, Transition, Who
from documents.models import Decision, Report, ReportState, SignOff, Version, VersionKind
from documents.sign_off import signatures
from partnerships.models import Organisation
from reviews.access import is_lead
from reviews.models import ReviewState

# Longer than what people may type, because the portal puts the seat before a refusal's reason.
REASON_MAX = 1500


@transaction.atomic
def move(
    report: Report,
    transition: Transition,
    *,
    by: User,
    reason: str = "",
    version: Version | None = None,
    acting_for: Organisation | None = None,
) -> None:
    """Take a step, or refuse it: 403 for those who may not, ValidationError with what is missing.

    Holds the report's row until the transaction ends. `version` is the one that is put out for signature. A report that
    goes back to its writers loses its signatures here, so that no caller can forget it. `acting_for` is the organisation
    whose step it is; the person's own on the review where none is named.
    """
    lock(report)
    reason = clean_reason(reason)
    _check_origin(report, transition)
    version = version if transition is FREEZE else report.signed_version
    _check_who(report, transition, by, version)
    for guard in transition.guards:
        _CHECKS[guard](report, version, reason)
    organisation = acting_for or organisation_on(by, report)
    before, voided = report.state, void_all(report, by=by, reason=reason) if transition.voids else 0
    report.state = transition.target
    report.signed_version = None if transition.voids else version
    report.save(update_fields=["state", "signed_version"])
    data = {"before": before, "reason": reason, "voided": voided}
    _record(report, transition, by, version, organisation, data)
    _tell(report, transition, by, organisation)
    announce_access_change(reports={report.pk})


def void_all(report: Report, *, by: User, reason: str) -> int:
    """End every approval of the version that is out. A refusal stays as it is: it is why the others ended."""
    if report.signed_version is None:
        return 0
    approvals = list(signatures.standing(report.signed_version).exclude(decision=Decision.DECLINED))
    for sign_off in approvals:
        void(report, sign_off, by=by, reason=reason)
    return len(approvals)


def void(report: Report, sign_off: SignOff, *, by: User, reason: str) -> None:
    """End one signature, which stays in the record with who ended it and why. The report's row is held."""
    signatures.void(sign_off, by=by, reason=reason)
    audit.record(
        "sign_off.voided",
        by=by,
        obj=sign_off,
        organisation=sign_off.required_seat.participant.organisation_id,
        review=report.review_id,
        report=str(report.pk),
        seat=str(sign_off.required_seat.seat_id),
        person=str(sign_off.signed_by_id),
    )


def clean_reason(reason: str) -> str:
    """Without blanks around it; ValidationError where it is too long to be shown."""
    reason = reason.strip()
    if len(reason) > REASON_MAX:
        raise ValidationError({"reason": f"Say it in {REASON_MAX} characters or fewer. It has {len(reason)}."})
    return reason


def _check_origin(report: Report, transition: Transition) -> None:
    if report.state not in transition.origins:
        state = ReportState(report.state).label.lower()
        raise ValidationError(f"This report is {state}, so that cannot be done now. Load the page again to see what can.")


def _check_who(report: Report, transition: Transition, by: User, version: Version | None) -> None:
    """The portal's own steps are held back by their guards alone."""
    leads = transition.who != Who.LEAD or is_lead(by, report.review)
    signs = transition.who != Who.SIGNATORY or (version is not None and signatures.has_declined(by, version))
    if not (leads and signs):
        raise PermissionDenied


def _record(
    report: Report,
    transition: Transition,
    by: User,
    version: Version | None,
    organisation: Organisation | None,
    data: dict[str, object],
) -> None:
    audit.record(
        transition.verb,
        by=by,
        obj=report,
        organisation=organisation.pk if organisation else None,
        review=report.review_id,
        version=str(version.pk) if version else "",
        sha256=version.sha256 if version else "",
        **{key: value for key, value in data.items() if value},
    )


def _tell(report: Report, transition: Transition, by: User, organisation: Organisation | None) -> None:
    if transition.notice == Notice.ASKED and report.signed_version is not None:
        signing_notices.ask(report, signatures.unsigned(report.signed_version), by=by, organisation=organisation)
    elif transition.notice is not None:
        signing_notices.tell(report, transition.notice, by=by, organisation=organisation)


Check = Callable[[Report, Version | None, str], None]


def _review_open(report: Report, version: Version | None, reason: str) -> None:
    if report.review.state != ReviewState.OPEN:
        raise ValidationError("This review is closed, so its reports can no longer be changed.")


def _frozen_version(report: Report, version: Version | None, reason: str) -> None:
    if version is None or version.report_id != report.pk or version.kind != VersionKind.FROZEN:
        raise ValidationError("There is no frozen version of this report to be signed.")


def _seats_fixed(report: Report, version: Version | None, reason: str) -> None:
    if missing := signatures.without_seats(report, version):
        names = " and ".join(one.organisation.name for one in missing)
        raise ValidationError(f"Nobody has been named to sign for {names}. Its administrators name who signs.")


def _reason(report: Report, version: Version | None, reason: str) -> None:
    if not reason:
        raise ValidationError({"reason": "Say why, in a few words. Everybody on the review can read it."})


def _all_approved(report: Report, version: Version | None, reason: str) -> None:
    if not signatures.is_complete(report, version):
        raise ValidationError("Some seats have not approved this version yet.")


def _not_all_approved(report: Report, version: Version | None, reason: str) -> None:
    if signatures.is_complete(report, version):
        raise ValidationError("Every seat has approved this version.")


def _declined(report: Report, version: Version | None, reason: str) -> None:
    if version is None or not signatures.standing(version).filter(decision=Decision.DECLINED).exists():
        raise ValidationError("No seat has declined this version.")


def _partnership_left(report: Report, version: Version | None, reason: str) -> None:
    if version is None or not signatures.lost_partnership(version):
        raise ValidationError("Every partnership that has to sign still takes part.")


def _publication(report: Report, version: Version | None, reason: str) -> None:
    """Fails closed until publishing is built."""
    raise ValidationError("The portal cannot publish reports yet.")


_CHECKS: Mapping[Guard, Check] = {
    Guard.REVIEW_OPEN: _review_open,
    Guard.FROZEN_VERSION: _frozen_version,
    Guard.SEATS_FIXED: _seats_fixed,
    Guard.REASON: _reason,
    Guard.ALL_APPROVED: _all_approved,
    Guard.NOT_ALL_APPROVED: _not_all_approved,
    Guard.DECLINED: _declined,
    Guard.PARTNERSHIP_LEFT: _partnership_left,
    Guard.PUBLICATION: _publication,
}
