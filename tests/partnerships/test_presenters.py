"""The audit trail in sentences."""

import ast
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.audit import record
from accounts.models import AuditEvent
from partnerships import presenters
from partnerships.actions import invitations, memberships, organisations
from partnerships.models import TeamRole
from reviews.actions import teams
from reviews.models import TeamMember
from tests.partnerships.actions.test_organisations import START
from tests.partnerships.helpers import ADMIN, NEW, invite, membership
from tests.support.cast import Cast

ROOMS = ["accounts", "partnerships", "reviews", "documents"]


def _latest() -> presenters.Line:
    return presenters.lines([AuditEvent.objects.first() or AuditEvent()])[0]


def test_names_people_and_roles_in_words(cast: Cast) -> None:
    memberships.change_role(membership(cast.bo), ADMIN, by=cast.bella)

    line = _latest()
    assert (line.actor, line.organisation) == ("Bella Test-Harbour", cast.bristol)
    assert line.did == "changed the role of Bo Test-Quay from member to administrator"


def test_names_the_address_of_an_invitation(cast: Cast) -> None:
    invite(cast)

    assert _latest().did == f"invited {NEW} as member"


def test_names_both_sides_of_an_affiliation(cast: Cast) -> None:
    organisations.affiliate(partnership=cast.bristol, agency=cast.police, statutory=True, valid_from=START)

    assert _latest().did == "recorded that Avon and Somerset Police works in Bristol Partnership"


def test_whoever_declines_by_a_link_is_not_called_the_portal(cast: Cast) -> None:
    invitations.decline(invite(cast).invitation)

    assert (_latest().actor, _latest().did) == ("The person invited", f"declined the invitation sent to {NEW}")


def test_what_nobody_did_was_done_by_the_portal(cast: Cast) -> None:
    record("grants.repaired", by=None)

    assert (_latest().actor, _latest().did) == ("The portal", "made access what it should be")


def test_names_whose_account_was_closed_and_whose_sessions_ended(cast: Cast) -> None:
    memberships.deactivate(membership(cast.bo), by=cast.bella)

    lines = presenters.lines(list(AuditEvent.objects.all()[:3]))

    assert [line.did for line in lines] == [
        "deactivated Bo Test-Quay",
        "closed the account of Bo Test-Quay",
        "signed Bo Test-Quay out everywhere",
    ]


def test_an_unknown_verb_is_shown_as_its_words(cast: Cast) -> None:
    record("some_thing.marked_done", by=cast.bo, person="not an id")

    assert _latest().did == "some thing: marked done"


def test_somebody_who_cannot_be_named_is_somebody(cast: Cast) -> None:
    record("membership.deactivated", by=cast.bella, person="{actor}")

    assert _latest().did == "deactivated somebody"


def test_costs_three_queries_however_many_lines(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    place = TeamMember.objects.select_related("participant", "user").get(user=cast.bo)
    for role in (TeamRole.AUTHOR, TeamRole.LEAD, TeamRole.OBSERVER):
        teams.change_role(place, role, by=cast.bella)
    invite(cast)
    everything = list(AuditEvent.objects.all())

    for events in (everything[:3], everything):
        with django_assert_num_queries(3):
            presenters.lines(events)


@pytest.mark.no_database
def test_every_verb_that_is_recorded_has_its_sentence() -> None:
    root = Path(__file__).resolve().parents[2]
    files = [path for room in ROOMS for path in (root / room).rglob("*.py")]

    verbs = {verb for path in files for verb in _verbs(ast.parse(path.read_text(encoding="utf-8")))}

    assert "review.opened" in verbs
    assert verbs - presenters._SENTENCES.keys() == set()


def _verbs(tree: ast.Module) -> set[str]:
    """The first arguments of every call of `record` or `_record` in a file."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]
    first = [call.args[0] for call in calls if isinstance(call.func, ast.Name) and call.func.id in {"record", "_record"}]
    return {arg.value for arg in first if isinstance(arg, ast.Constant) and isinstance(arg.value, str)}
