"""The database ends connections while people write by two processes: everything arrives all the same, once."""

from time import monotonic

from tests.documents.coedit.node import Node
from tests.documents.coedit.processes.fleet import Fleet, Server
from tests.documents.coedit.waiting import until


def test_those_that_listen(fleet: Fleet, pair: tuple[Server, Server], node: Node) -> None:
    scene = fleet.scene
    first, second = (server.url(scene.report) for server in pair)
    ned = fleet.opens(node, scene.person("ned"), first, scene.findings)
    ned.call("present", state={"cursor": "still here"})
    bella = fleet.opens(node, scene.person("bella"), second, scene.findings)
    bella.wait("sees", "still here", seconds=30)
    ned.call("type", mark="ned", everyMs=20)
    ned.wait("acknowledged", 5, seconds=60)

    assert fleet.cut(lines=True) == 2

    ned.wait("acknowledged", 50, seconds=60)
    done = ned.call("rest")
    bella.wait("includes", done["typed"][-1], seconds=60)
    assert [word for word in done["typed"] if bella.text.count(word) != 1] == []
    until(lambda: fleet.lines() == 2)
    ned.call("present", state={"cursor": "moved on"})
    bella.wait("sees", "moved on", seconds=30)


def test_those_that_write(fleet: Fleet, pair: tuple[Server, Server], node: Node) -> None:
    scene = fleet.scene
    first, second = (server.url(scene.report) for server in pair)
    ned = fleet.opens(node, scene.person("ned"), first, scene.findings)
    bella = fleet.opens(node, scene.person("bella"), second, scene.findings)
    ned.call("type", mark="ned", everyMs=20)
    bella.call("type", mark="bella", everyMs=20)

    for rows in (5, 20):
        until(lambda rows=rows: fleet.rows() >= rows)  # type: ignore[misc]
        assert fleet.cut(lines=False) > 0

    until(lambda: fleet.rows() >= 30)
    typed = [word for section in (ned, bella) for word in section.call("rest")["typed"]]
    for section in (ned, bella):
        section.wait("saved", seconds=60)
    for section in (ned, bella):
        for word in typed:
            section.wait("includes", word, seconds=60)
    assert ned.text == bella.text
    assert [word for word in typed if ned.text.count(word) != 1] == []


def test_a_change_of_access_that_nobody_could_hear_is_found_when_they_listen_again(
    fleet: Fleet, pair: tuple[Server, Server]
) -> None:
    """The session is ended behind the portal's back, so that only a fresh look can find it."""
    scene = fleet.scene
    person = scene.person("bella")
    with fleet.raw(person, pair[0].url(scene.report), scene.findings) as socket:
        fleet.sql("DELETE FROM usersessions_usersession WHERE session_key = %s", person.session_key)
        began = monotonic()

        fleet.cut(lines=True)

        assert socket.expect_end() == (4401, "signed-out")
        assert monotonic() - began < 10
