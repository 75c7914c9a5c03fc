"""Opening a colleague's account again."""

from partnerships.actions import memberships
from reviews.actions import teams
from reviews.models import Review, TeamMember
from tests.partnerships.helpers import membership
from tests.support.cast import Cast
from tests.support.checks import fresh, last_event, nothing_changes


def test_gives_back_what_was_not_taken_meanwhile(cast: Cast) -> None:
    memberships.deactivate(membership(cast.bo), by=cast.bella)

    memberships.reactivate(membership(cast.bo), by=cast.bella)

    assert fresh(cast.bo).is_active
    assert Review.objects.visible_to(fresh(cast.bo)).exists()
    assert last_event("membership.reactivated").actor_id == cast.bella.pk


def test_gives_back_no_review_from_which_they_were_removed(cast: Cast) -> None:
    memberships.deactivate(membership(cast.bo), by=cast.bella)
    teams.remove(TeamMember.objects.get(user=cast.bo), by=cast.bella)

    memberships.reactivate(membership(cast.bo), by=cast.bella)

    assert not Review.objects.visible_to(fresh(cast.bo)).exists()


def test_of_somebody_active_is_nothing(cast: Cast) -> None:
    with nothing_changes():
        memberships.reactivate(membership(cast.bo), by=cast.bella)
