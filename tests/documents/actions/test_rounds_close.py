"""Closing a comment round, and changing its last day."""

from accounts.models import Notification
from documents.actions import dispositions, rounds, threads
from documents.models import Restriction
from documents.notification_kinds import ROUND_CLOSED
from documents.rounds.standing import blockers_of, standing_of
from tests.documents.rounds import comment, in_days, opened, risk
from tests.support.cast import Cast
from tests.support.checks import last_event, nothing_changes, refused


def test_ends_it_and_tells_whom_it_asked(cast: Cast) -> None:
    made = opened(cast)

    rounds.close(made, by=cast.amira)

    assert (made.closed_by, made.closed_at is None) == (cast.amira, False)
    assert last_event("round.closed").data["number"] == 1
    assert {one.to for one in Notification.objects.filter(kind=ROUND_CLOSED)} == {cast.bella, cast.bo, cast.piet}


def test_is_refused_while_a_risk_waits_for_a_decision(cast: Cast) -> None:
    made = opened(cast)
    thread = risk(cast.introduction, cast.piet)

    with refused("1 comment about an identification risk must be decided first"):
        rounds.close(made, by=cast.amira)

    assert list(blockers_of(made, cast.amira)) == [thread]


def test_is_refused_also_where_the_risk_was_resolved_without_a_decision(cast: Cast) -> None:
    made = opened(cast)
    threads.resolve(risk(cast.introduction, cast.piet), by=cast.amira)

    with refused("must be decided first"):
        rounds.close(made, by=cast.amira)


def test_goes_through_once_every_risk_is_decided(cast: Cast) -> None:
    made = opened(cast)
    comment(cast.introduction, cast.bella)
    dispositions.dispose(
        risk(cast.introduction, cast.piet), disposition="accepted", reason="The sentence went.", by=cast.amira
    )

    rounds.close(made, by=cast.amira)

    assert made.closed_at


def test_a_private_risk_is_nobody_elses_business(cast: Cast) -> None:
    made = opened(cast)
    risk(cast.introduction, cast.bella, private=True)

    rounds.close(made, by=cast.amira)

    assert made.closed_at


def test_a_risk_in_a_section_that_the_lead_does_not_know_of_tells_nothing(cast: Cast) -> None:
    made = opened(cast)
    risk(cast.restricted_hidden, cast.bella)

    assert not blockers_of(made, cast.amira).exists()
    assert standing_of(made, cast.amira).comments == 0
    assert standing_of(made, cast.bella).risks == 1
    rounds.close(made, by=cast.amira)


def test_a_private_risk_that_was_shared_blocks(cast: Cast) -> None:
    made = opened(cast)
    thread = risk(cast.introduction, cast.bella, private=True)
    threads.share(thread, by=cast.bella)

    assert list(blockers_of(made, cast.amira)) == [thread]
    assert thread.round == made


def test_closing_twice_is_refused(cast: Cast) -> None:
    made = opened(cast)
    rounds.close(made, by=cast.amira)

    with refused("“Factual accuracy” has been closed already."):
        rounds.close(made, by=cast.amira)


def test_the_last_day_can_be_changed(cast: Cast) -> None:
    made = opened(cast)

    rounds.change_date(made, closes_on=in_days(14), by=cast.amira)

    made.refresh_from_db()
    assert made.closes_on == in_days(14)
    event = last_event("round.date_changed")
    assert event.data["before"] == in_days(7).isoformat()


def test_the_same_day_again_is_nothing(cast: Cast) -> None:
    made = opened(cast)

    with nothing_changes():
        rounds.change_date(made, closes_on=in_days(7), by=cast.amira)


def test_the_last_day_cannot_be_in_the_past(cast: Cast) -> None:
    made = opened(cast)

    with refused("This day is in the past"):
        rounds.change_date(made, closes_on=in_days(-1), by=cast.amira)


def test_the_last_day_of_a_closed_round_stays(cast: Cast) -> None:
    made = opened(cast)
    rounds.close(made, by=cast.amira)

    with refused("has been closed already"):
        rounds.change_date(made, closes_on=in_days(14), by=cast.amira)


def test_where_it_stands_is_counted_for_each_organisation(cast: Cast) -> None:
    made = opened(cast)
    comment(cast.introduction, cast.bella)
    dispositions.dispose(comment(cast.findings, cast.bella), disposition="noted", reason="Thank you.", by=cast.amira)
    risk(cast.introduction, cast.bella, private=True)

    standing = standing_of(made, cast.amira)

    assert [(one.participant.organisation, one.comments, one.decided) for one in standing.progress] == [
        (cast.police, 0, 0),
        (cast.bristol, 2, 1),
    ]
    assert (standing.comments, standing.undecided, standing.decided, standing.risks) == (2, 1, 1, 0)
    assert standing.days_left == 7


def test_what_is_said_in_a_restricted_section_is_counted_only_for_its_readers(cast: Cast) -> None:
    made = opened(cast)
    assert cast.restricted_listed.restriction == Restriction.LISTED
    comment(cast.restricted_listed, cast.bella)

    assert standing_of(made, cast.amira).comments == 1
    assert standing_of(made, cast.piet).comments == 0
