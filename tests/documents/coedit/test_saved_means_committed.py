"""“Saved” is said after the commit and never before; what fails is said to have failed, and is kept by its client."""

import pytest
from django.db import connection

from documents.coedit import protocol
from documents.models import SectionUpdate
from tests.documents.coedit.conftest import NodeOf, RawOf, TokenOf
from tests.documents.coedit.database import LOG, impatient_options, locked, renamed
from tests.documents.coedit.raw import text_of, typing
from tests.support.cast import Cast


def stored(cast: Cast) -> str:
    rows = SectionUpdate.objects.filter(section=cast.findings).order_by("pk").values_list("data", flat=True)
    return text_of(*(bytes(data) for data in rows))


def test_nothing_is_acknowledged_before_its_commit(cast: Cast, raw: RawOf, token_of: TokenOf) -> None:
    author, peer = raw(), raw()
    author.join(cast.findings.pk, token_of(cast.ned))
    peer.join(cast.findings.pk, token_of(cast.bella))
    first, second = typing("first ", "second")

    with locked():
        author.say(cast.findings.pk, protocol.update(first))
        author.say(cast.findings.pk, protocol.update(second))
        # The peer has them, so the server has done all that it does before the commit.
        assert text_of(peer.expect("update"), peer.expect("update")) == "first second"
        assert [what for what, _ in author.settle(cast.findings.pk)] == []

    assert [author.expect("status"), author.expect("status")] == [1, 1]
    assert stored(cast) == "first second"


def test_a_repetition_is_not_acknowledged_before_the_commit_of_what_it_repeats(
    cast: Cast, raw: RawOf, token_of: TokenOf
) -> None:
    """As after a reconnect: the exchange holds nothing new, because the update is known. But it is not stored yet."""
    author, again = raw(), raw()
    author.join(cast.findings.pk, token_of(cast.ned))
    again.join(cast.findings.pk, token_of(cast.ned))
    update = typing("once")[0]

    with locked():
        author.say(cast.findings.pk, protocol.update(update))
        again.expect("update")
        again.say(cast.findings.pk, protocol.sync_step2(update))
        assert again.settle(cast.findings.pk) == []

    assert again.expect("status") == 1
    assert author.expect("status") == 1
    assert SectionUpdate.objects.filter(section=cast.findings).count() == 1


def test_every_message_is_acknowledged_once(cast: Cast, raw: RawOf, token_of: TokenOf) -> None:
    author = raw()
    author.join(cast.findings.pk, token_of(cast.ned))
    updates = typing(*(f"word {n} " for n in range(50)))

    for update in updates:
        author.say(cast.findings.pk, protocol.update(update))
    author.say(cast.findings.pk, protocol.sync_step2(updates[0]))

    assert [author.expect("status") for _ in range(51)] == [1] * 51
    assert author.settle(cast.findings.pk) == []


def test_a_database_that_stays_locked_is_told_and_nothing_is_lost(
    cast: Cast, of: NodeOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", impatient_options(200))
    ned = of(cast.ned).open(cast.findings.document_name)

    with locked():
        ned.insert("written while locked")
        ned.wait("event", "closed", detail="not-saved")
        assert ned.unsaved == 1
        assert stored(cast) == ""
    ned.call("close")
    ned.call("reopen")

    ned.wait("saved")
    assert stored(cast) == "written while locked"


def test_a_log_that_cannot_be_written_is_told_to_everybody_and_nothing_is_lost(cast: Cast, of: NodeOf) -> None:
    ned, bella = (of(person).open(cast.findings.document_name) for person in (cast.ned, cast.bella))
    ned.saves("before ")
    bella.wait("text", "before ")

    with renamed(LOG):
        ned.insert("meanwhile ")
        for section in (ned, bella):
            section.wait("event", "closed", detail="not-saved")
        assert ned.unsaved > 0
        ned.call("forget")
        ned.call("close")
        ned.call("reopen")
        ned.wait("event", "closed", detail="not-saved")

    for section in (ned, bella):
        section.call("close")
        section.call("reopen")
        section.wait("saved")
    bella.wait("text", "before meanwhile ")
    assert stored(cast) == "before meanwhile "


def test_after_a_failure_nothing_that_builds_on_it_is_stored(
    cast: Cast, raw: RawOf, token_of: TokenOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", impatient_options(200))
    author, peer = raw(), raw()
    author.join(cast.findings.pk, token_of(cast.ned))
    peer.join(cast.findings.pk, token_of(cast.bella))
    first, second = typing("first ", "second")

    with locked():
        author.say(cast.findings.pk, protocol.update(first))
        assert author.expect("status") == 0
        assert author.expect("closed") == "not-saved"
    author.say(cast.findings.pk, protocol.update(second))
    assert peer.expect("closed") == "not-saved"

    assert stored(cast) == ""
