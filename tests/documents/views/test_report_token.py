"""A new token for a socket."""

from django.urls import reverse

from documents.coedit.tokens import read_token
from tests.documents.helpers import ClientOf
from tests.support.cast import Cast
from tests.support.checks import last_event


def test_names_the_person_their_session_and_this_report(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.gwen)

    answer = client.get(reverse("report_token", args=[cast.report.pk])).json()

    claims = read_token(answer["token"].encode())
    assert (claims.user_id, claims.report_id) == (cast.gwen.pk, cast.report.pk)
    assert claims.session_key == client.session.session_key


def test_shows_no_session_key_to_scripts(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.gwen)

    answer = client.get(reverse("report_token", args=[cast.report.pk]))

    assert str(client.session.session_key) not in answer.content.decode()


def test_is_recorded_as_reading(cast: Cast, client_of: ClientOf) -> None:
    client_of(cast.bo).get(reverse("report_token", args=[cast.report.pk]))

    event = last_event("report.read")
    assert (event.actor_id, event.data["view"]) == (cast.bo.pk, "token")
    assert event.data["restricted"] == [str(cast.restricted_listed.pk), str(cast.restricted_hidden.pk)]
