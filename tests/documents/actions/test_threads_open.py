"""threads.open: a comment or a suggestion about a section, for everybody or for one's own organisation."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import Notification
from documents.actions import sections, threads
from documents.models import Comment, Mention, SuggestionState, Thread, ThreadKind
from documents.threads.drafts import Draft, Mentions, Passage
from tests.documents.talk import PASSAGE, opened, organisation, suggested, user
from tests.support.cast import Cast
from tests.support.checks import last_event, refused
from tests.support.states import freeze

pytestmark = pytest.mark.django_db


def errors(cast: Cast, draft: Draft) -> dict[str, Any]:
    before = Thread.objects.count()
    with pytest.raises(ValidationError) as refusal:
        threads.open(cast.introduction, draft, by=cast.piet)
    assert Thread.objects.count() == before
    return refusal.value.message_dict


def test_a_comment_keeps_words_and_place_for_ever(cast: Cast) -> None:
    thread = opened(cast.introduction, cast.piet, "  Was it May?\r\nOr June? ", kind=ThreadKind.FACTUAL_ACCURACY)

    assert (bytes(thread.start), bytes(thread.end)) == (PASSAGE.start, PASSAGE.end)
    assert (thread.quote, thread.before, thread.after) == (PASSAGE.quote, PASSAGE.before, PASSAGE.after)
    assert (thread.organisation, thread.created_by, thread.only_for) == (cast.police, cast.piet, None)
    comment = thread.comments.get()
    assert (comment.text, comment.organisation, comment.created_by) == ("Was it May?\nOr June?", cast.police, cast.piet)


def test_a_private_one_is_for_ones_own_organisation(cast: Cast) -> None:
    assert opened(cast.introduction, cast.piet, only_for_us=True).only_for == cast.police


def test_it_is_on_record_without_a_word_of_it(cast: Cast) -> None:
    thread = opened(cast.introduction, cast.piet, "Was it Maytime?", kind=ThreadKind.SUBSTANTIVE)

    event = last_event("thread.opened")
    assert (event.actor_id, event.organisation_id, event.object_id) == (cast.piet.pk, cast.police.pk, str(thread.pk))
    assert event.data == {
        "report": str(cast.report.pk),
        "section": str(cast.introduction.pk),
        "kind": "substantive",
        "suggests": False,
    }


def test_that_of_a_private_one_says_whose_it_is(cast: Cast) -> None:
    opened(cast.introduction, cast.piet, only_for_us=True)

    assert last_event("thread.opened").data["only_for"] == str(cast.police.pk)


def test_a_suggestion_needs_no_comment(cast: Cast) -> None:
    thread = suggested(cast.introduction, cast.piet, "fewer words")

    assert (thread.suggestion.replacement, thread.suggestion.state) == ("fewer words", SuggestionState.OPEN)
    assert not Comment.objects.exists()


def test_a_suggestion_may_be_to_delete(cast: Cast) -> None:
    assert suggested(cast.introduction, cast.piet, "").suggestion.replacement == ""


@pytest.mark.parametrize(
    ("draft", "field", "words"),
    [
        (Draft(""), "text", "Enter a comment."),
        (Draft(" \n\t"), "text", "Enter a comment."),
        (Draft("\x00\ud800"), "text", "Enter a comment."),
        (Draft("x" * 100_000), "text", "The comment has 100,000 characters. Shorten it to 10,000 or fewer."),
        (Draft("x", "rude"), "kind", "Choose what kind of comment this is."),
        (Draft("", replacement="y"), "anchor", "Select the words that you want to change first."),
        (
            Draft("x", passage=Passage(b"\1", b"\2", "q" * 5001)),
            "anchor",
            "You have selected 5,001 characters. Select 5,000 or fewer.",
        ),
        (Draft("x", passage=Passage(b"\1", b"\2", "")), "anchor", "The words that you selected cannot be found again."),
        (Draft("x", passage=Passage(b"", b"\2", "q")), "anchor", "The words that you selected cannot be found again."),
        (Draft("x", passage=Passage(b"\1" * 401, b"\2", "q")), "anchor", "The words that you selected cannot be found"),
        (Draft("x", passage=Passage(b"\1", b"\2", "a\0b")), "anchor", "The words that you selected cannot be found again."),
        (Draft("", passage=PASSAGE, replacement=PASSAGE.quote), "replacement", "This is what the text says now."),
        (Draft("", passage=PASSAGE, replacement="y" * 10_001), "replacement", "The text has 10,001 characters."),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_bad_input_is_refused_by_its_field(draft: Draft, field: str, words: str, cast: Cast) -> None:
    assert errors(cast, draft)[field][0].startswith(words)


def test_all_that_is_wrong_is_said_at_once(cast: Cast) -> None:
    draft = Draft("x" * 10_001, "rude", passage=Passage(b"\1", b"\2", ""), replacement="y" * 10_001)

    assert errors(cast, draft).keys() == {"text", "kind", "anchor", "replacement"}


def test_what_fits_exactly_is_taken(cast: Cast) -> None:
    passage = Passage(b"\1" * 400, b"\2" * 400, "q" * 5_000, "b" * 80, "a" * 80)

    opened(cast.introduction, cast.piet, "x" * 10_000, passage=passage)

    assert len(Comment.objects.get().text) == 10_000


def test_markup_is_text(cast: Cast) -> None:
    assert (
        opened(cast.introduction, cast.piet, "<script>alert(1)</script>").comments.get().text == "<script>alert(1)</script>"
    )


def test_people_and_organisations_are_mentioned_and_told(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    mentions = Mentions(frozenset({cast.ned.pk}), frozenset({cast.bristol.pk}))

    thread = opened(cast.introduction, cast.piet, mentions=mentions)

    named = set(Mention.objects.values_list("comment__thread", "user", "organisation"))
    assert named == {(thread.pk, cast.ned.pk, None), (thread.pk, None, cast.bristol.pk)}
    told = Notification.objects.filter(kind="mention", url=f"/threads/{thread.pk}/")
    assert {one.to for one in told} == {cast.ned, cast.bella, cast.bo}


@pytest.mark.parametrize("name", ["olive", "sid", "rita"])
def test_nobody_is_mentioned_who_is_not_on_the_review_nor_named(name: str, cast: Cast) -> None:
    said = errors(cast, Draft("x", mentions=user(getattr(cast, name).pk)))

    assert said["mentions"] == [
        "Somebody whom you mention cannot read this section, so the comment would not reach them. Take the mention away."
    ]


def test_those_who_cannot_read_the_section_are_named(cast: Cast) -> None:
    mentions = Mentions(frozenset({cast.gwen.pk}), frozenset({cast.police.pk}))

    with refused("Gwen Test-Vale and Police cannot read this section"):
        threads.open(cast.restricted_listed, Draft("x", mentions=mentions), by=cast.ned)


def test_a_private_comment_mentions_ones_own_only(cast: Cast) -> None:
    draft = Draft("x", only_for_us=True, mentions=user(cast.amira.pk))

    with refused("Only Bristol can see this comment, so you can mention only Bristol and its people"):
        threads.open(cast.introduction, draft, by=cast.bella)
    assert opened(cast.introduction, cast.bella, only_for_us=True, mentions=organisation(cast.bristol.pk)).is_private


def test_not_on_a_section_that_was_deleted_a_moment_ago(cast: Cast) -> None:
    sections.delete(cast.findings, by=cast.amira)

    with refused("This section has been deleted"):
        threads.open(cast.findings, Draft("x"), by=cast.piet)


def test_not_on_a_frozen_report(cast: Cast) -> None:
    freeze(cast.report)

    with refused("This report is frozen for signature"):
        threads.open(cast.introduction, Draft("x"), by=cast.piet)
