"""Whatever people, networks, rights, snapshots and restarts do: all see the same at last, and it is what the log makes."""

import os
from collections.abc import Callable
from contextlib import ExitStack, suppress
from itertools import count
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from pycrdt import Doc, Text
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from accounts.models import User
from documents.actions import grants, sections
from documents.coedit import protocol
from documents.coedit.arrivals import tell
from documents.coedit.compaction import compact
from documents.coedit.log import open_text, read_log
from documents.coedit.store import append_offline
from documents.models import Section
from partnerships.grants import Level
from tests.documents.coedit.conftest import TokenOf
from tests.documents.coedit.raw import RawClient, text_of
from tests.documents.coedit.server import ThreadServer
from tests.documents.helpers import participant
from tests.support.cast import Cast

# `make soak` asks for many more and longer ones.
EXAMPLES = int(os.environ.get("SOAK_SESSIONS", "4"))
STEPS = 15 if EXAMPLES <= 4 else 60
TABS = st.integers(0, 3)
PLACES = st.integers(0, 200)


class Tab:
    """A browser's tab: it keeps its document whatever becomes of its socket, and catches up when it is back."""

    def __init__(self, person: User, section: Section) -> None:
        self.person = person
        self._section = section.pk
        self._doc: Doc[Any] = Doc()
        self._text = self._doc.get("text", type=Text)
        self._held = ExitStack()
        self._socket: RawClient | None = None
        self._read = 0
        self._unsaved = 0

    @property
    def is_open(self) -> bool:
        return self._socket is not None

    @property
    def text(self) -> str:
        return str(self._text)

    def open(self, url: str, token: str) -> None:
        """Sign on, and exchange what both sides lack."""
        connection = self._held.enter_context(connect(url, max_size=None, compression=None))
        self._socket, self._read, self._unsaved = RawClient(connection), 0, 1
        self._socket.sign_on(self._section, token)
        self._socket.say(self._section, protocol.sync_step1(self._doc.get_state()))
        state = self._socket.expect("sync-step1")
        self._socket.say(self._section, protocol.sync_step2(self._doc.get_update(state)))
        self.rest()

    def change(self, change: Callable[[Text], None]) -> None:
        """Edit, and send it if there is somebody to send it to."""
        before = self._doc.get_state()
        change(self._text)
        if self._socket:
            self._unsaved += 1
            self._socket.say_if_open(
                protocol.prefix(f"section:{self._section}") + protocol.update(self._doc.get_update(before))
            )

    def rest(self) -> None:
        """Wait until all is saved, and hear what others wrote."""
        if self._socket is None:
            return
        while self._hear():
            self._socket.expect("status")
        self._socket.settle(self._section)
        self._hear()

    def leave(self) -> None:
        """The socket breaks."""
        if self._socket:
            with suppress(OSError):
                self._socket.break_off()
            self._held.close()
            self._socket = None

    def turned_out(self) -> None:
        """The server ends the socket: rights were taken away."""
        if self._socket:
            with suppress(ConnectionClosed):
                while True:
                    self._socket.expect("closed")
            self._held.close()
            self._socket = None

    def _hear(self) -> int:
        assert self._socket
        heard, self._read = self._socket.heard[self._read :], len(self._socket.heard)
        for _, what, detail in heard:
            if what in ("update", "sync-step2"):
                self._doc.apply_update(detail)
            elif what == "status":
                assert detail == 1, "somebody who may write was refused"
                self._unsaved -= 1
        return self._unsaved


