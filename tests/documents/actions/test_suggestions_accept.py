"""suggestions.accept: it is decided and the text is changed, both at once or neither."""

import pytest

from accounts.models import Notification
from documents.actions import suggestions
from documents.models import Section, SectionUpdate, SuggestionState
from documents.section_text import text_of
from documents.text.rendering import plain_text
from partnerships.presenters import lines
from tests.documents.talk import anew, suggested
from tests.support.cast import Cast
from tests.support.checks import last_event, nothing_changes, refused
from tests.support.states import freeze

pytestmark = pytest.mark.django_db


def words(section: Section) -> str:
    return plain_text(text_of(section)).strip()


def test_the_words_are_in_the_text_and_the_thread_resolved(cast: Cast) -> None:
    thread = suggested(cast.introduction, cast.piet)

    update = suggestions.accept(thread, by=cast.bella)

    assert words(cast.introduction) == "Before other words and after"
    row = SectionUpdate.objects.order_by("-pk")[0]
    assert (bytes(row.data), row.author, row.organisation) == (update, cast.bella, cast.bristol)
    now = anew(thread)
    assert (now.suggestion.state, now.suggestion.decided_by) == (SuggestionState.ACCEPTED, cast.bella)
    assert now.resolved_by == cast.bella


def test_it_is_on_record_and_its_author_is_told(cast: Cast) -> None:
    thread = suggested(cast.introduction, cast.piet)

    suggestions.accept(thread, by=cast.bella)

    event = last_event("suggestion.accepted")
    assert (event.actor_id, event.organisation_id, event.object_id) == (cast.bella.pk, cast.bristol.pk, str(thread.pk))
    assert lines([event])[0].did == "accepted a suggestion of Piet Test-Constable"
    told = Notification.objects.get()
    assert (told.to, told.kind, told.organisation_name) == (cast.piet, "suggestion_accepted", "Bristol")


def test_one_of_its_own_organisation_changes_the_text_for_all(cast: Cast) -> None:
    thread = suggested(cast.introduction, cast.bella, only_for_us=True)

    suggestions.accept(thread, by=cast.bella)

    assert words(cast.introduction) == "Before other words and after"


def test_where_the_text_has_changed_nothing_is_done_and_both_are_shown(cast: Cast) -> None:
    one, other = (
        suggested(cast.introduction, cast.piet, "the very words in question"),
        suggested(cast.introduction, cast.piet),
    )
    suggestions.accept(one, by=cast.bella)

    with (
        refused(
            "Not accepted, because the text has changed. The text now says “the very words in question”. "
            "The suggestion was to change “the words in question” to “other words”."
        ),
        nothing_changes(),
    ):
        suggestions.accept(anew(other), by=cast.bella)


def test_words_that_are_gone_are_said_to_be_gone(cast: Cast) -> None:
    one, other = suggested(cast.introduction, cast.piet, ""), suggested(cast.introduction, cast.piet)
    suggestions.accept(one, by=cast.bella)
    assert words(cast.introduction) == "Before  and after"

    with refused("Not accepted, because the text has changed. These words are no longer in the text."):
        suggestions.accept(anew(other), by=cast.bella)


@pytest.mark.parametrize("replacement", ["other words", "the words in question, and more"])
def test_what_was_opened_again_after_it_was_accepted_is_not_put_in_twice(replacement: str, cast: Cast) -> None:
    thread = suggested(cast.introduction, cast.piet, replacement)
    suggestions.accept(thread, by=cast.bella)
    suggestions.reopen(anew(thread), by=cast.ned)

    with refused("Not accepted, because the text has changed."):
        suggestions.accept(anew(thread), by=cast.ned)

    assert words(cast.introduction) == f"Before {replacement} and after"


@pytest.mark.parametrize("second", ["bella", "ned"])
def test_a_second_claim_is_told_who_was_first(second: str, cast: Cast) -> None:
    thread = suggested(cast.introduction, cast.piet)
    seen_before = anew(thread)
    suggestions.accept(thread, by=cast.bella)

    with refused("Bella Test-Harbour has accepted this suggestion already."):
        suggestions.accept(seen_before, by=getattr(cast, second))


def test_not_on_a_frozen_report(cast: Cast) -> None:
    thread = suggested(cast.introduction, cast.piet)
    freeze(cast.report)

    with refused("This report is frozen for signature"):
        suggestions.accept(anew(thread), by=cast.bella)
