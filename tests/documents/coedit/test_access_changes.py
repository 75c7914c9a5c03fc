"""What an open socket makes of a change of access. Its ways are in `ways_by_action`, and `processes/ways_by_page`."""

from collections.abc import Callable
from datetime import timedelta
from threading import Event
from time import monotonic

import pytest
from allauth.usersessions.models import UserSession
from django.utils import timezone
from websockets.sync.client import connect

from accounts.signals import announce_access_change
from documents.actions import restrictions
from documents.coedit import hub, protocol
from documents.coedit.authority import Verdict, judge
from documents.coedit.tokens import Claims, make_token
from documents.models import Restriction
from partnerships.actions import organisations
from partnerships.grants import Level
from partnerships.models import Affiliation
from tests.documents.coedit.conftest import ClientOf, RawOf, TokenOf
from tests.documents.coedit.database import renamed
from tests.documents.coedit.raw import RawClient, awareness, typing
from tests.documents.coedit.server import ThreadServer
from tests.documents.coedit.ways_by_action import (
    CLOSES_THE_SECTION,
    CLOSES_THE_SOCKET,
    TAKES_THE_PEN,
    Act,
    Scene,
    made_an_observer,
    organisation_loses_the_report,
    removed_from_the_team,
    restrict,
)
from tests.support.cast import Cast
from tests.support.seats import affiliate

LIMIT = hub.RECHECK_SECONDS


@pytest.fixture
def scene(cast: Cast, client_of: ClientOf) -> Scene:
    return Scene(cast, client_of(cast.bella))


@pytest.fixture
def bella(scene: Scene, raw: RawOf, token_for: Callable[[Scene], str]) -> RawClient:
    """Bella's socket, with two sections open."""
    socket, token = raw(), token_for(scene)
    for section in (scene.cast.findings, scene.cast.introduction):
        socket.join(section.pk, token)
    return socket


