"""What a socket of live editing may do."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import UUID, uuid4

import pytest
from django.test import Client

from accounts.models import User
from documents.access import levels_on, socket_rights
from documents.actions import grants, sections
from documents.coedit.authority import judge
from documents.coedit.tokens import Claims
from documents.models import Report
from documents.rights import SocketRights
from partnerships.grants import Level
from reviews.models import TeamMember
from tests.documents.helpers import participant
from tests.support.cast import Cast
from tests.support.checks import fresh

ClientOf = Callable[[User], Client]


@pytest.fixture
def rights(client_of: ClientOf) -> Callable[[User, Report], SocketRights | None]:
    """The rights of a signed-in person on a report."""

    def ask(person: User, report: Report) -> SocketRights | None:
        key = client_of(person).session.session_key
        return socket_rights(person.pk, str(key), report.pk)

    return ask


Ask = Callable[[User, Report], SocketRights | None]


def test_says_who_the_person_is_and_what_they_may_do(cast: Cast, rights: Ask) -> None:
    found = rights(cast.bella, cast.report)

    assert found is not None
    assert (found.user_id, found.organisation_id) == (cast.bella.pk, cast.bristol.pk)
    assert (found.full_name, found.initials) == (cast.bella.full_name, cast.bella.initials)
    assert set(found.levels) == {section.pk for section in cast.report.sections.present()}


def test_names_only_sections_that_the_person_may_read(cast: Cast, rights: Ask) -> None:
    found = rights(cast.gwen, cast.report)

    assert found is not None
    assert found.levels == {cast.introduction.pk: Level.VIEW, cast.findings.pk: Level.VIEW}


@pytest.mark.parametrize("who", ["olive", "sid"])
def test_strangers_have_none(cast: Cast, rights: Ask, who: str) -> None:
    assert rights(getattr(cast, who), cast.report) is None


def test_an_unknown_report_has_none(cast: Cast, client_of: ClientOf) -> None:
    key = client_of(cast.bella).session.session_key

    assert socket_rights(cast.bella.pk, str(key), uuid4()) is None


@pytest.mark.parametrize("key", ["", "no-such-session"])
def test_a_session_that_has_ended_has_none(cast: Cast, key: str) -> None:
    assert socket_rights(cast.bella.pk, key, cast.report.pk) is None


def test_somebody_elses_session_has_none(cast: Cast, client_of: ClientOf) -> None:
    key = client_of(cast.bella).session.session_key

    assert socket_rights(cast.ned.pk, str(key), cast.report.pk) is None


def test_an_inactive_person_has_none(cast: Cast, client_of: ClientOf) -> None:
    key = client_of(cast.bella).session.session_key
    User.objects.filter(pk=cast.bella.pk).update(is_active=False, deactivated_at=cast.bella.created_at)

    assert socket_rights(cast.bella.pk, str(key), cast.report.pk) is None


def test_without_a_place_on_the_team_there_are_none_whatever_the_groups_say(cast: Cast, rights: Ask) -> None:
    member = TeamMember.objects.get(user=cast.bella)
    TeamMember.objects.filter(pk=member.pk).update(ended_at=member.added_at, ended_by=cast.amira)

    assert rights(cast.bella, cast.report) is None


def test_follows_every_change_at_once(cast: Cast, rights: Ask) -> None:
    def level(section: UUID) -> Level | None:
        found = rights(cast.bella, cast.report)
        return found.levels.get(section) if found else None

    bristol = participant(cast.review, cast.bristol)
    grants.set_report_level(cast.report, bristol, Level.VIEW, by=cast.amira)
    assert level(cast.findings.pk) == Level.VIEW
    assert level(cast.restricted_hidden.pk) == Level.EDIT

    sections.delete(cast.findings, by=cast.amira)
    assert level(cast.findings.pk) is None

    grants.set_report_level(cast.report, bristol, None, by=cast.amira)
    assert rights(cast.bella, cast.report) is None


def test_they_are_what_the_pages_find_for_everybody(cast: Cast, rights: Ask) -> None:
    for person in (cast.amira, cast.ned, cast.nora, cast.bella, cast.bo, cast.gwen, cast.piet, cast.olive, cast.sid):
        found = rights(person, cast.report)
        listed = list(cast.report.sections.all())
        pages = levels_on(fresh(person), cast.report, listed)
        wanted = {pk: level for pk, level in pages.items() if level is not None}
        assert (found.levels if found else {}) == wanted, person.email


def test_they_cost_seven_queries_however_many_sections_there_are(
    cast: Cast, client_of: ClientOf, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    key = str(client_of(cast.bella).session.session_key)
    sections.add(cast.report, title="One more", by=cast.amira)
    claims = Claims(cast.bella.pk, key, cast.report.pk)
    judge(claims)

    with django_assert_num_queries(7):
        judge(claims)
