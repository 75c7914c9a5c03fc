"""A hidden section leaves no trace for those whom it is hidden from: here for the lead, who sees the most of all."""

from uuid import uuid4

import pytest
from django.urls import reverse

from documents.actions import images, sections
from documents.imaging import prepare
from tests.documents.helpers import ClientOf, write
from tests.support.cast import Cast, png

OF_REPORT = ["report", "report_read", "report_print", "report_sections", "section_new", "report_access", "report_token"]


@pytest.fixture
def lively(cast: Cast) -> Cast:
    """Bristol has been busy in its hidden section, which stands in the middle of the report."""
    sections.move(cast.restricted_hidden, after=cast.introduction, by=cast.bella)
    sections.assign(cast.restricted_hidden, organisation=cast.bristol, due_on=None, by=cast.bella)
    write(cast.restricted_hidden, "Zanzibar.", by=cast.bella)
    images.upload(cast.restricted_hidden, picture=prepare(png()), by=cast.bella)
    return cast


@pytest.mark.parametrize("who", ["amira", "gwen"])
@pytest.mark.parametrize("name", [*OF_REPORT, "review", "review_people", "review_history", "my_work", "reports"])
def test_no_page_shows_a_trace(lively: Cast, client_of: ClientOf, who: str, name: str) -> None:
    arguments = [] if name in {"my_work", "reports"} else [lively.review.pk if "review" in name else lively.report.pk]

    html = client_of(getattr(lively, who)).get(reverse(name, args=arguments)).content.decode()

    for trace in ("hidden”", "Restricted and hidden", str(lively.restricted_hidden.pk), "Zanzibar"):
        assert trace not in html


def test_numbers_and_counts_leave_no_gap(lively: Cast, client_of: ClientOf) -> None:
    answer = client_of(lively.amira).get(reverse("report", args=[lively.report.pk]))

    assert [entry.number for entry in answer.context["outline"].entries] == ["1", "2", "3"]
    assert "0 of 3 sections done." in " ".join(answer.content.decode().split())


def test_the_trail_of_the_review_is_without_it(lively: Cast, client_of: ClientOf) -> None:
    def told() -> list[str]:
        lines = client_of(lively.amira).get(reverse("review_history", args=[lively.review.pk])).context["lines"]
        return [line.did for line in lines if line.actor == lively.bella.full_name]

    before = told()
    sections.mark_done(lively.restricted_hidden, by=lively.bella)
    sections.delete(lively.restricted_hidden, by=lively.bella)
    client_of(lively.bo).get(reverse("image", args=[lively.hidden_image.pk]))

    assert told() == before
    assert "put a picture into a section" not in before


def test_the_trail_of_the_leads_organisation_is_without_it(lively: Cast, client_of: ClientOf) -> None:
    html = client_of(lively.amira).get(reverse("organisation_history")).content.decode()

    # The lead hid two sections; only one of them is still known to their organisation.
    assert html.count("restricted a section to named organisations") == 1


@pytest.mark.parametrize(
    "name", ["section_edit", "section_restrict", "section_release", "section_delete", "section_restore", "section_images"]
)
def test_its_addresses_answer_as_those_of_no_section(lively: Cast, client_of: ClientOf, name: str) -> None:
    client = client_of(lively.amira)

    hidden, unknown = (client.post(reverse(name, args=[pk])) for pk in (lively.restricted_hidden.pk, uuid4()))

    assert hidden.status_code == unknown.status_code == 404
    assert hidden.content == unknown.content


def test_appears_for_everybody_once_it_is_released(lively: Cast, client_of: ClientOf) -> None:
    sections.release(lively.restricted_hidden, by=lively.bella)

    html = client_of(lively.gwen).get(reverse("report", args=[lively.report.pk])).content.decode()

    assert "Zanzibar." in html
