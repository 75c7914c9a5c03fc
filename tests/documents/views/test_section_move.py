"""Putting a section elsewhere."""

import pytest
from django.urls import reverse

from documents.actions import sections
from tests.documents.helpers import ClientOf, said, titles
from tests.support import states
from tests.support.cast import Cast

START = ["Introduction", "Findings", "Restricted and listed", "Restricted and hidden"]


def move(cast: Cast, client_of: ClientOf, name: str, after: str) -> str:
    address = reverse("section_move", args=[getattr(cast, name).pk])
    answer = client_of(cast.amira).post(address, {"after": after}, follow=True)
    assert answer.status_code == 200
    return said(answer)


def test_goes_after_the_one_named(cast: Cast, client_of: ClientOf) -> None:
    words = move(cast, client_of, "introduction", str(cast.findings.pk))

    assert words == "“Introduction” now comes after “Findings”."
    assert titles(cast.report)[:2] == ["Findings", "Introduction"]


def test_goes_to_the_top(cast: Cast, client_of: ClientOf) -> None:
    assert move(cast, client_of, "restricted_listed", "first") == "“Restricted and listed” is now first."
    assert titles(cast.report)[0] == "Restricted and listed"


def test_leads_back_to_the_row_that_moved(cast: Cast, client_of: ClientOf) -> None:
    address = reverse("section_move", args=[cast.findings.pk])

    answer = client_of(cast.amira).post(address, {"after": "first"})

    assert answer["Location"] == f"{reverse('report_sections', args=[cast.report.pk])}#move-{cast.findings.pk}"


def test_pressing_twice_moves_once(cast: Cast, client_of: ClientOf) -> None:
    for _ in range(2):
        move(cast, client_of, "introduction", str(cast.findings.pk))

    assert titles(cast.report)[:2] == ["Findings", "Introduction"]


@pytest.mark.parametrize("place", ["", "nonsense", "hidden", "deleted", "itself"])
def test_a_place_that_is_none_changes_nothing_and_says_so(cast: Cast, client_of: ClientOf, place: str) -> None:
    places = {"hidden": cast.restricted_hidden.pk, "deleted": cast.deleted.pk, "itself": cast.findings.pk}

    words = move(cast, client_of, "findings", str(places.get(place, place)))

    assert words.startswith("That place is not in this report any more.")
    assert titles(cast.report) == START


def test_moving_down_past_a_section_one_cannot_know_of_shows_nothing_of_it(cast: Cast, client_of: ClientOf) -> None:
    last = sections.add(cast.report, title="Last", by=cast.amira)

    words = move(cast, client_of, "restricted_listed", str(last.pk))

    assert words == "“Restricted and listed” now comes after “Last”."
    assert titles(cast.report) == ["Introduction", "Findings", "Restricted and hidden", "Last", "Restricted and listed"]


def test_a_frozen_report_stays_as_it_is(cast: Cast, client_of: ClientOf) -> None:
    states.freeze(cast.report)

    assert "frozen for signature" in move(cast, client_of, "findings", "first")
    assert titles(cast.report) == START
