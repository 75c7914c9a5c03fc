"""/sections/<pk>/threads/: commenting, by the page's script or by a form."""

import json
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from documents.actions import sections
from documents.models import Section, Thread
from tests.documents.helpers import said
from tests.documents.talk import sent
from tests.support.cast import Cast
from tests.support.checks import form_errors
from tests.support.states import freeze

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
ANCHOR = {"start": "AQ==", "end": "Ag==", "quote": "the words", "before": "b" * 90, "after": "a" * 90}


def post(client: Client, section: Section, body: Any) -> Any:
    content = body if isinstance(body, (str, bytes)) else json.dumps(body)
    return client.post(reverse("section_threads", args=[section.pk]), content, content_type="application/json")


def test_a_comment_is_answered_with_its_thread(cast: Cast, client_of: ClientOf) -> None:
    body = sent(anchor=ANCHOR, kind="substantive", only_for_us=True, mentions=[{"user": str(cast.bo.pk)}])

    answer = post(client_of(cast.bella), cast.introduction, body)

    told = answer.json()
    assert answer.status_code == 201
    assert (told["kind"], told["onlyFor"]["shortName"], told["isMine"]) == ("substantive", "Bristol", True)
    assert told["anchor"] == ANCHOR | {"before": "b" * 80, "after": "a" * 80}
    assert told["comments"][0]["mentions"] == ["Bo Test-Quay"]


def test_a_suggestion_is_made_the_same_way(cast: Cast, client_of: ClientOf) -> None:
    answer = post(client_of(cast.piet), cast.introduction, sent(anchor=ANCHOR, text="", replacement=""))

    assert answer.json()["suggestion"]["replacement"] == ""
    assert answer.json()["may"]["withdraw"]


def test_bad_input_is_refused_by_its_field(cast: Cast, client_of: ClientOf) -> None:
    body = sent(text="x" * 100_000, kind="rude", mentions=[{"user": str(cast.olive.pk)}])

    answer = post(client_of(cast.piet), cast.introduction, body)

    assert answer.status_code == 400
    assert answer.json()["errors"] == {
        "text": "The comment has 100,000 characters. Shorten it to 10,000 or fewer.",
        "kind": "Choose what kind of comment this is.",
    }


@pytest.mark.parametrize(
    "body",
    [
        "[]",
        "nonsense",
        b"\xff",
        "[" * 100_000,
        sent(text=["no text"]),
        sent(anchor="no anchor"),
        sent(anchor={"start": "%", "end": "%"}),
        sent(anchor=ANCHOR | {"quote": 7}),
        sent(mentions="all"),
        sent(mentions=[{}]),
        sent(mentions=["ned"]),
        sent(mentions=[{"user": "ned"}]),
        sent(mentions=[{"user": "ned"}] * 51),
    ],
    ids=lambda body: str(body)[:40],
)
def test_what_no_page_sends_is_refused(body: Any, cast: Cast, client_of: ClientOf) -> None:
    answer = post(client_of(cast.piet), cast.introduction, body)

    assert answer.status_code == 400
    assert answer.json()["errors"]
    assert not Thread.objects.exists()


def test_a_section_that_was_deleted_a_moment_ago_says_so(cast: Cast, client_of: ClientOf) -> None:
    sections.delete(cast.findings, by=cast.amira)

    answer = post(client_of(cast.piet), cast.findings, sent())

    assert answer.status_code == 409
    assert answer.json()["errors"][""].startswith("This section has been deleted.")


@pytest.mark.parametrize(("person", "status"), [("gwen", 403), ("olive", 404)])
def test_but_not_to_those_who_could_not_comment_on_it(person: str, status: int, cast: Cast, client_of: ClientOf) -> None:
    sections.delete(cast.findings, by=cast.amira)

    assert post(client_of(getattr(cast, person)), cast.findings, sent()).status_code == status


def test_a_deleted_hidden_section_is_nothing_to_those_outside(cast: Cast, client_of: ClientOf) -> None:
    Section.objects.filter(pk=cast.restricted_hidden.pk).update(deleted_at=cast.report.created_at, deleted_by=cast.bella)

    assert post(client_of(cast.amira), cast.restricted_hidden, sent()).status_code == 404
    assert post(client_of(cast.bella), cast.restricted_hidden, sent()).status_code == 409


def test_a_frozen_report_takes_no_new_comment(cast: Cast, client_of: ClientOf) -> None:
    freeze(cast.report)

    answer = post(client_of(cast.piet), cast.introduction, sent())

    assert answer.status_code == 409
    assert "frozen for signature" in answer.json()["errors"][""]


def form(**fields: object) -> dict[str, object]:
    return {"text": "Is that so?", "kind": "general", "audience": "everyone"} | fields


def test_the_form_says_to_whom_each_button_sends(cast: Cast, client_of: ClientOf) -> None:
    page = unescape(client_of(cast.bella).get(reverse("section_threads", args=[cast.introduction.pk])).content.decode())

    assert "Send to Bristol only" in page
    assert "Send to everyone on the review" in page


@pytest.mark.parametrize("audience", ["us", "everyone"])
def test_the_form_opens_a_thread_for_whom_its_button_says(audience: str, cast: Cast, client_of: ClientOf) -> None:
    address = reverse("section_threads", args=[cast.introduction.pk])
    mentioned = {"mentions": [f"person:{cast.bo.pk}", f"organisation:{cast.bristol.pk}"]}

    answer = client_of(cast.bella).post(address, form(audience=audience, **mentioned), follow=True)

    thread = Thread.objects.get()
    assert answer.redirect_chain == [(reverse("thread", args=[thread.pk]), 302)]
    assert said(answer) == "Your comment has been sent."
    assert thread.is_private == (audience == "us")
    assert thread.comments.get().mentions.count() == 2


def test_a_refused_form_keeps_what_was_typed(cast: Cast, client_of: ClientOf) -> None:
    address, text = reverse("section_threads", args=[cast.introduction.pk]), "x<b>" * 2_501

    answer = client_of(cast.piet).post(address, form(text=text))

    assert answer.status_code == 422
    assert form_errors(answer) == "The comment has 10,004 characters. Shorten it to 10,000 or fewer."
    assert text in unescape(answer.content.decode())


def test_nothing_is_sent_without_saying_to_whom(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.piet).post(reverse("section_threads", args=[cast.introduction.pk]), form(audience=""))

    assert answer.status_code == 422
    assert "Use one of the two buttons" in form_errors(answer)


def test_a_private_form_offers_and_takes_only_ones_own(cast: Cast, client_of: ClientOf) -> None:
    address = reverse("section_threads", args=[cast.introduction.pk])
    mentioned = {"mentions": [f"person:{cast.ned.pk}"]}

    answer = client_of(cast.bella).post(address, form(audience="us", **mentioned))

    assert "Only Bristol can see this comment" in form_errors(answer)
