"""suggestions.accept: a claim, which only one gets; the page that got it changes the text."""

import pytest

from accounts.models import Notification
from documents.actions import suggestions
from documents.models import SuggestionState
from tests.documents.talk import anew, suggested
from tests.support.cast import Cast
from tests.support.checks import last_event, refused
from tests.support.states import freeze

pytestmark = pytest.mark.django_db


def test_it_is_claimed_and_the_thread_resolved(cast: Cast) -> None:
    thread = suggested(cast.introduction, cast.piet)

    suggestions.accept(thread, by=cast.bella)

    now = anew(thread)
    assert (now.suggestion.state, now.suggestion.decided_by) == (SuggestionState.ACCEPTED, cast.bella)
    assert now.resolved_by == cast.bella


def test_it_is_on_record_and_its_author_is_told(cast: Cast) -> None:
    thread = suggested(cast.introduction, cast.piet)

    suggestions.accept(thread, by=cast.bella)

    event = last_event("suggestion.accepted")
    assert (event.actor_id, event.organisation_id, event.object_id) == (cast.bella.pk, cast.bristol.pk, str(thread.pk))
    told = Notification.objects.get()
    assert (told.to, told.kind, told.organisation_name) == (cast.piet, "suggestion_accepted", "Bristol")


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
