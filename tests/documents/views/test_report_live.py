"""The report's page."""

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents.actions import sections
from documents.models import Report
from tests.documents.helpers import ClientOf, write
from tests.support import states
from tests.support.cast import Cast
from tests.support.checks import last_event

QUERIES = 26


def page(client: Client, report: Report) -> str:
    response = client.get(reverse("report", args=[report.pk]))
    assert response.status_code == 200
    return response.content.decode()


def config_of(html: str) -> dict[str, Any]:
    found = re.search(r'<script id="coedit-config" type="application/json">(.*?)</script>', html)
    assert found
    config: dict[str, Any] = json.loads(found[1])
    return config


def test_shows_the_sections_with_their_text(cast: Cast, client_of: ClientOf) -> None:
    write(cast.findings, "Nobody joined the <dots>.", by=cast.bella)

    html = page(client_of(cast.gwen), cast.report)

    assert "Nobody joined the &lt;dots&gt;." in html
    assert "Introduction" in html


def test_says_on_every_section_who_reads_and_who_writes(cast: Cast, client_of: ClientOf) -> None:
    html = page(client_of(cast.bella), cast.report)

    assert "You can write here." in html
    assert "Bristol writes it; North Somerset can write too. Everyone on the review can read it." in html
    assert "The others see its number and title, not its text." in html
    assert "Nobody else can see that this section exists." in html


def test_says_to_a_reader_that_they_only_read(cast: Cast, client_of: ClientOf) -> None:
    html = page(client_of(cast.gwen), cast.report)

    assert "You can read it." in html
    assert "You can write here." not in html


def test_a_listed_section_shows_its_title_and_not_its_text(cast: Cast, client_of: ClientOf) -> None:
    write(cast.restricted_listed, "A portrait of one child.", by=cast.bella)

    html = page(client_of(cast.gwen), cast.report)

    assert "Restricted and listed" in html
    assert "you can see that this section exists, but not read it" in html
    assert "A portrait" not in html


def test_the_config_lets_any_client_join(cast: Cast, client_of: ClientOf) -> None:
    config = config_of(page(client_of(cast.bella), cast.report))

    assert config["url"] == f"ws://testserver/coedit/{cast.report.pk}"
    assert config["token"]
    assert [(item["document"], item["title"], item["level"]) for item in config["sections"]] == [
        (f"section:{cast.introduction.pk}", "1 Introduction", "write"),
        (f"section:{cast.findings.pk}", "2 Findings", "write"),
        (f"section:{cast.restricted_listed.pk}", "3 Restricted and listed", "write"),
        (f"section:{cast.restricted_hidden.pk}", "4 Restricted and hidden", "write"),
    ]


@pytest.mark.parametrize(("who", "level"), [("gwen", "read"), ("piet", "comment"), ("nora", "comment"), ("bo", "read")])
def test_the_config_says_what_one_may_do(cast: Cast, client_of: ClientOf, who: str, level: str) -> None:
    config = config_of(page(client_of(getattr(cast, who)), cast.report))

    assert {item["level"] for item in config["sections"]} == {level}


def test_the_config_names_only_what_one_may_read(cast: Cast, client_of: ClientOf) -> None:
    config = config_of(page(client_of(cast.gwen), cast.report))

    assert [item["title"] for item in config["sections"]] == ["1 Introduction", "2 Findings"]


def test_only_the_lead_sees_tools_for_the_sections(cast: Cast, client_of: ClientOf) -> None:
    of_lead, of_writer = (page(client_of(person), cast.report) for person in (cast.amira, cast.bella))

    addresses = [reverse(name, args=[cast.report.pk]) for name in ("section_new", "report_sections", "report_access")]
    for address in [*addresses, reverse("report_new", args=[cast.review.pk])]:
        assert address in of_lead
        assert address not in of_writer


def test_who_writes_a_section_can_mark_it_as_done(cast: Cast, client_of: ClientOf) -> None:
    html = page(client_of(cast.bella), cast.report)

    assert reverse("section_done", args=[cast.findings.pk]) in html
    assert reverse("section_done", args=[cast.introduction.pk]) not in html


def test_a_report_that_is_not_being_written_says_so_and_offers_no_tools(cast: Cast, client_of: ClientOf) -> None:
    version = states.freeze(cast.report)

    html = page(client_of(cast.amira), cast.report)

    assert "This text is frozen as" in html
    assert "Frozen as version 1" in html
    assert reverse("version", args=[version.pk]) in html
    assert reverse("report_sign_off", args=[cast.report.pk]) in html
    assert reverse("section_new", args=[cast.report.pk]) not in html
    # No comment is begun on it any more, so the page offers none; what was begun can still be answered.
    assert {item["level"] for item in config_of(html)["sections"]} == {"read"}
    assert "You can read and comment here." not in html


def test_a_report_without_sections_says_what_comes_next(cast: Cast, client_of: ClientOf) -> None:
    for section in cast.report.sections.present():
        sections.delete(section, by=cast.amira)

    assert "Add a section" in page(client_of(cast.amira), cast.report)
    assert "The review’s lead adds them" in page(client_of(cast.gwen), cast.report)


def test_reading_is_recorded_with_the_restricted_sections_that_were_shown(cast: Cast, client_of: ClientOf) -> None:
    page(client_of(cast.bella), cast.report)

    event = last_event("report.read")
    assert (event.actor_id, event.organisation_id, event.review_id) == (cast.bella.pk, cast.bristol.pk, cast.review.pk)
    assert event.object_id == str(cast.report.pk)
    assert event.data == {
        "view": "live",
        "restricted": [str(cast.restricted_listed.pk), str(cast.restricted_hidden.pk)],
    }


def test_markup_in_a_title_is_text(cast: Cast, client_of: ClientOf) -> None:
    sections.rename(cast.findings, title="</script><script>alert(1)</script>", by=cast.amira)

    html = page(client_of(cast.gwen), cast.report)

    assert "<script>alert(1)" not in html
    assert config_of(html)["sections"][1]["title"] == "2 </script><script>alert(1)</script>"


def test_thirty_sections_cost_what_five_cost(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.bella)
    page(client, cast.report)
    counted = []

    for wanted in (5, 30):
        while cast.report.sections.present().count() < wanted:
            added = sections.add(cast.report, title="More", by=cast.amira)
            sections.assign(added, organisation=cast.police, due_on=None, by=cast.amira)
            write(added, "Words.", by=cast.bella)
        with CaptureQueriesContext(connection) as queries:
            page(client, cast.report)
        counted.append(len(queries))

    assert counted[0] == counted[1] <= QUERIES
