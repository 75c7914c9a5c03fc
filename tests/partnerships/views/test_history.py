"""The audit trail of one's own organisation."""

from collections.abc import Callable

from django.test import Client

from accounts.audit import record
from accounts.models import User
from partnerships.actions import memberships
from tests.partnerships.helpers import ADMIN, employ_by_the_police_too, membership, queries_of, text_of
from tests.support.cast import Cast

ClientOf = Callable[[User], Client]
HERE = "/organisation/history/"


def test_says_in_plain_words_who_did_what(cast: Cast, client_of: ClientOf) -> None:
    memberships.change_role(membership(cast.bo), ADMIN, by=cast.bella)

    page = text_of(client_of(cast.bella).get(HERE))

    assert "changed the role of Bo Test-Quay from member to administrator" in page
    assert "membership.role_changed" not in page


def test_holds_what_was_done_in_the_organisations_name_and_no_other(cast: Cast, client_of: ClientOf) -> None:
    memberships.change_role(membership(cast.ned), ADMIN, by=cast.amira)

    assert "Ned Test-Ashby" in text_of(client_of(cast.amira).get(HERE))
    assert "Ned Test-Ashby" not in text_of(client_of(cast.bella).get(HERE))


def test_holds_when_its_people_signed_in(cast: Cast, client_of: ClientOf) -> None:
    record("user.signed_in", by=cast.bo, obj=cast.bo, methods=["password"])

    assert "signed in" in text_of(client_of(cast.bella).get(HERE))
    assert "Bo Test-Quay" not in text_of(client_of(cast.amira).get(HERE))


def test_has_pages_and_stays_with_the_organisation_named(cast: Cast, client_of: ClientOf) -> None:
    employ_by_the_police_too(cast, cast.bella, ADMIN)
    for _ in range(60):
        record("review.read", by=cast.piet, organisation=cast.police.pk)
    client = client_of(cast.bella)

    first = client.get(HERE, {"of": "police"})
    assert len(first.context["lines"]) == 50
    assert "?of=police&amp;page=2" in text_of(first)
    second = client.get(HERE, {"of": "police", "page": "2"})
    assert len(second.context["lines"]) > 10
    assert second.context["organisation"] == cast.police


def test_a_page_that_does_not_exist_is_the_nearest_one(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.bella)

    for page in ("0", "-1", "99999999999999999999", "two", "\x00"):
        assert client.get(HERE, {"page": page}).status_code == 200


def test_costs_the_same_for_few_events_and_for_a_full_page(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.gwen)
    few = queries_of(lambda: client.get(HERE))

    for person in (cast.gwen, cast.bella, cast.bo, cast.ned) * 10:
        record("membership.deactivated", by=cast.gwen, organisation=cast.south_gloucestershire.pk, person=str(person.pk))

    assert queries_of(lambda: client.get(HERE)) == few
