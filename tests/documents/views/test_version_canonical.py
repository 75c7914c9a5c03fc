"""The canonical form of a version as a file."""

import hashlib
import json
from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.documents.helpers import write
from tests.documents.versions_helpers import freeze, milestone
from tests.support.cast import Cast
from tests.support.checks import last_event


def test_it_is_byte_for_byte_what_the_fingerprint_is_of(cast: Cast, client_of: Callable[[User], Client]) -> None:
    version = freeze(cast)

    answer = client_of(cast.gwen).get(reverse("version_canonical", args=[version.pk]))

    assert hashlib.sha256(answer.content).hexdigest() == version.sha256
    assert answer["Content-Type"] == "application/json"
    assert answer["Content-Disposition"] == 'attachment; filename="version-1.json"'


def test_it_holds_only_what_its_reader_may_read(cast: Cast, client_of: Callable[[User], Client]) -> None:
    write(cast.restricted_hidden, "Who did it.", by=cast.bella)
    version = milestone(cast)

    held = json.loads(client_of(cast.gwen).get(reverse("version_canonical", args=[version.pk])).content)

    assert [section["title"] for section in held["sections"]] == ["Introduction", "Findings"]


def test_taking_it_is_recorded(cast: Cast, client_of: Callable[[User], Client]) -> None:
    version = milestone(cast)

    client_of(cast.bella).get(reverse("version_canonical", args=[version.pk]))

    event = last_event("report.read")
    assert (event.actor_id, event.data["view"]) == (cast.bella.pk, "file")
    assert event.data["restricted"] == [str(cast.restricted_listed.pk), str(cast.restricted_hidden.pk)]
