"""Every way in which access changes, by the actions of one process, and what an open socket makes of it. A row a way."""

from collections.abc import Callable
from dataclasses import dataclass

from django.test import Client
from django.urls import reverse

from accounts.actions import sessions, users
from accounts.models import User
from accounts.signals import announce_access_change
from documents.actions import grants, restrictions, sections
from documents.models import Restriction
from partnerships.actions import memberships
from partnerships.grants import Level
from partnerships.models import Membership, MembershipRole, Organisation, TeamRole
from reviews.actions import participants, teams
from reviews.models import Participant, Review, ReviewState, TeamMember
from tests.documents.helpers import participant
from tests.support import states
from tests.support.cast import PASSWORD, Cast


@dataclass(frozen=True)
class Scene:
    """Bella of Bristol writes in the findings; `browser` is the session that her socket came from."""

    cast: Cast
    browser: Client

    @property
    def bella(self) -> User:
        return self.cast.bella

    @property
    def member(self) -> TeamMember:
        places = TeamMember.objects.select_related("participant__organisation", "participant__review", "user")
        return places.get(user=self.bella, ended_at=None)

    @property
    def bristol(self) -> Participant:
        return participant(self.cast.review, self.cast.bristol)

    @property
    def session_key(self) -> str:
        return str(self.browser.session.session_key)

    def membership(self, organisation: Organisation) -> Membership:
        return Membership.objects.select_related("user", "organisation").get(user=self.bella, organisation=organisation)


Act = Callable[[Scene], None]


def removed_from_the_team(scene: Scene) -> None:
    teams.remove(scene.member, by=scene.bella)


def made_an_observer(scene: Scene) -> None:
    teams.change_role(scene.member, TeamRole.OBSERVER, by=scene.cast.bella)


def made_a_reviewer(scene: Scene) -> None:
    teams.change_role(scene.member, TeamRole.REVIEWER, by=scene.cast.bella)


def organisation_may_only_read(scene: Scene) -> None:
    grants.set_report_level(scene.cast.report, scene.bristol, Level.VIEW, by=scene.cast.amira)


def organisation_may_only_comment(scene: Scene) -> None:
    grants.set_report_level(scene.cast.report, scene.bristol, Level.COMMENT, by=scene.cast.amira)


def organisation_loses_the_report(scene: Scene) -> None:
    grants.set_report_level(scene.cast.report, scene.bristol, None, by=scene.cast.amira)


def organisation_leaves_the_review(scene: Scene) -> None:
    participants.leave(scene.bristol, reason="Enough.", by=scene.bella)


def restrict(scene: Scene, restriction: Restriction, **others: Level) -> None:
    lead = participant(scene.cast.review, scene.cast.north_somerset)
    levels = {lead: Level.EDIT} | ({scene.bristol: others["bristol"]} if others else {})
    restrictions.restrict(scene.cast.findings, restriction=restriction, levels=levels, by=scene.cast.amira)


def section_restricted_to_others(scene: Scene) -> None:
    restrict(scene, Restriction.LISTED)


def section_hidden(scene: Scene) -> None:
    restrict(scene, Restriction.HIDDEN)


def section_restricted_to_reading(scene: Scene) -> None:
    restrict(scene, Restriction.LISTED, bristol=Level.VIEW)


def section_deleted(scene: Scene) -> None:
    sections.delete(scene.cast.findings, by=scene.cast.amira)


def report_frozen(scene: Scene) -> None:
    states.freeze(scene.cast.report)
    announce_access_change(reports={scene.cast.report.pk})


def review_closed(scene: Scene) -> None:
    Review.objects.filter(pk=scene.cast.review.pk).update(state=ReviewState.CLOSED)
    announce_access_change(reviews={scene.cast.review.pk})


def signs_out(scene: Scene) -> None:
    scene.browser.post(reverse("account_logout"))


def ends_this_session_elsewhere(scene: Scene) -> None:
    sessions.end(scene.bella, scene.session_key, by=scene.bella, reason="ended")


def signs_out_everywhere(scene: Scene) -> None:
    sessions.end_all(scene.bella, by=scene.bella)


def changes_the_password_in_another_browser(scene: Scene) -> None:
    other = Client()
    other.force_login(scene.bella, backend="django.contrib.auth.backends.ModelBackend")
    scene.bella.set_password(f"{PASSWORD}-anew")
    scene.bella.save()
    sessions.end_all(scene.bella, by=scene.bella, keep=other.session.session_key)


def deactivated(scene: Scene) -> None:
    users.deactivate(scene.bella, by=scene.cast.amira)


def deactivated_by_the_organisation(scene: Scene) -> None:
    memberships.add(scene.cast.bristol, scene.cast.sid, MembershipRole.ADMIN, by=None)
    memberships.deactivate(scene.membership(scene.cast.bristol), by=scene.cast.sid)


def leaves_the_organisation_for_another(scene: Scene) -> None:
    memberships.add(scene.cast.bristol, scene.cast.sid, MembershipRole.ADMIN, by=None)
    memberships.add(scene.cast.police, scene.bella, MembershipRole.MEMBER, by=None)
    memberships.deactivate(scene.membership(scene.cast.bristol), by=scene.cast.sid)


CLOSES_THE_SOCKET: dict[Act, tuple[int, str]] = {
    removed_from_the_team: (4403, "permission-denied"),
    organisation_loses_the_report: (4403, "permission-denied"),
    organisation_leaves_the_review: (4403, "permission-denied"),
    leaves_the_organisation_for_another: (4403, "permission-denied"),
    signs_out: (4401, "signed-out"),
    ends_this_session_elsewhere: (4401, "signed-out"),
    signs_out_everywhere: (4401, "signed-out"),
    changes_the_password_in_another_browser: (4401, "signed-out"),
    deactivated: (4401, "signed-out"),
    deactivated_by_the_organisation: (4401, "signed-out"),
}
CLOSES_THE_SECTION: dict[Act, str] = {
    section_restricted_to_others: "permission-denied",
    section_hidden: "permission-denied",
    section_deleted: "section-deleted",
}
TAKES_THE_PEN = [
    made_an_observer,
    made_a_reviewer,
    organisation_may_only_read,
    organisation_may_only_comment,
    section_restricted_to_reading,
    report_frozen,
    review_closed,
]
