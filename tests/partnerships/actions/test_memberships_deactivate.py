"""Deactivating a colleague: sessions and live editing end at once."""

from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import User
from documents.access import socket_rights
from partnerships.actions import memberships
from partnerships.models import Membership
from reviews.models import Review, TeamMember
from tests.partnerships.helpers import ADMIN, employ_by_the_police_too, membership, people_of
from tests.support.cast import Cast
from tests.support.checks import announcing, fresh, last_event, nothing_changes, refused


def test_ends_every_session_and_every_socket(
    cast: Cast,
    client_of: Callable[[User], Client],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    client = client_of(cast.bo)
    assert client.get("/reviews/").status_code == 200
    key = str(client.session.session_key)
    assert socket_rights(cast.bo.pk, key, cast.report.pk) is not None

    with announcing(django_capture_on_commit_callbacks) as heard:
        memberships.deactivate(membership(cast.bo), by=cast.bella)

    assert not UserSession.objects.filter(user=cast.bo).exists()
    assert not Session.objects.filter(session_key=key).exists()
    assert people_of(heard) == {cast.bo.pk}
    assert key in {key for change in heard for key in change.session_keys}
    assert socket_rights(cast.bo.pk, key, cast.report.pk) is None
    assert client.get("/reviews/").status_code == 302


def test_nothing_can_be_seen_but_the_place_on_the_review_is_kept(cast: Cast) -> None:
    memberships.deactivate(membership(cast.bo), by=cast.bella)

    assert not Review.objects.visible_to(fresh(cast.bo)).exists()
    assert TeamMember.objects.filter(user=cast.bo, ended_at=None).exists()


def test_is_recorded_for_the_organisation(cast: Cast) -> None:
    memberships.deactivate(membership(cast.bo), by=cast.bella)

    event = last_event("membership.deactivated")
    assert (event.actor_id, event.organisation_id) == (cast.bella.pk, cast.bristol.pk)
    assert event.data == {"person": str(cast.bo.pk)}


def test_twice_is_nothing(cast: Cast) -> None:
    memberships.deactivate(membership(cast.bo), by=cast.bella)

    with nothing_changes():
        memberships.deactivate(membership(cast.bo), by=cast.bella)


def test_nobody_deactivates_themselves(cast: Cast) -> None:
    memberships.change_role(membership(cast.bo), ADMIN, by=cast.bella)

    with refused("You cannot deactivate yourself"):
        memberships.deactivate(membership(cast.bella), by=cast.bella)


def test_the_only_administrator_stays(cast: Cast) -> None:
    with refused("only administrator of Bristol Partnership"):
        memberships.deactivate(membership(cast.bella), by=cast.bo)


def test_somebody_who_works_elsewhere_too_only_leaves_this_organisation(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    employ_by_the_police_too(cast, cast.bo)

    with announcing(django_capture_on_commit_callbacks) as heard:
        memberships.deactivate(membership(cast.bo, cast.bristol), by=cast.bella)

    assert fresh(cast.bo).is_active
    assert [one.organisation for one in Membership.objects.filter(user=cast.bo)] == [cast.police]
    assert not Review.objects.visible_to(fresh(cast.bo)).exists()
    assert TeamMember.objects.get(user=cast.bo).ended_by == cast.bella
    assert people_of(heard) == {cast.bo.pk}
    assert last_event("membership.ended").data == {"person": str(cast.bo.pk)}


def test_their_places_for_the_other_organisation_are_kept(cast: Cast) -> None:
    employ_by_the_police_too(cast, cast.bella)
    memberships.change_role(membership(cast.bo), ADMIN, by=cast.bella)

    memberships.deactivate(membership(cast.bella, cast.police), by=cast.piet)

    assert Review.objects.visible_to(fresh(cast.bella)).exists()
