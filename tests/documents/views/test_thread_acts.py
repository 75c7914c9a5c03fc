"""What the page's script asks for a thread: it gets the thread as it then is, or why not and the truth."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from documents.actions import suggestions, threads
from documents.models import Comment, Thread
from reviews.models import Review, ReviewState
from tests.documents.talk import opened, suggested
from tests.support.cast import Cast
from tests.support.states import freeze

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def ask(client: Client, name: str, thread: Thread, **body: object) -> Any:
    return client.post(reverse(name, args=[thread.pk]), body, content_type="application/json")


def test_a_reply_is_answered_with_the_thread(cast: Cast, client_of: ClientOf) -> None:
    thread = opened(cast.introduction, cast.piet)

    answer = ask(client_of(cast.bella), "thread_reply", thread, text="No.", mentions=[{"user": str(cast.piet.pk)}])

    assert answer.status_code == 200
    assert [one["text"] for one in answer.json()["comments"]] == ["Is that so?", "No."]


@pytest.mark.parametrize(
    ("body", "status"), [({"text": ""}, 400), ({"text": "x" * 10_001}, 400), ({"text": 7}, 400), ({"mentions": 7}, 400)]
)
def test_a_reply_that_is_nothing_or_too_much_is_refused(
    body: dict[str, Any], status: int, cast: Cast, client_of: ClientOf
) -> None:
    answer = ask(client_of(cast.bella), "thread_reply", opened(cast.introduction, cast.piet), **body)

    assert answer.status_code == status
    assert answer.json()["errors"]


def test_a_reply_to_ones_own_is_not_sent_to_everyone(cast: Cast, client_of: ClientOf) -> None:
    thread = opened(cast.introduction, cast.bella, only_for_us=True)
    threads.share(thread, by=cast.bella)

    answer = ask(client_of(cast.bella), "thread_reply", thread, text="Between us.", only_for_us=True)

    assert answer.status_code == 409
    assert answer.json()["thread"]["onlyFor"] is None
    assert Comment.objects.count() == 1


def test_resolving_and_reopening(cast: Cast, client_of: ClientOf) -> None:
    thread, client = opened(cast.introduction, cast.piet), client_of(cast.bella)

    resolved = ask(client, "thread_resolve", thread).json()
    reopened = ask(client, "thread_reopen", thread).json()

    assert (resolved["resolved"]["by"], resolved["may"]["reopen"]) == ("Bella Test-Harbour", True)
    assert (reopened["resolved"], reopened["may"]["resolve"]) == (None, True)


def test_sharing_says_by_whom(cast: Cast, client_of: ClientOf) -> None:
    thread = opened(cast.introduction, cast.bella, only_for_us=True)

    told = ask(client_of(cast.bella), "thread_share", thread).json()

    assert (told["onlyFor"], told["shared"]["by"], told["may"]["share"]) == (None, "Bella Test-Harbour", False)


def test_a_claim_is_got_by_one_and_the_other_learns_who(cast: Cast, client_of: ClientOf) -> None:
    thread = suggested(cast.introduction, cast.piet)

    first = ask(client_of(cast.bella), "suggestion_accept", thread)
    second = ask(client_of(cast.ned), "suggestion_accept", thread)

    assert (first.status_code, first.json()["suggestion"]["state"]) == (200, "accepted")
    assert second.status_code == 409
    assert second.json()["errors"] == {"": "Bella Test-Harbour has accepted this suggestion already."}
    assert second.json()["thread"]["suggestion"]["decidedBy"] == "Bella Test-Harbour"


@pytest.mark.parametrize(
    ("name", "person", "state"),
    [("suggestion_decline", "bella", "declined"), ("suggestion_withdraw", "piet", "withdrawn")],
)
def test_a_suggestion_is_decided_and_opened_again(
    name: str, person: str, state: str, cast: Cast, client_of: ClientOf
) -> None:
    thread, client = suggested(cast.introduction, cast.piet), client_of(getattr(cast, person))

    decided = ask(client, name, thread).json()
    again = ask(client, "suggestion_reopen", thread).json()

    assert (decided["suggestion"]["state"], decided["may"]["reopenSuggestion"]) == (state, True)
    assert (again["suggestion"]["state"], again["resolved"]) == ("open", None)


def test_what_its_author_has_withdrawn_only_they_open_again(cast: Cast, client_of: ClientOf) -> None:
    thread = suggested(cast.introduction, cast.piet)
    suggestions.withdraw(thread, by=cast.piet)

    assert ask(client_of(cast.bella), "suggestion_reopen", thread).status_code == 403
    assert ask(client_of(cast.piet), "suggestion_reopen", thread).status_code == 200


def test_what_suggests_nothing_cannot_be_decided(cast: Cast, client_of: ClientOf) -> None:
    thread = opened(cast.introduction, cast.piet)

    assert ask(client_of(cast.bella), "suggestion_accept", thread).status_code == 404


@pytest.mark.parametrize(
    "name", ["thread_resolve", "thread_reopen", "suggestion_accept", "suggestion_decline", "suggestion_reopen"]
)
def test_a_page_that_does_not_know_yet_that_the_report_is_frozen_is_told(name: str, cast: Cast, client_of: ClientOf) -> None:
    thread = suggested(cast.introduction, cast.piet)
    freeze(cast.report)

    answer = ask(client_of(cast.bella), name, thread)

    assert answer.status_code == 409
    assert "frozen for signature" in answer.json()["errors"][""]
    assert {act for act, allowed in answer.json()["thread"]["may"].items() if allowed} == {"reply"}


def test_nor_may_others_then_do_more_than_before(cast: Cast, client_of: ClientOf) -> None:
    thread = suggested(cast.introduction, cast.piet)
    freeze(cast.report)

    assert ask(client_of(cast.nora), "suggestion_accept", thread).status_code == 403
    assert ask(client_of(cast.nora), "thread_reply", thread, text="A reply.").status_code == 200


def test_in_a_closed_review_nothing_more_is_said(cast: Cast, client_of: ClientOf) -> None:
    thread = opened(cast.introduction, cast.piet)
    Review.objects.filter(pk=cast.review.pk).update(state=ReviewState.CLOSED)

    answer = ask(client_of(cast.bella), "thread_reply", thread, text="Too late.")

    assert answer.status_code == 409
    assert answer.json()["errors"][""] == "This review is closed, so its comments can only be read."
    assert ask(client_of(cast.bo), "thread_reply", thread, text="Never.").status_code == 403
