"""The demonstration: its files keep to what the loader reads, and everything in them is loaded."""

from typing import Any

import jsonschema
import pytest
from django.db import connection

from accounts.models import AuditEvent, Notification
from documents.coedit.log import read, streams_of, text_of
from documents.models import (
    CommentRound,
    Disposition,
    Report,
    ReportKind,
    Suggestion,
    SuggestionState,
    Thread,
    ThreadKind,
    Version,
)
from documents.rounds.standing import blockers_of
from documents.section_text import html_of
from documents.text.anchors import Anchor, How, SectionText, find
from documents.threads.access import suggestion_of
from partnerships.models import Seat, SeatHolder
from portal.demo import data, loader
from tests.documents.versions_helpers import freeze
from tests.support.cast import Cast

WORDS: dict[str, Any] = {"type": "string", "minLength": 1}
DAY: dict[str, Any] = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
MOMENT: dict[str, Any] = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$"}


def _facts(**properties: Any) -> dict[str, Any]:
    """Exactly these, all of them."""
    return {
        "type": "object",
        "required": list(properties),
        "additionalProperties": False,
        "properties": properties,
    }


THREAD = _facts(
    id=WORDS,
    section=WORDS,
    quote=WORDS,
    kind={"enum": ThreadKind.values},
    visibility={"enum": ["shared", "organisation"]},
    by=WORDS,
    at=MOMENT,
    body=WORDS,
    suggested_replacement={"type": ["string", "null"]},
    replies={"type": "array", "items": _facts(by=WORDS, at=MOMENT, body=WORDS)},
    state={"enum": ["open", "resolved"]},
    disposition={
        "anyOf": [
            {"type": "null"},
            _facts(outcome={"enum": [one for one in Disposition.values if one]}, reason=WORDS, by=WORDS, at=MOMENT),
        ]
    },
    organisation=WORDS,
)
COMMENTS = _facts(
    notice=WORDS, report=WORDS, review=WORDS, round={"const": 1}, threads={"type": "array", "minItems": 1, "items": THREAD}
)
STATEMENT = _facts(
    notice=WORDS,
    review=WORDS,
    report_kind={"const": "joint_statement"},
    title=WORDS,
    status=WORDS,
    writer=WORDS,
    assigned_organisation=WORDS,
    issued_by={"type": "array", "minItems": 1, "items": WORDS},
    blocks={"type": "array", "minItems": 1, "items": {"type": "object", "required": ["type"]}},
    word_count={"type": "integer"},
)
SEATS = {
    "type": "array",
    "minItems": 9,
    "items": _facts(
        id=WORDS,
        partnership=WORDS,
        seat=WORDS,
        label=WORDS,
        agency=WORDS,
        required_for={"type": "array", "items": {"enum": ReportKind.values}},
    ),
}
ROUND = _facts(
    number={"const": 1}, name=WORDS, opens=DAY, closes=DAY, invited={"type": "array", "minItems": 1, "items": WORDS}
)


@pytest.mark.no_database
@pytest.mark.parametrize(
    ("found", "schema"),
    [
        (data.read("comments"), COMMENTS),
        (data.read("statement"), STATEMENT),
        (data.read("organisations")["sign_off_seats"], SEATS),
        (data.read("review")["comment_round"], ROUND),
    ],
    ids=["comments", "statement", "seats", "round"],
)
def test_a_file_keeps_to_its_schema(found: Any, schema: dict[str, Any]) -> None:
    jsonschema.validate(found, schema)


@pytest.mark.no_database
def test_whoever_says_something_is_somebody_of_that_organisation() -> None:
    people = data.people()

    assert {(item["by"], item["organisation"]) for item in data.read("comments")["threads"]} <= {
        (key, person["organisation"]) for key, person in people.items()
    }


@pytest.mark.django_db
def test_everything_is_loaded() -> None:
    loader.load()

    threads = list(Thread.objects.select_related("section", "round", "suggestion"))
    assert len(threads) == 24
    accepted = {thread for thread in threads if (one := suggestion_of(thread)) and one.state == SuggestionState.ACCEPTED}
    assert {_found(thread) for thread in threads if thread not in accepted} == {How.EXACT}
    assert How.EXACT not in {_found(thread) for thread in accepted}
    assert sum(thread.is_private for thread in threads) == 3
    assert all((thread.round is None) == thread.is_private for thread in threads)
    assert not any(thread.is_late for thread in threads)
    assert [thread.created_at.year for thread in threads] == [2026] * 24
    assert Suggestion.objects.filter(state="open").count() == 3
    assert Thread.objects.exclude(disposition="").count() == 12
    amira = loader.demo_report().created_by
    assert len(blockers_of(CommentRound.objects.get(), amira)) == 5
    assert (Seat.objects.count(), SeatHolder.objects.values("user").distinct().count()) == (9, 5)
    statement = Report.objects.get(kind=ReportKind.JOINT_STATEMENT)
    assert "We are sorry" in html_of(statement.sections.present()[0])
    assert "ring 999" in html_of(statement.sections.present()[3])
    assert not Notification.objects.filter(mail_due_at__isnull=False).exists()


def test_a_reset_leaves_nothing_whatever_the_database_protects(cast: Cast) -> None:
    freeze(cast)
    # PostgreSQL empties no table of which something is still to be checked.
    connection.check_constraints()

    loader.reset()

    assert not AuditEvent.objects.exists()
    assert not Version.objects.exists()
    assert not Report.objects.exists()


def _found(thread: Thread) -> How | None:
    """How the place of a comment is found in the text that is stored."""
    log = read(streams_of([thread.section_id]))[thread.section_id]
    anchor = Anchor(bytes(thread.start), bytes(thread.end), thread.quote, thread.before, thread.after)
    place = find(SectionText(text_of(thread.section_id, log).doc), anchor)
    return place.how if place else None
