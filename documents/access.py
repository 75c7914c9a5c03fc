"""The only way to obtain a report or a section: loaders that check.

404 for those who may not know that it exists, 403 for those who may see it but not do this. `level_on` is the one rule
behind the button, the address and the socket.
"""

from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.models import User
from accounts.sessions import live_user
from documents import policies
from documents.models import Image, Report, Restriction, Section
from documents.rights import SocketRights
from partnerships.grants import Level, checker_for, levels_of
from partnerships.models import Organisation
from reviews.access import is_lead
from reviews.models import ParticipantState, TeamMember


def report_level_on(user: User, report: Report) -> Level | None:
    """What this person may do on a report now. Its review must be loaded."""
    return policies.limit(checker_for(user).level(report), report)


def level_on(user: User, section: Section) -> Level | None:
    """What this person may do with a section's text now. Its report and review must be loaded."""
    if report_level_on(user, section.report) is None:
        return None
    return policies.limit(checker_for(user).level(section), section.report, section)


def levels_on(user: User, report: Report, sections: Iterable[Section]) -> dict[UUID, Level | None]:
    """The same for all sections of a page, in a constant number of queries."""
    listed = list(sections)
    if report_level_on(user, report) is None:
        return dict.fromkeys((section.pk for section in listed), None)
    checker = checker_for(user)
    checker.prefetch(listed)
    return {section.pk: policies.limit(checker.level(section), report, section) for section in listed}


def may_know(section: Section, level: Level | None) -> bool:
    """May somebody with this level on the section, who may read the report, know that the section exists?"""
    return level is not None or section.restriction == Restriction.LISTED


def report_for(user: User, pk: UUID, *, at_least: Level = Level.VIEW, lock: bool = False) -> Report:
    """A report that this person may read; 403 where they may read it but have less than the level asked."""
    report = _report(pk, lock=lock)
    level = report_level_on(user, report) if report else None
    if report is None or level is None:
        raise Http404
    if level < at_least:
        raise PermissionDenied
    return report


def managed_report_for(user: User, pk: UUID, *, lock: bool = False) -> Report:
    """A report whose sections and levels this person manages, as a lead of the review; 403 for its other readers."""
    report = report_for(user, pk, lock=lock)
    if not is_lead(user, report.review):
        raise PermissionDenied
    return report


def section_for(user: User, pk: UUID, *, at_least: Level = Level.VIEW, lock: bool = False) -> Section:
    """A section whose text this person may read; 403 where they have less than the level asked."""
    section = _section(pk, lock=lock)
    level = level_on(user, section) if section else None
    if section is None or level is None:
        raise Http404
    if level < at_least:
        raise PermissionDenied
    return section


def managed_section_for(user: User, pk: UUID, *, lock: bool = False) -> Section:
    """A present section that a lead of the review manages: one that they may know of, its text readable or not."""
    section = _known_section(user, pk, lock=lock)
    if not is_lead(user, section.report.review):
        raise PermissionDenied
    return section


def releasable_section_for(user: User, pk: UUID, *, lock: bool = False) -> Section:
    """A section that this person may release (`policies.may_release`)."""
    section = _known_section(user, pk, lock=lock)
    if not policies.may_release(section, level_on(user, section), leads=is_lead(user, section.report.review)):
        raise PermissionDenied
    return section


def finishable_section_for(user: User, pk: UUID, *, lock: bool = False) -> Section:
    """A section that this person may mark as done or open again (`policies.may_finish`)."""
    section = _known_section(user, pk, lock=lock)
    organisation = organisation_on(user, section.report)
    organisation_id = organisation.pk if organisation else None
    leads = is_lead(user, section.report.review)
    if not policies.may_finish(section, level_on(user, section), leads=leads, organisation_id=organisation_id):
        raise PermissionDenied
    return section


def deleted_section_for(user: User, pk: UUID, *, lock: bool = False) -> Section:
    """A deleted section that this lead may restore. One that was hidden from their organisation stays hidden."""
    section = _section(pk, lock=lock)
    if section is None or section.deleted_at is None or report_level_on(user, section.report) is None:
        raise Http404
    if not may_know(section, checker_for(user).level(section)):
        raise Http404
    if not is_lead(user, section.report.review):
        raise PermissionDenied
    return section


