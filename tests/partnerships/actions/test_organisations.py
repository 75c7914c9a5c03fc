"""Organisations and their affiliations."""

from datetime import date

import pytest
from django.db import IntegrityError

from accounts.models import AuditEvent
from partnerships.actions import organisations
from partnerships.models import Affiliation
from reviews.models import Review
from tests.support.cast import Cast
from tests.support.checks import fresh, last_event, refused

START, END = date(2020, 4, 1), date(2026, 3, 31)


def _affiliate(cast: Cast) -> Affiliation:
    return organisations.affiliate(partnership=cast.bristol, agency=cast.police, statutory=True, valid_from=START)


def test_creating_one_is_recorded(cast: Cast) -> None:
    assert last_event("organisation.created").organisation_id == cast.police.pk


def test_an_affiliation_is_in_the_trail_of_both(cast: Cast) -> None:
    _affiliate(cast)

    events = AuditEvent.objects.filter(verb="affiliation.added")
    assert {event.organisation_id for event in events} == {cast.bristol.pk, cast.police.pk}


def test_only_an_agency_is_affiliated_and_only_to_a_partnership(cast: Cast) -> None:
    for partnership, agency in ((cast.police, cast.police), (cast.bristol, cast.north_somerset)):
        with refused("joins an agency to a partnership"):
            organisations.affiliate(partnership=partnership, agency=agency, statutory=False, valid_from=START)


def test_the_end_of_an_affiliation_is_in_the_trail_of_both(cast: Cast) -> None:
    affiliation = _affiliate(cast)

    organisations.end_affiliation(affiliation, valid_to=END)

    affiliation.refresh_from_db()
    assert affiliation.valid_to == END
    events = AuditEvent.objects.filter(verb="affiliation.ended")
    assert {event.organisation_id for event in events} == {cast.bristol.pk, cast.police.pk}


def test_an_agency_whose_affiliation_ends_stays_on_its_reviews(cast: Cast) -> None:
    organisations.end_affiliation(_affiliate(cast), valid_to=END)

    assert Review.objects.visible_to(fresh(cast.piet)).exists()


def test_an_affiliation_does_not_end_before_it_began(cast: Cast) -> None:
    affiliation = _affiliate(cast)

    with refused("cannot end before it began"):
        organisations.end_affiliation(affiliation, valid_to=date(2019, 1, 1))
    with pytest.raises(IntegrityError, match="affiliation_ends_after_start"):
        Affiliation.objects.filter(pk=affiliation.pk).update(valid_to=date(2019, 1, 1))
