"""The who line, in words."""

import pytest

from documents.models import Restriction, Section
from documents.wording import names, who_line
from partnerships.grants import Level
from partnerships.models import Organisation

pytestmark = pytest.mark.no_database

NORTH, BRISTOL, SOUTH, POLICE, HEALTH = (
    Organisation(short_name=name) for name in ("North Somerset", "Bristol", "South Gloucestershire", "Police", "Health")
)


@pytest.mark.parametrize(
    ("listed", "words"),
    [
        ([BRISTOL], "Bristol"),
        ([BRISTOL, NORTH], "Bristol and North Somerset"),
        ([NORTH, BRISTOL, SOUTH], "North Somerset, Bristol and South Gloucestershire"),
    ],
)
def test_names_read_as_a_sentence(listed: list[Organisation], words: str) -> None:
    assert names(listed) == words


def test_says_who_writes_and_who_reads() -> None:
    levels = {NORTH: Level.EDIT, BRISTOL: Level.EDIT, SOUTH: Level.VIEW}

    who = who_line(Section(assigned_to=BRISTOL), Level.EDIT, levels, everyone=3)

    assert who.you == "You can write here."
    assert who.writers == "Bristol writes it; North Somerset can write too."
    assert who.readers == "Everyone on the review can read it."
    assert who.by_level == [(Level.EDIT, [NORTH, BRISTOL]), (Level.VIEW, [SOUTH])]


def test_names_the_readers_where_they_are_not_everyone() -> None:
    who = who_line(Section(), Level.COMMENT, {NORTH: Level.EDIT, SOUTH: Level.VIEW}, everyone=3)

    assert who.you == "You can read and comment here."
    assert who.writers == "North Somerset writes it."
    assert who.readers == "North Somerset and South Gloucestershire can read it."


def test_counts_many_writers() -> None:
    levels = dict.fromkeys([NORTH, BRISTOL, SOUTH, POLICE, HEALTH], Level.EDIT)

    assert who_line(Section(), Level.EDIT, levels, everyone=5).writers == "5 organisations can write it."


def test_an_assigned_organisation_that_cannot_write_is_not_said_to_write() -> None:
    levels = {NORTH: Level.EDIT, BRISTOL: Level.VIEW}

    assert who_line(Section(assigned_to=BRISTOL), Level.VIEW, levels, everyone=2).writers == "North Somerset writes it."


def test_says_that_nobody_can_write() -> None:
    assert who_line(Section(), Level.VIEW, {NORTH: Level.VIEW}, everyone=1).writers == "Nobody can write here now."


@pytest.mark.parametrize(
    ("restriction", "words"),
    [
        (Restriction.LISTED, "The others see its number and title, not its text."),
        (Restriction.HIDDEN, "Nobody else can see that this section exists."),
    ],
)
def test_says_what_the_others_see_of_a_restricted_section(restriction: Restriction, words: str) -> None:
    who = who_line(Section(restriction=restriction), Level.EDIT, {NORTH: Level.EDIT}, everyone=2)

    assert who.readers == words
