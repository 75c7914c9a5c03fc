"""The list of sections, to be put in order and restored."""

from django.urls import reverse

from documents.actions import sections
from tests.documents.helpers import ClientOf
from tests.support import states
from tests.support.cast import Cast


def page(cast: Cast, client_of: ClientOf) -> str:
    html: str = client_of(cast.amira).get(reverse("report_sections", args=[cast.report.pk])).content.decode()
    return " ".join(html.split())


def test_lists_the_sections_with_buttons_to_move_them(cast: Cast, client_of: ClientOf) -> None:
    rows = client_of(cast.amira).get(reverse("report_sections", args=[cast.report.pk])).context["rows"]

    assert [(row["number"], row["section"]) for row in rows] == [
        ("1", cast.introduction),
        ("2", cast.findings),
        ("3", cast.restricted_listed),
    ]
    assert [(row["up"], row["down"]) for row in rows] == [
        ("", str(cast.findings.pk)),
        ("first", str(cast.restricted_listed.pk)),
        (str(cast.introduction.pk), ""),
    ]


def test_says_who_writes_each_and_what_is_restricted(cast: Cast, client_of: ClientOf) -> None:
    html = page(cast, client_of)

    assert "Bristol Partnership" in html
    assert "Nobody yet" in html
    assert "Restricted: others see its number and title, not its text" in html


def test_offers_to_restore_what_has_been_deleted(cast: Cast, client_of: ClientOf) -> None:
    html = page(cast, client_of)

    assert "Deleted, deleted by Amira Test-Okafor" in html
    assert reverse("section_restore", args=[cast.deleted.pk]) in html


def test_a_deleted_section_that_is_hidden_from_the_lead_stays_hidden(cast: Cast, client_of: ClientOf) -> None:
    sections.delete(cast.restricted_hidden, by=cast.bella)

    html = page(cast, client_of)

    assert "Restricted and hidden" not in html
    assert str(cast.restricted_hidden.pk) not in html


def test_offers_nothing_while_the_report_is_frozen(cast: Cast, client_of: ClientOf) -> None:
    states.freeze(cast.report)

    html = page(cast, client_of)

    assert "Nothing can be changed now: the report is frozen for signature." in html
    for name in ("Move up", "Restore", "Add a section"):
        assert name not in html
