"""Where a review with a report stands, who holds the next step, and what stands in its way."""

import pytest

from accounts.models import User
from documents.actions import reports, sections
from documents.models import ReportKind, ReportState
from documents.review_hooks import standing_of
from partnerships.grants import Level
from partnerships.models import Organisation
from reviews.standing import Standing
from tests.documents import rounds, talk
from tests.documents.helpers import participant
from tests.support.cast import Cast
from tests.support.checks import fresh
from tests.support.seats import one_each
from tests.support.signing import everybody_signs, out_for_signature, signs
from tests.support.states import put


def _standing(cast: Cast, person: User | None = None) -> Standing:
    found = standing_of(fresh(person or cast.gwen), cast.review)
    assert found
    return found


def _said(cast: Cast, person: User | None = None) -> tuple[str, Organisation | None, str]:
    found = _standing(cast, person)
    return next(stage.name for stage in found.stages if stage.when == "now"), found.holder, found.step


def _all_done(cast: Cast) -> None:
    for section in cast.report.sections.present():
        sections.mark_done(section, by=cast.amira)


def test_while_it_is_written_the_section_that_is_due_first_is_the_next_step(cast: Cast) -> None:
    assert _said(cast) == ("Writing", cast.bristol, "write section 2, Findings")


def test_an_open_round_is_the_leads_to_close(cast: Cast) -> None:
    rounds.opened(cast, cast.police)

    assert _said(cast) == ("Comments", cast.north_somerset, "close the comment round “Factual accuracy”")
    assert _standing(cast).due_on == rounds.in_days(7)


def test_a_risk_stands_before_everything_else(cast: Cast) -> None:
    _all_done(cast)
    talk.suggested(cast.introduction, cast.piet)
    rounds.risk(cast.introduction, cast.piet)

    assert _said(cast) == ("Comments", cast.north_somerset, "settle 1 comment about a risk of recognising somebody")


def test_then_the_suggestions(cast: Cast) -> None:
    _all_done(cast)
    for by in (cast.piet, cast.bella):
        talk.suggested(cast.introduction, by)

    assert _said(cast) == ("Comments", cast.north_somerset, "decide 2 suggestions")


def test_what_an_organisation_keeps_to_itself_is_not_counted_not_even_for_it(cast: Cast) -> None:
    one_each(cast)
    _all_done(cast)
    talk.suggested(cast.introduction, cast.bella, only_for_us=True)
    rounds.risk(cast.introduction, cast.bella, private=True)

    for person in (cast.amira, cast.bella, cast.gwen):
        assert _said(cast, person)[2] == "read the report through and freeze it: every section is done"


def test_then_the_partnership_for_which_nobody_could_sign(cast: Cast) -> None:
    _all_done(cast)

    assert _said(cast) == ("Comments", cast.north_somerset, "say who signs for it")


def test_then_it_can_be_frozen(cast: Cast) -> None:
    one_each(cast)
    _all_done(cast)

    assert _said(cast) == (
        "Comments",
        cast.north_somerset,
        "read the report through and freeze it: every section is done",
    )


def test_a_frozen_report_waits_for_the_next_seat(cast: Cast) -> None:
    held = one_each(cast)
    version = out_for_signature(cast)
    signs(version, [held["north_somerset"]], by=cast.amira)

    stage, holder, step = _said(cast)

    assert (stage, step) == ("Sign-off", "sign “A joint report about nothing” (1 of 3 seats have signed)")
    assert holder in {cast.bristol, cast.south_gloucestershire}


def test_an_agreed_report_is_to_be_published(cast: Cast) -> None:
    one_each(cast)
    everybody_signs(out_for_signature(cast))

    assert _said(cast) == ("Published", cast.north_somerset, "prepare the publication: every seat has signed")


def test_once_the_report_is_agreed_the_statement_is_the_next_step(cast: Cast) -> None:
    one_each(cast)
    everybody_signs(out_for_signature(cast))

    reports.create(
        cast.review,
        title="A joint statement",
        kind=ReportKind.JOINT_STATEMENT,
        levels={participant(cast.review, cast.south_gloucestershire): Level.VIEW},
        by=cast.amira,
    )

    assert _said(cast)[:2] == ("Writing", cast.north_somerset)


@pytest.mark.parametrize(("state", "stage"), [(ReportState.SCHEDULED, "Published"), (ReportState.PUBLISHED, "Actions")])
def test_afterwards(state: ReportState, stage: str, cast: Cast) -> None:
    put(cast.report, state)

    assert _said(cast)[:2] == (stage, cast.north_somerset)
