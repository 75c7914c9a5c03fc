"""The first screen knows what else waits than writing: comments, suggestions, rounds and signatures."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from documents.actions import restrictions, sections, suggestions, threads
from documents.models import ReportState, Restriction, Thread, ThreadKind
from documents.waiting.my_work import Desk
from partnerships.actions import seats
from partnerships.grants import Level
from partnerships.models import TeamRole
from reviews.actions import teams
from reviews.models import Review, ReviewState, TeamMember
from tests.documents import rounds, talk
from tests.documents.helpers import participant
from tests.support.cast import Cast
from tests.support.checks import fresh
from tests.support.seats import one_each, police_in_each, seat
from tests.support.signing import out_for_signature, signs
from tests.support.states import put


def waiting(person: User) -> list[str]:
    """What the first screen asks this person to do."""
    return [task.do for task in Desk(fresh(person)).tasks()]


def about(person: User) -> str:
    """What it says of the first of these."""
    return Desk(fresh(person)).tasks()[0].about


def reply(thread: Thread, by: User) -> None:
    threads.reply(talk.anew(thread), text="It is.", by=fresh(by))


ANSWER_INTRODUCTION = "Answer a comment on section 1, Introduction"


# Comments.


def test_a_comment_that_mentions_me_waits_until_i_answer(cast: Cast) -> None:
    thread = talk.opened(cast.introduction, cast.amira, mentions=talk.user(cast.piet.pk))
    assert waiting(cast.piet) == [ANSWER_INTRODUCTION]
    assert about(cast.piet) == "A joint report about nothing · from North Somerset"

    reply(thread, cast.piet)

    assert waiting(cast.piet) == []


def test_a_comment_that_mentions_my_organisation_waits_until_one_of_us_answers(cast: Cast) -> None:
    teams.change_role(TeamMember.objects.get(user=cast.bo), TeamRole.REVIEWER, by=cast.bella)
    sections.assign(cast.findings, organisation=None, due_on=None, by=cast.amira)
    thread = talk.opened(cast.introduction, cast.amira, mentions=talk.organisation(cast.bristol.pk))
    assert waiting(cast.bella) == waiting(cast.bo) == [ANSWER_INTRODUCTION]
    assert waiting(cast.piet) == []

    reply(thread, cast.bo)

    assert waiting(cast.bella) == waiting(cast.bo) == []


def test_a_mention_after_the_answer_waits_again(cast: Cast) -> None:
    thread = talk.opened(cast.introduction, cast.amira, mentions=talk.user(cast.piet.pk))
    reply(thread, cast.piet)

    threads.reply(talk.anew(thread), text="And this?", mentions=talk.user(cast.piet.pk), by=fresh(cast.amira))

    assert waiting(cast.piet) == [ANSWER_INTRODUCTION]


def test_a_reply_to_my_comment_waits_for_me(cast: Cast) -> None:
    thread = talk.opened(cast.introduction, cast.piet)
    assert waiting(cast.piet) == []

    reply(thread, cast.amira)

    assert waiting(cast.piet) == [ANSWER_INTRODUCTION]


def test_a_resolved_comment_waits_no_more(cast: Cast) -> None:
    thread = talk.opened(cast.introduction, cast.amira, mentions=talk.user(cast.piet.pk))

    threads.resolve(talk.anew(thread), by=fresh(cast.amira))

    assert waiting(cast.piet) == []


def test_several_on_a_section_are_one_thing_to_do(cast: Cast) -> None:
    for by in (cast.amira, cast.bella):
        talk.opened(cast.introduction, by, mentions=talk.user(cast.piet.pk))

    assert waiting(cast.piet) == ["Answer 2 comments on section 1, Introduction"]
    assert about(cast.piet).endswith("from Bristol and North Somerset")


def test_they_come_in_the_order_of_the_report(cast: Cast) -> None:
    for section in (cast.findings, cast.introduction):
        talk.opened(section, cast.amira, mentions=talk.user(cast.piet.pk))

    assert waiting(cast.piet) == [ANSWER_INTRODUCTION, "Answer a comment on section 2, Findings"]


@pytest.mark.parametrize("kind", [ThreadKind.FACTUAL_ACCURACY, ThreadKind.IDENTIFICATION_RISK])
def test_what_may_be_wrong_in_our_section_waits_for_our_teams_lead(kind: str, cast: Cast) -> None:
    sections.mark_done(cast.findings, by=cast.amira)
    teams.change_role(TeamMember.objects.get(user=cast.bella), TeamRole.LEAD, by=cast.bella)

    talk.opened(cast.findings, cast.piet, kind=kind)
    talk.opened(cast.introduction, cast.piet, kind=kind)

    assert waiting(cast.bella) == ["Answer a comment on section 2, Findings"]


def test_a_risk_anywhere_waits_for_the_reviews_lead_until_it_is_settled(cast: Cast) -> None:
    thread = talk.opened(cast.findings, cast.piet, kind=ThreadKind.IDENTIFICATION_RISK)
    reply(thread, cast.amira)
    assert waiting(cast.amira) == ["Answer a comment on section 2, Findings"]

    threads.resolve(talk.anew(thread), by=fresh(cast.amira))

    assert waiting(cast.amira) == []


def test_a_private_comment_waits_only_for_its_own_organisation(cast: Cast) -> None:
    teams.change_role(TeamMember.objects.get(user=cast.bo), TeamRole.REVIEWER, by=cast.bella)
    talk.opened(
        cast.findings,
        cast.bella,
        only_for_us=True,
        kind=ThreadKind.IDENTIFICATION_RISK,
        mentions=talk.organisation(cast.bristol.pk),
    )

    assert waiting(cast.bo) == ["Answer a comment on section 2, Findings"]
    assert waiting(cast.amira) == []


def test_a_private_suggestion_waits_only_for_its_own_organisation(cast: Cast) -> None:
    teams.change_role(TeamMember.objects.get(user=cast.bo), TeamRole.AUTHOR, by=cast.bella)
    sections.mark_done(cast.findings, by=cast.bella)
    talk.suggested(cast.findings, cast.bella, only_for_us=True)

    assert waiting(cast.bo) == ["Decide a suggestion on section 2, Findings"]
    assert waiting(cast.amira) == []


def test_what_is_said_in_a_section_that_i_may_no_longer_read_waits_no_more(cast: Cast) -> None:
    talk.opened(cast.introduction, cast.amira, mentions=talk.user(cast.piet.pk))
    levels = {participant(cast.review, cast.bristol): Level.EDIT}

    restrictions.restrict(cast.introduction, restriction=Restriction.HIDDEN, levels=levels, by=cast.amira)

    assert waiting(cast.piet) == []


def test_who_may_only_read_is_not_asked_to_answer(cast: Cast) -> None:
    talk.opened(cast.introduction, cast.amira, mentions=talk.user(cast.gwen.pk))

    assert waiting(cast.gwen) == []


# Suggestions.


def test_a_suggestion_waits_for_those_who_write_the_section(cast: Cast) -> None:
    thread = talk.suggested(cast.introduction, cast.piet)
    for person in (cast.amira, cast.ned):
        assert waiting(person) == ["Decide a suggestion on section 1, Introduction"]

    suggestions.decline(talk.anew(thread), by=fresh(cast.ned))

    assert waiting(cast.ned) == []


def test_one_in_another_organisations_section_waits_for_that_and_for_the_lead(cast: Cast) -> None:
    sections.mark_done(cast.findings, by=cast.bella)

    talk.suggested(cast.findings, cast.piet)

    assert waiting(cast.bella) == waiting(cast.amira) == ["Decide a suggestion on section 2, Findings"]
    assert waiting(cast.ned) == []


def test_ones_own_suggestion_waits_for_others(cast: Cast) -> None:
    talk.suggested(cast.introduction, cast.ned)

    assert waiting(cast.ned) == []
    assert waiting(cast.amira) == ["Decide a suggestion on section 1, Introduction"]


def test_nothing_is_decided_in_a_frozen_report(cast: Cast) -> None:
    talk.suggested(cast.introduction, cast.piet)

    put(cast.report, ReportState.FROZEN)

    assert waiting(cast.amira) == []


# Rounds.


def test_a_round_waits_for_those_whom_it_asks(cast: Cast) -> None:
    rounds.opened(cast, cast.police)

    assert waiting(cast.piet) == ["Comment on “A joint report about nothing”"]
    assert Desk(fresh(cast.piet)).tasks()[0].due_on == rounds.in_days(7)
    assert waiting(cast.ned) == []


def test_an_observer_is_not_asked_to_comment(cast: Cast) -> None:
    rounds.opened(cast, cast.bristol)

    assert waiting(cast.bo) == []
    assert "Comment on “A joint report about nothing”" in waiting(cast.bella)


def test_a_round_whose_last_day_is_over_waits_for_the_lead_to_close_it(cast: Cast) -> None:
    made = rounds.opened(cast, cast.police)
    type(made).objects.update(closes_on=timezone.localdate() - timedelta(days=1))

    assert waiting(cast.piet) == []
    assert waiting(cast.amira) == ["Close the comment round “Factual accuracy”"]


# Signatures.


def test_a_report_waits_for_the_seats_that_i_hold(cast: Cast) -> None:
    held = one_each(cast)
    version = out_for_signature(cast)
    assert waiting(cast.gwen) == ["Sign “A joint report about nothing”, version 1"]
    assert about(cast.gwen).endswith("you hold Independent chair of South Gloucestershire")
    assert waiting(cast.ned) == []

    signs(version, [held["south_gloucestershire"]], by=cast.gwen)

    assert waiting(cast.gwen) == []


def test_three_seats_are_one_thing_to_do(cast: Cast) -> None:
    police_in_each(cast)
    out_for_signature(cast)

    assert waiting(cast.piet) == ["Sign “A joint report about nothing”, version 1"]
    assert "Police of Bristol, Police of North Somerset and Police of South Gloucestershire" in about(cast.piet)


@pytest.mark.parametrize(("first", "last", "asked"), [(0, 0, True), (1, 9, False), (-9, -1, False)])
def test_a_deputy_is_asked_on_their_days(first: int, last: int, asked: bool, cast: Cast) -> None:
    own = seat(cast.north_somerset, "Independent chair", cast.amira, by=cast.amira)
    for partnership, holder in ((cast.bristol, cast.bella), (cast.south_gloucestershire, cast.gwen)):
        seat(partnership, "Independent chair", holder, by=holder)
    today = timezone.localdate()
    seats.appoint(
        own,
        user=cast.ned,
        valid_from=today + timedelta(days=first),
        valid_to=today + timedelta(days=last),
        is_deputy=True,
        by=cast.amira,
    )
    out_for_signature(cast)

    assert waiting(cast.ned) == (["Sign “A joint report about nothing”, version 1"] if asked else [])
    assert not asked or "you stand in for Independent chair of North Somerset" in about(cast.ned)


def test_who_holds_a_seat_and_is_not_on_the_review_is_not_told_of_it(cast: Cast) -> None:
    one_each(cast)
    seat(cast.north_somerset, "Council", cast.olive, by=cast.amira)
    out_for_signature(cast)

    assert waiting(cast.olive) == []


def test_nothing_is_signed_in_a_closed_review(cast: Cast) -> None:
    one_each(cast)
    out_for_signature(cast)

    Review.objects.filter(pk=cast.review.pk).update(state=ReviewState.CLOSED)

    assert waiting(cast.gwen) == []
