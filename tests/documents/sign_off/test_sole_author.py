"""Who wrote all of a text cannot be the only person who approves it for their partnership: the log says who wrote."""

import pytest

from documents.actions import restrictions, versions
from documents.models import SignOff, Version
from documents.sign_off.sole_author import sole_author
from partnerships.actions import seats
from tests.documents.helpers import write
from tests.support.cast import Cast
from tests.support.checks import refused
from tests.support.seats import LONG_AGO, one_each, seat
from tests.support.signing import opens, signs


def frozen(cast: Cast) -> Version:
    restrictions.release(cast.restricted_listed, by=cast.amira)
    return versions.freeze(cast.report, name="For signature", by=cast.amira)


def test_the_one_who_wrote_everything_is_found_in_the_log(cast: Cast) -> None:
    one_each(cast)
    write(cast.introduction, "One.", by=cast.bella)
    write(cast.findings, "Two.", by=cast.bella)

    assert sole_author(frozen(cast)) == cast.bella.pk


def test_one_word_of_somebody_else_is_enough(cast: Cast) -> None:
    one_each(cast)
    write(cast.introduction, "One.", by=cast.bella)
    write(cast.introduction, "Two.", by=cast.ned)

    assert sole_author(frozen(cast)) is None


def test_a_text_without_words_has_no_author(cast: Cast) -> None:
    one_each(cast)

    assert sole_author(frozen(cast)) is None


def test_the_sole_author_is_not_the_sole_signatory(cast: Cast) -> None:
    chairs = one_each(cast)
    write(cast.introduction, "All of it.", by=cast.bella)
    version = frozen(cast)
    opens(version, cast.bella)

    with refused("You wrote all of this text, so somebody else has to sign for Bristol Partnership too"):
        signs(version, [chairs["bristol"]], by=cast.bella)


def test_who_wrote_none_of_it_signs_alone(cast: Cast) -> None:
    chairs = one_each(cast)
    write(cast.introduction, "All of it.", by=cast.ned)

    signs(frozen(cast), [chairs["bristol"]], by=cast.bella)

    assert SignOff.objects.count() == 1


def test_the_sole_author_signs_beside_somebody_else(cast: Cast) -> None:
    chairs = one_each(cast)
    council = seat(cast.bristol, "Council", cast.bo, by=cast.bella)
    write(cast.introduction, "All of it.", by=cast.bella)
    version = frozen(cast)

    signs(version, [chairs["bristol"]], by=cast.bella)
    signs(version, [council], by=cast.bo)

    assert SignOff.objects.count() == 2


@pytest.mark.parametrize("first", ["Independent chair", "Council"])
def test_the_sole_author_does_not_give_the_last_of_their_own_signatures(cast: Cast, first: str) -> None:
    chairs = one_each(cast)
    council = seat(cast.bristol, "Council", cast.bo, by=cast.bella)
    seats.remove(council.holders.get(), by=cast.bella)
    seats.appoint(council, user=cast.bella, valid_from=LONG_AGO, by=cast.bella)
    write(cast.introduction, "All of it.", by=cast.bella)
    version = frozen(cast)
    order = sorted([chairs["bristol"], council], key=lambda one: one.name != first)
    signs(version, order[:1], by=cast.bella)

    with refused("You wrote all of this text"):
        signs(version, order[1:], by=cast.bella)
