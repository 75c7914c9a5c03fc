"""Deleting a section, and restoring it."""

from django.urls import reverse

from documents.actions import sections
from tests.documents.helpers import ClientOf, said, titles
from tests.support import states
from tests.support.cast import Cast


def test_is_deleted_after_asking(cast: Cast, client_of: ClientOf) -> None:
    client, address = client_of(cast.amira), reverse("section_delete", args=[cast.findings.pk])

    assert "Delete “Findings”?" in client.get(address).content.decode()
    assert "Findings" in titles(cast.report)

    answer = client.post(address, follow=True)
    assert said(answer) == "“Findings” has been deleted. You can restore it, with its text, from the list below."
    assert reverse("section_restore", args=[cast.findings.pk]) in answer.content.decode()
    assert "Findings" not in titles(cast.report)


def test_deleting_twice_says_that_it_is_gone(cast: Cast, client_of: ClientOf) -> None:
    sections.delete(cast.findings, by=cast.amira)

    assert client_of(cast.amira).post(reverse("section_delete", args=[cast.findings.pk])).status_code == 404


def test_its_text_is_gone_for_everybody(cast: Cast, client_of: ClientOf) -> None:
    sections.delete(cast.findings, by=cast.amira)

    html = client_of(cast.bella).get(reverse("report", args=[cast.report.pk])).content.decode()

    assert "Findings" not in html
    assert str(cast.findings.pk) not in html


def test_is_restored_to_its_place(cast: Cast, client_of: ClientOf) -> None:
    sections.delete(cast.introduction, by=cast.amira)

    answer = client_of(cast.amira).post(reverse("section_restore", args=[cast.introduction.pk]), follow=True)

    assert said(answer) == "“Introduction” is back in its place."
    assert titles(cast.report)[0] == "Introduction"


def test_what_is_there_cannot_be_restored(cast: Cast, client_of: ClientOf) -> None:
    assert client_of(cast.amira).post(reverse("section_restore", args=[cast.findings.pk])).status_code == 404


def test_a_hidden_section_that_is_deleted_stays_unknown(cast: Cast, client_of: ClientOf) -> None:
    sections.delete(cast.restricted_hidden, by=cast.bella)

    answer = client_of(cast.amira).post(reverse("section_restore", args=[cast.restricted_hidden.pk]))

    assert answer.status_code == 404


def test_a_frozen_report_stays_as_it_is(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.amira)
    states.freeze(cast.report)

    deleted = client.post(reverse("section_delete", args=[cast.findings.pk]), follow=True)
    restored = client.post(reverse("section_restore", args=[cast.deleted.pk]), follow=True)

    assert "frozen for signature" in said(deleted)
    assert "frozen for signature" in said(restored)
    assert "Findings" in titles(cast.report)
