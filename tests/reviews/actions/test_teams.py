"""Whom an organisation has put on a review, and in which role."""

import pytest
from django.db import IntegrityError
from pytest_django import DjangoCaptureOnCommitCallbacks

from partnerships.actions import memberships
from partnerships.grants import Checker, Level
from partnerships.models import TeamRole
from reviews.actions import teams
from reviews.models import ReviewState, TeamMember
from tests.partnerships.helpers import MEMBER, membership, people_of
from tests.reviews.helpers import part_of, place_of, sees
from tests.support.cast import Cast
from tests.support.checks import announcing, fresh, last_event, nothing_changes, refused

Capture = DjangoCaptureOnCommitCallbacks


def test_adding_opens_the_review_at_once(cast: Cast, django_capture_on_commit_callbacks: Capture) -> None:
    with announcing(django_capture_on_commit_callbacks) as heard:
        teams.add(part_of(cast, cast.north_somerset), cast.olive, TeamRole.REVIEWER, by=cast.amira)

    assert sees(cast.olive, cast.review)
    assert Checker(fresh(cast.olive)).level(cast.report) == Level.COMMENT
    assert people_of(heard) == {cast.olive.pk}
    event = last_event("team.member_added")
    assert (event.actor_id, event.organisation_id, event.review_id) == (
        cast.amira.pk,
        cast.north_somerset.pk,
        cast.review.pk,
    )
    assert event.data == {"person": str(cast.olive.pk), "role": "reviewer"}


@pytest.mark.parametrize("who", ["bo", "sid", "rita"])
def test_only_active_people_of_the_organisation_are_added(cast: Cast, who: str) -> None:
    with refused("is not an active member of North Somerset Partnership"):
        teams.add(part_of(cast, cast.north_somerset), getattr(cast, who), TeamRole.AUTHOR, by=cast.amira)


def test_nobody_is_added_twice(cast: Cast) -> None:
    with refused("is on this review already. Change their role instead"):
        teams.add(part_of(cast, cast.bristol), cast.bo, TeamRole.AUTHOR, by=cast.bella)


def test_nobody_is_added_to_a_closed_review(cast: Cast) -> None:
    cast.review.state = ReviewState.CLOSED
    cast.review.save()

    with refused("This review is closed"):
        teams.add(part_of(cast, cast.north_somerset), cast.olive, TeamRole.AUTHOR, by=cast.amira)


def test_a_new_role_holds_at_once(cast: Cast, django_capture_on_commit_callbacks: Capture) -> None:
    with announcing(django_capture_on_commit_callbacks) as heard:
        teams.change_role(place_of(cast.bella), TeamRole.OBSERVER, by=cast.bella)

    assert Checker(fresh(cast.bella)).level(cast.report) == Level.VIEW
    assert people_of(heard) == {cast.bella.pk}
    assert last_event("team.role_changed").data == {
        "person": str(cast.bella.pk),
        "before": "author",
        "role": "observer",
    }


def test_the_same_role_again_is_nothing(cast: Cast) -> None:
    with nothing_changes():
        teams.change_role(place_of(cast.bo), TeamRole.OBSERVER, by=cast.bella)


def test_somebody_removed_loses_the_review_at_once(cast: Cast, django_capture_on_commit_callbacks: Capture) -> None:
    place = place_of(cast.bo)

    with announcing(django_capture_on_commit_callbacks) as heard:
        teams.remove(place, by=cast.bella)

    assert not sees(cast.bo, cast.review)
    assert people_of(heard) == {cast.bo.pk}
    place.refresh_from_db()
    assert place.ended_by == cast.bella
    assert last_event("team.member_removed").data == {"person": str(cast.bo.pk)}


def test_nobody_is_removed_twice(cast: Cast) -> None:
    place = place_of(cast.bo)
    teams.remove(place, by=cast.bella)

    with refused("is not on this review any more"):
        teams.remove(place, by=cast.bella)


def test_the_role_of_somebody_removed_meanwhile_stays(cast: Cast) -> None:
    place = place_of(cast.bo)
    teams.remove(place, by=cast.bella)

    with refused("is not on this review any more"):
        teams.change_role(place, TeamRole.LEAD, by=cast.bella)


def test_somebody_removed_can_be_added_again(cast: Cast) -> None:
    teams.remove(place_of(cast.bo), by=cast.bella)

    teams.add(part_of(cast, cast.bristol), cast.bo, TeamRole.AUTHOR, by=cast.bella)

    assert Checker(fresh(cast.bo)).level(cast.report) == Level.EDIT
    assert TeamMember.objects.filter(user=cast.bo).count() == 2


def test_access_is_taken_away_on_a_closed_review_too(cast: Cast) -> None:
    cast.review.state = ReviewState.CLOSED
    cast.review.save()

    teams.remove(place_of(cast.bo), by=cast.bella)

    assert not sees(cast.bo, cast.review)


def test_the_last_lead_can_be_removed(cast: Cast) -> None:
    teams.remove(place_of(cast.amira), by=cast.amira)

    assert not sees(cast.amira, cast.review)


def test_who_leaves_the_organisation_leaves_its_teams(cast: Cast) -> None:
    memberships.add(cast.police, cast.bo, MEMBER, by=cast.piet)

    memberships.deactivate(membership(cast.bo, cast.bristol), by=cast.bella)

    assert not sees(cast.bo, cast.review)
    assert last_event("team.member_removed").data == {"person": str(cast.bo.pk)}


def test_the_database_refuses_a_person_twice_on_a_team(cast: Cast) -> None:
    with pytest.raises(IntegrityError, match=r"team_member_once|UNIQUE"):
        TeamMember.objects.create(
            participant=part_of(cast, cast.bristol), user=cast.bo, role=TeamRole.AUTHOR, added_by=cast.bella
        )
