"""What a bad day brings: a full disk, a client that breaks off within a frame, a clock that jumps, a second process."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from documents.coedit import protocol
from documents.coedit.store import read_log
from documents.models import SectionUpdate
from tests.documents.coedit.conftest import NodeOf, RawOf, TokenOf
from tests.documents.coedit.database import LOG
from tests.documents.coedit.node import Node
from tests.documents.coedit.raw import RawClient, text_of, typing
from tests.documents.coedit.server import ProcessServer
from tests.documents.coedit.test_killed_while_writing import acknowledged_by
from tests.support.cast import Cast

FULL = """
    CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;
"""


@contextmanager
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The database can take no more. Connections made before notice nothing on SQLite."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(FULL + f"CREATE TRIGGER disk_full BEFORE INSERT ON {LOG} EXECUTE FUNCTION disk_full()")
            yield
            cursor.execute("DROP FUNCTION disk_full CASCADE")
            return
        # Pages that earlier rows have left free would still take new ones.
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
    options = connection.settings_dict["OPTIONS"]
    limited = options | {"init_command": f"{options['init_command']} PRAGMA max_page_count={pages};"}
    with monkeypatch.context() as patch:
        patch.setitem(connection.settings_dict, "OPTIONS", limited)
        yield


def test_a_full_disk_is_told_and_nothing_is_lost(cast: Cast, of: NodeOf, monkeypatch: pytest.MonkeyPatch) -> None:
    with full_disk(monkeypatch):
        ned = of(cast.ned).open(cast.findings.document_name)
        ned.insert("much " * 20_000)
        ned.wait("event", "closed", detail="not-saved", seconds=60)
        assert ned.unsaved > 0
        assert read_log(cast.findings.pk) == []

    ned.call("close")
    ned.call("reopen")

    ned.wait("saved", seconds=60)
    assert text_of(*read_log(cast.findings.pk)) == "much " * 20_000


def test_a_client_that_breaks_off_within_a_frame_disturbs_nobody(cast: Cast, raw: RawOf, token_of: TokenOf) -> None:
    author, peer = raw(), raw()
    author.join(cast.findings.pk, token_of(cast.ned))
    peer.join(cast.findings.pk, token_of(cast.bella))
    first, second, third = typing("whole ", "cut off ", "later")
    author.say(cast.findings.pk, protocol.update(first))
    assert author.expect("status") == 1

    half_a_frame(author, second)
    author.break_off()

    peer.expect("update")
    peer.say(cast.findings.pk, protocol.update(typing("peer")[0]))
    assert peer.expect("status") == 1
    assert sorted(text_of(*read_log(cast.findings.pk))) == sorted("whole peer")
    # It comes back, and sends what it had not been told is saved.
    author = raw()
    author.sign_on(cast.findings.pk, token_of(cast.ned))
    author.say(cast.findings.pk, protocol.sync_step2(second))
    author.say(cast.findings.pk, protocol.update(third))
    assert [author.expect("status"), author.expect("status")] == [1, 1]
    assert sorted(text_of(*read_log(cast.findings.pk))) == sorted("whole cut off laterpeer")


def half_a_frame(client: RawClient, update: bytes) -> None:
    """The head of a masked binary frame of 120 bytes, and a part of them."""
    client._socket.socket.sendall(b"\x82" + bytes([0x80 | 120]) + b"\x00\x00\x00\x00" + update[:20])


@pytest.mark.parametrize("step", [timedelta(hours=-1), timedelta(minutes=10)], ids=["back", "forth"])
def test_a_clock_that_jumps_changes_nothing_but_the_times(
    cast: Cast, raw: RawOf, token_of: TokenOf, monkeypatch: pytest.MonkeyPatch, step: timedelta
) -> None:
    author = raw()
    author.join(cast.findings.pk, token_of(cast.ned))
    first, second, third = typing("before ", "during ", "after")
    real = timezone.now

    author.say(cast.findings.pk, protocol.update(first))
    assert author.expect("status") == 1
    with monkeypatch.context() as patch:
        patch.setattr(timezone, "now", lambda: jumped(real(), step))
        author.say(cast.findings.pk, protocol.update(second))
        assert author.expect("status") == 1
    author.say(cast.findings.pk, protocol.update(third))
    assert author.expect("status") == 1

    rows = SectionUpdate.objects.filter(section=cast.findings).order_by("writer_id", "seq")
    assert [text_of(*(bytes(row.data) for row in rows[:n])) for n in (1, 2, 3)] == [
        "before ",
        "before during ",
        "before during after",
    ]


def jumped(now: datetime, step: timedelta) -> datetime:
    return now + step


def test_two_processes_hold_one_section_and_one_is_killed(
    cast: Cast, transactional_db: None, node: Node, token_of: TokenOf, tmp_path: Path
) -> None:
    """Whatever either of them acknowledged is there once, for whoever opens the section next."""
    with ProcessServer(tmp_path / "one.log") as one, ProcessServer(tmp_path / "two.log") as two:
        sections: list[Any] = []
        for name, person, server in (("ned", cast.ned, one), ("bella", cast.bella, two), ("amira", cast.amira, two)):
            client = node.connect(name, url=server.url(cast.report.pk), token=token_of(person))
            sections.append(client.open(cast.findings.document_name))
        for section, mark in zip(sections, ("ned", "bella", "amira"), strict=True):
            section.call("type", mark=mark, everyMs=7)
        for section in sections:
            section.wait("acknowledged", 12, seconds=60)

        one.kill()
        sections[1].wait("acknowledged", 20, seconds=60)
        acknowledged = [word for section in sections for word in acknowledged_by(section)]

        one.start()
        reader = node.connect("reader", url=one.url(cast.report.pk), token=token_of(cast.gwen))
        text = reader.open(cast.findings.document_name).text
    assert [word for word in acknowledged if text.count(word) != 1] == []
    assert len(acknowledged) >= 36
