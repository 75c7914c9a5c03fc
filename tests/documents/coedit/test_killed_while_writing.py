"""The server ends as by a power cut while people write. Whatever showed “Saved” is there afterwards."""

from random import Random

import pytest

from documents.models import SectionUpdate
from tests.documents.coedit.conftest import TokenOf
from tests.documents.coedit.database import locked
from tests.documents.coedit.node import Node, NodeSection
from tests.documents.coedit.raw import text_of
from tests.documents.coedit.server import ProcessServer
from tests.support.cast import Cast

ROUNDS = 5


@pytest.mark.parametrize("number", range(ROUNDS))
def test_what_was_acknowledged_is_there(
    cast: Cast, process_server: ProcessServer, node: Node, token_of: TokenOf, number: int
) -> None:
    """Nobody is left to send anything again: the tabs are closed before the server is back."""
    random = Random(number)  # noqa: S311 (the same moments in every run)
    sections = {
        name: node.connect(name, url=process_server.url(cast.report.pk), token=token_of(getattr(cast, name))).open(
            cast.findings.document_name
        )
        for name in ("ned", "bella", "amira")
    }
    for name, section in sections.items():
        section.call("type", mark=name, everyMs=random.choice([2, 5, 11]))
    for section in sections.values():
        section.wait("acknowledged", random.randint(1, 30), seconds=60)

    process_server.kill()

    acknowledged = [word for section in sections.values() for word in acknowledged_by(section)]
    process_server.start()
    reader = node.connect("reader", url=process_server.url(cast.report.pk), token=token_of(cast.gwen))
    text = reader.open(cast.findings.document_name).text
    assert [word for word in acknowledged if text.count(word) != 1] == []
    assert len(acknowledged) >= len(sections)


def test_what_was_not_acknowledged_is_kept_by_the_tab_and_sent_again(
    cast: Cast, process_server: ProcessServer, node: Node, token_of: TokenOf
) -> None:
    url = process_server.url(cast.report.pk)
    ned = node.connect("ned", url=url, token=token_of(cast.ned)).open(cast.findings.document_name)
    bella = node.connect("bella", url=url, token=token_of(cast.bella)).open(cast.findings.document_name)
    ned.saves("before ")

    process_server.kill()
    ned.wait("event", "socket-closed")
    ned.insert("during ")
    assert ned.unsaved > 0
    process_server.start()

    ned.wait("saved", seconds=60)
    bella.wait("includes", "during", seconds=60)
    assert ned.text == bella.text
    rows = SectionUpdate.objects.filter(section=cast.findings).order_by("pk").values_list("data", flat=True)
    assert text_of(*(bytes(data) for data in rows)) == "before during "


def test_a_server_that_is_asked_to_end_stores_what_it_has(
    cast: Cast, process_server: ProcessServer, node: Node, token_of: TokenOf
) -> None:
    ned = node.connect("ned", url=process_server.url(cast.report.pk), token=token_of(cast.ned))
    section = ned.open(cast.findings.document_name)
    section.saves("before ")

    with locked():
        section.insert("at the last moment")
        process_server.ask_to_end()
        section.wait("event", "socket-closed")
    process_server.wait_for_end()

    rows = SectionUpdate.objects.filter(section=cast.findings).order_by("pk").values_list("data", flat=True)
    assert text_of(*(bytes(data) for data in rows)) == "before at the last moment"
    assert section.unsaved > 0


def acknowledged_by(section: NodeSection) -> list[str]:
    """What a tab was told is saved; the tab is closed."""
    done = section.call("rest")
    section.end()
    return list(done["typed"][: done["acknowledged"]])
