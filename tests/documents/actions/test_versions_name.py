"""Keeping the text under a name while writing goes on."""

import hashlib

import pytest
from django.core.exceptions import PermissionDenied

from documents.actions import versions
from documents.models import VersionKind
from tests.documents.helpers import write
from tests.documents.versions_helpers import held, held_titles, milestone
from tests.support import states
from tests.support.cast import Cast
from tests.support.checks import fresh, last_event, refused


def test_keeps_every_present_section_as_it_is(cast: Cast) -> None:
    write(cast.introduction, "As it stood.", by=cast.ned)

    version = versions.name(cast.report, name=" Draft for  the families ", reason=" They asked. ", by=cast.ned)
    write(cast.introduction, "Written later.", by=cast.ned)

    assert (version.number, version.kind, version.words) == (1, VersionKind.MILESTONE, 3)
    assert (version.name, version.reason) == ("Draft for the families", "They asked.")
    assert (version.created_by, version.organisation) == (cast.ned, cast.north_somerset)
    assert held_titles(version) == ["Introduction", "Findings", "Restricted and listed", "Restricted and hidden"]
    assert "As it stood." in held(version, "Introduction").html
    assert "Written later." not in version.canonical


def test_its_digest_is_that_of_its_canonical_form(cast: Cast) -> None:
    version = milestone(cast)

    assert version.sha256 == hashlib.sha256(version.canonical.encode()).hexdigest()


def test_the_same_text_has_the_same_digest(cast: Cast) -> None:
    write(cast.introduction, "As it stood.", by=cast.ned)

    first, second = milestone(cast, "One"), milestone(cast, "Two")

    assert (first.number, second.number) == (1, 2)
    assert first.sha256 == second.sha256


def test_it_is_recorded_without_its_name(cast: Cast) -> None:
    version = milestone(cast, "Draft for Wren")

    event = last_event("version.named")
    assert (event.object_id, event.actor_id) == (str(version.pk), cast.amira.pk)
    assert event.data == {"report": str(cast.report.pk), "number": 1}


@pytest.mark.parametrize(
    ("name", "reason", "words"),
    [
        (" \x00 ", "", "Enter a name for the version"),
        ("x" * 121, "", "Shorten it to 120"),
        ("A draft", "x" * 2001, "Shorten it to 2000"),
    ],
)
def test_refuses_what_is_no_name_or_reason(cast: Cast, name: str, reason: str, words: str) -> None:
    with refused(words):
        versions.name(cast.report, name=name, reason=reason, by=cast.amira)


def test_refuses_a_report_that_is_frozen(cast: Cast) -> None:
    states.freeze(cast.report)

    with refused("frozen for signature"):
        versions.name(cast.report, name="Late", by=cast.amira)


def test_nobody_keeps_a_version_who_is_not_on_the_review(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        versions.name(cast.report, name="Mine", by=fresh(cast.olive))
