"""/threads/<pk>/: one thread, without script: reading, replying, deciding, sharing."""

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from documents.actions import suggestions, threads
from documents.models import Comment, SuggestionState, Thread, ThreadKind
from documents.threads.drafts import Passage
from tests.documents.helpers import opened as form_at
from tests.documents.helpers import said
from tests.documents.talk import anew, opened, suggested
from tests.support.cast import Cast
from tests.support.checks import form_errors, last_event
from tests.support.states import freeze

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
MARKUP = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def page(client: Client, thread: Thread, name: str = "thread") -> str:
    return unescape(client.get(reverse(name, args=[thread.pk])).content.decode())


def act(client: Client, name: str, thread: Thread, **fields: object) -> str:
    """Use a button, and read what the page says then."""
    return said(client.post(reverse(name, args=[thread.pk]), fields, follow=True))


def test_it_says_who_said_what_about_which_words_to_whom(cast: Cast, client_of: ClientOf) -> None:
    thread = opened(cast.introduction, cast.piet, "Was it May?", kind=ThreadKind.FACTUAL_ACCURACY)
    threads.reply(thread, text="It was June.", by=cast.bella)

    text = page(client_of(cast.gwen), thread)

    for words in ("Comment by Piet Test-Constable, Police", "Factual accuracy, on section 1, Introduction"):
        assert words in text
    for words in ("the words in question", "Was it May?", "It was June.", "Everyone on the review"):
        assert words in text
    assert f"/reports/{cast.report.pk}/#thread-{thread.pk}" in text
    assert "You can read this thread, but not reply to it." in text


def test_the_audience_of_a_private_one_is_in_words_and_on_the_button(cast: Cast, client_of: ClientOf) -> None:
    thread = opened(cast.introduction, cast.bella, only_for_us=True)

    text = page(client_of(cast.bella), thread)

    assert "Only Bristol can see this" in text
    assert "Send to Bristol only" in text


def test_that_of_a_restricted_section_is_not_everyone(cast: Cast, client_of: ClientOf) -> None:
    text = page(client_of(cast.ned), opened(cast.restricted_listed, cast.ned))

    assert "Everyone who can read this section" in text
    assert "Send to everyone who can read this section" in text


@pytest.mark.parametrize("person", ["amira", "gwen"])
def test_markup_is_shown_as_what_it_is(person: str, cast: Cast, client_of: ClientOf) -> None:
    passage = Passage(b"\1", b"\2", MARKUP)
    thread = opened(cast.introduction, cast.piet, MARKUP, passage=passage)
    suggested(cast.introduction, cast.piet, MARKUP)
    client = client_of(getattr(cast, person))

    for address in (reverse("thread", args=[thread.pk]), reverse("report_comments", args=[cast.report.pk])):
        raw = client.get(address).content.decode()

        assert MARKUP not in raw
        assert "onerror=alert" not in raw.replace("&lt;img src=x onerror=alert", "")
        assert MARKUP in unescape(raw)


def test_reading_it_is_on_record(cast: Cast, client_of: ClientOf) -> None:
    page(client_of(cast.bella), opened(cast.restricted_listed, cast.ned))

    assert last_event("report.read").data == {"view": "thread", "restricted": [str(cast.restricted_listed.pk)]}


def test_a_reply_is_sent_by_the_form(cast: Cast, client_of: ClientOf) -> None:
    thread = opened(cast.introduction, cast.piet)

    told = act(client_of(cast.bella), "thread_reply", thread, text="Yes.", mentions=[f"person:{cast.ned.pk}"])

    assert told == "Your reply has been sent."
    reply = Comment.objects.get(text="Yes.")
    assert [mention.user for mention in reply.mentions.all()] == [cast.ned]


def test_a_refused_reply_keeps_what_was_typed(cast: Cast, client_of: ClientOf) -> None:
    thread, text = opened(cast.introduction, cast.piet), "y<i>" * 2_501

    answer = client_of(cast.bella).post(reverse("thread_reply", args=[thread.pk]), {"text": text})

    assert answer.status_code == 422
    assert form_errors(answer) == "The comment has 10,004 characters. Shorten it to 10,000 or fewer."
    assert text in unescape(answer.content.decode())


