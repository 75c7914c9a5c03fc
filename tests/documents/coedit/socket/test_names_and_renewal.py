"""A section opened twice on one socket, a new token for an open section, and a section that is full."""

import pytest
from django.conf import LazySettings
from django.utils import timezone

from accounts.models import User
from documents.coedit import protocol, room
from documents.coedit.wire import string
from tests.documents.coedit.conftest import RawOf, TokenOf
from tests.documents.coedit.raw import RawClient, typing
from tests.documents.coedit.server import ThreadServer
from tests.documents.coedit.socket.tcp import TcpClient, frame
from tests.support.cast import Cast

pytestmark = pytest.mark.parametrize("carried", ["fast", "plain"], indirect=True)


@pytest.fixture
def ned(cast: Cast, raw: RawOf, token_of: TokenOf) -> RawClient:
    client = raw()
    client.join(cast.findings.pk, token_of(cast.ned))
    return client


def name_of(cast: Cast, session: str) -> str:
    return f"section:{cast.findings.pk}\0{session}"


def join_as(client: RawClient, name: str, token: str) -> None:
    client.send(string(name) + b"\2\0" + string(token))
    client.send(string(name) + protocol.sync_step1(b"\0"))
    client.expect("sync-step2")
    client.send(string(name) + protocol.sync_step2(b"\0\0"))
    assert client.expect("status") == 1


def test_each_session_of_a_section_hears_by_its_own_name(cast: Cast, raw: RawOf, token_of: TokenOf, ned: RawClient) -> None:
    client, token, names = raw(), token_of(cast.bella), [name_of(cast, "one"), name_of(cast, "two")]
    for name in names:
        join_as(client, name, token)

    ned.say(cast.findings.pk, protocol.update(typing("hello")[0]))
    client.expect("update")
    client.expect("update")

    heard = [document for document, what, _ in client.heard if what == "update"]
    assert sorted(heard) == names


def test_what_one_session_writes_the_other_on_the_same_socket_hears(cast: Cast, raw: RawOf, token_of: TokenOf) -> None:
    client, token, names = raw(), token_of(cast.bella), [name_of(cast, "one"), name_of(cast, "two")]
    for name in names:
        join_as(client, name, token)

    client.send(string(names[0]) + protocol.update(typing("hello")[0]))
    client.expect("status")
    if client.heard[-2][1] != "update":
        client.expect("update")

    assert sorted((name, what) for name, what, _ in client.heard[-2:]) == [(names[0], "status"), (names[1], "update")]


def test_a_new_token_that_is_none_ends_the_section(cast: Cast, raw: RawOf, ned: RawClient) -> None:
    ned.sign_on(cast.findings.pk, "nonsense")
    assert ned.expect("denied") == "permission-denied"

    ned.say(cast.findings.pk, protocol.update(typing("too late")[0]))
    ned.send(protocol.PING)

    assert not cast.findings.updates.exists()


def test_an_expired_token_ends_the_section(
    cast: Cast, raw: RawOf, token_of: TokenOf, ned: RawClient, settings: LazySettings
) -> None:
    token = token_of(cast.ned)
    settings.COEDIT_TOKEN_SECONDS = -1

    ned.sign_on(cast.findings.pk, token)

    assert ned.expect("denied") == "permission-denied"


def test_a_new_token_has_the_rights_read_anew(cast: Cast, raw: RawOf, client_token: str) -> None:
    client = raw()
    client.join(cast.findings.pk, client_token)
    # Nobody is told of this.
    User.objects.filter(pk=cast.bella.pk).update(is_active=False, deactivated_at=timezone.now())

    client.sign_on(cast.findings.pk, client_token)

    assert client.expect_end()[0] in (4401, 4403)


def test_a_new_token_and_leaving_in_the_same_moment(
    cast: Cast, server: ThreadServer, token_of: TokenOf, caplog: pytest.LogCaptureFixture
) -> None:
    name, token = string(f"section:{cast.findings.pk}"), string(token_of(cast.bella))
    with TcpClient(server.url(cast.report.pk)) as client:
        client.send(frame(name + b"\2\0" + token), frame(name + protocol.sync_step1(b"\0")))
        hear(client, name + b"\0\1")

        client.send(frame(name + b"\2\0" + token) + frame(name + b"\7"))
        hear(client, name + protocol.closed("provider_initiated"))

        client.send(frame(protocol.PING))
        hear(client, protocol.PONG)
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


def hear(client: TcpClient, beginning: bytes) -> None:
    """Read until a message that begins so."""
    while (found := client.next()) and not found.payload.startswith(beginning):
        pass
    assert found, "the connection ended"


def test_a_section_that_is_full_is_tried_again_later(
    cast: Cast, raw: RawOf, token_of: TokenOf, ned: RawClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "MAX_MEMBERS", 1)
    client, token = raw(), token_of(cast.bella)

    client.sign_on(cast.findings.pk, token)
    assert client.expect("closed") == "too-many-people"

    ned.close()
    client.join(cast.introduction.pk, token)


@pytest.fixture
def client_token(cast: Cast, token_of: TokenOf) -> str:
    return token_of(cast.bella)
