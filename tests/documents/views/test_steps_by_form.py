"""State × form: a page that has stayed open takes no step that the table of transitions does not have; it says why."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from documents.actions import sign_offs
from documents.lifecycle import FREEZE, REOPEN
from documents.models import ReportState, SignOff, Version
from tests.support import states
from tests.support.cast import Cast
from tests.support.checks import form_errors
from tests.support.seats import one_each
from tests.support.signing import opens, out_for_signature, required

ClientOf = Callable[[User], Client]
LATER = [state for state in ReportState if state not in (ReportState.DRAFTING, ReportState.FROZEN)]
# The step, the address of its form, and what is sent.
FORMS = [(FREEZE, "report_freeze", {"name": "Again"}), (REOPEN, "report_reopen", {"reason": "A name has to go."})]


@pytest.mark.parametrize("state", ReportState)
def test_a_lead_is_refused_every_step_that_does_not_begin_there(
    cast: Cast, client_of: ClientOf, state: ReportState, subtests: pytest.Subtests
) -> None:
    states.put(cast.report, state)

    for step, address, posted in FORMS:
        if state in step.origins:
            continue
        with subtests.test(step=step.name):
            answer = client_of(cast.amira).post(reverse(address, args=[cast.report.pk]), posted)

            assert answer.status_code == 422
            assert f"This report is {state.label.lower()}" in form_errors(answer)
            cast.report.refresh_from_db()
            assert cast.report.state == state
            assert cast.report.versions.count() == 1


@pytest.mark.parametrize("state", LATER)
def test_nobody_signs_a_version_that_is_not_out_for_signature(cast: Cast, client_of: ClientOf, state: ReportState) -> None:
    chair = one_each(cast)["bristol"]
    version = states.put(cast.report, state)
    opens(version, cast.bella)
    posted = {"version": str(version.pk), f"decision-{chair.pk}": "approved"}

    answer = client_of(cast.bella).post(reverse("report_sign_off", args=[cast.report.pk]), posted)

    assert answer.status_code == 422
    assert "There is no seat that you can sign for now" in form_errors(answer)
    assert not SignOff.objects.exists()


def test_nobody_signs_a_draft(cast: Cast, client_of: ClientOf) -> None:
    version, posted = _opened_again(cast)

    answer = client_of(cast.bella).post(reverse("report_sign_off", args=[cast.report.pk]), posted)

    assert answer.status_code == 422
    assert f"Version {version.number} is not out for signature any more" in form_errors(answer)
    assert not SignOff.objects.exists()


def _opened_again(cast: Cast) -> tuple[Version, dict[str, str]]:
    """A version that was out and has ended, and what a page that shows it would send."""
    chair = one_each(cast)["bristol"]
    version = out_for_signature(cast)
    opens(version, cast.bella)
    sign_offs.reopen(cast.report, reason="A name has to go.", by=cast.amira)
    return version, {"version": str(version.pk), f"decision-{required(version, chair).pk}": "approved"}
