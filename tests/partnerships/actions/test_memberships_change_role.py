"""Making a member an administrator, or the other way round."""

import pytest
from django.core.exceptions import ValidationError
from pytest_django import DjangoCaptureOnCommitCallbacks

from partnerships.actions import memberships
from tests.partnerships.helpers import ADMIN, MEMBER, membership, people_of
from tests.support.cast import Cast
from tests.support.checks import announcing, last_event, nothing_changes, refused


def test_holds_at_once_and_is_recorded(cast: Cast) -> None:
    memberships.change_role(membership(cast.bo), ADMIN, by=cast.bella)

    assert membership(cast.bo).is_admin
    event = last_event("membership.role_changed")
    assert (event.actor_id, event.organisation_id) == (cast.bella.pk, cast.bristol.pk)
    assert event.data == {"person": str(cast.bo.pk), "before": MEMBER, "role": ADMIN}


def test_tells_open_sockets(cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
    with announcing(django_capture_on_commit_callbacks) as heard:
        memberships.change_role(membership(cast.bo), ADMIN, by=cast.bella)

    assert people_of(heard) == {cast.bo.pk}


def test_the_same_role_again_is_nothing(cast: Cast) -> None:
    with nothing_changes():
        memberships.change_role(membership(cast.bo), MEMBER, by=cast.bella)


def test_the_only_administrator_stays_one(cast: Cast) -> None:
    with refused("only administrator of Bristol Partnership"):
        memberships.change_role(membership(cast.bella), MEMBER, by=cast.bella)


def test_a_deactivated_administrator_does_not_count(cast: Cast) -> None:
    memberships.change_role(membership(cast.bo), ADMIN, by=cast.bella)
    memberships.deactivate(membership(cast.bo), by=cast.bella)

    with refused("only administrator"):
        memberships.change_role(membership(cast.bella), MEMBER, by=cast.bella)


def test_of_two_administrators_who_demote_each_other_one_stays(cast: Cast) -> None:
    memberships.change_role(membership(cast.bo), ADMIN, by=cast.bella)
    # Both pages were opened before either was sent.
    bella, bo = membership(cast.bella), membership(cast.bo)

    memberships.change_role(bo, MEMBER, by=cast.bella)
    with pytest.raises(ValidationError, match="only administrator"):
        memberships.change_role(bella, MEMBER, by=cast.bo)

    assert membership(cast.bella).is_admin


def test_somebody_who_has_left_meanwhile_is_said_to_have(cast: Cast) -> None:
    gone = membership(cast.bo)
    membership(cast.bo).delete()

    with refused("does not belong to your organisation any more"):
        memberships.change_role(gone, ADMIN, by=cast.bella)
