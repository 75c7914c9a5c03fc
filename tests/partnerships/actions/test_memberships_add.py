"""Making somebody a member of an organisation."""

from partnerships.actions import memberships
from reviews.models import Review
from tests.partnerships.helpers import ADMIN, MEMBER, membership
from tests.support.cast import Cast
from tests.support.checks import fresh, last_event, refused


def test_gives_a_place_and_is_recorded(cast: Cast) -> None:
    memberships.add(cast.police, cast.sid, ADMIN, by=cast.piet)

    assert membership(cast.sid).is_admin
    event = last_event("membership.added")
    assert (event.actor_id, event.organisation_id) == (cast.piet.pk, cast.police.pk)
    assert event.data == {"person": str(cast.sid.pk), "role": ADMIN}


def test_opens_no_review(cast: Cast) -> None:
    memberships.add(cast.police, cast.sid, ADMIN, by=cast.piet)

    assert not Review.objects.visible_to(fresh(cast.sid)).exists()


def test_nobody_belongs_twice(cast: Cast) -> None:
    with refused("already belongs to Bristol Partnership"):
        memberships.add(cast.bristol, cast.bo, MEMBER, by=cast.bella)