class Sessions(RuleBasedStateMachine):
    """Ned has two tabs, Bella two; Bella's organisation loses its access now and then."""

    cast: Cast
    token_of: TokenOf
    names = count(1)

    @initialize()
    def begin(self) -> None:
        title = f"Section {next(self.names)}"
        self.section = sections.add(self.cast.report, title=title, by=self.cast.amira)
        self.server = ThreadServer()
        self.server.__enter__()
        self.tokens = {person: self.token_of(person) for person in (self.cast.ned, self.cast.bella)}
        self.tabs = [Tab(person, self.section) for person in self.tokens for _ in range(2)]
        self.is_revoked = False
        self.untold: list[bytes] = []

    @rule(tab=TABS, place=PLACES, word=st.sampled_from(["a", "bc", "def ", "😀", "\n"]))
    def types(self, tab: int, place: int, word: str) -> None:
        self.tabs[tab].change(lambda text: text.insert(place % (len(text) + 1), word) if len(text) else text.insert(0, word))

    @rule(tab=TABS, place=PLACES)
    def deletes(self, tab: int, place: int) -> None:
        def delete(text: Text) -> None:
            if len(text):
                del text[place % len(text)]

        self.tabs[tab].change(delete)

    @rule(tab=TABS)
    def rests(self, tab: int) -> None:
        self.tabs[tab].rest()

    @rule(tab=TABS)
    def loses_the_network(self, tab: int) -> None:
        self.tabs[tab].leave()

    @rule(tab=TABS)
    def comes_back(self, tab: int) -> None:
        self._open(self.tabs[tab])

    @precondition(lambda self: not self.is_revoked)
    @rule()
    def access_is_taken(self) -> None:
        self._let_bristol(None)
        self.is_revoked = True
        for tab in self.tabs:
            if tab.person == self.cast.bella:
                tab.turned_out()

    @precondition(lambda self: self.is_revoked)
    @rule()
    def access_is_given_back(self) -> None:
        self._let_bristol(Level.EDIT)
        self.is_revoked = False

    @rule(word=st.sampled_from(["x", "yz "]), is_told=st.booleans())
    def something_else_writes(self, word: str, is_told: bool) -> None:
        """Another writer of the log: a restored text, or another process. Rooms may hear of it late, or when read anew."""
        replica, _ = open_text(self.section.pk, [])
        doc: Doc[Any] = Doc()
        doc.apply_update(replica.missing(b"\x00"))
        before = doc.get_state()
        text = doc.get("text", type=Text)
        text += word
        update = doc.get_update(before)
        append_offline(self.section.pk, [update], author_id=self.cast.ned.pk, organisation_id=self.cast.north_somerset.pk)
        self.untold.append(update)
        if is_told:
            self._tell()

    def _tell(self) -> None:
        for update in self.untold:
            tell(self.section.pk, update)
        self.untold.clear()

    @rule()
    def a_snapshot_is_made(self) -> None:
        compact(self.section.pk)

    @rule()
    def the_server_starts_anew(self) -> None:
        for tab in self.tabs:
            tab.leave()
        self.server.__exit__(None, None, None)
        self.server = ThreadServer()
        self.server.__enter__()

    def teardown(self) -> None:
        if self.is_revoked:
            self.access_is_given_back()
        self._tell()
        try:
            for tab in (*self.tabs, *self.tabs):
                self._open(tab)
                tab.rest()
            texts = {tab.text for tab in self.tabs}
        finally:
            for tab in self.tabs:
                tab.leave()
            self.server.__exit__(None, None, None)
        assert texts == {text_of(*read_log(self.section.pk))}
        assert texts == {text_of(open_text(self.section.pk, [])[0].missing(b"\x00"))}

    def _open(self, tab: Tab) -> None:
        if not tab.is_open and not (self.is_revoked and tab.person == self.cast.bella):
            tab.open(self.server.url(self.cast.report.pk), self.tokens[tab.person])

    def _let_bristol(self, level: Level | None) -> None:
        bristol = participant(self.cast.review, self.cast.bristol)
        grants.set_report_level(self.cast.report, bristol, level, by=self.cast.amira)


def test_all_who_are_left_see_what_the_log_makes(transactional_db: None, cast: Cast, token_of: TokenOf) -> None:
    Sessions.cast, Sessions.token_of = cast, staticmethod(token_of)
    few = settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Sessions, settings=few)
