"""Whatever people, networks, rights, snapshots and restarts do: all see the same at last, and it is what the log makes."""

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as portal
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from pycrdt import Doc, Text, get_state, merge_updates

from documents.actions import grants, sections, states, versions
from documents.coedit.arrivals import tell
from documents.coedit.compaction import compact
from documents.coedit.log import open_text, read_log
from documents.coedit.replica import clocks_of
from documents.coedit.store import append_offline
from documents.lifecycle import REOPEN
from partnerships.grants import Level
from tests.documents.coedit.conftest import TokenOf
from tests.documents.coedit.log.services import InThisProcess, Service, TwoProcesses
from tests.documents.coedit.raw import text_of
from tests.documents.coedit.tab import Tab
from tests.documents.coedit.waiting import until
from tests.documents.helpers import participant
from tests.documents.versions_helpers import ready
from tests.support.cast import Cast
from tests.support.checks import fresh

# `make soak` asks for many more and longer ones.
SHORT = 6
EXAMPLES = int(os.environ.get("SOAK_SESSIONS", SHORT))
STEPS = 20 if EXAMPLES <= SHORT else 60
# Only with PostgreSQL do processes hear of each other.
SERVICES = [InThisProcess] if portal.DATABASE_URL.startswith("sqlite") else [InThisProcess, TwoProcesses]
TABS = st.integers(0, 3)
SERVED_AT = st.integers(0, 1)
PLACES = st.integers(0, 200)


class Sessions(RuleBasedStateMachine):
    """Ned has two tabs, Bella two. Bella's organisation loses its access now and then, and the report is frozen."""

    cast: Cast
    service: Service
    token_of: TokenOf
    names = count(1)

    @initialize()
    def begin(self) -> None:
        title = f"Section {next(self.names)}"
        self.section = sections.add(self.cast.report, title=title, by=self.cast.amira)
        self.tokens = {person: self.token_of(person) for person in (self.cast.ned, self.cast.bella)}
        self.tabs = [Tab(person, self.section) for person in self.tokens for _ in range(2)]
        self.is_revoked = self.is_frozen = False
        self.untold: list[bytes] = []
        self.kept: list[bytes] = []
        for number, tab in enumerate(self.tabs):
            self._open(tab, number)

    @rule(tab=TABS, place=PLACES, word=st.sampled_from(["a", "bc", "def ", "😀", "\n"]))
    def types(self, tab: int, place: int, word: str) -> None:
        self.tabs[tab].change(lambda text: text.insert(_offset(text, place), word))

    @rule(tab=TABS, place=PLACES)
    def deletes(self, tab: int, place: int) -> None:
        def delete(text: Text) -> None:
            start, end = _offset(text, place), _offset(text, place + 1)
            if start < end:
                del text[start:end]

        self.tabs[tab].change(delete)

    @rule(tab=TABS)
    def rests(self, tab: int) -> None:
        self.tabs[tab].rest()

    @rule(tab=TABS)
    def loses_the_network(self, tab: int) -> None:
        self.tabs[tab].leave()

    @rule(tab=TABS, at=SERVED_AT)
    def comes_back(self, tab: int, at: int) -> None:
        self._open(self.tabs[tab], at)

    @precondition(lambda self: not self.is_revoked and not self.is_frozen)
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

    @precondition(lambda self: not self.is_revoked and not self.is_frozen)
    @rule()
    def the_report_is_frozen(self) -> None:
        for tab in self.tabs:
            tab.may_be_refused = True
        versions.freeze(self.cast.report, name="For signature", by=fresh(self.cast.amira))
        self.is_frozen = True
        self.kept = read_log(self.section.pk)
        for tab in self.tabs:
            tab.only_reads()

    @precondition(lambda self: self.is_frozen)
    @rule()
    def the_report_is_opened_again(self) -> None:
        assert read_log(self.section.pk) == self.kept
        self.cast.report.refresh_from_db()
        states.move(self.cast.report, REOPEN, by=fresh(self.cast.amira), reason="There is more to say.")
        self.is_frozen = False
        for tab in self.tabs:
            tab.writes_again()

    @precondition(lambda self: not self.is_frozen)
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

    @rule()
    def a_snapshot_is_made(self) -> None:
        compact(self.section.pk)

    @rule(at=SERVED_AT)
    def the_service_starts_anew(self, at: int) -> None:
        url = self.service.url(self.cast.report.pk, at)
        self.service.end(at)
        for tab in self.tabs:
            if tab.url == url:
                tab.turned_out()
        self.service.begin(at)

    @invariant()
    def what_was_acknowledged_is_stored(self) -> None:
        log = read_log(self.section.pk)
        stored = clocks_of(get_state(merge_updates(*log))) if log else {}
        for tab in self.tabs:
            assert stored.get(tab.client, 0) >= tab.acknowledged

    def teardown(self) -> None:
        if self.is_frozen:
            self.the_report_is_opened_again()
        if self.is_revoked:
            self.access_is_given_back()
        self._tell()
        try:
            for number, tab in enumerate(self.tabs):
                self._open(tab, number)
                tab.rest()
            text = text_of(*read_log(self.section.pk))
            until(lambda: self._all_have(text))
        finally:
            for tab in self.tabs:
                tab.leave()
        assert text == text_of(open_text(self.section.pk, [])[0].missing(b"\x00"))

    def _all_have(self, text: str) -> bool:
        """Nobody asks again: what the others brought has to come by itself."""
        for tab in self.tabs:
            tab.hear_what_is_there()
        return {tab.text for tab in self.tabs} == {text}

    def _tell(self) -> None:
        for update in self.untold:
            tell(self.section.pk, update)
        self.untold.clear()

    def _open(self, tab: Tab, at: int) -> None:
        if not tab.is_open and not (self.is_revoked and tab.person == self.cast.bella):
            tab.may_be_refused = self.is_frozen
            tab.open(self.service.url(self.cast.report.pk, at), self.tokens[tab.person])

    def _let_bristol(self, level: Level | None) -> None:
        bristol = participant(self.cast.review, self.cast.bristol)
        grants.set_report_level(self.cast.report, bristol, level, by=self.cast.amira)


def _offset(text: Text, place: int) -> int:
    """A place between two characters; the library counts bytes."""
    words = str(text)
    return len(words[: place % (len(words) + 1)].encode())


@pytest.fixture(params=SERVICES, ids=lambda kind: kind.__name__)
def service(transactional_db: None, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Service]:
    running: Service = request.param(tmp_path)
    yield running
    running.stop()


def test_all_who_are_left_see_what_the_log_makes(service: Service, cast: Cast, token_of: TokenOf) -> None:
    ready(cast)
    Sessions.cast, Sessions.service, Sessions.token_of = cast, service, staticmethod(token_of)
    few = settings(
        max_examples=max(1, round(EXAMPLES * service.SHARE)),
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        # What fails is not made smaller: each try would take its time.
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Sessions, settings=few)
