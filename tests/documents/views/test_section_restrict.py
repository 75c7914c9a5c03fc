"""Restricting a section to named organisations, and releasing it."""

import pytest
from django.urls import reverse

from documents.actions import grants, sections
from documents.models import Restriction
from partnerships.grants import Level
from tests.documents.helpers import ClientOf, level_fields, level_of, opened, participant, said
from tests.support import states
from tests.support.cast import Cast
from tests.support.checks import form_errors


def address(cast: Cast, name: str = "findings") -> str:
    return reverse("section_restrict", args=[getattr(cast, name).pk])


def named(cast: Cast, *places: str) -> dict[str, str]:
    return level_fields({participant(cast.review, getattr(cast, place)).pk: Level.EDIT for place in places})


def test_restricts_it_to_those_named(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.amira)
    answers = {"restriction": "listed", **named(cast, "north_somerset", "bristol")}

    answer = client.post(address(cast), opened(client, address(cast)) | answers, follow=True)

    assert said(answer) == "The section is restricted from now on."
    assert level_of(cast.bella, cast.findings) == Level.EDIT
    assert level_of(cast.gwen, cast.findings) is None


def test_a_lead_can_hide_it_from_their_own_organisation(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.amira)
    answers = {"restriction": "hidden", **named(cast, "bristol")}

    answer = client.post(address(cast), opened(client, address(cast)) | answers, follow=True)

    assert answer.status_code == 200
    assert "Findings" not in answer.content.decode()
    assert client.get(address(cast)).status_code == 404


def test_shows_an_earlier_restriction(cast: Cast, client_of: ClientOf) -> None:
    posted = opened(client_of(cast.amira), address(cast, "restricted_listed"))

    assert posted["restriction"] == "listed"
    assert posted.items() >= named(cast, "north_somerset", "bristol").items()


def test_offers_only_organisations_that_can_open_the_report(cast: Cast, client_of: ClientOf) -> None:
    police = participant(cast.review, cast.police)
    grants.set_report_level(cast.report, police, None, by=cast.amira)

    assert f"level-{police.pk}" not in opened(client_of(cast.amira), address(cast))


@pytest.mark.parametrize(
    ("restriction", "places", "words"),
    [
        ("", ["bristol"], "Choose what the other organisations see of this section."),
        ("none", ["bristol"], "Select a valid choice"),
        ("hidden", [], "Let at least one organisation write in this section."),
    ],
)
def test_says_what_is_wrong_and_restricts_nothing(
    cast: Cast, client_of: ClientOf, restriction: str, places: list[str], words: str
) -> None:
    client = client_of(cast.amira)
    answers = {"restriction": restriction, **named(cast, *places)}

    answer = client.post(address(cast), opened(client, address(cast)) | answers)

    assert answer.status_code == 422
    assert words in form_errors(answer)
    assert level_of(cast.gwen, cast.findings) == Level.VIEW


def test_does_not_overwrite_what_another_lead_has_decided_meanwhile(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.amira)
    stale = opened(client, address(cast)) | {"restriction": "listed", **named(cast, "north_somerset", "police")}
    lead = participant(cast.review, cast.north_somerset)
    sections.restrict(cast.findings, restriction=Restriction.LISTED, levels={lead: Level.EDIT}, by=cast.amira)

    answer = client.post(address(cast), stale)

    assert answer.status_code == 422
    assert "Avon and Somerset Police – No access" in form_errors(answer)
    assert level_of(cast.piet, cast.findings) is None


def test_a_report_that_is_frozen_meanwhile_refuses(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.amira)
    posted = opened(client, address(cast)) | {"restriction": "hidden", **named(cast, "bristol")}
    states.freeze(cast.report)

    assert "frozen for signature" in form_errors(client.post(address(cast), posted))


def test_is_released_after_asking(cast: Cast, client_of: ClientOf) -> None:
    client, release = client_of(cast.bella), reverse("section_release", args=[cast.restricted_hidden.pk])

    assert "Release “Restricted and hidden”?" in client.get(release).content.decode()
    assert level_of(cast.gwen, cast.restricted_hidden) is None

    answer = client.post(release, follow=True)
    assert "has been released: everybody who may read the report can read it." in said(answer)
    assert level_of(cast.gwen, cast.restricted_hidden) == Level.VIEW


def test_takes_its_number_on_release(cast: Cast, client_of: ClientOf) -> None:
    last, page = sections.add(cast.report, title="Last", by=cast.amira), reverse("report", args=[cast.report.pk])
    sections.move(cast.restricted_hidden, after=cast.introduction, by=cast.bella)

    def numbered() -> list[tuple[str, str]]:
        entries = client_of(cast.gwen).get(page).context["outline"].entries
        return [(entry.number, entry.section.title) for entry in entries]

    assert ("4", last.title) in numbered()
    sections.release(cast.restricted_hidden, by=cast.bella)
    assert numbered()[1] == ("2", "Restricted and hidden")
    assert ("5", last.title) in numbered()


def test_what_was_released_meanwhile_cannot_be_released(cast: Cast, client_of: ClientOf) -> None:
    sections.release(cast.restricted_listed, by=cast.bella)

    answer = client_of(cast.amira).post(reverse("section_release", args=[cast.restricted_listed.pk]))

    assert answer.status_code == 403
