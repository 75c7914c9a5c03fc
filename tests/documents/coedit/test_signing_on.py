"""Who gets in: the token, the session behind it, the report and the section."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from cryptography.fernet import Fernet
from django.conf import LazySettings
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from accounts.actions import sessions, users
from documents.actions import reports, sections
from documents.coedit import hub, protocol
from documents.coedit.authority import Verdict, judge
from documents.coedit.tokens import Claims, make_token
from documents.models import ReportKind
from tests.documents.coedit.conftest import ClientOf, RawOf, TokenOf
from tests.documents.coedit.raw import RawClient, typing
from tests.documents.coedit.server import ThreadServer
from tests.support.cast import Cast

WRITERS = ["amira", "ned", "bella"]
READERS = ["nora", "bo", "gwen", "piet"]
STRANGERS = ["olive", "sid"]


@pytest.mark.parametrize(("names", "scope"), [(WRITERS, "read-write"), (READERS, "readonly")], ids=["writers", "readers"])
def test_is_let_in_and_told_what_they_may_do(
    cast: Cast, raw: RawOf, token_of: TokenOf, names: list[str], scope: str
) -> None:
    for name in names:
        socket = raw()
        socket.sign_on(cast.findings.pk, token_of(getattr(cast, name)))

        assert socket.expect("authenticated") == scope


@pytest.mark.parametrize("name", STRANGERS)
def test_a_stranger_is_not_let_in(cast: Cast, raw: RawOf, token_of: TokenOf, name: str) -> None:
    socket = raw()
    socket.sign_on(cast.findings.pk, token_of(getattr(cast, name)))

    assert socket.expect("denied") == "permission-denied"


@pytest.mark.parametrize("section", ["restricted_listed", "restricted_hidden"])
def test_a_restricted_section_is_not_opened_to_others(cast: Cast, raw: RawOf, token_of: TokenOf, section: str) -> None:
    socket = raw()
    socket.sign_on(getattr(cast, section).pk, token_of(cast.gwen))

    assert socket.expect("denied") == "permission-denied"


def test_a_deleted_section_is_named_as_deleted(cast: Cast, raw: RawOf, token_of: TokenOf) -> None:
    socket = raw()
    socket.sign_on(cast.deleted.pk, token_of(cast.ned))

    assert socket.expect("denied") == "section-deleted"


def test_a_hidden_section_leaves_no_trace_when_deleted_either(cast: Cast, raw: RawOf, token_of: TokenOf) -> None:
    sections.delete(cast.restricted_hidden, by=cast.bella)
    socket = raw()

    socket.sign_on(cast.restricted_hidden.pk, token_of(cast.gwen))

    assert socket.expect("denied") == "permission-denied"


def test_an_unknown_section_is_refused_and_the_socket_stays_open(cast: Cast, raw: RawOf, token_of: TokenOf) -> None:
    socket, token = raw(), token_of(cast.ned)
    socket.sign_on(uuid4(), token)
    assert socket.expect("denied") == "permission-denied"

    socket.join(cast.findings.pk, token)


def test_all_sections_that_a_page_opens_at_once_need_one_reading_of_rights(
    transactional_db: None, cast: Cast, token_of: TokenOf
) -> None:
    readings = []

    def counted(claims: Claims) -> Verdict:
        readings.append(claims)
        return judge(claims)

    made = [sections.add(cast.report, title=f"Section {number}", by=cast.amira) for number in range(30)]
    token = token_of(cast.ned)
    with ThreadServer(counted) as server, connect(server.url(cast.report.pk), compression=None) as connection:
        client = RawClient(connection)
        for section in made:
            client.sign_on(section.pk, token)

        assert [client.expect("authenticated") for _ in made] == ["read-write"] * 30
    assert len(readings) == 1


def _without_token(cast: Cast, token: str) -> str:
    return ""


def _garbage(cast: Cast, token: str) -> str:
    return "not a token \0 é"


def _forged(cast: Cast, token: str) -> str:
    return Fernet(Fernet.generate_key()).encrypt(b"[]").decode()


def _cut(cast: Cast, token: str) -> str:
    return token[:-8]


def _of_no_session(cast: Cast, token: str) -> str:
    return make_token(user_id=cast.ned.pk, session_key="x" * 32, report_id=cast.report.pk)


def _of_no_person(cast: Cast, token: str) -> str:
    return make_token(user_id=uuid4(), session_key="x" * 32, report_id=cast.report.pk)


@pytest.mark.parametrize("spoilt", [_without_token, _garbage, _forged, _cut, _of_no_session, _of_no_person])
def test_a_wrong_token_opens_nothing(cast: Cast, raw: RawOf, token_of: TokenOf, spoilt: Callable[[Cast, str], str]) -> None:
    socket = raw()
    socket.sign_on(cast.findings.pk, spoilt(cast, token_of(cast.ned)))

    assert socket.expect("denied") in {"permission-denied", "signed-out"}
    socket.say(cast.findings.pk, protocol.sync_step1(b"\x00"))
    socket.send(protocol.PING)
    assert [what for _, what, _ in socket.heard] == ["denied"]


def test_somebody_elses_session_is_no_session(cast: Cast, raw: RawOf, client_of: ClientOf) -> None:
    key = str(client_of(cast.ned).session.session_key)
    socket = raw()

    socket.sign_on(cast.findings.pk, make_token(user_id=cast.bella.pk, session_key=key, report_id=cast.report.pk))

    assert socket.expect("denied") == "signed-out"


def test_a_token_for_another_report_is_refused(cast: Cast, raw: RawOf, token_of: TokenOf) -> None:
    other = reports.create(cast.review, title="Another report", kind=ReportKind.JOINT_STATEMENT, levels={}, by=cast.amira)
    section = sections.add(other, title="Its only section", by=cast.amira)
    socket = raw()

    socket.sign_on(section.pk, token_of(cast.amira, other))
    assert socket.expect("denied") == "permission-denied"
    socket.sign_on(section.pk, token_of(cast.amira, cast.report))
    assert socket.expect("denied") == "permission-denied"


def test_an_expired_token_is_refused(cast: Cast, raw: RawOf, token_of: TokenOf, settings: LazySettings) -> None:
    token, socket = token_of(cast.ned), raw()
    settings.COEDIT_TOKEN_SECONDS = -1

    socket.sign_on(cast.findings.pk, token)

    assert socket.expect("denied") == "permission-denied"


def test_the_token_of_an_ended_session_is_refused(cast: Cast, raw: RawOf, client_of: ClientOf) -> None:
    key = str(client_of(cast.ned).session.session_key)
    token = make_token(user_id=cast.ned.pk, session_key=key, report_id=cast.report.pk)
    sessions.end(cast.ned, key, by=cast.ned, reason="signed out")
    socket = raw()

    socket.sign_on(cast.findings.pk, token)

    assert socket.expect("denied") == "signed-out"


def test_a_deactivated_persons_token_is_refused(cast: Cast, raw: RawOf, token_of: TokenOf) -> None:
    token, socket = token_of(cast.ned), raw()
    users.deactivate(cast.ned, by=cast.amira)

    socket.sign_on(cast.findings.pk, token)

    assert socket.expect("denied") == "signed-out"


def test_one_socket_is_one_person(cast: Cast, raw: RawOf, token_of: TokenOf) -> None:
    socket = raw()
    socket.join(cast.findings.pk, token_of(cast.bella))

    socket.sign_on(cast.introduction.pk, token_of(cast.ned))

    assert socket.expect("denied") == "permission-denied"


def test_who_was_signed_out_and_signs_in_again_is_let_in_on_the_same_socket(
    cast: Cast, raw: RawOf, client_of: ClientOf, token_of: TokenOf
) -> None:
    key = str(client_of(cast.ned).session.session_key)
    sessions.end(cast.ned, key, by=cast.ned, reason="signed out")
    socket = raw()
    socket.sign_on(cast.findings.pk, make_token(user_id=cast.ned.pk, session_key=key, report_id=cast.report.pk))
    assert socket.expect("denied") == "signed-out"

    socket.sign_on(cast.findings.pk, token_of(cast.ned))

    assert socket.expect("authenticated") == "read-write"


def test_a_token_names_nobody(cast: Cast, client_of: ClientOf) -> None:
    key = str(client_of(cast.ned).session.session_key)
    token = make_token(user_id=cast.ned.pk, session_key=key, report_id=cast.report.pk)

    for part in (key, cast.ned.email, str(cast.ned.pk), cast.ned.pk.hex):
        assert part not in token


def test_a_new_token_keeps_the_section_open(cast: Cast, raw: RawOf, client_of: ClientOf) -> None:
    key = str(client_of(cast.ned).session.session_key)
    first, second = (make_token(user_id=cast.ned.pk, session_key=key, report_id=cast.report.pk) for _ in range(2))
    socket = raw()
    socket.join(cast.findings.pk, first)

    socket.sign_on(cast.findings.pk, second)

    assert socket.expect("authenticated") == "read-write"
    socket.say(cast.findings.pk, protocol.update(typing("still here")[0]))
    assert socket.expect("status") == 1


def test_a_section_made_after_the_socket_was_opened_can_be_opened(cast: Cast, raw: RawOf, token_of: TokenOf) -> None:
    socket, token = raw(), token_of(cast.bella)
    socket.join(cast.findings.pk, token)
    made = sections.add(cast.report, title="Recommendations", by=cast.amira)

    socket.join(made.pk, token)


def test_a_socket_that_does_not_sign_on_is_closed(raw: RawOf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "TICK_SECONDS", 0.02)
    monkeypatch.setattr(hub, "SIGN_ON_SECONDS", 0.1)

    assert raw().expect_end() == (4408, "timeout")


def test_a_socket_that_says_nothing_is_asked_and_then_closed(
    cast: Cast, raw: RawOf, token_of: TokenOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "TICK_SECONDS", 0.02)
    monkeypatch.setattr(hub, "PING_AFTER_SECONDS", 0.05)
    monkeypatch.setattr(hub, "SILENCE_SECONDS", 1.0)
    socket = raw()
    socket.sign_on(cast.findings.pk, token_of(cast.ned))

    socket.expect("ping")
    assert socket.expect_end() == (4408, "timeout")


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://[", "http://127.0.0.1:1", "evil"])
def test_a_page_of_another_site_gets_no_socket(raw: RawOf, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        raw(Origin=origin)

    assert refused.value.response.status_code == 403


def test_a_page_of_this_portal_gets_one(cast: Cast, raw: RawOf, token_of: TokenOf, settings: LazySettings) -> None:
    settings.PORTAL_URL = "https://portal.example"

    raw(Origin="https://portal.example").join(cast.findings.pk, token_of(cast.ned))
