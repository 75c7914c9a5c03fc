"""Saying what each organisation may do with a report."""

from django.urls import reverse

from documents.actions import grants
from partnerships.grants import Level
from tests.documents.helpers import ClientOf, level_of, opened, participant, said
from tests.support import states
from tests.support.cast import Cast
from tests.support.checks import form_errors


def address(cast: Cast) -> str:
    return reverse("report_access", args=[cast.report.pk])


def field(cast: Cast, name: str) -> str:
    return f"level-{participant(cast.review, getattr(cast, name)).pk}"


def test_shows_the_levels_as_they_are(cast: Cast, client_of: ClientOf) -> None:
    posted = opened(client_of(cast.amira), address(cast))

    found = {name: posted[field(cast, name)] for name in ("bristol", "south_gloucestershire", "police")}
    assert found == {"bristol": "3", "south_gloucestershire": "1", "police": "2"}
    assert field(cast, "north_somerset") not in posted


def test_sets_them_at_once(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.amira)
    changed = {field(cast, "bristol"): "", field(cast, "police"): str(Level.EDIT.value)}

    answer = client.post(address(cast), opened(client, address(cast)) | changed, follow=True)

    assert said(answer) == "Who may do what has been saved. It holds from now on."
    assert level_of(cast.bella, cast.introduction) is None
    assert level_of(cast.piet, cast.introduction) == Level.EDIT
    assert level_of(cast.gwen, cast.introduction) == Level.VIEW


def test_a_form_that_is_out_of_date_gives_nothing_back_that_was_taken_away(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.amira)
    stale = opened(client, address(cast)) | {field(cast, "police"): "3"}
    grants.set_report_level(cast.report, participant(cast.review, cast.bristol), None, by=cast.amira)

    answer = client.post(address(cast), stale)

    assert answer.status_code == 422
    assert "Somebody else has changed this since you opened it. Now it says: " in form_errors(answer)
    assert "Bristol Partnership – No access" in form_errors(answer)
    assert level_of(cast.bella, cast.introduction) is None
    assert level_of(cast.piet, cast.introduction) == Level.COMMENT


def test_whoever_has_seen_what_holds_now_can_save_again(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.amira)
    stale = opened(client, address(cast))
    grants.set_report_level(cast.report, participant(cast.review, cast.bristol), None, by=cast.amira)
    shown = client.post(address(cast), stale).context["form"]

    answer = client.post(address(cast), {one.html_name: one.value() or "" for one in shown})

    assert answer.status_code == 302
    assert level_of(cast.bella, cast.introduction) == Level.EDIT


def test_an_empty_form_takes_nothing_away(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.amira).post(address(cast), {"anything": "1"})

    assert answer.status_code == 422
    assert level_of(cast.bella, cast.introduction) == Level.EDIT


def test_a_refusal_saves_nothing_of_it(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.amira)
    posted = opened(client, address(cast)) | {field(cast, "bristol"): "1", field(cast, "police"): "3"}
    states.freeze(cast.report)

    answer = client.post(address(cast), posted)

    assert answer.status_code == 422
    assert "frozen for signature" in form_errors(answer)
    assert dict(cast.report.grants.values_list("participant__organisation__slug", "level")) == {
        "nsscp": 3,
        "kbsp": 3,
        "sgcp": 1,
        "police": 2,
    }
