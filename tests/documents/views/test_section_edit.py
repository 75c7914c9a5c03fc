"""Changing a section's title, number, note, writer and date."""

from datetime import date

import pytest
from django.urls import reverse

from documents.actions import grants, sections
from tests.documents.helpers import ClientOf, opened, participant, said, titles
from tests.support import states
from tests.support.cast import Cast
from tests.support.checks import form_errors

DAY = {"due_on_day": "27", "due_on_month": "11", "due_on_year": "2030"}


def address(cast: Cast) -> str:
    return reverse("section_edit", args=[cast.findings.pk])


def test_changes_all_of_it(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.amira)
    changed = {"title": "What was found", "numbering": "sub", "guidance": "Short.", "organisation": str(cast.police.pk)}

    answer = client.post(address(cast), opened(client, address(cast)) | changed | DAY, follow=True)

    assert said(answer) == "The section has been changed."
    assert answer.redirect_chain[0][0].endswith(f"#section-{cast.findings.pk}")
    cast.findings.refresh_from_db()
    assert (cast.findings.title, cast.findings.numbering, cast.findings.guidance) == ("What was found", "sub", "Short.")
    assert (cast.findings.assigned_to, cast.findings.due_on) == (cast.police, date(2030, 11, 27))


def test_saving_without_a_change_keeps_it(cast: Cast, client_of: ClientOf) -> None:
    sections.assign(cast.findings, organisation=cast.bristol, due_on=date(2030, 11, 27), by=cast.amira)
    client = client_of(cast.amira)

    client.post(address(cast), opened(client, address(cast)))

    cast.findings.refresh_from_db()
    assert (cast.findings.title, cast.findings.assigned_to) == ("Findings", cast.bristol)
    assert cast.findings.due_on == date(2030, 11, 27)


@pytest.mark.parametrize(
    ("after", "order"),
    [
        ("first", ["Findings", "Introduction", "Restricted and listed", "Restricted and hidden"]),
        ("restricted_listed", ["Introduction", "Restricted and listed", "Findings", "Restricted and hidden"]),
    ],
)
def test_puts_it_elsewhere(cast: Cast, client_of: ClientOf, after: str, order: list[str]) -> None:
    client = client_of(cast.amira)
    place = after if after == "first" else str(getattr(cast, after).pk)

    client.post(address(cast), opened(client, address(cast)) | {"after": place})

    assert titles(cast.report) == order


def test_saving_without_a_change_does_not_pass_a_hidden_section(cast: Cast, client_of: ClientOf) -> None:
    sections.move(cast.restricted_hidden, after=cast.introduction, by=cast.bella)
    before, client = titles(cast.report), client_of(cast.amira)

    client.post(address(cast), opened(client, address(cast)) | {"guidance": "Short."})

    assert titles(cast.report) == before


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"title": ""}, "Enter a title."),
        ({"due_on_day": "31", "due_on_month": "2", "due_on_year": "2030"}, "Enter a real date"),
        ({"due_on_day": "x", "due_on_month": "", "due_on_year": ""}, "Enter a real date"),
        ({"after": "nonsense"}, "That section is not in this report any more."),
        ({"organisation": "", **DAY}, "Choose who writes this section as well"),
        ({"organisation": "00000000-0000-4000-8000-000000000000"}, "That organisation cannot open this report any more."),
    ],
)
def test_says_what_is_wrong_and_saves_nothing_of_it(
    cast: Cast, client_of: ClientOf, changed: dict[str, str], words: str
) -> None:
    client = client_of(cast.amira)

    answer = client.post(address(cast), opened(client, address(cast)) | {"title": "What was found"} | changed)

    assert answer.status_code == 422
    assert words in form_errors(answer)
    assert "Findings" in titles(cast.report)


def test_offers_only_organisations_that_can_open_the_report(cast: Cast, client_of: ClientOf) -> None:
    grants.set_report_level(cast.report, participant(cast.review, cast.police), None, by=cast.amira)

    html = client_of(cast.amira).get(address(cast)).content.decode()

    assert "Avon and Somerset Police" not in html
    assert "South Gloucestershire Partnership" in html


def test_does_not_overwrite_what_another_lead_has_changed_meanwhile(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.amira)
    stale = opened(client, address(cast)) | {"guidance": "Short."}
    sections.rename(cast.findings, title="What was found", by=cast.amira)

    answer = client.post(address(cast), stale)

    assert answer.status_code == 422
    assert "Now it says: Title – What was found; Note to the writers (optional) – nothing." in form_errors(answer)
    assert 'value="Findings"' in answer.content.decode()
    assert "What was found" in titles(cast.report)


def test_a_report_that_is_frozen_meanwhile_refuses(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.amira)
    posted = opened(client, address(cast)) | {"title": "Late"}
    states.freeze(cast.report)

    answer = client.post(address(cast), posted)

    assert answer.status_code == 422
    assert "frozen for signature" in form_errors(answer)
    assert 'value="Late"' in answer.content.decode()


def test_a_section_that_is_deleted_meanwhile_is_said_to_be_and_what_was_typed_is_kept(
    cast: Cast, client_of: ClientOf
) -> None:
    client = client_of(cast.amira)
    posted = opened(client, address(cast)) | {"title": "Late", "guidance": "Say who was told."}
    sections.delete(cast.findings, by=cast.amira)

    answer = client.post(address(cast), posted)

    assert answer.status_code == 422
    assert "This section has been deleted. The review's lead can restore it." in form_errors(answer)
    assert 'value="Late"' in answer.content.decode()
    assert "Say who was told." in answer.content.decode()
    cast.findings.refresh_from_db()
    assert cast.findings.title == "Findings"


def test_a_deleted_section_is_not_there_to_be_opened_nor_for_anybody_else(cast: Cast, client_of: ClientOf) -> None:
    sections.delete(cast.findings, by=cast.amira)
    sections.delete(cast.restricted_hidden, by=cast.bella)

    assert client_of(cast.amira).get(address(cast)).status_code == 404
    assert client_of(cast.olive).post(address(cast), {"title": "Late"}).status_code == 404
    assert client_of(cast.ned).post(address(cast), {"title": "Late"}).status_code == 403
    hidden = reverse("section_edit", args=[cast.restricted_hidden.pk])
    assert client_of(cast.amira).post(hidden, {"title": "Late"}).status_code == 404
