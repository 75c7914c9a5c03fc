"""Keeping a version while writing goes on."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from documents.models import VersionKind
from tests.documents.helpers import said
from tests.support import states
from tests.support.cast import Cast
from tests.support.checks import form_errors

ClientOf = Callable[[User], Client]


def test_keeps_it_and_says_so(cast: Cast, client_of: ClientOf) -> None:
    posted = {"name": "For the families", "reason": "They asked."}

    answer = client_of(cast.bella).post(reverse("version_new", args=[cast.report.pk]), posted, follow=True)

    version = cast.report.versions.get()
    assert (version.kind, version.name, version.created_by) == (VersionKind.MILESTONE, "For the families", cast.bella)
    assert said(answer) == "The text is kept as version 1. Writing goes on."


@pytest.mark.parametrize(
    ("posted", "words"),
    [
        ({"name": " ", "reason": "x"}, "Enter a name"),
        ({"name": "x" * 121, "reason": "x"}, "Shorten it to 120"),
        ({"name": "x", "reason": "y" * 2001}, "Shorten it to 2000"),
    ],
)
def test_refuses_what_is_no_name_and_keeps_what_was_typed(
    cast: Cast, client_of: ClientOf, posted: dict[str, str], words: str
) -> None:
    answer = client_of(cast.bella).post(reverse("version_new", args=[cast.report.pk]), posted)

    assert answer.status_code == 422
    assert words in form_errors(answer)
    assert posted["reason"] in answer.content.decode()
    assert not cast.report.versions.exists()


def test_nobody_writes_in_a_frozen_report_so_nobody_keeps_a_version_of_it(cast: Cast, client_of: ClientOf) -> None:
    states.freeze(cast.report)

    assert client_of(cast.amira).get(reverse("version_new", args=[cast.report.pk])).status_code == 403


def test_markup_in_a_name_is_only_text(cast: Cast, client_of: ClientOf) -> None:
    posted = {"name": "<script>alert(1)</script>", "reason": "<b>bold</b>"}
    client = client_of(cast.bella)

    page = client.post(reverse("version_new", args=[cast.report.pk]), posted, follow=True).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;b&gt;bold&lt;/b&gt;" in page
