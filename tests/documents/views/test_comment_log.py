"""Taking the comments on a report out as a file."""

import csv
import io
import zipfile
from typing import Any
from xml.etree import ElementTree as Xml

import pytest
from django.urls import reverse

from accounts.models import User
from documents.actions import dispositions, threads
from documents.models import Section, Thread
from documents.rounds.comment_log import COLUMNS
from documents.threads.drafts import Draft
from tests.documents.helpers import ClientOf
from tests.documents.rounds import comment, in_days, opened
from tests.documents.talk import suggested
from tests.partnerships.helpers import queries_of
from tests.support.cast import Cast
from tests.support.checks import form_errors, last_event

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def asked(client_of: ClientOf, cast: Cast, by: User, **wanted: Any) -> Any:
    return client_of(by).post(reverse("comment_log", args=[cast.report.pk]), {"kind": "csv", **wanted})


def rows(answer: Any) -> list[dict[str, str]]:
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    at = lines.index(list(COLUMNS))
    return [dict(zip(COLUMNS, line, strict=True)) for line in lines[at + 1 :]]


def says(section: Section, by: User, text: str, *, private: bool = False) -> Thread:
    return threads.open(section, Draft(text=text, only_for_us=private), by=by)


def test_has_a_row_for_each_comment_with_what_became_of_it(cast: Cast, client_of: ClientOf) -> None:
    opened(cast)
    thread = says(cast.introduction, cast.piet, "Is this right?")
    threads.reply(thread, text="It is.", by=cast.amira)
    dispositions.dispose(thread, disposition="no_change_needed", reason="We asked again.", by=cast.amira, resolve=True)

    (row,) = rows(asked(client_of, cast, cast.amira))

    assert row["Section number"] == "1"
    assert row["Section"] == "Introduction"
    assert (row["Person"], row["Organisation"]) == ("Piet Test-Constable", "Avon and Somerset Police")
    assert row["Comment"] == "Is this right?"
    assert row["Replies"].startswith("Amira Test-Okafor, North Somerset, ")
    assert row["Replies"].endswith(": It is.")
    assert (row["Round"], row["State"]) == ("Factual accuracy", "Resolved")
    assert (row["Decision"], row["Reason"]) == ("No change needed", "We asked again.")
    assert row["Decided by"] == "Amira Test-Okafor"
    assert row["Who can see it"] == "Everyone on the review"


def test_is_marked_and_says_who_took_it_out(cast: Cast, client_of: ClientOf) -> None:
    lines = asked(client_of, cast, cast.gwen).content.decode("utf-8-sig").splitlines()

    assert lines[0] == "OFFICIAL-SENSITIVE"
    assert "Taken out of the portal by Gwen Test-Vale on 20" in lines[2]


def test_its_name_says_nothing_of_the_case(cast: Cast, client_of: ClientOf) -> None:
    answer = asked(client_of, cast, cast.amira)

    assert answer["Content-Disposition"] == f'attachment; filename="comment-log-{in_days(0).isoformat()}.csv"'


def test_goes_on_record(cast: Cast, client_of: ClientOf) -> None:
    comment(cast.restricted_listed, cast.bella)

    asked(client_of, cast, cast.amira)

    event = last_event("comment_log.exported")
    assert event.actor_id == cast.amira.pk
    assert event.data == {
        "kind": "csv",
        "round": None,
        "ours": False,
        "comments": 1,
        "restricted": [str(cast.restricted_listed.pk)],
    }


def test_holds_only_what_whoever_takes_it_out_may_see(cast: Cast, client_of: ClientOf) -> None:
    for section in (cast.introduction, cast.restricted_listed, cast.restricted_hidden):
        comment(section, cast.bella)

    def sections(user: User) -> list[str]:
        return [row["Section"] for row in rows(asked(client_of, cast, user))]

    assert sections(cast.bella) == ["Introduction", "Restricted and listed", "Restricted and hidden"]
    assert sections(cast.amira) == ["Introduction", "Restricted and listed"]
    assert sections(cast.gwen) == ["Introduction"]


@pytest.mark.parametrize("kind", ["csv", "ods"])
def test_never_holds_what_another_organisation_keeps_to_itself(cast: Cast, client_of: ClientOf, kind: str) -> None:
    says(cast.introduction, cast.bella, "Between us: zebra.", private=True)

    for user in (cast.amira, cast.ned, cast.gwen, cast.piet):
        answer = asked(client_of, cast, user, kind=kind, ours="on")
        assert "zebra" not in (answer.content.decode() if kind == "csv" else content_of(answer))


