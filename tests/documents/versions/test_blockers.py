"""What stands in the way of freezing: told on the page with links, and asked again when the report is frozen."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Notification, User
from documents.actions import dispositions, grants, restrictions, rounds, sections, suggestions, threads, versions
from documents.models import Disposition, Restriction, Thread, ThreadKind
from documents.notification_kinds import OWN_RISK_OPEN
from documents.threads.drafts import Draft, Passage
from documents.versions.blockers import Obstacle, blockers_of
from partnerships.actions import seats
from partnerships.grants import Level
from tests.documents.helpers import participant
from tests.documents.versions_helpers import ready
from tests.support.cast import Cast
from tests.support.checks import fresh, refused


def found(cast: Cast, by: User | None = None) -> list[tuple[Obstacle, str, str]]:
    return [(one.obstacle, one.words, one.url) for one in blockers_of(cast.report, fresh(by or cast.amira))]


def opened(cast: Cast, by: User, kind: ThreadKind = ThreadKind.IDENTIFICATION_RISK, **more: object) -> Thread:
    draft = Draft(**{"kind": kind, "text": "Her street is named.", "only_for_us": False, **more})  # type: ignore[arg-type]
    return threads.open(cast.findings, draft, by=by)


def suggested(cast: Cast, by: User, *, only_for_us: bool = False) -> Thread:
    passage = Passage(b"\0", b"\0", "Nobody brought it together.")
    more = {"text": "", "passage": passage, "replacement": "Nobody had the whole picture."}
    return opened(cast, by, ThreadKind.GENERAL, only_for_us=only_for_us, **more)


def test_where_all_is_settled_nothing_stands_in_the_way(cast: Cast) -> None:
    ready(cast)

    assert found(cast) == []


def test_an_open_suggestion(cast: Cast) -> None:
    ready(cast)
    thread = suggested(cast, cast.piet)

    address = reverse("thread", args=[thread.pk])
    assert found(cast) == [(Obstacle.SUGGESTION, "“Findings”, about “Nobody brought it together.”", address)]

    suggestions.decline(thread, by=cast.bella)
    assert found(cast) == []


def test_an_open_comment_about_a_risk(cast: Cast) -> None:
    ready(cast)
    thread = opened(cast, cast.piet)

    address = reverse("thread", args=[thread.pk])
    assert found(cast) == [(Obstacle.RISK, "“Findings”, about the whole section", address)]

    threads.resolve(thread, by=cast.bella)
    assert found(cast) == []


def test_any_other_comment_is_no_obstacle(cast: Cast) -> None:
    ready(cast)
    opened(cast, cast.piet, ThreadKind.SUBSTANTIVE)

    assert found(cast) == []


@pytest.mark.parametrize("made", [opened, suggested])
def test_what_another_organisation_keeps_to_itself_blocks_nothing(cast: Cast, made: Callable[..., Thread]) -> None:
    ready(cast)
    made(cast, cast.bella, only_for_us=True)

    assert found(cast) == []


def test_one_s_own_organisation_s_risk_blocks(cast: Cast) -> None:
    ready(cast)
    opened(cast, cast.ned, only_for_us=True)

    assert [obstacle for obstacle, _, _ in found(cast)] == [Obstacle.RISK]


def test_the_organisation_that_keeps_a_risk_to_itself_is_told_when_the_report_is_frozen(cast: Cast) -> None:
    ready(cast)
    thread = opened(cast, cast.bella, only_for_us=True)

    versions.freeze(cast.report, name="For signature", by=cast.amira)

    told = Notification.objects.filter(kind=OWN_RISK_OPEN)
    assert {(one.to, one.url) for one in told} == {
        (person, reverse("thread", args=[thread.pk])) for person in (cast.bella, cast.bo)
    }


def test_a_risk_in_a_hidden_section_blocks_nothing(cast: Cast) -> None:
    ready(cast)
    draft = Draft("A street.", kind=ThreadKind.IDENTIFICATION_RISK)
    threads.open(cast.restricted_hidden, draft, by=cast.bella)

    assert found(cast) == []


def test_a_listed_section_that_somebody_cannot_read(cast: Cast) -> None:
    ready(cast)
    levels = {participant(cast.review, cast.north_somerset): Level.EDIT}
    restrictions.restrict(cast.introduction, restriction=Restriction.LISTED, levels=levels, by=cast.amira)

    address = reverse("section_release", args=[cast.introduction.pk])
    assert found(cast) == [(Obstacle.RESTRICTED, "“Introduction”", address)]


def test_a_partnership_that_cannot_open_the_report(cast: Cast) -> None:
    ready(cast)
    grants.set_report_level(cast.report, participant(cast.review, cast.south_gloucestershire), None, by=cast.amira)

    assert (Obstacle.ACCESS, reverse("report_access", args=[cast.report.pk])) in [(one, url) for one, _, url in found(cast)]


def test_seats_that_nobody_can_sign_for(cast: Cast) -> None:
    ready(cast)
    seats.add(cast.bristol, name="Health", by=cast.bella)

    (obstacle, words, address) = found(cast)[0]
    assert (obstacle, address) == (Obstacle.SEAT, reverse("report_sign_off", args=[cast.report.pk]))
    assert words.startswith("Health of Bristol: nobody holds this seat today.")


def test_a_risk_of_the_open_round_without_a_disposition(cast: Cast) -> None:
    ready(cast)
    asked = [participant(cast.review, cast.police)]
    tomorrow: date = timezone.localdate() + timedelta(days=1)
    rounds.open(cast.report, name="Facts", closes_on=tomorrow, participants=asked, by=cast.amira)
    thread = opened(cast, cast.piet)
    threads.resolve(thread, by=cast.bella)

    assert [obstacle for obstacle, _, _ in found(cast)] == [Obstacle.ROUND]

    dispositions.dispose(thread, disposition=Disposition.NOTED, reason="Seen.", by=cast.amira)
    assert found(cast) == []


def test_a_report_without_sections(cast: Cast) -> None:
    ready(cast)
    for section in (cast.introduction, cast.findings, cast.restricted_listed):
        sections.delete(section, by=cast.amira)

    assert [obstacle for obstacle, _, _ in found(cast)] == [Obstacle.TEXT]


def test_freezing_is_refused_while_anything_stands_in_the_way(cast: Cast) -> None:
    ready(cast)
    opened(cast, cast.piet)
    suggested(cast, cast.piet)

    with refused("there are 2 things to settle first"):
        versions.freeze(cast.report, name="For signature", by=cast.amira)
