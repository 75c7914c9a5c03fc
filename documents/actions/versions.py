"""Versions of a report: naming a milestone, and freezing the text for signature."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from accounts.actions.notifications import notify
from accounts.models import User
from accounts.notification_scopes import scope_of
from documents.access import acting_for
from documents.actions import sign_offs, signing_notices, states
from documents.actions.locks import lock_open
from documents.actions.trail import record_on
from documents.lifecycle import FREEZE
from documents.models import Report, Version, VersionKind, VersionOpening
from documents.notification_kinds import FROZEN, OWN_RISK_OPEN
from documents.notification_scopes import REPORT, THREAD
from documents.sign_off import signatures
from documents.threads.audience import readers_of
from documents.titles import one_line
from documents.versions.blockers import blockers_of, thread_url, unheard_risks
from documents.versions.contents import contents_of, hold, sections_for
from reviews.access import is_lead

NAME_MAX, REASON_MAX = 120, 2000


@transaction.atomic
def freeze(report: Report, *, name: str, reason: str = "", by: User) -> Version:
    """Make the version that every partnership is to sign, and end the writing, in one transaction.

    The report's row is held before its texts are read: what is being stored by then is in the version, and whatever comes
    later finds the report frozen.
    """
    lock_open(report)
    if not is_lead(by, report.review):
        raise PermissionDenied
    _check_nothing_blocks(report, by)
    version = _keep(report, VersionKind.FROZEN, name, reason, by)
    for participant, seats in signatures.seats_needed(report):
        sign_offs.require(version, participant, [one.seat for one in seats])
    states.move(report, FREEZE, by=by, version=version)
    _tell(version, by)
    return version


@transaction.atomic
def name(report: Report, *, name: str, reason: str = "", by: User) -> Version:
    """Keep the text of all sections as it is now under a name. Writing goes on."""
    lock_open(report)
    version = _keep(report, VersionKind.MILESTONE, name, reason, by)
    _record("version.named", version, by=by)
    return version


def opened(version: Version, *, by: User) -> None:
    """Note that a person has opened the text of a version. Only the first time counts, and goes on record."""
    with transaction.atomic():
        _, is_first = VersionOpening.objects.get_or_create(version=version, opened_by=by)
        if is_first:
            _record("version.opened", version, by=by)


def _check_nothing_blocks(report: Report, by: User) -> None:
    found = blockers_of(report, by)
    if found:
        some = "is 1 thing" if len(found) == 1 else f"are {len(found)} things"
        raise ValidationError(
            f"The report cannot be frozen yet: there {some} to settle first. They are listed on this page."
        )


def _tell(version: Version, by: User) -> None:
    """Everybody who may read it hears of it; organisations with an open risk that only they can see hear of that too.

    Those who are asked to sign it hear that, and nothing else.
    """
    report, url = version.report, reverse("version", args=[version.pk])
    audience, _ = readers_of(report)
    scope = scope_of(REPORT, report.pk)
    asked = set(signing_notices.signatories(version.seats.all()))
    people = [user for user, _ in audience.people.values() if user not in asked]
    notify(people, FROZEN, url=url, scope=scope, organisation=version.organisation, by=by)
    for thread in unheard_risks(report, by):
        own = audience.of({thread.organisation_id}).people.values()
        notify([user for user, _ in own], OWN_RISK_OPEN, url=thread_url(thread), scope=scope_of(THREAD, thread.pk))


def _keep(report: Report, kind: VersionKind, name: str, reason: str, by: User) -> Version:
    """Make a version of what is there now; the report's row is held."""
    kept_name, reason = _clean_name(name), _clean_reason(reason)
    contents = contents_of(report, sections_for(report, kind))
    last = report.versions.aggregate(last=Max("number"))["last"] or 0
    version = Version.objects.create(
        report=report,
        number=last + 1,
        kind=kind,
        name=kept_name,
        reason=reason,
        canonical=contents.canonical,
        sha256=contents.sha256,
        words=contents.words,
        organisation=acting_for(by, report),
        created_by=by,
    )
    hold(version, contents)
    return version


def _record(verb: str, version: Version, *, by: User) -> None:
    record_on(version.report, verb, version, by=by, number=version.number)


def _clean_name(text: str) -> str:
    name = one_line(text)
    if not name:
        raise ValidationError({"name": "Enter a name for the version, such as “Draft for the families”."})
    if len(name) > NAME_MAX:
        raise ValidationError({"name": f"The name has {len(name)} characters. Shorten it to {NAME_MAX} or fewer."})
    return name


def _clean_reason(text: str) -> str:
    reason = text.strip()
    if len(reason) > REASON_MAX:
        raise ValidationError({"reason": f"The reason has {len(reason)} characters. Shorten it to {REASON_MAX} or fewer."})
    return reason