def test_a_reply_written_to_ones_own_is_not_sent_to_everyone(cast: Cast, client_of: ClientOf) -> None:
    thread, client = opened(cast.introduction, cast.bella, only_for_us=True), client_of(cast.bella)
    form = {
        name: value for name, value in form_at(client, reverse("thread", args=[thread.pk])).items() if name != "mentions"
    }
    threads.share(thread, by=cast.bella)

    answer = client.post(reverse("thread_reply", args=[thread.pk]), form | {"text": "Between us."})

    assert "shared with everyone meanwhile" in form_errors(answer)
    assert "Between us." in answer.content.decode()
    assert not Comment.objects.filter(text="Between us.").exists()


def test_only_those_are_offered_to_be_mentioned_who_see_it(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.bella)

    own = page(client, opened(cast.introduction, cast.bella, only_for_us=True))
    everybodys = page(client, opened(cast.restricted_listed, cast.bella))

    assert "Bo Test-Quay, Bristol" in own
    assert "Ned Test-Ashby, North Somerset" not in own
    assert "Ned Test-Ashby, North Somerset" in everybodys
    assert "Gwen Test-Vale" not in everybodys
    assert "Only those who can see this comment are listed." in everybodys


def test_its_buttons_do_what_they_say(cast: Cast, client_of: ClientOf) -> None:
    thread, client = opened(cast.introduction, cast.piet), client_of(cast.bella)

    assert act(client, "thread_resolve", thread) == "The thread is resolved."
    assert "Resolved by Bella Test-Harbour" in page(client, thread)
    assert act(client, "thread_reopen", thread) == "The thread is open again."


def test_a_suggestion_shows_both_texts_and_is_declined_here(cast: Cast, client_of: ClientOf) -> None:
    thread, client = suggested(cast.introduction, cast.piet, "fewer words"), client_of(cast.bella)

    text = page(client, thread)

    assert '<del class="ed-removed">the words in question</del>' in text
    assert '<ins class="ed-added">fewer words</ins>' in text
    assert act(client, "suggestion_decline", thread).startswith("The suggestion is declined.")
    assert "Declined by Bella Test-Harbour" in " ".join(page(client, thread).replace("</strong>", "").split())
    assert act(client, "suggestion_reopen", thread) == "The suggestion waits for a decision again."


def test_it_is_withdrawn_by_its_author(cast: Cast, client_of: ClientOf) -> None:
    thread = suggested(cast.introduction, cast.piet)

    assert act(client_of(cast.piet), "suggestion_withdraw", thread) == "Your suggestion is withdrawn."
    assert anew(thread).suggestion.state == SuggestionState.WITHDRAWN


def test_it_is_accepted_without_script(cast: Cast, client_of: ClientOf) -> None:
    thread = suggested(cast.introduction, cast.piet)

    told = act(client_of(cast.bella), "suggestion_accept", thread)

    assert told == "The suggestion is accepted. The words are in the text."
    assert anew(thread).suggestion.state == SuggestionState.ACCEPTED


def test_what_was_decided_meanwhile_is_said(cast: Cast, client_of: ClientOf) -> None:
    thread = suggested(cast.introduction, cast.piet)
    suggestions.accept(thread, by=cast.ned)

    told = act(client_of(cast.bella), "suggestion_decline", thread)

    assert told == "Ned Test-Ashby has accepted this suggestion already."


def test_sharing_asks_first_and_shows_what_will_be_seen(cast: Cast, client_of: ClientOf) -> None:
    thread, client = opened(cast.introduction, cast.bella, "Not yet for all.", only_for_us=True), client_of(cast.bella)

    asked = page(client, thread, "thread_share")

    assert "Share this thread with everyone?" in asked
    assert "You cannot make it private again." in asked
    assert "Not yet for all." in asked
    assert anew(thread).is_private
    assert act(client, "thread_share", thread) == "Everyone who can read the section can see this thread now."
    assert "Bristol kept this to itself until Bella Test-Harbour shared it" in page(client_of(cast.gwen), thread)


def test_a_shared_one_cannot_be_shared_again(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.bella).get(reverse("thread_share", args=[opened(cast.introduction, cast.bella).pk]), follow=True)

    assert said(answer) == "Everyone who can read the section can see this thread already."


def test_on_a_frozen_report_one_can_reply_and_nothing_else(cast: Cast, client_of: ClientOf) -> None:
    thread = opened(cast.introduction, cast.piet)
    freeze(cast.report)

    text = page(client_of(cast.bella), thread)

    assert "Send to everyone on the review" in text
    assert "Resolve" not in text
