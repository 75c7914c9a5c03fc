"""`history.restore_text` brings back what a section said, as a new edit."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from documents.actions.history import restore_text
from documents.coedit.arrivals import arrived
from documents.models import Section, SectionUpdate
from documents.section_text import text_of
from documents.text.rendering import plain_text
from tests.documents.helpers import write
from tests.support import states
from tests.support.cast import Cast
from tests.support.checks import last_event, refused

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def words(section: Section) -> str:
    return plain_text(text_of(section)).strip()


def newest() -> SectionUpdate:
    return SectionUpdate.objects.order_by("-pk")[0]


def restore(section: Section, row: SectionUpdate, *, by: User) -> None:
    restore_text(section, row=row.pk, at=row.at, by=by)


def test_the_section_says_again_what_it_said_in_the_name_of_who_restored(cast: Cast) -> None:
    write(cast.introduction, "What it said.", by=cast.ned)
    then = newest()
    write(cast.introduction, "A mistake.", by=cast.bella)

    restore(cast.introduction, then, by=cast.amira)

    assert words(cast.introduction) == "What it said."
    assert (newest().author, newest().organisation) == (cast.amira, cast.north_somerset)
    event = last_event("section.text_restored")
    assert (event.actor_id, event.object_id) == (cast.amira.pk, str(cast.introduction.pk))
    assert event.data["row"] == then.pk


def test_restoring_can_be_undone_by_restoring(cast: Cast) -> None:
    write(cast.introduction, "One.", by=cast.ned)
    one = newest()
    write(cast.introduction, "Two.", by=cast.ned)
    two, both = newest(), words(cast.introduction)
    restore(cast.introduction, one, by=cast.ned)

    restore(cast.introduction, two, by=cast.ned)

    assert words(cast.introduction) == both


def test_where_nothing_differs_it_is_refused(cast: Cast) -> None:
    write(cast.introduction, "One.", by=cast.ned)

    with refused("already says"):
        restore(cast.introduction, newest(), by=cast.ned)


def test_a_report_that_is_frozen_stays_as_it_is(cast: Cast) -> None:
    write(cast.introduction, "One.", by=cast.ned)
    one = newest()
    write(cast.introduction, "Two.", by=cast.ned)
    states.freeze(cast.report)

    with refused("The lead has to open it again"):
        restore(cast.introduction, one, by=cast.ned)
    assert newest() != one


def test_those_who_have_the_section_open_are_told_after_the_commit(
    cast: Cast, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    write(cast.introduction, "One.", by=cast.ned)
    one = newest()
    write(cast.introduction, "Two.", by=cast.ned)
    heard: list[object] = []

    def hear(section_id: object, **_: object) -> None:
        heard.append(section_id)

    arrived.connect(hear)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        restore(cast.introduction, one, by=cast.ned)
        assert heard == []
    arrived.disconnect(hear)

    assert heard == [cast.introduction.pk]


def test_the_page_shows_what_would_change_and_does_it(cast: Cast, client_of: ClientOf) -> None:
    write(cast.introduction, "Stays.", by=cast.ned)
    then = newest()
    write(cast.introduction, "Goes.", by=cast.bella)
    address, client = reverse("section_restore_text", args=[cast.introduction.pk, then.pk]), client_of(cast.ned)

    page = client.get(address).content.decode()
    assert '<del class="ed-removed"><span class="govuk-visually-hidden">[deleted: </span>Goes.' in page
    answer = client.post(address, follow=True)

    assert "says again what it said then" in answer.content.decode()
    assert words(cast.introduction) == "Stays."


def test_who_may_not_write_may_not_restore(cast: Cast, client_of: ClientOf) -> None:
    write(cast.introduction, "One.", by=cast.ned)
    address = reverse("section_restore_text", args=[cast.introduction.pk, newest().pk])

    assert client_of(cast.gwen).post(address).status_code == 403
    assert client_of(cast.olive).post(address).status_code == 404
    assert client_of(cast.ned).get(reverse("section_restore_text", args=[cast.findings.pk, newest().pk])).status_code == 404
