"""Two people decide the same suggestion at the same instant: one gets it, the other learns who did."""

from collections.abc import Callable
from functools import partial
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from accounts.models import AuditEvent
from documents.actions import suggestions, threads
from documents.models import Comment, Section, SuggestionState
from documents.section_text import text_of
from documents.text.rendering import plain_text
from tests.documents.talk import anew, opened, suggested
from tests.support.cast import Cast, build_cast

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Do all of this at the same time, each on a connection of its own; what each gave or why it was refused."""
    start, outcomes = Barrier(len(acts)), [None] * len(acts)

    def run(number: int) -> None:
        try:
            start.wait()
            outcomes[number] = acts[number]()  # type: ignore[call-overload]
        except ValidationError as refusal:
            outcomes[number] = refusal.messages[0]  # type: ignore[call-overload]
        finally:
            connections.close_all()

    running = [Thread(target=run, args=[number]) for number in range(len(acts))]
    for each in running:
        each.start()
    for each in running:
        each.join()
    return list(outcomes)


def words(section: Section) -> str:
    return plain_text(text_of(section))


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return build_cast()


def test_only_one_accepts_it_and_the_words_are_there_once(cast: Cast) -> None:
    for number in range(ROUNDS):
        thread = suggested(cast.introduction, cast.piet)

        outcomes = at_once(
            partial(suggestions.accept, anew(thread), by=cast.bella),
            partial(suggestions.accept, anew(thread), by=cast.ned),
        )

        winner = anew(thread).suggestion.decided_by
        assert winner is not None
        assert [one for one in outcomes if isinstance(one, str)] == [
            f"{winner.full_name} has accepted this suggestion already."
        ]
        assert words(cast.introduction).count("other words") == number + 1
        assert AuditEvent.objects.filter(verb="suggestion.accepted", object_id=str(thread.pk)).count() == 1


def test_accepting_and_declining_and_withdrawing_end_in_one_decision(cast: Cast) -> None:
    for _ in range(ROUNDS):
        thread = suggested(cast.introduction, cast.piet)
        outcomes = at_once(
            partial(suggestions.accept, anew(thread), by=cast.bella),
            partial(suggestions.decline, anew(thread), by=cast.ned),
            partial(suggestions.withdraw, anew(thread), by=cast.piet),
        )

        assert sum(not isinstance(one, str) for one in outcomes) == 1
        decided = AuditEvent.objects.filter(verb__startswith="suggestion.", object_id=str(thread.pk))
        assert [event.verb for event in decided] == [f"suggestion.{anew(thread).suggestion.state}"]
        assert anew(thread).suggestion.state != SuggestionState.OPEN


def test_a_reply_to_ones_own_never_reaches_everyone_unawares(cast: Cast) -> None:
    for _ in range(ROUNDS):
        thread = opened(cast.introduction, cast.bella, only_for_us=True)

        replied, _ = at_once(
            partial(threads.reply, anew(thread), text="Between us.", by=cast.bella),
            partial(threads.share, anew(thread), by=cast.bella),
        )

        said = Comment.objects.filter(thread=thread, text="Between us.")
        if isinstance(replied, Comment):
            event = AuditEvent.objects.get(verb="thread.replied", object_id=str(thread.pk))
            assert event.data["only_for"] == str(cast.bristol.pk)  # it came first, and was shared knowingly with the rest
            assert said.exists()
        else:
            assert not said.exists()
