"""Who is here, as the real provider sees it: names and colours are the server's."""

import pytest

from documents.actions import sections
from documents.coedit import hub
from tests.documents.coedit.conftest import NodeOf, RawOf, TokenOf
from tests.documents.coedit.node import NodeSection
from tests.documents.coedit.raw import awareness
from tests.support.cast import Cast


@pytest.fixture
def ned(cast: Cast, of: NodeOf) -> NodeSection:
    return of(cast.ned).open(cast.findings.document_name)


@pytest.fixture
def bella(cast: Cast, of: NodeOf) -> NodeSection:
    return of(cast.bella).open(cast.findings.document_name)


def others(section: NodeSection) -> list[dict[str, object]]:
    return [item["state"] for item in section.states if not item["mine"]]


def test_people_see_each_other_under_their_true_names(cast: Cast, ned: NodeSection, bella: NodeSection) -> None:
    ned.call("present", state={"cursor": {"anchor": "a"}, "user": {"name": "The Minister", "colour": "gold"}})

    bella.wait("sees", "anchor")
    (state,) = others(bella)
    assert state == {
        "cursor": {"anchor": "a"},
        "user": {
            "name": cast.ned.full_name,
            "initials": cast.ned.initials,
            "organisation": cast.north_somerset.name,
            "shortName": cast.north_somerset.short_name,
            "colour": cast.north_somerset.colour,
        },
    }


def test_a_newcomer_sees_who_is_here(cast: Cast, ned: NodeSection, of: NodeOf) -> None:
    ned.call("present", state={"cursor": None})

    late = of(cast.gwen).open(cast.findings.document_name)

    late.wait("present", 2)


def test_who_may_only_read_is_seen_too(cast: Cast, ned: NodeSection, of: NodeOf) -> None:
    of(cast.gwen).open(cast.findings.document_name).call("present", state={"cursor": None})

    ned.wait("present", 2)
    assert others(ned)[0]["user"]["name"] == cast.gwen.full_name  # type: ignore[index]


def test_a_client_hears_of_itself_and_from_its_first_state_on(ned: NodeSection, cast: Cast) -> None:
    """Hearing of itself is what keeps the provider from taking a quiet socket for a lost one."""
    ned.wait("named", cast.ned.full_name)


@pytest.mark.parametrize("how", ["close", "end"])
def test_who_leaves_is_seen_no_longer(ned: NodeSection, bella: NodeSection, how: str) -> None:
    bella.call("present", state={"cursor": None})
    ned.wait("present", 2)

    bella.call(how)

    ned.wait("present", 1)


def test_whose_connection_breaks_is_seen_no_longer(cast: Cast, ned: NodeSection, raw: RawOf, token_of: TokenOf) -> None:
    lost = raw()
    lost.join(cast.findings.pk, token_of(cast.bella))
    lost.say(cast.findings.pk, awareness((7, 0, "{}")))
    ned.wait("present", 2)

    lost.break_off()

    ned.wait("present", 1)


def test_presence_is_of_one_section(cast: Cast, ned: NodeSection, of: NodeOf) -> None:
    elsewhere = of(cast.bella).open(cast.introduction.document_name)
    elsewhere.wait("named", cast.bella.full_name)

    assert others(ned) == []


def test_a_quiet_socket_is_kept_awake(cast: Cast, of: NodeOf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "TICK_SECONDS", 0.02)
    monkeypatch.setattr(hub, "PING_AFTER_SECONDS", 0.1)
    monkeypatch.setattr(hub, "SILENCE_SECONDS", 1.5)
    client = of(cast.ned)
    section = client.open(cast.findings.document_name)

    section.wait("alive", 3000)

    assert not [event for event in section.call("events") if event["event"] == "socket-closed"]


def test_what_follows_a_deleted_section_is_seen_nowhere(cast: Cast, ned: NodeSection, bella: NodeSection) -> None:
    sections.delete(cast.findings, by=cast.amira)
    for section in (ned, bella):
        section.wait("event", "closed")

    ned.call("present", state={"cursor": None})

    assert others(bella) == []