@pytest.fixture
def token_for() -> Callable[[Scene], str]:
    def make(scene: Scene) -> str:
        return make_token(user_id=scene.bella.pk, session_key=scene.session_key, report_id=scene.cast.report.pk)

    return make


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine a check may take longer than a person may go on with old rights; here the outcome matters."""
    monkeypatch.setattr(hub, "RECHECK_SECONDS", 30.0)


@pytest.mark.parametrize("act", CLOSES_THE_SOCKET, ids=lambda act: act.__name__)
def test_closes_the_socket(scene: Scene, bella: RawClient, act: Act) -> None:
    act(scene)

    assert bella.expect_end() == CLOSES_THE_SOCKET[act]


@pytest.mark.parametrize("act", CLOSES_THE_SECTION, ids=lambda act: act.__name__)
def test_closes_the_section_and_no_other(scene: Scene, bella: RawClient, act: Act) -> None:
    act(scene)

    assert bella.expect("closed") == CLOSES_THE_SECTION[act]
    bella.say(scene.cast.findings.pk, protocol.update(typing("too late")[0]))
    bella.say(scene.cast.introduction.pk, protocol.update(typing("still mine")[0]))
    assert bella.expect("status") == 1
    assert not scene.cast.findings.updates.exists()


@pytest.mark.parametrize("act", TAKES_THE_PEN, ids=lambda act: act.__name__)
def test_takes_the_pen_but_not_the_text(scene: Scene, bella: RawClient, act: Act) -> None:
    act(scene)

    assert bella.expect("authenticated") == "readonly"
    bella.settle(scene.cast.findings.pk)
    bella.say(scene.cast.findings.pk, protocol.update(typing("too late")[0]))
    assert bella.expect("status") == 0
    assert not scene.cast.findings.updates.exists()


def test_gives_the_pen_back_and_asks_for_what_was_refused(scene: Scene, bella: RawClient) -> None:
    update = typing("kept by the client")[0]
    restrict(scene, Restriction.LISTED, bristol=Level.VIEW)
    assert bella.expect("authenticated") == "readonly"
    bella.say(scene.cast.findings.pk, protocol.update(update))
    assert bella.expect("status") == 0

    restrictions.release(scene.cast.findings, by=scene.cast.amira)

    assert bella.expect("authenticated") == "read-write"
    bella.expect("sync-step1")
    bella.say(scene.cast.findings.pk, protocol.sync_step2(update))
    assert bella.expect("status") == 1
    assert scene.cast.findings.updates.count() == 1


def test_an_agency_whose_work_in_a_partnership_ends_goes_on(cast: Cast, client_of: ClientOf) -> None:
    """It takes part in the review in its own right, until it leaves that."""
    affiliate(cast, cast.bristol)
    claims = Claims(cast.piet.pk, str(client_of(cast.piet).session.session_key), cast.report.pk)
    before = judge(claims)

    organisations.end_affiliation(Affiliation.objects.get(), valid_to=timezone.localdate())

    assert before.may_read(cast.findings.pk)
    assert judge(claims) == before


def test_whoever_is_not_touched_goes_on(scene: Scene, bella: RawClient, raw: RawOf, token_of: TokenOf) -> None:
    ned = raw()
    ned.join(scene.cast.findings.pk, token_of(scene.cast.ned))

    organisation_loses_the_report(scene)
    bella.expect_end()

    ned.say(scene.cast.findings.pk, protocol.update(typing("undisturbed")[0]))
    assert ned.expect("status") == 1


def test_a_person_who_left_is_seen_no_longer(scene: Scene, bella: RawClient, raw: RawOf, token_of: TokenOf) -> None:
    ned = raw()
    ned.join(scene.cast.findings.pk, token_of(scene.cast.ned))
    bella.say(scene.cast.findings.pk, awareness((7, 0, "{}")))
    assert ned.expect("awareness")[:2] == b"\x01\x07"

    removed_from_the_team(scene)

    assert ned.expect("awareness") == b"\x01\x07\x01\x04null"


def test_what_no_signal_tells_is_found_within_a_sweep(
    scene: Scene, raw: RawOf, token_for: Callable[[Scene], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A change by another process, or a session that ran out."""
    monkeypatch.setattr(hub, "TICK_SECONDS", 0.02)
    monkeypatch.setattr(hub, "SWEEP_SECONDS", 0.05)
    socket = raw()
    socket.join(scene.cast.findings.pk, token_for(scene))

    UserSession.objects.filter(user=scene.bella).update(created_at=timezone.now() - timedelta(days=2))

    assert socket.expect_end() == (4401, "signed-out")


def test_a_change_reaches_the_socket_within_a_second(scene: Scene, bella: RawClient) -> None:
    made_an_observer(scene)
    began = monotonic()

    bella.expect("authenticated")

    assert monotonic() - began < 1


def test_nobody_goes_on_while_their_rights_cannot_be_read(
    transactional_db: None, scene: Scene, token_for: Callable[[Scene], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The time limit, not the answer, ends the socket: the answer never comes."""
    monkeypatch.setattr(hub, "RECHECK_SECONDS", 0.05)
    asked, answer = Event(), Event()

    def slow(claims: Claims) -> Verdict:
        if asked.is_set():
            assert answer.wait(60)
        asked.set()
        return judge(claims)

    with ThreadServer(slow) as server, connect(server.url(scene.cast.report.pk)) as connection:
        socket = RawClient(connection)
        socket.join(scene.cast.findings.pk, token_for(scene))
        announce_access_change(users={scene.bella.pk})

        assert socket.expect_end() == (1011, "not-saved")
        answer.set()


def test_a_check_that_fails_ends_the_socket_and_takes_nothing_away(scene: Scene, bella: RawClient) -> None:
    """The reason is no refusal: a page that is told one gives up, and this one is to come back."""
    with renamed("accounts_user"):
        announce_access_change(users={scene.bella.pk})

        assert bella.expect_end() == (1011, "not-saved")


def test_the_limit_is_below_a_second() -> None:
    assert LIMIT < 1


def test_who_comes_back_after_a_failed_check_is_let_in(scene: Scene, raw: RawOf, token_for: Callable[[Scene], str]) -> None:
    token = token_for(scene)
    with renamed("accounts_user"):
        early = raw()
        early.sign_on(scene.cast.findings.pk, token)
        assert early.expect("closed") == "not-saved"

    early.join(scene.cast.findings.pk, token)
