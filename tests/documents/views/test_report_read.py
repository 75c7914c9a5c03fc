"""The report to read and to print."""

import pytest
from django.urls import reverse

from documents.actions import sections
from tests.documents.helpers import ClientOf, write
from tests.support.cast import Cast
from tests.support.checks import last_event

BOTH = pytest.mark.parametrize(("name", "view"), [("report_read", "read"), ("report_print", "print")])


@BOTH
def test_shows_what_one_may_read(cast: Cast, client_of: ClientOf, name: str, view: str) -> None:
    write(cast.findings, "Nobody joined the dots.", by=cast.bella)
    write(cast.restricted_listed, "A portrait of one child.", by=cast.bella)

    html = client_of(cast.gwen).get(reverse(name, args=[cast.report.pk])).content.decode()

    assert "Nobody joined the dots." in html
    assert "Restricted: you cannot read this section." in html
    assert "A portrait" not in html


@BOTH
def test_says_who_alone_sees_a_restricted_section(cast: Cast, client_of: ClientOf, name: str, view: str) -> None:
    html = client_of(cast.bella).get(reverse(name, args=[cast.report.pk])).content.decode()

    assert "<strong>Bristol</strong>" in html


@BOTH
def test_is_recorded(cast: Cast, client_of: ClientOf, name: str, view: str) -> None:
    client_of(cast.gwen).get(reverse(name, args=[cast.report.pk]))

    event = last_event("report.read")
    assert (event.actor_id, event.organisation_id) == (cast.gwen.pk, cast.south_gloucestershire.pk)
    assert event.data == {"view": view, "restricted": []}


@BOTH
def test_is_kept_in_no_cache(cast: Cast, client_of: ClientOf, name: str, view: str) -> None:
    response = client_of(cast.gwen).get(reverse(name, args=[cast.report.pk]))

    assert "no-store" in response["Cache-Control"]


def test_says_on_every_section_who_reads_and_who_writes(cast: Cast, client_of: ClientOf) -> None:
    html = client_of(cast.gwen).get(reverse("report_read", args=[cast.report.pk])).content.decode()

    assert "Bristol writes it; North Somerset can write too. Everyone on the review can read it." in html


def test_a_report_without_sections_can_be_read(cast: Cast, client_of: ClientOf) -> None:
    for section in cast.report.sections.present():
        sections.delete(section, by=cast.amira)

    html = client_of(cast.gwen).get(reverse("report_read", args=[cast.report.pk])).content.decode()

    assert "No sections yet." in html


def test_the_printed_report_carries_its_marking_and_who_printed_it(cast: Cast, client_of: ClientOf) -> None:
    html = client_of(cast.gwen).get(reverse("report_print", args=[cast.report.pk])).content.decode()

    assert "OFFICIAL-SENSITIVE" in html
    assert f"Printed by {cast.gwen.full_name}, South Gloucestershire Partnership" in html
    assert "not agreed by the partnerships" in html
