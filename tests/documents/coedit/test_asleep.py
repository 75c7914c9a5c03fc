"""A laptop sleeps for an hour with words that it was not told are saved. Awake, it brings them, or keeps them."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from documents.coedit import hub
from documents.coedit.store import read_log
from tests.documents.coedit.conftest import NodeOf, TokenOf
from tests.documents.coedit.database import locked
from tests.documents.coedit.node import Node, NodeSection
from tests.documents.coedit.raw import text_of
from tests.documents.coedit.server import ThreadServer
from tests.documents.coedit.waiting import until
from tests.soak.tally import count
from tests.support.cast import Cast

Later = Callable[[timedelta], None]
TROUBLE = "A laptop asleep"
# A minute more and it is signed out.
NEARLY_AN_HOUR = timedelta(minutes=settings.SESSION_IDLE_MINUTES - 1)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """Let the portal's clock tell a later time."""
    now = timezone.now

    def set_clock(by: timedelta) -> None:
        monkeypatch.setattr(timezone, "now", lambda: now() + by)

    return set_clock


@pytest.fixture
def laptop() -> Iterator[Node]:
    with Node() as node:
        yield node


@pytest.fixture
def asleep(
    cast: Cast, server: ThreadServer, laptop: Node, token_of: TokenOf, monkeypatch: pytest.MonkeyPatch
) -> NodeSection:
    """Ned's tab on a laptop that fell asleep while his words were on their way; the service has given its socket up."""
    ned = laptop.connect("ned", url=server.url(cast.report.pk), token=token_of(cast.ned)).open(cast.findings.document_name)
    ned.saves("~before;")
    with locked():
        ned.insert("~on its way;")
        laptop.fall_asleep()
    with monkeypatch.context() as impatient:
        impatient.setattr(hub, "TICK_SECONDS", 0.05)
        impatient.setattr(hub, "SILENCE_SECONDS", 0.5)
        until(lambda: server.sockets == 0)
    return ned


def test_it_brings_what_it_has_and_gets_what_others_wrote(
    cast: Cast, asleep: NodeSection, laptop: Node, of: NodeOf, later: Later
) -> None:
    later(NEARLY_AN_HOUR)
    bella = of(cast.bella).open(cast.findings.document_name)
    bella.insert("~meanwhile;", 0)

    laptop.wake()
    asleep.insert("~before it knows;")

    asleep.wait("saved", seconds=60)
    asleep.wait("includes", "~meanwhile;", seconds=60)
    bella.wait("includes", "~before it knows;", seconds=60)
    assert asleep.text == bella.text == text_of(*read_log(cast.findings.pk))
    assert count(TROUBLE, ["~before;", "~on its way;", "~meanwhile;", "~before it knows;"], bella.text) == []


def test_whose_session_ran_out_keeps_the_words_until_they_are_signed_in(
    cast: Cast, asleep: NodeSection, laptop: Node, token_of: TokenOf, later: Later
) -> None:
    later(timedelta(minutes=settings.SESSION_IDLE_MINUTES + 1))
    laptop.wake()
    asleep.insert("~in the morning;")
    asleep.wait("event", "refused", detail="signed-out", seconds=60)
    assert asleep.unsaved > 0
    assert "~in the morning;" not in text_of(*read_log(cast.findings.pk))

    later(timedelta())  # a new session begins by the database's clock
    asleep.call("signIn", token=token_of(cast.ned))

    asleep.wait("saved", seconds=60)
    words = ["~before;", "~on its way;", "~in the morning;"]
    assert count(TROUBLE, words, text_of(*read_log(cast.findings.pk))) == []
