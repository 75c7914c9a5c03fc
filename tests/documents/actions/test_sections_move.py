"""Putting sections in order."""

from random import Random

from documents.actions import reports, sections
from documents.models import ReportKind
from tests.documents.helpers import titles
from tests.support import states
from tests.support.cast import Cast
from tests.support.checks import last_event, nothing_changes, refused

ALL = ["Introduction", "Findings", "Restricted and listed", "Restricted and hidden"]


def test_goes_directly_after_another(cast: Cast) -> None:
    sections.move(cast.introduction, after=cast.findings, by=cast.amira)

    assert titles(cast.report) == ["Findings", "Introduction", *ALL[2:]]
    event = last_event("section.moved")
    assert (event.object_id, event.data["after"]) == (str(cast.introduction.pk), str(cast.findings.pk))


def test_goes_to_the_top(cast: Cast) -> None:
    sections.move(cast.restricted_hidden, after=None, by=cast.amira)

    assert titles(cast.report) == [ALL[3], *ALL[:3]]


def test_asking_twice_moves_once(cast: Cast) -> None:
    sections.move(cast.introduction, after=cast.findings, by=cast.amira)

    with nothing_changes():
        sections.move(cast.introduction, after=cast.findings, by=cast.amira)


def test_moving_past_a_hidden_section_needs_no_knowledge_of_it(cast: Cast) -> None:
    last = sections.add(cast.report, title="Last", by=cast.amira)

    sections.move(last, after=cast.restricted_listed, by=cast.amira)

    assert titles(cast.report) == [*ALL[:3], "Last", ALL[3]]


def test_a_deleted_section_keeps_its_place(cast: Cast) -> None:
    sections.delete(cast.findings, by=cast.amira)
    sections.move(cast.restricted_listed, after=None, by=cast.amira)

    sections.restore(cast.findings, by=cast.amira)

    assert titles(cast.report) == [ALL[2], ALL[0], ALL[1], ALL[3]]


def test_positions_stay_one_two_three_whatever_is_done(cast: Cast) -> None:
    dice, listed = Random(8), list(cast.report.sections.present())  # noqa: S311

    for _ in range(30):
        section, after = dice.sample([*listed, None], 2)
        if section is not None:
            sections.move(section, after=after, by=cast.amira)

    positions = list(cast.report.sections.order_by("position").values_list("position", flat=True))
    assert positions == [1, 2, 3, 4, 5]


def test_refuses_a_place_after_itself(cast: Cast) -> None:
    with refused("cannot come after itself"):
        sections.move(cast.findings, after=cast.findings, by=cast.amira)


def test_refuses_a_place_in_another_report(cast: Cast) -> None:
    other = reports.create(cast.review, title="Other", kind=ReportKind.BRIEFING, levels={}, by=cast.amira)
    foreign = sections.add(other, title="Foreign", by=cast.amira)

    with refused("belongs to another report"):
        sections.move(cast.findings, after=foreign, by=cast.amira)


def test_refuses_a_deleted_section(cast: Cast) -> None:
    with refused("This section has been deleted"):
        sections.move(cast.deleted, after=None, by=cast.amira)


def test_refuses_a_frozen_report(cast: Cast) -> None:
    states.freeze(cast.report)

    with refused("frozen for signature"):
        sections.move(cast.findings, after=None, by=cast.amira)
