"""`manage.py verify_grants`: grants and role groups are what the tables say, or the command says what is not."""

import io

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command

from accounts.models import User
from documents.models import Report, Section
from partnerships import grants
from partnerships.grants import Level
from partnerships.models import RoleGroup, TeamRole
from reviews.models import Participant, Review, ReviewGroupPermission, ReviewUserPermission
from tests.support.cast import Cast
from tests.support.checks import fresh, last_event


def verify(*options: str) -> str:
    """What the command printed; CommandError where it found something."""
    out = io.StringIO()
    call_command("verify_grants", *options, stdout=out)
    return out.getvalue()


def refused() -> str:
    """What the command printed before it ended with an error."""
    out = io.StringIO()
    with pytest.raises(CommandError, match="differ"):
        call_command("verify_grants", stdout=out)
    return out.getvalue()


def group_of(cast: Cast, who: User, role: TeamRole) -> Group:
    participant = Participant.objects.get(team__user=who, review=cast.review)
    return RoleGroup.objects.get(principal_id=participant.pk, role=role).group


def test_the_cast_made_by_the_actions_has_exactly_the_grants_it_should(cast: Cast) -> None:
    assert verify() == "Every grant is what the tables say.\n"


def test_a_missing_grant_is_found_and_made_again(cast: Cast) -> None:
    ReviewGroupPermission.objects.filter(group=group_of(cast, cast.bo, TeamRole.OBSERVER)).delete()

    assert f"missing: view of reviews.review {cast.review.pk} for the group" in refused()
    verify("--repair")

    assert Review.objects.visible_to(fresh(cast.bo)).exists()
    assert verify() == "Every grant is what the tables say.\n"


@pytest.mark.parametrize("model", [Report, Section])
def test_a_grant_too_many_is_found_and_taken_away(cast: Cast, model: type[Report | Section]) -> None:
    thing = cast.report if model is Report else cast.introduction
    gwens = group_of(cast, cast.gwen, TeamRole.AUTHOR)
    grants._table(model).objects.create(
        group=gwens, permission_id=grants.permission_ids(model)[Level.EDIT], content_object=thing
    )

    assert f"too many: edit of {model._meta.label_lower} {thing.pk}" in refused()
    verify("--repair")

    assert grants.Checker(fresh(cast.gwen)).level(thing) == Level.VIEW


def test_a_person_in_a_role_group_without_a_place_is_found_and_taken_out(cast: Cast) -> None:
    fresh(cast.olive).groups.add(group_of(cast, cast.bella, TeamRole.AUTHOR))

    assert f"too many: person {cast.olive.pk}" in refused()
    verify("--repair")

    assert not Review.objects.visible_to(fresh(cast.olive)).exists()


def test_a_person_in_two_groups_keeps_the_one_that_is_theirs(cast: Cast) -> None:
    fresh(cast.bo).groups.add(group_of(cast, cast.bella, TeamRole.AUTHOR))

    verify("--repair")

    assert grants.Checker(fresh(cast.bo)).level(cast.report) == Level.VIEW
    assert verify() == "Every grant is what the tables say.\n"


def test_lost_role_groups_are_found_and_made_again(cast: Cast) -> None:
    group_of(cast, cast.piet, TeamRole.AUTHOR).delete()

    assert "missing: a role group of" in refused()
    verify("--repair")

    assert grants.Checker(fresh(cast.piet)).level(cast.report) == Level.COMMENT


def test_a_grant_to_a_person_is_found_and_taken_away(cast: Cast) -> None:
    permission = grants.permission_ids(Review)[Level.VIEW]
    ReviewUserPermission.objects.create(user=cast.olive, permission_id=permission, content_object=cast.review)

    assert f"too many: a grant to a person on reviews.review {cast.review.pk}" in refused()
    verify("--repair")

    assert not ReviewUserPermission.objects.exists()


def test_a_repair_is_on_record(cast: Cast) -> None:
    ReviewGroupPermission.objects.all().delete()

    verify("--repair")

    event = last_event("grants.repaired")
    assert event.actor_id is None
    assert (event.data["kind"], event.data["too_many"]) == ("reviews.review", 0)