def edited_section_for(user: User, pk: UUID) -> Section:
    """A section that a lead has opened to change. One that was deleted meanwhile is left to the action, which says so."""
    is_deleted = Section.objects.filter(pk=pk, deleted_at__isnull=False).exists()
    return deleted_section_for(user, pk) if is_deleted else managed_section_for(user, pk)


def restorable_sections(user: User, report: Report) -> list[Section]:
    """The deleted sections of a report that this lead may restore, the last deleted first."""
    deleted = list(report.sections.filter(deleted_at__isnull=False).select_related("deleted_by").order_by("-deleted_at"))
    checker = checker_for(user)
    checker.prefetch(deleted)
    return [section for section in deleted if may_know(section, checker.level(section))]


def image_for(user: User, pk: UUID) -> Image:
    """A picture, with the permission of its section. Always 404 without it."""
    image = Image.objects.select_related("section__report__review").filter(pk=pk).first()
    if image is None or level_on(user, image.section) is None:
        raise Http404
    return image


def membership_on(user: User, report: Report) -> TeamMember | None:
    """This person's place on the report's review, with their organisation; a lead organisation's first."""
    return (
        TeamMember.objects.select_related("participant__organisation")
        .filter(user=user, ended_at__isnull=True)
        .filter(participant__review_id=report.review_id, participant__state=ParticipantState.JOINED)
        .order_by("-participant__is_lead", "added_at")
        .first()
    )


def organisation_on(user: User, report: Report) -> Organisation | None:
    """For whom this person works on the report's review; None for somebody who does not."""
    member = membership_on(user, report)
    return member.participant.organisation if member else None


def acting_for(user: User, report: Report) -> Organisation:
    """The same for what has to be somebody's act; 403 for somebody who is not on the review."""
    organisation = organisation_on(user, report)
    if organisation is None:
        raise PermissionDenied
    return organisation


def socket_rights(user_id: UUID, session_key: str, report_id: UUID) -> SocketRights | None:
    """What a socket may do, fresh from the database; None means: close it."""
    user = live_user(session_key, user_id)
    report = _report(report_id) if user else None
    # The same rule as `level_on`, without loading what only pages show: this runs whenever somebody comes.
    if user is None or report is None or report.pk not in levels_of(user, Report, pk=report.pk):
        return None
    member = membership_on(user, report)
    return _rights(member, user, report) if member else None


def _rights(member: TeamMember, user: User, report: Report) -> SocketRights:
    organisation = member.participant.organisation
    granted = levels_of(user, Section, report=report, deleted_at=None)
    levels = {pk: policies.limit(level, report) for pk, level in granted.items()}
    return SocketRights(
        user_id=user.pk,
        full_name=user.full_name,
        initials=user.initials,
        organisation_id=organisation.pk,
        organisation_name=organisation.name,
        organisation_short_name=organisation.short_name,
        colour=organisation.colour,
        report_id=report.pk,
        review_id=report.review_id,
        levels={pk: level for pk, level in levels.items() if level is not None},
    )


def _report(pk: UUID, *, lock: bool = False) -> Report | None:
    reports = Report.objects.select_related("review").filter(pk=pk)
    return (reports.select_for_update(of=("self",)) if lock else reports).first()


def _section(pk: UUID, *, lock: bool = False) -> Section | None:
    """A section with its report and review. The lock is the report's: it orders every change to the list of sections."""
    if lock:
        Report.objects.select_for_update().filter(sections=pk).first()
    return Section.objects.select_related("report__review", "assigned_to").filter(pk=pk).first()


def _known_section(user: User, pk: UUID, *, lock: bool) -> Section:
    section = _section(pk, lock=lock)
    if section is None or section.deleted_at is not None or report_level_on(user, section.report) is None:
        raise Http404
    if not may_know(section, level_on(user, section)):
        raise Http404
    return section
