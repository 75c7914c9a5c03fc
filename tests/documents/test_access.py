"""Who gets which report and section, and how the others are turned away."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from documents import access
from documents.actions import sections
from partnerships.grants import Level
from reviews.models import ReviewState
from tests.documents.helpers import level_of
from tests.support import states
from tests.support.cast import Cast
from tests.support.checks import fresh

E, C, V, NONE = Level.EDIT, Level.COMMENT, Level.VIEW, None
LEVELS = {
    # who: introduction, findings, restricted and listed, restricted and hidden
    "amira": (E, E, E, NONE),
    "ned": (E, E, E, NONE),
    "nora": (C, C, C, NONE),
    "bella": (E, E, E, E),
    "bo": (V, V, V, V),
    "gwen": (V, V, NONE, NONE),
    "piet": (C, C, NONE, NONE),
    "olive": (NONE, NONE, NONE, NONE),
    "sid": (NONE, NONE, NONE, NONE),
    "rita": (NONE, NONE, NONE, NONE),
}


@pytest.mark.parametrize("who", LEVELS)
def test_level_on_is_the_lower_of_the_organisations_level_and_the_persons_role(cast: Cast, who: str) -> None:
    person = getattr(cast, who)

    found = tuple(
        level_of(person, section)
        for section in (cast.introduction, cast.findings, cast.restricted_listed, cast.restricted_hidden)
    )

    assert found == LEVELS[who]


@pytest.mark.parametrize("who", ["olive", "sid", "rita"])
def test_a_report_does_not_exist_for_strangers(cast: Cast, who: str) -> None:
    with pytest.raises(Http404):
        access.report_for(getattr(cast, who), cast.report.pk)


def test_a_reader_is_refused_what_only_writers_may_do(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        access.report_for(cast.gwen, cast.report.pk, at_least=Level.EDIT)
    with pytest.raises(PermissionDenied):
        access.section_for(cast.gwen, cast.introduction.pk, at_least=Level.COMMENT)


@pytest.mark.parametrize("section", ["restricted_listed", "restricted_hidden"])
def test_the_text_of_a_restricted_section_does_not_exist_for_others(cast: Cast, section: str) -> None:
    with pytest.raises(Http404):
        access.section_for(cast.gwen, getattr(cast, section).pk)


def test_only_a_lead_of_the_lead_organisation_manages(cast: Cast) -> None:
    assert access.managed_report_for(cast.amira, cast.report.pk) == cast.report
    for person in (cast.ned, cast.bella):
        with pytest.raises(PermissionDenied):
            access.managed_report_for(person, cast.report.pk)


def test_a_lead_cannot_find_a_section_that_is_hidden_from_their_organisation(cast: Cast) -> None:
    with pytest.raises(Http404):
        access.managed_section_for(cast.amira, cast.restricted_hidden.pk)


def test_a_writer_can_release_a_section_that_is_hidden_from_the_lead(cast: Cast) -> None:
    assert access.releasable_section_for(cast.bella, cast.restricted_hidden.pk) == cast.restricted_hidden
    with pytest.raises(PermissionDenied):
        access.releasable_section_for(cast.bo, cast.restricted_hidden.pk)


def test_only_writers_of_the_assigned_organisation_and_leads_finish_a_section(cast: Cast) -> None:
    assert access.finishable_section_for(cast.bella, cast.findings.pk) == cast.findings
    assert access.finishable_section_for(cast.amira, cast.findings.pk) == cast.findings
    for person in (cast.ned, cast.bo, cast.gwen):
        with pytest.raises(PermissionDenied):
            access.finishable_section_for(person, cast.findings.pk)


def test_an_unassigned_section_belongs_to_nobody_but_the_lead(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        access.finishable_section_for(cast.bella, cast.introduction.pk)


def test_a_deleted_section_is_gone_for_everybody(cast: Cast) -> None:
    sections.delete(cast.findings, by=cast.amira)

    assert level_of(cast.bella, cast.findings) is None
    with pytest.raises(Http404):
        access.section_for(fresh(cast.amira), cast.findings.pk)


def test_a_frozen_report_can_be_commented_on_and_no_more(cast: Cast) -> None:
    states.freeze(cast.report)

    assert level_of(cast.bella, cast.introduction) == Level.COMMENT
    assert level_of(cast.gwen, cast.introduction) == Level.VIEW


def test_a_closed_review_can_only_be_read(cast: Cast) -> None:
    cast.review.state = ReviewState.CLOSED
    cast.review.save()

    assert level_of(cast.bella, cast.introduction) == Level.VIEW


def test_levels_on_costs_the_same_for_one_section_and_for_all(cast: Cast, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    everything = list(cast.report.sections.present())
    report = access.report_for(fresh(cast.bella), cast.report.pk)

    for listed in (everything[:1], everything):
        user = fresh(cast.bella)
        with django_assert_num_queries(4):
            access.levels_on(user, report, listed)
