"""A version as its readers see it."""

from collections.abc import Callable
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, User
from documents.actions import restrictions, sections, states
from documents.lifecycle import REOPEN
from documents.models import Restriction, Version, VersionOpening
from documents.templatetags.documents_signing import groups_of_four
from documents.versions.reading import Reading
from partnerships.grants import Level
from tests.documents.helpers import participant, write
from tests.documents.versions_helpers import freeze, milestone
from tests.support.cast import Cast
from tests.support.checks import fresh, last_event

ClientOf = Callable[[User], Client]


def opened(client: Client, version: Version) -> Reading:
    reading: Reading = client.get(reverse("version", args=[version.pk])).context["reading"]
    return reading


def shown(client: Client, version: Version) -> list[tuple[str, str]]:
    """Numbers and titles of the sections whose text is there."""
    return [(entry.number, entry.held.title) for entry in opened(client, version).readable]


def test_shows_the_text_that_was_kept_and_its_fingerprint(cast: Cast, client_of: ClientOf) -> None:
    version = freeze(cast)
    client = client_of(cast.gwen)

    page = client.get(reverse("version", args=[version.pk])).content.decode()

    assert "Nobody brought it together." in page
    assert "Version 1: For signature" in page
    assert "Amira Test-Okafor, North Somerset Partnership, froze it" in page
    assert groups_of_four(version.sha256) in page
    assert "hash" not in page


def test_later_changes_of_the_report_are_not_in_it(cast: Cast, client_of: ClientOf) -> None:
    version = milestone(cast)
    write(cast.introduction, "Written later.", by=cast.ned)
    sections.rename(cast.introduction, title="Foreword", by=cast.amira)

    page = client_of(cast.ned).get(reverse("version", args=[version.pk])).content.decode()

    assert "Written later." not in page
    assert ("1", "Introduction") in shown(client_of(cast.ned), version)


def test_opening_it_is_recorded_once_as_the_first_time(cast: Cast, client_of: ClientOf) -> None:
    version = freeze(cast)
    client = client_of(cast.gwen)

    client.get(reverse("version", args=[version.pk]))
    client.get(reverse("version", args=[version.pk]))

    assert [one.opened_by for one in VersionOpening.objects.filter(version=version)] == [cast.gwen]
    assert AuditEvent.objects.filter(verb="version.opened", actor_id=cast.gwen.pk).count() == 1
    assert last_event("version.opened").data == {"report": str(cast.report.pk), "number": 1}
    assert last_event("report.read").data["view"] == "version"


def test_of_a_milestone_each_sees_what_they_may_read(cast: Cast, client_of: ClientOf) -> None:
    version = milestone(cast)
    everything = [("1", "Introduction"), ("2", "Findings"), ("3", "Restricted and listed"), ("4", "Restricted and hidden")]

    assert shown(client_of(cast.bella), version) == everything
    assert shown(client_of(cast.ned), version) == everything[:3]
    assert shown(client_of(cast.gwen), version) == everything[:2]


def test_a_listed_section_is_named_without_its_text_and_a_hidden_one_leaves_no_trace(
    cast: Cast, client_of: ClientOf
) -> None:
    sections.move(cast.restricted_hidden, after=None, by=cast.bella)
    write(cast.restricted_listed, "Who said it.", by=cast.ned)
    write(cast.restricted_hidden, "Who did it.", by=cast.bella)
    version = milestone(cast)

    page = client_of(cast.gwen).get(reverse("version", args=[version.pk])).content.decode()

    assert "Restricted and listed" in page
    assert "Who said it." not in page
    assert "Restricted and hidden" not in page
    entries = [(entry.number, entry.is_readable) for entry in opened(client_of(cast.gwen), version).entries]
    assert entries == [("1", True), ("2", True), ("3", False)]


def test_what_one_sees_of_a_milestone_has_a_fingerprint_of_its_own(cast: Cast, client_of: ClientOf) -> None:
    """Or the stored one would tell that there is more."""
    bare = milestone(cast)
    write(cast.restricted_hidden, "Who did it.", by=cast.bella)
    fuller = milestone(cast)

    assert opened(client_of(cast.ned), bare).sha256 == opened(client_of(cast.ned), fuller).sha256
    assert opened(client_of(cast.bella), fuller).sha256 == fuller.sha256 != bare.sha256
    assert opened(client_of(cast.ned), bare).words == opened(client_of(cast.ned), fuller).words


def test_what_was_restricted_later_is_not_shown_any_more(cast: Cast, client_of: ClientOf) -> None:
    version = milestone(cast)
    levels = {participant(cast.review, cast.bristol): Level.EDIT}
    restrictions.restrict(cast.findings, restriction=Restriction.HIDDEN, levels=levels, by=cast.amira)

    assert "Findings" not in dict(map(reversed, shown(client_of(cast.gwen), version)))  # type: ignore[arg-type]
    assert ("2", "Findings") in shown(client_of(cast.bella), version)


def test_what_was_restricted_then_stays_with_those_who_could_read_it(cast: Cast, client_of: ClientOf) -> None:
    write(cast.restricted_listed, "It named a street.", by=cast.ned)
    version = milestone(cast)
    restrictions.release(cast.restricted_listed, by=cast.amira)

    assert ("3", "Restricted and listed") not in shown(client_of(cast.gwen), version)
    assert ("3", "Restricted and listed") in shown(client_of(cast.ned), version)


def test_a_section_that_was_deleted_later_is_still_in_it(cast: Cast, client_of: ClientOf) -> None:
    version = milestone(cast)
    sections.delete(cast.findings, by=cast.amira)

    assert ("2", "Findings") in shown(client_of(cast.gwen), version)


def test_everybody_sees_the_same_of_the_version_that_is_signed(cast: Cast, client_of: ClientOf) -> None:
    version = freeze(cast)

    for person in (cast.amira, cast.bella, cast.gwen, cast.piet):
        assert opened(client_of(person), version).sha256 == version.sha256


def test_it_stays_readable_when_the_report_is_opened_again(cast: Cast, client_of: ClientOf) -> None:
    version = freeze(cast)
    states.move(cast.report, REOPEN, by=fresh(cast.amira), reason="A street was named.")

    page = client_of(cast.gwen).get(reverse("version", args=[version.pk])).content.decode()

    assert "Opened again" in page


def test_no_such_version(cast: Cast, client_of: ClientOf) -> None:
    assert client_of(cast.amira).get(reverse("version", args=[uuid4()])).status_code == 404