def test_holds_ones_own_private_comments_only_where_asked_and_marks_them(cast: Cast, client_of: ClientOf) -> None:
    says(cast.introduction, cast.bella, "Between us.", private=True)

    assert rows(asked(client_of, cast, cast.bella)) == []
    (row,) = rows(asked(client_of, cast, cast.bella, ours="on"))
    assert row["Who can see it"] == "Only Bristol can see this"


def test_can_be_of_one_round(cast: Cast, client_of: ClientOf) -> None:
    says(cast.introduction, cast.piet, "Before.")
    made = opened(cast)
    says(cast.introduction, cast.piet, "During.")

    assert [row["Comment"] for row in rows(asked(client_of, cast, cast.amira, round=made.pk))] == ["During."]
    assert len(rows(asked(client_of, cast, cast.amira))) == 2


def test_a_late_comment_says_so(cast: Cast, client_of: ClientOf) -> None:
    made = opened(cast)
    made.closes_on = in_days(-1)
    made.save()
    says(cast.introduction, cast.piet, "Sorry.")

    assert rows(asked(client_of, cast, cast.amira))[0]["Round"] == "Factual accuracy (late)"


def test_a_suggestion_says_what_it_would_put_and_how_it_stands(cast: Cast, client_of: ClientOf) -> None:
    suggested(cast.introduction, cast.piet, "better words")

    (row,) = rows(asked(client_of, cast, cast.amira))

    assert row["Suggested instead"] == "better words [Waiting for a decision]"
    assert row["Words"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "＝", " ="])
def test_nothing_that_was_typed_becomes_a_formula(cast: Cast, client_of: ClientOf, start: str) -> None:
    says(cast.introduction, cast.piet, f"{start}HYPERLINK(1)")

    (row,) = rows(asked(client_of, cast, cast.amira))
    assert row["Comment"] == f"'{start.strip()}HYPERLINK(1)"
    ods = content_of(asked(client_of, cast, cast.amira, kind="ods"))
    assert "formula" not in ods
    assert 'value-type="string"' in ods


def test_a_spreadsheet_is_one_that_programs_can_tell(cast: Cast, client_of: ClientOf) -> None:
    says(cast.introduction, cast.piet, "One <b>line</b> & more\n\n  another")

    answer = asked(client_of, cast, cast.amira, kind="ods")

    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert archive.testzip() is None
    assert answer.content[30:38] == b"mimetype"
    assert archive.read("mimetype").decode() == answer["Content-Type"]
    for name in ("META-INF/manifest.xml", "meta.xml", "styles.xml", "content.xml"):
        read(archive, name)
    assert b"OFFICIAL-SENSITIVE" in archive.read("styles.xml")
    cells = read(archive, "content.xml").iter(f"{TABLE}table-cell")
    words = ["\n".join("".join(part.itertext()) for part in cell.iter(f"{TEXT}p")) for cell in cells]
    assert words[0] == "OFFICIAL-SENSITIVE"
    assert "One <b>line</b> & more\n\nanother" in words


def test_what_is_not_a_choice_is_refused(cast: Cast, client_of: ClientOf) -> None:
    answer = asked(client_of, cast, cast.amira, kind="exe")
    assert answer.status_code == 422

    missing = client_of(cast.amira).post(reverse("comment_log", args=[cast.report.pk]), {"ours": ""})
    assert form_errors(missing) == "Choose what kind of file you need."


def test_takes_the_same_queries_however_many_there_are(cast: Cast, client_of: ClientOf) -> None:
    comment(cast.introduction, cast.piet)
    few = queries_of(lambda: asked(client_of, cast, cast.amira))

    for _ in range(5):
        threads.reply(comment(cast.findings, cast.bella), text="Yes.", by=cast.amira)

    assert queries_of(lambda: asked(client_of, cast, cast.amira)) == few


def read(archive: zipfile.ZipFile, name: str) -> Xml.Element:
    return Xml.fromstring(archive.read(name))  # noqa: S314 (our own)


def content_of(answer: Any) -> str:
    return zipfile.ZipFile(io.BytesIO(answer.content)).read("content.xml").decode()
