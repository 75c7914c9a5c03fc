"""The page “Who wrote this” of a section."""

from collections.abc import Callable
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from documents.actions import grants
from documents.models import Section
from partnerships.grants import Level
from tests.documents.helpers import participant, write
from tests.support.cast import Cast

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def page(client: Client, section: Section) -> str:
    return unescape(client.get(reverse("section_authors", args=[section.pk])).content.decode())


def test_each_passage_names_person_and_organisation(cast: Cast, client_of: ClientOf) -> None:
    write(cast.introduction, "Ned's words.", by=cast.ned)
    write(cast.introduction, "Bella's.", by=cast.bella)

    shown = page(client_of(cast.gwen), cast.introduction)

    assert "Ned Test-Ashby, North Somerset: </span>Ned's words.</span>" in shown
    assert "Bella Test-Harbour, Bristol: </span>Bella's.</span>" in shown
    assert "60 %" in shown


def test_whose_words_from_before_ones_access_are_is_not_told(cast: Cast, client_of: ClientOf) -> None:
    gwens = participant(cast.review, cast.south_gloucestershire)
    grants.set_report_level(cast.report, gwens, None, by=cast.amira)
    write(cast.introduction, "Written before.", by=cast.ned)
    grants.set_report_level(cast.report, gwens, Level.VIEW, by=cast.amira)
    write(cast.introduction, "Written after.", by=cast.bella)

    shown = page(client_of(cast.gwen), cast.introduction)

    assert "From before you could read the section: </span>Written before.</span>" in shown
    assert "Bella" in shown
    assert "Ned" not in shown


def test_an_empty_section_says_so(cast: Cast, client_of: ClientOf) -> None:
    assert "Nothing written yet" in page(client_of(cast.gwen), cast.introduction)


def test_the_number_of_queries_does_not_grow_with_the_text(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.gwen)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(client, cast.introduction)
        return len(captured)

    write(cast.introduction, "One.", by=cast.ned)
    few = queries()
    for who in (cast.bella, cast.amira, cast.ned):
        write(cast.introduction, "More.", by=who)

    assert queries() == few
