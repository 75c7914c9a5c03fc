"""Showing a picture."""

from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from documents.actions import sections
from tests.documents.helpers import ClientOf
from tests.support.cast import Cast
from tests.support.checks import last_event


def address(cast: Cast) -> str:
    return reverse("image", args=[cast.hidden_image.pk])


def test_is_shown_to_those_who_may_read_its_section(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.bo).get(address(cast))

    assert answer.content.startswith(b"\x89PNG")
    assert answer["Content-Type"] == "image/png"


def test_cannot_be_anything_but_a_picture_in_the_page(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.bo).get(address(cast))

    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == f'inline; filename="{cast.hidden_image.pk}.png"'
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_is_kept_in_no_shared_cache_and_asked_for_each_time(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.bo)
    first = client.get(address(cast))

    second = client.get(address(cast), headers={"If-None-Match": first["ETag"]})

    assert first["Cache-Control"] == "private, no-cache"
    assert (second.status_code, second.content) == (304, b"")


@pytest.mark.parametrize("who", ["amira", "gwen", "piet", "olive", "sid"])
def test_does_not_exist_for_those_who_may_not_read_its_section(cast: Cast, client_of: ClientOf, who: str) -> None:
    client = client_of(getattr(cast, who))

    hidden = client.get(address(cast), headers={"If-None-Match": f'"{cast.hidden_image.sha256}"'})
    unknown = client.get(reverse("image", args=[uuid4()]))

    assert hidden.status_code == unknown.status_code == 404
    assert hidden.content.replace(str(cast.hidden_image.pk).encode(), b"") == unknown.content


def test_goes_with_its_section(cast: Cast, client_of: ClientOf) -> None:
    sections.delete(cast.restricted_hidden, by=cast.bella)

    assert client_of(cast.bo).get(address(cast)).status_code == 404


def test_is_recorded_each_time_that_it_is_sent(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.bo)
    etag = client.get(address(cast))["ETag"]
    client.get(address(cast), headers={"If-None-Match": etag})

    event = last_event("image.read")
    assert (event.actor_id, event.organisation_id, event.object_id) == (
        cast.bo.pk,
        cast.bristol.pk,
        str(cast.hidden_image.pk),
    )
    assert AuditEvent.objects.filter(verb="image.read").count() == 1
