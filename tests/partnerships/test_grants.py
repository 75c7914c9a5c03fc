"""min(the organisation's level, the person's role), as guardian's rows, and what they make visible."""

from collections.abc import Iterator

import pytest
from django.db import connection, models
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from documents.models import Report, Section
from partnerships import grants
from partnerships.grants import Level
from partnerships.models import TeamRole
from reviews.actions import teams
from reviews.models import Participant, Review, TeamMember
from tests.support.cast import Cast
from tests.support.checks import fresh

V, C, E = Level.VIEW, Level.COMMENT, Level.EDIT
LOWER_OF_BOTH = {
    V: {"observer": V, "reviewer": V, "author": V, "lead": V},
    C: {"observer": V, "reviewer": C, "author": C, "lead": C},
    E: {"observer": V, "reviewer": C, "author": E, "lead": E},
}


def _level(user: User, thing: models.Model) -> Level | None:
    return grants.Checker(fresh(user)).level(thing)


def _bristol(cast: Cast) -> Participant:
    return Participant.objects.get(review=cast.review, organisation=cast.bristol)


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("role", TeamRole)
def test_a_person_gets_the_lower_of_level_and_role(cast: Cast, level: Level, role: TeamRole) -> None:
    grants.project(Report, {cast.report.pk: {_bristol(cast).pk: level}})

    teams.change_role(TeamMember.objects.get(user=cast.bo), role, by=cast.bella)

    assert _level(cast.bo, cast.report) == LOWER_OF_BOTH[level][role]


def test_projecting_takes_away_what_is_not_wanted_any_more(cast: Cast) -> None:
    grants.project(Report, {cast.report.pk: {}})

    assert {_level(person, cast.report) for person in (cast.amira, cast.bella, cast.gwen)} == {None}


def test_projecting_touches_no_other_object(cast: Cast) -> None:
    grants.project(Section, {cast.findings.pk: {}})

    assert _level(cast.bella, cast.introduction) == E


def test_projecting_a_new_report_with_its_sections_is_a_handful_of_queries(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    everybody = {one.pk: Level.EDIT for one in Participant.objects.filter(review=cast.review)}
    sections = {section.pk: everybody for section in cast.report.sections.all()}

    with django_assert_max_num_queries(4):
        grants.project(Section, sections)


@pytest.fixture(params=[0, grants.SQLITE_PROBE], ids=["EXISTS", "IN on SQLite"])
def both_forms(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """SQLite is asked in two forms; people must see the same in both."""
    monkeypatch.setattr(grants, "SQLITE_PROBE", request.param)
    return iter(())


@pytest.mark.usefixtures("both_forms")
def test_only_people_on_the_review_see_it_in_lists(cast: Cast) -> None:
    on = [cast.amira, cast.ned, cast.nora, cast.bella, cast.bo, cast.gwen, cast.piet]

    for person in on:
        assert list(Review.objects.visible_to(fresh(person))) == [cast.review]
        assert list(Report.objects.visible_to(fresh(person))) == [cast.report]
    for person in (cast.olive, cast.sid, cast.rita):
        assert not Review.objects.visible_to(fresh(person)).exists()
        assert not Report.objects.visible_to(fresh(person)).exists()


@pytest.mark.usefixtures("both_forms")
def test_a_list_shows_each_object_once_and_keeps_other_filters(cast: Cast) -> None:
    sections = Section.objects.visible_to(fresh(cast.bella)).filter(title__startswith="Restricted")

    assert sorted(section.title for section in sections) == ["Restricted and hidden", "Restricted and listed"]


def test_a_list_is_one_exists_on_the_group_table(cast: Cast) -> None:
    sql = str(grants.visible(Review.objects.all(), fresh(cast.bella)).query)

    assert "reviews_reviewgrouppermission" in sql
    for table in ("auth_permission", "reviews_reviewuserpermission", "guardian_", "auth_group"):
        assert table not in sql
    if connection.vendor == "postgresql":
        assert "EXISTS" in sql


def test_a_list_never_walks_all_groups_of_a_person_for_each_row(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """With many reviews that takes minutes. SQLite cannot choose by itself; PostgreSQL plans a semi-join."""
    monkeypatch.setattr(grants, "SQLITE_PROBE", 0)
    query = grants.visible(Review.objects.all(), fresh(cast.bella))

    plan = query.explain()

    if connection.vendor == "sqlite":
        assert plan.count("CORRELATED SCALAR SUBQUERY") == 2
        assert "(content_object_id=?" in plan
        assert "(user_id=? AND group_id=?)" in plan
    else:
        assert "SubPlan" not in plan


def test_a_deactivated_person_sees_nothing_although_their_groups_are_kept(cast: Cast) -> None:
    User.objects.filter(pk=cast.bella.pk).update(is_active=False, deactivated_at="2026-11-01T00:00Z")

    assert not Review.objects.visible_to(fresh(cast.bella)).exists()
    assert _level(cast.bella, cast.report) is None


def test_a_checker_asks_once_for_a_whole_page(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    sections = list(cast.report.sections.all())
    checker = grants.checker_for(fresh(cast.bella))
    checker.prefetch(sections)

    with django_assert_num_queries(0):
        levels = [checker.level(section) for section in sections]

    assert set(levels) == {E}


def test_one_checker_a_request(cast: Cast) -> None:
    user = fresh(cast.bella)

    assert grants.checker_for(user) is grants.checker_for(user)
    assert grants.checker_for(user) is not grants.checker_for(fresh(cast.bella))


def test_a_change_of_role_forgets_what_was_known(cast: Cast) -> None:
    member = TeamMember.objects.select_related("participant", "user").get(user=cast.bo)
    assert grants.checker_for(member.user).level(cast.report) == V

    grants.set_role(member.user, member.participant_id, TeamRole.AUTHOR)

    assert grants.checker_for(member.user).level(cast.report) == E


def test_making_a_principal_twice_is_nothing(cast: Cast) -> None:
    grants.create_principal(_bristol(cast).pk)

    assert Review.objects.visible_to(fresh(cast.bella)).exists()
