"""Adding a section."""

import pytest
from django.urls import reverse

from documents.actions import sections
from documents.models import Section
from tests.documents.helpers import ClientOf, said, titles
from tests.support import states
from tests.support.cast import Cast
from tests.support.checks import form_errors

ANSWERS = {"title": "Method", "numbering": "main", "guidance": "", "after": ""}


def address(cast: Cast) -> str:
    return reverse("section_new", args=[cast.report.pk])


def test_goes_to_the_end_or_where_one_says(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.amira)

    answer = client.post(address(cast), ANSWERS | {"after": str(cast.introduction.pk)}, follow=True)
    client.post(address(cast), ANSWERS | {"title": "Glossary", "numbering": "appendix"})
    client.post(address(cast), ANSWERS | {"title": "Foreword", "numbering": "none", "after": "first"})

    added = Section.objects.get(title="Method")
    assert answer.redirect_chain[0][0] == f"{reverse('report', args=[cast.report.pk])}#section-{added.pk}"
    assert said(answer) == "“Method” has been added."
    assert titles(cast.report)[:3] == ["Foreword", "Introduction", "Method"]
    assert titles(cast.report)[-1] == "Glossary"


def test_offers_the_places_that_this_lead_knows_of(cast: Cast, client_of: ClientOf) -> None:
    html = client_of(cast.amira).get(address(cast)).content.decode()

    assert "After 3 Restricted and listed" in html
    assert "Restricted and hidden" not in html
    assert "After  " not in html


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"title": "  "}, "Enter a title."),
        ({"title": "x" * 300}, "The title has 300 characters. Shorten it to 200 or fewer."),
        ({"numbering": "roman"}, "Select a valid choice"),
        ({"guidance": "x" * 2001}, "2000"),
        ({"after": "nonsense"}, "That section is not in this report any more."),
    ],
)
def test_says_what_is_wrong_and_keeps_what_was_typed(
    cast: Cast, client_of: ClientOf, changed: dict[str, str], words: str
) -> None:
    before = titles(cast.report)

    answer = client_of(cast.amira).post(address(cast), ANSWERS | {"guidance": "A note."} | changed)

    assert answer.status_code == 422
    assert words in form_errors(answer)
    assert changed.get("guidance", "A note.") in answer.content.decode()
    assert titles(cast.report) == before


@pytest.mark.parametrize("name", ["restricted_hidden", "deleted"])
def test_a_place_that_this_lead_cannot_know_of_is_no_place(cast: Cast, client_of: ClientOf, name: str) -> None:
    answer = client_of(cast.amira).post(address(cast), ANSWERS | {"after": str(getattr(cast, name).pk)})

    assert "That section is not in this report any more." in form_errors(answer)


def test_a_place_that_is_gone_meanwhile_loses_no_typing(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.amira)
    sections.delete(cast.findings, by=cast.amira)

    answer = client.post(address(cast), ANSWERS | {"after": str(cast.findings.pk)})

    assert 'value="Method"' in answer.content.decode()


def test_a_report_that_is_frozen_meanwhile_refuses(cast: Cast, client_of: ClientOf) -> None:
    states.freeze(cast.report)

    answer = client_of(cast.amira).post(address(cast), ANSWERS)

    assert answer.status_code == 422
    assert "frozen for signature" in form_errors(answer)
