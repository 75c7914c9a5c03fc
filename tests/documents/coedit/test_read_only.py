"""A client made by hand, held by somebody who may only read: whatever it says, nothing of it is written or passed on."""

import pytest

from documents.coedit import protocol
from documents.coedit.wire import string
from documents.models import Section, SectionUpdate
from tests.documents.coedit.conftest import RawOf, TokenOf
from tests.documents.coedit.raw import RawClient, awareness, text_of, typing
from tests.support.cast import Cast

READERS = ["nora", "bo", "gwen", "piet"]


@pytest.fixture(params=READERS)
def reader(request: pytest.FixtureRequest, cast: Cast, raw: RawOf, token_of: TokenOf) -> RawClient:
    socket = raw()
    socket.join(cast.findings.pk, token_of(getattr(cast, request.param)))
    return socket


@pytest.fixture
def writer(cast: Cast, raw: RawOf, token_of: TokenOf) -> RawClient:
    socket = raw()
    socket.join(cast.findings.pk, token_of(cast.ned))
    return socket


def is_untouched(section: Section) -> bool:
    return not SectionUpdate.objects.filter(section=section).exists()


def test_an_update_is_refused(cast: Cast, reader: RawClient, writer: RawClient) -> None:
    reader.say(cast.findings.pk, protocol.update(typing("smuggled")[0]))

    assert reader.expect("status") == 0
    assert writer.settle(cast.findings.pk) == []
    assert is_untouched(cast.findings)


def test_news_in_the_exchange_are_refused(cast: Cast, reader: RawClient, writer: RawClient) -> None:
    reader.say(cast.findings.pk, protocol.sync_step2(typing("smuggled")[0]))

    assert reader.expect("status") == 0
    assert writer.settle(cast.findings.pk) == []
    assert is_untouched(cast.findings)


def test_an_exchange_that_holds_nothing_new_is_acknowledged(cast: Cast, reader: RawClient, writer: RawClient) -> None:
    update = typing("known")[0]
    writer.say(cast.findings.pk, protocol.update(update))
    assert writer.expect("status") == 1

    reader.say(cast.findings.pk, protocol.sync_step2(update))

    assert reader.expect("status") == 1
    assert SectionUpdate.objects.filter(section=cast.findings).count() == 1


def test_nobody_can_be_made_to_disappear(cast: Cast, reader: RawClient, writer: RawClient) -> None:
    writer.say(cast.findings.pk, awareness((7, 0, "{}")))
    writer.expect("awareness")

    reader.say(cast.findings.pk, awareness((7, 5, "null")))
    reader.say(cast.findings.pk, awareness((8, 0, "{}")))

    assert writer.expect("awareness")[:2] == b"\x01\x08"


def test_what_is_said_to_all_reaches_nobody(cast: Cast, reader: RawClient, writer: RawClient) -> None:
    reader.say(cast.findings.pk, b"\x05" + string("to everybody"))
    reader.settle(cast.findings.pk)

    assert writer.settle(cast.findings.pk) == []


@pytest.mark.parametrize(
    "body",
    [b"\x06" + string("to everybody"), b"\x04\x02" + b"\x02\x00\x00", b"\x04\x01" + b"\x02\x00\x00", b"\x08\x01"],
    ids=["broadcast", "update between servers", "exchange between servers", "acknowledgement"],
)
def test_what_only_servers_say_ends_the_socket(cast: Cast, reader: RawClient, writer: RawClient, body: bytes) -> None:
    reader.say(cast.findings.pk, body)

    assert reader.expect_end() == (1007, "malformed")
    assert writer.settle(cast.findings.pk) == []


def test_a_section_that_was_not_opened_cannot_be_written(cast: Cast, raw: RawOf, token_of: TokenOf) -> None:
    socket = raw()
    socket.join(cast.introduction.pk, token_of(cast.bella))

    socket.say(cast.findings.pk, protocol.update(typing("smuggled")[0]))
    socket.settle(cast.introduction.pk)

    assert is_untouched(cast.findings)


def test_who_may_only_read_sees_what_is_written(cast: Cast, reader: RawClient, writer: RawClient) -> None:
    writer.say(cast.findings.pk, protocol.update(typing("for all to see")[0]))

    assert text_of(reader.expect("update")) == "for all to see"
