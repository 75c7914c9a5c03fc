"""suggestions.decline, .withdraw, .reopen and .decline_all."""

import pytest

from accounts.models import Notification
from documents.actions import suggestions
from documents.models import SuggestionState
from tests.documents.talk import anew, suggested
from tests.support.cast import Cast
from tests.support.checks import last_event, nothing_changes, refused

pytestmark = pytest.mark.django_db


def test_declining_says_who_and_tells_the_author(cast: Cast) -> None:
    thread = suggested(cast.introduction, cast.piet)

    suggestions.decline(thread, by=cast.bella)

    assert (anew(thread).suggestion.state, anew(thread).resolved_by) == (SuggestionState.DECLINED, cast.bella)
    assert last_event("suggestion.declined").actor_id == cast.bella.pk
    assert Notification.objects.get().kind == "suggestion_declined"


def test_withdrawing_tells_nobody(cast: Cast) -> None:
    thread = suggested(cast.introduction, cast.piet)

    suggestions.withdraw(thread, by=cast.piet)

    assert anew(thread).suggestion.state == SuggestionState.WITHDRAWN
    assert last_event("suggestion.withdrawn").actor_id == cast.piet.pk
    assert not Notification.objects.exists()


@pytest.mark.parametrize("act", ["accept", "decline", "withdraw"])
def test_what_was_decided_meanwhile_is_told(act: str, cast: Cast) -> None:
    thread = suggested(cast.introduction, cast.piet)
    seen_before = anew(thread)
    suggestions.decline(thread, by=cast.amira)

    with refused("Amira Test-Okafor has declined this suggestion already."):
        getattr(suggestions, act)(seen_before, by=cast.piet)


def test_a_decided_one_can_wait_again(cast: Cast) -> None:
    thread = suggested(cast.introduction, cast.piet)
    suggestions.accept(thread, by=cast.bella)

    suggestions.reopen(anew(thread), by=cast.bella)

    now = anew(thread)
    assert (now.suggestion.state, now.suggestion.decided_by, now.is_resolved) == (SuggestionState.OPEN, None, False)
    assert last_event("suggestion.reopened").data["before"] == "accepted"
    with nothing_changes():
        suggestions.reopen(now, by=cast.ned)


def test_and_be_accepted_by_another(cast: Cast) -> None:
    thread = suggested(cast.introduction, cast.piet)
    suggestions.decline(thread, by=cast.bella)
    suggestions.reopen(thread, by=cast.bella)

    suggestions.accept(anew(thread), by=cast.ned)

    assert anew(thread).suggestion.decided_by == cast.ned


def test_all_that_wait_are_declined_and_what_was_decided_meanwhile_stays(cast: Cast) -> None:
    listed = [suggested(cast.introduction, cast.piet, f"words {number}") for number in range(3)]
    suggestions.accept(anew(listed[1]), by=cast.ned)

    assert suggestions.decline_all(listed, by=cast.bella) == 2

    assert [anew(one).suggestion.state for one in listed] == ["declined", "accepted", "declined"]
