"""Signing on a page that has stayed open: told what has happened since, and nothing is recorded that it did not mean."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from documents.actions import sign_offs
from documents.models import SignOff, Version
from tests.documents.helpers import said
from tests.documents.signing_form import address, answers, confirmed
from tests.support.cast import PASSWORD, Cast
from tests.support.checks import form_errors
from tests.support.seats import Chairs, police_in_each
from tests.support.signing import opens, out_for_signature, signs

ClientOf = Callable[[User], Client]


@pytest.fixture
def version(cast: Cast, chairs: Chairs) -> Version:
    """Out for signature, and opened by Bella."""
    version = out_for_signature(cast)
    opens(version, cast.bella)
    return version


def test_a_page_that_has_stayed_open_is_told_the_truth(
    cast: Cast, client_of: ClientOf, version: Version, chairs: Chairs
) -> None:
    stale = answers(version, approved=[chairs["bristol"]])
    sign_offs.reopen(cast.report, reason="A name has to go.", by=cast.amira)
    opens(out_for_signature(cast), cast.bella)

    answer = client_of(cast.bella).post(address(cast), stale)

    assert answer.status_code == 422
    assert "Version 1 is not out for signature any more. Amira Test-Okafor opened the report again" in form_errors(answer)
    assert "A name has to go." in form_errors(answer)
    assert not SignOff.objects.exists()


def test_what_ends_the_version_while_the_password_is_asked_for_is_told(
    cast: Cast, client_of: ClientOf, version: Version, chairs: Chairs
) -> None:
    bella = client_of(cast.bella)
    asked = bella.post(address(cast), answers(version, approved=[chairs["bristol"]]))
    sign_offs.reopen(cast.report, reason="A name has to go.", by=cast.amira)
    opens(out_for_signature(cast), cast.bella)

    answer = bella.post(asked["Location"], {"password": PASSWORD, "next": address(cast)}, follow=True)

    assert "Version 1 is not out for signature any more. Amira Test-Okafor opened the report again" in form_errors(answer)
    assert not SignOff.objects.exists()
    # The answer stands where the password was sent to; what is chosen on it has to go to the sheet all the same.
    assert f'action="{address(cast)}"' in answer.content.decode()


def test_the_same_form_sent_again_is_told_that_it_is_recorded(
    cast: Cast, client_of: ClientOf, version: Version, chairs: Chairs
) -> None:
    bella, posted = client_of(cast.bella), answers(version, approved=[chairs["bristol"]])
    confirmed(bella, cast, posted)

    again = bella.post(address(cast), posted, follow=True)

    assert "Your decision has been recorded" in said(again)
    assert SignOff.objects.count() == 1


def test_a_refusal_from_an_old_page_is_not_taken_for_the_approval_that_is_recorded(
    cast: Cast, client_of: ClientOf, version: Version, chairs: Chairs
) -> None:
    bella, stale = client_of(cast.bella), answers(version, declined=[chairs["bristol"]])
    signs(version, [chairs["bristol"]], by=cast.bella)

    answer = bella.post(address(cast), stale)

    assert answer.status_code == 422
    assert "Bella Test-Harbour has signed for Independent chair of Bristol" in form_errors(answer)
    assert "Nothing of what you chose has been recorded" in form_errors(answer)


def test_of_an_old_page_nothing_is_recorded_where_one_of_its_answers_comes_too_late(cast: Cast, client_of: ClientOf) -> None:
    police = police_in_each(cast)
    version = out_for_signature(cast)
    signs(version, [police["bristol"]], by=cast.piet)
    stale = answers(version, declined=[police["bristol"]], approved=[police["north_somerset"]])

    answer = client_of(cast.piet).post(address(cast), stale)

    assert answer.status_code == 422
    assert "has signed for" in form_errors(answer)
    assert SignOff.objects.count() == 1


@pytest.mark.parametrize("pk", ["", "nonsense", "00000000-0000-0000-0000-000000000000"])
def test_a_form_without_its_version_signs_nothing(
    cast: Cast, client_of: ClientOf, version: Version, chairs: Chairs, pk: str
) -> None:
    answer = client_of(cast.bella).post(address(cast), answers(version, approved=[chairs["bristol"]]) | {"version": pk})

    assert "Load it again" in form_errors(answer)
    assert not SignOff.objects.exists()
